"""Store: the register of meetings and of who attends them; the reason for meeting in person is sealed with the case.

A change is written only over the state that was read, so that of two people at once one is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, ScalarSelect, Select, insert, or_, select, update

from cases.schema import case_file
from database.engine import Transaction
from database.ids import new_id
from meetings.meeting import (
    AttendanceState,
    MeetingNotSo,
    MeetingState,
    Mode,
    Part,
    PersonNotThere,
    ProofLevel,
    attendance_moved,
    meeting_moved,
)
from meetings.schema import attendance, meeting, meeting_staff
from people.access import NotFound

LIVE = (MeetingState.BOOKED, MeetingState.OPEN, MeetingState.ADJOURNED)


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """One sitting, with those of our own who are at it."""

    id: str
    case_id: str
    matter_id: str
    mediator_id: str
    mode: Mode
    starts: datetime
    ends: datetime
    state: MeetingState
    sequence: int
    venue_id: str | None = None
    room_id: str | None = None
    exception: str | None = None
    exception_words: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    waived_at: datetime | None = None
    waived_by: str | None = None
    waived_channel: str | None = None
    made_by: str
    made_at: datetime
    opened_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: str | None = None
    version: int
    co_mediator_id: str | None = None
    trainee_id: str | None = None

    @property
    def colleague_ids(self) -> tuple[str, ...]:
        """Whose time the meeting takes besides the mediator's."""
        return tuple(one for one in (self.co_mediator_id, self.trainee_id) if one is not None)

    def led_by(self, account_id: str | None) -> bool:
        """Whether this account mediates here: as the mediator, or together with them."""
        return account_id is not None and account_id in {self.mediator_id, self.co_mediator_id}


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """One seat at one sitting: its calendar entry, how it proved itself, and where the person is."""

    id: str
    meeting_id: str
    seat_id: str
    uid: str
    state: AttendanceState
    proof: ProofLevel | None = None
    arrived_at: datetime | None = None
    agreed_at: datetime | None = None
    agreed_how: str | None = None
    agreed_witness: str | None = None
    admitted_at: datetime | None = None
    admitted_by: str | None = None
    left_at: datetime | None = None
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class NewMeeting:
    """What every booking enters; its place and the family's waiver come as columns."""

    id: str
    case_id: str
    matter_id: str
    mediator_id: str
    starts: datetime
    ends: datetime
    made_by: str


