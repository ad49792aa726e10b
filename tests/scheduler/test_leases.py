"""A lease is one worker's at a time, by the database's own clock."""

import asyncio

from sqlalchemy import text

from database.engine import Database
from scheduler import leases


async def take(database: Database, worker: str, seconds: float = 60) -> bool:
    return await leases.take(database, "sweep", worker=worker, seconds=seconds)


async def test_of_many_workers_one_has_it(database: Database) -> None:
    taken = await asyncio.gather(*(take(database, f"worker-{number}") for number in range(10)))
    assert sorted(taken) == [False] * 9 + [True]


async def test_when_it_has_run_out_another_may_have_it(database: Database) -> None:
    assert await take(database, "one", seconds=0.2)
    assert not await take(database, "two")
    await asyncio.sleep(0.4)
    assert await take(database, "two")


async def test_it_does_not_ask_the_workers_clock(database: Database) -> None:
    assert await take(database, "one")
    async with database.write() as db:
        long_ago = {"sqlite": "'2000-01-01 00:00:00.000000'", "postgresql": "timestamptz '2000-01-01'"}[db.dialect]
        await db.execute(text(f"UPDATE round_lease SET lease_until = {long_ago}"))
    assert await take(database, "two")
