"""Only the meeting's own mediator lets people in, one by one, and never somebody unknown or without agreement."""

from dataclasses import replace
from datetime import datetime

import pytest

from cases import file, seating
from cases.case import Side, Standing
from cases.dossier import NewSeat
from database.engine import Database
from meetings import attending, register
from meetings.meeting import AttendanceState, ProofLevel
from meetings.register import Meeting
from meetings.room import admission, floors, media
from meetings.room.admission import GreetFirst, NotAgreedYet, NotWaiting
from meetings.room.floor import SeatKey
from people import accounts
from people.access import NotFound, Person
from people.roles import Party, Role
from people.signin import as_person
from tests.servers.sitting import Sitting, open_sitting

OTHER_PARENT = NewSeat(
    side=Side.FAMILY, standing=Standing.PRINCIPAL, party=Party.PARENT, name="Noor Abara", title="Parent"
)


async def staff(database: Database, role: Role) -> Person:
    async with database.read() as db:
        found = await accounts.all_with_role(db, role)
    return as_person(found[0], proof="second_factor")


async def back_to_the_door(database: Database, sitting: Sitting, now: datetime, proof: ProofLevel) -> Meeting:
    """The parent stands at the door again, with this proof and without the agreement."""
    async with database.write() as db:
        place = await register.load_attendance(db, sitting.parent.seat)
        gone = await register.move_attendance(db, place, AttendanceState.LEFT, left_at=now)
        values = {"proof": proof, "agreed_at": None, "agreed_how": None, "arrived_at": now}
        await register.move_attendance(db, gone, AttendanceState.ARRIVED, **values)
        return await register.load(db, sitting.meeting_id)


async def test_whoever_is_not_confirmed_is_greeted_first(database: Database, moment: datetime) -> None:
    sitting = await open_sitting(database, now=moment)
    now, idris = moment + sitting.ahead, await staff(database, Role.MEDIATOR)
    meeting = await back_to_the_door(database, sitting, now, ProofLevel.NOT_CONFIRMED)
    with pytest.raises(GreetFirst):
        async with database.write() as db:
            await admission.admit(db, meeting.id, sitting.parent.seat, person=idris, now=now)
    async with database.write() as db:
        await admission.vouch(db, meeting.id, sitting.parent.seat, person=idris, now=now)
    with pytest.raises(NotAgreedYet):
        async with database.write() as db:
            await admission.admit(db, meeting.id, sitting.parent.seat, person=idris, now=now)
    async with database.write() as db:
        await attending.agree(db, sitting.parent.seat, how="phone", person=idris, now=now)
        await admission.admit(db, meeting.id, sitting.parent.seat, person=idris, now=now)
    async with database.read() as db:
        place = await register.load_attendance(db, sitting.parent.seat)
    assert (place.state, place.proof, place.agreed_how) == (AttendanceState.ADMITTED, ProofLevel.VOUCHED, "phone")


async def test_nobody_but_its_own_mediator_has_the_doors(database: Database, moment: datetime) -> None:
    sitting = await open_sitting(database, now=moment)
    now = moment + sitting.ahead
    for role in (Role.ADVISER,):
        person = await staff(database, role)
        with pytest.raises(NotFound):
            async with database.write() as db:
                await admission.admit(db, sitting.meeting_id, sitting.parent.seat, person=person, now=now)


async def test_the_doors_tell_the_mediator_who_waits_and_nothing_else(database: Database, moment: datetime) -> None:
    sitting = await open_sitting(database, now=moment)
    now = moment + sitting.ahead
    await back_to_the_door(database, sitting, now, ProofLevel.MAIL)
    async with database.read() as db:
        frame = admission.doors_frame(await admission.doors(db, sitting.meeting_id))
    assert frame["kind"] == "doors"
    assert [(row["name"], row["side"], row["agreed"]) for row in frame["doors"]] == [  # type: ignore[attr-defined]
        ("Tessa A.", Side.FAMILY, False),
    ]
    assert "@" not in str(frame)


async def test_somebody_put_out_is_off_the_floor_and_the_media_room_is_another(
    database: Database, moment: datetime
) -> None:
    sitting = await open_sitting(database, now=moment)
    now, idris = moment + sitting.ahead, await staff(database, Role.MEDIATOR)
    async with database.write() as db:
        before = await media.room_of(db, sitting.meeting_id, now=now)
        await admission.put_out(db, sitting.meeting_id, sitting.parent.seat, person=idris, now=now)
    async with database.read() as db:
        floor, after = await floors.load(db, sitting.meeting_id), await media.find(db, sitting.meeting_id)
    assert floor is not None
    assert after is not None
    assert not floor.has(SeatKey(sitting.parent.seat))
    assert (after.epoch, after.name == before.name) == (before.epoch + 1, False)


async def test_a_seat_taken_away_in_mid_meeting_is_off_the_floor_and_out_of_the_media_room(
    database: Database, moment: datetime
) -> None:
    sitting = await open_sitting(database, now=moment)
    now, mina = moment + sitting.ahead, await staff(database, Role.COORDINATOR)
    async with database.write() as db:
        before = await media.room_of(db, sitting.meeting_id, now=now)
        place = await register.load_attendance(db, sitting.parent.seat)
        case = await file.load_seat(db, place.seat_id)
        other = replace(OTHER_PARENT, side=case.side, standing=case.standing, party=case.party)
        await seating.add(db, case.case_id, other, person=mina, now=now)
        await admission.revoke_seat(db, place.seat_id, person=mina, now=now)
    async with database.read() as db:
        floor, after = await floors.load(db, sitting.meeting_id), await media.find(db, sitting.meeting_id)
        gone = await register.load_attendance(db, sitting.parent.seat)
    assert floor is not None
    assert after is not None
    assert not floor.has(SeatKey(sitting.parent.seat))
    assert (after.epoch, after.name == before.name) == (before.epoch + 1, False)
    assert (gone.state, gone.left_at) == (AttendanceState.WITHDRAWN, now)


async def test_who_is_not_at_the_door_cannot_be_let_in(database: Database, moment: datetime) -> None:
    sitting = await open_sitting(database, now=moment)
    now, idris = moment + sitting.ahead, await staff(database, Role.MEDIATOR)
    async with database.write() as db:
        place = await register.load_attendance(db, sitting.parent.seat)
        await register.move_attendance(db, place, AttendanceState.LEFT, left_at=now)
    with pytest.raises(NotWaiting):
        async with database.write() as db:
            await admission.admit(db, sitting.meeting_id, sitting.parent.seat, person=idris, now=now)