async def _sealed(db: Transaction, meeting_id: str, case_id: str, *, values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of these facts: the words of an exception are sealed with the case."""
    columns = dict(values)
    if "exception_words" not in columns:
        return columns
    words = columns.pop("exception_words")
    columns["exception_sealed"] = None
    if words is not None:
        key_id = await db.scalar(select(case_file.c.key_id).where(case_file.c.id == case_id))
        columns["exception_sealed"] = (await db.box(key_id)).seal("meeting.exception", meeting_id, words)
    return columns


async def enter_meeting(db: Transaction, new: NewMeeting, values: Mapping[str, Any], *, now: datetime) -> Meeting:
    """The meeting is in the register, booked, with nobody in it yet."""
    core: dict[str, Any] = {name: getattr(new, name) for name in NewMeeting.__dataclass_fields__}
    core |= {"state": MeetingState.BOOKED, "sequence": 0, "made_at": now, "version": 1}
    await db.execute(insert(meeting), core | await _sealed(db, new.id, new.case_id, values=values))
    return Meeting(**core, **values)


async def enter_attendances(
    db: Transaction, meeting_id: str, seat_ids: Sequence[str], *, domain: str, now: datetime
) -> list[Attendance]:
    """These seats are expected at the meeting, in their order; the calendar UID of each is its own, and stays."""
    expected = [
        Attendance(
            id=attendance_id,
            meeting_id=meeting_id,
            seat_id=seat_id,
            uid=f"{attendance_id}@{domain}",
            state=AttendanceState.INVITED,
            made_at=now,
        )
        for seat_id, attendance_id in ((seat_id, new_id()) for seat_id in seat_ids)
    ]
    await db.execute(insert(attendance), [asdict(one) for one in expected])
    return expected


def _who(part: Part) -> ScalarSelect[Any]:
    mine = (meeting_staff.c.meeting_id == meeting.c.id) & (meeting_staff.c.part == part)
    return select(meeting_staff.c.account_id).where(mine).correlate(meeting).scalar_subquery()


MEETINGS = select(
    meeting,
    case_file.c.key_id,
    _who(Part.CO_MEDIATOR).label("co_mediator_id"),
    _who(Part.TRAINEE).label("trainee_id"),
).join(case_file, case_file.c.id == meeting.c.case_id)


async def _read(db: Transaction, row: Row[Any]) -> Meeting:
    box = await db.box(row.key_id)
    values = {name: getattr(row, name) for name in Meeting.__dataclass_fields__ if name != "exception_words"}
    values |= {"mode": Mode(row.mode), "state": MeetingState(row.state)}
    return Meeting(**values, exception_words=box.open("meeting.exception", row.id, row.exception_sealed))


async def _all(db: Transaction, statement: Select[Any]) -> Sequence[Meeting]:
    return [await _read(db, row) for row in await db.all(statement.order_by(meeting.c.starts, meeting.c.id))]


async def load(db: Transaction, meeting_id: str, *, held: bool = False) -> Meeting:
    """The meeting; NotFound when there is none. `held`: nobody else changes it until this transaction ends."""
    found = MEETINGS.where(meeting.c.id == meeting_id)
    row = await db.first(found.with_for_update(of=meeting) if held else found)
    if row is None:
        raise NotFound
    return await _read(db, row)


async def meeting_of(db: Transaction, attendance_id: str) -> Meeting:
    """The meeting that this attendance belongs to; NotFound when there is none."""
    return await load(db, (await load_attendance(db, attendance_id)).meeting_id)


async def of_case(db: Transaction, case_id: str) -> Sequence[Meeting]:
    """Every meeting of the case, cancelled ones too, in order of time."""
    return await _all(db, MEETINGS.where(meeting.c.case_id == case_id))


async def of_matter(db: Transaction, matter_id: str) -> Sequence[Meeting]:
    """Every meeting of the matter, cancelled ones too, in order of time."""
    return await _all(db, MEETINGS.where(meeting.c.matter_id == matter_id))


async def of_mediator(db: Transaction, account_id: str, *, after: datetime, before: datetime) -> Sequence[Meeting]:
    """The meetings that this account mediates or is at as a colleague, which touch this time and were not cancelled."""
    beside = meeting.c.id.in_(select(meeting_staff.c.meeting_id).where(meeting_staff.c.account_id == account_id))
    mine = or_(meeting.c.mediator_id == account_id, beside) & (meeting.c.state != MeetingState.CANCELLED)
    return await _all(db, MEETINGS.where(mine, meeting.c.starts < before, meeting.c.ends > after))


async def between(db: Transaction, *, after: datetime, before: datetime) -> Sequence[Meeting]:
    """Every meeting that touches this time and was not cancelled, in order of time."""
    live = meeting.c.state != MeetingState.CANCELLED
    return await _all(db, MEETINGS.where(live, meeting.c.starts < before, meeting.c.ends > after))


async def change(db: Transaction, before: Meeting, values: Mapping[str, Any]) -> Meeting:
    """The meeting with these columns changed; MeetingNotSo when somebody else changed it meanwhile."""
    still = (meeting.c.id == before.id) & (meeting.c.version == before.version)
    columns = await _sealed(db, before.id, before.case_id, values=values) | {"version": before.version + 1}
    if await db.changed(update(meeting).where(still).values(columns)) != 1:
        raise MeetingNotSo
    return await load(db, before.id)


async def change_state(db: Transaction, before: Meeting, state: MeetingState, **values: Any) -> Meeting:
    """The meeting in its next state; MeetingNotSo when it cannot go there from where it is."""
    return await change(db, before, {**values, "state": meeting_moved(before.state, state)})


def _attendance(row: Row[Any]) -> Attendance:
    values = {name: getattr(row, name) for name in Attendance.__dataclass_fields__}
    values |= {"state": AttendanceState(row.state), "proof": ProofLevel(row.proof) if row.proof else None}
    return Attendance(**values)


async def load_attendance(db: Transaction, attendance_id: str) -> Attendance:
    """The attendance; NotFound when there is none."""
    row = await db.first(select(attendance).where(attendance.c.id == attendance_id))
    if row is None:
        raise NotFound
    return _attendance(row)


async def attendances(db: Transaction, meeting_id: str) -> Sequence[Attendance]:
    """Everybody who is or was expected at the meeting, in the order of their invitation."""
    mine = select(attendance).where(attendance.c.meeting_id == meeting_id)
    return [_attendance(row) for row in await db.all(mine.order_by(attendance.c.made_at, attendance.c.id))]


async def attendances_of(db: Transaction, seat_id: str) -> Sequence[Attendance]:
    """Every sitting that this seat is or was expected at."""
    mine = select(attendance).where(attendance.c.seat_id == seat_id)
    return [_attendance(row) for row in await db.all(mine.order_by(attendance.c.made_at, attendance.c.id))]


async def move_attendance(db: Transaction, before: Attendance, state: AttendanceState, **values: Any) -> Attendance:
    """The person is there now; PersonNotThere when they cannot be, or when somebody else moved them meanwhile."""
    after = attendance_moved(before.state, state)
    still = (attendance.c.id == before.id) & (attendance.c.state == before.state)
    if await db.changed(update(attendance).where(still).values(**values, state=after)) != 1:
        raise PersonNotThere
    return await load_attendance(db, before.id)


async def note_attendance(db: Transaction, attendance_id: str, **values: Any) -> Attendance:
    """These facts of the attendance are written down; where the person is stays."""
    await db.execute(update(attendance).where(attendance.c.id == attendance_id).values(**values))
    return await load_attendance(db, attendance_id)
