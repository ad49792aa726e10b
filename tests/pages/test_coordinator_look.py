"""Every page of the coordinator, looked at by a browser: it fits, nothing is too small, axe objects to nothing."""

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, async_playwright

from cases.case import Decision
from cases.helper import Helper
from database.engine import DatabaseSettings, open_database
from meetings import register
from notifications.when import begins
from tests import ran
from tests.conftest import SERVICE_KEY
from tests.pages.coordinator.desk import Desk, advised, another, opened_desk, rowan, with_mediator

CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SMALL = """() => [...document.querySelectorAll("a, button, select, textarea, summary, input")]
  .filter((one) => !one.matches(".skip, .govuk-skip-link, [type=hidden], [type=radio], [type=checkbox]"))
  .filter((one) => !one.closest("p, .eh-choice, .eh-papers, .govuk-list--bullet"))
  .filter((one) => { const { height } = one.getBoundingClientRect(); return height > 0 && height < 44; })
  .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        ran.started("Chromium", opened.version)
        yield opened
        await opened.close()


async def a_house_at_work(desk: Desk) -> dict[str, str]:
    """Rowan's case with a booked meeting, another that has just come in; and the address of every page, by its name."""
    matter = await rowan(desk)
    await advised(desk, matter)
    await with_mediator(desk, matter)
    await another(desk, decision=Decision.REFUSE_ASSESS)
    helper = Helper(name="Nora Neighbour", email="nora@post.example", phone="+447700900111")
    helped = await another(desk, decision=Decision.REFUSE_ISSUE, child="Wren", helper=helper)
    late = await another(desk, decision=Decision.PLACEMENT_ONLY, child="Ada")
    await advised(desk, late)
    await with_mediator(desk, late)
    case = f"/desk/case/{matter.case_id}"
    day = {"day__day": 8, "day__month": 10, "day__year": 2026}
    await desk.done(f"{case}/contact", reached="no", channel="phone", time="9:55", **day)
    await desk.done(f"{case}/contact", reached="yes", channel="phone", time="10:00", note="After the school run", **day)
    council = await desk.done("/desk/venues/new", name="Larkfield House", address="2 Elm Lane\nNorthmere NM1 2AB")
    await desk.done(f"{council}/rooms", room="Oak", seats=12)
    await desk.done(f"{council}/rooms", room="Ash", seats=8)
    diary = f"/desk/diary/{desk.staff['idris'].id}"
    off = {"away__day": 19, "away__month": 10, "away__year": 2026}
    until = {"until__day": 20, "until__month": 10, "until__year": 2026}
    await desk.done(f"{diary}/away", **off, **until)
    starts = begins(date(2026, 11, 3)) + timedelta(hours=10)
    seats = await desk.seat_ids(matter.case_id)
    ask = {"mediator": desk.staff["idris"].id, "starts": starts.isoformat(), "minutes": "180"}
    meeting = await desk.done(f"{case}/book", seats=seats, **ask)
    await desk.done(f"{meeting}/add/trainee", account=desk.staff["ruth"].id, independent="yes")
    await desk.done(f"{meeting}/trainee-yes", side="family")
    soon = begins(date(2026, 10, 13)) + timedelta(hours=10)
    fresh = {"starts": soon.isoformat()}
    async with desk.database.read() as db:
        venue_id = council.rpartition("/")[2]
        assert (await register.of_case(db, matter.case_id))[0].starts == starts
    return {
        "board": "/desk",
        "cases": "/desk/cases",
        "enquiry": "/desk/enquiry",
        "case": case,
        "facts": f"/advice/{matter.id}/facts",
        "case-new": f"/desk/case/{late.case_id}",
        "case-helped": f"/desk/case/{helped.case_id}",
        "family-yes": f"/desk/case/{helped.case_id}/yes",
        "assign-adviser": f"/desk/case/{late.case_id}/assign",
        "assign-mediator": f"{case}/assign?duty=mediator",
        "contact": f"{case}/contact",
        "seats": f"{case}/people",
        "seat": f"{case}/people/{seats[0]}",
        "times": f"/desk/case/{late.case_id}/times",
        "times-booked": f"{case}/times",
        "places": f"{case}/in-person",
        "book": f"/desk/case/{late.case_id}/book?{_query({**ask, **fresh})}",
        "book-in-person": f"/desk/case/{late.case_id}/book?{_query({**ask, **fresh, 'venue': venue_id})}",
        "book-taken": f"/desk/case/{late.case_id}/book?{_query(ask)}",
        "meeting": meeting,
        "colleague-add": f"{meeting}/add/co-mediator",
        "live-shut": f"{meeting}/live",
        "move": f"{meeting}/move",
        "move-confirm": f"{meeting}/move?{_query({'starts': (starts + timedelta(days=1)).isoformat()})}",
        "cancel": f"{meeting}/cancel",
        "messages": "/desk/messages",
        "diary": "/desk/diary?week=2026-11-02",
        "hours": diary,
        "venues": "/desk/venues",
        "venue": council,
        "venue-new": "/desk/venues/new",
        "councils": "/desk/councils",
        "council-new": "/desk/councils/new",
        "colleagues": "/desk/people",
        "colleague": f"/desk/people/{desk.staff['joy'].id}",
    }


def _query(asked: dict[str, str]) -> str:
    return "&".join(f"{name}={value.replace('+', '%2B')}" for name, value in asked.items())


async def look(page: Page, name: str, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 900})
    assert await page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
    assert await page.evaluate(SMALL) == [], (name, width)


async def test_every_page_fits_and_axe_objects_to_nothing(
    browser: Browser, sqlite_url: str, moment: datetime, shots: Path | None
) -> None:
    settings = DatabaseSettings(url=sqlite_url, service_key=SERVICE_KEY)
    async with open_database(settings) as database, opened_desk(database, moment) as desk:
        addresses = await a_house_at_work(desk)
        context = await browser.new_context()
        await context.add_cookies(
            [{"name": "evenhand-staff", "value": desk.secret, "url": str(desk.client.make_url("/"))}]
        )
        page = await context.new_page()
        for name, path in addresses.items():
            answer = await page.goto(str(desk.client.make_url(path)))
            assert answer is not None
            assert answer.status == 200, (name, path)
            for width in (1280, 390, 320):
                await look(page, name, width)
                if shots:
                    await page.screenshot(path=shots / f"{name}-{width}.png", full_page=True)
            await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            found = await Axe().run(page)
            assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found.response["violations"]] == [], name


@pytest.fixture
def shots(pytestconfig: pytest.Config) -> Path | None:
    """Where pictures of every page are kept, for who wants to look at them: `build/desk-shots`, if it is there."""
    kept = Path(pytestconfig.rootpath) / "build" / "desk-shots"
    return kept if kept.is_dir() else None
