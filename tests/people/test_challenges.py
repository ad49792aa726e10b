"""One-time codes: ten minutes, five tries, once, and in one browser; two that race get one answer."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from database.engine import Database, Transaction
from people import challenges
from people.challenges import Challenge
from people.schema import challenge
from tests.conftest import faults_in_full

TEN = timedelta(minutes=10)
PAIRS = 100 if faults_in_full() else 10


async def make(db: Transaction, moment: datetime, *, subject: str = "subject", browser: str = "browser") -> Challenge:
    return await challenges.make(db, purpose="staff", subject=subject, browser=browser, now=moment)


async def open_for(db: Transaction, now: datetime, *, browser: str = "browser", **asked: str) -> str | None:
    known = {"purpose": "staff", "subject": "subject"} | asked
    return await challenges.open_for(db, browser=browser, now=now, **known)


def wrong(made: Challenge) -> str:
    return f"{(int(made.code) + 1) % 1_000_000:06d}"


async def test_the_right_code_names_its_subject_once(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        made = await make(db, moment)
        assert (len(made.code), made.expires_at) == (6, moment + TEN)
        assert await open_for(db, moment) == made.id
        assert await challenges.use(db, made.id, made.code, now=moment) == "subject"
        assert await challenges.use(db, made.id, made.code, now=moment) is None
        assert await open_for(db, moment) is None


async def test_a_code_works_for_ten_minutes(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        made, last = await make(db, moment), moment + TEN - timedelta(seconds=1)
        assert await open_for(db, last) == made.id
        assert await open_for(db, moment + TEN) is None
        assert await challenges.use(db, made.id, made.code, now=moment + TEN) is None
        assert await challenges.use(db, made.id, made.code, now=last) == "subject"


@pytest.mark.parametrize(("wrongs", "answer"), [(4, "subject"), (5, None)])
async def test_the_fifth_try_is_the_last(database: Database, moment: datetime, wrongs: int, answer: str | None) -> None:
    async with database.write() as db:
        made = await make(db, moment)
        for _ in range(wrongs):
            assert await challenges.use(db, made.id, wrong(made), now=moment) is None
        assert (await open_for(db, moment) is None) == (answer is None)
        assert await challenges.use(db, made.id, made.code, now=moment) == answer


async def test_a_code_is_found_only_in_the_browser_and_for_the_purpose_it_was_asked_for(
    database: Database, moment: datetime
) -> None:
    async with database.write() as db:
        made = await make(db, moment)
        assert await open_for(db, moment, browser="other") is None
        assert await open_for(db, moment, purpose="seat") is None
        assert await open_for(db, moment, subject="other") is None
        found = await challenges.open_for(db, purpose="staff", browser="browser", subject=None, now=moment)
        assert found == made.id


async def test_a_newer_code_ends_the_older_ones_of_its_browser(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        old, elsewhere = await make(db, moment), await make(db, moment, browser="other")
        new = await make(db, moment + timedelta(seconds=40))
        later = moment + timedelta(minutes=1)
        assert await open_for(db, later) == new.id
        assert await challenges.use(db, old.id, old.code, now=later) is None
        assert await challenges.use(db, elsewhere.id, elsewhere.code, now=later) == "subject"


async def test_a_code_does_not_lie_in_its_row(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        made = await make(db, moment)
        row = await db.first(select(challenge))
    assert row is not None
    assert made.code not in repr(tuple(row))
    assert len(row.code_digest) == 64


async def test_a_code_sent_twice_at_the_same_instant_is_used_once(database: Database, moment: datetime) -> None:
    async def use(made: Challenge) -> str | None:
        async with database.write() as db:
            return await challenges.use(db, made.id, made.code, now=moment)

    async with database.write() as db:
        pairs = [await make(db, moment, subject=f"subject{i}", browser=f"browser{i}") for i in range(PAIRS)]
    for i, made in enumerate(pairs):
        assert sorted(map(str, await asyncio.gather(use(made), use(made)))) == ["None", f"subject{i}"]


async def test_many_guesses_at_once_get_five_tries(database: Database, moment: datetime) -> None:
    async def guess(code: str) -> str | None:
        async with database.write() as db:
            return await challenges.use(db, made.id, code, now=moment)

    async with database.write() as db:
        made = await make(db, moment)
    others = [f"{(int(made.code) + i) % 1_000_000:06d}" for i in range(1, 13)]
    assert set(await asyncio.gather(*map(guess, others))) == {None}
    async with database.read() as db:
        assert await db.scalar(select(challenge.c.tries)) == 5


async def test_a_sweep_forgets_what_is_a_day_old(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        await make(db, moment - timedelta(hours=25), browser="old")
        await make(db, moment - timedelta(hours=23), browser="young")
        assert await challenges.sweep(db, now=moment) == 1
        assert await challenges.sweep(db, now=moment) == 0
