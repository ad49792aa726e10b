"""Act: the record in the making: its words are saved as the mediator writes them, and a version is sent to be read.

A version that was sent is never changed. Whatever is written after it is the next version, and every mark on the one
before is void (domain 4.3).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from cases import file, lifecycle
from cases.case import Side
from cases.dossier import CaseFile, Matter, Seat
from cases.states import Event
from database.engine import Transaction
from database.refusal import Refusal
from meetings import register
from meetings.meeting import MeetingState
from meetings.register import Meeting
from notifications import messages
from notifications.wording import Office
from people import access, audit
from people.access import Person, Relation
from records import archive, drafts, telling
from records.agreement import Draft, OldVersion, checked
from records.drafts import Sheet


class AlreadySealed(Refusal):
    """The record is sealed. No word of it can change."""


class NothingNew(Refusal):
    """This version was already sent. Change something first, and that makes the next one."""


class NoMeetingHeld(Refusal):
    """This meeting was cancelled, so there is nothing to write down."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What a mediator has before them: the meeting, its case and matter, and the newest version."""

    meeting: Meeting
    case: CaseFile
    matter: Matter
    newest: Sheet | None


def relation(meeting: Meeting, person: Person) -> Relation:
    """Assigned for the mediator of this meeting, and for a co-mediator."""
    return Relation.ASSIGNED if meeting.led_by(person.account_id) else Relation.NONE


async def desk(db: Transaction, meeting_id: str, *, person: Person, held: bool = False) -> Desk:
    """The mediator's desk for this meeting; NotFound for anybody else. `held`: nobody writes or marks meanwhile."""
    meeting = await register.load(db, meeting_id, held=held)
    access.require(person, "draft.write", relation=relation(meeting, person))
    return Desk(
        meeting=meeting,
        case=await file.load_case(db, meeting.case_id),
        matter=await file.load_matter(db, meeting.matter_id, held=held),
        newest=await drafts.newest(db, meeting_id),
    )


async def open_desk(db: Transaction, meeting_id: str, *, person: Person) -> Desk:
    """The desk, held, while the record can still be written; AlreadySealed once it is not."""
    found = await desk(db, meeting_id, person=person, held=True)
    if await archive.record_of(db, meeting_id) is not None:
        raise AlreadySealed
    if found.meeting.state is MeetingState.CANCELLED:
        raise NoMeetingHeld
    return found


def unchanged(newest: Sheet | None, seen: str | None) -> None:
    """Refuses, by OldVersion, work on a version that is no longer the newest: `seen` is the hash that was shown."""
    if seen is not None and seen != (newest.hash if newest else ""):
        raise OldVersion


async def save(
    db: Transaction, meeting_id: str, draft: Draft, *, seen: str | None = None, person: Person, now: datetime
) -> Sheet:
    """These words are the newest version: in place of an unsent one, or as the next after one that was sent.

    `seen` is the hash of the version that they were written upon, empty for none; OldVersion when it is another now.
    """
    found = await open_desk(db, meeting_id, person=person)
    unchanged(found.newest, seen)
    assert person.account_id is not None  # noqa: S101 - only its mediator has this desk
    made = await drafts.keep(
        db, draft, meeting_id=meeting_id, case_id=found.case.id, made_by=person.account_id, now=now
    )
    await audit.note(db, person, "draft.write", f"draft:{made.id}", case_id=found.case.id, now=now)
    return made


async def parties(db: Transaction, meeting: Meeting) -> Sequence[Seat]:
    """Whose yes makes it an agreement: every principal who was let in.

    Where nobody of the family or of the council was let in by name, as at a table, its principals who were asked to
    come; and where none was asked, those who have a seat.
    """
    seats = telling.principals(await file.seats_of(db, meeting.case_id))
    attending = {each.seat_id: each for each in await register.attendances(db, meeting.id)}
    came = {seat for seat, each in attending.items() if each.admitted_at is not None}
    chosen = {seat.id for seat in seats if seat.id in came}
    for side in (Side.FAMILY, Side.COUNCIL):
        theirs = {seat.id for seat in seats if seat.side is side}
        chosen |= set() if theirs & chosen else (theirs & set(attending)) or theirs
    return [seat for seat in seats if seat.id in chosen]


async def send(
    db: Transaction, office: Office, meeting_id: str, *, seen: str | None = None, person: Person, now: datetime
) -> Sheet:
    """The newest version is before every party, never to be changed again; each has a mail that it waits to be read.

    NothingAgreed, LineIncomplete and the like when it is not whole; NothingNew when it was sent before.
    """
    found = await open_desk(db, meeting_id, person=person)
    unchanged(found.newest, seen)
    checked(found.newest.words if found.newest else Draft(version=0, lines=()))
    assert found.newest is not None  # noqa: S101 - an empty one was refused a line ago
    if not await drafts.mark_sent(db, found.newest, now=now):
        raise NothingNew
    letter = partial(_letter, found.newest, found.case.number)
    await telling.tell(db, office, found.case, seats=await parties(db, found.meeting), letter=letter, now=now)
    await note(db, found.matter, Event.DRAFTED, person=person, now=now)
    await audit.note(db, person, "draft.send", f"draft:{found.newest.id}", case_id=found.case.id, now=now)
    return await drafts.load(db, found.newest.id)


def _letter(sheet: Sheet, number: str, link: str) -> messages.Letter:
    return messages.draft_ready(draft_id=sheet.id, number=number, link=link, version=sheet.version)


async def note(db: Transaction, matter: Matter, event: Event, *, person: Person, now: datetime) -> Matter:
    """The matter's story has this event, where its state knows it; writing and reading a record never wait for it."""
    if event not in lifecycle.possible(matter.state):
        return matter
    return await file.move_matter(db, matter, event, person=person, now=now)
