"""Second proofs: an app whose steps work once, a passkey that signs our own question, and who may change them."""

import json
from datetime import datetime, timedelta

import pyotp
import pytest
from sqlalchemy import select

from database.engine import Database, Transaction
from people import accounts, audit, passkeys, second_factor, sessions
from people.access import NotFound, Person
from people.accounts import Account
from people.audit import HOUSE
from people.passkeys import PasskeyRefused
from people.roles import Role
from people.schema import account as account_table
from people.second_factor import NotYourOwn, ShowProofAgain
from people.throttle import TooMany
from tests.people.authenticator import PRESENT, Authenticator
from tests.people.samples import TOTP_SECRET, colleague, holder, idris, perhaps, session, with_app

HOST, ORIGIN = "evenhand.example", "https://evenhand.example"
STEP, MINUTE = timedelta(seconds=30), timedelta(minutes=1)
KEY = Authenticator(host=HOST, origin=ORIGIN)


def shown(secret: str, now: datetime) -> str:
    return pyotp.TOTP(secret).at(now)


def wrong(secret: str, now: datetime) -> str:
    near = {shown(secret, now + STEP * i) for i in (-1, 0, 1)}
    return next(code for code in (f"{i:06d}" for i in range(4)) if code not in near)


async def waiting(database: Database, moment: datetime) -> Person:
    """Idris, with an app, signed in by code; the session waits for what the app shows."""
    account = await idris(database, moment)
    async with database.write() as db:
        await with_app(db, account, moment)
    return await session(database, account, second_factor=False, now=moment)


async def confirmed(database: Database, person: Person, moment: datetime) -> second_factor.Confirmed | None:
    async with database.write() as db:
        made = await second_factor.enrol(db, house="Evenhand", person=person)
        return await second_factor.confirm(db, shown(made.secret, moment), person=person, now=moment)


async def show(database: Database, code: str, person: Person, now: datetime) -> str | None:
    async with database.write() as db:
        return await second_factor.show(db, code, person=person, now=now)


async def reread(database: Database, account: Account) -> Account:
    async with database.read() as db:
        found = await accounts.by_id(db, account.id)
    assert found is not None
    return found


async def test_an_app_is_set_up_with_its_first_code(database: Database, moment: datetime) -> None:
    account = await idris(database, moment)
    person = await session(database, account, now=moment)
    elsewhere = await session(database, account, now=moment)
    made = await confirmed(database, person, moment)
    assert made == second_factor.Confirmed(secret=None)
    assert (await reread(database, account)).has_totp
    async with database.read() as db:
        assert await sessions.staff_person(db, person.session_id, request_id="", now=moment)
        assert await sessions.staff_person(db, elsewhere.session_id, request_id="", now=moment) is None
        assert [line["action"] for line in await audit.lines_of(db, HOUSE)] == ["second_factor.app"]


async def test_looking_at_the_set_up_page_changes_nothing(database: Database, moment: datetime) -> None:
    account = await idris(database, moment)
    one, other = [await session(database, account, now=moment + i * MINUTE) for i in range(2)]
    async with database.read() as db:  # a transaction that cannot write
        made, again = [await second_factor.enrol(db, house="Evenhand", person=one) for _ in range(2)]
        elsewhere = await second_factor.enrol(db, house="Evenhand", person=other)
        assert await db.scalar(select(account_table.c.totp_sealed)) is None
    assert made == again
    assert elsewhere.secret != made.secret
    assert len(made.secret) == 32  # 160 bits, as RFC 4226 asks
    assert "<svg" in made.picture


async def test_wrong_numbers_set_up_nothing_and_cost_a_try(database: Database, moment: datetime) -> None:
    person = await session(database, await idris(database, moment), now=moment)
    async with database.write() as db:
        made = await second_factor.enrol(db, house="Evenhand", person=person)
        for _ in range(5):
            code = wrong(made.secret, moment)
            assert await second_factor.confirm(db, code, person=person, now=moment) is None
        with pytest.raises(TooMany):
            await second_factor.confirm(db, shown(made.secret, moment), person=person, now=moment)


@pytest.mark.parametrize(("drift", "answers"), [(-2, 0), (-1, 1), (0, 1), (1, 1), (2, 0)])
async def test_a_step_beside_the_present_one_is_right(
    database: Database, moment: datetime, drift: int, answers: int
) -> None:
    person = await waiting(database, moment)
    secret = await show(database, shown(TOTP_SECRET, moment + drift * STEP), person, moment)
    assert (secret is not None) == bool(answers)


