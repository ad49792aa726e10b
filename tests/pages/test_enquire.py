"""Writing to us: what is wrong is named at its field, in the order of the questions, and what was typed stays."""

import re
from datetime import datetime

import pytest
from aiohttp.test_utils import TestClient, TestServer

from database.engine import Database
from pages.public import enquire
from tests.pages.small_service import service

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
