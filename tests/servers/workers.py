"""A sitting on two workers over PostgreSQL: real processes on one port, and the screens of its people on both."""

import contextlib
import json
import random
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from cases.dossier import NewSeat
from database.engine import Database, DatabaseSettings, open_database
from database.ids import new_id
from meetings.schema import live_line
from tests.conftest import SERVICE_KEY
from tests.flows.stage import served
from tests.servers import postgresql
from tests.servers.service import Service
from tests.servers.sitting import Screen, Sitting, open_sitting, until

SEEN_SECONDS, BACK_SECONDS = 2.0, 10.0


@dataclass(frozen=True, kw_only=True)
class Room:
    """The sitting on two workers."""

    database: Database
    sitting: Sitting
    service: Service

    def workers(self) -> dict[int, int]:
        """The process of each worker by its number, the newest of each."""
        found = [json.loads(line) for line in self.service.lines().splitlines()]
        return {line["worker"]: line["process"] for line in found if line.get("action") == "worker.start"}

    def starts(self) -> int:
        """How many times a worker has begun to answer."""
        return self.service.lines().count('"action": "service.start"')

    async def lines(self) -> dict[str, str]:
        """The worker of each seat's newest line; the dead leave older ones behind for a while."""
        async with self.database.read() as db:
            rows = await db.all(select(live_line).order_by(live_line.c.opened_at))
        return {row.seat_key: row.worker for row in rows}

    async def deal(self, one: Screen) -> None:
        """The screen has a new line, of whichever worker the kernel gives it to."""
        assert one.socket is not None
        lost = one.lost
        await one.socket.close()
        await until(lambda: one.lost > lost and bool(one.floor), BACK_SECONDS, "it is back")

    async def spread(self, seen: Sequence[Screen]) -> None:
        """The lines are not all with one worker; the kernel deals them out, so they are dealt again until then."""
        for _ in range(100):
            where = await self.lines()
            if len(where) == len({one.way.seat for one in seen}) and len(set(where.values())) > 1:
                return
            await self.deal(random.choice(seen))
        raise AssertionError(f"every line came to one worker: {await self.lines()}")


@contextlib.asynccontextmanager
async def two_workers(server: str, folder: Path, more: Sequence[NewSeat] = ()) -> AsyncIterator[Room]:
    """Inside the block a sitting goes on, with these people besides the usual ones, and two workers answer."""
    name = f"test_{new_id()}"
    url = postgresql.make_database(server, name, template="template_evenhand")
    async with open_database(DatabaseSettings(url=url, service_key=SERVICE_KEY)) as database:
        sitting = await open_sitting(database, now=datetime.now(UTC), more=more)
        async with served(folder, url, {"WORKERS": "2", **sitting.environment}, port=0) as service:
            room = Room(database=database, sitting=sitting, service=service)
            await until(lambda: room.starts() == 2, 20, "both workers answer")
            yield room
    postgresql.drop_database(server, name)


def same(seen: Sequence[Screen], version: int) -> bool:
    """Whether all see one floor, at this version or after it."""
    floors = [one.floor for one in seen]
    return all(one.version >= version for one in seen) and all(floor and floor == floors[0] for floor in floors)


async def agreed(seen: Sequence[Screen], version: int) -> None:
    """All see it soon."""
    await until(lambda: same(seen, version), SEEN_SECONDS, f"all see version {version}: {[s.version for s in seen]}")