async def test_the_right_numbers_let_the_session_through_under_a_fresh_secret(
    database: Database, moment: datetime
) -> None:
    person = await waiting(database, moment)
    assert person.pending
    secret = await show(database, shown(TOTP_SECRET, moment), person, moment)
    assert secret is not None
    through = await holder(database, secret, now=moment)
    assert (through.pending, through.proof, through.account_id) == (False, "second_factor", person.account_id)
    assert through.session_id != person.session_id
    async with database.read() as db:
        assert await sessions.staff_person(db, person.session_id, request_id="", now=moment) is None


async def test_the_same_numbers_work_once(database: Database, moment: datetime) -> None:
    person = await waiting(database, moment)
    code = shown(TOTP_SECRET, moment)
    assert await show(database, code, person, moment) is not None
    account = await reread_of(database, person)
    again = await session(database, account, second_factor=False, now=moment)
    assert await show(database, code, again, moment) is None
    assert await show(database, shown(TOTP_SECRET, moment - STEP), again, moment) is None  # an earlier one neither
    assert await show(database, shown(TOTP_SECRET, moment + STEP), again, moment) is not None


async def reread_of(database: Database, person: Person) -> Account:
    async with database.read() as db:
        found = await accounts.by_id(db, person.account_id or "")
    assert found is not None
    return found


async def test_the_sixth_try_in_ten_minutes_is_refused_and_ten_minutes_later_it_is_not(
    database: Database, moment: datetime
) -> None:
    person = await waiting(database, moment)
    for _ in range(5):
        assert await show(database, wrong(TOTP_SECRET, moment), person, moment) is None
    with pytest.raises(TooMany):
        await show(database, shown(TOTP_SECRET, moment), person, moment)
    later = moment + 10 * MINUTE
    assert await show(database, shown(TOTP_SECRET, later), person, later) is not None


async def test_a_session_that_waits_cannot_change_the_proof_it_waits_for(database: Database, moment: datetime) -> None:
    person = await waiting(database, moment)
    with pytest.raises(NotFound):
        await confirmed(database, person, moment)
    async with database.write() as db:
        asked = await question(db, person, moment)
        with pytest.raises(NotFound):
            await second_factor.add_passkey(db, KEY.make(asked), host=HOST, origin=ORIGIN, person=person, now=moment)
        assert await accounts.totp_secret(db, person.account_id or "") == TOTP_SECRET
        assert await passkeys.of_account(db, person.account_id or "") == []


async def test_whoever_has_no_proof_yet_may_set_one_up_and_is_through(database: Database, moment: datetime) -> None:
    person = await session(database, await idris(database, moment), second_factor=False, now=moment)
    made = await confirmed(database, person, moment)
    assert made is not None
    assert made.secret is not None
    assert not (await holder(database, made.secret, now=moment)).pending


async def test_a_proof_is_changed_only_when_the_old_one_was_just_shown(database: Database, moment: datetime) -> None:
    waits = await waiting(database, moment)
    secret = await show(database, shown(TOTP_SECRET, moment), waits, moment)
    assert secret is not None
    person = await holder(database, secret, now=moment)
    with pytest.raises(ShowProofAgain):
        await confirmed(database, person, moment + 6 * MINUTE)
    assert await confirmed(database, person, moment + 5 * MINUTE) is not None


async def test_a_first_session_must_show_what_it_has_set_up_before_it_changes_it(
    database: Database, moment: datetime
) -> None:
    person = await session(database, await idris(database, moment), now=moment)
    assert await confirmed(database, person, moment) is not None
    with pytest.raises(ShowProofAgain):
        await confirmed(database, person, moment + STEP)


async def question(db: Transaction, person: Person, now: datetime, *, showing: bool = False) -> str:
    return await second_factor.passkey_options(db, showing=showing, host=HOST, house="Evenhand", person=person, now=now)


async def with_passkey(database: Database, moment: datetime, key: Authenticator = KEY) -> Account:
    account = await idris(database, moment)
    person = await session(database, account, now=moment)
    async with database.write() as db:
        asked = await question(db, person, moment)
        added = await second_factor.add_passkey(
            db, key.make(asked), host=HOST, origin=ORIGIN, person=person, now=moment
        )
        await accounts.change(db, account.id, first_signed_in_at=moment)
    assert added is None
    return await reread(database, account)


