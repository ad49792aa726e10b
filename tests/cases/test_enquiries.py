"""What a tired parent has typed is kept until it is sent, and not a day too long."""

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import func, select

from cases import enquiries
from cases.schema import unfinished_enquiry
from database.base import data_key
from database.engine import Database

ANSWERS = {"decision": {"decision": ["contents"]}, "who": {"name": ["Siân O’Neill"]}}


async def test_what_was_typed_comes_back_to_the_same_browser_only(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        await enquiries.keep(db, "one", ANSWERS, now=moment)
    async with database.read() as db:
        found, other = await enquiries.find(db, "one"), await enquiries.find(db, "two")
    assert found is not None
    assert (found.answers, found.case_id, other) == (ANSWERS, None, None)


async def test_what_is_kept_many_times_at_once_is_kept_once_with_one_key(database: Database, moment: datetime) -> None:
    async def keep() -> None:
        async with database.write() as db:
            await enquiries.keep(db, "one", ANSWERS, now=moment)

    for _ in range(2):  # the first time there is nothing yet, the second time there is
        await asyncio.gather(*(keep() for _ in range(6)))
    async with database.read() as db:
        found = await enquiries.find(db, "one")
        keys = await db.scalar(select(func.count()).select_from(data_key))
    assert found is not None
    assert (found.answers, keys) == (ANSWERS, 1)


async def test_nothing_is_stored_in_clear(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        await enquiries.keep(db, "one", ANSWERS, now=moment)
    async with database.read() as db:
        sealed = await db.scalar(select(unfinished_enquiry.c.answers_sealed))
    assert "Siân".encode() not in bytes(sealed)
    assert b"contents" not in bytes(sealed)


async def test_after_thirty_days_it_is_gone_with_its_key(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        await enquiries.keep(db, "one", ANSWERS, now=moment)
    async with database.write() as db:
        early = await enquiries.sweep(db, now=moment + timedelta(days=29))
        late = await enquiries.sweep(db, now=moment + timedelta(days=31))
    async with database.read() as db:
        keys = await db.scalar(select(func.count()).select_from(data_key))
    assert (early, late, keys) == (0, 1, 0)
