"""Those of the house's own in the room: the mediator and a co-mediator lead, a trainee sees and does nothing."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, time

import pytest

from cases.case import Side
from database.engine import Database
from meetings import attending, register
from meetings.meeting import AttendanceState, MeetingState, Part
from meetings.room import admission, desks, floors, media
from meetings.room.asks import Arrived, Left, RaiseHand
from meetings.room.commands import SetStage
from meetings.room.desks import DESKS, NotEverySideAgreed
from meetings.room.floor import Floor, NotAllowed, SeatKey, StaleFloor
from meetings.room.floors import FloorMoved
from meetings.room.holds import Microphone, Reason, Right, microphones
from meetings.room.rights import CAMERA, MICROPHONE, may_send
from meetings.room.seats import Office
from meetings.room.turns import take_turn
from meetings.room.views import seen_by
from people.access import NotFound, Person
from people.roles import Role
from scheduler import colleagues, diaries
from scheduler.diaries import Kind
from scheduler.slots import Opening
from tests.cases.house import OFFICE, staff
from tests.meetings.room.test_admission import staff as first_with
from tests.servers.sitting import Sitting, open_sitting

EARLY_AND_LATE = [Opening(weekday=day, opens=time(0), closes=time(23)) for day in range(5)]
CO, LEARNS = DESKS[Office.CO_MEDIATOR], DESKS[Office.TRAINEE]


@dataclass(frozen=True, kw_only=True)
class Room:
    """An open sitting with two colleagues who are to be at it, and one who is not."""

    sitting: Sitting
    now: datetime
    mina: Person
    idris: Person
    ruth: Person
    nell: Person
    stranger: Person


@pytest.fixture
async def room(database: Database, moment: datetime) -> Room:
    sitting = await open_sitting(database, now=moment)
    now = moment + sitting.ahead
    async with database.write() as db:
        people = [await staff(db, name, Role.MEDIATOR, now=now) for name in ("Ruth Sandhu", "Nell Orr", "Una Ray")]
        for one in people:
            number = await diaries.diary_for(db, str(one.account_id), Kind.MEDIATOR)
            await diaries.set_hours(db, number, EARLY_AND_LATE)
    ruth, nell, stranger = people
    mina = await first_with(database, Role.COORDINATOR)
    async with database.read() as db:
        meeting = await register.load(db, sitting.meeting_id)
    idris = Person(kind="staff", account_id=meeting.mediator_id, roles=frozenset({Role.MEDIATOR}))  # type: ignore[arg-type]
    here = Room(sitting=sitting, now=now, mina=mina, idris=idris, ruth=ruth, nell=nell, stranger=stranger)
    async with database.write() as db:
        for who, part in ((ruth, Part.CO_MEDIATOR), (nell, Part.TRAINEE)):
            await colleagues.add(
                db, OFFICE, sitting.meeting_id, account_id=str(who.account_id), part=part, person=mina, now=moment
            )
    return here


async def come_in(database: Database, room: Room, who: Person) -> SeatKey:
    async with database.write() as db:
        return await desks.come_in(db, room.sitting.meeting_id, person=who, now=room.now)


async def everybody_agrees(database: Database, room: Room) -> None:
    async with database.write() as db:
        for side in (Side.FAMILY, Side.COUNCIL):
            await colleagues.say_yes(db, OFFICE, room.sitting.meeting_id, side=side, person=room.mina, now=room.now)


async def floor_of(database: Database, room: Room) -> Floor:
    async with database.read() as db:
        floor = await floors.load(db, room.sitting.meeting_id)
    assert floor is not None
    return floor


async def test_a_co_mediator_comes_in_leads_and_goes_out(database: Database, room: Room) -> None:
    assert (await come_in(database, room, room.ruth), await come_in(database, room, room.ruth)) == (CO, CO)
    floor = await floor_of(database, room)
    seat = floor.seat(CO)
    assert (seat.office, seat.leads, seat.label, seat.tag) == (Office.CO_MEDIATOR, True, "Ruth S.", "Co-mediator")
    assert floor.seat(DESKS[Office.MEDIATOR]).office is Office.MEDIATOR
    async with database.write() as db:
        after = await take_turn(
            db, room.sitting.meeting_id, SetStage(by=CO, op="op-1", version=floor.version, number=2), now=room.now
        )
    assert after.stage == 2
    async with database.write() as db:
        await desks.go_out(db, room.sitting.meeting_id, person=room.ruth, now=room.now)
        await desks.go_out(db, room.sitting.meeting_id, person=room.idris, now=room.now)
    floor = await floor_of(database, room)
    assert (floor.has(CO), floor.has(DESKS[Office.MEDIATOR])) == (False, True)
    assert await come_in(database, room, room.ruth) == CO


async def test_a_co_mediator_admits_vouches_and_puts_out_as_the_mediator_does(database: Database, room: Room) -> None:
    place, meeting_id = room.sitting.parent.seat, room.sitting.meeting_id
    async with database.write() as db:
        await admission.put_out(db, meeting_id, place, person=room.ruth, now=room.now)
        await register.move_attendance(
            db, await register.load_attendance(db, place), AttendanceState.ARRIVED, arrived_at=room.now
        )
        await admission.vouch(db, meeting_id, place, person=room.ruth, now=room.now)
        await attending.agree(db, place, how="phone", person=room.ruth, now=room.now)
        await admission.admit(db, meeting_id, place, person=room.ruth, now=room.now)
        let_in = await register.load_attendance(db, place)
    assert (let_in.state, let_in.admitted_by) == (AttendanceState.ADMITTED, room.ruth.account_id)


async def test_a_trainee_and_a_stranger_have_no_say_at_the_doors(database: Database, room: Room) -> None:
    place, meeting_id = room.sitting.parent.seat, room.sitting.meeting_id
    for who in (room.nell, room.stranger):
        for act in (admission.put_out, admission.vouch, admission.admit):
            with pytest.raises(NotFound):
                async with database.write() as db:
                    await act(db, meeting_id, place, person=who, now=room.now)
        with pytest.raises(NotFound):
            async with database.write() as db:
                await admission.start(db, meeting_id, person=who, now=room.now)


async def test_a_trainee_comes_in_once_every_side_has_said_yes(database: Database, room: Room) -> None:
    with pytest.raises(NotEverySideAgreed):
        await come_in(database, room, room.nell)
    async with database.write() as db:
        await colleagues.say_yes(db, OFFICE, room.sitting.meeting_id, side=Side.FAMILY, person=room.mina, now=room.now)
        meeting = await register.load(db, room.sitting.meeting_id)
        assert await desks.asked_for(db, meeting) == (Side.COUNCIL,)
    with pytest.raises(NotEverySideAgreed):
        await come_in(database, room, room.nell)
    await everybody_agrees(database, room)
    assert await come_in(database, room, room.nell) == LEARNS


async def test_every_command_of_a_trainee_is_refused_and_they_send_a_picture_alone(
    database: Database, room: Room
) -> None:
    await everybody_agrees(database, room)
    await come_in(database, room, room.nell)
    async with database.write() as db:
        before = await take_turn(db, room.sitting.meeting_id, Arrived(by=DESKS[Office.MEDIATOR]), now=room.now)
    commands = (
        SetStage(by=LEARNS, op="op-2", version=before.version, number=2),
        RaiseHand(by=LEARNS, op="op-3"),
    )
    for command in commands:
        with pytest.raises(NotAllowed):
            async with database.write() as db:
                await take_turn(db, room.sitting.meeting_id, command, now=room.now)
    after = await floor_of(database, room)
    assert (after.stage, after.hands) == (before.stage, ())
    assert may_send(after)[LEARNS] == {CAMERA}
    assert microphones(after)[LEARNS] == Right(microphone=Microphone.HELD, reason=Reason.TRAINEE)
    assert LEARNS not in seen_by(after, LEARNS, now=room.now)["floor"]["held"]  # type: ignore[index]
    assert MICROPHONE in may_send(after)[DESKS[Office.MEDIATOR]]


async def test_whoever_is_let_in_waits_for_a_mediator_though_a_trainee_is_there(database: Database, room: Room) -> None:
    await everybody_agrees(database, room)
    await come_in(database, room, room.nell)
    async with database.write() as db:
        await take_turn(db, room.sitting.meeting_id, Arrived(by=LEARNS), now=room.now)
        floor = await take_turn(
            db, room.sitting.meeting_id, Arrived(by=SeatKey(room.sitting.parent.seat)), now=room.now
        )
    assert (floor.awaited, floor.safe_hold) == (True, True)


async def test_nobody_else_comes_in_and_nobody_before_it_is_open(database: Database, room: Room) -> None:
    for who in (room.stranger, room.mina):
        with pytest.raises(NotFound):
            await come_in(database, room, who)
    async with database.write() as db:
        meeting = await register.load(db, room.sitting.meeting_id)
        await register.change_state(db, meeting, MeetingState.ADJOURNED)
    with pytest.raises(NotFound):
        await come_in(database, room, room.ruth)


async def test_who_is_taken_away_in_mid_meeting_is_out_of_its_room(database: Database, room: Room) -> None:
    await come_in(database, room, room.ruth)
    async with database.write() as db:
        before = await media.room_of(db, room.sitting.meeting_id, now=room.now)
        await colleagues.take_away(
            db, OFFICE, room.sitting.meeting_id, account_id=str(room.ruth.account_id), person=room.mina, now=room.now
        )
        after = await media.room_of(db, room.sitting.meeting_id, now=room.now)
    assert not (await floor_of(database, room)).has(CO)
    assert after.epoch == before.epoch + 1
    with pytest.raises(NotFound):
        await come_in(database, room, room.ruth)


async def test_of_two_mediators_who_act_on_one_thing_at_once_one_is_told(database: Database, room: Room) -> None:
    await come_in(database, room, room.ruth)
    async with database.write() as db:
        for key in (CO, DESKS[Office.MEDIATOR], SeatKey(room.sitting.parent.seat)):
            seen = await take_turn(db, room.sitting.meeting_id, Arrived(by=key), now=room.now)
    first = SetStage(by=DESKS[Office.MEDIATOR], op="op-a", version=seen.version, number=2)
    second = SetStage(by=CO, op="op-b", version=seen.version, number=3)

    async def act(command: SetStage) -> str:
        try:
            async with database.write() as db:
                await take_turn(db, room.sitting.meeting_id, command, now=room.now)
        except (StaleFloor, FloorMoved) as late:
            return type(late).__name__
        return "done"

    said = await asyncio.gather(act(first), act(second))
    after = await floor_of(database, room)
    assert sorted(said) == ["StaleFloor", "done"]
    assert after.stage == (2 if said[0] == "done" else 3)


async def test_a_co_mediator_goes_on_when_the_mediator_is_gone(database: Database, room: Room) -> None:
    await come_in(database, room, room.ruth)
    mediator, parent = DESKS[Office.MEDIATOR], SeatKey(room.sitting.parent.seat)
    async with database.write() as db:
        for signal in (Arrived(by=mediator), Arrived(by=parent), Arrived(by=CO), Left(by=mediator)):
            floor = await take_turn(db, room.sitting.meeting_id, signal, now=room.now)
    assert (floor.unattended_since, floor.pause) == (None, None)
    async with database.write() as db:
        floor = await take_turn(db, room.sitting.meeting_id, Left(by=CO), now=room.now)
    assert floor.unattended_since == room.now