async def signed(database: Database, key: Authenticator, person: Person, moment: datetime) -> str:
    async with database.write() as db:
        asked = await question(db, person, moment)
        return await second_factor.show_passkey(
            db, key.sign(asked), host=HOST, origin=ORIGIN, person=person, now=moment
        )


async def test_a_passkey_lets_the_session_through(database: Database, moment: datetime) -> None:
    account = await with_passkey(database, moment)
    assert (account.passkeys, account.has_second_factor) == (1, True)
    person = await session(database, account, second_factor=False, now=moment)
    secret = await signed(database, KEY.later(count=7), person, moment)
    assert (await holder(database, secret, now=moment)).proof == "second_factor"
    async with database.read() as db:
        (kept,) = await passkeys.of_account(db, account.id)
    assert (kept.sign_count, kept.credential_id, kept.label) == (7, KEY.id, "Passkey")


async def through(database: Database, account: Account, moment: datetime) -> Person:
    """A session that has shown the account's passkey."""
    waits = await session(database, account, second_factor=False, now=moment)
    return await holder(database, await signed(database, KEY.later(count=1), waits, moment), now=moment)


async def test_a_browser_is_asked_to_sign_or_to_make_a_key(database: Database, moment: datetime) -> None:
    account = await with_passkey(database, moment)
    whole = await through(database, account, moment)
    waits = await session(database, account, second_factor=False, now=moment)
    async with database.write() as db:
        sign, make = [json.loads(await question(db, person, moment)) for person in (waits, whole)]
    assert (sign["rpId"], sign["userVerification"], len(sign["allowCredentials"])) == (HOST, "required", 1)
    assert (make["rp"], make["user"]["name"]) == ({"id": HOST, "name": "Evenhand"}, "idris@provider.example")
    assert make["authenticatorSelection"]["userVerification"] == "required"
    assert len(make["excludeCredentials"]) == 1
    assert sign["challenge"] != make["challenge"]


async def test_a_passkey_is_shown_again_before_a_change_and_no_key_is_made_without_it(
    database: Database, moment: datetime
) -> None:
    person, later = await through(database, await with_passkey(database, moment), moment), moment + 6 * MINUTE
    async with database.write() as db:
        with pytest.raises(ShowProofAgain):
            await question(db, person, later)
        asked = await question(db, person, later, showing=True)
        signed_again = KEY.later(count=2).sign(asked)
        secret = await second_factor.show_passkey(db, signed_again, host=HOST, origin=ORIGIN, person=person, now=later)
    again = await holder(database, secret, now=later)
    async with database.write() as db:
        assert len(json.loads(await question(db, again, later))["excludeCredentials"]) == 1


@pytest.mark.parametrize(
    "key",
    [
        KEY.later(origin="https://evenhand.example.evil.example"),
        KEY.later(host="evil.example"),
        KEY.later(flags=PRESENT),
        KEY.later(id=b"another key"),
        Authenticator(host=HOST, origin=ORIGIN),
        KEY.later(count=3),
    ],
    ids=["other origin", "other host", "holder not verified", "unknown key", "other private key", "copied: count fell"],
)
async def test_a_signature_that_is_not_the_holders_is_refused(
    database: Database, moment: datetime, key: Authenticator
) -> None:
    account = await with_passkey(database, moment, KEY.later(count=5))
    person = await session(database, account, second_factor=False, now=moment)
    with pytest.raises(PasskeyRefused):
        await signed(database, key, person, moment)


async def test_a_signature_works_once_and_for_its_own_session(database: Database, moment: datetime) -> None:
    account = await with_passkey(database, moment)
    mine, other = [await session(database, account, second_factor=False, now=moment) for _ in range(2)]
    async with database.write() as db:
        asked = await question(db, mine, moment)
        await question(db, other, moment)
    answer = KEY.sign(asked)

    async def answered(person: Person) -> str:
        async with database.write() as db:
            return await second_factor.show_passkey(db, answer, host=HOST, origin=ORIGIN, person=person, now=moment)

    with pytest.raises(PasskeyRefused):
        await answered(other)
    assert await answered(mine)
    with pytest.raises(PasskeyRefused):
        await answered(mine)


async def test_a_signature_cannot_pass_for_a_new_key_nor_a_new_key_for_a_signature(
    database: Database, moment: datetime
) -> None:
    person = await session(database, await idris(database, moment), now=moment)
    async with database.write() as db:
        asked = await question(db, person, moment)
    for answer in (KEY.sign(asked), {**KEY.make(asked), "response": KEY.sign(asked)["response"]}):
        with pytest.raises(PasskeyRefused):
            await added(database, answer, person, moment)


