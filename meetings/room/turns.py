"""Act: a turn: the floor is read, stepped and written in one transaction; screens hear of it only after the commit."""

from dataclasses import replace
from datetime import datetime

from cases import file
from cases.case import Side, Standing
from database.engine import Database, Transaction
from meetings import register
from meetings.meeting import Mode
from meetings.register import Meeting
from meetings.room import floors, paging, plans
from meetings.room.asks import Signal, Tick
from meetings.room.floor import Floor, Seat, SeatKey, opened, step
from meetings.room.seats import Office
from people import accounts
from people.access import NotFound

MEDIATOR = SeatKey("mediator")
MOST_AT_ONCE = 200


async def take_turn(db: Transaction, meeting_id: str, signal: Signal, *, now: datetime) -> Floor:
    """The floor after this signal; a refusal of its rules leaves it as it was, NotFound before it was opened."""
    before = await floors.hold(db, meeting_id)
    if before is None:
        raise NotFound
    after = step(before.floor, signal, now=now)
    await floors.save(db, before, after, now=now)
    if after is not before.floor:
        await paging.note(db, meeting_id, after, now=now)
    return after


async def open_floor(db: Transaction, meeting: Meeting, *, now: datetime) -> Floor:
    """The meeting has a floor by its plan, with its mediator on it; the one it has already, if it was opened before."""
    found = await floors.load(db, meeting.id)
    if found is not None:
        return found
    mediator = await accounts.by_id(db, meeting.mediator_id)
    case = await file.load_case(db, meeting.case_id)
    in_person = meeting.mode is Mode.IN_PERSON
    plan = (await plans.load(db, meeting.id)).plan
    seat = Seat(
        key=MEDIATOR,
        label=mediator.initialled if mediator else "Mediator",
        side=Side.NOBODY,
        standing=Standing.PROCESS,
        office=Office.MEDIATOR,
        screen=not in_person,
    )
    bare = opened(seat, lot=f"{case.number}:{meeting.id}", in_person=in_person, plan=plan.stages, now=now)
    first = replace(bare, rules=plan.rules, time_shown=plan.time_shown, hearing=plan.hearing)
    await floors.enter(db, meeting.id, first, now=now)
    return first


async def meeting_of(db: Transaction, meeting_id: str) -> Meeting:
    """The meeting; NotFound when there is none."""
    return await register.load(db, meeting_id)


async def wake_due(database: Database, *, now: datetime) -> int:
    """Every floor that time itself changes by now has been stepped; how many. Other workers may do the same."""
    async with database.read() as db:
        due = (await floors.due(db, now=now))[:MOST_AT_ONCE]
    for meeting_id in due:
        async with database.write() as db:
            await take_turn(db, meeting_id, Tick(), now=now)
    return len(due)
