"""The adviser's call and the family's choice: what cannot be right is asked about, and what was typed stays."""

from datetime import datetime, timedelta

from cases import work
from database.engine import Database
from pages.adviser import call, certificate
from tests.cases.house import ALL_TICKS, Walk, walk_to
from tests.pages.small_service import browser, post

PAGES = (*call.PAGES, *certificate.PAGES)


def day(when: datetime) -> dict[str, int]:
    return {"day-day": when.day, "day-month": when.month, "day-year": when.year}


async def test_advice_before_the_letter_is_asked_about_and_the_note_stays(database: Database, moment: datetime) -> None:
    walk = await walk_to(database, now=moment)
    typed = {"ticks": [*ALL_TICKS], "note": "Wants time.", "hour": "10:00", "channel": "phone"}

    async with browser(database, PAGES, walk.house.adviser, now=moment) as client:
        answer = await post(client, f"/advice/{walk.matter.id}/call", **typed, **day(datetime(2026, 1, 1)))  # noqa: DTZ001
        text = await answer.text()

    assert answer.status == 422
    assert "That was before the letter, which is of Monday 14 September 2026." in text
    assert all(words in text for words in ("Wants time.", 'value="2026"', 'id="day-error"'))
    async with database.read() as db:
        assert await work.advice_of(db, walk.matter.id) == []


async def advised(database: Database, moment: datetime) -> Walk:
    walk = await walk_to(database, now=moment)
    async with database.write() as db:
        return await walk.advised(db)


async def test_a_choice_about_nothing_or_before_the_advice_is_asked_about(database: Database, moment: datetime) -> None:
    walk = await advised(database, moment)
    path = f"/advice/{walk.matter.id}/choice"
    typed = {"choice": "declined", "channel": "phone", **day(moment), "hour": "10:00"}
    early = {**typed, **day(moment - timedelta(days=1)), "about": ["health"]}

    async with browser(database, PAGES, walk.house.adviser, now=moment) as client:
        nothing = await post(client, path, **typed)
        nothing_text = await nothing.text()
        before = await post(client, path, **early)
        before_text = await before.text()

    assert (nothing.status, before.status) == (422, 422)
    assert "Say what it is about: education, health or social care." in nothing_text
    assert 'id="about-error"' in nothing_text
    assert "That was before the advice, on Thursday 8 October 2026, 10 am." in before_text
    assert 'id="day-error"' in before_text
    async with database.read() as db:
        assert await work.choices_of(db, walk.matter.id) == []
