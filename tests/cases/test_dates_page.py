"""The page about dates says what the rules say: its tables are drawn from them, its examples are worked out again."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

from cases import deadlines
from cases.legal_class import LIMITS
from cases.periods import PERIODS, Clock
from cases.tribunal import from_letter
from tests.cases.days import CALENDAR

PAGE = Path(__file__).parents[2] / "docs" / "dates.md"


def table(heads: list[str], rows: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in [heads, ["---"] * len(heads), *rows])


SEVERAL = {Clock.APPEAL: "2 months, or 1 month", Clock.PLAN_ACTION: "at once to 14 weeks, see below"}


def times() -> str:
    rows = [
        [
            row.clock.value,
            row.title,
            SEVERAL.get(row.clock, row.words),
            row.since,
            row.owed_by,
            "yes" if row.moves else "no",
            row.source,
        ]
        for row in PERIODS
    ]
    return table(["No.", "By then", "How long", "Counted from", "Kept by", "Moves?", "Source"], rows)


def actions() -> str:
    def length(weeks: int) -> str:
        return "at once" if not weeks else f"{weeks} week{'s' if weeks > 1 else ''}"

    rows = [
        [kind.words, limit.step, length(limit.weeks), limit.source]
        for kind, limits in LIMITS.items()
        for limit in limits
    ]
    return table(["What was agreed", "By then", "How long", "Source"], rows)


def section(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n\n(.*?)\n\n<!-- end -->", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found, name
    return found.group(1)


def test_the_table_of_times_is_that_of_the_rules() -> None:
    assert section("times") == times()


def test_the_table_of_actions_is_that_of_the_rules() -> None:
    assert section("actions") == actions()


def test_the_examples_are_worked_out_by_the_rules() -> None:
    examples = [
        deadlines.contact_promise(datetime(2026, 10, 8, 9, 20, tzinfo=UTC)),
        deadlines.certificate_due(date(2026, 4, 2), CALENDAR),
        deadlines.arranged_by(date(2026, 10, 8), CALENDAR),
        deadlines.notice_by(date(2027, 1, 5), CALENDAR),
        deadlines.appeal_by(date(2026, 9, 14), date(2026, 11, 4), CALENDAR),
        deadlines.appeal_by(date(2026, 6, 5), None, CALENDAR),
        deadlines.adviser_by(date(2026, 12, 31), CALENDAR),
    ]

    assert section("examples") == "\n".join(f"- {deadline.title}: {deadline.why}" for deadline in examples)


def test_the_page_names_every_number_once() -> None:
    numbers = re.findall(r"^\| (D\d+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)

    assert numbers == [clock.value for clock in Clock]


def test_the_sentence_about_the_corresponding_day_is_true() -> None:
    assert from_letter(date(2026, 12, 31), CALENDAR).ends == date(2027, 2, 28)
