"""Turns that come in together are taken together: each has its answer, and nobody hears of any before its commit."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.event import listen

from database.engine import Database
from meetings.meeting import MeetingState
from meetings.room import floors, turns
from meetings.room.asks import Arrived, Finish, RaiseHand, Signal
from meetings.room.commands import EndTurn, GiveNext
from meetings.room.floor import Floor, NoSuchSeat, SeatKey
from meetings.room.holding import NobodySpeaks
from meetings.room.together import Turns
from meetings.schema import meeting
from people.access import NotFound
from tests.servers.sitting import Sitting, open_sitting

MEDIATOR = SeatKey("mediator")


async def ready(database: Database, moment: datetime) -> tuple[Sitting, datetime]:
    sitting = await open_sitting(database, now=moment)
    now = moment + sitting.ahead
    async with database.write() as db:
        for seat in ("mediator", sitting.parent.seat, sitting.officer.seat):
            await turns.take_turn(db, sitting.meeting_id, Arrived(by=SeatKey(seat)), now=now)
    return sitting, now


def nothing(meeting_id: str, floor: Floor) -> None:
    del meeting_id, floor


async def test_turns_asked_for_at_once_are_taken_in_the_order_in_which_they_came(
    database: Database, moment: datetime
) -> None:
    sitting, now = await ready(database, moment)
    together, seats = Turns(database, nothing), [sitting.officer.seat, sitting.parent.seat] * 20

    async def ask(number: int, seat: str) -> int:
        hand = RaiseHand(by=SeatKey(seat), op=f"op-{number:06d}", note=f"note {number}")
        return (await together.take(sitting.meeting_id, hand, now=now + timedelta(seconds=number))).version

    versions = await asyncio.gather(*(ask(number, seat) for number, seat in enumerate(seats)))

    async with database.read() as db:
        kept = await floors.load(db, sitting.meeting_id)
    assert kept is not None
    assert versions == list(range(versions[0], versions[0] + 40))
    assert kept.version == versions[-1]
    assert {hand.seat: hand.note for hand in kept.hands} == {seats[0]: "note 38", seats[1]: "note 39"}


async def test_whoever_is_refused_holds_up_nobody_else(database: Database, moment: datetime) -> None:
    sitting, now = await ready(database, moment)
    together = Turns(database, nothing)
    asked = [
        (sitting.meeting_id, EndTurn(by=MEDIATOR, op="op-000001", version=99)),
        ("a" * 26, RaiseHand(by=SeatKey(sitting.parent.seat), op="op-000002")),
        (sitting.meeting_id, RaiseHand(by=SeatKey("nobody"), op="op-000003")),
        (sitting.meeting_id, RaiseHand(by=SeatKey(sitting.parent.seat), op="op-000004")),
    ]
    async with database.read() as db:
        seen = await floors.load(db, sitting.meeting_id)
    assert seen is not None
    asked[0] = (sitting.meeting_id, EndTurn(by=MEDIATOR, op="op-000001", version=seen.version))

    found = await asyncio.gather(
        *(together.take(meeting_id, signal, now=now) for meeting_id, signal in asked), return_exceptions=True
    )

    assert [type(one) for one in found] == [NobodySpeaks, NotFound, NoSuchSeat, Floor]
    async with database.read() as db:
        kept = await floors.load(db, sitting.meeting_id)
    assert kept == found[3]


async def test_a_floor_is_told_once_it_is_committed_and_not_before(database: Database, moment: datetime) -> None:
    sitting, now = await ready(database, moment)
    told: list[int] = []
    together = Turns(database, lambda _, floor: told.append(floor.version))
    parent = SeatKey(sitting.parent.seat)

    after = await together.take(sitting.meeting_id, RaiseHand(by=parent, op="op-000001"), now=now)
    with pytest.raises(NobodySpeaks):
        await together.take(sitting.meeting_id, EndTurn(by=MEDIATOR, op="op-000002", version=after.version), now=now)

    async with database.write() as db:  # somebody else keeps the floor for a moment
        await floors.hold(db, [sitting.meeting_id])
        hand = RaiseHand(by=SeatKey(sitting.officer.seat), op="op-000003")
        waiting = asyncio.create_task(together.take(sitting.meeting_id, hand, now=now))
        await asyncio.sleep(0.2)
        assert told == [after.version]
    last = await waiting
    assert told == [after.version, last.version]


async def test_a_browser_that_goes_away_takes_nobodys_turn_with_it(database: Database, moment: datetime) -> None:
    sitting, now = await ready(database, moment)
    together = Turns(database, nothing)
    hands = [
        RaiseHand(by=SeatKey(seat), op=f"op-{number:06d}")
        for number, seat in enumerate((sitting.parent.seat, sitting.officer.seat))
    ]
    first, second = (asyncio.create_task(together.take(sitting.meeting_id, hand, now=now)) for hand in hands)
    await asyncio.sleep(0)
    first.cancel()

    after = await asyncio.wait_for(second, 5)

    assert {hand.seat for hand in after.hands} == {sitting.parent.seat, sitting.officer.seat}


async def test_what_another_worker_did_meanwhile_is_neither_lost_nor_overlooked(
    database: Database, moment: datetime
) -> None:
    sitting, now = await ready(database, moment)
    here, there = Turns(database, nothing), Turns(database, nothing)
    parent, officer = SeatKey(sitting.parent.seat), SeatKey(sitting.officer.seat)

    async def ask(turns_of: Turns, signal: Signal, after: int) -> Floor:
        return await turns_of.take(sitting.meeting_id, signal, now=now + timedelta(seconds=after))

    await ask(here, RaiseHand(by=parent, op="op-000001"), 0)
    await ask(there, RaiseHand(by=officer, op="op-000002"), 2)
    seen = await ask(here, RaiseHand(by=parent, op="op-000003", note="about speech therapy"), 4)
    assert [(hand.seat, hand.note) for hand in seen.hands] == [(parent, "about speech therapy"), (officer, None)]

    given = await ask(there, GiveNext(by=MEDIATOR, op="op-000004", version=seen.version, seat=parent), 6)
    finished = await ask(here, Finish(by=parent, op="op-000005"), 8)  # which the floor known here would refuse
    assert (given.turn is not None, finished.turn) == (True, None)

    with pytest.raises(NobodySpeaks):  # and which the floor known there would do
        await ask(there, EndTurn(by=MEDIATOR, op="op-000006", version=finished.version), 10)


async def test_a_turn_after_a_turn_reads_nothing(database: Database, moment: datetime) -> None:
    sitting, now = await ready(database, moment)
    together, asked = Turns(database, nothing), list[str]()
    listen(database.engine.sync_engine, "before_cursor_execute", lambda *said: asked.append(said[2].split()[0]))

    for number in range(3):
        asked.clear()
        hand = RaiseHand(by=SeatKey(sitting.parent.seat), op=f"op-{number:06d}", note=f"note {number}")
        await together.take(sitting.meeting_id, hand, now=now + timedelta(seconds=number))

    assert [word for word in asked if word in {"UPDATE", "INSERT"}] == ["UPDATE", "INSERT"]
    assert not [word for word in asked if word == "SELECT" and database.engine.dialect.name == "sqlite"]


async def test_nothing_of_a_meeting_that_has_ended_stays_at_hand(database: Database, moment: datetime) -> None:
    sitting, now = await ready(database, moment)
    together, read = Turns(database, nothing), list[str]()

    def reads(said: tuple[object, ...]) -> None:
        if "floor.state_sealed" in str(said[2]):
            read.append(str(said[2]))

    async def ask(number: int) -> int:
        """How often the floor was read for it."""
        read.clear()
        hand = RaiseHand(by=SeatKey(sitting.parent.seat), op=f"op-{number:06d}", note=f"note {number}")
        await together.take(sitting.meeting_id, hand, now=now + timedelta(seconds=number))
        return len(read)

    listen(database.engine.sync_engine, "before_cursor_execute", lambda *said: reads(said))
    with database.bell.listening("floor:", together.heard):
        assert [await ask(1), await ask(2)] == [1, 0]
        async with database.write() as db:
            over = update(meeting).where(meeting.c.id == sitting.meeting_id).values(state=MeetingState.CONCLUDED)
            await db.execute(over)
            db.ring(f"floor:{sitting.meeting_id}")
        await asyncio.sleep(0.2)
        assert [await ask(3), await ask(4)] == [1, 1]
