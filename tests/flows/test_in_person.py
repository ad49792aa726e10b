"""One mediation in person, the exceptional way: a venue's room in place of the video, the same floor on a tablet."""

import shutil
from pathlib import Path

from playwright.async_api import expect

from demonstration.video_server import free_port
from pages.routes import ALL
from tests.browser.album import Album
from tests.flows import booking_steps, house_steps, paper_steps
from tests.flows.cast import ADVISER, COORDINATOR, MEDIATOR, OFFICER, PARENT, Actor, press, sign_in, write
from tests.flows.stage import ROOT, Stage, chromium, open_catcher, served
from tests.flows.test_whole_way import ROLES, begin, set_clock, the_papers

ONLINE = {"equipment", "hearing", "meeting-over", "room", "waiting", "who"}  # nobody comes to a door by a link
# They say the same whatever the meeting is, and stand in the album of the whole way.
SIGNING_IN = {"join", "join-code", "signin", "signin-code", "enrol", "second-factor"}
FOR_ANYONE = {"accessibility", "certificate-check", "help", "home", "privacy", "my-appeal-date"}
OF_THE_DESK = {"desk-contact", "desk-diary", "desk-enquiry", "desk-hours", "desk-messages", "desk-seat", "desk-seats"}
OF_OTHERS = {"advice-certificate", "advice-facts", "desk-case", "family-yes", "sitting-open"}
OF_TURNS = {"sitting-prepare", "sitting-rules", "sitting-stages", "sitting-stages-usual"}
OF_THE_ROOM = {"desk-colleague-add", "desk-live"}
ELSEWHERE = SIGNING_IN | FOR_ANYONE | OF_THE_DESK | OF_OTHERS | OF_TURNS | OF_THE_ROOM
BUILD = ROOT / "build" / "journey" / "in-person"


async def add_venue(stage: Stage, mina: Actor) -> None:
    """A neutral house with a shared room and one for each side."""
    tab = mina.tab
    await tab.goto(f"{stage.url}/desk/venues/new")
    await stage.album.take(tab, mina.role)
    await write(tab, name="Lindenfold House", address="4 Linden Row, Northmere NM1 2AB", directions="Bus 7")
    for box in await tab.locator('[name="suits"]').all():
        await box.check()
    await press(tab, "Add this venue")
    for room, seats in (("Oak, the shared room", "12"), ("Birch", "6"), ("Willow", "6"), ("Quiet room", "3")):
        await tab.goto(f"{stage.url}/desk/venues")
        await tab.get_by_role("link", name="Lindenfold").first.click()
        await tab.wait_for_load_state("load")
        await write(tab, room=room, seats=seats)
        await press(tab, "Add this room")
    await stage.album.take(tab, mina.role)
    await tab.goto(f"{stage.url}/desk/venues")
    await stage.album.take(tab, mina.role)


async def book_in_person(stage: Stage, mina: Actor, case: str) -> str:
    """A place that suits, a time, a recorded reason and decision: everybody's invitation says where."""
    tab, before = mina.tab, len(stage.catcher.mails)
    await tab.goto(f"{case}/in-person")
    await stage.album.take(tab, mina.role)
    await tab.goto(f"{case}/times")
    await tab.locator('select[name="venue"]').select_option(label="Lindenfold House")
    await press(tab, "Search again")
    await stage.album.take(tab, mina.role)
    await booking_steps.pick(stage, mina, 0)
    await booking_steps.waive(tab)
    await tab.locator('[name="reason"]').first.check()
    await write(tab, words="A signed conversation was tried online and did not work for the family.")
    await press(tab, "Book it and tell everybody")
    if "/desk/meeting/" not in tab.url:
        await tab.goto(case)
        href = await tab.locator('a[href*="/desk/meeting/"]').last.get_attribute("href")
        await tab.goto(f"{stage.url}{href}")
    await stage.album.take(tab, mina.role)
    for email in (PARENT[1], OFFICER[1]):
        mail = await stage.mail(email, "Mediation meeting", after=before)
        assert "Linden Row" in mail.calendar.replace("\r\n ", "")
        assert "Rowan" not in mail.calendar
    return tab.url.rpartition("/")[2]


