"""Edge: how far messages have come and whom they were for, as the coordinators' pages list them; never their words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cases import file
from cases.dossier import CaseFile, Seat
from database.engine import Transaction
from notifications.outbox import Posted
from notifications.retries import State
from pages.coordinator.desk_words import Tag, message_word, moment_word, phone_word
from people import accounts


@dataclass(frozen=True, kw_only=True)
class Line:
    """One message: what it is, whom it was for, and how it stands."""

    id: str
    what: str
    name: str
    phone: str | None
    case_id: str | None
    number: str
    created_at: datetime
    reason: str
    state: Tag


def state_of(message: Posted) -> Tag:
    """How far a message has come. That the mail server took it is all that anybody can know."""
    if message.state is State.SENT and message.sent_at is not None:
        return "done", f"Sent {moment_word(message.sent_at)}"
    if message.state is State.FAILED:
        return ("wait", "Dealt with by hand") if message.dealt_with_at else ("failed", "Did not arrive")
    if message.state is State.HELD:
        return "wait", "Held back"
    if message.attempt and message.error:
        return "tight", f"Tried {message.attempt} times, again {moment_word(message.next_at)}"
    return "wait", "On its way"


async def _seats(db: Transaction, messages: Sequence[Posted]) -> dict[str, Seat]:
    wanted = {message.seat_id for message in messages if message.seat_id}
    return {seat_id: await file.load_seat(db, seat_id) for seat_id in sorted(wanted)}


def _line(message: Posted, *, seat: Seat | None, name: str, case: CaseFile | None) -> Line:
    return Line(
        id=message.id,
        what=message_word(message.kind),
        name=seat.name if seat else name,
        phone=phone_word(seat.phone) if seat else None,
        case_id=case.id if case else None,
        number=case.number if case else "",
        created_at=message.created_at,
        reason=message.error or "",
        state=state_of(message),
    )


async def lines(db: Transaction, messages: Sequence[Posted]) -> list[Line]:
    """Each message with its person, the number to ring, and its case."""
    cases = await file.load_cases(db, sorted({message.case_id for message in messages if message.case_id}))
    seats = await _seats(db, messages)
    names: dict[str, str] = {one.id: one.name for one in await accounts.everybody(db)}
    return [
        _line(
            message,
            seat=seats.get(message.seat_id or ""),
            name=names.get(message.account_id or "", "the family" if message.case_id else "a colleague"),
            case=cases.get(message.case_id or ""),
        )
        for message in messages
    ]
