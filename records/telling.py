"""Act: the people of a side are written to about a paper, each alone, with the address of their own door."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime

from cases import file, mailing
from cases.case import Side, Standing
from cases.dossier import CaseFile, Seat
from database.engine import Transaction
from notifications.letters import Letter
from notifications.wording import Office
from people import links
from people.roles import PARTIES


def principals(seats: Iterable[Seat]) -> Sequence[Seat]:
    """Those who speak and decide for a side that is a party, and whose seat was not taken back."""
    return [
        seat
        for seat in seats
        if seat.standing is Standing.PRINCIPAL and seat.party in PARTIES and seat.revoked_at is None
    ]


async def principals_of(db: Transaction, case_id: str, sides: Collection[str]) -> Sequence[Seat]:
    """The principals of these sides in a case."""
    return [seat for seat in principals(await file.seats_of(db, case_id)) if seat.side in sides]


async def family_of(db: Transaction, case_id: str) -> Sequence[Seat]:
    """The principals of the family."""
    return await principals_of(db, case_id, {Side.FAMILY})


async def tell(
    db: Transaction,
    office: Office,
    case: CaseFile,
    *,
    seats: Iterable[Seat],
    letter: Callable[[str], Letter],
    now: datetime,
) -> int:
    """Each of these people who has an address is written to once, with their own link: how many.

    Whoever cannot be written to is left to be rung: their page shows the same paper.
    """
    written = [seat for seat in seats if seat.email]
    for seat in written:
        link = await links.of_seat(db, seat.id)
        locator = link.locator if link else await links.make(db, seat_id=seat.id, case_id=case.id, now=now)
        page = mailing.seat_page(office, locator)
        await mailing.to_seat(db, office, letter(page), case=case, seat=seat, now=now)
    return len(written)
