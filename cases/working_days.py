"""Rules: counting days, weeks and months over a given list of holidays (domain 2.1, R1 to R4).

R1: a working day is Monday to Friday, but no bank holiday of England and Wales, Good Friday or Christmas Day. August
counts. R2: the day of the event is day 0, and the next working day is day 1. R3: days and weeks are plain calendar
days. R4: a month ends on the day of the same number, or, where there is none, on the last day of the month (Dodds v
Walker [1981] 1 WLR 1027).

A calendar holds days on which the whole country rests. A day off of the provider is none of these: it belongs in a
diary, and moves no date that the law sets.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from notifications.when import london

ONE_DAY = timedelta(days=1)
SATURDAY = 5


def day_of(when: date) -> date:
    """The day in London of a moment, or the day itself; ValueError for a moment without a zone."""
    return london(when).date() if isinstance(when, datetime) else when


def plus_days(day: date, days: int) -> date:
    """So many calendar days later (R3): day 30 is the day plus 30."""
    return day + timedelta(days=days)


def plus_weeks(day: date, weeks: int) -> date:
    """So many weeks later (R3): two weeks are the day plus 14."""
    return day + timedelta(weeks=weeks)


def plus_months(day: date, months: int) -> date:
    """The corresponding day so many months later, or the last day of a month that lacks it (R4)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Which days are working days. Days outside the years of `holidays` count as if they had no holidays."""

    holidays: frozenset[date] = frozenset()

    @classmethod
    def of(cls, holidays: Iterable[date]) -> "Calendar":
        """A calendar with these holidays."""
        return cls(holidays=frozenset(holidays))

    def is_working(self, day: date) -> bool:
        """Whether this is a working day (R1)."""
        return day.weekday() < SATURDAY and day not in self.holidays

    def next_working(self, day: date) -> date:
        """This day if it is a working day, else the first one after it."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def last_working(self, day: date) -> date:
        """This day if it is a working day, else the last one before it: the safe day of a date that does not move."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def last_working_before(self, day: date) -> date:
        """The last working day before this day, whatever this day is."""
        return self.last_working(day - ONE_DAY)

    def after(self, day: date, days: int) -> date:
        """The working day of this number after a day, the next one being 1 (R2); 0 is the day itself."""
        for _ in range(days):
            day = self.next_working(day + ONE_DAY)
        return day

    def before(self, day: date, days: int) -> date:
        """The working day of this number before a day, the one before being 1; 0 is the day itself."""
        for _ in range(days):
            day = self.last_working_before(day)
        return day

    def days_after(self, day: date, days: int) -> tuple[date, ...]:
        """Each of the working days that `after` counts, for showing how it was counted."""
        return tuple(self.after(day, number) for number in range(1, days + 1))

    def left(self, today: date, until: date) -> int:
        """How many working days come after today, up to and with this day; 0 when it is today or has passed."""
        days = range((until - today).days)
        return sum(self.is_working(today + timedelta(days=number + 1)) for number in days)
