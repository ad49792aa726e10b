"""The coordinators' view of a room: what they see, what they never see, and that what waits is answered from there."""

import contextlib
import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from aiohttp.test_utils import TestClient, TestServer
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import async_playwright

from database.engine import Database, DatabaseSettings, open_database
from meetings import register
from meetings.meeting import MeetingState
from meetings.room import floors, turns
from meetings.room.asks import Arrived, RaiseHand, Tell
from meetings.room.commands import SetNumber, SetStretch
from meetings.room.floor import SeatKey
from meetings.room.told import What
from people import accounts
from people.roles import Role
from tests import ran
from tests.conftest import SERVICE_KEY
from tests.pages.coordinator.desk import Clock, Desk, application
from tests.pages.test_coordinator_look import CHROMIUM, QUIET, look
from tests.servers.sitting import Sitting, open_sitting

A_MINUTE = timedelta(seconds=61)


@contextlib.asynccontextmanager
async def house(database: Database, moment: datetime) -> AsyncIterator[tuple[Desk, Sitting, str]]:
    """Mina's browser while the meeting is on, and the address of its room."""
    sitting = await open_sitting(database, now=moment)
    clock = Clock(moment=moment + sitting.ahead)
    async with database.read() as db:
        (mina,) = await accounts.all_with_role(db, Role.COORDINATOR)
    async with TestClient(TestServer(application(database, clock))) as client:
        desk = Desk(client=client, database=database, clock=clock, staff={"mina": mina})
        await desk.sign_in("mina")
        yield desk, sitting, f"/desk/meeting/{sitting.meeting_id}/live"


async def in_the_room(desk: Desk, sitting: Sitting) -> None:
    """All three are there; the parent asks to speak, has more time, and has told the mediator two things."""
    parent, officer, mediator = (SeatKey(one.seat) for one in (sitting.parent, sitting.officer, sitting.mediator))
    async with desk.database.write() as db:
        for one in (mediator, parent, officer):
            floor = await turns.take_turn(db, sitting.meeting_id, Arrived(by=one), now=desk.now)
        signals = (
            SetStretch(by=mediator, op="op-1", version=floor.version, seat=parent, percent=150),
            RaiseHand(by=parent, op="op-2"),
            Tell(by=parent, op="op-3", what=What.UPSET),
            Tell(by=officer, op="op-4", what=What.WORD, word="EOTAS"),
        )
        for signal in signals:
            await turns.take_turn(db, sitting.meeting_id, signal, now=desk.now)


async def test_the_page_shows_the_order_and_what_nobody_answered_for_a_minute_and_nobodys_time(
    database: Database, moment: datetime
) -> None:
    async with house(database, moment) as (desk, sitting, page):
        await in_the_room(desk, sitting)
        early = (await desk.get(page)).partition("<main")[2]
        desk.clock.moment += A_MINUTE
        await turns.wake_due(database, now=desk.now)
        answer = await desk.client.get(page)
        text = (await answer.text()).partition("<main")[2]
        still = await desk.client.get(f"{page}?still=yes")

    assert answer.headers["Refresh"] == "5"
    assert "Refresh" not in still.headers
    order = text.partition("The order of hands")[2].partition("</ol>")[0]
    assert re.findall(r"<li>([^<]+)</li>", order) == ["Tessa A."]
    assert "Nothing waits for an answer." in early
    assert "upset" not in early
    assert "EOTAS" not in early
    told = text.partition("What nobody has answered")[2].partition("</section>")[0]
    assert "Feels upset or unsafe" in told
    assert "Did not understand a word: EOTAS" in told
    assert told.count("Tessa A.") == 1
    assert "Somebody · " in told
    assert "Dana" not in told
    assert "Break due" in text
    assert "Meeting ends" in text
    for hidden in ("150", "1.5", "stretch", "minutes left", "balance", "owed", "nudge", "<audio", "<video"):
        assert hidden not in text, hidden


async def test_before_anything_was_told_the_page_says_how_long_it_would_wait(
    database: Database, moment: datetime
) -> None:
    async with house(database, moment) as (desk, sitting, page):
        usual = await desk.get(page)
        async with database.write() as db:
            longer = SetNumber(by=turns.MEDIATOR, op="op-1", version=1, name="unseen", seconds=90)
            await turns.take_turn(db, sitting.meeting_id, longer, now=desk.now)
        other = await desk.get(page)

    assert "once nobody has seen it for 1 minute. Then we write to you as well." in usual
    assert "once nobody has seen it for 90 seconds. Then we write to you as well." in other


async def test_what_waits_calls_on_the_board_until_it_was_seen_from_there(database: Database, moment: datetime) -> None:
    async with house(database, moment) as (desk, sitting, page):
        await in_the_room(desk, sitting)
        before = await desk.get("/desk")
        desk.clock.moment += A_MINUTE
        await turns.wake_due(database, now=desk.now)
        board, late = await desk.get("/desk"), await desk.get(page)
        for number in re.findall(r'name="number" value="(\d+)"', late):
            assert await desk.done(f"{page}/seen", number=number) == page
        after, seen = await desk.get("/desk"), await desk.get(page)
        refused = (await desk.post(f"{page}/seen", number="77")).status
        nonsense = (await desk.post(f"{page}/seen", number="x")).status
        async with database.read() as db:
            floor = await floors.load(db, sitting.meeting_id)

    asks = "Someone waits for an answer in a meeting"
    assert [asks in text for text in (before, board, after)] == [False, True, False]
    assert f'href="{page}"' in board
    assert late.count("Waits too long") == 2
    assert seen.count("Seen by a coordinator") == 2
    assert floor is not None
    assert {one.seen_by for one in floor.told} == {"coordinator"}
    assert (refused, nonsense) == (409, 422)


async def test_the_view_of_a_room_fits_and_axe_objects_to_nothing(sqlite_url: str, moment: datetime) -> None:
    settings = DatabaseSettings(url=sqlite_url, service_key=SERVICE_KEY)
    async with (
        open_database(settings) as database,
        house(database, moment) as (desk, sitting, path),
        async_playwright() as playwright,
    ):
        await in_the_room(desk, sitting)
        desk.clock.moment += A_MINUTE
        await turns.wake_due(database, now=desk.now)
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        ran.started("Chromium", browser.version)
        context = await browser.new_context()
        await context.add_cookies(
            [{"name": "evenhand-staff", "value": desk.secret, "url": str(desk.client.make_url("/"))}]
        )
        page = await context.new_page()
        await page.goto(str(desk.client.make_url(f"{path}?still=yes")))
        for width in (1280, 390, 320):
            await look(page, "live", width)
        found = await Axe().run(page)
        await browser.close()
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found.response["violations"]] == []


async def test_a_room_that_is_not_open_shows_nobody(database: Database, moment: datetime) -> None:
    async with house(database, moment) as (desk, sitting, page):
        await in_the_room(desk, sitting)
        async with database.write() as db:
            meeting = await register.load(db, sitting.meeting_id)
            await register.change_state(db, meeting, MeetingState.ADJOURNED)
        answer = await desk.client.get(page)
        text = (await answer.text()).partition("<main")[2]

    assert "Refresh" not in answer.headers
    assert "This meeting is not going on." in text
    assert "Tessa" not in text
    assert "upset" not in text
