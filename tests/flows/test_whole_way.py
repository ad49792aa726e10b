"""One mediation, the whole way, on real parts: from the letter to the record and the certificate."""

import subprocess
import sys
from pathlib import Path

from demonstration.video_server import free_port
from pages.routes import ALL
from tests.browser.album import Album
from tests.flows import booking_steps, house_steps
from tests.flows.cast import COORDINATOR
from tests.flows.stage import ROOT, Stage, chromium, open_catcher, served, video
from tests.servers import service

BUILD = ROOT / "build" / "journey" / "whole-way"


def begin(folder: Path, database: str, url: str) -> None:
    """The first coordinator is made on the terminal, as the README says."""
    words = f"{COORDINATOR[0]}\n{COORDINATOR[1]}\n".encode()
    command = [sys.executable, str(ROOT / "app.py"), "first-coordinator"]
    done = subprocess.run(
        command, input=words, capture_output=True, cwd=ROOT, check=False, env=service.settings(url, database, {})
    )
    assert done.returncode == 0, done.stderr.decode()


async def test_the_whole_way(tmp_path: Path) -> None:
    port, database = free_port(), f"sqlite:///{tmp_path / 'evenhand.db'}"
    url = f"http://127.0.0.1:{port}"
    begin(tmp_path, database, url)
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
            await house_steps.take_by_phone(stage, mina)
            await house_steps.advise(stage, joy, "Rowan", "mediation")
            await house_steps.advise(stage, joy, "Sol", "declined")
            case = await booking_steps.find_case(stage, mina, "Rowan")
            await booking_steps.give_mediator(stage, mina, case)
            await booking_steps.reach_family(stage, idris)
            await booking_steps.set_hours(stage, mina)
            first = await booking_steps.book(stage, mina, case, place=0)
            await booking_steps.move(stage, mina, first)
            await booking_steps.cancel(stage, mina, first)
            await booking_steps.book(stage, mina, case, place=0)
            await booking_steps.other_pages(stage, mina, case)
