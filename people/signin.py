"""Act: staff sign in: work email, a link and a code, and from the second time on a second proof."""

import contextlib
from dataclasses import dataclass
from datetime import datetime

from database.engine import Transaction
from database.ids import new_id
from notifications import messages, posting
from notifications.posting import Recipient
from notifications.wording import Office
from people import accounts, audit, challenges, sessions, throttle
from people.access import Person
from people.accounts import Account
from people.challenges import Challenge

PURPOSE = "staff"
ASKS_AN_HOUR = 30  # from one browser, whatever address it asks for
ENTRIES_AN_HOUR = 60  # codes typed in one browser, right or wrong
NO_CODE = "none"


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """The secret of a fresh session; `pending` until a second proof is shown."""

    secret: str
    pending: bool
    enrolled: bool


def as_person(account: Account, *, proof: str) -> Person:
    """The account as who asks."""
    return Person(kind="staff", account_id=account.id, name=account.name, roles=account.roles, proof=proof)


async def ask(db: Transaction, office: Office, email: str, *, browser: str, now: datetime) -> None:
    """If the address is that of somebody who works here, a link and a code are on their way to it.

    TooMany after three codes in ten minutes, or ten in a day, for one address, known or not. Everything is done for an
    unknown address that is done for a known one, and the mail is undone: answer and time tell nothing (A9).
    """
    await throttle.count(db, f"ask:{browser}", most=ASKS_AN_HOUR, seconds=3600, now=now)
    address = accounts.email_digest(db, email)
    for most, seconds in challenges.SENDINGS:
        await throttle.count(db, f"code:{address}:{seconds}", most=most, seconds=seconds, now=now)
    stand_in = await accounts.anybody(db)
    account = await accounts.by_email(db, email)
    known = account is not None and account.active
    to = account if known else stand_in
    subject = account.id if account is not None and known else new_id()
    made = await challenges.make(db, purpose=PURPOSE, subject=subject, browser=browser, now=now)
    with contextlib.suppress(_Undone):
        async with db.savepoint():
            if to is not None:
                await _send(db, office, made, to=to, now=now)
            if not known:
                raise _Undone


class _Undone(Exception):  # noqa: N818 - it names what is to happen
    """What was written for the stand-in of an unknown address is taken back."""


async def _send(db: Transaction, office: Office, made: Challenge, *, to: Account, now: datetime) -> None:
    letter = messages.staff_code(
        challenge_id=made.id,
        code=made.code,
        link=office.house.address("/sign-in/code"),
        expires_at=made.expires_at,
    )
    recipient = Recipient(email=to.email, name=to.name, key_id=to.key_id, account_id=to.id)
    await posting.post(db, office, letter, to=recipient, now=now)
    await audit.note(db, as_person(to, proof=""), "signin.code_sent", f"account:{to.id}", now=now)


async def enter(
    db: Transaction, code: str, *, browser: str, device: str, second_factor_required: bool, now: datetime
) -> SignedIn | None:
    """A session for the right code; None for a wrong, old or unknown one, and that try is kept.

    TooMany after sixty codes an hour in one browser. A try is counted whatever it was, so that each takes as long.
    """
    await throttle.count(db, f"enter:{browser}", most=ENTRIES_AN_HOUR, seconds=3600, now=now)
    challenge = await challenges.open_for(db, purpose=PURPOSE, browser=browser, subject=None, now=now)
    subject = await challenges.use(db, challenge or NO_CODE, code, now=now)
    account = await accounts.by_id(db, subject) if subject else None
    if account is None or not account.active:
        return None
    # The very first time there is no second proof to show yet; the page after it asks to set one up.
    first_time = account.first_signed_in_at is None
    pending = second_factor_required and not first_time
    if first_time:
        await accounts.change(db, account.id, first_signed_in_at=now)
    secret = await sessions.open_staff(db, account.id, second_factor=not pending, device=device, now=now)
    await audit.note(db, as_person(account, proof="mail"), "signin.entered", f"account:{account.id}", now=now)
    return SignedIn(secret=secret, pending=pending, enrolled=account.has_second_factor)


async def sign_out(db: Transaction, session_id: str, *, person: Person, now: datetime) -> None:
    """The session is over on the server; that is noted once, however often it is asked for at one instant."""
    if await sessions.end_staff(db, session_id, now=now):
        await audit.note(db, person, "signin.left", f"account:{person.account_id}", now=now)
