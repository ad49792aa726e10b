"""Counting days, weeks and months (R1 to R4)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.working_days import Calendar, day_of, plus_days, plus_months, plus_weeks
from tests.cases.days import CALENDAR

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 10, 14), True),
        (date(2026, 8, 12), True),  # August counts
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 12, 25), False),
        (date(2026, 12, 28), False),  # for Saturday the 26th
        (date(2026, 10, 17), False),
        (date(2026, 10, 18), False),
    ],
)
def test_working_day(day: date, *, working: bool) -> None:
    assert CALENDAR.is_working(day) is working


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2026, 9, 14), 2, date(2026, 11, 14)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 2, 28), 1, date(2026, 3, 28)),
        (date(2026, 11, 29), 1, date(2026, 12, 29)),
        (date(2026, 11, 1), 1, date(2026, 12, 1)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
        (date(2026, 12, 15), 0, date(2026, 12, 15)),
    ],
)
def test_months_end_on_the_same_number_or_the_last_day(day: date, months: int, end: date) -> None:
    assert plus_months(day, months) == end


def test_days_and_weeks_are_plain_calendar_days() -> None:
    assert plus_days(date(2026, 11, 26), 30) == date(2026, 12, 26)
    assert plus_weeks(date(2026, 12, 11), 2) == date(2026, 12, 25)


def test_working_days_around_christmas() -> None:
    eve = date(2026, 12, 24)

    assert CALENDAR.after(eve, 0) == eve
    assert CALENDAR.after(eve, 1) == date(2026, 12, 29)
    assert CALENDAR.days_after(eve, 2) == (date(2026, 12, 29), date(2026, 12, 30))
    assert CALENDAR.next_working(date(2026, 12, 26)) == date(2026, 12, 29)
    assert CALENDAR.next_working(eve) == eve
    assert CALENDAR.last_working(date(2026, 12, 28)) == eve
    assert CALENDAR.last_working(eve) == eve
    assert CALENDAR.last_working_before(eve) == date(2026, 12, 23)
    assert CALENDAR.before(date(2026, 12, 29), 1) == eve
    assert CALENDAR.left(eve, date(2026, 12, 30)) == 2
    assert CALENDAR.left(date(2026, 12, 30), eve) == 0


def test_a_moment_is_a_day_in_london() -> None:
    assert day_of(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == date(2026, 7, 1)
    assert day_of(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == date(2026, 12, 31)
    assert day_of(date(2026, 6, 30)) == date(2026, 6, 30)


def test_a_calendar_of_a_list() -> None:
    assert not Calendar.of([date(2026, 6, 1)]).is_working(date(2026, 6, 1))


@settings(max_examples=200)
@given(day=DAYS, count=st.integers(1, 15))
def test_counting_forward_and_back_agree(day: date, count: int) -> None:
    ahead = CALENDAR.after(day, count)

    assert CALENDAR.is_working(ahead)
    assert CALENDAR.left(day, ahead) == count
    assert CALENDAR.before(ahead + timedelta(days=1), 1) == ahead
    assert CALENDAR.before(CALENDAR.after(ahead, count), count) == ahead


@settings(max_examples=200)
@given(first=DAYS, second=DAYS, months=st.integers(0, 24))
def test_months_keep_the_order_of_days(first: date, second: date, months: int) -> None:
    early, late = sorted((first, second))

    assert plus_months(early, months) <= plus_months(late, months)
    assert (plus_months(early, months).month - early.month) % 12 == months % 12
