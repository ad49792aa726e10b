"""Rules: days and hours as people in England say them. Moments are stored in UTC and told in London (pages.md 5)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
NOON = 12


def london(moment: datetime) -> datetime:
    """The moment on a clock in London; ValueError for one without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return moment.astimezone(LONDON)


def _date(day: date) -> date:
    return london(day).date() if isinstance(day, datetime) else day


def lasting(seconds: float) -> str:
    """1 minute, 2 minutes, 90 seconds."""
    minutes, rest = divmod(int(seconds), 60)
    if rest or not minutes:
        return f"{int(seconds)} seconds"
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def day(when: date) -> str:
    """Tuesday 3 November; a moment is first taken to London."""
    local = _date(when)
    return f"{DAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]}"


def full_day(when: date) -> str:
    """Tuesday 3 November 2026."""
    return f"{day(when)} {_date(when).year}"


def hour(moment: datetime) -> str:
    """10 am, 9:30 am, midday, midnight."""
    local = london(moment)
    if local.minute == 0 and local.hour % NOON == 0:
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02d}" if local.minute else ""
    return f"{local.hour % NOON or NOON}{minutes} {'am' if local.hour < NOON else 'pm'}"


def at(moment: datetime) -> str:
    """Tuesday 3 November 2026, 10 am."""
    return f"{full_day(moment)}, {hour(moment)}"


def by(moment: datetime) -> str:
    """Friday 30 October, 2 pm."""
    return f"{day(moment)}, {hour(moment)}"


def span(starts: datetime, ends: datetime) -> str:
    """Tuesday 3 November 2026, 10 am to 1 pm (UK time)."""
    end = hour(ends) if _date(starts) == _date(ends) else at(ends)
    return f"{at(starts)} to {end} (UK time)"


def begins(day_of_it: date) -> datetime:
    """The first moment of that day in London."""
    local = _date(day_of_it)
    return datetime(local.year, local.month, local.day, tzinfo=LONDON)


def day_before(when: date) -> date:
    """The day before, on London's calendar."""
    return _date(when) - timedelta(days=1)
