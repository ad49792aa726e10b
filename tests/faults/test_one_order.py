"""Ten screens on two workers, with clocks that are wrong by minutes, see one order; two mediators never both act.

A browser tells its clock in what it reports of speech, and in nothing else; here each of the ten does, on a clock of
its own: proofs 1 and 9 of 3.13.
"""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from database.ids import new_id
from meetings.meeting import Part
from meetings.room import floors
from meetings.room.entries import Hand
from tests.servers.colleagues import colleague
from tests.servers.sitting import DANA, FREYA, OWEN, SAMI, Screen, screens, until
from tests.servers.workers import SEEN_SECONDS, Room, agreed, same, two_workers

SKEWS = [timedelta(minutes=minutes) for minutes in (-5, -3, -1, 0, 1, 2, 3, 4, 5, 5)]


@pytest.fixture
async def room(postgresql_server: str, tmp_path: Path) -> AsyncIterator[Room]:
    async with two_workers(postgresql_server, tmp_path, (OWEN, DANA, FREYA, SAMI)) as opened:
        yield opened


async def everybody(room: Room, seen: Sequence[Screen]) -> None:
    """The people are dealt over both workers, and nothing stands still."""
    await room.spread(seen)
    await until(lambda: same(seen, 0), SEEN_SECONDS, "all see one floor")
    if seen[0].floor and seen[0].floor["paused"]:
        await agreed(seen, await seen[0].say("resume"))


async def send(screen: Screen, op: str, kind: str, **facts: object) -> None:
    """This is said on the screen's line, and nobody waits for the answer."""
    assert screen.socket is not None
    await screen.socket.send_str(json.dumps({"kind": kind, "op": op, "version": screen.version, **facts}))


async def answered(screen: Screen, op: str) -> dict[str, Any]:
    await until(lambda: op in screen.answers, 5, f"an answer to {op}")
    return screen.answers[op]


async def test_ten_screens_with_wrong_clocks_on_two_workers_see_one_order(room: Room) -> None:
    sitting, seed = room.sitting, random.randrange(10**6)
    print(f"seed {seed}")
    people = (sitting.parent, sitting.officer, *sitting.others.values())
    # Three people have two screens each, as with a telephone beside a computer.
    async with screens(room.service.url, sitting.mediator, *people, *people[:3]) as seen:
        assert len(seen) == len(SKEWS)
        clocks = dict(zip(map(id, seen), SKEWS, strict=True))
        await everybody(room, seen)
        tessa, officer, owen, dana, freya, sami = seen[1:7]
        waves = [(tessa, officer), (freya, owen), (dana, sami)]
        random.Random(seed).shuffle(waves)
        version = 0
        for one, other in waves:
            await apart(room, one, other)
            for screen in seen:
                await says_its_clock(screen, clocks[id(screen)])
            version = max(await asyncio.gather(one.say("raise_hand"), other.say("raise_hand")))
            await asyncio.sleep(1.1)  # hands of one second are one wave, and a lot decides
        await agreed(seen, version)
        assert [one.queue() for one in seen] == [seen[0].queue()] * len(seen)
        asked = [[screen.way.seat for screen in wave] for wave in waves]
        family, council = {tessa.way.seat, owen.way.seat}, {officer.way.seat, dana.way.seat}
        sides = [family, council, {freya.way.seat}, {sami.way.seat}]
        first, second = seen[0].queue()[: len(sides)], seen[0].queue()[len(sides) :]
        assert in_waves(first, asked) == firsts(asked, sides)
        assert second == seconds(first, sides)
        hands = await kept_hands(room)
        assert [sorted(seats) for seats in hands] == [sorted(seats) for seats in asked]


async def apart(room: Room, one: Screen, other: Screen) -> None:
    """Each of these two is served by another worker."""
    await room.deal(one)
    for _ in range(50):
        where = await room.lines()
        if where[one.way.seat] != where[other.way.seat]:
            return
        await room.deal(other)
    raise AssertionError("both came to one worker")


async def says_its_clock(screen: Screen, skew: timedelta) -> None:
    """This screen reports what its browser's clock says, as only a desk may; whoever else does is refused."""
    assert screen.socket is not None
    at = int((datetime.now(UTC) + skew).timestamp() * 1000)
    await screen.socket.send_str(json.dumps({"kind": "heard", "at": at, "seats": []}))


