"""Writing to us: what is wrong is named at its field, in the order of the questions, and what was typed stays."""

import re
from datetime import datetime

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select

from cases import authorities, file
from cases.case import Side
from cases.dossier import Seat
from cases.helper import Helper
from cases.reach import Way
from cases.schema import case_file
from database.engine import Database
from notifications import outbox
from pages.public import enquire
from tests.pages.small_service import Client, service

SAME = {"Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"}
LINKS = re.compile(r'<a href="#([^"]+)"')


@pytest.mark.parametrize("council", ["", "nothing", "a" * 26, "é\N{NULL}" * 13])
async def test_a_council_nobody_knows_is_named_at_its_field(database: Database, moment: datetime, council: str) -> None:
    async with TestClient(TestServer(service(database, enquire.PAGES, moment=moment))) as client:
        letter = {"letter-day": "2", "letter-month": "3", "letter-year": "2026", "authority": council}
        answer = await client.post("/enquire/letter", data=letter, headers=SAME)
        text = await answer.text()

    assert answer.status == 422
    assert "Choose the council that sent the letter</a>" in text
    assert 'name="letter-month"' in text
    assert 'value="3"' in text


async def test_what_is_wrong_is_listed_as_it_was_asked(database: Database, moment: datetime) -> None:
    async with TestClient(TestServer(service(database, enquire.PAGES, moment=moment))) as client:
        answer = await client.post("/enquire/who", data={}, headers=SAME)
        text = await answer.text()

    named = [link for link in LINKS.findall(text) if link != "main"]
    assert answer.status == 422
    asked = [re.search(rf'id="{re.escape(name)}"', text) for name in named]
    places = [found.start() for found in asked if found]
    assert len(places) == len(named) > 1
    assert places == sorted(places)


WHO = {
    "child": "Rowan", "born-day": "19", "born-month": "5", "born-year": "2016", "you": "parent", "name": "Tessa Arden",
}  # fmt: skip
REACH = {"phone": "07700 900142", "email": "tessa@example.org", "safe": "yes"}
Answers = dict[str, str | list[str]]


async def step(client: Client, name: str, answers: Answers) -> tuple[int, str]:
    """The status and text of the answer to one step."""
    answer = await client.post(f"/enquire/{name}", data=pairs(answers), headers=SAME, allow_redirects=False)
    return answer.status, await answer.text()


def pairs(answers: Answers) -> list[tuple[str, str]]:
    return [(name, one) for name, many in answers.items() for one in ([many] if isinstance(many, str) else many)]


async def written(client: Client, council: str, **changes: Answers) -> str:
    """Everything is answered and sent; the text of the receipt."""
    steps: dict[str, Answers] = {
        "decision": {"decision": "contents"},
        "letter": {"authority": council, "letter-day": "2", "letter-month": "3", "letter-year": "2026"},
        "who": {**WHO},
        "reach": {**REACH},
        "needs": {"need": ["time"]},
    }
    for name, answers in steps.items():
        status, text = await step(client, name, answers | changes.get(name, {}))
        assert status == 303, (name, text)
    async with client.post("/enquire/check", headers=SAME) as answer:
        assert answer.url.path == "/enquire/done"
        return await answer.text()


async def council_of(database: Database, moment: datetime) -> str:
    async with database.write() as db:
        made = await authorities.add(db, name="Northmere", team="SEND team", email="send@northmere.example", now=moment)
    return made.id


async def families(database: Database) -> list[Seat]:
    async with database.read() as db:
        cases = [row.id for row in await db.all(select(case_file.c.id).order_by(case_file.c.number))]
        seats = [seat for case in cases for seat in await file.seats_of(db, case)]
    return [seat for seat in seats if seat.side is Side.FAMILY]


WRONG: tuple[tuple[str, Answers, str, str], ...] = (
    ("reach", {"way": ["phone", "hack"]}, "way", "Choose among the ways that are offered"),
    ("reach", {"way": "phone", "phone": ""}, "phone", "Write your phone number, or choose another way to hear from us"),
    ("reach", {"way": "text", "phone": ""}, "phone", "Write your phone number, or choose another way to hear from us"),
    ("reach", {"way": "email", "email": ""}, "email", "Write your email, or choose another way to hear from us"),
    ("reach", {"way": "post"}, "address", "Write your postal address, or choose another way to hear from us"),
    ("reach", {"address": "x" * 301}, "address", ""),
    ("reach", {"phone": "", "email": ""}, "phone", "Give us a phone number, an email or a postal address"),
    ("needs", {"need": ["time", "zzz"]}, "need", "Choose among what is offered, or write it below"),
)


@pytest.mark.parametrize(("name", "wrong", "field", "words"), WRONG)
async def test_what_was_not_offered_or_cannot_work_is_named_at_its_field(
    database: Database, moment: datetime, name: str, wrong: Answers, field: str, words: str
) -> None:
    async with TestClient(TestServer(service(database, enquire.PAGES, moment=moment))) as client:
        right: Answers = {**REACH} if name == "reach" else {}
        status, text = await step(client, name, {**right, **wrong})

    assert status == 422
    assert [link for link in LINKS.findall(text) if link != "main"] == [field]
    assert words in text


