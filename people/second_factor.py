"""Act: the second proof of staff: an authenticator app (TOTP, RFC 6238) or a passkey (WebAuthn).

Each step of an app works once, one step early or late. A wrong one costs a try of five in ten minutes.
"""

import io
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
import qrcode
import qrcode.image.svg

from database.engine import Transaction
from database.refusal import Refusal
from people import accounts, audit, passkeys, sessions, throttle
from people.access import NotFound, Person, require
from people.accounts import Account

STEP = timedelta(seconds=30)
MOST_TRIES, IN_SECONDS = 5, 600


class WrongProof(Refusal):
    """Those numbers did not work. Wait for the next ones in your app, and try again."""

    def __init__(self) -> None:
        super().__init__(field="code")


class PasskeyRefused(Refusal):
    """That passkey did not work. Try again, or use your app."""


@dataclass(frozen=True, kw_only=True)
class Enrolment:
    """What an app needs: the secret as text, and as a picture (SVG) to scan."""

    secret: str
    picture: str


async def _account(db: Transaction, person: Person) -> Account:
    found = await accounts.by_id(db, person.account_id or "")
    if found is None:
        raise NotFound
    return found


def _picture(address: str) -> str:
    out = io.BytesIO()
    qrcode.make(address, image_factory=qrcode.image.svg.SvgPathImage, border=2).save(out)
    return out.getvalue().decode()


async def enrol(db: Transaction, *, house: str, person: Person) -> Enrolment:
    """The secret that waits for its first code, a fresh one if none waits; a confirmed app is not touched."""
    account = await _account(db, person)
    secret = None if account.has_totp else await accounts.totp_secret(db, account.id)
    if secret is None:
        secret = pyotp.random_base32()
        await accounts.keep_totp(db, account, secret)
    address = pyotp.TOTP(secret).provisioning_uri(name=account.email, issuer_name=house)
    return Enrolment(secret=secret, picture=_picture(address))


async def _right(db: Transaction, account: Account, code: str, *, now: datetime) -> bool:
    secret = await accounts.totp_secret(db, account.id)
    if secret is None:
        return False
    totp, at = pyotp.TOTP(secret), now.timestamp()
    for drift in (0, -1, 1):
        step = int(at // STEP.total_seconds()) + drift
        if pyotp.utils.strings_equal(totp.generate_otp(step), code):
            return await accounts.use_step(db, account.id, step)
    return False


async def confirm(db: Transaction, code: str, *, person: Person, now: datetime) -> bool:
    """Whether the app's first code was right; then the app is the account's second proof."""
    account = await _account(db, person)
    await throttle.count(db, f"totp:{account.id}", most=MOST_TRIES, seconds=IN_SECONDS, now=now)
    if not await _right(db, account, code, now=now):
        return False
    await accounts.change(db, account.id, totp_confirmed_at=now)
    await sessions.end_all_of(db, account.id, but=person.session_id, now=now)
    await audit.note(db, person, "second_factor.app", f"account:{account.id}", now=now)
    return True


async def show(db: Transaction, code: str, *, person: Person, now: datetime) -> str | None:
    """The fresh secret of the session, for the right code of a confirmed app; None for a wrong one, and it is kept."""
    account = await _account(db, person)
    await throttle.count(db, f"totp:{account.id}", most=MOST_TRIES, seconds=IN_SECONDS, now=now)
    if not account.has_totp or not await _right(db, account, code, now=now):
        return None
    await audit.note(db, person, "second_factor.shown", f"account:{account.id}", now=now)
    return await sessions.step_up(db, person.session_id, now=now)


async def passkey_options(db: Transaction, *, host: str, house: str, person: Person) -> str:
    """What the browser needs to make a passkey (when the session is not pending) or to use one, as JSON."""
    import webauthn
    from webauthn.helpers import bytes_to_base64url
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor, UserVerificationRequirement

    account = await _account(db, person)
    known = [PublicKeyCredentialDescriptor(id=key.credential_id) for key in await passkeys.of_account(db, account.id)]
    options: object
    if person.pending:
        options = webauthn.generate_authentication_options(
            rp_id=host,
            allow_credentials=known,
            user_verification=UserVerificationRequirement.REQUIRED,
        )
    else:
        options = webauthn.generate_registration_options(
            rp_id=host,
            rp_name=house,
            user_id=account.id.encode(),
            user_name=account.email,
            user_display_name=account.name,
            exclude_credentials=known,
        )
    challenge = bytes_to_base64url(options.challenge)
    await sessions.keep_challenge(db, person.session_id, challenge)
    return str(webauthn.options_to_json(options))


async def _challenge(db: Transaction, person: Person) -> bytes:
    from webauthn.helpers import base64url_to_bytes

    kept = await sessions.challenge_of(db, person.session_id)
    if kept is None:
        raise PasskeyRefused
    await sessions.keep_challenge(db, person.session_id, None)
    return base64url_to_bytes(kept)


async def add_passkey(
    db: Transaction, answer: dict[str, object], *, host: str, origin: str, person: Person, now: datetime
) -> None:
    """The browser's new passkey belongs to the account; PasskeyRefused when it is not an answer to our question."""
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    challenge = await _challenge(db, person)
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=host,
            expected_origin=origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as wrong:
        raise PasskeyRefused from wrong
    await passkeys.add(
        db,
        person.account_id or "",
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        label="Passkey",
        now=now,
    )
    await audit.note(db, person, "second_factor.passkey", f"account:{person.account_id}", now=now)


def _raw_id(answer: dict[str, object]) -> bytes:
    from webauthn.helpers import base64url_to_bytes

    try:
        return base64url_to_bytes(str(answer.get("rawId", "")))
    except ValueError as wrong:
        raise PasskeyRefused from wrong


async def show_passkey(
    db: Transaction, answer: dict[str, object], *, host: str, origin: str, person: Person, now: datetime
) -> str:
    """The fresh secret of the session, for a signature by one of the account's passkeys."""
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    challenge = await _challenge(db, person)
    mine = {key.credential_id: key for key in await passkeys.of_account(db, person.account_id or "")}
    key = mine.get(_raw_id(answer))
    if key is None:
        raise PasskeyRefused
    try:
        shown = webauthn.verify_authentication_response(
            credential=json.dumps(answer),
            expected_challenge=challenge,
            expected_rp_id=host,
            expected_origin=origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as wrong:
        raise PasskeyRefused from wrong
    await passkeys.used(db, key.id, sign_count=shown.new_sign_count, now=now)
    await audit.note(db, person, "second_factor.shown", f"account:{person.account_id}", now=now)
    return await sessions.step_up(db, person.session_id, now=now)


async def reset(db: Transaction, account_id: str, *, person: Person, now: datetime) -> None:
    """The account has no second proof and no session; its next sign-in sets one up again."""
    require(person, "accounts.change")
    await passkeys.drop_all(db, account_id)
    await accounts.change(
        db, account_id, totp_sealed=None, totp_confirmed_at=None, totp_last_step=None, first_signed_in_at=None
    )
    await sessions.end_all_of(db, account_id, now=now)
    await audit.note(db, person, "second_factor.reset", f"account:{account_id}", now=now)
