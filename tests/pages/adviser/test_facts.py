"""The page of a case's facts: each mistake at its field, and a case without a date that gets its certificate."""

import re
from dataclasses import replace
from datetime import date, datetime

from cases import correcting, file
from cases.case import Choice, Decision
from cases.facts import Facts
from cases.states import Event
from database.engine import Database
from pages.adviser import certificate, facts
from records import archive
from tests.pages.small_service import Client, browser, get, post
from tests.records.stage import Stage, advise, choose, holder, set_up

PAGES = (*facts.PAGES, *certificate.PAGES)


async def put(stage: Stage, **changes: object) -> None:
    """The facts are these, as a coordinator wrote them."""
    async with stage.database.write() as db:
        known = await correcting.look(db, stage.matter.id, person=stage.coordinator)
        after = replace(known.facts, **changes)  # type: ignore[arg-type]
        mark, who = known.facts.mark, stage.coordinator
        await correcting.correct(db, stage.matter.id, after, seen=mark, person=who, now=stage.moment)


async def known(stage: Stage) -> Facts:
    async with stage.database.read() as db:
        return (await correcting.look(db, stage.matter.id, person=stage.coordinator)).facts


def typed(text: str) -> dict[str, str]:
    """The fields of the form, as the page shows them."""
    form = re.search(r"<form.*?</form>", text[text.index("<main") :], re.DOTALL)
    assert form is not None
    fields = {}
    for tag in re.findall(r"<input[^>]*>", form[0]):
        name, value = (re.search(rf'{word}="([^"]*)"', tag) for word in ("name", "value"))
        assert name is not None
        assert value is not None
        fields[name[1]] = value[1]
    chosen = re.search(r'<option value="([^"]+)" selected', form[0])
    return fields | ({"decision": chosen[1]} if chosen else {})


def dated(name: str, when: date) -> dict[str, str]:
    return {f"{name}-day": str(when.day), f"{name}-month": str(when.month), f"{name}-year": str(when.year)}


async def refused(client: Client, path: str, field: str, **changes: str) -> str:
    """The page with the form again, and its error at this field and no other."""
    fields = typed((await get(client, path))[1]) | changes
    answer = await post(client, path, **fields)
    text = await answer.text()
    assert answer.status == 422, text
    assert re.findall(r'<p id="(\w+)-error"', text) == [field]
    again = typed(text)
    assert {name: again[name] for name in changes} == changes  # what was typed is kept
    return text


async def test_a_case_without_a_date_gets_its_certificate_once_the_date_is_found(
    database: Database, moment: datetime
) -> None:
    stage = await set_up(database, moment, decision=Decision.NOT_SURE)
    await put(stage, letter_date=None, sent_date=None)
    await advise(stage)
    await choose(stage, Choice.DECLINED)
    path = f"/advice/{stage.matter.id}"

    async with browser(database, PAGES, stage.adviser, now=moment) as client:
        _, before = await get(client, f"{path}/certificate")
        in_vain = await post(client, f"{path}/certificate", kind="declined")
        assert f'href="{path}/facts?back=certificate"' in before
        _, form = await get(client, f"{path}/facts?back=certificate")
        fields = typed(form) | {"decision": "refuse_assess"} | dated("letter_date", date(2026, 9, 14))
        saved = await post(client, f"{path}/facts", **fields)
        _, after = await get(client, f"{path}/certificate")
        issued = await post(client, f"{path}/certificate", kind="declined")
        _, locked = await get(client, f"{path}/facts")

    assert "The certificate is due by Tuesday 13 October 2026, but the date of the letter is missing" in before
    assert "No certificate is due yet" not in before
    assert in_vain.status == 409
    assert (saved.status, saved.headers["Location"]) == (303, f"{path}/certificate")
    assert "last day Tuesday 13 October" in after
    assert re.search(r"<dd>[^<]*assess[^<]*Notice dated Monday 14 September 2026<", after)
    assert "Monday 16 November 2026, 5 pm" in after
    assert issued.status == 303
    async with database.read() as db:
        assert len(await archive.certificates_of(db, stage.matter.id)) == 1
    assert "These facts can no longer be changed." in locked
    assert "<form" not in locked[locked.index("<main") :]


async def test_before_anything_started_its_time_the_certificate_is_not_due(
    database: Database, moment: datetime
) -> None:
    stage = await set_up(database, moment)
    await put(stage, letter_date=None, sent_date=None)
    await advise(stage)

    async with browser(database, PAGES, stage.adviser, now=moment) as client:
        _, text = await get(client, f"/advice/{stage.matter.id}/certificate")

    assert "No certificate is due yet." in text


