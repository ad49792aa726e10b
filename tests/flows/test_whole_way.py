"""One mediation, the whole way, on real parts: from the letter to the record and the certificate."""

import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from icalendar import Calendar

from demonstration.video_server import free_port
from pages.routes import ALL
from tests.browser.album import Album
from tests.flows import booking_steps, house_steps, paper_steps, room_steps
from tests.flows.cast import ADVISER, COORDINATOR, MEDIATOR, OFFICER, PARENT, Actor, open_link, sign_in
from tests.flows.stage import ROOT, Stage, chromium, link_in, open_catcher, served, video
from tests.servers import service

ROLES = frozenset({"anyone", "coordinator", "adviser", "mediator", "PA", "LA"})
BUILD = ROOT / "build" / "journey" / "whole-way"


def begin(folder: Path, database: str, url: str) -> None:
    """The first coordinator is made on the terminal, as the README says."""
    words = f"{COORDINATOR[0]}\n{COORDINATOR[1]}\n".encode()
    command = [sys.executable, str(ROOT / "app.py"), "first-coordinator"]
    done = subprocess.run(
        command, input=words, capture_output=True, cwd=ROOT, check=False, env=service.settings(url, database, {})
    )
    assert done.returncode == 0, done.stderr.decode()


async def more_pages(stage: Stage, case: str, staff: tuple[Actor, Actor, Actor]) -> None:
    """The family's own pages before the day, and the pages that staff of different roles share."""
    tessa = Actor(role="PA", email=PARENT[1], tab=await stage.tab())
    await open_link(stage, tessa, paper_steps.own_page(stage, PARENT[1]))
    for path in ("/my", "/my/appeal-date"):
        await look(stage, tessa, f"{stage.url}{path}")
    mina, joy, idris = staff
    await look(stage, mina, joy.tab.url)  # the certificate that the adviser has just issued
    await look(stage, mina, f"{case}/contact")
    await look(stage, joy, case)
    for address in (case, f"{case}/contact", f"{stage.url}/desk/diary"):
        await look(stage, idris, address)
    await idris.tab.locator('a[href*="/desk/diary/"]').first.click()
    await idris.tab.wait_for_load_state("load")
    await stage.album.take(idris.tab, idris.role)
    await room_steps.days_early(stage, idris)


async def look(stage: Stage, actor: Actor, address: str) -> None:
    """This person opens this page, and a picture is taken."""
    await actor.tab.goto(address)
    await stage.album.take(actor.tab, actor.role)


async def set_clock(stage: Stage) -> None:
    """The service's next start stands ten minutes before the meeting that was booked last."""
    mail = await stage.mail(PARENT[1], "Mediation meeting")
    starts = Calendar.from_ical(mail.calendar).events[0].start
    assert isinstance(starts, datetime)
    stage.ahead = starts.astimezone(UTC) - timedelta(minutes=10) - datetime.now(UTC)


async def the_day(stage: Stage) -> dict[str, str]:
    """The clock stands ten minutes before the meeting: everybody's link."""
    await set_clock(stage)
    invited = {email: await stage.mail(email, "Mediation meeting") for email in (PARENT[1], OFFICER[1])}
    return {email: link_in(mail, f"{stage.url}/j/") for email, mail in invited.items()}


async def the_papers(stage: Stage, idris: Actor, meeting: str, *, folder: Path) -> None:
    """Both sides say yes, the record is sealed, the certificate issued; each side opens what is its own."""
    tessa = await paper_steps.say_yes(stage, "PA", PARENT[1], paper_steps.own_page(stage, PARENT[1]))
    officer = await paper_steps.say_yes(stage, "LA", OFFICER[1], paper_steps.own_page(stage, OFFICER[1]))
    await paper_steps.seal(stage, idris, meeting)
    joy = await sign_in(stage, "adviser", ADVISER[1])
    await paper_steps.issue(stage, joy, "Rowan")
    mine = await paper_steps.open_papers(stage, tessa, folder, most=3)
    theirs = await paper_steps.open_papers(stage, officer, folder, most=2)
    for actor, path in ((tessa, "/my"), (officer, "/authority")):
        await actor.tab.goto(f"{stage.url}{path}")
        await stage.album.take(actor.tab, actor.role, "after")
    assert any(name.startswith("certificate") for name in mine)
    assert not any(name.startswith("certificate") for name in theirs)


async def test_the_whole_way(tmp_path: Path) -> None:
    port, database = free_port(), f"sqlite:///{tmp_path / 'evenhand.db'}"
    url = f"http://127.0.0.1:{port}"
    begin(tmp_path, database, url)
    shutil.rmtree(BUILD, ignore_errors=True)  # a picture of an earlier run must not stand in for one of this
    album = Album(folder=BUILD / "pages", pages=ALL)
    async with open_catcher("127.0.0.1", 0, BUILD / "mail") as catcher, video(port) as livekit, chromium() as browser:
        more = {
            "SMTP_PORT": str(catcher.port),
            "LIVEKIT_URL": livekit.url,
            "LIVEKIT_API_KEY": livekit.key,
            "LIVEKIT_API_SECRET": livekit.secret,
        }
        stage = Stage(url=url, folder=BUILD, catcher=catcher, browser=browser, album=album)
        async with served(tmp_path, database, more, port=port):
            await house_steps.look_round(stage)
            mina = await house_steps.coordinator_comes(stage)
            await house_steps.furnish(stage, mina)
            joy, idris = await house_steps.staff_come(stage)
            await house_steps.enquire(stage)
            await house_steps.take_by_phone(stage, mina, joy)
            await house_steps.advise(stage, joy, "Rowan", "mediation")
            await house_steps.advise(stage, joy, "Sol", "declined")
            await house_steps.find_date(stage, mina, joy)
            case = await booking_steps.find_case(stage, mina, "Rowan")
            await booking_steps.give_mediator(stage, mina, case)
            await booking_steps.reach_family(stage, idris)
            await booking_steps.set_hours(stage, mina)
            first = await booking_steps.book(stage, mina, case, place=0)
            await booking_steps.move(stage, mina, first)
            await booking_steps.cancel(stage, mina, first)
            booked = await booking_steps.book(stage, mina, case, place=0)
            await look(stage, mina, f"{booked}/add/co-mediator")
            await booking_steps.other_pages(stage, mina, case)
            await paper_steps.issue(stage, joy, "Sol")
            await more_pages(stage, case, (mina, joy, idris))
        links, meeting = await the_day(stage), booked.rpartition("/")[2]
        ahead = {"DEMONSTRATION": "1", "DEMO_CLOCK_AHEAD": str(int(stage.ahead.total_seconds()))}
        async with served(tmp_path, database, more | ahead, port=port):
            idris = await sign_in(stage, "mediator", MEDIATOR[1])
            mina = await sign_in(stage, "coordinator", COORDINATOR[1])
            there = await room_steps.the_room(stage, idris, mina, meeting=meeting, links=links)
            await paper_steps.draft(stage, idris, meeting)
            await paper_steps.end(stage, idris, meeting)
            for actor in there:
                await look(stage, actor, actor.tab.url.replace("/live", "/over"))
            await the_papers(stage, idris, meeting, folder=BUILD / "papers")
    stage.keep()
    assert album.faults == []
    assert album.missing(ROLES) == []
