"""Rules: days and hours in the short forms of lists and staff pages, and as markup reads them (pages.md 5)."""

from dataclasses import dataclass
from datetime import date, datetime

from notifications.when import DAYS, MONTHS, full_day, hour, london


def _local(when: date) -> date:
    return london(when).date() if isinstance(when, datetime) else when


def short_day(when: date) -> str:
    """Tue 3 Nov."""
    local = _local(when)
    return f"{DAYS[local.weekday()][:3]} {local.day} {MONTHS[local.month - 1][:3]}"


def plain_day(when: date) -> str:
    """14 September 2026: a day long past, such as a date of birth or of a letter."""
    local = _local(when)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def clock(moment: datetime) -> str:
    """13:05, as staff read the hour."""
    return f"{london(moment):%H:%M}"


def hours(starts: datetime, ends: datetime) -> str:
    """10 am to 1 pm."""
    return f"{hour(starts)} to {hour(ends)}"


def clock_hours(starts: datetime, ends: datetime) -> str:
    """10:00 to 13:00."""
    return f"{clock(starts)} to {clock(ends)}"


def stamp(when: date) -> str:
    """What `time datetime` holds: 2026-11-03, or 2026-11-03T10:00+00:00 with London's own offset."""
    return london(when).isoformat(timespec="minutes") if isinstance(when, datetime) else when.isoformat()


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """A date as a leaf of a calendar shows it."""

    week: str
    number: int
    month: str
    year: int
    stamp: str
    words: str


def leaf(when: date) -> Leaf:
    """The leaf of this day, by London's calendar."""
    local = _local(when)
    return Leaf(
        week=DAYS[local.weekday()][:3],
        number=local.day,
        month=MONTHS[local.month - 1][:3],
        year=local.year,
        stamp=local.isoformat(),
        words=full_day(local),
    )


def faulty_part(words: str | None) -> str | None:
    """Which of the three fields of a date the words are about: day, month or year; None when it is all of them."""
    if not words or not words.startswith(("The ", "Add the ", "Write the ")):
        return None
    found = [part for part in ("day", "month", "year") if f"the {part}" in words.lower()]
    return found[0] if len(found) == 1 else None
