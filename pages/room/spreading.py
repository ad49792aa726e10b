"""Edge: what changed is told: on a bell a floor is read once, each screen here gets its frame, and the media follow.

A floor that this process itself has just committed is at hand, and not read again; its bell says which version it was.
Nothing is patched: a frame is the whole truth, so a lost bell costs no more than a late frame.
"""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from aiohttp import web

from database.engine import Database
from meetings.room import admission, floors, hushing, joining, media
from meetings.room.floor import Floor, SeatKey
from meetings.room.floors import Kept
from meetings.room.lines import Line, Lines
from meetings.room.signals import write
from meetings.room.video import Video
from meetings.room.views import frames

BELLS = ("floor:", "doors:", "media:")
PATIENCE = 30.0
A_FEW = 2  # fewer are read each by itself
THE_NEWEST = sys.maxsize  # what a bell without a version speaks of
OVER, RELOAD = '{"kind":"over"}', '{"kind":"reload"}'
log = structlog.get_logger("room")
SPREADER: web.AppKey["Spreader"] = web.AppKey("SPREADER")


def leads(floor: Floor | None, seat_key: str) -> bool:
    """Whether this seat gives commands, and so sees who waits at the doors."""
    key = SeatKey(seat_key)
    return floor is not None and floor.has(key) and floor.seat(key).leads


@dataclass(kw_only=True)
class News:
    """What is to be told of one meeting: which bells rang, of which version, and the newest floor that is at hand.

    `kept` is what has just been read.
    """

    kinds: set[str] = field(default_factory=set)
    version: int = 0
    floor: Floor | None = None
    kept: Kept | None = None

    @property
    def at_hand(self) -> bool:
        """Whether nothing need be read."""
        return self.of_floor and self.floor is not None and self.floor.version >= self.version

    @property
    def unread(self) -> bool:
        """Whether the floor is all that need be read."""
        return self.of_floor and not self.at_hand

    @property
    def of_floor(self) -> bool:
        """Whether nothing but the floor has changed."""
        return self.kinds <= {"floor"}


class Spreader:
    """Tells the screens of this process, and the media server, what has changed."""

    def __init__(self, database: Database, lines: Lines, video: Video, clock: Callable[[], datetime]) -> None:
        self._database, self._lines, self._video, self._clock = database, lines, video, clock
        self._news: dict[str, News] = {}
        self._shown: dict[str, int] = {}
        self._wake = asyncio.Event()
        self._media: dict[str, asyncio.Task[None]] = {}
        self._hushing: set[asyncio.Task[None]] = set()
        self._behind: set[str] = set()

    def heard(self, topic: str) -> None:
        """A bell rang: if the meeting has a screen here that has not seen this version, it will be told."""
        meeting_id, version = floors.rung(topic)
        kind, wanted = topic.partition(":")[0], THE_NEWEST if version is None else version
        for one in [meeting_id] if meeting_id else self._lines.meetings():
            if not self._lines.of(one):
                self._shown.pop(one, None)
            elif wanted > self._shown.get(one, 0):
                news = self._of(one)
                news.kinds.add(kind)
                news.version = max(news.version, wanted)

    def has(self, meeting_id: str, floor: Floor) -> None:
        """This floor was committed by this process, which need not read it to tell it."""
        news = self._of(meeting_id)
        if news.floor is None or news.floor.version < floor.version:
            news.floor = floor

    def _of(self, meeting_id: str) -> News:
        self._wake.set()
        return self._news.setdefault(meeting_id, News())

    async def run(self) -> None:
        """Tells for ever."""
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), PATIENCE)
            self._wake.clear()
            await self.tell_all()

    async def tell_all(self) -> None:
        """All news have been told; a fault with one meeting never silences another."""
        changed, self._news = self._news, {}
        await self._read({one: news for one, news in changed.items() if news.unread})
        for meeting_id, news in changed.items():
            try:
                await self.tell(meeting_id, news)
            except Exception:
                log.exception("fault", action="room.spread", meeting=meeting_id)

    async def _read(self, unread: Mapping[str, News]) -> None:
        """What others have changed is read in one look; where one of it cannot be read, each by itself later."""
        if len(unread) < A_FEW:
            return
        try:
            async with self._database.read() as db:
                found = await floors.find_all(db, unread)
        except Exception:
            log.exception("fault", action="room.spread")
            return
        for meeting_id, kept in found.items():
            unread[meeting_id].kept = kept

    async def tell(self, meeting_id: str, news: News) -> None:
        """Every screen of this meeting here has what is so now, and none an older floor after a newer one."""
        lines, shown = self._lines.of(meeting_id), self._shown.get(meeting_id, 0)
        floor = news.floor if news.at_hand else await self._look(meeting_id, lines, news)
        if lines and floor is not None and floor.version >= shown + news.at_hand:
            self._shown[meeting_id] = floor.version
            self.show(lines, floor)
        self.follow(meeting_id)

    async def _look(self, meeting_id: str, lines: Sequence[Line], news: News) -> Floor | None:
        """The floor as it is kept; what else has changed is told."""
        kept, waiting, room = news.kept, None, None
        if kept is None:
            async with self._database.read() as db:
                kept = await floors.find(db, meeting_id)
                waiting = await admission.doors(db, meeting_id) if "doors" in news.kinds else None
                room = await media.find(db, meeting_id) if "media" in news.kinds else None
        for line in lines:
            if waiting is not None and leads(kept.floor if kept else None, line.seat_key):
                line.tell(write(admission.doors_frame(waiting)))
            if room is not None:
                line.tell(write({"kind": "media", "epoch": room.epoch}))
            if kept is not None and kept.over:
                line.tell(OVER)
        return kept.floor if kept else None

    def show(self, lines: Sequence[Line], floor: Floor) -> None:
        """Each screen gets the floor as its seat may see it; a seat that is no longer on it is told to look again."""
        here = {SeatKey(line.seat_key) for line in lines if floor.has(SeatKey(line.seat_key))}
        made = frames(floor, here, now=self._clock())
        for line in lines:
            line.saw(floor)
            line.tell(made.get(SeatKey(line.seat_key), RELOAD))

    def follow(self, meeting_id: str) -> None:
        """The media server is brought to what the floor says: one task a meeting, which looks again after a change."""
        if not self._video.on:
            return
        self._behind.add(meeting_id)
        if meeting_id not in self._media:
            task = asyncio.create_task(self._enforce(meeting_id))
            self._media[meeting_id] = task
            task.add_done_callback(lambda _: self._media.pop(meeting_id))

    def hush(self, meeting_id: str, seat_key: str) -> None:
        """The microphone of somebody who was softly muted is closed in the media room as well."""
        if not self._video.on:
            return
        task = asyncio.create_task(hushing.hush(self._database, self._video, meeting_id, seat_key=seat_key))
        self._hushing.add(task)
        task.add_done_callback(self._hushing.discard)

    async def _enforce(self, meeting_id: str) -> None:
        while meeting_id in self._behind:
            self._behind.discard(meeting_id)
            await joining.enforce(self._database, self._video, meeting_id, now=self._clock())


@contextlib.asynccontextmanager
async def open_spreader(
    database: Database, lines: Lines, video: Video, *, clock: Callable[[], datetime]
) -> AsyncIterator[Spreader]:
    """Inside the block bells are heard and screens are told."""
    spreader = Spreader(database, lines, video, clock)
    with contextlib.ExitStack() as bells:
        for bell in BELLS:
            bells.enter_context(database.bell.listening(bell, spreader.heard))
        task = asyncio.create_task(spreader.run(), name="spreading")
        try:
            yield spreader
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
