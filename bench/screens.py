"""A process full of screens: it opens their lines, says what mediators say, and notes when each frame comes.

`python -m bench.screens`: each order is a line of JSON on its standard input, and is answered by one: `Plan` first,
then what the methods of `Hall` are called and given.
"""

import asyncio
import json
import random
import statistics
import sys
import time
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.lines import Line, connect

OPENING_AT_ONCE = 16
CATCH_UP_SECONDS = 30.0
THIRDS = 3
GIVEN = 4  # so many people of a room get the floor in turns; the others wait with a hand up


@dataclass(frozen=True, kw_only=True)
class Way:
    """How one screen comes to its line."""

    seat: str
    path: str
    cookie: str


@dataclass(kw_only=True)
class Room:
    """The ways of one room, the mediator's first, and their lines once they are open."""

    ways: list[Way]
    lines: list[Line] = field(default_factory=list)
    said: int = 0

    @property
    def desk(self) -> Line:
        return self.lines[0]

    def next_word(self) -> dict[str, object]:
        """What the mediator does next: the floor is given to one after the other, for longer, and taken back."""
        turn, part = divmod(self.said, 3)
        self.said += 1
        seat = self.ways[1 + turn % GIVEN].seat
        words: tuple[dict[str, object], ...] = (
            {"kind": "give_to", "seat": seat},
            {"kind": "more_time", "seconds": 60},
            {"kind": "end_turn"},
        )
        return words[part]

    async def act(self) -> int:
        """The mediator did something; the version of the floor after it."""
        return await self.desk.say({**self.next_word(), "version": self.desk.known})


@dataclass(frozen=True, kw_only=True)
class Action:
    """Something that a mediator did: in which room, when, and the version of the floor after it."""

    room: Room
    at: float
    version: int


class Hall:
    """Every room, on the service at this address."""

    def __init__(self, url: str, rooms: list[Room]) -> None:
        self._url, self._rooms = url, rooms
        self._random = random.Random(1)

    async def open(self, rooms: int) -> dict[str, object]:
        """The first so many rooms have all their screens, and in each some hands are up."""
        some = asyncio.Semaphore(OPENING_AT_ONCE)

        async def one(way: Way) -> Line:
            async with some:
                line = await connect(self._url, way.path, way.cookie)
                await line.until(1)
                return line

        fresh = [room for room in self._rooms[:rooms] if not room.lines]
        for room in fresh:
            desk = await one(room.ways[0])
            # What is answered is answered to somebody who has come in: without a mediator no hand can be raised.
            await desk.say({"kind": "set_hearing", "on": True, "version": desk.known})
            room.lines = [desk, *await asyncio.gather(*(one(way) for way in room.ways[1:]))]
            for line in room.lines[1 + GIVEN :]:
                await line.say({"kind": "raise_hand"})
        return {"more": sum(len(room.lines) for room in fresh)}

    async def run(self, rooms: int, rate: int, seconds: int) -> dict[str, object]:
        """Every mediator of so many rooms acts so often; how long until each screen had it, in milliseconds."""
        acted = self._rooms[:rooms]
        began = time.perf_counter() + 0.5
        done = await asyncio.gather(*(self._acts(room, began, rate=rate, times=rate * seconds) for room in acted))
        actions = sorted((action for one in done for action in one), key=lambda action: action.at)
        await asyncio.gather(*(_caught_up(room) for room in acted))
        found = [[_took(action, line) for line in action.room.lines] for action in actions]
        for room in acted:
            for line in room.lines:
                line.forget()
        return _figures(found)

    async def _acts(self, room: Room, began: float, *, rate: int, times: int) -> list[Action]:
        """At even distances from a moment of its own; one that had to wait for the one before began when it was due."""
        began += self._random.random() / rate
        actions = []
        for number in range(times):
            due = began + number / rate
            early = due - time.perf_counter()
            if early > 0:
                await asyncio.sleep(early)
            at = time.perf_counter() if early > 0 else due
            actions.append(Action(room=room, at=at, version=await room.act()))
        return actions

    async def reconnect(self, times: int, busy: int) -> dict[str, object]:
        """While so many rooms are busy, screens of the others come back: milliseconds from open to the right floor."""
        background = asyncio.create_task(self.run(busy, 1, times // 4 + 2))
        took = []
        for _ in range(times):
            room = self._random.choice(self._rooms[busy:])
            number = self._random.randrange(1, len(room.lines))
            room.lines[number].close()
            await asyncio.sleep(0.1)
            line = await connect(self._url, room.ways[number].path, room.ways[number].cookie)
            await line.until(room.desk.known)
            took.append((line.seen[-1][1] - line.opened_at) * 1000)
            room.lines[number] = line
            await asyncio.sleep(0.1)
        await background
        return {"p50": statistics.median(took), "p99": max(took)}


async def _caught_up(room: Room) -> None:
    """Every screen has the newest floor, or will never have it."""
    try:
        async with asyncio.timeout(CATCH_UP_SECONDS):
            await asyncio.gather(*(line.until(room.desk.known) for line in room.lines))
    except TimeoutError:
        return  # what is missing is counted


def _took(action: Action, line: Line) -> float | None:
    """Milliseconds until this screen had the version of this action, or a newer one; None when it never had."""
    at = bisect_left(line.seen, (action.version, 0.0))
    return (line.seen[at][1] - action.at) * 1000 if at < len(line.seen) else None


def _figures(found: Sequence[Sequence[float | None]]) -> dict[str, object]:
    took = [one for screens in found for one in screens if one is not None]
    third = len(found) // THIRDS
    first, last = (
        [one for screens in part for one in screens if one is not None] for part in (found[:third], found[-third:])
    )
    ranked = sorted(took)
    return {
        "p50": statistics.median(ranked),
        "p99": ranked[int(len(ranked) * 0.99) - 1],
        "first": statistics.median(first),
        "last": statistics.median(last),
        "missing": sum(one is None for screens in found for one in screens),
        "actions": len(found),
    }


async def _obey() -> None:
    plan = json.loads(await asyncio.to_thread(sys.stdin.readline))
    hall = Hall(plan["url"], [Room(ways=[Way(**way) for way in ways]) for ways in plan["rooms"]])
    while line := await asyncio.to_thread(sys.stdin.readline):
        order: dict[str, Any] = json.loads(line)
        answer = await getattr(hall, order.pop("do"))(**order)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    asyncio.run(_obey())
