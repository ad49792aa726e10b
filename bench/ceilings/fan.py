"""The ceilings of a turn: by the materials an event and a row are written, then a frame sent to all; bare the frame."""

import asyncio
import contextlib
import json
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime

from aiohttp import web
from sqlalchemy import bindparam, insert, select, update

from bench.ceilings.ground import Handler, Materials, main
from database.base import Ciphertext
from meetings.schema import floor, floor_event

PATH = "/room/{meeting}/{seat}"
EVENT = '[{"kind":"given","seat":"aaaaaaaaaaaaaaaaaaaaaaaaaa","how":"chosen"}]'
FLOOR = Ciphertext(secrets.token_bytes(3600))
VERSION = select(floor.c.version).where(floor.c.meeting_id == bindparam("meeting"))
SAVED = (
    update(floor)
    .where(floor.c.meeting_id == bindparam("meeting"), floor.c.version == bindparam("seen"))
    .values(version=bindparam("next"), state_sealed=bindparam("sealed"), saved_at=bindparam("now"))
)
LOGGED = insert(floor_event)
Log = Callable[[str], Awaitable[int]]


def _spread(size: int, log: Log) -> Handler:
    """What is said on a line is logged, then every line of its meeting gets one frame of this size."""
    rooms: dict[str, set[web.WebSocketResponse]] = defaultdict(set)
    filling = "x" * size

    def frame(version: int) -> str:
        return f'{{"kind":"floor","version":{version},"floor":"{filling}"}}'

    async def line(request: web.Request) -> web.StreamResponse:
        socket, meeting = web.WebSocketResponse(heartbeat=20.0, compress=False), request.match_info["meeting"]
        await socket.prepare(request)
        rooms[meeting].add(socket)
        await socket.send_str(frame(await log(meeting)))
        async for message in socket:
            op, version = json.loads(message.data)["op"], await log(meeting)
            told = frame(version)
            for one in list(rooms[meeting]):
                await one.send_str(told)
            await socket.send_str(f'{{"kind":"done","op":"{op}","version":{version}}}')
        rooms[meeting].discard(socket)
        return socket

    return line


@contextlib.asynccontextmanager
async def by_materials(url: str, size: str) -> AsyncIterator[Handler]:
    """Two statements in one transaction, as a good hand would write them."""
    places, versions = Materials(url), dict[str, int]()
    turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)  # of one meeting one after the other

    async def log(meeting: str) -> int:
        async with turns[meeting], places.write() as db:
            now = datetime.now(UTC)
            if meeting not in versions:
                versions[meeting] = (await db.execute(VERSION, {"meeting": meeting})).scalar_one()
            seen = versions[meeting]
            versions[meeting] = after = seen + 1
            await db.execute(SAVED, {"meeting": meeting, "seen": seen, "next": after, "sealed": FLOOR, "now": now})
            line = {"meeting_id": meeting, "version": after, "at": now, "body": EVENT}
            await db.execute(LOGGED, line)
        return after

    yield _spread(int(size), log)
    await places.engine.dispose()


@contextlib.asynccontextmanager
async def bare(_: str, size: str) -> AsyncIterator[Handler]:
    """Nothing is logged."""
    versions: dict[str, int] = defaultdict(int)

    async def log(meeting: str) -> int:
        versions[meeting] += 1
        return versions[meeting]

    yield _spread(int(size), log)


if __name__ == "__main__":
    main(PATH, materials=by_materials, bare=bare)
