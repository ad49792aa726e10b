"""Rules: why a date is what it is, in plain words for a worried reader (pages.md 4 and 5)."""

from collections.abc import Sequence
from datetime import date, datetime

from cases.tribunal import Limb, Moved
from cases.working_days import Calendar, plus_months
from notifications.when import DAYS, MONTHS, at, day, full_day

MOVES = {
    Moved.NOT_MOVED: "",
    Moved.CHRISTMAS: " From 25 December to 1 January the tribunal’s time runs on, so it is {day}.",
    Moved.AUGUST: " In August the tribunal’s time runs on, so it is {day}.",
    Moved.NO_WORKING_DAY: " The tribunal is closed then, so it is {day}.",
}


def _number(length: int, unit: str) -> str:
    return f"{length} {unit}{'' if length == 1 else 's'}"


def in_full(when: date, since: date) -> str:
    """The day, with its year where the reader could take it for another: "Wednesday 6 January 2027"."""
    return day(when) if when.year == since.year else full_day(when)


def listed(days: Sequence[date]) -> str:
    """Several days as one would read them out: "Thursday 31 December, Monday 4 and Tuesday 5 January"."""
    words = [f"{DAYS[each.weekday()]} {each.day}" for each in days]
    for place, each in enumerate(days):
        if place + 1 == len(days) or days[place + 1].month != each.month:
            words[place] += f" {MONTHS[each.month - 1]}"
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def by_the_clock(start: datetime, what: str, due: datetime) -> str:
    """Hours that run without a stop; both are moments."""
    return f"{what} on {at(start)}. 24 hours run by the clock, nights and weekends too, until {at(due)}."


def working_days(start: date, what: str, days: Sequence[date]) -> str:
    """So many working days, each of them named."""
    rest = "" if (days[-1] - start).days == len(days) else " Weekends and bank holidays do not count."
    return f"{what} on {full_day(start)}. Then {_number(len(days), 'working day')}: {listed(days)}.{rest}"


def backwards(start: date, days: Sequence[date]) -> str:
    """So many working days before a meeting, the nearest first."""
    count = _number(len(days), "working day")
    named = listed(tuple(reversed(days)))
    return f"The meeting is on {full_day(start)}. {count} must lie before it, the last day to tell included: {named}."


def stays(due: date, calendar: Calendar) -> str:
    """What to know of a last day that does not move; nothing where it is a working day."""
    if calendar.is_working(due):
        return ""
    safe = calendar.last_working(due)
    return f" It does not move to a later day. The last working day before it is {in_full(safe, due)}."


def calendar_days(start: date, what: str, due: date) -> str:
    """So many days, each of which counts."""
    days = (due - start).days
    return f"{what} on {full_day(start)}. Every day counts, weekends too. Day {days} is {full_day(due)}."


def weeks(start: date, count: int, due: date) -> str:
    """So many weeks from the date of agreement; none for at once."""
    if not count:
        return f"It was agreed on {full_day(start)}, and it holds at once."
    return f"It was agreed on {full_day(start)}. {_number(count, 'week')} later is {full_day(due)}."


def months(start: date, count: int) -> str:
    """So many months: the day of the same number, or the last day of a month that has no such day."""
    due = plus_months(start, count)
    short = "" if due.day == start.day else f" {MONTHS[due.month - 1]} has no day {start.day}, so its last day counts."
    return f"{_number(count, 'month')} later is {full_day(due)}.{short}"


def limb(each: Limb, what: str) -> str:
    """How one way to count the time for an appeal ends."""
    moved = MOVES[each.moved].format(day=full_day(each.arrives_by))
    return f"{what} on {full_day(each.since)}. {months(each.since, each.months)}{moved}"
