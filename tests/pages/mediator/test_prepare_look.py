"""The pages of a sitting's plan, looked at by a browser: they fit, nothing is too small, axe objects to nothing."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, async_playwright

from cases.case import Side, Standing
from cases.dossier import NewSeat
from cases.file import add_seat, edit_seat
from database.engine import DatabaseSettings, open_database
from meetings import register
from meetings.register import Meeting
from meetings.room.video import open_video
from pages.keys import VIDEO
from pages.mediator import close, day, draft, prepare, prepare_rules, prepare_stages
from pages.rendering import prepare_templates
from pages.room import sitting
from people.roles import Party
from tests import ran
from tests.conftest import SERVICE_KEY
from tests.meetings.room.test_plans import booked
from tests.pages.mediator.test_prepare import DRAWING, TEA, place
from tests.pages.small_service import Client, cookie, post, service
from tests.pages.test_coordinator_look import CHROMIUM, QUIET, look
from tests.records.stage import Stage as Story

PAGES = (
    *prepare.PAGES,
    *prepare_stages.PAGES,
    *prepare_rules.PAGES,
    *sitting.PAGES,
    *day.PAGES,
    *close.PAGES,
    *draft.PAGES,
)
MORE = (
    (Side.HEALTH, Standing.WITNESS, Party.HEALTH, "Dr Sami Rahimi", "Clinical officer", ("phone",)),
    (Side.NOBODY, Standing.LANGUAGE_WORKER, Party.INTERPRETER, "Ines Roa", "Interpreter", ()),
)
WORDS = "Dyslexic: please no reading aloud, and send nothing long on the day. Rowan may come in for the first part"


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        ran.started("Chromium", opened.version)
        yield opened
        await opened.close()


async def everybody(story: Story, meeting: Meeting) -> None:
    """The parent has told her needs; somebody of the local NHS and an interpreter come too."""
    values = {name: getattr(story.family, name) for name in NewSeat.__dataclass_fields__}
    told = NewSeat(**{**values, "needs": ("time", "large-print"), "needs_words": WORDS})
    async with story.database.write() as db:
        await edit_seat(db, story.case, story.family.id, changed=told)
        for side, standing, party, name, title, needs in MORE:
            new = NewSeat(side=side, standing=standing, party=party, name=name, title=title, needs=needs)
            seat = await add_seat(db, story.case, new, now=story.moment)
            await register.enter_attendances(db, meeting.id, [seat.id], domain="evenhand.example", now=story.moment)


async def planned(client: Client, path: str) -> None:
    """A plan of the mediator's own, longer than its meeting, with a stage taken out."""
    stages = f"{path}/stages"
    answers = [
        await post(client, f"{stages}?stage=new", **TEA, after="4", seen="0"),
        await post(client, f"{stages}?stage=3", **DRAWING, seen="1"),
        await post(client, f"{stages}?stage=new", **{**TEA, "called": ""}, after="6", seen="2"),
        await post(client, f"{stages}/arrange", stage="2", do="out", seen="3"),
    ]
    assert [answer.status for answer in answers] == [303] * 4


async def looked(page: Page, address: str, name: str, shots: Path | None) -> None:
    await page.goto(address)
    for width in (1280, 390, 320):
        await look(page, name, width)
        if shots:
            await page.screenshot(path=shots / f"{name}-{width}.png", full_page=True)
    found = await Axe().run(page)
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found.response["violations"]] == [], name


async def test_every_page_of_a_plan_fits_and_axe_objects_to_nothing(
    browser: Browser, sqlite_url: str, moment: datetime, shots: Path | None
) -> None:
    settings = DatabaseSettings(url=sqlite_url, service_key=SERVICE_KEY)
    async with open_database(settings) as database:
        story, meeting = await booked(database, moment)
        await everybody(story, meeting)
        path, now = place(meeting), moment + timedelta(days=20)
        app = service(database, PAGES, moment=now)
        prepare_templates(app)
        cookies = await cookie(database, story.mediator, now)
        async with open_video(None) as app[VIDEO], TestClient(TestServer(app), cookies=cookies) as client:
            context = await browser.new_context()
            home = str(client.make_url("/"))
            await context.add_cookies([{"name": name, "value": value, "url": home} for name, value in cookies.items()])
            page = await context.new_page()
            for name, address in (
                ("usual-plan", path),
                ("day", "/mediator"),
                ("sitting", path.removesuffix("/prepare")),
            ):
                await looked(page, str(client.make_url(address)), name, shots)
            await planned(client, path)
            for name, more in (
                ("own-plan", ""),
                ("stages", "/stages"),
                ("stage-new", "/stages?stage=new"),
                ("stage-open", "/stages?stage=2"),
                ("back-to-usual", "/stages/usual"),
                ("rules", "/rules"),
            ):
                await looked(page, str(client.make_url(f"{path}{more}")), name, shots)
            await page.goto(str(client.make_url(f"{path}/stages?stage=2")))
            await page.fill("#minutes", "ten")
            await page.get_by_role("button", name="Save this stage").click()
            await looked_again(page, shots)


async def looked_again(page: Page, shots: Path | None) -> None:
    """The page that says what is to be mended."""
    assert await page.locator("#minutes-error").is_visible()
    for width in (1280, 390):
        await look(page, "stage-wrong", width)
        if shots:
            await page.screenshot(path=shots / f"stage-wrong-{width}.png", full_page=True)
    found = await Axe().run(page)
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found.response["violations"]] == []


@pytest.fixture
def shots(pytestconfig: pytest.Config) -> Path | None:
    """Where pictures of every page are kept, for who wants to look at them: `build/plan-shots`, if it is there."""
    kept = Path(pytestconfig.rootpath) / "build" / "plan-shots"
    return kept if kept.is_dir() else None
