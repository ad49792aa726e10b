"""Rules: the day by which an appeal must have arrived at the Tribunal (domain 1.3 and 2.1, R5).

Tribunal Procedure (First-tier Tribunal) (Health, Education and Social Care Chamber) Rules 2008, rules 12 and 20: two
months after the notice was sent, or one month after the certificate was issued, whichever is later; received by 5 pm.
A time that ends from 25 December to 1 January, or in August, runs to the first working day after; one that ends on
another day that is no working day runs to the next working day. This relief is for filing an appeal and nothing else.
"""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from cases.working_days import Calendar, plus_months

MONTHS_FROM_LETTER = 2
MONTHS_FROM_CERTIFICATE = 1
CLOSES = time(17)
AUGUST, DECEMBER, JANUARY = 8, 12, 1
CHRISTMAS_DAY = 25


class Moved(StrEnum):
    """Why a time that has ended runs on."""

    NOT_MOVED = "not_moved"
    CHRISTMAS = "christmas"
    AUGUST = "august"
    NO_WORKING_DAY = "no_working_day"


@dataclass(frozen=True, kw_only=True)
class Limb:
    """One of the two ways to count: from which day, how many months, where that ends, and where it runs on to."""

    since: date
    months: int
    ends: date
    moved: Moved
    arrives_by: date


def _christmas(day: date) -> date | None:
    """The New Year's Day after a day from 25 December to 1 January; None for any other day."""
    if day.month == DECEMBER and day.day >= CHRISTMAS_DAY:
        return date(day.year + 1, JANUARY, 1)
    return day if (day.month, day.day) == (JANUARY, 1) else None


def moved(day: date, calendar: Calendar) -> tuple[Moved, date]:
    """Why, and to which working day, a time that ends on this day runs on (R5)."""
    if new_year := _christmas(day):
        return Moved.CHRISTMAS, calendar.after(new_year, 1)
    if day.month == AUGUST:
        return Moved.AUGUST, calendar.after(date(day.year, AUGUST, 31), 1)
    if not calendar.is_working(day):
        return Moved.NO_WORKING_DAY, calendar.next_working(day)
    return Moved.NOT_MOVED, day


def _limb(since: date, months: int, calendar: Calendar) -> Limb:
    ends = plus_months(since, months)
    why, arrives_by = moved(ends, calendar)
    return Limb(since=since, months=months, ends=ends, moved=why, arrives_by=arrives_by)


def from_letter(sent: date, calendar: Calendar) -> Limb:
    """Counted from the day on which the letter was sent."""
    return _limb(sent, MONTHS_FROM_LETTER, calendar)


def from_certificate(issued: date, calendar: Calendar) -> Limb:
    """Counted from the day on which the certificate was issued."""
    return _limb(issued, MONTHS_FROM_CERTIFICATE, calendar)


def later(letter: Limb, certificate: Limb | None) -> Limb:
    """The limb that counts: the one that ends later, the letter's where both end on the same day."""
    return certificate if certificate and certificate.ends > letter.ends else letter
