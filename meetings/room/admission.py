"""Act: the mediator opens the sitting, sees who waits, vouches, and admits one by one; nobody comes in by themselves.

Being let in is a seat on the floor. An ejected person's seat is gone, and everybody else moves to a fresh media room
whose name they do not know (reliability 3.3).
"""

import contextlib
from dataclasses import dataclass
from datetime import datetime

from cases import file, seating
from cases.case import Standing
from cases.dossier import Seat as CaseSeat
from cases.states import Event
from database.engine import Transaction
from database.refusal import Refusal
from meetings import register
from meetings.meeting import (
    OVER,
    AttendanceState,
    MeetingNotSo,
    MeetingState,
    Mode,
    NotItsHour,
    ProofLevel,
    off_hours,
)
from meetings.register import Attendance, Meeting
from meetings.room import floors, helping, media, plans
from meetings.room.asks import Departed, Seated
from meetings.room.floor import Seat, SeatKey
from meetings.room.seats import NoSuchSeat
from meetings.room.turns import open_floor, take_turn
from people import audit, sessions
from people.access import NotFound, Person, Relation, require

BELL = "doors:"
IN_THE_ROOM = frozenset({AttendanceState.ADMITTED, AttendanceState.AWAY})


class GreetFirst(Refusal):
    """We do not know yet who this is. Greet them first, then say that you know them, then let them in."""


class NotAgreedYet(Refusal):
    """They have not accepted the Agreement to Mediate yet. Read it to them, write down their yes, then let them in."""


class NotWaiting(Refusal):
    """They are not waiting at the door just now."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Somebody at the door, as the mediator sees them."""

    attendance: Attendance
    seat: CaseSeat


async def _mine(db: Transaction, meeting_id: str, person: Person) -> Meeting:
    """The meeting, for its own mediator or co-mediator; NotFound for everybody else."""
    meeting = await register.load(db, meeting_id, held=True)
    mine = meeting.led_by(person.account_id)
    require(person, "room.admit", relation=Relation.ASSIGNED if mine else Relation.NONE)
    return meeting


def asks_first(meeting: Meeting, *, now: datetime) -> bool:
    """Whether opening this meeting now needs a second word: it has not begun, and this is not its hour."""
    return meeting.state is MeetingState.BOOKED and off_hours(meeting.starts, meeting.ends, now=now)


async def start(db: Transaction, meeting_id: str, *, sure: bool = False, person: Person, now: datetime) -> Meeting:
    """The sitting is open and has a floor with the mediator on it; opening it twice changes nothing.

    NotItsHour when it is far from its time and nobody has said that this is meant.
    """
    meeting = await _mine(db, meeting_id, person)
    if meeting.state is MeetingState.OPEN:
        return meeting
    if meeting.state not in (MeetingState.BOOKED, MeetingState.ADJOURNED):
        raise MeetingNotSo
    if asks_first(meeting, now=now) and not sure:
        raise NotItsHour
    opened = await register.change_state(db, meeting, MeetingState.OPEN, opened_at=meeting.opened_at or now)
    await open_floor(db, opened, now=now)
    matter = await file.load_matter(db, meeting.matter_id, held=True)
    await file.move_matter(db, matter, Event.OPENED, person=person, now=now)
    await audit.note(db, person, "meeting.open", f"meeting:{meeting_id}", case_id=meeting.case_id, now=now)
    db.ring(f"{BELL}{meeting_id}")
    return opened


async def _there(db: Transaction, meeting: Meeting, attendance_id: str) -> Attendance:
    attendance = await register.load_attendance(db, attendance_id)
    if attendance.meeting_id != meeting.id:
        raise NotFound
    return attendance


async def vouch(db: Transaction, meeting_id: str, attendance_id: str, *, person: Person, now: datetime) -> None:
    """The mediator knows who this is."""
    meeting = await _mine(db, meeting_id, person)
    attendance = await _there(db, meeting, attendance_id)
    await register.note_attendance(db, attendance.id, proof=ProofLevel.VOUCHED)
    await sessions.vouch(db, attendance.id, proof=ProofLevel.VOUCHED)
    await _note(db, person, "door.vouch", meeting=meeting, attendance=attendance, now=now)


def _check(attendance: Attendance, meeting: Meeting) -> None:
    if meeting.state is not MeetingState.OPEN:
        raise MeetingNotSo
    if attendance.state is not AttendanceState.ARRIVED:
        raise NotWaiting
    if attendance.proof is ProofLevel.NOT_CONFIRMED:
        raise GreetFirst
    if attendance.agreed_at is None:
        raise NotAgreedYet


async def admit(db: Transaction, meeting_id: str, attendance_id: str, *, person: Person, now: datetime) -> None:
    """This one person may go in, and has a seat on the floor. Whoever is in already stays in.

    GreetFirst for somebody not confirmed, NotAgreedYet without the agreement, NotWaiting for somebody not at the door.
    """
    meeting = await _mine(db, meeting_id, person)
    attendance = await _there(db, meeting, attendance_id)
    if attendance.state is AttendanceState.ADMITTED:
        return
    _check(attendance, meeting)
    seat = await file.load_seat(db, attendance.seat_id)
    values = {"admitted_at": attendance.admitted_at or now, "admitted_by": person.account_id}
    await register.move_attendance(db, attendance, AttendanceState.ADMITTED, **values)
    await take_turn(
        db, meeting_id, Seated(by=SeatKey(""), seat=await _floor_seat(db, meeting, attendance, seat=seat)), now=now
    )
    await _note(db, person, "door.admit", meeting=meeting, attendance=attendance, now=now)


