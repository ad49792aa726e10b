"""Act: a letter about a case goes to a seat, to a member of staff, or to the coordinators, each for themselves."""

from datetime import datetime

from cases.dossier import CaseFile, Seat
from database.engine import Transaction
from notifications.letters import Letter
from notifications.posting import Recipient, post
from notifications.wording import Office
from people import accounts, links
from people.access import NotFound
from people.accounts import Account
from people.roles import Role


def seat_page(office: Office, locator: str) -> str:
    """The address that asks the holder of a seat for a code; opening it changes nothing."""
    return office.house.address(f"/j/{locator}")


def desk_page(office: Office, case_id: str) -> str:
    """The address of a case for staff, behind their sign-in."""
    return office.house.address(f"/desk/case/{case_id}")


def day_page(office: Office) -> str:
    """The address of a mediator's own day, behind their sign-in."""
    return office.house.address("/mediator")


def recipient(case: CaseFile, seat: Seat) -> Recipient | None:
    """How the seat is written to; None for a person without an address, whom somebody rings or writes to by post."""
    if seat.email is None or seat.revoked_at is not None:
        return None
    return Recipient(
        email=seat.email,
        name=seat.name,
        greeting=seat.greeting,
        key_id=case.key_id,
        case_id=case.id,
        seat_id=seat.id,
    )


def staff_recipient(case: CaseFile, account: Account) -> Recipient:
    """How a member of staff is written to about a case; the message is kept with the case."""
    return Recipient(email=account.email, name=account.name, key_id=case.key_id, case_id=case.id, account_id=account.id)


async def own_page(db: Transaction, office: Office, seat: Seat, *, now: datetime) -> str:
    """The address of the seat's own page; a link is made where the seat has none."""
    link = await links.of_seat(db, seat.id)
    if link is not None and link.works(now):
        return seat_page(office, link.locator)
    return seat_page(office, await links.make(db, seat_id=seat.id, case_id=seat.case_id, now=now))


async def to_seat(
    db: Transaction, office: Office, letter: Letter, *, case: CaseFile, seat: Seat, now: datetime
) -> str | None:
    """The letter is in the outbox; None when this person has no address to write to."""
    to = recipient(case, seat)
    return None if to is None else await post(db, office, letter, to=to, now=now)


async def to_staff(
    db: Transaction, office: Office, letter: Letter, *, case: CaseFile, account_id: str, now: datetime
) -> str:
    """The letter to a member of staff is in the outbox, kept with the case that it is about."""
    account = await accounts.by_id(db, account_id)
    if account is None:
        raise NotFound
    return await post(db, office, letter, to=staff_recipient(case, account), now=now)


async def to_coordinators(
    db: Transaction, office: Office, letter: Letter, *, case: CaseFile, now: datetime
) -> list[str]:
    """The letter is in the outbox once for each coordinator."""
    coordinators = await accounts.all_with_role(db, Role.COORDINATOR)
    return [await to_staff(db, office, letter, case=case, account_id=account.id, now=now) for account in coordinators]
