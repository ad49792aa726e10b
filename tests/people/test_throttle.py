"""What is tried too often is refused, whoever counts, also when many ask at one instant."""

import asyncio
from datetime import datetime, timedelta

import pytest

from database.engine import Database
from people import throttle
from people.throttle import TooMany


async def test_one_try_too_many_is_refused_until_the_time_has_passed(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        for _ in range(3):
            await throttle.count(db, "bucket", most=3, seconds=600, now=moment)
        with pytest.raises(TooMany):
            await throttle.count(db, "bucket", most=3, seconds=600, now=moment + timedelta(seconds=599))
        await throttle.count(db, "other", most=3, seconds=600, now=moment)
        await throttle.count(db, "bucket", most=3, seconds=600, now=moment + timedelta(seconds=600))
        assert await throttle.tried(db, "bucket", seconds=3600, now=moment + timedelta(seconds=600)) == 4


async def test_of_many_at_one_instant_no_more_than_allowed_get_through(database: Database, moment: datetime) -> None:
    async def attempt() -> bool:
        try:
            async with database.write() as db:
                await throttle.count(db, "bucket", most=5, seconds=600, now=moment)
        except TooMany:
            return False
        return True

    assert sum(await asyncio.gather(*(attempt() for _ in range(12)))) == 5


async def test_a_sweep_forgets_what_is_a_day_old(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        for hours in (25, 26, 1):
            await throttle.count(db, "bucket", most=9, seconds=60, now=moment - timedelta(hours=hours))
        assert await throttle.sweep(db, now=moment) == 2
