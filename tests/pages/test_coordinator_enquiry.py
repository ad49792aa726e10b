"""An enquiry on one page: a case once; what is wrong is said at its field, and all that was typed is kept."""

import re
from datetime import datetime

from cases import board, file
from cases.case import Decision
from cases.reach import Way
from database.engine import Database
from notifications import outbox
from pages.moments import LONDON
from tests.pages.coordinator.desk import Desk, council, opened_desk

TOLD = {
    "came_by": "phone", "name": "Tessa Arden", "you": "parent", "child": "Rowan", "surname": "A",
    "born__day": 19, "born__month": 5, "born__year": 2016, "decision": "contents",
    "letter__day": 14, "letter__month": 9, "letter__year": 2026, "phone": "07700 900142",
    "email": "tessa@example.org", "reach": ["phone", "post", "phone"],
    "address": "1 Fell Lane\nNorthmere", "safe": "yes", "hours": "9:30 to 2:30",
    "need": ["time", "somebody", "time"], "more": "I find it hard when people talk fast",
}  # fmt: skip


async def how_many(desk: Desk) -> int:
    async with desk.database.read() as db:
        return len(await board.on_desk(db))


async def test_what_a_family_tells_on_the_phone_becomes_a_case_with_a_receipt(
    database: Database, moment: datetime
) -> None:
    async with opened_desk(database, moment) as desk:
        authority_id = await council(desk)
        location = await desk.done("/desk/enquiry", **TOLD, authority=authority_id)
        text = await desk.get(location)
        async with database.read() as db:
            case = await file.load_case(db, location.rpartition("/")[2])
            matter = (await file.matters_of(db, case.id))[0]
            family = (await file.seats_of(db, case.id))[0]
            posted = await outbox.for_case(db, case.id)

    assert (case.label, case.came_by, matter.decision) == ("Rowan A.", "phone", Decision.CONTENTS_B_F_I)
    assert (family.name, family.phone, family.address) == ("Tessa Arden", "+447700900142", "1 Fell Lane\nNorthmere")
    assert (family.reach, family.needs) == ((Way.PHONE, Way.POST), ("time", "somebody"))
    assert family.reach_note == "Messages are safe; 9:30 to 2:30"
    assert [message.kind for message in posted] == ["enquiry_receipt"]
    assert "07700\N{NO-BREAK SPACE}900142" in text
    assert "Enquiry by phone" in text
    assert "1 Fell Lane, Northmere" in text
    assert "Likes to hear by: phone call, letter" in text


