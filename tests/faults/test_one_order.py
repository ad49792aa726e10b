"""Ten screens on two workers, with clocks that are wrong by minutes, see one order; two mediators never both act.

The browsers' clocks are told to the server in what they report of speech, and in nothing else: proofs 1 and 9 of 3.13.
"""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from database.ids import new_id
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
        await everybody(room, seen)
        hands = list(zip(seen[1:7], SKEWS[1:7], strict=True))
        random.Random(seed).shuffle(hands)
        version = 0
        for screen, skew in hands:
            await send(seen[0], new_id(), "heard", at=int(skew.total_seconds() * 1000), seats=[])
            version = await screen.say("raise_hand")
            await asyncio.sleep(1.1)  # hands of one second are one wave, and a lot decides
        await agreed(seen, version)
        orders = {tuple(one.queue()) for one in seen}
    assert len(orders) == 1
    assert set(next(iter(orders))) == {way.seat for way in people}


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
    async with screens(room.service.url, sitting.mediator, sitting.parent, sitting.officer, sitting.mediator) as seen:
        await everybody(room, seen)
        first, parent, officer, second = seen
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
