"""Through the door as it is: an interpreter's seat is joined to that of the person they interpret for (Q10)."""

from dataclasses import replace
from datetime import datetime

import pytest

from cases import file, seating
from cases.case import Side, Standing
from cases.dossier import NewSeat
from database.engine import Database
from meetings import register
from meetings.meeting import AttendanceState
from meetings.room import admission, asks, commands
from meetings.room.floor import Floor, NotAllowed, SeatKey
from meetings.room.turns import take_turn
from people import accounts
from people.roles import Party, Role
from people.signin import as_person
from tests.servers.sitting import IDA, Sitting, open_sitting

OWEN = NewSeat(
    side=Side.FAMILY,
    standing=Standing.PRINCIPAL,
    party=Party.PARENT,
    name="Owen Archer",
    title="parent",
    needs=("bsl",),
)
JO = NewSeat(side=Side.FAMILY, standing=Standing.SUPPORTER, party=Party.SUPPORTER, name="Jo Archer", title="supporter")


async def raised(database: Database, sitting: Sitting, who: str, *, now: datetime) -> Floor:
    async with database.write() as db:
        mediator = asks.Arrived(by=SeatKey("mediator"))
        await take_turn(db, sitting.meeting_id, mediator, now=now)
        signal = asks.RaiseHand(by=SeatKey(sitting.others[who].seat), op=f"raise-{who}")
        return await take_turn(db, sitting.meeting_id, signal, now=now)


async def test_an_interpreter_interprets_for_the_one_person_who_asked_for_one(
    database: Database, moment: datetime
) -> None:
    sitting = await open_sitting(database, now=moment, more=(IDA, OWEN))

    floor = await raised(database, sitting, "Ida", now=moment + sitting.ahead)

    assert [hand.seat for hand in floor.hands] == [sitting.others["Owen"].seat]


async def test_for_whom_the_coordinator_has_said_though_another_asked_for_one(
    database: Database, moment: datetime
) -> None:
    sitting = await open_sitting(database, now=moment, more=(OWEN, IDA))
    now = moment + sitting.ahead
    async with database.write() as db:
        coordinator = as_person((await accounts.all_with_role(db, Role.COORDINATOR))[0], proof="second_factor")
        idris = as_person((await accounts.all_with_role(db, Role.MEDIATOR))[0], proof="second_factor")
        parent = await register.load_attendance(db, sitting.parent.seat)
        ida = await register.load_attendance(db, sitting.others["Ida"].seat)
        await seating.edit(db, ida.seat_id, replace(IDA, helps=parent.seat_id), person=coordinator, now=now)
        await admission.put_out(db, sitting.meeting_id, ida.id, person=idris, now=now)
        gone = await register.load_attendance(db, ida.id)
        await register.move_attendance(db, gone, AttendanceState.ARRIVED, arrived_at=now)
        await admission.admit(db, sitting.meeting_id, ida.id, person=idris, now=now)
        kept = await file.load_seat(db, ida.seat_id)

    floor = await raised(database, sitting, "Ida", now=now)

    assert kept.helps == parent.seat_id
    assert [hand.seat for hand in floor.hands] == [sitting.parent.seat]


async def test_where_two_asked_the_mediator_says_it_at_the_desk(database: Database, moment: datetime) -> None:
    sitting = await open_sitting(database, now=moment, more=(IDA, OWEN, replace(JO, needs=("interpreter",))))
    now, ida = moment + sitting.ahead, SeatKey(sitting.others["Ida"].seat)
    with pytest.raises(NotAllowed):
        await raised(database, sitting, "Ida", now=now)

    async with database.write() as db:
        jo = SeatKey(sitting.others["Jo"].seat)
        said = commands.Interprets(by=SeatKey("mediator"), op="interprets", version=1, seat=ida, whom=jo)
        await take_turn(db, sitting.meeting_id, said, now=now)

    assert [hand.seat for hand in (await raised(database, sitting, "Ida", now=now)).hands] == [jo]
