"""Workload 1, joining: a session's cookie, its role in the room, a row, a LiveKit token; a thousand pairs at random."""

import contextlib
import random
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime, timedelta

from bench import asking, running, seeding, straight
from bench.asking import Answer, Client
from bench.measuring import Row, Run, drive, median, paired
from bench.running import Ground, Running
from bench.seeding import Door
from bench.sizes import Sizes
from database.engine import Transaction

COOKIE = "evenhand-seat"
KINDS = ("ours", "materials", "bare")


def _fill(sizes: Sizes) -> Callable[[Transaction], list[Door]]:
    async def rooms(db: Transaction) -> list[Door]:
        now = datetime.now(UTC) - timedelta(minutes=2)
        house = await seeding.furnish(db, mediators=10, coordinators=1, now=now)
        opened = [
            await seeding.open_room(db, house, number, people=sizes.people, now=now) for number in range(sizes.rooms)
        ]
        return [door for doors in opened for door in doors]

    return lambda db: straight.at_once(rooms(db))


class _Asker:
    """Joins, door after door, in an order of its own."""

    def __init__(self, doors: Sequence[Door], running_: Running, client: Client, *, callers: int) -> None:
        self.running = running_
        self.callers = callers
        self._client = client
        self._questions = [
            asking.post(running_.url, f"/room/{door.attendance_id}/token", cookie=f"{COOKIE}={door.secret}")
            for door in doors
        ]
        random.Random(1).shuffle(self._questions)

    async def _ask(self, number: int) -> None:
        _check(await self._client.ask(self._questions[number % len(self._questions)]))

    async def lap(self, times: int) -> Run:
        """So many joins."""
        return await drive(self._ask, times=times, callers=self.callers)


def _check(answer: Answer) -> None:
    if answer.status != 200 or b'"token"' not in answer.body:
        raise RuntimeError(f"a join was answered {answer.status}: {answer.body[:300]!r}")


@contextlib.asynccontextmanager
async def _started(ground: Ground, sizes: Sizes) -> AsyncIterator[dict[str, _Asker]]:
    first = ground.make()
    doors = running.filled(first, _fill(sizes))
    async with contextlib.AsyncExitStack() as stack:
        livekit = await stack.enter_async_context(running.video())
        keys = {"LIVEKIT_URL": livekit.url, "LIVEKIT_API_KEY": livekit.key, "LIVEKIT_API_SECRET": livekit.secret}
        askers: dict[str, _Asker] = {}
        for kind in KINDS:
            url = ground.like(first)
            served = (
                running.ours(ground.folder, url, keys)
                if kind == "ours"
                else running.ceiling("join", kind, url, livekit.key, livekit.secret)
            )
            one = stack.enter_context(served)
            client = await stack.enter_async_context(asking.connected(one.url, callers=sizes.join_callers))
            askers[kind] = _Asker(doors, one, client, callers=sizes.join_callers)
        yield askers


async def _runs(askers: dict[str, _Asker], sizes: Sizes) -> dict[str, list[Run]]:
    """In turns, so that what else the machine does falls on all alike; whoever is not asked holds still."""
    runs: dict[str, list[Run]] = {kind: [] for kind in KINDS}
    await askers["ours"].lap(sizes.rooms * sizes.people)  # every room is made, as by the first who goes in
    for _ in range(sizes.repetitions):
        for kind in KINDS:
            with contextlib.ExitStack() as others:
                for other in KINDS:
                    if other != kind:
                        others.enter_context(askers[other].running.still())
                await askers[kind].lap(sizes.joins // 4)
                runs[kind].append(await askers[kind].lap(sizes.joins))
    return runs


def rows_of(variant: str, runs: dict[str, list[Run]]) -> list[Row]:
    """The rate and the slowest in a hundred, each beside its ceilings."""
    ours, materials, bare = (median(runs[kind]) for kind in KINDS)
    ratio = paired(runs["ours"], runs["materials"])
    return [
        Row(
            workload="1 join",
            variant=variant,
            ours=ours.rate,
            materials=materials.rate,
            ceiling=bare.rate,
            unit="joins/s",
            ratio=ratio,
            floor=">= 0.5 x M",
            holds=ratio >= 0.5,
            repetitions=[run.rate for run in runs["ours"]],
        ),
        Row(
            workload="1 join",
            variant=f"{variant}, p99",
            ours=ours.p99,
            materials=materials.p99,
            ceiling=bare.p99,
            unit="ms",
            ratio=ours.p99 / materials.p99,
            floor="<= 3 x M",
            holds=ours.p99 <= 3 * materials.p99,
            repetitions=[run.p99 for run in runs["ours"]],
        ),
    ]


async def measure(ground: Ground, sizes: Sizes) -> list[Row]:
    """The rows of this workload on this database."""
    async with _started(ground, sizes) as askers:
        return rows_of(ground.name, await _runs(askers, sizes))