async def test_every_way_is_kept_once_with_the_address_for_letters(database: Database, moment: datetime) -> None:
    council = await council_of(database, moment)
    async with TestClient(TestServer(service(database, enquire.PAGES, moment=moment))) as client:
        reach: Answers = {"way": ["post", "phone", "post"], "address": "1 Fell Lane\r\nNorthmere"}
        await written(client, council, reach=reach, needs={"need": ["time"] * 50})
        family = (await families(database))[0]

    assert (family.reach, family.address) == ((Way.POST, Way.PHONE), "1 Fell Lane\nNorthmere")
    assert family.needs == ("time",)


async def test_who_has_a_postal_address_alone_can_write_to_us(database: Database, moment: datetime) -> None:
    council = await council_of(database, moment)
    async with TestClient(TestServer(service(database, enquire.PAGES, moment=moment))) as client:
        reach: Answers = {"way": ["post"], "address": "1 Fell Lane", "phone": "", "email": ""}
        await written(client, council, reach=reach)
        family = (await families(database))[0]

    assert (family.phone, family.email, family.address) == (None, None, "1 Fell Lane")


async def test_the_receipt_says_the_same_whether_or_not_the_address_is_known(
    database: Database, moment: datetime
) -> None:
    council, said = await council_of(database, moment), []
    for number in (1, 2):
        async with TestClient(TestServer(service(database, enquire.PAGES, moment=moment))) as client:
            text = await written(client, council)
            said.append(text[text.index("<main") : text.index("</main")].replace(f"EH-2026-0000{number}", "number"))

    assert said[0] == said[1]
    assert "We may send it to your email too" in said[0]
    assert "We have sent" not in said[0]


HELPER: dict[str, Answers] = {
    "who": {**WHO, "you": "helper", "name": "Nora Neighbour"},
    "reach": {
        "family": "Tessa Arden", "phone": "07700 900142", "email": "tessa@example.org", "safe": "yes",
        "way": "phone", "own_email": "nora@post.example",
    },
}  # fmt: skip


async def test_somebody_helping_is_a_contact_and_the_seat_is_the_parents(database: Database, moment: datetime) -> None:
    council = await council_of(database, moment)
    async with TestClient(TestServer(service(database, enquire.PAGES, moment=moment))) as client:
        await step(client, "who", HELPER["who"])
        async with client.get("/enquire/reach") as answer:
            asked = await answer.text()
        done = await written(client, council, **HELPER)
        family = (await families(database))[0]
    async with database.read() as db:
        case = await file.load_case(db, family.case_id)
        posted = [message.kind for message in await outbox.for_case(db, case.id)]

    assert "Name of the parent or carer" in asked
    assert (family.name, family.email, family.reach) == ("Tessa Arden", "tessa@example.org", (Way.PHONE,))
    assert case.helper == Helper(name="Nora Neighbour", email="nora@post.example", phone=None)
    assert (case.asks_first, posted) == (True, ["helper_receipt"])
    assert "We ask the family first" in done
    assert "Your dates" not in done
    assert "Tessa" not in done


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"family": ""}, "family"),
        ({"own_email": ""}, "own_phone"),
        ({"email": "Nora@post.example"}, "email"),
        ({"way": "post"}, "address"),
        ({"way": "phone", "phone": ""}, "phone"),
        ({"safe": ""}, "safe"),
    ],
)
async def test_a_helper_is_asked_for_the_family_and_for_themselves(
    database: Database, moment: datetime, wrong: Answers, field: str
) -> None:
    async with TestClient(TestServer(service(database, enquire.PAGES, moment=moment))) as client:
        assert (await step(client, "who", HELPER["who"]))[0] == 303
        status, text = await step(client, "reach", {**HELPER["reach"], **wrong})

    assert status == 422
    assert [link for link in LINKS.findall(text) if link != "main"] == [field]


async def test_who_says_later_that_they_only_help_is_asked_for_the_family(database: Database, moment: datetime) -> None:
    async with TestClient(TestServer(service(database, enquire.PAGES, moment=moment))) as client:
        council = await council_of(database, moment)
        for name, answers in {
            "decision": {"decision": "contents"}, "letter": {"authority": council}, "who": WHO, "reach": REACH,
            "needs": {},
        }.items():  # fmt: skip
            await step(client, name, {**answers})
        await step(client, "who", HELPER["who"])
        async with client.get("/enquire/check") as answer:
            assert answer.url.path == "/enquire/reach"


async def test_what_a_helper_left_out_is_listed_as_it_was_asked(database: Database, moment: datetime) -> None:
    async with TestClient(TestServer(service(database, enquire.PAGES, moment=moment))) as client:
        await step(client, "who", HELPER["who"])
        _, text = await step(client, "reach", {})

    assert [link for link in LINKS.findall(text) if link != "main"] == ["family", "safe"]
