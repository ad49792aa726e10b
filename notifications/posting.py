"""Act: a letter becomes a message in the outbox, in the transaction of what caused it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from database.engine import Transaction
from database.ids import new_id
from notifications import entries, envelope
from notifications.entries import Entry
from notifications.envelope import Mailbox
from notifications.letters import Letter
from notifications.plain import address
from notifications.wording import Office

TOKEN_LENGTH = 24


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """One person, and the key under which what we send them is kept. `greeting` is how they are called; else `name`."""

    email: str
    name: str
    key_id: str
    case_id: str | None = None
    seat_id: str | None = None
    account_id: str | None = None
    greeting: str = ""


def reply_address(db: Transaction, office: Office, uid: str) -> str:
    """The organiser's address in one person's invitation; its token can be made again from the UID, but only by us."""
    return office.reply_address(db.digest(f"reply:{uid}")[:TOKEN_LENGTH])


async def post(db: Transaction, office: Office, letter: Letter, *, to: Recipient, now: datetime) -> str:
    """The letter is in the outbox once for this recipient, in its final bytes; the id of its message.

    Posted again, it is the same message. AddressNotUsable when no mail could be addressed so.
    """
    return (await post_all(db, office, [(letter, to)], now=now))[0]


async def post_all(
    db: Transaction, office: Office, letters: Sequence[tuple[Letter, Recipient]], *, now: datetime
) -> list[str]:
    """Each of these letters likewise, all of them together: the ids of their messages."""
    fresh = [_entry(office, letter, key=_key(db, letter, to), to=to, now=now) for letter, to in letters]
    posted = await entries.enter(db, fresh, now=now)
    db.ring("outbox")
    return [posted[entry.key] for entry in fresh]


def _key(db: Transaction, letter: Letter, to: Recipient) -> str:
    return f"{letter.key}:{to.seat_id or to.account_id or db.digest(to.email.casefold())[:TOKEN_LENGTH]}"


def _entry(office: Office, letter: Letter, *, key: str, to: Recipient, now: datetime) -> Entry:
    row_id, calendar = new_id(), letter.calendar
    return Entry(
        id=row_id,
        key=key,
        kind=letter.kind,
        case_id=to.case_id,
        seat_id=to.seat_id,
        account_id=to.account_id,
        key_id=to.key_id,
        to=address(to.email),
        raw=_raw(office, letter, row_id=row_id, to=to, now=now),
        message_id=envelope.message_id(row_id, office.reply_domain),
        method=calendar.method if calendar else None,
        uid=calendar.uid if calendar else None,
        sequence=calendar.sequence if calendar else None,
        once=letter.once,
        useless_after=letter.useless_after,
    )


def _raw(office: Office, letter: Letter, *, row_id: str, to: Recipient, now: datetime) -> bytes:
    hello = "" if letter.nameless else to.greeting or to.name
    sender = office.sender
    if letter.calendar:  # an organiser who is not the sender is shown as unknown (libraries.md 3.3)
        sender = Mailbox(name=office.house.name, address=letter.calendar.organizer)
    return envelope.seal(
        row_id=row_id,
        domain=office.reply_domain,
        sender=sender,
        to=Mailbox(name="" if letter.nameless else to.name, address=to.email),
        words=office.wording.put(letter.kind, {**letter.facts, "hello": hello}),
        calendar=letter.calendar,
        written_at=now,
    )