async def added(database: Database, answer: dict[str, object], person: Person, moment: datetime) -> str | None:
    async with database.write() as db:
        return await second_factor.add_passkey(db, answer, host=HOST, origin=ORIGIN, person=person, now=moment)


async def test_a_key_that_another_account_has_is_refused(database: Database, moment: datetime) -> None:
    await with_passkey(database, moment)
    other = await session(database, await colleague(database, moment, "Wren Osei", Role.ADVISER), now=moment)
    async with database.write() as db:
        asked = await question(db, other, moment)
    with pytest.raises(PasskeyRefused):
        await added(database, KEY.make(asked), other, moment)


def taken_apart(said: str) -> dict[str, object]:
    response = {"clientDataJSON": said, "attestationObject": "oA", "authenticatorData": "AA", "signature": "AA"}
    return {"id": "YQ", "rawId": "YQ", "type": "public-key", "response": response}


SAID = ("e30", "bnVsbA", "W10", "_w", "eyJ0eXBlIjo1fQ", "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0")
HOSTILE: list[dict[str, object]] = [
    {},
    {"rawId": 5},
    {"rawId": "é" * 1000},
    {"id": "a", "rawId": "a", "type": "public-key", "response": {}},
    {"id": "YQ", "rawId": "YQ", "type": "public-key", "response": []},
    {"id": "YQ", "rawId": "YQ", "type": ["public-key"], "response": {"clientDataJSON": "e30", "attestationObject": ""}},
    *map(taken_apart, SAID),
]


@pytest.mark.parametrize("answer", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_answers_are_refused(database: Database, moment: datetime, answer: dict[str, object]) -> None:
    account = await with_passkey(database, moment)
    person = await session(database, await colleague(database, moment, "Wren Osei", Role.ADVISER), now=moment)
    waits = await session(database, account, second_factor=False, now=moment)
    async with database.write() as db:
        for one in (person, waits):
            await question(db, one, moment)
    with pytest.raises(PasskeyRefused):
        await added(database, answer, person, moment)
    with pytest.raises(PasskeyRefused):
        async with database.write() as db:
            await second_factor.show_passkey(db, answer, host=HOST, origin=ORIGIN, person=waits, now=moment)


async def test_every_truncated_answer_is_refused(database: Database, moment: datetime) -> None:
    person = await session(database, await idris(database, moment), now=moment)
    async with database.write() as db:
        asked = await question(db, person, moment)
    whole = KEY.make(asked)
    response = whole["response"]
    assert isinstance(response, dict)
    for length in range(0, len(response["attestationObject"]), 9):
        cut = {**response, "attestationObject": response["attestationObject"][:length]}
        with pytest.raises(PasskeyRefused):
            await added(database, {**whole, "response": cut}, person, moment)


async def test_a_coordinator_sets_somebody_up_again_and_never_themselves(database: Database, moment: datetime) -> None:
    account = await with_passkey(database, moment)
    async with database.write() as db:
        await with_app(db, account, moment)
    theirs = await session(database, account, now=moment)
    wren = await session(database, await colleague(database, moment, "Wren Osei", Role.COORDINATOR), now=moment)
    async with database.write() as db:
        with pytest.raises(NotYourOwn):
            await second_factor.reset(db, wren.account_id or "", person=wren, now=moment)
        with pytest.raises(NotFound):
            await second_factor.reset(db, account.id, person=theirs, now=moment)
        await second_factor.reset(db, account.id, person=wren, now=moment)
        assert await accounts.totp_secret(db, account.id) is None
        last = (await audit.lines_of(db, HOUSE))[-1]
    fresh = await reread(database, account)
    assert (fresh.has_second_factor, fresh.first_signed_in_at) == (False, None)
    assert (last["actor"], last["action"], last["resource"]) == (
        f"account:{wren.account_id}",
        "second_factor.reset",
        f"account:{account.id}",
    )
    async with database.read() as db:
        assert await sessions.staff_person(db, theirs.session_id, request_id="", now=moment) is None


async def test_nobody_has_no_second_proof(database: Database, moment: datetime) -> None:
    nobody = Person(kind="staff", session_id="nothing")
    async with database.read() as db:
        with pytest.raises(NotFound):
            await second_factor.enrol(db, house="Evenhand", person=nobody)
    assert await perhaps(database, "nothing", now=moment) is None
