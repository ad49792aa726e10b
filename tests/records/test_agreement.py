"""What makes an agreement: everyone's yes to the same words, and nothing less."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.case import Side
from cases.legal_class import FixedByLaw, LegalClass, NotTheirs
from records.agreement import (
    LONGEST_TEXT,
    MOST_LINES,
    ActionLine,
    Agreement,
    Channel,
    Confirmation,
    DateMissing,
    Draft,
    LineIncomplete,
    Mark,
    NotAllConfirmed,
    NothingAgreed,
    OldVersion,
    Parked,
    Review,
    Share,
    WitnessMissing,
    WordsMissing,
    WordsTooLong,
    accepted,
    binds,
    canonical,
    checked,
    due_on,
    read,
    revised,
    seal,
    standing,
    version_hash,
)
from tests.records.samples import DRAFT, LINES, PARTIES, sealed, with_text, yes

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
drafts = st.builds(
    Draft,
    version=st.integers(1, 50),
    lines=st.lists(
        st.builds(
            lambda text, due, depends: replace(LINES[0], text=text, due=due, depends_on=depends),
            words,
            st.none() | st.dates(),
            st.none() | words,
        ),
        max_size=3,
    ).map(tuple),
    issues=st.lists(words, max_size=3).map(tuple),
    not_agreed=st.lists(words, max_size=3).map(tuple),
    parked=st.lists(st.builds(Parked, topic=words, goes_to=words), max_size=2).map(tuple),
    review=st.none() | st.builds(Review, words=words, on=st.dates()),
    shared_with=st.lists(
        st.builds(Share, who=words, lines=st.lists(st.integers(1, 9), max_size=3).map(tuple)),
        max_size=2,
    ).map(tuple),
)

CHANGES = [
    replace(DRAFT, version=4),
    replace(DRAFT, lines=LINES[:3]),
    replace(DRAFT, lines=(*LINES[:3], replace(LINES[3], text=LINES[3].text.replace("waiting", "Waiting")))),
    replace(DRAFT, lines=(replace(LINES[0], due=date(2026, 12, 9)), *LINES[1:])),
    replace(DRAFT, lines=(replace(LINES[0], legal_class=LegalClass.NAME_SCHOOL), *LINES[1:])),
    replace(DRAFT, issues=(*DRAFT.issues, "short breaks")),
    replace(DRAFT, not_agreed=()),
    replace(DRAFT, parked=(Parked(topic="Transport", goes_to="the school"),)),
    replace(DRAFT, review=None),
    replace(DRAFT, shared_with=(Share(who="The school"),)),
]


@given(drafts)
@settings(max_examples=60)
def test_a_draft_reads_back_from_its_canonical_text(draft: Draft) -> None:
    text = canonical(draft)

    assert read(text) == draft
    assert canonical(read(text)) == text


def test_the_canonical_text_is_sorted_without_spaces_and_keeps_every_letter() -> None:
    text = canonical(Draft(version=1, lines=(), issues=("Siân’s ŵyl",)))

    assert text == (
        '{"issues":["Siân’s ŵyl"],"lines":[],"not_agreed":[],"parked":[],"review":null,"shared_with":[],"version":1}'
    )


def test_the_hash_is_sha_256_in_hexadecimal_and_steady() -> None:
    assert version_hash(DRAFT) == version_hash(read(canonical(DRAFT)))
    assert len(version_hash(DRAFT)) == 64


@pytest.mark.parametrize("changed", CHANGES, ids=range(len(CHANGES)))
def test_any_change_voids_every_yes(changed: Draft) -> None:
    marks = [yes(seat) for seat in PARTIES]

    assert version_hash(changed) != version_hash(DRAFT)
    assert standing(changed, marks) == {}
    with pytest.raises(OldVersion):
        seal(changed, marks, PARTIES)


def test_a_revision_is_the_next_version_with_its_lines_numbered_from_one() -> None:
    after = revised(DRAFT, replace(DRAFT, lines=LINES[2:]))

    assert (after.version, [line.number for line in after.lines]) == (4, [1, 2])
    assert [line.text for line in after.lines] == [line.text for line in LINES[2:]]


def test_seal_with_every_yes_gives_the_agreement_dated_by_the_last() -> None:
    marks = [yes(seat) for seat in PARTIES]

    assert seal(DRAFT, marks, PARTIES) == Agreement(
        draft=DRAFT,
        hash=version_hash(DRAFT),
        agreed_on=date(2026, 11, 4),
        confirmations=(yes("officer"), yes("parent"), yes("doctor"), yes("senco")),
    )


def test_the_day_of_the_last_yes_is_the_day_in_england() -> None:
    late = replace(yes("senco"), at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    early = replace(yes("parent"), at=datetime(2026, 6, 1, 9, 0, tzinfo=UTC))

    assert seal(DRAFT, [late, early], ["parent", "senco"]).agreed_on == date(2026, 7, 1)


@pytest.mark.parametrize("missing", PARTIES)
def test_seal_refuses_while_one_yes_is_missing(missing: str) -> None:
    with pytest.raises(NotAllConfirmed):
        seal(DRAFT, [yes(seat) for seat in PARTIES if seat != missing], PARTIES)


@pytest.mark.parametrize("other", [Mark.REWORD, Mark.NOT_AGREED])
def test_seal_refuses_while_one_mark_is_no_yes(other: Mark) -> None:
    marks = [yes(seat) for seat in PARTIES[1:]]

    with pytest.raises(NotAllConfirmed):
        seal(DRAFT, [*marks, replace(yes("parent"), mark=other)], PARTIES)


def test_the_last_mark_of_a_seat_counts() -> None:
    second_thought = replace(yes("parent"), mark=Mark.NOT_AGREED, at=yes("parent").at + timedelta(minutes=1))

    assert standing(DRAFT, [second_thought, yes("parent")]) == {"parent": second_thought}


def test_a_yes_of_somebody_else_counts_for_nobody() -> None:
    with pytest.raises(NotAllConfirmed):
        seal(DRAFT, [yes("parent"), replace(yes("officer"), seat="supporter")], ["parent", "officer"])


@pytest.mark.parametrize("parties", [[], ["parent"], ["parent", "parent"]])
def test_nobody_agrees_alone(parties: list[str]) -> None:
    with pytest.raises(NotAllConfirmed):
        seal(DRAFT, [yes("parent")], parties)


@given(
    parties=st.lists(st.sampled_from(PARTIES), min_size=2, unique=True),
    said_yes=st.sets(st.sampled_from(PARTIES)),
    edited=st.booleans(),
)
@settings(max_examples=60)
def test_seal_gives_an_agreement_exactly_when_every_party_said_yes_to_these_words(
    parties: list[str], said_yes: set[str], *, edited: bool
) -> None:
    draft = revised(DRAFT, DRAFT) if edited else DRAFT
    marks: list[Confirmation] = [yes(seat) for seat in said_yes]

    if set(parties) <= said_yes and not edited:
        assert {mark.seat for mark in seal(draft, marks, parties).confirmations} == set(parties)
    else:
        with pytest.raises((NotAllConfirmed, OldVersion)):
            seal(draft, marks, parties)


def test_a_mark_is_taken_on_these_words_only() -> None:
    assert accepted(DRAFT, yes("officer")) == yes("officer")
    with pytest.raises(OldVersion):
        accepted(DRAFT, replace(yes("officer"), version=2))
    with pytest.raises(OldVersion):
        accepted(DRAFT, replace(yes("officer"), hash="0" * 64))


def test_a_wish_for_other_words_needs_words() -> None:
    wish = replace(yes("officer"), mark=Mark.REWORD, words="“commission”, not “carry out”")

    assert accepted(DRAFT, wish) == wish
    with pytest.raises(WordsMissing):
        accepted(DRAFT, replace(wish, words="  "))
    with pytest.raises(WordsTooLong):
        accepted(DRAFT, replace(wish, words="x" * (LONGEST_TEXT + 1)))


def test_a_mark_by_telephone_needs_a_witness() -> None:
    by_phone = replace(yes("officer"), channel=Channel.PHONE)

    with pytest.raises(WitnessMissing):
        accepted(DRAFT, by_phone)
    assert accepted(DRAFT, replace(by_phone, witness="mediator")).witness == "mediator"


def test_binding_looks_at_the_number_and_the_words() -> None:
    assert binds(DRAFT, yes("officer"))
    assert not binds(DRAFT, replace(yes("officer"), version=4))


@pytest.mark.parametrize(
    "gap",
    [
        replace(LINES[1], text=" "),
        replace(LINES[1], owner_body=""),
        replace(LINES[1], owner_role="\t"),
        replace(LINES[1], evidence=""),
    ],
)
def test_an_action_with_a_gap_is_refused_and_its_line_named(gap: ActionLine) -> None:
    with pytest.raises(LineIncomplete) as refused:
        checked(replace(DRAFT, lines=(LINES[0], gap)))
    assert refused.value.field == "line-2"


def test_a_promise_without_a_legal_limit_needs_a_day_of_its_own() -> None:
    with pytest.raises(DateMissing):
        checked(replace(DRAFT, lines=(replace(LINES[2], due=None),)))


@pytest.mark.parametrize("side", [Side.SCHOOL, Side.FAMILY])
def test_the_law_sets_no_time_for_a_school_or_a_family(side: Side) -> None:
    with pytest.raises(NotTheirs):
        checked(replace(DRAFT, lines=(replace(LINES[0], owner_side=side),)))


def test_the_one_week_of_the_nhs_takes_no_other_date() -> None:
    told = replace(LINES[3], number=1, legal_class=LegalClass.TELL_COUNCIL, due=None)

    assert checked(replace(DRAFT, lines=(told,)))
    with pytest.raises(FixedByLaw) as refused:
        checked(replace(DRAFT, lines=(replace(told, due=date(2026, 11, 9)),)))
    assert refused.value.field == "line-1"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        (LINES[0], date(2026, 12, 9)),
        (LINES[1], date(2026, 12, 18)),
        (replace(LINES[0], legal_class=LegalClass.MAINTAIN), date(2026, 11, 4)),
        (replace(LINES[0], legal_class=LegalClass.ISSUE_PLAN), date(2026, 12, 9)),
        (replace(LINES[0], legal_class=LegalClass.ASSESS), date(2026, 11, 18)),
    ],
)
def test_a_day_is_its_own_or_counts_from_the_agreement(line: ActionLine, day: date) -> None:
    assert due_on(line, date(2026, 11, 4)) == day


def test_an_empty_record_is_refused() -> None:
    with pytest.raises(NothingAgreed):
        seal(Draft(version=1, lines=()), [], PARTIES)


TOO_MUCH = [
    with_text("x" * (LONGEST_TEXT + 1)),
    replace(DRAFT, lines=LINES * (MOST_LINES // len(LINES) + 1)),
    replace(DRAFT, lines=(replace(LINES[0], owner_role="x" * 121),)),
    replace(DRAFT, issues=("topic",) * 21),
    replace(DRAFT, not_agreed=("x" * 601,)),
    replace(DRAFT, parked=(Parked(topic="x", goes_to="x" * 601),)),
    replace(DRAFT, review=Review(words="x" * 601, on=date(2026, 12, 14))),
    replace(DRAFT, shared_with=(Share(who="x" * 601),)),
]


@pytest.mark.parametrize("draft", TOO_MUCH, ids=range(len(TOO_MUCH)))
def test_more_than_a_record_can_hold_is_refused(draft: Draft) -> None:
    with pytest.raises(WordsTooLong):
        checked(draft)


def test_the_draft_of_the_drawings_is_whole() -> None:
    assert checked(DRAFT) is DRAFT
    assert sealed().draft == DRAFT