async def round_the_table(stage: Stage, idris: Actor, meeting: str) -> None:
    """Each person agrees at the table, is seated, and the tablet keeps the turns, without any video."""
    tab = idris.tab
    await tab.goto(f"{stage.url}/mediator/sitting/{meeting}")
    await stage.album.take(tab, idris.role, "closed")
    await press(tab, "Open the sitting")
    for _ in range(2):
        await tab.goto(f"{stage.url}/mediator/sitting/{meeting}")
        await tab.get_by_role("button", name="They agreed at the table").first.click()
        await tab.wait_for_load_state("load")
    for _ in range(2):
        await tab.goto(f"{stage.url}/mediator/sitting/{meeting}")
        await tab.get_by_role("button", name="Seat at the table").first.click()
        await tab.wait_for_load_state("load")
    await stage.album.take(tab, idris.role)
    await tab.goto(f"{stage.url}/mediator/sitting/{meeting}/room")
    await expect(tab.locator("#room")).to_contain_text("Tessa A.", timeout=20_000)
    await stage.album.take(tab, idris.role, "tablet")
    await tab.locator(".seat").filter(has_text="Tessa A.").first.click()
    await expect(tab.locator("#room")).to_contain_text("has the floor")
    await stage.album.take(tab, idris.role, "tablet-floor")


async def test_in_person(tmp_path: Path) -> None:
    port, database = free_port(), f"sqlite:///{tmp_path / 'evenhand.db'}"
    url = f"http://127.0.0.1:{port}"
    begin(tmp_path, database, url)
    shutil.rmtree(BUILD, ignore_errors=True)
    album = Album(folder=BUILD / "pages", pages=ALL)
    async with open_catcher("127.0.0.1", 0, BUILD / "mail") as catcher, chromium() as browser:
        more = {"SMTP_PORT": str(catcher.port), "DEMONSTRATION": "1"}
        stage = Stage(url=url, folder=BUILD, catcher=catcher, browser=browser, album=album)
        async with served(tmp_path, database, more, port=port):
            mina = await sign_in(stage, "coordinator", COORDINATOR[1])
            await house_steps.furnish(stage, mina)
            await add_venue(stage, mina)
            joy = await sign_in(stage, "adviser", ADVISER[1])
            idris = await sign_in(stage, "mediator", MEDIATOR[1])
            await house_steps.enquire(stage)
            await house_steps.advise(stage, joy, "Rowan", "mediation")
            case = await booking_steps.find_case(stage, mina, "Rowan")
            await booking_steps.give_mediator(stage, mina, case)
            await booking_steps.reach_family(stage, idris)
            await booking_steps.set_hours(stage, mina)
            first = await book_in_person(stage, mina, case)
            await booking_steps.move(stage, mina, f"{stage.url}/desk/meeting/{first}")
            await booking_steps.cancel(stage, mina, f"{stage.url}/desk/meeting/{first}")
            meeting = await book_in_person(stage, mina, case)
        await set_clock(stage)
        ahead = {"DEMO_CLOCK_AHEAD": str(int(stage.ahead.total_seconds()))}
        async with served(tmp_path, database, more | ahead, port=port):
            idris = await sign_in(stage, "mediator", MEDIATOR[1])
            await round_the_table(stage, idris, meeting)
            await paper_steps.draft(stage, idris, meeting)
            await paper_steps.end(stage, idris, meeting)
            await the_papers(stage, idris, meeting, folder=BUILD / "papers")
    stage.keep()
    assert album.faults == []
    assert [one for one in album.missing(ROLES) if one.rpartition(" ")[2] not in ONLINE | ELSEWHERE] == []
