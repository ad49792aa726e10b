"""What can be corrected, what a paper holds fast, and what cannot be so."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from cases.case import Choice, Decision
from cases.dossier import CaseFile, Matter
from cases.facts import (
    CHILD,
    LETTER,
    NAMES,
    BornLater,
    Facts,
    MediationChosen,
    NameMissing,
    TooOld,
    changed,
    check,
    facts_of,
    issues,
    printed,
)
from cases.letter import DayNotLikely
from cases.states import MatterState
from database.refusal import Refusal

TODAY = date(2026, 10, 8)
ROWAN = Facts(
    decision=Decision.NOT_SURE,
    letter_date=None,
    sent_date=None,
    first_name="Rowan",
    last_name="Adair",
    born=date(2016, 5, 19),
)
RECEIVED = datetime(2026, 10, 8, 9, tzinfo=UTC)
MATTER = Matter(
    id="m",
    case_id="c",
    decision=Decision.NOT_SURE,
    letter_date=None,
    sent_date=None,
    education=True,
    health=False,
    social_care=False,
    about=None,
    state=MatterState.ENQUIRY,
    received_at=RECEIVED,
    advised_at=None,
    choice=None,
    chosen_at=None,
    council_told_at=None,
    contacted_at=None,
    concluded_at=None,
    outcome=None,
    agreed_on=None,
    certified_on=None,
    next_due_at=None,
    version=1,
)
CASE = CaseFile(
    id="c",
    key_id="k",
    number="EH-2026-00001",
    authority_id="a",
    council="Northmere",
    subject_kind="child",
    child=ROWAN.child,
    came_by="web",
    opened_at=RECEIVED,
    closed_at=None,
    version=1,
)


def test_the_facts_of_a_case_are_those_that_are_written_down() -> None:
    assert facts_of(CASE, MATTER) == ROWAN


def test_what_is_changed_is_named_by_its_field_and_changes_the_mark() -> None:
    after = replace(ROWAN, letter_date=date(2026, 9, 14), last_name="Adare")

    assert changed(ROWAN, after) == ("letter_date", "last_name")
    assert (changed(ROWAN, ROWAN), replace(ROWAN).mark) == ((), ROWAN.mark)
    assert after.mark != ROWAN.mark


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"letter_date": date(2026, 10, 9)}, DayNotLikely, "letter_date"),
        ({"sent_date": date(2026, 10, 9)}, DayNotLikely, "sent_date"),
        ({"letter_date": date(2026, 9, 14), "sent_date": date(2026, 9, 13)}, DayNotLikely, "sent_date"),
        ({"letter_date": date(2014, 8, 31)}, DayNotLikely, "letter_date"),
        ({"first_name": ""}, NameMissing, "first_name"),
        ({"last_name": ""}, NameMissing, "last_name"),
        ({"born": date(2026, 10, 9)}, BornLater, "born"),
        ({"born": date(2000, 10, 8)}, TooOld, "born"),
        ({"decision": Decision.DISCRIMINATION}, MediationChosen, "decision"),
    ],
)
def test_what_cannot_be_so_is_refused_at_its_field(
    changes: dict[str, object], refusal: type[Refusal], field: str
) -> None:
    with pytest.raises(refusal) as refused:
        check(ROWAN, replace(ROWAN, **changes), choice=Choice.MEDIATION, today=TODAY)  # type: ignore[arg-type]
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("changes", "choice"),
    [
        ({"letter_date": TODAY, "sent_date": TODAY}, Choice.MEDIATION),
        ({"sent_date": date(2026, 9, 13)}, None),
        ({"born": date(2000, 10, 9)}, None),  # 25 until tomorrow
        ({"born": None}, None),
        ({"decision": Decision.DISCRIMINATION}, Choice.DECLINED),
        ({"decision": Decision.REFUSE_ASSESS}, Choice.MEDIATION),
    ],
)
def test_what_can_be_so_is_taken(changes: dict[str, object], choice: Choice | None) -> None:
    check(ROWAN, replace(ROWAN, **changes), choice=choice, today=TODAY)  # type: ignore[arg-type]


def test_what_was_there_before_and_stays_is_not_asked_about() -> None:
    old = replace(ROWAN, born=date(1999, 1, 1), last_name="")

    check(old, replace(old, letter_date=date(2026, 9, 14)), choice=None, today=TODAY)


def test_a_certificate_holds_everything_and_a_record_the_names() -> None:
    certified, sealed = replace(MATTER, id="o", certified_on=TODAY), replace(MATTER, id="o", agreed_on=TODAY)

    assert printed(MATTER, [MATTER]) == frozenset()
    assert printed(certified, [certified]) == LETTER | CHILD
    assert printed(MATTER, [MATTER, certified]) == CHILD
    assert printed(MATTER, [sealed, MATTER]) == NAMES
    assert printed(sealed, [sealed]) == NAMES


@pytest.mark.parametrize(
    ("decision", "before", "expected"),
    [
        (Decision.HEALTH_ONLY, None, {"education": False, "health": True}),
        (Decision.SOCIAL_CARE_ONLY, Decision.CEASE, {"education": False, "social_care": True}),
        (Decision.CEASE, Decision.HEALTH_ONLY, {"education": True}),
        (Decision.CEASE, Decision.NOT_SURE, {}),
    ],
)
def test_what_it_is_about_follows_the_decision_where_it_must(
    decision: Decision, before: Decision | None, expected: dict[str, bool]
) -> None:
    assert issues(decision, before=before) == expected
