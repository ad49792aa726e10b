"""Edge: the line of a screen: signals come in, frames go out. The line is the session's: when that ends, it closes."""

import asyncio
import contextlib
import time
from datetime import timedelta

from aiohttp import WSMsgType, web

from database.engine import Database
from database.refusal import Refusal
from meetings.room import admission, floors, presence
from meetings.room.asks import Heartbeat, Report, Signal
from meetings.room.commands import Mute
from meetings.room.floor import SeatKey, is_done
from meetings.room.lines import CLOSE, Line
from meetings.room.readers import BadSignal
from meetings.room.signals import HEARTBEAT, done, read, refused, write
from pages.keys import DATABASE, LINES, TURNS, now, person
from pages.room.listening import Listening
from pages.room.spreading import SPREADER, leads
from people.access import NotFound

LARGEST = 16_384
PING_SECONDS = 6.0  # of silence; with three more for the pong a dead line is noticed within ten
ALIVE = (WSMsgType.TEXT, WSMsgType.PING, WSMsgType.PONG)
A_SECOND, AT_ONCE = 20.0, 40.0  # signals: how many a second, and how many in one go


class Bucket:
    """How many signals a line may still send: it fills with time."""

    def __init__(self) -> None:
        self._left, self._at = AT_ONCE, time.monotonic()

    def take(self) -> bool:
        """Whether one more is allowed."""
        at = time.monotonic()
        self._left, self._at = min(AT_ONCE, self._left + (at - self._at) * A_SECOND) - 1, at
        return self._left >= 0


async def serve(request: web.Request, meeting_id: str, seat_key: str) -> web.WebSocketResponse:
    """The line of this seat, for as long as its browser, its session and this process live."""
    if request.method != "GET":
        raise web.HTTPMethodNotAllowed(request.method, ["GET"])
    database, lines = request.app[DATABASE], request.app[LINES]
    await _expected(database, meeting_id, SeatKey(seat_key))
    socket = web.WebSocketResponse(max_msg_size=LARGEST, heartbeat=PING_SECONDS, autoping=False, compress=False)
    await socket.prepare(request)
    line = Line(meeting_id=meeting_id, seat_key=seat_key, seen=now(request), session=person(request).session_id)
    listening = Listening(database, line, lambda: now(request))
    with lines.opened(line):
        sender = asyncio.create_task(_send(socket, line))
        try:
            await _begin(request, line)
            await _listen(request, socket, listening)
        finally:
            await asyncio.shield(_end(request, line, listening))
            sender.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await sender
    return socket


async def _expected(database: Database, meeting_id: str, seat_key: SeatKey) -> None:
    """NotFound unless the seat is on the floor. What is read here is not kept for as long as the line is open."""
    async with database.read() as db:
        floor = await floors.load(db, meeting_id)
    if floor is None or not floor.has(seat_key):
        raise NotFound


async def _begin(request: web.Request, line: Line) -> None:
    """The floor knows that the seat is here, and the screen has the floor."""
    async with request.app[DATABASE].write() as db:
        await presence.came(db, line, worker=request.app[LINES].worker, now=now(request))
    line.entered = True
    async with request.app[DATABASE].read() as db:
        floor = await floors.load(db, line.meeting_id)
        waiting = await admission.doors(db, line.meeting_id) if leads(floor, line.seat_key) else None
    if floor is not None:
        request.app[SPREADER].show([line], floor)
    if waiting is not None:
        line.tell(write(admission.doors_frame(waiting)))


async def _end(request: web.Request, line: Line, listening: Listening) -> None:
    try:
        await listening.end()
    finally:
        await _gone(request, line)


async def _gone(request: web.Request, line: Line) -> None:
    moment = now(request)
    dead = line.seen is not None and moment - line.seen > timedelta(seconds=PING_SECONDS)
    since = line.seen if dead else moment  # a line that is closed says so itself
    async with request.app[DATABASE].write() as db:
        await presence.went(db, (line.id,), line.meeting_id, seat_key=line.seat_key, since=since, now=moment)


async def _send(socket: web.WebSocketResponse, line: Line) -> None:
    while await _sent(socket, await line.next()):
        pass
    await socket.close(code=1001, message=b"come back")


async def _sent(socket: web.WebSocketResponse, frame: str) -> bool:
    """Whether the line goes on; a frame that was sent is held by nobody."""
    if frame == CLOSE:
        return False
    await socket.send_str(frame)
    return True


async def _listen(request: web.Request, socket: web.WebSocketResponse, listening: Listening) -> None:
    bucket = Bucket()
    async for message in socket:
        if message.type not in ALIVE or not bucket.take():
            break
        listening.line.seen = now(request)
        if message.type is WSMsgType.PING:
            await socket.pong(message.data)
        if message.type is not WSMsgType.TEXT:
            continue
        if answer := await _answer(request, message.data, listening):
            listening.line.tell(answer)


async def _answer(request: web.Request, text: str, listening: Listening) -> str | None:
    """What is said back; nothing to a report of who is heard, which only process people may send."""
    op, line = None, listening.line
    try:
        signal: Signal = read(text, by=SeatKey(line.seat_key))
        if isinstance(signal, Heartbeat):
            await listening.look()
            return HEARTBEAT
        if isinstance(signal, Report):
            await listening.hear(signal)
            return None
        op = signal.op
        again = line.floor is not None and is_done(line.floor, signal)  # it is answered again, and done once
        floor = await request.app[TURNS].take(line.meeting_id, signal, now=now(request))
        if isinstance(signal, Mute) and not again:
            request.app[SPREADER].hush(line.meeting_id, signal.seat)
        return done(op, floor.version)
    except BadSignal as bad:
        return refused(bad.op, bad)
    except Refusal as refusal:
        request.app[SPREADER].heard(f"floor:{line.meeting_id}")  # the newest floor follows a refusal
        return refused(op, refusal)
