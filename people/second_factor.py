"""Act: the second proof of staff: an authenticator app (TOTP, RFC 6238) or a passkey (WebAuthn).

Each step of an app works once, one step early or late. A wrong one costs a try of five in ten minutes. Each proof
shown gives the session a fresh secret. Whoever has a proof already shows it again, not longer than five minutes ago,
before it is changed (reliability 3.4). Whoever has none yet may set one up with the mailed code alone.
"""

import base64
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
import qrcode
import qrcode.image.svg

from database.engine import Transaction
from database.ids import same
from database.refusal import Refusal
from people import accounts, audit, passkeys, sessions, throttle
from people.access import NotFound, Person, require
from people.accounts import Account
from people.passkeys import PasskeyRefused, Place

__all__ = [
    "Confirmed",
    "Enrolment",
    "NotYourOwn",
    "PasskeyRefused",
    "ShowProofAgain",
    "WrongProof",
    "add_passkey",
    "confirm",
    "enrol",
    "passkey_options",
    "require_fresh",
    "reset",
    "show",
    "show_passkey",
]

STEP = timedelta(seconds=30)
FRESH = timedelta(minutes=5)
SECRET_BYTES = 20
MOST_TRIES, IN_SECONDS = 5, 600


class WrongProof(Refusal):
    """Those numbers did not work. Wait for the next ones in your app, and try again."""

    def __init__(self) -> None:
        super().__init__(field="code")


class ShowProofAgain(Refusal):
    """For this we ask for your second proof again: it was shown more than five minutes ago."""


class NotYourOwn(Refusal):
    """Another person must set you up again."""


@dataclass(frozen=True, kw_only=True)
class Enrolment:
    """What an app needs: the secret as text, and as a picture (SVG) to scan."""

    secret: str
    picture: str


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """The app is now the account's second proof; `secret` is the session's fresh one, if that was waiting for it."""

    secret: str | None


async def _account(db: Transaction, person: Person) -> Account:
    found = await accounts.by_id(db, person.account_id or "")
    if found is None:
        raise NotFound
    return found


def _picture(address: str) -> str:
    out = io.BytesIO()
    qrcode.make(address, image_factory=qrcode.image.svg.SvgPathImage, border=2).save(out)
    return out.getvalue().decode()


async def require_fresh(db: Transaction, person: Person, *, now: datetime) -> None:
    """Nothing, when the person's second proof was shown within five minutes, or they have none; else ShowProofAgain.

    NotFound for a session that waits for a proof which the account has: that is to be shown, not changed.
    """
    account = await _account(db, person)
    if not account.has_second_factor:
        return
    if person.pending:
        raise NotFound
    session = await sessions.staff_session_of(db, person.session_id)
    if session is None or session.stepped_up_at is None or session.stepped_up_at < now - FRESH:
        raise ShowProofAgain


async def _waiting(db: Transaction, person: Person) -> str:
    """The secret that this session may give to an app. It is derived, so that looking at it changes nothing."""
    session = await sessions.staff_session_of(db, person.session_id)
    if session is None:
        raise NotFound
    derived = db.digest(f"totp:{session.account_id}:{session.made_at.isoformat()}")
    return base64.b32encode(bytes.fromhex(derived)[:SECRET_BYTES]).decode()


async def enrol(db: Transaction, *, house: str, person: Person) -> Enrolment:
    """What an app is to be given; nothing changes until its first code comes."""
    account, secret = await _account(db, person), await _waiting(db, person)
    address = pyotp.TOTP(secret).provisioning_uri(name=account.email, issuer_name=house)
    return Enrolment(secret=secret, picture=_picture(address))


