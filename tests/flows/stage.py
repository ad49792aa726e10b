"""The stage of a journey: the real service in its own process, real mail, real video, real browsers."""

import asyncio
import contextlib
import json
import re
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.async_api import Browser, BrowserContext
from playwright.async_api import Page as Tab

from demonstration import video_server
from notifications.catcher import Catcher, Caught, open_catcher
from tests import ran
from tests.browser.album import Album
from tests.browser.chromium import chromium
from tests.servers import service

ROOT = Path(__file__).parent.parent.parent
TOOLS = ROOT / ".tools"
MAIL_SECONDS = 20.0
FAULT = re.compile(r'"action": ?"fault"')


@dataclass(kw_only=True)
class Stage:
    """Everything that a journey acts on."""

    url: str
    folder: Path
    catcher: Catcher
    browser: Browser
    album: Album
    timings: dict[str, float] = field(default_factory=dict)
    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        """The moment by the service's clock."""
        return datetime.now(UTC) + self.ahead

    async def tab(self, **how: object) -> Tab:
        """A new person's browser: nothing is shared with anybody else's."""
        context: BrowserContext = await self.browser.new_context(**how)  # type: ignore[arg-type]
        context.set_default_timeout(30_000)
        return await context.new_page()

    async def mail(self, to: str, words: str, *, after: int = 0) -> Caught:
        """The newest mail to this address whose subject holds these words, once it has come."""
        end = time.monotonic() + MAIL_SECONDS
        while time.monotonic() < end:
            for mail in reversed(list(self.catcher.mails)[after:]):
                if to in mail.to and words.lower() in mail.subject.lower():
                    return mail
            await asyncio.sleep(0.1)
        subjects = [f"{mail.to}: {mail.subject}" for mail in self.catcher.mails]
        raise AssertionError(f"no mail {words!r} to {to}; there were {subjects}")

    def keep(self) -> None:
        """The calendar parts and the times are files beside the mails."""
        for number, mail in enumerate(self.catcher.mails, start=1):
            if mail.calendar:
                method = re.search(r"METHOD:(\w+)", mail.calendar)
                word = method.group(1).lower() if method else "none"
                target = self.folder / "calendar" / f"{number:03d}-{word}.ics"
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(mail.calendar, encoding="utf-8", newline="")
        timings = json.dumps(self.timings, indent=2)
        (self.folder / "timings.json").write_text(f"{timings}\n", encoding="utf-8")

    @contextlib.contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """How long the block took, in seconds, under this name."""
        started = time.perf_counter()
        yield
        self.timings[name] = round(time.perf_counter() - started, 3)


def code_in(mail: Caught) -> str:
    """The six numbers in a mail."""
    found = re.search(r"\b(\d{3}) ?(\d{3})\b", mail.text)
    assert found is not None
    return found.group(1) + found.group(2)


def link_in(mail: Caught, beginning: str) -> str:
    """The first address in a mail that begins so."""
    found = re.search(rf"{re.escape(beginning)}\S*", mail.text)
    assert found is not None, mail.text
    return found.group(0)


async def video_program() -> Path:
    """LiveKit's server, found or built."""
    program = video_server.found(TOOLS) or await video_server.install(TOOLS, print)
    if program is None:
        raise RuntimeError("neither livekit-server nor Go was found: these tests need real video")
    ran.started_program("LiveKit", program)
    return program


@contextlib.asynccontextmanager
async def video(port: int) -> AsyncIterator[video_server.VideoServer]:
    """A LiveKit server that posts its webhooks to the service on this port."""
    program = await video_program()
    async with video_server.running(program, webhook=f"http://127.0.0.1:{port}/hooks/video") as server:
        yield server


@contextlib.asynccontextmanager
async def served(folder: Path, database: str, more: dict[str, str], *, port: int) -> AsyncIterator[service.Service]:
    """The service in its own process, started and stopped without holding up this one."""
    running = service.running(folder, database, more, port=port)
    opened = await asyncio.to_thread(running.__enter__)
    try:
        yield opened
    finally:
        await asyncio.to_thread(running.__exit__, None, None, None)
    # Whatever the browsers made of it: a fault of the service fails the journey that met it.
    assert not FAULT.search(opened.lines()), opened.lines()[-6000:]


__all__ = ["Stage", "chromium", "code_in", "link_in", "open_catcher", "served", "video", "video_program"]
