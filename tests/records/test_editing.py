"""Writing a record line by line: the order, the numbers, and who may see which."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.case import Side
from cases.legal_class import FixedByLaw, LegalClass, NotTheirs
from database.refusal import Refusal
from records.agreement import ActionLine, DateMissing, Draft, LineIncomplete, Share, WordsTooLong
from records.editing import (
    EMPTY,
    NoSuchLine,
    UsualLimit,
    added,
    body_of,
    changed,
    line_checked,
    moved,
    removed,
    signs_of,
    usual_limit,
)
from tests.records.samples import COUNCIL, DRAFT, LINES


def numbers(draft: Draft) -> list[tuple[int, str]]:
    return [(line.number, line.text[:5]) for line in draft.lines]


def test_an_action_is_put_at_the_end_and_numbered() -> None:
    draft = added(added(EMPTY, LINES[2]), LINES[0])

    assert numbers(draft) == [(1, "Give "), (2, "Issue")]


def test_a_changed_action_keeps_its_place() -> None:
    draft = changed(DRAFT, 2, replace(LINES[1], text="Ask for a report."))

    assert numbers(draft) == [(1, "Issue"), (2, "Ask f"), (3, "Give "), (4, "Write")]
    assert draft.shared_with == DRAFT.shared_with


def test_sharing_follows_an_action_that_is_moved() -> None:
    draft = moved(DRAFT, 2, up=True)

    assert numbers(draft) == [(1, "Commi"), (2, "Issue"), (3, "Give "), (4, "Write")]
    assert [share.lines for share in draft.shared_with] == [(2, 3, 4)]


def test_at_the_end_of_the_list_an_action_stays() -> None:
    assert moved(DRAFT, 1, up=True) == DRAFT
    assert moved(DRAFT, 4, up=False) == DRAFT


def test_sharing_of_an_action_that_is_taken_out_never_turns_into_sharing_everything() -> None:
    only_first = replace(DRAFT, shared_with=(Share(who="The school", lines=(1,)), Share(who="The adviser")))

    assert removed(only_first, 1).shared_with == (Share(who="The adviser"),)
    assert [share.lines for share in removed(DRAFT, 1).shared_with] == [(2, 3)]


@pytest.mark.parametrize("number", [0, 5, -1])
def test_an_action_that_is_not_there_cannot_be_touched(number: int) -> None:
    with pytest.raises(NoSuchLine):
        removed(DRAFT, number)
    with pytest.raises(NoSuchLine):
        moved(DRAFT, number, up=True)


@pytest.mark.parametrize(
    ("line", "refusal", "field"),
    [
        (replace(LINES[0], text=" "), LineIncomplete, "what"),
        (replace(LINES[2], legal_class=LegalClass.AMEND_PLAN), NotTheirs, "kind"),
        (replace(LINES[2], due=None), DateMissing, "due"),
        (replace(LINES[3], legal_class=LegalClass.TELL_COUNCIL, due=date(2026, 12, 1)), FixedByLaw, "due"),
        (replace(LINES[0], text="x" * 601), WordsTooLong, "what"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_at_its_field(line: ActionLine, refusal: type[Refusal], field: str) -> None:
    with pytest.raises(refusal) as refused:
        line_checked(line)
    assert refused.value.field == field


def test_a_good_line_is_left_as_it_is() -> None:
    assert [line_checked(line) for line in LINES] == list(LINES)


@pytest.mark.parametrize(
    ("kind", "limit"),
    [
        (LegalClass.AMEND_PLAN, ("5 weeks from the day of agreement", date(2026, 12, 9))),
        (LegalClass.TELL_COUNCIL, ("1 week from the day of agreement", date(2026, 11, 11))),
        (LegalClass.MAINTAIN, ("At once", date(2026, 11, 4))),
        (LegalClass.VOLUNTARY, ("The law sets no limit. It needs a date of its own", None)),
    ],
)
def test_the_usual_limit_is_offered_with_its_reason(kind: LegalClass, limit: tuple[str, date | None]) -> None:
    assert usual_limit(kind, date(2026, 11, 4)) == UsualLimit(kind=kind, words=limit[0], due=limit[1])


def test_a_body_that_was_not_typed_is_the_sides_own() -> None:
    assert body_of(Side.COUNCIL, "", council=COUNCIL) == COUNCIL
    assert body_of(Side.FAMILY, " ", council=COUNCIL) == "The family"
    assert body_of(Side.SCHOOL, "", council=COUNCIL) == ""
    assert body_of(Side.SCHOOL, "Alderbrook", council=COUNCIL) == "Alderbrook"


def test_every_sign_of_a_draft_is_asked_about_once() -> None:
    signs = signs_of(DRAFT)

    assert len(signs) == len(set(signs))
    assert set("Issue the amended plan. Alderbrook SENCO speech therapy Section I. telephones therapy lead") <= set(
        signs
    )


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(["up", "down", "out"]), st.integers(1, 4)), max_size=6))
def test_whatever_is_done_sharing_names_the_same_actions(steps: list[tuple[str, int]]) -> None:
    draft = DRAFT
    shared = {DRAFT.lines[number - 1].text for number in DRAFT.shared_with[0].lines}
    for step, number in steps:
        if number <= len(draft.lines):
            draft = removed(draft, number) if step == "out" else moved(draft, number, up=step == "up")

    assert [line.number for line in draft.lines] == list(range(1, len(draft.lines) + 1))
    left = {line.text for line in draft.lines} & shared
    named = {draft.lines[number - 1].text for share in draft.shared_with for number in share.lines}
    assert named == left
