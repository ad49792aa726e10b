"""Two workers, one floor: what is said to one is seen on the other, and when one is killed nobody loses their turn.

Real processes on one port over PostgreSQL; kill -9; the screens come back as browsers do (reliability.md 2.2).
"""

import asyncio
import contextlib
import os
import random
import signal
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import select

from meetings.schema import live_line
from tests.conftest import faults_in_full
from tests.servers import service
from tests.servers.sitting import Screen, screens, until
from tests.servers.workers import BACK_SECONDS, SEEN_SECONDS, Room, agreed, same, two_workers

KILLS = 50 if faults_in_full() else 5
AWAY_SECONDS, ALONE_SECONDS = 20.0, 8.0


@pytest.fixture
async def room(postgresql_server: str, tmp_path: Path) -> AsyncIterator[Room]:
    async with two_workers(postgresql_server, tmp_path) as opened:
        yield opened


async def take_places(seen: Sequence[Screen]) -> None:
    """The officer has the floor and the parent waits; each step is soon seen by all."""
    mediator, parent, officer = seen
    await until(lambda: same(seen, 0), SEEN_SECONDS, "all see one floor")
    if mediator.floor and mediator.floor["paused"]:  # nobody was here for some seconds: the mediator goes on
        await agreed(seen, await mediator.say("resume"))
    await agreed(seen, await officer.say("raise_hand"))
    await agreed(seen, await mediator.say("give_to", seat=officer.way.seat))
    await agreed(seen, await parent.say("raise_hand"))
    assert [(one.holder(), one.queue()) for one in seen] == [(officer.way.seat, [parent.way.seat])] * 3


async def kill_one(room: Room, seen: Sequence[Screen]) -> float:
    """A worker dies; those it served come back. How many seconds that took."""
    lost = {id(one): one.lost for one in seen}
    os.kill(room.workers()[random.choice((1, 2))], signal.SIGKILL)
    await until(lambda: any(one.lost > lost[id(one)] for one in seen), SEEN_SECONDS, "somebody's line is lost")
    return await until(lambda: same(seen, 0), BACK_SECONDS, "all have the same floor again")


async def one_death(room: Room, seen: Sequence[Screen]) -> float:
    """Turns are kept through the death of a worker, and go on after it."""
    mediator, parent, officer = seen
    starts = room.starts()
    await room.spread(seen)
    await take_places(seen)
    took = await kill_one(room, seen)
    assert [(one.holder(), one.queue()) for one in seen] == [(officer.way.seat, [parent.way.seat])] * 3
    await agreed(seen, await officer.say("finish"))
    await agreed(seen, await mediator.say("give_to", seat=parent.way.seat))
    await agreed(seen, await parent.say("finish"))
    assert [(one.holder(), one.queue()) for one in seen] == [(None, [])] * 3
    await until(lambda: room.starts() > starts, 20, "another worker has taken its place")
    return took


async def test_a_killed_worker_costs_nobody_their_turn(room: Room) -> None:
    sitting = room.sitting
    async with screens(room.service.url, sitting.mediator, sitting.parent, sitting.officer) as seen:
        took = [await one_death(room, seen) for _ in range(KILLS)]
        everybody = {one.way.seat for one in seen}
        # What the dead left behind is swept away, and takes nobody along who has come back.
        await asyncio.sleep(AWAY_SECONDS - 5)
        async with room.database.read() as db:
            kept = sorted(row.seat_key for row in await db.all(select(live_line)))
        assert kept == sorted(everybody)
        assert [one.here() for one in seen] == [everybody] * 3
    print(f"{KILLS} workers killed; everybody had the floor again after at most {max(took):.1f} s")
    assert '"event": "fault"' not in room.service.lines()


def ends(room: Room) -> int:
    """How many times a worker has stopped in good order."""
    return room.service.lines().count('"action": "service.stop"')


async def test_workers_whose_keeper_was_killed_send_their_screens_away_and_stop(room: Room) -> None:
    sitting = room.sitting
    async with screens(room.service.url, sitting.mediator, sitting.parent, sitting.officer) as seen:
        await room.spread(seen)
        try:
            os.kill(room.service.process.pid, signal.SIGKILL)
            took = await until(lambda: ends(room) == 2, ALONE_SECONDS, "both workers have stopped")
        finally:
            with contextlib.suppress(ProcessLookupError):  # there is nobody left, as it should be
                os.killpg(room.service.process.pid, signal.SIGKILL)
        assert all({"kind": "reload"} in one.frames for one in seen)
    assert not service.answers(room.service.url)
    print(f"the keeper was killed; its workers stopped after {took:.1f} s")
    assert '"event": "fault"' not in room.service.lines()


async def test_a_worker_that_stood_still_comes_back_with_its_screens(room: Room) -> None:
    sitting = room.sitting
    async with screens(room.service.url, sitting.mediator, sitting.parent, sitting.officer) as seen:
        await room.spread(seen)
        await take_places(seen)
        everybody, still = {one.way.seat for one in seen}, room.workers()[1]
        os.kill(still, signal.SIGSTOP)
        try:
            await until(lambda: any(one.here() != everybody for one in seen), AWAY_SECONDS, "some are away")
        finally:
            os.kill(still, signal.SIGCONT)
        await until(lambda: all(one.here() == everybody for one in seen), BACK_SECONDS, "all are here again")
        assert {one.holder() for one in seen} == {seen[2].way.seat}
