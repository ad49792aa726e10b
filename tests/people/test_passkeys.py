"""Passkeys: the keys of an account, and what comes in a browser's place and is taken apart without a fault."""

import base64
import json
from datetime import UTC, datetime
from typing import Any

import cbor2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from database.engine import Database
from people import passkeys
from people.passkeys import NewPasskey, Passkey, PasskeyRefused, Place
from people.roles import Role
from tests.people.authenticator import PRESENT, VERIFIED, Authenticator
from tests.people.samples import colleague, idris

PLACE = Place(host="evenhand.example", origin="https://evenhand.example", house="Evenhand")
KEY = Authenticator(host=PLACE.host, origin=PLACE.origin)
MADE = passkeys.ask_to_make([], place=PLACE, account_id="idris", email="idris@provider.example", name="Idris Vaughan")
NEW = passkeys.read_made(KEY.make(MADE.json), challenge=MADE.challenge, place=PLACE)
KEPT = Passkey(
    id="kept",
    account_id="idris",
    credential_id=NEW.credential_id,
    public_key=NEW.public_key,
    sign_count=NEW.sign_count,
    label="Passkey",
)
FORMATS: tuple[object, ...] = (
    "none",
    "packed",
    "fido-u2f",
    "apple",
    "tpm",
    "android-key",
    "android-safetynet",
    "unheard-of",
    5,
    [],
)


async def test_a_key_belongs_to_one_account(database: Database, moment: datetime) -> None:
    mine = await idris(database, moment)
    theirs = await colleague(database, moment, "Wren Osei", Role.ADVISER)
    async with database.write() as db:
        assert await passkeys.add(db, mine.id, NEW, label="Passkey", now=moment)
        assert not await passkeys.add(db, theirs.id, NEW, label="Passkey", now=moment)
        (kept,) = await passkeys.of_account(db, mine.id)
        assert await passkeys.of_account(db, theirs.id) == []
    assert (kept.credential_id, kept.public_key, kept.sign_count) == (NEW.credential_id, NEW.public_key, 0)


async def test_how_often_a_key_has_signed_is_kept_and_dropped_keys_are_gone(
    database: Database, moment: datetime
) -> None:
    mine = await idris(database, moment)
    other = NewPasskey(credential_id=b"other", public_key=b"key", sign_count=0)
    async with database.write() as db:
        for key in (NEW, other):
            await passkeys.add(db, mine.id, key, label="Passkey", now=moment)
        first, _ = await passkeys.of_account(db, mine.id)
        await passkeys.used(db, first.id, sign_count=9, now=moment)
        assert {one.sign_count for one in await passkeys.of_account(db, mine.id)} == {9, 0}
        await passkeys.drop_all(db, mine.id)
        assert await passkeys.of_account(db, mine.id) == []


def test_each_question_is_a_new_one_of_at_least_128_bits() -> None:
    asked = {passkeys.ask_to_sign([KEY.id], place=PLACE).challenge for _ in range(20)}
    assert len(asked) == 20
    assert min(map(len, asked)) >= 22


def test_a_key_signs_the_question_it_was_asked() -> None:
    asked = passkeys.ask_to_sign([KEY.id], place=PLACE)
    answer = KEY.later(count=3).sign(asked.json)
    assert passkeys.read_signed(answer, keys=[KEPT], challenge=asked.challenge, place=PLACE) == (KEPT, 3)
    for keys, challenge in (([], asked.challenge), ([KEPT], MADE.challenge)):
        with pytest.raises(PasskeyRefused):
            passkeys.read_signed(answer, keys=keys, challenge=challenge, place=PLACE)


@pytest.mark.parametrize("flags", [0, PRESENT, VERIFIED])
def test_a_key_made_without_its_holder_is_refused(flags: int) -> None:
    with pytest.raises(PasskeyRefused):
        passkeys.read_made(KEY.later(flags=flags).make(MADE.json), challenge=MADE.challenge, place=PLACE)


def certificate() -> bytes:
    key, nobody = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    made = x509.CertificateBuilder().subject_name(nobody).issuer_name(nobody).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
    signed = made.not_valid_after(datetime(2040, 1, 1, tzinfo=UTC)).sign(key, hashes.SHA256())
    return signed.public_bytes(serialization.Encoding.DER)