def _step(secret: str, code: str, *, now: datetime) -> int | None:
    """Which step of the app shows this code: the present one, or one beside it."""
    totp, present = pyotp.TOTP(secret), int(now.timestamp() // STEP.total_seconds())
    steps = [step for step in (present, present - 1, present + 1) if same(totp.generate_otp(step), code)]
    return steps[0] if steps else None


async def confirm(db: Transaction, code: str, *, person: Person, now: datetime) -> Confirmed | None:
    """The app is the account's second proof and its other sessions are over; None for wrong numbers, and that is kept.

    TooMany after five tries in ten minutes; ShowProofAgain where an older proof must be shown first.
    """
    await throttle.count(db, f"totp:{person.account_id}", most=MOST_TRIES, seconds=IN_SECONDS, now=now)
    await require_fresh(db, person, now=now)
    account, secret = await _account(db, person), await _waiting(db, person)
    step = _step(secret, code, now=now)
    if step is None:
        return None
    await accounts.keep_totp(db, account, secret, step=step, now=now)
    await sessions.end_all_of(db, account.id, but=person.session_id, now=now)
    await audit.note(db, person, "second_factor.app", f"account:{account.id}", now=now)
    return Confirmed(secret=await _let_through(db, person, now=now))


async def _let_through(db: Transaction, person: Person, *, now: datetime) -> str | None:
    return await sessions.step_up(db, person.session_id, now=now) if person.pending else None


async def show(db: Transaction, code: str, *, person: Person, now: datetime) -> str | None:
    """The fresh secret of the session, for the right code of a confirmed app; None for a wrong one, and it is kept."""
    account = await _account(db, person)
    await throttle.count(db, f"totp:{account.id}", most=MOST_TRIES, seconds=IN_SECONDS, now=now)
    secret = await accounts.totp_secret(db, account.id)
    step = _step(secret, code, now=now) if secret else None
    if step is None or not await accounts.use_step(db, account.id, step):
        return None
    await audit.note(db, person, "second_factor.shown", f"account:{account.id}", now=now)
    return await sessions.step_up(db, person.session_id, now=now)


async def passkey_options(
    db: Transaction, *, showing: bool, host: str, house: str, person: Person, now: datetime
) -> str:
    """What the browser needs, as JSON: to show a passkey of the account, or to make one.

    A session that waits for a proof the account has can only show one. ShowProofAgain before a key is made, where an
    older proof must be shown first: else the device would keep a key that we then refuse.
    """
    account, place = await _account(db, person), Place(host=host, origin="", house=house)
    known = [key.credential_id for key in await passkeys.of_account(db, account.id)]
    if account.has_second_factor and (person.pending or showing):
        asked = passkeys.ask_to_sign(known, place=place)
    else:
        await require_fresh(db, person, now=now)
        asked = passkeys.ask_to_make(known, place=place, account_id=account.id, email=account.email, name=account.name)
    await sessions.keep_challenge(db, person.session_id, asked.challenge)
    return asked.json


async def _challenge(db: Transaction, person: Person) -> str:
    kept = await sessions.take_challenge(db, person.session_id)
    if kept is None:
        raise PasskeyRefused
    return kept


async def add_passkey(
    db: Transaction, answer: Mapping[str, object], *, host: str, origin: str, person: Person, now: datetime
) -> str | None:
    """The browser's new passkey belongs to the account; the session's fresh secret, if that was waiting for a proof.

    PasskeyRefused when it does not answer our question, or is known already; ShowProofAgain where an older proof must
    be shown first. The account's other sessions are over.
    """
    await require_fresh(db, person, now=now)
    challenge, account_id = await _challenge(db, person), person.account_id or ""
    key = passkeys.read_made(answer, challenge=challenge, place=Place(host=host, origin=origin))
    if not await passkeys.add(db, account_id, key, label="Passkey", now=now):
        raise PasskeyRefused
    await sessions.end_all_of(db, account_id, but=person.session_id, now=now)
    await audit.note(db, person, "second_factor.passkey", f"account:{account_id}", now=now)
    return await _let_through(db, person, now=now)


async def show_passkey(
    db: Transaction, answer: Mapping[str, object], *, host: str, origin: str, person: Person, now: datetime
) -> str:
    """The fresh secret of the session, for a signature by a passkey of the account; PasskeyRefused for any other."""
    challenge, keys = await _challenge(db, person), await passkeys.of_account(db, person.account_id or "")
    place = Place(host=host, origin=origin)
    key, count = passkeys.read_signed(answer, keys=keys, challenge=challenge, place=place)
    await passkeys.used(db, key.id, sign_count=count, now=now)
    await audit.note(db, person, "second_factor.shown", f"account:{person.account_id}", now=now)
    return await sessions.step_up(db, person.session_id, now=now)


async def reset(db: Transaction, account_id: str, *, person: Person, now: datetime) -> None:
    """The account has no second proof and no session; its next sign-in sets one up again.

    NotYourOwn for one's own account: somebody who lost a phone, or stole one, cannot do it alone.
    """
    require(person, "accounts.change")
    if person.account_id == account_id:
        raise NotYourOwn
    await require_fresh(db, person, now=now)
    await passkeys.drop_all(db, account_id)
    await accounts.forget_totp(db, account_id)
    await sessions.end_all_of(db, account_id, now=now)
    await audit.note(db, person, "second_factor.reset", f"account:{account_id}", now=now)
