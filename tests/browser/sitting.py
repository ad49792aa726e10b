"""A sitting in real browsers with real sound: the service, LiveKit, and a tab for each person, straight in the room."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import Browser, expect
from playwright.async_api import Page as Tab
from yarl import URL

from cases.dossier import NewSeat
from database.engine import Database, DatabaseSettings, open_database
from demonstration.video_server import VideoServer, free_port
from meetings.room import media
from meetings.room.video import Joined, Source, Video, VideoSettings, open_video
from tests.browser.chromium import chromium
from tests.browser.voice import voice
from tests.conftest import SERVICE_KEY
from tests.flows.stage import served, video
from tests.servers.service import Service
from tests.servers.sitting import Sitting, Way, open_sitting
from tests.servers.wire import Wire, wire_to

PATIENCE = 20_000  # milliseconds: a page on a busy machine, not a promise about speed
expect.set_options(timeout=PATIENCE)


@dataclass(frozen=True, kw_only=True)
class Room:
    """The room that people are in."""

    sitting: Sitting
    service: Service
    database: Database
    browser: Browser
    video: Video
    server: VideoServer
    wire: Wire

    async def tab(self, way: Way, *, phone: bool = False) -> Tab:
        """This person's browser, in the room, with sound and picture."""
        size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 900}
        context = await self.browser.new_context(permissions=["camera", "microphone"], viewport=size)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        name, _, value = way.cookie.partition("=")
        await context.add_cookies([{"name": name, "value": value, "url": self.service.url}])
        tab = await context.new_page()
        await tab.goto(f"{self.service.url}{page_of(way)}")
        await expect(tab.locator("#speaking, #floor").first).to_be_visible()
        for _ in range(100):
            if any(Source.MICROPHONE in one.sources for one in await self.joined(way.seat)):
                return tab
            await asyncio.sleep(0.1)
        raise AssertionError("nobody of this seat may speak in the media room")

    async def joined(self, seat: str) -> Sequence[Joined]:
        """The connections of this seat in the media room."""
        async with self.database.read() as db:
            room = await media.find(db, self.sitting.meeting_id)
            whose = await media.identities(db, room) if room else {}
        found = await self.video.people_in(room.name) if room else ()
        return [one for one in found if whose.get(one.identity) == seat]

    async def sends(self, seat: str) -> int:
        """How many open microphones LiveKit has of this seat."""
        return sum(len(one.open_microphones) for one in await self.joined(seat))

    async def until_sends(self, seat: str, count: int) -> None:
        """LiveKit has so many open microphones of this seat."""
        for _ in range(100):
            if await self.sends(seat) == count:
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"{await self.sends(seat)} microphones, not {count}")


def page_of(way: Way) -> str:
    """Where this person's room is."""
    return f"{way.path.removesuffix('/socket')}/{'room' if way.path.startswith('/mediator') else 'live'}"


@contextlib.asynccontextmanager
async def sitting_room(folder: Path, database_url: str, more: Sequence[NewSeat] = ()) -> AsyncIterator[Room]:
    """Inside the block a sitting goes on, with these people besides the usual ones."""
    port = free_port()
    async with (
        open_database(DatabaseSettings(url=database_url, service_key=SERVICE_KEY)) as database,
        video(port) as server,
        open_video(VideoSettings(url=server.url, api_key=server.key, api_secret=server.secret)) as opened,
        chromium(voice(folder)) as browser,
        wire_to(URL(server.url).port or 0) as (wire, wired),
    ):
        sitting = await open_sitting(database, now=datetime.now(UTC), more=more)
        url = str(URL(server.url).with_port(wired))
        keys = {"LIVEKIT_URL": url, "LIVEKIT_API_KEY": server.key, "LIVEKIT_API_SECRET": server.secret}
        async with served(folder, database_url, {**keys, **sitting.environment}, port=port) as service:
            yield Room(
                sitting=sitting,
                service=service,
                database=database,
                browser=browser,
                video=opened,
                server=server,
                wire=wire,
            )
