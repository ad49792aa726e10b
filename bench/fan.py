"""Workload 4, turn fan-out: a mediator does something, and the eight screens of the room show it; two hundred rooms.

The screens are lines of real sessions, held by a process of their own (`screens.py`); what is measured is the time from
the moment at which a mediator's word is sent (or was due, where the one before it was not yet answered) until a screen
has that floor or a newer one: each screen once for each action.
"""

import asyncio
import contextlib
import json
import statistics
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bench import running, seeding, straight
from bench.measuring import Row
from bench.running import Ground, Running
from bench.sizes import Sizes
from database.engine import Transaction
from meetings.room import floors
from meetings.room.turns import MEDIATOR
from meetings.room.views import frames
from people import sessions

KINDS = ("ours", "materials", "bare")
SCREENS = 8
PATIENT_MS, BACK_MS, SCREEN_KB = 50.0, 200.0, 25.0
GROWN, QUEUED = 2.0, 2.0
STAFF_COOKIE, SEAT_COOKIE = "evenhand-staff", "evenhand-seat"
Ways = list[dict[str, str]]
Figures = dict[str, float]


@dataclass(frozen=True, kw_only=True)
class House:
    """The ways of the screens of each room, the mediator's first; and how long a frame is."""

    rooms: list[tuple[str, Ways]]
    frame: int


def _fill(sizes: Sizes) -> Callable[[Transaction], House]:
    async def rooms(db: Transaction) -> House:
        now = datetime.now(UTC) - timedelta(minutes=2)
        house = await seeding.furnish(db, mediators=10, coordinators=1, now=now)
        secrets = [
            await sessions.open_staff(db, one.id, second_factor=True, device="bench", now=now)
            for one in house.mediators
        ]
        made = []
        for number in range(sizes.fan_rooms):
            doors = await seeding.open_room(db, house, number, people=SCREENS - 1, now=now)
            meeting = doors[0].meeting_id
            desk = _way(MEDIATOR, f"/mediator/sitting/{meeting}/socket", STAFF_COOKIE, secrets[number % len(secrets)])
            seats = [
                _way(one.attendance_id, f"/room/{one.attendance_id}/socket", SEAT_COOKIE, one.secret) for one in doors
            ]
            made.append((meeting, [desk, *seats]))
        return House(rooms=made, frame=await _length(db, made[0][0], now))

    return lambda db: straight.at_once(rooms(db))


def _way(seat: str, path: str, cookie: str, secret: str) -> dict[str, str]:
    return {"seat": seat, "path": path, "cookie": f"{cookie}={secret}"}


async def _length(db: Transaction, meeting_id: str, now: datetime) -> int:
    floor = await floors.load(db, meeting_id)
    if floor is None:
        raise RuntimeError("a room was not opened")
    made = frames(floor, [seat.key for seat in floor.seats], now=now)
    return sum(len(frame.encode()) for frame in made.values()) // len(made)


@dataclass(frozen=True, kw_only=True)
class Field:
    """One service and the process that holds its screens."""

    running: Running
    screens: asyncio.subprocess.Process

    async def order(self, do: str, **words: int) -> Figures:
        """The screens did this."""
        assert self.screens.stdin is not None and self.screens.stdout is not None  # noqa: S101, PT018 - both are pipes
        self.screens.stdin.write(json.dumps({"do": do, **words}).encode() + b"\n")
        answer = await self.screens.stdout.readline()
        if not answer:
            raise RuntimeError("the screens are gone; what they said stands above")
        figures: Figures = json.loads(answer)
        return figures


@contextlib.asynccontextmanager
async def _screens(running_: Running, rooms: Sequence[Ways]) -> AsyncIterator[Field]:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.screens", cwd=running.ROOT, stdin=pipe, stdout=pipe
    )
    assert process.stdin is not None  # noqa: S101 - it is a pipe
    process.stdin.write(json.dumps({"url": running_.url, "rooms": rooms}).encode() + b"\n")
    try:
        yield Field(running=running_, screens=process)
    finally:
        process.stdin.close()
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


def _for_ceiling(house: House) -> list[Ways]:
    """The same screens, by addresses that say whose room it is, since a ceiling asks for no session."""
    return [[{**way, "path": f"/room/{meeting}/{way['seat']}"} for way in ways] for meeting, ways in house.rooms]


@contextlib.asynccontextmanager
async def _started(ground: Ground, house: House, first: str, *, workers: int) -> AsyncIterator[Mapping[str, Field]]:
    async with contextlib.AsyncExitStack() as stack:
        fields = {}
        for kind in KINDS:
            url = ground.like(first)
            if kind == "ours":
                one = stack.enter_context(running.ours(ground.folder, url, {"WORKERS": str(workers)}))
                ways = [ways for _, ways in house.rooms]
            else:
                one = stack.enter_context(running.ceiling("fan", kind, url, str(house.frame)))
                ways = _for_ceiling(house)
            fields[kind] = await stack.enter_async_context(_screens(one, ways))
        yield fields


