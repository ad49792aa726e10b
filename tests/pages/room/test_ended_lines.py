"""Through the real lines: a dead one is away within ten seconds, and none outlives its session by five (3.11, A6)."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import update

from database.engine import Database, DatabaseSettings, open_database
from meetings.room import floors
from people.schema import account, seat_session, staff_session
from tests.conftest import SERVICE_KEY
from tests.flows.stage import served
from tests.servers.sitting import Sitting, Way, open_sitting, screens, until

SOON, ENDED, DEAD, LATE = 5.0, 5.0, 10.5, 2.0  # LATE: what a busy machine may take besides


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    async with open_database(DatabaseSettings(url=sqlite_url, service_key=SERVICE_KEY)) as opened:
        yield opened


@pytest.fixture
async def sitting(database: Database) -> Sitting:
    return await open_sitting(database, now=datetime.now(UTC))


@pytest.fixture
async def url(sitting: Sitting, sqlite_url: str, tmp_path: Path) -> AsyncIterator[str]:
    async with served(tmp_path, sqlite_url, sitting.environment, port=0) as running:
        yield running.url


async def dead_line(url: str, way: Way, *, speaks: float) -> None:
    """A browser whose beats come each second, and which answers nothing any more after so long."""
    headers = {"Origin": url, "Cookie": way.cookie}
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{url}{way.path}", headers=headers, autoping=False) as socket,
    ):
        for _ in range(round(speaks)):
            await socket.send_str(json.dumps({"kind": "heartbeat"}))
            await asyncio.sleep(1)
        await asyncio.sleep(60)


async def ran(database: Database, sitting: Sitting) -> float:
    async with database.read() as db:
        floor = await floors.load(db, sitting.meeting_id)
    assert floor is not None
    assert floor.turn is not None
    return floor.turn.ran.total_seconds()


async def test_the_time_of_a_half_open_line_stops_where_it_died(sitting: Sitting, url: str, database: Database) -> None:
    async with screens(url, sitting.mediator, sitting.officer) as (desk, _):
        dead = asyncio.create_task(dead_line(url, sitting.parent, speaks=4))
        try:
            await until(lambda: sitting.parent.seat in desk.here(), SOON, "the desk sees the parent")
            await desk.say("give_to", seat=sitting.parent.seat)
            took = await until(
                lambda: sitting.parent.seat not in desk.here(), DEAD + 4 + LATE, "the desk sees them away"
            )
        finally:
            dead.cancel()
    assert took > 4
    assert await ran(database, sitting) <= 4


ENDINGS = [
    pytest.param("mediator", update(staff_session).values(ended_at=datetime.now(UTC)), id="signed-out"),
    pytest.param("mediator", update(account).values(roles="adviser"), id="other-role"),
    pytest.param("parent", update(seat_session).values(ended_at=datetime.now(UTC)), id="seat-taken-back"),
]


@pytest.mark.parametrize(("who", "ending"), ENDINGS)
async def test_a_silent_line_ends_with_its_session(
    sitting: Sitting, url: str, database: Database, who: str, ending: object
) -> None:
    async with screens(url, getattr(sitting, who)) as (screen,):
        await asyncio.sleep(7)  # at least one ping, which it has answered
        assert screen.lost == 0
        async with database.write() as db:
            await db.execute(ending)  # type: ignore[arg-type]
        await until(lambda: screen.lost > 0, ENDED, "its line is closed")
        lost = screen.lost
        await asyncio.sleep(1)
        assert (screen.floor, screen.lost > lost) == (None, True)  # it does not come back in
