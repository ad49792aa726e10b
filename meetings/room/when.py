"""Rules: a moment as browsers read it."""

from datetime import datetime


def clock(at: datetime | None) -> str | None:
    """ISO text in UTC, in milliseconds."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else None
