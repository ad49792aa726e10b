"""Act: somebody comes to a meeting's door, accepts the Agreement to Mediate, and goes again.

The agreement is accepted by the person at the door, or spoken by phone or at the table with the mediator as witness
(domain 4.2). Admission is not here: only the mediator admits, one by one.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from cases import file
from cases.case import Side
from cases.entrance import TooEarly
from database.engine import Transaction
from database.refusal import Refusal
from meetings import register
from meetings.meeting import AttendanceState, MeetingNotSo, Mode, PersonNotThere, ProofLevel
from meetings.register import LIVE, Attendance, Meeting
from people import audit
from people.access import NotAllowed, NotFound, Person, Relation, require

DOORS_OPEN = timedelta(hours=12)  # before the start
HERE = frozenset({AttendanceState.ARRIVED, AttendanceState.ADMITTED, AttendanceState.AWAY})


class PlaceTaken(Refusal):
    """Somebody who has shown who they are is already in this place. Please use a code, or ring us."""


class How(StrEnum):
    """How the Agreement to Mediate was accepted."""

    ONLINE = "online"
    PHONE = "phone"
    TABLE = "table"


async def _found(db: Transaction, attendance_id: str) -> tuple[Attendance, Meeting]:
    """The place and its meeting; MeetingNotSo when that is over, PersonNotThere when the place was taken back."""
    attendance = await register.load_attendance(db, attendance_id)
    meeting = await register.load(db, attendance.meeting_id)
    if meeting.state not in LIVE:
        raise MeetingNotSo
    if attendance.state is AttendanceState.WITHDRAWN:
        raise PersonNotThere
    return attendance, meeting


async def sides(db: Transaction, meeting: Meeting) -> tuple[Side, ...]:
    """The sides that are expected at this meeting, in one order for everybody."""
    seats = {seat.id: seat.side for seat in await file.seats_of(db, meeting.case_id)}
    expected = await register.attendances(db, meeting.id)
    found = {seats.get(one.seat_id, Side.NOBODY) for one in expected if one.state is not AttendanceState.WITHDRAWN}
    return tuple(side for side in Side if side in found and side is not Side.NOBODY)


def _runs(person: Person, meeting: Meeting) -> bool:
    return meeting.led_by(person.account_id)


def _check(person: Person, attendance: Attendance, meeting: Meeting) -> None:
    """The holder of the place may, and the meeting's own mediators for them; nobody else may know of it."""
    if _runs(person, meeting):
        require(person, "room.admit", relation=Relation.ASSIGNED)
    elif person.seat_id == attendance.seat_id:
        require(person, "room.join", relation=Relation.OWN)
    else:
        raise NotFound


async def arrive(db: Transaction, attendance_id: str, *, hears: str = "", person: Person, now: datetime) -> Attendance:
    """The person waits at the door, with the proof that they have shown; who has arrived already stays where they are.

    `hears` is who else can hear where they are, in one word. TooEarly before the day; PlaceTaken for somebody not
    confirmed where a confirmed person waits already.
    """
    attendance, meeting = await _found(db, attendance_id)
    _check(person, attendance, meeting)
    if now < meeting.starts - DOORS_OPEN:
        raise TooEarly
    proof = ProofLevel.VOUCHED if _runs(person, meeting) else ProofLevel(person.proof)
    if attendance.state in HERE:
        return await _again(db, attendance, proof)
    arrived = await register.move_attendance(
        db, attendance, AttendanceState.ARRIVED, proof=proof, arrived_at=now, left_at=None
    )
    said = f"attendance.arrive.{hears}" if hears else "attendance.arrive"
    await _note(db, person, said, meeting=meeting, attendance=attendance, now=now)
    return arrived


async def _again(db: Transaction, attendance: Attendance, proof: ProofLevel) -> Attendance:
    """Somebody comes to a place that is taken already: themselves once more, or somebody else with their link."""
    known = attendance.proof is not ProofLevel.NOT_CONFIRMED
    if known and proof is ProofLevel.NOT_CONFIRMED:
        raise PlaceTaken
    if known or proof is ProofLevel.NOT_CONFIRMED:
        return attendance
    return await register.note_attendance(db, attendance.id, proof=proof)  # now they have shown who they are


async def agree(
    db: Transaction, attendance_id: str, *, how: str = How.ONLINE, person: Person, now: datetime
) -> Attendance:
    """The Agreement to Mediate is accepted; the first acceptance stays. By phone or at a table the mediator is witness.

    NotAllowed where a person speaks for another, or the mediator would tick for somebody who can tick themselves.
    """
    attendance, meeting = await _found(db, attendance_id)
    _check(person, attendance, meeting)
    witnessed = How(how) in {How.PHONE, How.TABLE}
    if witnessed is not _runs(person, meeting):
        raise NotAllowed
    if how == How.TABLE and meeting.mode is not Mode.IN_PERSON:
        raise MeetingNotSo
    if attendance.agreed_at is not None:
        return attendance
    witness = person.account_id if witnessed else None
    agreed = await register.note_attendance(
        db, attendance_id, agreed_at=now, agreed_how=How(how), agreed_witness=witness
    )
    await _note(db, person, f"attendance.agree.{how}", meeting=meeting, attendance=attendance, now=now)
    return agreed


async def leave(db: Transaction, attendance_id: str, *, person: Person, now: datetime) -> Attendance:
    """The person has gone, and may come back to the door; nothing changes for somebody who is not there."""
    attendance, meeting = await _found(db, attendance_id)
    _check(person, attendance, meeting)
    if attendance.state not in HERE:
        return attendance
    left = await register.move_attendance(db, attendance, AttendanceState.LEFT, left_at=now)
    await _note(db, person, "attendance.leave", meeting=meeting, attendance=attendance, now=now)
    return left


async def _note(
    db: Transaction, person: Person, action: str, *, meeting: Meeting, attendance: Attendance, now: datetime
) -> None:
    """Written down, and whoever watches this meeting's doors is told."""
    await audit.note(db, person, action, f"attendance:{attendance.id}", case_id=meeting.case_id, now=now)
    db.ring(f"doors:{meeting.id}")
