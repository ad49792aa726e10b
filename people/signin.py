"""Act: staff sign in: work email, a link and a code, and from the second time on a second proof."""

from dataclasses import dataclass
from datetime import datetime

from database.engine import Transaction
from notifications import messages, posting
from notifications.posting import Recipient
from notifications.wording import Office
from people import accounts, audit, challenges, sessions, throttle
from people.access import Person
from people.accounts import Account

PURPOSE = "staff"
ASKS_AN_HOUR = 30  # from one browser, whatever address it asks for


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
    """If the address is that of somebody who works here, a link and a code are on their way to it."""
    await throttle.count(db, f"ask:{browser}", most=ASKS_AN_HOUR, seconds=3600, now=now)
    account = await accounts.by_email(db, email)
    if account is None or not account.active:
        return
    for most, seconds in challenges.SENDINGS:
        await throttle.count(db, f"code:{account.id}:{seconds}", most=most, seconds=seconds, now=now)
    made = await challenges.make(db, purpose=PURPOSE, subject=account.id, browser=browser, now=now)
    letter = messages.staff_code(
        challenge_id=made.id,
        code=made.code,
        link=office.house.address("/sign-in/code"),
        expires_at=made.expires_at,
    )
    to = Recipient(email=account.email, name=account.name, key_id=account.key_id, account_id=account.id)
    await posting.post(db, office, letter, to=to, now=now)
    await audit.note(db, as_person(account, proof=""), "signin.code_sent", f"account:{account.id}", now=now)


async def enter(
    db: Transaction, code: str, *, browser: str, device: str, second_factor_required: bool, now: datetime
) -> SignedIn | None:
    """A session for the right code; None for a wrong, old or unknown one, and that try is kept."""
    challenge = await challenges.open_for(db, purpose=PURPOSE, browser=browser, subject=None, now=now)
    subject = await challenges.use(db, challenge, code, now=now) if challenge else None
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
    """The session is over on the server."""
    await sessions.end_staff(db, session_id, now=now)
    await audit.note(db, person, "signin.left", f"account:{person.account_id}", now=now)
