"""Store: the passkeys of staff: what a browser is asked, what it made, and how often it has signed (WebAuthn level 3).

The library is taken in when a passkey is first used: it is slow to open, and most starts never need it.
"""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from database.engine import Transaction
from database.ids import new_id
from database.refusal import Refusal
from people.schema import passkey


class PasskeyRefused(Refusal):
    """That passkey did not work. Try again, or use your app."""


@dataclass(frozen=True, kw_only=True)
class Passkey:
    """One registered key."""

    id: str
    account_id: str
    credential_id: bytes
    public_key: bytes
    sign_count: int
    label: str


@dataclass(frozen=True, kw_only=True)
class NewPasskey:
    """What a browser made."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a browser is asked: its JSON, and the challenge that its answer must hold, in base 64."""

    json: str
    challenge: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a passkey holds: the host it is for, the origin its answers come from, and the name shown with it."""

    host: str
    origin: str
    house: str = ""


# We ask for no maker's certificates (attestation "none"), so browsers send none: an answer that has some is not theirs.
UNVOUCHED = frozenset({"none", "packed"})  # packed without certificates: signed by the new key itself
FIELDS = ("id", "account_id", "credential_id", "public_key", "sign_count", "label")


async def add(db: Transaction, account_id: str, key: NewPasskey, *, label: str, now: datetime) -> bool:
    """Whether the key is new here; it belongs to the account then."""
    values = {"id": new_id(), "account_id": account_id, "label": label, "made_at": now}
    try:
        async with db.savepoint():
            await db.execute(insert(passkey).values(**values, **asdict(key)))
    except IntegrityError:
        return False
    return True


async def of_account(db: Transaction, account_id: str) -> list[Passkey]:
    """The account's keys, oldest first."""
    rows = await db.all(select(passkey).where(passkey.c.account_id == account_id).order_by(passkey.c.made_at))
    return [Passkey(**{name: getattr(row, name) for name in FIELDS}) for row in rows]


async def used(db: Transaction, passkey_id: str, *, sign_count: int, now: datetime) -> None:
    """The key has signed."""
    await db.execute(update(passkey).where(passkey.c.id == passkey_id).values(sign_count=sign_count, used_at=now))


async def drop_all(db: Transaction, account_id: str) -> None:
    """The account has no keys any more."""
    await db.execute(delete(passkey).where(passkey.c.account_id == account_id))


def _question(options: Any) -> Question:
    import webauthn
    from webauthn.helpers import bytes_to_base64url

    return Question(json=webauthn.options_to_json(options), challenge=bytes_to_base64url(options.challenge))


def ask_to_sign(known: list[bytes], *, place: Place) -> Question:
    """The browser is to sign with one of these keys, opened by its holder."""
    import webauthn
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor, UserVerificationRequirement

    return _question(
        webauthn.generate_authentication_options(
            rp_id=place.host,
            allow_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
            user_verification=UserVerificationRequirement.REQUIRED,
        )
    )


def ask_to_make(known: list[bytes], *, place: Place, account_id: str, email: str, name: str) -> Question:
    """The browser is to make a key, on a device that holds none of these."""
    import webauthn
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        UserVerificationRequirement,
    )

    return _question(
        webauthn.generate_registration_options(
            rp_id=place.host,
            rp_name=place.house,
            user_id=account_id.encode(),
            user_name=email,
            user_display_name=name,
            authenticator_selection=AuthenticatorSelectionCriteria(
                user_verification=UserVerificationRequirement.REQUIRED
            ),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
        )
    )


@contextlib.contextmanager
def _faults_are_refused() -> Iterator[None]:
    """What a browser, or somebody in its place, sends is taken apart by others' code, which stops in many ways."""
    from webauthn.helpers.exceptions import WebAuthnException

    ways = (WebAuthnException, ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError)
    try:
        yield
    except ways as wrong:
        raise PasskeyRefused from wrong


def read_made(answer: Mapping[str, object], *, challenge: str, place: Place) -> NewPasskey:
    """The key that the browser made for our question; PasskeyRefused for anything else."""
    import webauthn
    from webauthn.helpers import base64url_to_bytes, parse_attestation_object, parse_registration_credential_json

    with _faults_are_refused():
        given = parse_registration_credential_json(dict(answer))
        vouched = parse_attestation_object(given.response.attestation_object)
        if vouched.fmt not in UNVOUCHED or vouched.att_stmt.x5c:
            raise PasskeyRefused
        made = webauthn.verify_registration_response(
            credential=given,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=place.host,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    return NewPasskey(
        credential_id=made.credential_id, public_key=made.credential_public_key, sign_count=made.sign_count
    )


def read_signed(
    answer: Mapping[str, object], *, keys: list[Passkey], challenge: str, place: Place
) -> tuple[Passkey, int]:
    """Which of these keys signed our question, and how often it has signed; PasskeyRefused for any other answer."""
    import webauthn
    from webauthn.helpers import base64url_to_bytes

    with _faults_are_refused():
        credential_id = base64url_to_bytes(str(answer["rawId"]))
        (key,) = [one for one in keys if one.credential_id == credential_id]
        shown = webauthn.verify_authentication_response(
            credential=dict(answer),
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=place.host,
            expected_origin=place.origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        )
    return key, shown.new_sign_count