class _Results:
    """What each measurement gave, by its name and kind, repetition after repetition."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[Figures]] = {}

    def add(self, name: str, kind: str, figures: Figures) -> None:
        self._found.setdefault((name, kind), []).append(figures)

    def only(self, name: str, kind: str, figures: Figures) -> None:
        """In place of what it gave before."""
        self._found[name, kind] = [figures]

    def all(self, name: str, kind: str, what: str) -> list[float]:
        return [one[what] for one in self._found[name, kind]]

    def median(self, name: str, kind: str, what: str) -> float:
        return statistics.median(self.all(name, kind, what))


async def _measured(fields: Mapping[str, Field], sizes: Sizes) -> _Results:
    """In turns, so that what else the machine does falls on all alike; whoever is not asked has nothing to do."""
    results = _Results()
    for rooms, rates in ((sizes.fan_few, (1,)), (sizes.fan_busy, (1, 10)), (sizes.fan_rooms, (1,))):
        for kind, field in fields.items():
            before = running.resident(field.running.process.pid)
            more = (await field.order("open", rooms=rooms))["more"]
            grown = running.resident(field.running.process.pid) - before
            # The last of them stays: the most rooms, when everything else has been warm for a while.
            results.only("memory", kind, {"kb": grown * 1024 / more})
        for _ in range(sizes.repetitions):
            for rate in rates:
                for kind, field in fields.items():
                    found = await field.order("run", rooms=rooms, rate=rate, seconds=sizes.fan_seconds)
                    results.add(f"{rooms} x {rate}/s", kind, found)
    for kind, field in fields.items():
        results.add("back", kind, await field.order("reconnect", times=sizes.fan_returns, busy=sizes.fan_busy))
    return results


@dataclass(frozen=True, kw_only=True)
class _Table:
    """The rows of one ground."""

    variant: str
    results: _Results

    def row(
        self, name: str, what: str, *, more: str, floor: str, holds: Callable[[float, float], bool], unit: str = "ms"
    ) -> Row:
        """One figure beside both ceilings."""
        ours, materials, bare = (self.results.median(name, kind, what) for kind in KINDS)
        return Row(
            workload="4 fan-out",
            variant=f"{self.variant}, {more}",
            ours=ours,
            materials=materials,
            ceiling=bare,
            unit=unit,
            ratio=ours / materials,
            floor=floor,
            holds=holds(ours, materials),
            repetitions=self.results.all(name, "ours", what),
        )

    def alone(self, ours: float, *, more: str, unit: str, floor: str, most: float) -> Row:
        """One figure that stands by itself."""
        return Row(
            workload="4 fan-out",
            variant=f"{self.variant}, {more}",
            ours=ours,
            materials=None,
            ceiling=None,
            unit=unit,
            ratio=ours / most if most else ours,
            floor=floor,
            holds=ours <= most,
            repetitions=[ours],
        )


def _rows(variant: str, results: _Results, sizes: Sizes) -> list[Row]:
    few, calm, busy, all_rooms = (
        f"{rooms} x {rate}/s"
        for rooms, rate in ((sizes.fan_few, 1), (sizes.fan_busy, 1), (sizes.fan_busy, 10), (sizes.fan_rooms, 1))
    )
    table = _Table(variant=variant, results=results)
    three_times, shown = "<= 3 x M", "none: to be seen"
    rows = [
        table.row(all_rooms, "p50", more=f"{all_rooms}, p50", floor=shown, holds=lambda *_: True),
        table.row(all_rooms, "p99", more=f"{all_rooms}, p99", floor=three_times, holds=lambda a, m: a <= 3 * m),
        table.row(calm, "p99", more=f"{calm}, p99", floor=three_times, holds=lambda a, m: a <= 3 * m),
        table.row(busy, "p50", more=f"{busy}, p50", floor=shown, holds=lambda *_: True),
        table.row(
            busy,
            "p99",
            more=f"{busy}, p99",
            # Fifty milliseconds are a time of another machine: where M takes longer, no longer than it takes (0006).
            floor=f"<= {PATIENT_MS:.0f} ms, or M's where M takes longer",
            holds=lambda a, m: a <= max(PATIENT_MS, m),
        ),
        table.row(
            "back",
            "p99",
            more="a screen that comes back",
            floor=f"<= {BACK_MS:.0f} ms, or M's where M takes longer",
            holds=lambda a, m: a <= max(BACK_MS, m),
        ),
    ]
    queue = results.median(busy, "ours", "last") / results.median(busy, "ours", "first")
    for kind in KINDS:
        grown = results.median(all_rooms, kind, "p99") / results.median(few, kind, "p99")
        results.only("grown", kind, {"x": grown})
    missing = sum(sum(results.all(name, "ours", "missing")) for name in (few, calm, busy, all_rooms))
    return [
        *rows,
        table.alone(queue, more=f"{busy}, last third", unit="x first", floor=f"<= {QUEUED} x first", most=QUEUED),
        table.alone(missing, more="screens without the newest floor", unit="", floor="none", most=0),
        table.row(
            "grown",
            "x",
            more=f"p99 of {sizes.fan_rooms} rooms",
            unit="x",
            floor=f"<= {GROWN} x that of {sizes.fan_few}",
            holds=lambda a, _: a <= GROWN,
        ),
        table.row(
            "memory",
            "kb",
            more="memory of one more screen",
            unit="KB",
            floor=f"<= {SCREEN_KB:.0f} KB",
            holds=lambda a, _: a <= SCREEN_KB,
        ),
    ]


async def measure(ground: Ground, sizes: Sizes) -> list[Row]:
    """The rows of this workload: on SQLite one worker, on PostgreSQL two, over which the screens of a room spread."""
    first, workers = ground.make(), 2 if ground.server else 1
    house = running.filled(first, _fill(sizes))
    async with _started(ground, house, first, workers=workers) as fields:
        results = await _measured(fields, sizes)
    variant = f"{ground.name}, 2 workers" if workers > 1 else ground.name
    return _rows(variant, results, sizes)
