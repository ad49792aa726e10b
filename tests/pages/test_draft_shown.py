"""A version of the record as a screen shows it."""

from dataclasses import replace
from datetime import date

import pytest

from cases.case import Side
from cases.legal_class import LegalClass
from pages.draft_shown import LineShown, line_shown, lines_shown, share_words, shares_shown, when_due
from records.agreement import ActionLine, Share
from tests.records.samples import COUNCIL, DRAFT, LINES

TODAY = date(2026, 11, 4)


def test_a_line_is_shown_with_its_owner_its_day_and_the_reason() -> None:
    assert line_shown(LINES[0], TODAY) == LineShown(
        number=1,
        text=LINES[0].text,
        side=Side.COUNCIL,
        owner=f"{COUNCIL}: SEN manager",
        by="Wednesday 9 December 2026, if all say yes today",
        why="the usual limit, 5 weeks from the day of agreement",
        evidence="The amended plan has arrived",
        depends_on=None,
    )


@pytest.mark.parametrize(
    ("line", "due"),
    [
        (LINES[1], ("Friday 18 December 2026", "a date that all agree on")),
        (LINES[2], ("Friday 4 December 2026", "a promise; the law sets no limit")),
        (replace(LINES[2], due=None), ("no date yet", "the law sets no limit, so it needs a date")),
        (
            replace(LINES[0], legal_class=LegalClass.MAINTAIN),
            ("Wednesday 4 November 2026, if all say yes today", "the usual limit, at once"),
        ),
        (
            replace(LINES[0], legal_class=LegalClass.ISSUE_PLAN),
            (
                "Wednesday 9 December 2026, if all say yes today",
                "the usual limit, 5 weeks from the day of agreement; the final plan, 11 weeks",
            ),
        ),
    ],
)
def test_every_day_has_its_reason(line: ActionLine, due: tuple[str, str]) -> None:
    assert when_due(line, TODAY) == due


def test_every_line_of_the_draft_is_shown_in_its_order() -> None:
    assert [line.number for line in lines_shown(DRAFT, TODAY)] == [1, 2, 3, 4]


def test_who_else_may_see_what_is_said_in_words() -> None:
    assert shares_shown(DRAFT) == ["The school and the care board’s therapy lead: actions 1, 3 and 4"]
    assert share_words(Share(who="The school", lines=(2,))) == "The school: action 2"
    assert share_words(Share(who="The adviser")) == "The adviser: the whole record"
