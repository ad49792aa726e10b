"""Act: a side says what it thinks of a version: yes, other words please, or not agreed. Silence is none of them.

A mark binds to the hash of the text that was on the screen or was read aloud. It counts for that version alone, and
can be changed until the record is sealed (domain 4.3; reliability C5).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cases import file
from cases.case import Standing
from cases.dossier import CaseFile, Seat
from cases.states import Event
from database.engine import Transaction
from database.refusal import Refusal
from meetings import register
from meetings.register import Meeting
from people import access, audit
from people.access import NotFound, Person, Relation
from people.proofs import Shown, ask_code, short_of
from records import archive, drafting, drafts
from records.agreement import Channel, Confirmation, Mark, OldVersion, accepted, standing
from records.drafting import AlreadySealed
from records.drafts import Sheet


class NotYourMark(Refusal):
    """Only the people who speak and decide for a side at this meeting can answer for it."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One party, and what it says to the newest version, if it has said anything."""

    seat: Seat
    mark: Confirmation | None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What one party has before it: a version, what it has said to it, and whether it can still say something."""

    sheet: Sheet
    case: CaseFile
    meeting: Meeting
    mine: Confirmation | None
    newest: bool
    sealed: bool

    @property
    def open(self) -> bool:
        """Whether an answer can be given or changed."""
        return self.newest and not self.sealed


async def answers(db: Transaction, meeting: Meeting, sheet: Sheet) -> Sequence[Answer]:
    """What every party says to this version, in the order of their seats."""
    said = standing(sheet.words, await drafts.marks(db, sheet))
    return [Answer(seat=seat, mark=said.get(seat.id)) for seat in await drafting.parties(db, meeting)]


async def confirm(
    db: Transaction,
    draft_id: str,
    *,
    seat_id: str,
    mark: Mark,
    words: str | None = None,
    shown_hash: str,
    channel: Channel = Channel.ONLINE,
    witness: str | None = None,
    person: Person,
    now: datetime,
) -> Confirmation:
    """This seat has said this to this version, in place of what it said before.

    By its own link the person is the seat's holder, who typed a code; what is said is the mediator's, as witness.
    OldVersion when the record was changed after it was read, AlreadySealed once it is sealed, NotYourMark for a seat
    that is no party, WordsMissing and WitnessMissing where the mark needs them.
    """
    meeting_id = (await drafts.load(db, draft_id)).meeting_id
    meeting = await register.load(db, meeting_id, held=True)
    sheet = await drafts.load(db, draft_id)
    _may_mark(person, meeting, seat_id=seat_id, channel=channel, witness=witness)
    if seat_id not in {seat.id for seat in await drafting.parties(db, meeting)}:
        raise NotYourMark
    await _still_open(db, sheet)
    said = Confirmation(
        seat=seat_id,
        mark=mark,
        version=sheet.version,
        hash=shown_hash,
        channel=channel,
        at=now,
        words=(words or "").strip() or None if mark is not Mark.YES else None,
        witness=witness if channel.witnessed else None,
    )
    await drafts.put_mark(db, sheet, accepted(sheet.words, said))
    await drafting.note(db, await file.load_matter(db, meeting.matter_id), Event.CONFIRMED, person=person, now=now)
    await audit.note(db, person, f"draft.{mark}", f"draft:{sheet.id}", case_id=sheet.case_id, now=now)
    return said


def _may_mark(person: Person, meeting: Meeting, *, seat_id: str, channel: Channel, witness: str | None) -> None:
    if channel.witnessed:
        mine = drafting.relation(meeting, person) if witness in {None, person.account_id} else Relation.NONE
        access.require(person, "draft.write", relation=mine)
        return
    own = person.kind == "seat" and person.seat_id == seat_id and person.case_id == meeting.case_id
    access.require(person, "draft.confirm", relation=Relation.OWN if own else Relation.OTHER_SIDE)
    ask_code(person)


async def _still_open(db: Transaction, sheet: Sheet) -> None:
    if await archive.record_of(db, sheet.meeting_id) is not None:
        raise AlreadySealed
    newest = await drafts.newest(db, sheet.meeting_id)
    if sheet.sent_at is None or newest is None or newest.id != sheet.id:
        raise OldVersion


async def read(db: Transaction, draft_id: str, *, person: Person, now: datetime) -> Reading:
    """A version as the holder of a seat reads it; the view is noted. NotFound unless it was sent, and to them."""
    sheet = await drafts.load(db, draft_id)
    meeting = await register.load(db, sheet.meeting_id)
    own = person.kind == "seat" and person.case_id == sheet.case_id
    access.require(person, "draft.confirm", relation=Relation.OWN if own else Relation.OTHER_SIDE)
    ask_code(person)
    seats = {seat.id for seat in await drafting.parties(db, meeting)}
    if sheet.sent_at is None or person.seat_id not in seats:
        raise NotFound
    said = standing(sheet.words, await drafts.marks(db, sheet))
    newest = await drafts.newest(db, sheet.meeting_id)
    await audit.note(db, person, "draft.read", f"draft:{sheet.id}", case_id=sheet.case_id, now=now)
    return Reading(
        sheet=sheet,
        case=await file.load_case(db, sheet.case_id),
        meeting=meeting,
        mine=said.get(person.seat_id or ""),
        newest=newest is not None and newest.id == sheet.id,
        sealed=await archive.record_of(db, sheet.meeting_id) is not None,
    )


async def asked_of(db: Transaction, person: Person) -> Sequence[Sheet]:
    """The versions that wait for an answer of this seat, the newest first: what its own page shows as the next step."""
    return [sheet for sheet, answered in await _open_to(db, person) if not answered]


async def answered_by(db: Transaction, person: Person) -> Sequence[Sheet]:
    """The versions that this seat has answered, while the answer can still be changed."""
    return [sheet for sheet, answered in await _open_to(db, person) if answered]


async def _open_to(db: Transaction, person: Person) -> Sequence[tuple[Sheet, bool]]:
    """The versions that this seat is asked about and that are not sealed, each with whether it has answered."""
    if person.kind != "seat" or person.case_id is None or short_of(person, Shown.CODE):
        return []
    seat = await file.load_seat(db, person.seat_id or "")
    if seat.standing is not Standing.PRINCIPAL:
        return []
    sheets = [one for one in await drafts.newest_of_case(db, person.case_id) if await _asks(db, one, seat.id)]
    return [(sheet, seat.id in standing(sheet.words, await drafts.marks(db, sheet))) for sheet in sheets]


async def _asks(db: Transaction, sheet: Sheet, seat_id: str) -> bool:
    if sheet.sent_at is None or await archive.record_of(db, sheet.meeting_id) is not None:
        return False
    meeting = await register.load(db, sheet.meeting_id)
    return seat_id in {seat.id for seat in await drafting.parties(db, meeting)}
