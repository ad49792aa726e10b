"""The database keeps its promises on SQLite and PostgreSQL alike."""

import asyncio
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import insert, select, text, update

from cases.schema import closure
from database.base import counter, data_key
from database.bell import Alarm
from database.counters import next_number
from database.engine import POOL_SIZE, Busy, Database, DatabaseSettings, open_database
from database.vault import KeyGone, SealBroken
from tests.conftest import SERVICE_KEY


async def test_a_moment_comes_back_as_it_went_in_whatever_its_zone(database: Database, moment: datetime) -> None:
    summer = moment.astimezone(timezone(timedelta(hours=1)))
    async with database.write() as db:
        box = await db.new_box(now=summer)
    async with database.read() as db:
        made = await db.scalar(select(data_key.c.made_at).where(data_key.c.id == box.key_id))
    assert made == moment
    assert made.utcoffset() == timedelta(0)


async def test_a_moment_without_a_zone_is_refused(database: Database, moment: datetime) -> None:
    with pytest.raises(Exception, match="without a zone"):
        async with database.write() as db:
            await db.new_box(now=moment.replace(tzinfo=None))


async def test_what_fails_leaves_nothing_behind(database: Database) -> None:
    async def half() -> None:
        async with database.write() as db:
            await next_number(db, "case")
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError):
        await half()
    async with database.read() as db:
        assert await db.scalar(select(counter.c.value)) is None


async def test_numbers_are_given_once_each_to_forty_askers_at_once(database: Database) -> None:
    async def take() -> int:
        async with database.write() as db:
            return await next_number(db, "case")

    assert sorted(await asyncio.gather(*(take() for _ in range(40)))) == list(range(1, 41))


async def test_read_then_write_races_lose_nothing(database: Database) -> None:
    async with database.write() as db:
        await db.execute(insert(counter).values(name="race", value=0))

    async def raise_by_one() -> None:
        async with database.write() as db:
            value = await db.scalar(select(counter.c.value).where(counter.c.name == "race").with_for_update())
            await db.execute(update(counter).where(counter.c.name == "race").values(value=value + 1))

    await asyncio.gather(*(raise_by_one() for _ in range(40)))
    async with database.read() as db:
        assert await db.scalar(select(counter.c.value).where(counter.c.name == "race")) == 40


async def test_a_bell_rings_after_the_commit_and_only_then(database: Database) -> None:
    alarm = Alarm()
    with database.bell.listening("floor:", alarm):
        async with database.write() as db:
            db.ring("floor:one")
            assert not await alarm.wait(0.05)
        assert await alarm.wait(3)


async def test_a_bell_of_a_transaction_that_failed_stays_silent(database: Database) -> None:
    alarm = Alarm()

    async def fail() -> None:
        async with database.write() as db:
            db.ring("outbox")
            raise RuntimeError("no")

    with database.bell.listening("outbox", alarm):
        with pytest.raises(RuntimeError):
            await fail()
        assert not await alarm.wait(0.2)


async def test_reading_refuses_to_write_on_postgresql(database: Database) -> None:
    if database.engine.dialect.name != "postgresql":
        return  # SQLite has no such switch; there a reader merely never takes the writer's lock
    with pytest.raises(Exception, match="read-only"):
        async with database.read() as db:
            await next_number(db, "case")


async def test_a_sealed_value_opens_only_where_it_was_sealed(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        box = await db.new_box(now=moment)
    async with database.read() as db:
        box = await db.box(box.key_id)
    sealed = box.seal("seat.email", "one", "Siân")
    assert box.open("seat.email", "one", sealed) == "Siân"
    assert "Siân".encode() not in bytes(sealed)
    for column, row in (("seat.email", "two"), ("seat.phone", "one")):
        with pytest.raises(SealBroken):
            box.open(column, row, sealed)


async def test_a_destroyed_key_opens_nothing(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        box = await db.new_box(now=moment)
    async with database.write() as db:
        await db.destroy_key(box.key_id)
    with pytest.raises(KeyGone):
        async with database.read() as db:
            await db.box(box.key_id)


async def test_a_key_that_one_process_destroyed_is_forgotten_by_every_other(
    database: Database, database_url: str, moment: datetime
) -> None:
    if database.engine.dialect.name != "postgresql":
        return  # on SQLite there is one process
    async with database.write() as db:
        box = await db.new_box(now=moment)
    elsewhere = DatabaseSettings(url=database_url, service_key=SERVICE_KEY)
    async with open_database(elsewhere) as other:
        async with other.read() as db:
            await db.box(box.key_id)
        async with database.write() as db:
            await db.destroy_key(box.key_id)
        await asyncio.sleep(0.5)
        with pytest.raises(KeyGone):
            async with other.read() as db:
                await db.box(box.key_id)


async def test_a_destroyed_key_under_which_nothing_stands_leaves_no_row(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        box = await db.new_box(now=moment)
        await db.destroy_key(box.key_id)
        assert await db.scalar(select(data_key.c.id).where(data_key.c.id == box.key_id)) is None


async def test_a_day_is_a_day(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        await db.execute(insert(closure).values(day=moment.date(), reason="Office closed"))
    async with database.read() as db:
        assert await db.scalar(select(closure.c.day)) == moment.date()


async def test_connections_that_the_server_has_ended_are_replaced_unseen(database: Database) -> None:
    if database.engine.dialect.name != "postgresql":
        return  # SQLite has no server that could go away
    async with database.read() as db, database.read() as other:
        for one in (db, other):
            await one.execute(select(1))
    async with database.write() as db:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = "
        await db.execute(text(f"{others} current_database()"))
    await asyncio.sleep(0.2)
    async with database.read() as db, database.read() as other:
        assert [await one.scalar(select(1)) for one in (db, other)] == [1, 1]


async def test_a_write_waits_its_turn_and_is_refused_after_ten_seconds_rather_than_stuck(database: Database) -> None:
    async def wait_inside() -> None:
        async with database.write() as db:
            await next_number(db, "outer")
            async with database.write() as inner:
                await next_number(inner, "outer")

    with pytest.raises(Busy):
        async with asyncio.timeout(30):
            await wait_inside()


CALLERS, TIMES = 32, 25


async def test_nobody_who_waits_for_the_database_is_passed_by_again_and_again(database: Database) -> None:
    served, passed = [0], []

    async def caller() -> None:
        for _ in range(TIMES):
            before = served[0]
            async with database.read() as db:
                passed.append(served[0] - before)
                served[0] += 1
                await db.scalar(text("SELECT 1"))

    await asyncio.gather(*(caller() for _ in range(CALLERS)))

    # Each of the others is served once before me, and those who hold a place as I come to mine.
    assert max(passed) <= CALLERS + POOL_SIZE
