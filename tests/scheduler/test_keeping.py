"""Hours and time off: a mediator keeps the own ones, a coordinator everybody's, nobody another's."""

from datetime import datetime, time, timedelta

import pytest

from database.engine import Database
from people import accounts, audit
from people.access import NotFound
from people.roles import Role
from people.signin import as_person
from scheduler import diaries, keeping
from scheduler.slots import Opening
from scheduler.spans import Span

MORNINGS = (Opening(weekday=0, opens=time(9), closes=time(12)),)


async def test_hours_and_time_off_are_kept(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        idris = await accounts.make(db, name="Idris V", email="i@example.org", roles=[Role.MEDIATOR], now=moment)
        mina = await accounts.make(db, name="Mina F", email="m@example.org", roles=[Role.COORDINATOR], now=moment)
        himself, desk = as_person(idris, proof=""), as_person(mina, proof="")
        await keeping.set_hours(db, idris.id, MORNINGS, person=himself, now=moment)
        span = Span(starts=moment, ends=moment + timedelta(days=1))
        await keeping.take_off(db, idris.id, span, person=desk, now=moment)
        number = (await diaries.numbers(db, [idris.id]))[idris.id]
        (absence,) = await diaries.absence_ids(db, number)
        assert await diaries.hours_of(db, number) == MORNINGS
        await keeping.take_back(db, idris.id, absence, person=himself, now=moment)
        assert await diaries.absence_ids(db, number) == frozenset()
        actions = [line["action"] for line in await audit.lines_of(db, "house")]

    assert actions == ["diary.hours", "diary.away", "diary.back"]


async def test_nobody_keeps_another_s_diary_or_one_of_who_has_none(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        idris = await accounts.make(db, name="Idris V", email="i@example.org", roles=[Role.MEDIATOR], now=moment)
        ruth = await accounts.make(db, name="Ruth S", email="r@example.org", roles=[Role.MEDIATOR], now=moment)
        mina = await accounts.make(db, name="Mina F", email="m@example.org", roles=[Role.COORDINATOR], now=moment)
        desk, other = as_person(mina, proof=""), as_person(ruth, proof="")
        span = Span(starts=moment, ends=moment + timedelta(days=1))
        await keeping.take_off(db, idris.id, span, person=desk, now=moment)
        (absence,) = await diaries.absence_ids(db, (await diaries.numbers(db, [idris.id]))[idris.id])
        with pytest.raises(NotFound):
            await keeping.set_hours(db, idris.id, MORNINGS, person=other, now=moment)
        with pytest.raises(NotFound):
            await keeping.take_back(db, ruth.id, absence, person=other, now=moment)
        with pytest.raises(NotFound):
            await keeping.set_hours(db, mina.id, MORNINGS, person=desk, now=moment)
        with pytest.raises(NotFound):
            await keeping.set_hours(db, "a" * 26, MORNINGS, person=desk, now=moment)