async def test_an_empty_form_says_what_each_field_wants_and_opens_no_case(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        said = await desk.refused("/desk/enquiry", 422)

        assert set(said) == {
            "Say how it came",
            "Write the name of the person who wrote or rang",
            "Say who they are",
            "Write the first name of the child or young person",
            "Write the date of birth, for example 19 5 2016",
            "Choose the council",
            "Pick the one that is nearest",
            "Choose how they like to hear from us",
            "Say whether a message is safe",
        }
        assert await how_many(desk) == 0


WRONG: tuple[tuple[dict[str, object], str | None], ...] = (
    ({"letter__month": 14}, "The month must be a number from 1 to 12. You wrote 14"),
    ({"letter__year": 2027}, "This day must be in the past"),
    ({"letter__day": 31}, "There is no such day in that month"),
    ({"born__year": 1966}, "Check the date of birth. We can help from birth to age 25"),
    ({"phone": "", "email": "", "address": ""}, "Write a phone number, an email or a postal address, so that we can"),
    ({"reach": "phone", "phone": ""}, "Write their phone number, or choose another way"),
    ({"reach": "text", "phone": ""}, "Write their phone number, or choose another way"),
    ({"reach": "post", "address": " "}, "Write their postal address, or choose another way"),
    ({"reach": ["phone", "hack"]}, "Choose how they like to hear from us"),
    ({"you": "helper", "own_phone": "07700 900111"}, "Write the name of the parent or carer"),
    ({"you": "helper", "family": "Tessa Arden"}, "Write the helper’s own phone number or email, so that we can answer"),
    ({"you": "helper", "family": "Tessa Arden", "own_email": "TESSA@example.org"}, "This is the helper’s own email"),
    ({"need": ["time", "zzz"]}, "Choose among what is offered, or write it below"),
    ({"phone": "12"}, None),
    ({"email": "tessa at family"}, "Check the email address. It should look like name@example.org."),
    ({"reach": "email", "email": ""}, "Write their email, or choose another way"),
    ({"decision": "everything"}, "Pick the one that is nearest"),
    ({"you": "<script>"}, "Say who they are"),
    ({"name": "x" * 500}, None),
    ({"name": "Tessa https://evil.test"}, "Write a name here, without a web address or an email address."),
    ({"name": "Tessa \N{RIGHT-TO-LEFT OVERRIDE}"}, None),
    ({"more": "x" * 5000}, None),
    ({"authority": "nothing"}, "Choose the council that sent the letter."),
    ({"authority": "a" * 26}, "Choose the council that sent the letter."),
    ({"authority": "é\N{NULL}" * 13}, "Choose the council</a>"),
)


async def test_a_wrong_answer_is_named_at_its_field_and_the_rest_is_kept(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        told = {**TOLD, "authority": await council(desk)}
        for wrong, words in WRONG:
            answer = await desk.post("/desk/enquiry", **{**told, **wrong})
            text = await answer.text()

            assert answer.status == 422, wrong
            assert words is None or words in text, wrong
            assert "<title>Error:" in text
            assert 'value="Rowan"' in text
            assert 'value="contents" checked' in text or "decision" in wrong
        assert await how_many(desk) == 0


async def test_what_goes_together_is_listed_as_it_was_asked(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        told = {**TOLD, "authority": await council(desk), "you": "helper", "letter__year": 2027, "address": ""}
        text = await (await desk.post("/desk/enquiry", **told)).text()

    named = re.findall(r'<a href="#([^"]+)"', text)
    assert [name.partition("-")[0] for name in named if name != "main"] == ["family", "own_phone", "letter", "address"]


async def test_hostile_words_are_shown_as_words(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        answer = await desk.post("/desk/enquiry", more="</textarea><script>alert(1)</script>", child='"><img src=x>')
        text = await answer.text()

    assert answer.status == 422
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


async def test_a_form_that_is_sent_twice_opens_one_case(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        told = {**TOLD, "authority": await council(desk), "form_key": await desk.key_of("/desk/enquiry")}
        first = await desk.done("/desk/enquiry", **told)
        second = await desk.done("/desk/enquiry", **told)
        other = await desk.refused("/desk/enquiry", 422, **{**told, "name": "Somebody Else"})

        assert second == first
        assert other == ["This form was already sent, with other answers. Open the page again and send it from there."]
        assert await how_many(desk) == 1


async def test_what_no_form_sends_is_refused_in_kind(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        post = desk.client.post
        statuses = [
            (await post("/desk/enquiry", json={"name": "Tessa"})).status,
            (await post("/desk/enquiry", data={"name": "x" * 300_000})).status,
            (await post("/desk/enquiry", data=b"\xff\xfe=%zz", headers={"Content-Type": FORM})).status,
            (await post("/desk/enquiry", data={"a": "b"}, headers={"Origin": "https://evil.test"})).status,
            (await desk.client.put("/desk/enquiry")).status,
        ]

        assert statuses == [415, 413, 400, 403, 405]
        assert await how_many(desk) == 0


FORM = "application/x-www-form-urlencoded"


async def test_a_helper_on_the_phone_is_a_contact_and_the_family_is_asked_first(
    database: Database, moment: datetime
) -> None:
    async with opened_desk(database, moment) as desk:
        told = {**TOLD, "authority": await council(desk), "you": "helper", "name": "Nora Neighbour"}
        case_page = await desk.done("/desk/enquiry", **told, family="Tessa Arden", own_phone="07700 900111")
        before = await desk.get(case_page)
        board_before = await desk.get("/desk")
        form = await desk.get(f"{case_page}/yes")
        after_page = await desk.done(
            f"{case_page}/yes", day__day=moment.day, day__month=moment.month, day__year=moment.year,
            hour=f"{moment.astimezone(LONDON):%H:%M}", channel="phone",
        )  # fmt: skip
        after, again = await desk.get(case_page), await desk.get(f"{case_page}/yes")
        async with database.read() as db:
            case = await file.load_case(db, case_page.rpartition("/")[2])
            family = (await file.seats_of(db, case.id))[0]

    assert (family.name, case.helper and case.helper.name) == ("Tessa Arden", "Nora Neighbour")
    assert after_page == case_page
    assert "Somebody helping the family wrote. The family has not said yes yet." in before
    assert "Now: the family is to be asked first" in before
    assert "Nora Neighbour" in before
    assert "900111" in before
    assert "Somebody wrote for the family by phone" in before
    assert "Somebody helping the family wrote" in board_before
    assert "Write down their yes" in form
    assert "has not said yes yet" not in after
    assert "The family said yes on" in after
    assert "Write down their yes" not in again
    assert not case.asks_first
