"""In real browsers with real sound: the desk hears who speaks, a hand goes down, two sides at once are a cue."""

import asyncio
from pathlib import Path
from typing import Any

from playwright.async_api import Page as Tab
from playwright.async_api import expect

from meetings.room import asks, commands, floors
from meetings.room.seats import SeatKey
from meetings.room.stages import Mode
from meetings.room.state import Floor
from meetings.room.turns import take_turn
from tests.browser.sitting import Room, sitting_room

HEARD = 20.0


async def floor_of(room: Room) -> Floor:
    async with room.database.read() as db:
        found = await floors.load(db, room.sitting.meeting_id)
    assert found is not None
    return found


async def step(room: Room, signal: Any) -> None:
    async with room.database.write() as db:
        before = await floors.load(db, room.sitting.meeting_id)
        assert before is not None
        await take_turn(db, room.sitting.meeting_id, signal, now=before.at)


async def rule(room: Room, kind: Any, **facts: object) -> None:
    floor = await floor_of(room)
    await step(room, kind(by=SeatKey("mediator"), op=f"operation{floor.version}", version=floor.version, **facts))


async def microphone(tab: Tab, *, on: bool) -> None:
    switch = tab.get_by_role("switch", name="Mic")
    await switch.click()
    await expect(switch).to_have_attribute("aria-checked", str(on).lower())


async def until(room: Room, true: Any, what: str) -> Floor:
    for _ in range(int(HEARD * 5)):
        if true(floor := await floor_of(room)):
            return floor
        await asyncio.sleep(0.2)
    raise AssertionError(f"not within {HEARD} seconds: {what}")


async def test_the_desk_hears_who_speaks_and_who_speaks_over_them(tmp_path: Path, sqlite_url: str) -> None:
    async with sitting_room(tmp_path, sqlite_url) as room:
        parent, officer = SeatKey(room.sitting.parent.seat), SeatKey(room.sitting.officer.seat)
        await room.tab(room.sitting.mediator)
        await until(room, lambda floor: floor.ears, "the desk listens")
        family, council = await room.tab(room.sitting.parent), await room.tab(room.sitting.officer)
        await rule(room, commands.SetMode, mode=Mode.QUEUE)
        await step(room, asks.RaiseHand(by=parent, op="operation-hand"))
        await rule(room, commands.GiveNext, seat=parent)
        await asyncio.sleep(4)
        silent = (await floor_of(room)).turn

        await microphone(family, on=True)
        await until(room, lambda floor: floor.turn is not None and floor.turn.hand is None, "the hand goes down")
        assert silent is not None
        assert silent.hand is not None
        assert (await floor_of(room)).overlap is None
        await microphone(council, on=True)
        spoken_over = await until(room, lambda floor: floor.overlap is not None, "a cue")
        assert spoken_over.overlap is not None
        assert spoken_over.overlap.seats == (officer,)
        assert spoken_over.runs is False
        await microphone(council, on=False)
        over = await until(room, lambda floor: floor.runs, "time runs on")

        assert over.turn is not None
        assert over.turn.seat == parent