WHOLE = certificate()
CERTIFICATES = {
    "whole": WHOLE,
    "of no version there is": WHOLE.replace(bytes.fromhex("a003020102"), bytes.fromhex("a003020105"), 1),
    "of no kind of key there is": WHOLE.replace(bytes.fromhex("2a8648ce3d0201"), bytes.fromhex("2a8648ce3d0209"), 1),
    "no certificate": b"nothing",
}


def attested(statement: dict[str, Any], kind: object) -> dict[str, object]:
    """An answer in which somebody vouches for the key."""
    answer: dict[str, Any] = KEY.make(MADE.json)
    text = answer["response"]["attestationObject"]
    inside = {**cbor2.loads(base64.urlsafe_b64decode(text + "==")), "fmt": kind, "attStmt": statement}
    answer["response"]["attestationObject"] = base64.urlsafe_b64encode(cbor2.dumps(inside)).decode().rstrip("=")
    return answer


@pytest.mark.parametrize("named", CERTIFICATES)
@pytest.mark.parametrize("kind", FORMATS, ids=str)
def test_certificates_that_nobody_asked_for_are_refused(named: str, kind: object) -> None:
    statement = {"alg": -7, "sig": b"sig", "ver": "2.0", "certInfo": bytes(60), "pubArea": bytes(60)}
    answer = attested({**statement, "response": b"a.b.c", "x5c": [CERTIFICATES[named]]}, kind)
    with pytest.raises(PasskeyRefused):
        passkeys.read_made(answer, challenge=MADE.challenge, place=PLACE)


@settings(max_examples=80)
@given(
    kind=st.sampled_from(FORMATS),
    statement=st.dictionaries(
        st.sampled_from(["alg", "sig", "ver", "response", "certInfo", "pubArea", "x5c"]),
        st.one_of(st.none(), st.integers(), st.binary(max_size=60), st.text(max_size=9), st.lists(st.binary())),
    ),
)
def test_whatever_vouches_for_a_key_is_no_fault(kind: object, statement: dict[str, Any]) -> None:
    try:
        made = passkeys.read_made(attested(statement, kind), challenge=MADE.challenge, place=PLACE)
    except PasskeyRefused:
        return
    assert made == NEW  # nobody did


PIECES = ("clientDataJSON", "attestationObject", "authenticatorData", "signature")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(PIECES), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=80)
@given(field=st.sampled_from(["id", "rawId", "type", "response", *PIECES]), value=JSON, signing=st.booleans())
def test_an_answer_with_anything_in_one_place_is_refused(field: str, value: object, signing: bool) -> None:  # noqa: FBT001
    whole: dict[str, Any] = KEY.sign(MADE.json) if signing else KEY.make(MADE.json)
    if field in PIECES and field not in whole["response"]:
        return
    answer = {**whole, "response": {**whole["response"], field: value}} if field in PIECES else {**whole, field: value}
    with pytest.raises(PasskeyRefused):
        taken_apart(answer, signing=signing)


def taken_apart(answer: dict[str, Any], *, signing: bool) -> object:
    if signing:
        return passkeys.read_signed(answer, keys=[KEPT], challenge=MADE.challenge, place=PLACE)
    return passkeys.read_made(answer, challenge=MADE.challenge, place=PLACE)


@settings(max_examples=80)
@given(at=st.integers(min_value=0), bit=st.integers(0, 7))
def test_a_key_with_one_bit_changed_is_refused_or_another_key_never_a_fault(at: int, bit: int) -> None:
    answer: dict[str, Any] = KEY.make(MADE.json)
    text = answer["response"]["attestationObject"]
    signs = bytearray(base64.urlsafe_b64decode(text + "=="))
    signs[at % len(signs)] ^= 1 << bit
    answer["response"]["attestationObject"] = base64.urlsafe_b64encode(signs).decode()
    try:
        passkeys.read_made(answer, challenge=MADE.challenge, place=PLACE)
    except PasskeyRefused:
        return


def test_a_question_says_nothing_of_the_account_but_what_the_browser_shows() -> None:
    asked = json.loads(MADE.json)
    assert asked["attestation"] == "none"
    assert asked["rp"] == {"id": PLACE.host, "name": "Evenhand"}
    assert (asked["user"]["name"], asked["user"]["displayName"]) == ("idris@provider.example", "Idris Vaughan")
