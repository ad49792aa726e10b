"""Act: a colleague is at a meeting beside its mediator: a co-mediator, or a trainee to whom every side has said yes.

Their time is claimed as the mediator's own is, and what keeps a mediator from a case keeps them from it as well. Taking
somebody away undoes adding them: the time is free, the calendar entry goes, and who is in the room already is out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cases import assigning, work
from cases.case import Side
from cases.dossier import Duty, Holder
from database.engine import Transaction
from database.ids import new_id
from database.refusal import Refusal
from meetings import attending, register, staff, venue_list
from meetings.meeting import MeetingNotSo, Part
from meetings.register import LIVE, Meeting
from meetings.room import desks
from meetings.staff import Colleague
from notifications.wording import Office
from people import accounts, audit
from people.access import NotFound, Person
from people.accounts import Account
from people.roles import Role
from scheduler import diaries, finding, inviting, placing
from scheduler.diaries import Kind, SlotTaken
from scheduler.placing import Desk
from scheduler.spans import Span


class ThereAlready(Refusal):
    """They are at this meeting already. Choose somebody else."""


class BusyThen(Refusal):
    """They are at another meeting at that time. Choose somebody else."""


class NotAtWorkThen(Refusal):
    """They do not work at that time. Choose somebody else, or change their hours first."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A mediator of the house, and why they cannot be chosen for this meeting; None when they can."""

    account: Account
    why_not: str | None


async def _desk(
    db: Transaction, office: Office, meeting_id: str, *, person: Person, now: datetime
) -> tuple[Desk, Meeting]:
    """The matter and then the meeting are this transaction's; MeetingNotSo when it is over."""
    known = await register.load(db, meeting_id)
    desk = await placing.desk_for(db, office, known.matter_id, person=person, now=now)
    meeting = await register.load(db, meeting_id, held=True)
    if meeting.state not in LIVE:
        raise MeetingNotSo
    return desk, meeting


async def candidates(
    db: Transaction, office: Office, meeting_id: str, *, person: Person, now: datetime
) -> Sequence[Candidate]:
    """Every mediator of the house but who runs this meeting, by name."""
    meeting = await register.load(db, meeting_id)
    desk = await placing.desk_for(db, office, meeting.matter_id, held=False, person=person, now=now)
    others = [one for one in await accounts.all_with_role(db, Role.MEDIATOR) if one.id != meeting.mediator_id]
    return [Candidate(account=one, why_not=await _why_not(desk, meeting, one.id)) for one in others]


async def _why_not(desk: Desk, meeting: Meeting, account_id: str) -> str | None:
    try:
        await _check(desk, meeting, account_id)
    except Refusal as refusal:
        return refusal.words
    return None


async def _check(desk: Desk, meeting: Meeting, account_id: str) -> None:
    """Nothing, where this account can be at the meeting; else the refusal that says why not."""
    if account_id in {meeting.mediator_id, *meeting.colleague_ids}:
        raise ThereAlready(field="account")
    await assigning.suitable(desk.db, desk.case, account_id, duty=Duty.MEDIATOR)
    span = Span(starts=meeting.starts, ends=meeting.ends)
    try:
        await finding.check_working(desk.db, account_id, span, closed=desk.calendar.holidays)
    except finding.NotWorking as away:
        raise NotAtWorkThen(field="account") from away
    number = (await diaries.numbers(desk.db, [account_id]))[account_id]
    if (await diaries.claims(desk.db, [number], span))[number]:
        raise BusyThen(field="account")


async def add(
    db: Transaction, office: Office, meeting_id: str, *, account_id: str, part: Part, person: Person, now: datetime
) -> None:
    """The colleague is at the meeting, their time is claimed and their invitation is in the outbox.

    ThereAlready, BusyThen, NotAtWorkThen, NotIndependent or NotTheirWork where they cannot be; PartTaken where another
    is there for the same.
    """
    desk, meeting = await _desk(db, office, meeting_id, person=person, now=now)
    await _check(desk, meeting, account_id)
    one = Colleague(
        id=new_id(), meeting_id=meeting.id, account_id=account_id, part=part, added_by=desk.account_id, added_at=now
    )
    await staff.enter(db, one)
    await _claim(desk, meeting, account_id)
    if part is Part.CO_MEDIATOR:
        await _entrust(desk, account_id)
    await inviting.invite_colleague(await _round(desk, meeting), one)
    await _note(desk, meeting, f"meeting.add.{part}", account_id=account_id)


async def _claim(desk: Desk, meeting: Meeting, account_id: str) -> None:
    number = await diaries.diary_for(desk.db, account_id, Kind.MEDIATOR)
    span = Span(starts=meeting.starts, ends=meeting.ends)
    try:
        await diaries.claim_all(desk.db, [number], span, meeting_id=meeting.id, now=desk.now)
    except SlotTaken as taken:  # somebody was quicker
        raise BusyThen(field="account") from taken


async def _entrust(desk: Desk, account_id: str) -> None:
    """The co-mediator reads the case as its mediator does."""
    account = await accounts.by_id(desk.db, account_id)
    if account is None:
        raise NotFound
    holder = Holder(
        matter_id=desk.matter.id, duty=Duty.CO_MEDIATOR, account_id=account_id, name=account.name, since=desk.now
    )
    await work.assign(desk.db, new_id(), holder, made_by=desk.account_id, now=desk.now)


async def take_away(
    db: Transaction, office: Office, meeting_id: str, *, account_id: str, person: Person, now: datetime
) -> None:
    """The colleague is at the meeting no longer, also not in its room, and has word of it; NotFound for a stranger."""
    desk, meeting = await _desk(db, office, meeting_id, person=person, now=now)
    one = await _there(db, meeting, account_id)
    await inviting.stand_down(await _round(desk, meeting), one)
    await staff.remove(db, one.id)
    await diaries.give_back_of(db, meeting.id, account_id)
    await work.release(db, meeting.matter_id, Duty.CO_MEDIATOR, account_id=account_id, now=now)
    await desks.take_off(db, meeting.id, one.part, now=now)
    await _note(desk, meeting, f"meeting.without.{one.part}", account_id=account_id)


async def _there(db: Transaction, meeting: Meeting, account_id: str) -> Colleague:
    for one in await staff.of_meeting(db, meeting.id):
        if one.account_id == account_id:
            return one
    raise NotFound


async def say_yes(
    db: Transaction, office: Office, meeting_id: str, *, side: Side, person: Person, now: datetime
) -> None:
    """This side has said to a member of staff that the trainee may be there; NotFound where there is no trainee."""
    desk, meeting = await _desk(db, office, meeting_id, person=person, now=now)
    if meeting.trainee_id is None or side not in await attending.sides(db, meeting):
        raise NotFound
    one = await _there(db, meeting, meeting.trainee_id)
    await staff.note_yes(db, one.id, side, asked_by=desk.account_id, now=now)
    await _note(desk, meeting, f"trainee.yes.{side}", account_id=one.account_id)


async def _round(desk: Desk, meeting: Meeting) -> inviting.Round:
    return inviting.Round(
        db=desk.db,
        office=desk.office,
        case=desk.case,
        matter=desk.matter,
        meeting=meeting,
        place=await venue_list.by_id(desk.db, meeting.venue_id) if meeting.venue_id else None,
        calendar=desk.calendar,
        guests=(),
        now=desk.now,
    )


async def _note(desk: Desk, meeting: Meeting, action: str, *, account_id: str) -> None:
    about = (f"meeting:{meeting.id}", f"account:{account_id}")
    await audit.note(desk.db, desk.person, action, *about, case_id=meeting.case_id, now=desk.now)
