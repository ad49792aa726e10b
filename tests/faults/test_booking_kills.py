"""kill -9 at any instant while meetings are booked, moved and cancelled: what was said done is there, whole, once.

Two processes with two bookers each want the same mediator; each is killed again and again, at random instants and at
every failpoint. Afterwards each meeting has all of its parts or there is no trace of it (reliability.md 2.2, P1).
"""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import Row, Table, select

from cases.schema import matter, matter_event
from database.engine import Database, Transaction
from meetings.schema import attendance, meeting
from notifications.schema import message
from people import audit
from people.schema import audit as audit_list
from people.schema import link
from scheduler.schema import claim, diary
from tests.conftest import faults_in_full
from tests.faults.booking_worker import NOW, booker
from tests.scheduler.booked import another, get_ready

ROOT = Path(__file__).parent.parent.parent
FAILPOINTS = ("booking.claimed", "booking.written")
RANDOM_KILLS, KILLS_AT_EACH = (500, 20) if faults_in_full() else (50, 3)
LONGEST_LIFE = 0.5
LANES = 2
CASES = 10


class Lane:
    """Starts one worker after the other and kills it; remembers what they said was done."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.orders, self.said = process.stdin, process.stdout
        self.done: list[tuple[str, ...]] = []

    async def until(self, word: str) -> list[str]:
        while line := (await self.said.readline()).decode().split():
            if line[0] == word:
                return line[1:]
            if line[0] != "ready":
                self.done.append(tuple(line))
        raise AssertionError("the workers' process has ended")

    async def live_and_die(self, seed: int, armed: str, seconds: float) -> None:
        """A worker lives this long, or until the failpoint kills it."""
        self.orders.write(f"{seed} {armed}\n".encode())
        async with asyncio.timeout(60):
            if not armed:
                (pid,) = await self.until("ready")
                await asyncio.sleep(seconds)
                os.kill(int(pid), signal.SIGKILL)
            await self.until("dead")


@asynccontextmanager
async def lane(url: str) -> AsyncIterator[Lane]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.faults.booking_worker", url),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    try:
        yield Lane(process)
    finally:
        process.kill()
        await process.communicate()


async def kill_all(url: str, seed: int) -> list[tuple[str, ...]]:
    """Every death is died, two workers at a time; what was said done."""
    chance = random.Random(seed)
    deaths = [("", chance.uniform(0, LONGEST_LIFE)) for _ in range(RANDOM_KILLS)]
    deaths += [(f"{name}=kill", 0.0) for name in FAILPOINTS for _ in range(KILLS_AT_EACH)]
    chance.shuffle(deaths)

    async def run(mine: Sequence[tuple[str, float]], first: int) -> list[tuple[str, ...]]:
        async with lane(url) as one:
            for number, (armed, seconds) in enumerate(mine):
                await one.live_and_die(first + 10 * number, armed, seconds)
        return one.done

    runs = [run(deaths[number::LANES], seed + 1_000_000 * number) for number in range(LANES)]
    return [line for lines in await asyncio.gather(*runs) for line in lines]


async def rows(db: Transaction, table: Table) -> Sequence[Row[Any]]:
    return await db.all(select(table))


async def check_parts(db: Transaction) -> dict[str, Row[Any]]:
    """Each meeting has all of its parts, and there is no part of a meeting that is not there."""
    meetings = {row.id: row for row in await rows(db, meeting)}
    seats = Counter(row.meeting_id for row in await rows(db, attendance))
    places = {row.id: row.meeting_id for row in await rows(db, attendance)}
    linked = Counter(places[row.attendance_id] for row in await rows(db, link) if row.attendance_id)
    live = {row.meeting_id: (row.starts, row.ends) for row in await rows(db, claim) if row.state == "booked"}
    noted = Counter((row.action, row.resource) for row in await rows(db, audit_list))
    uids = {row.uid: row.meeting_id for row in await rows(db, attendance)}
    told: Counter[tuple[str, str, int]] = Counter()
    for row in await rows(db, message):
        if row.uid:
            told[uids.get(row.uid, row.uid.partition("@")[0]), row.kind, row.sequence] += 1

    for id_, row in meetings.items():
        over = row.state == "cancelled"
        moves = row.sequence - over
        kinds = {(id_, "invitation", 0): 3} | {(id_, "moved", number): 3 for number in range(1, moves + 1)}
        kinds |= {(id_, "cancelled", row.sequence): 3} if over else {}
        assert (seats[id_], linked[id_]) == (2, 2), id_
        assert live.get(id_) == (None if over else (row.starts, row.ends)), id_
        assert {key: count for key, count in told.items() if key[0] == id_} == kinds, id_
        acts = [noted[action, f"meeting:{id_}"] for action in ("meeting.book", "meeting.move", "meeting.cancel.other")]
        assert acts == [1, moves, int(over)], id_
    assert {*seats, *live, *(key[0] for key in told)} <= set(meetings)
    assert sum(count for (action, _), count in noted.items() if action == "meeting.book") == len(meetings)
    return meetings


async def check_matters(db: Transaction, meetings: dict[str, Row[Any]]) -> None:
    """A matter is booked when it has one booked meeting, its story says as much, and its chain is whole."""
    booked = Counter(row.matter_id for row in meetings.values() if row.state == "booked")
    story = Counter((row.matter_id, row.event) for row in await rows(db, matter_event))
    for row in await rows(db, matter):
        mine = [one for one in meetings.values() if one.matter_id == row.id]
        cancelled = sum(one.state == "cancelled" for one in mine)
        assert booked[row.id] == (row.state == "booked"), row.id
        assert (story[row.id, "booked"], story[row.id, "cancelled"]) == (len(mine), cancelled), row.id
        assert story[row.id, "moved"] == sum(one.sequence for one in mine) - cancelled, row.id
        assert await audit.verify(db, row.case_id) is None


async def check_diaries(db: Transaction) -> None:
    """No diary has two claims at once."""
    for owner in await rows(db, diary):
        mine = sorted(
            (row.starts, row.ends) for row in await rows(db, claim)
            if row.diary_id == owner.id and row.state == "booked"
        )  # fmt: skip
        assert all(before[1] <= after[0] for before, after in pairwise(mine))


async def test_what_was_said_done_is_there_whole_and_once(
    database: Database, database_url: str, moment: datetime
) -> None:
    assert moment == NOW
    seed = int(os.environ.get("FAULTS_SEED") or random.randrange(1 << 32))
    ready = await get_ready(database, now=moment)
    async with database.write() as db:
        for number in range(1, CASES):
            await another(db, ready.house, now=moment, number=number)

    said = await kill_all(database_url, seed)
    last = await booker(database, seed)
    for _ in range(5):  # whatever the dead left behind holds nobody up
        await asyncio.wait_for(last.act_once(), 30)

    async with database.read() as db:
        meetings = await check_parts(db)
        await check_matters(db, meetings)
        await check_diaries(db)
    done = Counter(line[0] for line in said)
    print(
        f"\nbooking kills: seed {seed}, {RANDOM_KILLS + KILLS_AT_EACH * len(FAILPOINTS)} kills,"
        f" {len(meetings)} meetings, said {dict(done)}"
    )
    booked = {line[1] for line in said if line[0] == "booked"}
    assert booked <= set(meetings)
    assert {line[1] for line in said if line[0] == "cancelled"} <= {
        id_ for id_, row in meetings.items() if row.state == "cancelled"
    }
    assert all(meetings[line[1]].sequence >= int(line[2]) for line in said if line[0] == "moved")
    assert done["booked"] > 0
