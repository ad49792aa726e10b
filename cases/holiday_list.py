"""Store: the bank holidays of England, joined with the closures that the office has written down.

The package `holidays` knows the yearly ones. A closure is for a day on which the whole country rests and which the
package does not know yet: a royal one-off. A day off of the provider is not one, and moves no date that the law sets.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache

from sqlalchemy import delete, insert, select

from cases.schema import closure
from cases.working_days import Calendar
from database.engine import Transaction

# The SEND Regulations 2014 came into force in 2014; beyond the last year no date of a live matter can fall.
YEARS = range(2014, 2041)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England in one year. The package is loaded on first use, and each year worked out once."""
    import holidays

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


@cache
def _all_years() -> frozenset[date]:
    return frozenset(day for year in YEARS for day in bank_holidays(year))


def joined(closures: Iterable[date]) -> Calendar:
    """The calendar of bank holidays with these further days."""
    return Calendar(holidays=_all_years() | frozenset(closures))


CLOSED = select(closure.c.day)


async def calendar(db: Transaction) -> Calendar:
    """The working days as they are known now: bank holidays and the closures in the database."""
    return joined(row.day for row in await db.all(CLOSED))


async def closures(db: Transaction) -> dict[date, str]:
    """Each closure with its reason, in order of days."""
    rows = await db.all(select(closure).order_by(closure.c.day))
    return {row.day: row.reason for row in rows}


async def close(db: Transaction, day: date, reason: str) -> None:
    """This day is a closure with this reason; an earlier reason for the same day is replaced."""
    await reopen(db, day)
    await db.execute(insert(closure).values(day=day, reason=reason))


async def reopen(db: Transaction, day: date) -> None:
    """This day is no closure any more; nothing happens where it was none."""
    await db.execute(delete(closure).where(closure.c.day == day))
