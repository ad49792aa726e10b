"""Act: a meeting is booked, moved or cancelled, each in one transaction: all of it holds, or nothing.

Booked: the time of the mediator and, in person, of the rooms is claimed; the meeting is in the register with a place,
calendar entry and link for each person; the matter has moved; the invitations are in the outbox; it is noted by whom.
Of two who want the same time one has it, and the other is refused with other times near it (reliability C1).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from cases import file, work
from cases.dossier import Duty, Matter, Seat
from cases.entrance import OVER_AFTER
from cases.states import Event
from database.engine import Transaction
from database.failpoints import failpoint
from database.ids import new_id
from database.refusal import Refusal
from meetings import register, venue_list
from meetings.meeting import AttendanceState, MeetingNotSo, MeetingState, Mode, Waiver, notice_given
from meetings.register import Attendance, Meeting, NewMeeting
from notifications.wording import Office
from people import audit, links
from people.access import Person
from scheduler import diaries, inviting, placing
from scheduler.finding import check_working
from scheduler.placing import Desk, InPerson
from scheduler.spans import Span


class NotTheirMediator(Refusal):
    """This mediator does not have the case. Give it to them first, then book."""


class NothingChanges(Refusal):
    """The meeting is already at this time and place. Nobody was written to."""


class Reason(StrEnum):
    """Why a meeting was cancelled, for the audit list."""

    FAMILY_ASKED = "family_asked"
    COUNCIL_ASKED = "council_asked"
    MEDIATOR_AWAY = "mediator_away"
    ILLNESS = "illness"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The reason as a coordinator picks it."""
        return REASON_WORDS[self]


REASON_WORDS: Mapping[Reason, str] = {
    Reason.FAMILY_ASKED: "The family asked for it",
    Reason.COUNCIL_ASKED: "The council asked for it",
    Reason.MEDIATOR_AWAY: "The mediator cannot be there",
    Reason.ILLNESS: "Somebody is ill",
    Reason.OTHER: "Something else",
}


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A meeting as somebody wants to book it; online unless `in_person` says where and why."""

    matter_id: str
    mediator_id: str
    starts: datetime
    minutes: int
    seat_ids: tuple[str, ...]
    waiver: Waiver | None = None
    in_person: InPerson | None = None


@dataclass(frozen=True, kw_only=True)
class Change:
    """A booked meeting as somebody wants it: when, and where if that is to change (`mode` online, or `in_person`)."""

    meeting_id: str
    starts: datetime
    waiver: Waiver | None = None
    mode: Mode | None = None
    in_person: InPerson | None = None


async def book(db: Transaction, office: Office, proposal: Proposal, *, person: Person, now: datetime) -> str:
    """The meeting is booked and everybody's invitation is in the outbox; the meeting's id.

    SlotTaken with other times; NoticeTooShort without five working days or the family's waiver; NotWorking outside the
    mediator's hours; MoveRefused where the matter is not at that point.
    """
    desk = await placing.desk_for(db, office, proposal.matter_id, person=person, now=now)
    span = placing.span_of(proposal.starts, proposal.minutes, now=now)
    seats = await placing.invited(desk, proposal.seat_ids)
    placing.check_waiver(proposal.waiver, seats, chosen_at=desk.matter.chosen_at, now=now)
    await _check_mediator(desk, proposal.mediator_id, span)
    notice = notice_given(now, span.starts, desk.calendar, waiver=proposal.waiver)
    where = await placing.decided(desk, proposal.in_person, seats)
    # The move is refused before the time is claimed: nothing is locked for what cannot be.
    matter = await file.move_matter(db, desk.matter, Event.BOOKED, person=person, now=now)
    meeting_id = new_id()
    room_ids = where.room_ids if where else ()
    await placing.claim(desk, meeting_id, (proposal.mediator_id,), span=span, room_ids=room_ids)
    await failpoint("booking.claimed")
    values = placing.place_values(where) | placing.waiver_values(proposal.waiver)
    meeting = await _enter(desk, proposal, span=span, meeting_id=meeting_id, values=values)
    guests, locators = await _expect(desk, meeting, seats)
    about = replace(await _round(desk, matter, meeting, guests=guests), locators=locators)
    await inviting.invite(about, notice)
    await audit.note(db, person, "meeting.book", f"meeting:{meeting_id}", case_id=desk.case.id, now=now)
    await failpoint("booking.written")
    return meeting_id


async def _check_mediator(desk: Desk, mediator_id: str, span: Span) -> None:
    held = (await work.holders_of(desk.db, desk.matter.id)).get(Duty.MEDIATOR)
    if held is None or held.account_id != mediator_id:
        raise NotTheirMediator(field="mediator")
    await check_working(desk.db, mediator_id, span, closed=desk.calendar.holidays)


async def _enter(desk: Desk, proposal: Proposal, *, span: Span, meeting_id: str, values: dict[str, object]) -> Meeting:
    new = NewMeeting(
        id=meeting_id,
        case_id=desk.case.id,
        matter_id=desk.matter.id,
        mediator_id=proposal.mediator_id,
        starts=span.starts,
        ends=span.ends,
        made_by=desk.account_id,
    )
    return await register.enter_meeting(desk.db, new, values, now=desk.now)


async def _expect(
    desk: Desk, meeting: Meeting, seats: Sequence[Seat]
) -> tuple[list[tuple[Attendance, Seat]], dict[str, str]]:
    """Each seat is expected, with a calendar entry and a link of its own: whose, and its locator by attendance."""
    ids = [seat.id for seat in seats]
    expected = await register.enter_attendances(desk.db, meeting.id, ids, domain=desk.office.reply_domain, now=desk.now)
    places = {one.id: one.seat_id for one in expected}
    over_at = meeting.ends + OVER_AFTER
    locators = await links.make_all(desk.db, places, case_id=desk.case.id, over_at=over_at, now=desk.now)
    return list(zip(expected, seats, strict=True)), locators


async def _round(
    desk: Desk, matter: Matter, meeting: Meeting, *, guests: Sequence[tuple[Attendance, Seat]]
) -> inviting.Round:
    return inviting.Round(
        db=desk.db,
        office=desk.office,
        case=desk.case,
        matter=matter,
        meeting=meeting,
        place=await venue_list.by_id(desk.db, meeting.venue_id) if meeting.venue_id else None,
        calendar=desk.calendar,
        guests=tuple(guests),
        now=desk.now,
    )


async def _held(
    db: Transaction, office: Office, meeting_id: str, *, person: Person, now: datetime
) -> tuple[Desk, Meeting]:
    """The matter and then the meeting are this transaction's; MeetingNotSo when it is booked no more."""
    known = await register.load(db, meeting_id)
    desk = await placing.desk_for(db, office, known.matter_id, person=person, now=now)
    meeting = await register.load(db, meeting_id, held=True)
    if meeting.state is not MeetingState.BOOKED:
        raise MeetingNotSo
    return desk, meeting


