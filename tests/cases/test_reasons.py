"""Small parts of the reasons; whole reasons stand with the dates they explain (test_deadlines.py)."""

from datetime import date

import pytest

from cases import reasons
from tests.cases.days import CALENDAR


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([date(2026, 10, 9)], "Friday 9 October"),
        ([date(2026, 10, 9), date(2026, 10, 12)], "Friday 9 and Monday 12 October"),
        (
            [date(2026, 10, 29), date(2026, 10, 30), date(2026, 11, 2)],
            "Thursday 29, Friday 30 October and Monday 2 November",
        ),
    ],
)
def test_days_as_one_would_read_them_out(days: list[date], words: str) -> None:
    assert reasons.listed(days) == words


def test_three_days_in_a_row_need_no_word_about_weekends() -> None:
    days = CALENDAR.days_after(date(2026, 11, 3), 3)

    assert reasons.working_days(date(2026, 11, 3), "The mediation ended", days) == (
        "The mediation ended on Tuesday 3 November 2026. Then 3 working days: Wednesday 4, Thursday 5 and Friday "
        "6 November."
    )


def test_a_last_day_that_is_a_working_day_needs_no_warning() -> None:
    assert reasons.stays(date(2026, 11, 6), CALENDAR) == ""
    assert reasons.stays(date(2027, 1, 2), CALENDAR) == (
        " It does not move to a later day. The last working day before it is Thursday 31 December 2026."
    )
