"""Act: a meeting ends with its outcome, and its record is sealed once every party has said yes to the same words.

What ends starts the time for the certificate, where one is owed (D4); the record holds nothing back (domain 3.2).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from cases import file
from cases.dossier import Matter, Seat
from cases.states import Event, Outcome
from database.engine import Transaction
from database.ids import new_id
from database.refusal import Refusal
from meetings import register
from meetings.meeting import OVER, MeetingState
from meetings.register import Meeting
from notifications.wording import Office
from people import audit, sessions
from people.access import Person
from records import archive, certificate, drafting, drafts, layout, prints, record_facts
from records.agreement import Agreement, NothingAgreed, OldVersion
from records.agreement import seal as agreed
from records.archive import SealedRecord
from records.drafting import Desk
from records.drafts import Sheet
from records.prints import PaperKind

# With nobody of one side there has been no mediation, so no time for a certificate of having taken part starts (D4).
NOT_HELD = frozenset({Outcome.COUNCIL_ABSENT, Outcome.FAMILY_ABSENT})


class AlreadyEnded(Refusal):
    """This meeting has ended already. Please load the page again to see how."""


class StillGoing(Refusal):
    """The meeting has not ended yet. Say first how it ended, then seal the record."""


class Ended(NamedTuple):
    """The meeting and its matter, as they are after the end."""

    meeting: Meeting
    matter: Matter


async def conclude(
    db: Transaction, office: Office, meeting_id: str, *, outcome: Outcome, person: Person, now: datetime
) -> Ended:
    """The mediation has ended with this outcome, kept for counting only.

    The three working days of the certificate run from now (D4), also where the family did not go on. Where the council
    was not there, it is noted that mediation was not arranged (D5), and the family may meet again. Where the family was
    not there, no time runs: somebody rings.
    """
    del office  # nothing is mailed: the certificate's own letter says what follows
    found = await _going(db, meeting_id, person=person)
    meeting = await register.change_state(db, found.meeting, MeetingState.CONCLUDED, ended_at=now, outcome=outcome)
    facts: dict[str, object] = {"outcome": outcome}
    if outcome not in NOT_HELD:
        facts["concluded_at"] = now
    matter = await file.move_matter(db, found.matter, Event.CONCLUDED, person=person, now=now, **facts)
    if outcome is Outcome.COUNCIL_ABSENT:
        matter = await drafting.note(db, matter, Event.CANNOT_ARRANGE, person=person, now=now)
    await _close_room(db, meeting, action="meeting.conclude", person=person, now=now)
    return Ended(meeting, matter)


async def adjourn(db: Transaction, meeting_id: str, *, person: Person, now: datetime) -> Ended:
    """The sitting is over and the mediation goes on another day: no time for a certificate starts."""
    found = await _going(db, meeting_id, person=person)
    meeting = await register.change_state(db, found.meeting, MeetingState.ADJOURNED, ended_at=now)
    matter = await file.move_matter(db, found.matter, Event.ADJOURNED, person=person, now=now)
    await _close_room(db, meeting, action="meeting.adjourn", person=person, now=now)
    return Ended(meeting, matter)


async def _going(db: Transaction, meeting_id: str, *, person: Person) -> Desk:
    found = await drafting.desk(db, meeting_id, person=person, held=True)
    if found.meeting.state in OVER:
        raise AlreadyEnded
    return found


async def _close_room(db: Transaction, meeting: Meeting, *, action: str, person: Person, now: datetime) -> None:
    places = [attendance.id for attendance in await register.attendances(db, meeting.id)]
    await sessions.meeting_over(db, places, now=now)
    for topic in ("floor", "doors", "media"):
        db.ring(f"{topic}:{meeting.id}")
    await audit.note(db, person, action, f"meeting:{meeting.id}", case_id=meeting.case_id, now=now)


async def seal(db: Transaction, office: Office, meeting_id: str, *, person: Person, now: datetime) -> SealedRecord:
    """The record is sealed: nothing in it changes any more, and its papers, in two sizes, are asked for.

    The date of agreement is the day in London of the last yes; every date in it counts from there. Sealed again, it is
    the same record. NotAllConfirmed and OldVersion while a party's yes to these very words is missing; StillGoing
    before the meeting has ended.
    """
    found = await drafting.desk(db, meeting_id, person=person, held=True)
    already = await archive.record_of(db, meeting_id)
    if already is not None:
        return already
    if found.meeting.state is not MeetingState.CONCLUDED:
        raise StillGoing
    sheet = _sent(found.newest)
    seats = await drafting.parties(db, found.meeting)
    agreement = agreed(sheet.words, await drafts.marks(db, sheet), [seat.id for seat in seats])
    sealed = _record(db, sheet, agreement, person=person, now=now)
    await archive.enter_record(db, sealed)
    await file.move_matter(db, found.matter, Event.SEALED, agreed_on=agreement.agreed_on, person=person, now=now)
    await _ask_for_papers(db, office, found, agreement=agreement, sealed=sealed, seats=seats)
    await audit.note(db, person, "record.seal", f"record:{sealed.id}", case_id=sealed.case_id, now=now)
    return sealed


def _sent(newest: Sheet | None) -> Sheet:
    if newest is None:
        raise NothingAgreed
    if newest.sent_at is None:
        raise OldVersion("The record was changed after it was sent. Send this version to everyone first.")
    return newest


def _record(db: Transaction, sheet: Sheet, agreement: Agreement, *, person: Person, now: datetime) -> SealedRecord:
    record_id = new_id()
    return SealedRecord(
        id=record_id,
        case_id=sheet.case_id,
        meeting_id=sheet.meeting_id,
        draft_id=sheet.id,
        agreed_on=agreement.agreed_on,
        hash=agreement.hash,
        check_code=certificate.check_code(db.digest(f"record:{record_id}")),
        sealed_at=now,
        sealed_by=person.account_id or "",
    )


async def _ask_for_papers(
    db: Transaction, office: Office, found: Desk, *, agreement: Agreement, sealed: SealedRecord, seats: Sequence[Seat]
) -> None:
    facts = await record_facts.gather(
        db, found, agreement=agreement, seats=seats, house=office.house, sealed_at=sealed.sealed_at
    )
    for kind in (PaperKind.RECORD, PaperKind.RECORD_LARGE):
        await prints.ask(
            db,
            kind,
            source_id=sealed.id,
            case_id=sealed.case_id,
            readers={seat.side for seat in seats},
            words=layout.record(facts, large=kind is PaperKind.RECORD_LARGE),
            now=sealed.sealed_at,
        )