async def _floor_seat(db: Transaction, meeting: Meeting, attendance: Attendance, *, seat: CaseSeat) -> Seat:
    key, kept = SeatKey(attendance.id), await plans.load(db, meeting.id)
    setting = kept.plan.setting(key, seat.needs)
    return Seat(
        key=key,
        label=seat.label,
        side=seat.side,
        standing=seat.standing,
        tag=seat.title if seat.standing is Standing.LANGUAGE_WORKER else None,
        stretch=setting.stretch,
        patience=setting.patience,
        screen=meeting.mode is Mode.ONLINE,
        helps=await helping.helped(db, meeting, seat),
    )


async def seat_at_table(db: Transaction, meeting_id: str, attendance_id: str, *, person: Person, now: datetime) -> None:
    """In person: somebody has sat down at the table; the mediator knows who it is, and has their yes as witness."""
    meeting = await _mine(db, meeting_id, person)
    attendance = await _there(db, meeting, attendance_id)
    if meeting.mode is not Mode.IN_PERSON:
        raise MeetingNotSo
    if attendance.state is AttendanceState.INVITED:
        values = {"proof": ProofLevel.VOUCHED, "arrived_at": now}
        await register.move_attendance(db, attendance, AttendanceState.ARRIVED, **values)
    await admit(db, meeting_id, attendance_id, person=person, now=now)


async def put_out(db: Transaction, meeting_id: str, attendance_id: str, *, person: Person, now: datetime) -> None:
    """The person is back at the door, off the floor, and everybody else is in a media room with a fresh name."""
    meeting = await _mine(db, meeting_id, person)
    attendance = await _there(db, meeting, attendance_id)
    if attendance.state not in IN_THE_ROOM:
        raise NotWaiting
    await register.move_attendance(db, attendance, AttendanceState.LEFT, left_at=now)
    await off_the_floor(db, meeting_id, SeatKey(attendance.id), now=now)
    await _note(db, person, "door.put_out", meeting=meeting, attendance=attendance, now=now)


async def off_the_floor(db: Transaction, meeting_id: str, key: SeatKey, *, now: datetime) -> None:
    """This seat is off the floor, and whoever stays goes on in a media room with a fresh name."""
    with contextlib.suppress(NoSuchSeat):
        await take_turn(db, meeting_id, Departed(by=key), now=now)
    room = await media.find(db, meeting_id)
    if room is not None:
        await media.next_epoch(db, room, now=now)


async def revoke_seat(db: Transaction, seat_id: str, *, person: Person, now: datetime) -> None:
    """The seat loses everything, as `seating.revoke` says; its person is out of every meeting, also of one that is on.

    Whoever is left in a meeting goes on in a media room with a fresh name, as when somebody is put out.
    """
    await seating.revoke(db, seat_id, person=person, now=now)
    for attendance in await register.attendances_of(db, seat_id):
        meeting = await register.load(db, attendance.meeting_id, held=True)
        if meeting.state in OVER or attendance.state is AttendanceState.WITHDRAWN:
            continue
        left = {"left_at": now} if attendance.state in IN_THE_ROOM else {}
        await register.move_attendance(db, attendance, AttendanceState.WITHDRAWN, **left)
        if attendance.state in IN_THE_ROOM:
            await off_the_floor(db, meeting.id, SeatKey(attendance.id), now=now)
        await _note(db, person, "door.withdraw", meeting=meeting, attendance=attendance, now=now)


async def doors(db: Transaction, meeting_id: str) -> list[Waiting]:
    """Who waits at the door, the longest first."""
    found = [one for one in await register.attendances(db, meeting_id) if one.state is AttendanceState.ARRIVED]
    waiting = [Waiting(attendance=one, seat=await file.load_seat(db, one.seat_id)) for one in found]
    return sorted(waiting, key=lambda one: one.attendance.arrived_at or one.attendance.made_at)


def doors_frame(waiting: list[Waiting]) -> dict[str, object]:
    """The doors as the mediator's screen is told of them."""
    rows = [
        {
            "attendance": one.attendance.id,
            "name": one.seat.label,
            "side": one.seat.side,
            "standing": one.seat.standing,
            "proof": one.attendance.proof,
            "agreed": one.attendance.agreed_at is not None,
            "since": (one.attendance.arrived_at or one.attendance.made_at).isoformat().replace("+00:00", "Z"),
        }
        for one in waiting
    ]
    return {"kind": "doors", "doors": rows}


async def is_open(db: Transaction, meeting_id: str) -> bool:
    """Whether the meeting has a floor."""
    return await floors.load(db, meeting_id) is not None


async def _note(
    db: Transaction, person: Person, action: str, *, meeting: Meeting, attendance: Attendance, now: datetime
) -> None:
    await audit.note(db, person, action, f"attendance:{attendance.id}", case_id=meeting.case_id, now=now)
    db.ring(f"{BELL}{meeting.id}")
