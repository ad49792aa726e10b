"""The relief of the Tribunal's rules, for filing an appeal and nothing else (R5)."""

from datetime import date

import pytest

from cases.tribunal import Limb, Moved, from_certificate, from_letter, later, moved
from tests.cases.days import CALENDAR


@pytest.mark.parametrize(
    ("ends", "why", "day"),
    [
        (date(2026, 12, 24), Moved.NOT_MOVED, date(2026, 12, 24)),
        (date(2026, 12, 25), Moved.CHRISTMAS, date(2027, 1, 4)),
        (date(2026, 12, 29), Moved.CHRISTMAS, date(2027, 1, 4)),  # a working day, and still in the window
        (date(2027, 1, 1), Moved.CHRISTMAS, date(2027, 1, 4)),
        (date(2027, 1, 2), Moved.NO_WORKING_DAY, date(2027, 1, 4)),
        (date(2026, 7, 31), Moved.NOT_MOVED, date(2026, 7, 31)),
        (
            date(2027, 7, 31),
            Moved.NO_WORKING_DAY,
            date(2027, 8, 2),
        ),  # ends before August: the next working day is meant
        (date(2026, 8, 1), Moved.AUGUST, date(2026, 9, 1)),
        (date(2026, 8, 31), Moved.AUGUST, date(2026, 9, 1)),
        (date(2026, 4, 3), Moved.NO_WORKING_DAY, date(2026, 4, 7)),
    ],
)
def test_where_a_time_runs_on_to(ends: date, why: Moved, day: date) -> None:
    assert moved(ends, CALENDAR) == (why, day)


def test_two_ways_to_count_and_the_later_one() -> None:
    letter = from_letter(date(2026, 9, 14), CALENDAR)
    certificate = from_certificate(date(2026, 11, 4), CALENDAR)

    assert letter == Limb(
        since=date(2026, 9, 14),
        months=2,
        ends=date(2026, 11, 14),
        moved=Moved.NO_WORKING_DAY,
        arrives_by=date(2026, 11, 16),
    )
    assert later(letter, certificate) is certificate
    assert later(letter, None) is letter
    assert later(letter, from_certificate(date(2026, 10, 14), CALENDAR)) is letter