async def _guests(desk: Desk, meeting: Meeting) -> list[tuple[Attendance, Seat]]:
    """Everybody who is still expected."""
    seats = {seat.id: seat for seat in await file.seats_of(desk.db, desk.case.id)}
    expected = await register.attendances(desk.db, meeting.id)
    return [
        (each, seats[each.seat_id])
        for each in expected
        if each.seat_id in seats and each.state is not AttendanceState.WITHDRAWN
    ]


async def move(db: Transaction, office: Office, change: Change, *, person: Person, now: datetime) -> Meeting:
    """The meeting has its new time or place, and everybody's update is in the outbox, with a higher SEQUENCE.

    The refusals are those of `book`; MeetingNotSo once it has begun, ended or been cancelled. A new day, place or
    format is told in time again, or waived again.
    """
    desk, meeting = await _held(db, office, change.meeting_id, person=person, now=now)
    guests = await _guests(desk, meeting)
    seats = [seat for _, seat in guests]
    minutes = int((meeting.ends - meeting.starts).total_seconds() // 60)
    span = placing.span_of(change.starts, minutes, now=now)
    if span.starts == meeting.starts and change.in_person is None and change.mode in {None, meeting.mode}:
        raise NothingChanges
    placing.check_waiver(change.waiver, seats, chosen_at=desk.matter.chosen_at, now=now)
    staff = (meeting.mediator_id, *meeting.colleague_ids)
    for account_id in staff:
        await check_working(db, account_id, span, closed=desk.calendar.holidays)
    notice = notice_given(now, span.starts, desk.calendar, waiver=change.waiver)
    where = await placing.decided(desk, change.in_person, seats)
    stays = where is None and change.mode in {None, meeting.mode}
    room_ids = await _rooms(desk, meeting) if stays else where.room_ids if where else ()
    matter = await file.move_matter(db, desk.matter, Event.MOVED, person=person, now=now)
    await diaries.give_back(db, meeting.id)
    await placing.claim(desk, meeting.id, staff, span=span, room_ids=room_ids)
    await failpoint("booking.claimed")
    values = placing.waiver_values(change.waiver) | ({} if stays else placing.place_values(where))
    values |= {"starts": span.starts, "ends": span.ends, "sequence": meeting.sequence + 1}
    moved = await register.change(db, meeting, values)
    for attendance, _ in guests:
        await links.last_until(db, attendance.id, moved.ends + OVER_AFTER)
    await inviting.tell_moved(await _round(desk, matter, moved, guests=guests), notice, before=meeting)
    await audit.note(db, person, "meeting.move", f"meeting:{meeting.id}", case_id=desk.case.id, now=now)
    await failpoint("booking.written")
    return moved


async def _rooms(desk: Desk, meeting: Meeting) -> tuple[str, ...]:
    """The rooms that are claimed for it."""
    staff = {meeting.mediator_id, *meeting.colleague_ids}
    return tuple(owner for owner in await diaries.claimed_by(desk.db, meeting.id) if owner not in staff)


async def cancel(
    db: Transaction, office: Office, meeting_id: str, *, reason: Reason, person: Person, now: datetime
) -> Meeting:
    """The meeting does not take place: its time is free again, and a new time is looked for.

    It leaves everybody's calendar. The reason is noted and told to nobody: what a side said stays with that side.
    MeetingNotSo once the meeting has begun, ended or been cancelled.
    """
    desk, meeting = await _held(db, office, meeting_id, person=person, now=now)
    guests = await _guests(desk, meeting)
    matter = await file.move_matter(db, desk.matter, Event.CANCELLED, person=person, now=now)
    await diaries.give_back(db, meeting.id)
    raised = {"state": MeetingState.CANCELLED, "sequence": meeting.sequence + 1}
    cancelled = await register.change(db, meeting, raised)
    await inviting.tell_cancelled(await _round(desk, matter, cancelled, guests=guests))
    if meeting.co_mediator_id is not None:
        await work.release(db, matter.id, Duty.CO_MEDIATOR, account_id=meeting.co_mediator_id, now=now)
    await audit.note(db, person, f"meeting.cancel.{reason}", f"meeting:{meeting.id}", case_id=desk.case.id, now=now)
    await failpoint("booking.written")
    return cancelled
