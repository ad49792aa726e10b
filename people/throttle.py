"""Store: how often something was tried, counted in the database: restarts and other workers change nothing."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select

from database.engine import Transaction
from database.refusal import Refusal
from people.schema import attempt

KEPT = timedelta(days=1)


class TooMany(Refusal):
    """That was tried very often just now. Please wait a little, or ring us."""


async def tried(db: Transaction, bucket: str, *, seconds: int, now: datetime) -> int:
    """How often, in this many seconds up to now."""
    since = now - timedelta(seconds=seconds)
    counted = select(func.count()).where(attempt.c.bucket == bucket, attempt.c.at > since)
    return int(await db.scalar(counted) or 0)


async def count(db: Transaction, bucket: str, *, most: int, seconds: int, now: datetime) -> None:
    """The attempt is counted; TooMany, counted or not, when there were already so many."""
    if db.dialect == "postgresql":  # SQLite has one writer anyway; here those who count one bucket wait for each other
        await db.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(bucket, 0))))
    if await tried(db, bucket, seconds=seconds, now=now) >= most:
        raise TooMany
    await db.execute(insert(attempt).values(bucket=bucket, at=now))


async def sweep(db: Transaction, *, now: datetime) -> int:
    """Attempts of more than a day ago are gone; how many."""
    return await db.changed(delete(attempt).where(attempt.c.at < now - KEPT))
