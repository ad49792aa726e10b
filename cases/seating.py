"""Act: who takes part in a case: a person is given a seat, its facts are corrected, or it is taken back."""

from datetime import datetime

from cases import file, work
from cases.dossier import CaseFile, NewSeat, Seat
from database.engine import Transaction
from people import audit, links, sessions
from people.access import NotFound, Person, require


async def _case(db: Transaction, case_id: str, person: Person) -> CaseFile:
    case = await file.load_case(db, case_id)
    require(person, "seat.change", relation=await work.relation(db, person, case.id))
    return case


async def _seat(db: Transaction, seat_id: str, person: Person) -> tuple[CaseFile, Seat]:
    seat = await file.load_seat(db, seat_id)
    if seat.revoked_at is not None:
        raise NotFound
    return await _case(db, seat.case_id, person), seat


async def add(db: Transaction, case_id: str, new: NewSeat, *, person: Person, now: datetime) -> Seat:
    """This person has a seat in the case, and a link to it; nobody is written to."""
    case = await _case(db, case_id, person)
    seat = await file.add_seat(db, case, new, now=now)
    await links.make(db, seat_id=seat.id, case_id=case.id, now=now)
    await audit.note(db, person, "seat.add", f"seat:{seat.id}", case_id=case.id, now=now)
    return seat


async def edit(db: Transaction, seat_id: str, changed: NewSeat, *, person: Person, now: datetime) -> Seat:
    """The seat holds what is given, in place of what it held; a new address begins with no open session."""
    case, before = await _seat(db, seat_id, person)
    seat = await file.edit_seat(db, case, seat_id, changed)
    if seat.email != before.email:
        await sessions.end_all_of_seat(db, seat_id, now=now)
    await audit.note(db, person, "seat.edit", f"seat:{seat_id}", case_id=case.id, now=now)
    return seat


async def revoke(db: Transaction, seat_id: str, *, person: Person, now: datetime) -> None:
    """The seat loses everything at once: its links lead nowhere and its sessions are over."""
    case, _ = await _seat(db, seat_id, person)
    await file.revoke_seat(db, seat_id, now=now)
    await links.revoke(db, seat_id, now=now)
    await sessions.end_all_of_seat(db, seat_id, now=now)
    await audit.note(db, person, "seat.revoke", f"seat:{seat_id}", case_id=case.id, now=now)
