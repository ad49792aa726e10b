"""Which certificate fits which facts, and how its number and its code are written and read."""

import hashlib
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from database.refusal import Refusal
from records.certificate import (
    SIGNS,
    AdviceNotGiven,
    DidNotDecline,
    FamilyNotThere,
    Grounds,
    Kind,
    NoCertificateHere,
    NotConcluded,
    NoticeUndated,
    NotTooLate,
    TookPart,
    allowed,
    check_code,
    fitting,
    number,
    objection,
    read_code,
    read_number,
    shown_code,
)

ADVISED = Grounds(
    mediation=True,
    notice_on=date(2026, 9, 14),
    advised_on=date(2026, 10, 7),
    declined_on=None,
    concluded_on=None,
    family_admitted=False,
    not_arranged_on=None,
)
DECLINED = replace(ADVISED, declined_on=date(2026, 10, 8))
TOOK_PART = replace(ADVISED, concluded_on=date(2026, 11, 3), family_admitted=True)
ADJOURNED = replace(ADVISED, family_admitted=True)
EMPTY_CHAIR = replace(ADVISED, concluded_on=date(2026, 11, 3))
TOO_LATE = replace(ADVISED, not_arranged_on=date(2026, 11, 7))

CASES: list[tuple[Grounds, Kind, type[Refusal] | None]] = [
    (DECLINED, Kind.DECLINED, None),
    (ADVISED, Kind.DECLINED, DidNotDecline),
    (replace(DECLINED, notice_on=None), Kind.DECLINED, NoticeUndated),
    (replace(TOOK_PART, notice_on=None), Kind.PARTICIPATED, NoticeUndated),
    (replace(DECLINED, advised_on=None), Kind.DECLINED, AdviceNotGiven),
    (replace(TOOK_PART, declined_on=date(2026, 10, 8)), Kind.DECLINED, TookPart),
    (replace(ADJOURNED, declined_on=date(2026, 11, 4)), Kind.DECLINED, None),
    (TOOK_PART, Kind.PARTICIPATED, None),
    (ADVISED, Kind.PARTICIPATED, NotConcluded),
    (ADJOURNED, Kind.PARTICIPATED, NotConcluded),
    (EMPTY_CHAIR, Kind.PARTICIPATED, FamilyNotThere),
    (replace(TOOK_PART, advised_on=None), Kind.PARTICIPATED, AdviceNotGiven),
    (TOO_LATE, Kind.DEEMED, None),
    (ADVISED, Kind.DEEMED, NotTooLate),
    (replace(TOO_LATE, advised_on=None), Kind.DEEMED, AdviceNotGiven),
    (replace(TOOK_PART, mediation=False), Kind.PARTICIPATED, NoCertificateHere),
    (replace(DECLINED, mediation=False), Kind.DECLINED, NoCertificateHere),
    (replace(TOO_LATE, mediation=False), Kind.DEEMED, NoCertificateHere),
]


@pytest.mark.parametrize(("grounds", "kind", "refused"), CASES)
def test_a_certificate_is_allowed_exactly_on_its_grounds(
    grounds: Grounds, kind: Kind, refused: type[Refusal] | None
) -> None:
    answer = objection(kind, grounds)

    assert (type(answer) if answer else None) is refused
    if refused is None:
        allowed(kind, grounds)
    else:
        with pytest.raises(refused):
            allowed(kind, grounds)


@pytest.mark.parametrize(
    ("grounds", "kind"),
    [
        (ADVISED, None),
        (DECLINED, Kind.DECLINED),
        (TOOK_PART, Kind.PARTICIPATED),
        (EMPTY_CHAIR, None),
        (ADJOURNED, None),
        (TOO_LATE, Kind.DEEMED),
        (replace(TOOK_PART, not_arranged_on=date(2026, 11, 7)), Kind.PARTICIPATED),
        (replace(DECLINED, not_arranged_on=date(2026, 11, 7)), Kind.DECLINED),
        (replace(DECLINED, mediation=False), None),
    ],
)
def test_the_kind_that_fits(grounds: Grounds, kind: Kind | None) -> None:
    assert fitting(grounds) == kind


days = st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31))
any_grounds = st.builds(
    Grounds,
    mediation=st.booleans(),
    notice_on=days,
    advised_on=days,
    declined_on=days,
    concluded_on=days,
    family_admitted=st.booleans(),
    not_arranged_on=days,
)


@given(any_grounds)
@settings(max_examples=100)
def test_nobody_is_certified_as_taking_part_who_was_not_let_in(grounds: Grounds) -> None:
    if fitting(grounds) is Kind.PARTICIPATED:
        assert grounds.family_admitted
        assert grounds.concluded_on
    if not grounds.mediation or grounds.advised_on is None:
        assert fitting(grounds) is None


def test_the_grounds_know_no_record_no_outcome_and_no_council() -> None:
    assert [field.name for field in fields(Grounds)] == [
        "mediation",
        "notice_on",
        "advised_on",
        "declined_on",
        "concluded_on",
        "family_admitted",
        "not_arranged_on",
    ]


def test_every_refusal_is_a_sentence_that_blames_nobody() -> None:
    refusals = [objection(kind, grounds) for grounds, kind, refused in CASES if refused]
    texts = [refusal.words for refusal in refusals if refusal]

    assert all(text.endswith(".") and "fail" not in text.lower() for text in texts)


@pytest.mark.parametrize(
    ("kind", "earlier", "printed"),
    [
        (Kind.PARTICIPATED, 0, "EH-2026-01873-P"),
        (Kind.DECLINED, 0, "EH-2026-01873-D"),
        (Kind.DEEMED, 0, "EH-2026-01873-T"),
        (Kind.PARTICIPATED, 1, "EH-2026-01873-P2"),
    ],
)
def test_a_number_says_case_and_kind(kind: Kind, earlier: int, printed: str) -> None:
    assert number("EH-2026-01873", kind, earlier=earlier) == printed


@pytest.mark.parametrize("typed", ["EH-2026-01873-P", " eh-2026-01873-p\n", "EH – 2026 – 01873 – P", "EH—2026—01873—P"])
def test_a_number_is_read_as_people_type_it(typed: str) -> None:
    assert read_number(typed) == "EH-2026-01873-P"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@given(st.text(max_size=20))
@settings(max_examples=50)
def test_a_code_has_eight_plain_signs_and_reads_back(text: str) -> None:
    code = check_code(digest(text))

    assert len(code) == 8
    assert set(code) <= set(SIGNS)
    assert read_code(shown_code(code)) == code


def test_codes_use_all_forty_bits() -> None:
    assert check_code("00" * 32) == "00000000"
    assert check_code("ff" * 32) == "ZZZZZZZZ"
    assert check_code("0000000001" + "0" * 54) == "00000001"
    assert len({check_code(digest(str(place))) for place in range(2000)}) == 2000


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("7KQ2-XM4R", "7KQ2XM4R"),
        (" 7kq2 xm4r ", "7KQ2XM4R"),
        ("7KQ2–XM4R", "7KQ2XM4R"),
        ("OIL0-OIL0", "01100110"),
        ("7KQ2XM4", ""),
        ("7KQ2XM4RR", ""),
        ("7KQ2XM4U", ""),
        ("", ""),
        ("7KQ2XM4é", ""),
    ],
)
def test_a_code_is_read_as_people_type_it(typed: str, code: str) -> None:
    assert read_code(typed) == code
