"""An adviser sees that the family was not asked, on every page of the case, and can write nothing else down first."""

from dataclasses import replace
from datetime import datetime

import pytest
from aiohttp.test_utils import TestClient, TestServer

from cases import file
from cases.helper import Helper
from database.engine import Database
from pages.adviser import call, certificate, day
from pages.coordinator import family_yes
from pages.moments import LONDON
from tests.cases.house import Walk, enquire, furnish
from tests.pages.small_service import cookie, service

PAGES = (*call.PAGES, *certificate.PAGES, *day.PAGES, *family_yes.PAGES)
SAME = {"Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"}
NOT_YET = "Somebody helping the family wrote. The family has not said yes yet."
NORA = Helper(name="Nora Neighbour", email=None, phone="+447700900111")


@pytest.fixture
async def walk(database: Database, moment: datetime) -> Walk:
    async with database.write() as db:
        return await enquire(db, await furnish(db, now=moment), now=moment, helper=NORA)


def said(moment: datetime, **more: str) -> dict[str, str]:
    """When and how, as the forms ask it."""
    local = moment.astimezone(LONDON)
    parts = {"day-day": local.day, "day-month": local.month, "day-year": local.year}
    return {name: str(value) for name, value in parts.items()} | {"hour": f"{local:%H:%M}", "channel": "phone", **more}


async def test_the_day_and_every_page_of_the_case_say_so(database: Database, moment: datetime, walk: Walk) -> None:
    mine, matter, found = await cookie(database, walk.house.adviser, moment), walk.matter.id, {}
    async with TestClient(TestServer(service(database, PAGES, moment=moment)), cookies=mine) as client:
        for path in ("/advice", f"/advice/{matter}/call", f"/advice/{matter}/choice"):
            answer = await client.get(path)
            found[path] = (answer.status, NOT_YET.removesuffix(".") in await answer.text())  # the day has it in a line
    assert set(found.values()) == {(200, True)}


async def test_nothing_else_is_written_down_first(database: Database, moment: datetime, walk: Walk) -> None:
    mine, where = await cookie(database, walk.house.adviser, moment), f"/advice/{walk.matter.id}"
    async with TestClient(TestServer(service(database, PAGES, moment=moment)), cookies=mine) as client:
        answers = [
            await client.post(f"{where}/{page}", data=said(moment, choice="mediation"), headers=SAME)
            for page in ("call", "choice")
        ]
        texts = [await answer.text() for answer in answers]
    assert answers[0].status == 409
    assert "The family has not said yes yet. Ask them first" in texts[0]
    assert answers[1].status == 404  # nobody's yet: the talk comes first


async def test_the_yes_leads_on_to_the_call(database: Database, moment: datetime, walk: Walk) -> None:
    mine, where = await cookie(database, walk.house.adviser, moment), f"/desk/case/{walk.case.id}/yes"
    async with TestClient(TestServer(service(database, PAGES, moment=moment)), cookies=mine) as client:
        shown = await (await client.get(where)).text()
        wrong = await client.post(where, data=said(moment, channel="pigeon"), headers=SAME)
        late = await client.post(where, data=said(moment.replace(hour=23)), headers=SAME)
        answer = await client.post(where, data=said(moment), headers=SAME, allow_redirects=False)
        after = await (await client.get(f"/advice/{walk.matter.id}/call")).text()
        again = await client.post(where, data=said(moment), headers=SAME, allow_redirects=False)
    async with database.read() as db:
        case = await file.load_case(db, walk.case.id)

    assert "Nora Neighbour, helping the family" in shown
    assert "Tessa Alderton" in shown
    assert (wrong.status, late.status) == (422, 422)
    assert (answer.status, answer.headers["Location"]) == (303, f"/advice/{walk.matter.id}/call")
    assert again.status == 303
    assert NOT_YET not in after
    assert "The family said yes on" in after
    assert case.helper == replace(NORA, yes_at=moment, yes_channel=case.helper.yes_channel if case.helper else None)


async def test_another_adviser_and_a_mediator_do_not_find_it(database: Database, moment: datetime, walk: Walk) -> None:
    mine = await cookie(database, walk.house.mediator, moment)
    async with TestClient(TestServer(service(database, PAGES, moment=moment)), cookies=mine) as client:
        answer = await client.get(f"/desk/case/{walk.case.id}/yes")
    assert answer.status in (403, 404)