def in_waves(queue: Sequence[str], waves: Sequence[Sequence[str]]) -> list[set[str]]:
    """The order, with those together who stand next to each other and raised within one second: a lot may decide."""
    found: list[set[str]] = []
    for seat in queue:
        wave = next(set(one) for one in waves if seat in one)
        if found and found[-1] < wave:
            found[-1].add(seat)
        else:
            found.append({seat})
    return found


def firsts(waves: Sequence[Sequence[str]], sides: Sequence[set[str]]) -> list[set[str]]:
    """Every side once, by whoever of it raised first (Q3). Nobody has spoken yet."""
    found: list[set[str]] = []
    came: set[str] = set()
    for wave in waves:
        found.append({seat for seat in wave if not any(came & side for side in sides if seat in side)})
        came |= set(wave)
    return [group for group in found if group]


def seconds(first: Sequence[str], sides: Sequence[set[str]]) -> list[str]:
    """Whoever else waits, by how early their side had its first: the earlier, the sooner it was passed over twice (Q5).

    So where a lot has decided between the firsts of two sides, it has decided between the seconds too.
    """
    whose = [next(side for side in sides if seat in side) for seat in first]
    return [seat for side in whose for seat in side if seat not in first]


async def kept_hands(room: Room) -> list[list[str]]:
    """Who asked within one second, wave by wave, as the service keeps it."""
    async with room.database.read() as db:
        floor = await floors.load(db, room.sitting.meeting_id)
    assert floor is not None
    waves: dict[int, list[Hand]] = {}
    for hand in floor.hands:
        waves.setdefault(hand.wave, []).append(hand)
    for hands in waves.values():
        assert max(hand.since for hand in hands) - min(hand.since for hand in hands) <= timedelta(seconds=1)
    return [[str(hand.seat) for hand in hands] for _, hands in sorted(waves.items())]


async def test_a_command_that_is_sent_again_on_another_line_is_answered_again_and_done_once(room: Room) -> None:
    sitting = room.sitting
    async with screens(room.service.url, sitting.mediator, sitting.parent, sitting.officer, sitting.mediator) as seen:
        await everybody(room, seen)
        desk, parent, _, other = seen
        await agreed(seen, await parent.say("raise_hand"))
        op, before = new_id(), desk.version
        await send(desk, op, "give_next", seat=parent.way.seat)
        await answered(desk, op)
        assert other.socket is not None
        again = {"kind": "give_next", "op": op, "version": before, "seat": parent.way.seat}
        await other.socket.send_str(json.dumps(again))
        assert (await answered(other, op))["kind"] == "done"
        await agreed(seen, before + 1)
        assert {one.version for one in seen} == {before + 1}


async def test_of_two_mediators_who_act_on_one_entry_one_succeeds_and_one_is_told(room: Room) -> None:
    sitting = room.sitting
    async with room.database.write() as db:
        ruth = await colleague(db, sitting, "Ruth Sandhu", Part.CO_MEDIATOR, now=datetime.now(UTC))
    async with screens(room.service.url, sitting.mediator, sitting.parent, sitting.officer, ruth) as seen:
        await everybody(room, seen)
        first, parent, officer, second = seen
        await apart(room, first, second)
        await until(lambda: same(seen, 0), SEEN_SECONDS, "all see one floor")
        await agreed(seen, await parent.say("raise_hand"))
        await agreed(seen, await officer.say("raise_hand"))
        ops = (new_id(), new_id())
        await asyncio.gather(
            send(first, ops[0], "remove_hand", seat=parent.way.seat),
            send(second, ops[1], "move_hand", seat=parent.way.seat, place=2),
        )
        answers = [await answered(first, ops[0]), await answered(second, ops[1])]
        assert sorted(one["kind"] for one in answers) == ["done", "refused"]
        refused = next(one for one in answers if one["kind"] == "refused")
        assert refused["code"] in ("stale_floor", "no_such_hand")
        done = next(one for one in answers if one["kind"] == "done")
        await agreed(seen, done["version"])
        # Whoever was refused has the floor as it is now.
        assert {tuple(one.queue()) for one in (first, second)} == {tuple(parent.queue())}
