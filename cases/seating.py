"""Act: who takes part in a case: a person is given a seat, its facts are corrected, or it is taken back."""

from datetime import datetime

from cases import file, work
from cases.case import Side, Standing
from cases.dossier import CaseFile, NewSeat, Seat
from database.engine import Transaction
from database.refusal import Refusal
from people import audit, links, sessions
from people.access import NotFound, Person, require


class LastOfTheirSide(Refusal):
    """Somebody must stand for the family, and somebody for the council. Add the other person first, then come back."""


async def _case(db: Transaction, case_id: str, person: Person) -> CaseFile:
    case = await file.load_case(db, case_id)
    require(person, "seat.change", relation=await work.relation(db, person, case.id))
    return case


async def _seat(db: Transaction, seat_id: str, person: Person) -> tuple[CaseFile, Seat]:
    seat = await file.load_seat(db, seat_id)
    if seat.revoked_at is not None:
        raise NotFound
    return await _case(db, seat.case_id, person), seat


async def _still_stood_for(db: Transaction, seat: Seat) -> None:
    """LastOfTheirSide where without this seat nobody would stand for the family or for the council."""
    if seat.standing is not Standing.PRINCIPAL or seat.side not in (Side.FAMILY, Side.COUNCIL):
        return
    others = [each for each in await file.seats_of(db, seat.case_id) if each.id != seat.id]
    if not any(each.side is seat.side and each.standing is Standing.PRINCIPAL for each in others):
        raise LastOfTheirSide


async def add(db: Transaction, case_id: str, new: NewSeat, *, person: Person, now: datetime) -> Seat:
    """This person has a seat in the case, and a link to it; nobody is written to."""
    case = await _case(db, case_id, person)
    seat = await file.add_seat(db, case, new, now=now)
    await links.make(db, seat_id=seat.id, case_id=case.id, now=now)
    await audit.note(db, person, "seat.add", f"seat:{seat.id}", case_id=case.id, now=now)
    return seat


async def edit(db: Transaction, seat_id: str, changed: NewSeat, *, person: Person, now: datetime) -> Seat:
    """The seat holds what is given, in place of what it held; a new address begins with no open session.

    LastOfTheirSide where it stood alone for the family or the council, and no longer would.
    """
    case, before = await _seat(db, seat_id, person)
    if (changed.side, changed.standing) != (before.side, before.standing):
        await _still_stood_for(db, before)
    seat = await file.edit_seat(db, case, seat_id, changed=changed)
    if seat.email != before.email:
        await sessions.end_all_of_seat(db, seat_id, now=now)
    await audit.note(db, person, "seat.edit", f"seat:{seat_id}", case_id=case.id, now=now)
    return seat


async def revoke(db: Transaction, seat_id: str, *, person: Person, now: datetime) -> None:
    """The seat loses everything at once: its links lead nowhere and its sessions are over.

    LastOfTheirSide where it stands alone for the family or the council.
    """
    case, seat = await _seat(db, seat_id, person)
    await _still_stood_for(db, seat)
    await file.revoke_seat(db, seat_id, now=now)
    await links.revoke(db, seat_id, now=now)
    await sessions.end_all_of_seat(db, seat_id, now=now)
    await audit.note(db, person, "seat.revoke", f"seat:{seat_id}", case_id=case.id, now=now)
