"""Act: the mediator prepares the sitting: its stages, its ground rules, and what the room does for each person.

A sitting that has begun goes on with the stages and rules it began with: from then on they are changed from the desk.
What is set for a person counts from the moment they are let in.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cases import file
from cases.dossier import CaseFile, Seat
from database.engine import Transaction
from database.refusal import Refusal
from meetings import register
from meetings.meeting import OVER, AttendanceState, MeetingNotSo
from meetings.register import Attendance, Meeting
from meetings.room import floors, plans
from meetings.room.plan import Plan, Setting, checked, usual_setting
from meetings.room.plans import Kept, PlanMoved
from meetings.room.seats import SeatKey
from people import audit
from people.access import Person, Relation, require

Edit = Callable[[Plan], Plan]


class Begun(Refusal):
    """The sitting has begun. Its stages and rules are those it began with; change them from your desk."""


@dataclass(frozen=True, kw_only=True)
class Attending:
    """Somebody who is expected, and what the room will do for them."""

    attendance: Attendance
    seat: Seat
    setting: Setting


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """What the mediator has before them. `begun`: the sitting has a floor already."""

    meeting: Meeting
    case: CaseFile
    kept: Kept
    begun: bool
    people: Sequence[Attending]

    @property
    def plan(self) -> Plan:
        """The plan as it is kept."""
        return self.kept.plan


async def _mine(db: Transaction, meeting_id: str, person: Person, *, held: bool = False) -> Meeting:
    """The meeting, for its own mediator; NotFound for everybody else."""
    meeting = await register.load(db, meeting_id, held=held)
    mine = meeting.led_by(person.account_id)
    require(person, "floor.grant", relation=Relation.ASSIGNED if mine else Relation.NONE)
    return meeting


async def prepared(db: Transaction, meeting_id: str, *, person: Person) -> Prepared:
    """What is planned for this meeting, with the needs of everybody who is expected."""
    meeting = await _mine(db, meeting_id, person)
    require(person, "needs.read", relation=Relation.ASSIGNED)
    kept = await plans.load(db, meeting_id)
    return Prepared(
        meeting=meeting,
        case=await file.load_case(db, meeting.case_id),
        kept=kept,
        begun=await floors.load(db, meeting_id) is not None,
        people=await _people(db, meeting, kept.plan),
    )


async def _people(db: Transaction, meeting: Meeting, plan: Plan) -> list[Attending]:
    seats = {seat.id: seat for seat in await file.seats_of(db, meeting.case_id)}
    return [
        Attending(attendance=one, seat=seat, setting=plan.setting(SeatKey(one.id), seat.needs))
        for one in await register.attendances(db, meeting.id)
        if one.state is not AttendanceState.WITHDRAWN and (seat := seats.get(one.seat_id)) is not None
    ]


async def save(db: Transaction, meeting_id: str, edit: Edit, *, seen: int, person: Person, now: datetime) -> None:
    """The plan, so edited, is the plan of this meeting, if the version that was seen still counts.

    MeetingNotSo once the meeting is over, Begun once it has a floor, PlanMoved when somebody else was quicker.
    """
    meeting = await _mine(db, meeting_id, person, held=True)
    if await floors.load(db, meeting_id) is not None:
        raise Begun
    await _keep(db, meeting, edit, seen=seen, person=person, now=now)


async def set_people(
    db: Transaction, meeting_id: str, chosen: dict[str, Setting], *, seen: int, person: Person, now: datetime
) -> None:
    """The room does this for these people, by the id of their attendance; what is as usual for them is not kept."""
    meeting = await _mine(db, meeting_id, person, held=True)
    here = {one.attendance.id: one.seat for one in await _people(db, meeting, Plan())}
    usual = {key: usual_setting(seat.needs) for key, seat in here.items()}
    settings = {SeatKey(key): chosen[key] for key in here if key in chosen and chosen[key] != usual[key]}
    await _keep(db, meeting, lambda plan: replace(plan, settings=settings), seen=seen, person=person, now=now)


async def _keep(db: Transaction, meeting: Meeting, edit: Edit, *, seen: int, person: Person, now: datetime) -> None:
    if meeting.state in OVER:
        raise MeetingNotSo
    kept = await plans.load(db, meeting.id)
    if kept.version != seen:
        raise PlanMoved
    plan = checked(edit(kept.plan))
    await plans.keep(db, plan, meeting_id=meeting.id, case_id=meeting.case_id, seen=seen, now=now)
    await audit.note(db, person, "plan.save", f"meeting:{meeting.id}", case_id=meeting.case_id, now=now)
