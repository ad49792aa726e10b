"""Rules: a moment as a form asks for it: a day and an hour in London, never one that the clocks skip."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def read_time(text: str) -> time:
    """An hour as people write it: 10:20, 10.20, 1020, 9; ValueError in words for anything else."""
    digits = text.strip().replace(".", ":").replace(" ", "")
    hours, _, minutes = digits.partition(":")
    if not minutes and len(hours) in (3, 4):
        hours, minutes = hours[:-2], hours[-2:]
    if not (hours.isascii() and hours.isdigit() and (minutes or "0").isascii() and (minutes or "0").isdigit()):
        raise ValueError("Write the time like 10:20")
    if not (len(hours) <= 2 and len(minutes) <= 2 and int(hours) < 24 and int(minutes or 0) < 60):
        raise ValueError("Write the time like 10:20")
    return time(int(hours), int(minutes or 0))


def moment(day: date, hour: time) -> datetime:
    """The moment in UTC; ValueError for an hour that the clocks skip that night."""
    local = datetime.combine(day, hour, LONDON)
    back = local.astimezone(UTC).astimezone(LONDON)
    if back.time() != hour:
        raise ValueError("The clocks go forward that night, and this time does not exist. Choose another")
    return local.astimezone(UTC)