async def test_each_mistake_is_shown_at_its_field_and_changes_nothing(database: Database, moment: datetime) -> None:
    stage = await set_up(database, moment)
    path, before = f"/advice/{stage.matter.id}/facts", await known(stage)

    async with browser(database, PAGES, stage.coordinator, now=moment) as client:
        ahead = await refused(client, path, "letter_date", **dated("letter_date", date(2026, 10, 9)))
        await refused(client, path, "sent_date", **dated("sent_date", date(2026, 9, 13)))
        await refused(client, path, "sent_date", **{"sent_date-day": "31", "sent_date-month": "9"})
        await refused(client, path, "born", **dated("born", date(2000, 10, 8)))
        await refused(client, path, "born", **dated("born", date(2026, 10, 9)))
        await refused(client, path, "first_name", first_name=" ")
        await refused(client, path, "last_name", last_name="")
        await refused(client, path, "last_name", last_name="see http://evil.example")
        gold = await post(client, path, first_name="Rowan", decision="gold")
        words = await gold.text()

    assert (gold.status, 'id="decision-error"' in words) == (422, True)
    assert "This date is still to come. Today is Thursday 8 October 2026." in ahead
    assert await known(stage) == before


async def test_pressed_twice_it_is_one_change(database: Database, moment: datetime) -> None:
    stage = await set_up(database, moment)
    path = f"/advice/{stage.matter.id}/facts"

    async with browser(database, PAGES, stage.coordinator, now=moment) as client:
        fields = typed((await get(client, path))[1]) | {"first_name": "Robin"}
        first, again = await post(client, path, **fields), await post(client, path, **fields)
        stale = await post(client, path, **fields | {"form_key": "another", "first_name": "Wren"})
        words = await stale.text()

    case = f"/desk/case/{stage.case.id}"
    assert [(one.status, one.headers["Location"]) for one in (first, again)] == [(303, case), (303, case)]
    assert stale.status == 409
    assert "Somebody else has changed this case while you had it open." in words
    assert typed(words)["first_name"] == "Wren"
    assert "Robin Adair" in words  # as it is written down now
    assert (await known(stage)).first_name == "Robin"


async def test_after_the_record_the_name_stays_and_the_date_can_be_added(database: Database, moment: datetime) -> None:
    stage = await set_up(database, moment)
    await put(stage, letter_date=None, sent_date=None)
    await advise(stage)
    await choose(stage, Choice.DECLINED)
    async with database.write() as db:
        matter = await file.load_matter(db, stage.matter.id)
        event = Event.CERTIFIED
        await file.move_matter(db, matter, event, person=stage.adviser, now=moment, agreed_on=moment.date())
    path = f"/advice/{stage.matter.id}/facts"

    async with browser(database, PAGES, stage.adviser, now=moment) as client:
        _, text = await get(client, path)
        fields = typed(text) | dated("letter_date", date(2026, 9, 14))
        forged = await post(client, path, **fields | {"first_name": "Robin"})
        words = await forged.text()
        saved = await post(client, path, **fields)

    assert "The record that was sealed prints their name, so it stays as it is." in text
    assert 'id="first_name"' not in text
    assert forged.status == 409
    assert "A paper that people hold is never changed behind their backs." in words
    assert saved.status == 303
    assert (await known(stage)).letter_date == date(2026, 9, 14)
    assert (await known(stage)).first_name == "Rowan"


async def test_who_came_from_the_case_page_is_led_back_to_it(database: Database, moment: datetime) -> None:
    stage = await set_up(database, moment)
    await advise(stage)
    where, found = f"/desk/case/{stage.case.id}", []

    for who in (stage.coordinator, stage.adviser):
        async with browser(database, PAGES, who, now=moment) as client:
            answer = await client.get(f"/advice/{stage.matter.id}/facts?back=case")
            found.append((answer.status, f'<a class="govuk-link eh-touch" href="{where}">' in await answer.text()))

    assert found == [(200, True), (200, True)]


async def test_nobody_else_finds_the_page(database: Database, moment: datetime) -> None:
    stage = await set_up(database, moment)
    await advise(stage)
    path, before = f"/advice/{stage.matter.id}/facts", await known(stage)

    for who in (stage.mediator, holder(stage.family), holder(stage.council)):
        async with browser(database, PAGES, who, now=moment) as client:
            assert (await get(client, path))[0] in {303, 404}
            assert (await post(client, path, first_name="Robin", decision="cease")).status in {303, 404}
    assert await known(stage) == before
