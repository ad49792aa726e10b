"""Who is at a meeting beside its mediator is one person for each part, and each side's first yes stays."""

from datetime import datetime, timedelta

import pytest

from cases.case import Side
from database.engine import Database
from database.ids import new_id
from meetings import register, staff
from meetings.meeting import Part
from meetings.staff import Colleague, PartTaken, Yes
from tests.scheduler.booked import TUESDAY_10, Ready, get_ready


def colleague(meeting_id: str, ready: Ready, who: str, part: Part, now: datetime) -> Colleague:
    mina = str(ready.house.coordinator.account_id)
    return Colleague(id=new_id(), meeting_id=meeting_id, account_id=who, part=part, added_by=mina, added_at=now)


async def test_a_part_is_for_one_and_one_has_one_part(database: Database, moment: datetime) -> None:
    ready = await get_ready(database, now=moment)
    meeting_id, ruth = await ready.book(database), str(ready.house.other_mediator.account_id)
    joy = str(ready.house.adviser.account_id)
    first = colleague(meeting_id, ready, ruth, Part.CO_MEDIATOR, moment)
    async with database.write() as db:
        await staff.enter(db, first)
    for who, part in ((joy, Part.CO_MEDIATOR), (ruth, Part.TRAINEE)):
        with pytest.raises(PartTaken):
            async with database.write() as db:
                await staff.enter(db, colleague(meeting_id, ready, who, part, moment))
    async with database.write() as db:
        assert await staff.of_meeting(db, meeting_id) == [first]
        await staff.enter(db, colleague(meeting_id, ready, joy, Part.TRAINEE, moment))
        meeting = await register.load(db, meeting_id)
        await staff.remove(db, first.id)
        after = await register.load(db, meeting_id)
    assert (meeting.co_mediator_id, meeting.trainee_id, meeting.colleague_ids) == (ruth, joy, (ruth, joy))
    assert (after.co_mediator_id, after.trainee_id) == (None, joy)


async def test_a_meeting_is_of_whoever_is_at_it(database: Database, moment: datetime) -> None:
    ready = await get_ready(database, now=moment)
    meeting_id, ruth = await ready.book(database), str(ready.house.other_mediator.account_id)
    week = {"after": TUESDAY_10 - timedelta(days=7), "before": TUESDAY_10 + timedelta(days=7)}
    async with database.write() as db:
        before = await register.of_mediator(db, ruth, **week)
        await staff.enter(db, colleague(meeting_id, ready, ruth, Part.TRAINEE, moment))
        found = await register.of_mediator(db, ruth, **week)
        own = await register.of_mediator(db, ready.house.mediator_id, **week)
    assert (before, [one.id for one in found], [one.id for one in own]) == ([], [meeting_id], [meeting_id])
    assert not found[0].led_by(ruth)
    assert not found[0].led_by(None)
    assert found[0].led_by(ready.house.mediator_id)


async def test_the_first_yes_of_a_side_stays_and_goes_with_the_trainee(database: Database, moment: datetime) -> None:
    ready = await get_ready(database, now=moment)
    meeting_id, ruth = await ready.book(database), str(ready.house.other_mediator.account_id)
    mina, trainee = str(ready.house.coordinator.account_id), colleague(meeting_id, ready, ruth, Part.TRAINEE, moment)
    async with database.write() as db:
        await staff.enter(db, trainee)
        for minutes in (1, 2):
            later = moment + timedelta(minutes=minutes)
            await staff.note_yes(db, trainee.id, Side.COUNCIL, asked_by=mina, now=later)
        (found,) = await staff.of_meeting(db, meeting_id)
        await staff.remove(db, trainee.id)
        gone = await staff.of_meeting(db, meeting_id)
    assert found.agreed == {Side.COUNCIL: Yes(asked_by=mina, at=moment + timedelta(minutes=1))}
    assert gone == []
