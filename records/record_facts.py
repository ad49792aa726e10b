"""Act: what a record says beside its words, gathered as it is sealed: sittings, parties, and who said yes."""

from collections.abc import Sequence
from datetime import datetime

from cases.case import Side
from cases.dossier import CaseFile, Seat
from database.engine import Transaction
from meetings import register, venue_list
from meetings.meeting import MeetingState, Mode
from meetings.register import Meeting
from notifications.house import House
from people import accounts
from records.agreement import Agreement, Draft
from records.drafting import Desk
from records.layout import RecordFacts, Sitting

HELD = frozenset({MeetingState.ADJOURNED, MeetingState.CONCLUDED})
BODIES = (Side.COUNCIL, Side.HEALTH)  # bound by regulation 42; what others take on is a promise


async def gather(
    db: Transaction, found: Desk, *, agreement: Agreement, seats: Sequence[Seat], house: House, sealed_at: datetime
) -> RecordFacts:
    """The facts of this meeting's record, as its paper freezes them."""
    mediator, staff = await _name(db, found.meeting.mediator_id), {}
    if found.meeting.co_mediator_id is not None:  # who may have been witness of a yes
        staff[found.meeting.co_mediator_id] = await _name(db, found.meeting.co_mediator_id)
    meetings = await register.of_matter(db, found.meeting.matter_id)
    held = [each for each in meetings if each.state in HELD and each.starts <= found.meeting.starts]
    return RecordFacts(
        number=found.case.number,
        agreement=agreement,
        sittings=tuple([await _sitting(db, each) for each in held]),
        subject=found.case.child.full_name,
        parties=_parties(found.case, agreement.draft, seats),
        also_agreed=_others(agreement.draft, seats),
        mediator=mediator,
        sealed_at=sealed_at,
        names=_names(seats) | staff | {found.meeting.mediator_id: mediator},
        house=house,
    )


async def _name(db: Transaction, account_id: str) -> str:
    account = await accounts.by_id(db, account_id)
    return account.name if account else ""


async def _sitting(db: Transaction, meeting: Meeting) -> Sitting:
    place = "online"
    if meeting.mode is Mode.IN_PERSON and meeting.venue_id:
        place = f"in person, {(await venue_list.by_id(db, meeting.venue_id)).venue.name}"
    return Sitting(starts=meeting.opened_at or meeting.starts, ends=meeting.ended_at or meeting.ends, place=place)


def body(draft: Draft, side: Side) -> str:
    """The body of a side, as the actions name it; else the side in plain words."""
    named = [line.owner_body for line in draft.lines if line.owner_side is side]
    return named[0] if named else side.words[:1].upper() + side.words[1:]


def _parties(case: CaseFile, draft: Draft, seats: Sequence[Seat]) -> tuple[str, ...]:
    family = [f"{seat.name} ({seat.title.lower()})" for seat in seats if seat.side is Side.FAMILY]
    sides = {seat.side for seat in seats}
    bodies = {Side.COUNCIL: case.council, Side.HEALTH: body(draft, Side.HEALTH)}
    return (*family, *(bodies[side] for side in BODIES if side in sides))


def _others(draft: Draft, seats: Sequence[Seat]) -> tuple[str, ...]:
    sides = {seat.side: None for seat in seats if seat.side not in {Side.FAMILY, *BODIES}}
    return tuple(body(draft, side) for side in sides)


def _names(seats: Sequence[Seat]) -> dict[str, str]:
    return {seat.id: _named(seat) for seat in seats}


def _named(seat: Seat) -> str:
    if seat.side is Side.FAMILY:
        return f"{seat.name}, {seat.title.lower()}"
    return f"{seat.name}{seat.after_name}, for {seat.side.words}"
