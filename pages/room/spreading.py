"""Edge: what changed is told: on a bell a floor is read once, each screen here gets its frame, and the media follow.

Nothing is patched: a frame is the whole truth, so a lost bell costs no more than a late frame.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime

import structlog
from aiohttp import web

from database.engine import Database
from meetings.meeting import MeetingState
from meetings.room import admission, floors, hushing, joining, media
from meetings.room.floor import Floor, SeatKey
from meetings.room.lines import Line, Lines
from meetings.room.signals import write
from meetings.room.turns import meeting_of
from meetings.room.video import Video
from meetings.room.views import frames

BELLS = ("floor:", "doors:", "media:")
PATIENCE = 30.0
OVER, RELOAD = '{"kind":"over"}', '{"kind":"reload"}'
log = structlog.get_logger("room")
SPREADER: web.AppKey["Spreader"] = web.AppKey("SPREADER")


def leads(floor: Floor | None, seat_key: str) -> bool:
    """Whether this seat gives commands, and so sees who waits at the doors."""
    key = SeatKey(seat_key)
    return floor is not None and floor.has(key) and floor.seat(key).leads


class Spreader:
    """Tells the screens of this process, and the media server, what has changed."""

    def __init__(self, database: Database, lines: Lines, video: Video, clock: Callable[[], datetime]) -> None:
        self._database, self._lines, self._video, self._clock = database, lines, video, clock
        self._changed: dict[str, set[str]] = {}
        self._wake = asyncio.Event()
        self._media: dict[str, asyncio.Task[None]] = {}
        self._hushing: set[asyncio.Task[None]] = set()

    def heard(self, topic: str) -> None:
        """A bell rang: if the meeting has a screen here, it will be told."""
        kind, _, meeting_id = topic.partition(":")
        for one in [meeting_id] if meeting_id else self._lines.meetings():
            if self._lines.of(one):
                self._changed.setdefault(one, set()).add(kind)
                self._wake.set()

    async def run(self) -> None:
        """Tells for ever; a fault with one meeting never silences another."""
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), PATIENCE)
            self._wake.clear()
            changed, self._changed = self._changed, {}
            for meeting_id, kinds in changed.items():
                try:
                    await self.tell(meeting_id, kinds)
                except Exception:
                    log.exception("fault", action="room.spread", meeting=meeting_id)

    async def tell(self, meeting_id: str, kinds: set[str]) -> None:
        """Every screen of this meeting here has what is so now."""
        lines = self._lines.of(meeting_id)
        async with self._database.read() as db:
            floor = await floors.load(db, meeting_id)
            waiting = await admission.doors(db, meeting_id) if kinds & {"doors"} else None
            room = await media.find(db, meeting_id) if "media" in kinds else None
            over = (await meeting_of(db, meeting_id)).state is MeetingState.CONCLUDED
        if floor is not None:
            self.show(lines, floor)
        for line in lines:
            if waiting is not None and leads(floor, line.seat_key):
                line.tell(write(admission.doors_frame(waiting)))
            if room is not None:
                line.tell(write({"kind": "media", "epoch": room.epoch}))
            if over:
                line.tell(OVER)
        self.follow(meeting_id)

    def show(self, lines: Sequence[Line], floor: Floor) -> None:
        """Each screen gets the floor as its seat may see it; a seat that is no longer on it is told to look again."""
        here = {SeatKey(line.seat_key) for line in lines if floor.has(SeatKey(line.seat_key))}
        made = frames(floor, here, now=self._clock())
        for line in lines:
            line.saw(floor)
            line.tell(made.get(SeatKey(line.seat_key), RELOAD))

    def follow(self, meeting_id: str) -> None:
        """The media server is brought to what the floor says, one task a meeting at a time."""
        if not self._video.on:
            return
        running = self._media.get(meeting_id)
        task = asyncio.create_task(self._enforce(meeting_id, running))
        self._media[meeting_id] = task
        task.add_done_callback(lambda done: self._forget(meeting_id, done))

    def hush(self, meeting_id: str, seat_key: str) -> None:
        """The microphone of somebody who was softly muted is closed in the media room as well."""
        if not self._video.on:
            return
        task = asyncio.create_task(hushing.hush(self._database, self._video, meeting_id, seat_key=seat_key))
        self._hushing.add(task)
        task.add_done_callback(self._hushing.discard)

    def _forget(self, meeting_id: str, done: asyncio.Task[None]) -> None:
        if self._media.get(meeting_id) is done:
            del self._media[meeting_id]

    async def _enforce(self, meeting_id: str, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait([before])  # in order, so that an old right never overtakes a newer one
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
