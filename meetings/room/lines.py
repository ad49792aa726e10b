"""Store: the open sockets of this process, each with a bounded queue, and their rows by which other workers know them.

Whoever cannot keep up with sixteen frames is cut off and comes back with a fresh one; nobody waits for a slow screen.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from database.engine import Transaction
from database.ids import new_id
from meetings.room.state import Floor
from meetings.schema import live_line

QUEUE = 16
AWAY_AFTER = timedelta(seconds=10)
CLOSE = ""  # in a queue: the end of this line


@dataclass(eq=False, kw_only=True, slots=True)
class Line:
    """One open socket: whose it is, and what waits to be sent on it.

    A house has thousands: a list is a fifth of the size of a queue.
    """

    meeting_id: str
    seat_key: str
    id: str = field(default_factory=new_id)
    waiting: list[str] = field(default_factory=list)
    entered: bool = False  # other workers know of it
    seen: datetime | None = None  # the last sign of life
    session: str = ""  # that it belongs to
    floor: Floor | None = None  # the newest that it was shown
    _wanted: asyncio.Future[None] | None = None

    def saw(self, floor: Floor) -> None:
        """This floor was shown on the line, or followed from what came over it."""
        if self.floor is None or floor.version >= self.floor.version:
            self.floor = floor

    def tell(self, frame: str) -> None:
        """The frame is sent as soon as the screen takes it; a screen that is far behind is cut off instead."""
        if len(self.waiting) < QUEUE:
            self.waiting.append(frame)
            self._wake()
        else:
            self.cut()

    def cut(self) -> None:
        """The line ends; its browser comes back by itself."""
        self.waiting[:] = [CLOSE]
        self._wake()

    async def next(self) -> str:
        """What is to be sent next, once there is something; for one sender at a time."""
        while not self.waiting:
            self._wanted = asyncio.get_running_loop().create_future()
            await self._wanted
        return self.waiting.pop(0)

    def _wake(self) -> None:
        if self._wanted is not None and not self._wanted.done():
            self._wanted.set_result(None)


class Lines:
    """The open sockets of this process, by meeting."""

    def __init__(self, worker: str) -> None:
        self.worker = worker
        self._open: dict[str, set[Line]] = defaultdict(set)

    @contextlib.contextmanager
    def opened(self, line: Line) -> Iterator[None]:
        """Inside the block the line is one of its meeting's."""
        self._open[line.meeting_id].add(line)
        try:
            yield
        finally:
            self._open[line.meeting_id].discard(line)
            if not self._open[line.meeting_id]:
                del self._open[line.meeting_id]

    def of(self, meeting_id: str) -> Sequence[Line]:
        """The meeting's lines in this process."""
        return tuple(self._open.get(meeting_id, ()))

    def meetings(self) -> Sequence[str]:
        """The meetings that have a screen here."""
        return tuple(self._open)

    def everyone(self) -> Sequence[Line]:
        """Every line of this process."""
        return tuple(line for lines in self._open.values() for line in lines)

    def tell_all(self, frame: str) -> None:
        """The frame goes to every screen of this process."""
        for line in self.everyone():
            line.tell(frame)

    async def close_all(self) -> None:
        """Every screen is told to come back, and every line ends."""
        self.tell_all('{"kind":"reload"}')
        for line in self.everyone():
            line.tell(CLOSE)
        await asyncio.sleep(0)


@contextlib.asynccontextmanager
async def open_lines(worker: str) -> AsyncIterator[Lines]:
    """Inside the block sockets may open; afterwards none is left."""
    lines = Lines(worker)
    try:
        yield lines
    finally:
        await lines.close_all()


async def enter(db: Transaction, line: Line, *, worker: str, now: datetime) -> None:
    """Every worker knows that this seat has a line."""
    await db.execute(
        insert(live_line).values(
            id=line.id, meeting_id=line.meeting_id, seat_key=line.seat_key, worker=worker, opened_at=now, seen_at=now
        )
    )


async def keep(db: Transaction, lines: Iterable[Line], *, now: datetime) -> frozenset[str]:
    """These lines live: their rows say so, in one statement. The ids of those that still have a row."""
    ids = [line.id for line in lines]
    if not ids:
        return frozenset()
    kept = update(live_line).where(live_line.c.id.in_(ids)).values(seen_at=now).returning(live_line.c.id)
    return frozenset(row.id for row in await db.all(kept))


async def drop(db: Transaction, line_ids: Iterable[str]) -> None:
    """These lines are no more."""
    await db.execute(delete(live_line).where(live_line.c.id.in_(list(line_ids))))


async def lost(db: Transaction, *, now: datetime) -> Sequence[tuple[str, str, str, datetime]]:
    """The lines that no worker has kept for ten seconds: line, meeting, seat, and when it was kept last."""
    rows = await db.all(select(live_line).where(live_line.c.seen_at < now - AWAY_AFTER))
    return [(row.id, row.meeting_id, row.seat_key, row.seen_at) for row in rows]


async def has_since(db: Transaction, meeting_id: str, seat_key: str) -> datetime | None:
    """When the oldest line that this seat has anywhere was opened; None when it has none."""
    mine = (live_line.c.meeting_id == meeting_id) & (live_line.c.seat_key == seat_key)
    row = await db.first(select(live_line.c.opened_at).where(mine).order_by(live_line.c.opened_at).limit(1))
    return row.opened_at if row else None
