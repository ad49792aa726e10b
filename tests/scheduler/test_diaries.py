"""Diaries: two claims on one never overlap, whatever is tried and in whatever order; the database itself sees to it."""

import random
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from database.engine import Database, Transaction
from database.ids import new_id
from scheduler import diaries
from scheduler.diaries import Kind, SlotTaken
from scheduler.schema import claim
from scheduler.spans import Span, lasting
from tests.scheduler.booked import TUESDAY_10


async def two(db: Transaction) -> tuple[int, int]:
    """A mediator's diary and a room's."""
    return await diaries.diary_for(db, "m" * 26, Kind.MEDIATOR), await diaries.diary_for(db, "r" * 26, Kind.ROOM)


async def test_an_owner_has_one_diary(database: Database) -> None:
    async with database.write() as db:
        first, room = await two(db)
        again, _ = await two(db)
    assert (first == again, first == room) == (True, False)


async def test_of_random_claims_none_overlap_and_none_that_fits_is_refused(
    database: Database, moment: datetime
) -> None:
    chance = random.Random(7)
    held: list[Span] = []
    async with database.write() as db:
        number, _ = await two(db)
        for _ in range(60):
            span = lasting(TUESDAY_10 + timedelta(minutes=15 * chance.randrange(60)), 15 * chance.randrange(1, 9))
            free = all(span.ends <= other.starts or other.ends <= span.starts for other in held)
            try:
                await diaries.claim_all(db, [number], span, meeting_id=new_id(), now=moment)
                held.append(span)
                assert free
            except SlotTaken:
                assert not free
        kept = [(row.starts, row.ends) for row in await db.all(select(claim).order_by(claim.c.starts))]
    assert kept == [(span.starts, span.ends) for span in sorted(held)]
    assert all(before[1] <= after[0] for before, after in pairwise(kept))


async def test_of_several_diaries_all_are_claimed_or_none(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        mediator, room = await two(db)
        await diaries.claim_all(db, [room], lasting(TUESDAY_10, 60), meeting_id="a" * 26, now=moment)
        with pytest.raises(SlotTaken):
            await diaries.claim_all(db, [mediator, room], lasting(TUESDAY_10, 60), meeting_id="b" * 26, now=moment)
        assert await diaries.claimed_by(db, "b" * 26) == []
        assert await diaries.give_back(db, "a" * 26) == 1
        await diaries.claim_all(db, [room, mediator], lasting(TUESDAY_10, 60), meeting_id="b" * 26, now=moment)
        assert await diaries.claimed_by(db, "b" * 26) == ["m" * 26, "r" * 26]


async def test_the_database_refuses_an_overlap_by_hand_too(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        number, _ = await two(db)
        row = {"diary_id": number, "meeting_id": "a" * 26, "state": "booked", "made_at": moment}
        span = {"starts": TUESDAY_10, "ends": TUESDAY_10 + timedelta(hours=1)}
        await db.execute(insert(claim).values(id="1" * 26, **row, **span))
        await db.execute(insert(claim).values(id="2" * 26, **{**row, "state": "given_back"}, **span))
        with pytest.raises(IntegrityError, match="ex_claim_overlap"):
            async with db.savepoint():
                await db.execute(insert(claim).values(id="3" * 26, **row, **span))
        with pytest.raises(IntegrityError, match="ex_claim_overlap"):
            async with db.savepoint():
                await db.execute(update(claim).where(claim.c.id == "2" * 26).values(state="booked"))


async def test_absences_and_claims_are_what_a_diary_is_busy_with(database: Database, moment: datetime) -> None:
    day = Span(starts=TUESDAY_10, ends=TUESDAY_10 + timedelta(days=1))
    async with database.write() as db:
        number, _ = await two(db)
        await diaries.close(db, number, lasting(TUESDAY_10, 30))
        await diaries.claim_all(
            db, [number], lasting(TUESDAY_10 + timedelta(hours=2), 60), meeting_id="a" * 26, now=moment
        )
        whole = (await diaries.load(db, ["m" * 26, "x" * 26], day))["m" * 26]
        without = (await diaries.load(db, ["m" * 26], day, but="a" * 26))["m" * 26]
    assert whole.busy == (lasting(TUESDAY_10, 30), lasting(TUESDAY_10 + timedelta(hours=2), 60))
    assert without.busy == (lasting(TUESDAY_10, 30),)
