"""What the mediator's browser reports becomes a cue on the desk, a hand that goes down, time that is not charged."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from database.engine import Database, DatabaseSettings, open_database
from meetings.room import asks, commands, floors, presence
from meetings.room.lines import Line
from meetings.room.readers import BadSignal
from meetings.room.seats import WEIGHTS, SeatKey
from meetings.room.stages import Mode
from meetings.room.state import Floor
from meetings.room.turns import take_turn
from pages.room.listening import Listening
from tests.conftest import SERVICE_KEY
from tests.flows.stage import served
from tests.servers.sitting import Screen, Sitting, open_sitting, screens, until

SOON = 5.0


class Desk:
    """The line of the mediator in an open sitting, and a clock that goes on as they report."""

    def __init__(self, database: Database, sitting: Sitting, now: datetime) -> None:
        self.database, self.sitting, self.now = database, sitting, now
        self.line = Line(meeting_id=sitting.meeting_id, seat_key="mediator")
        self.listening = Listening(database, self.line, lambda: self.now)
        self.browser = 0

    async def step(self, signal: Any) -> Floor:
        async with self.database.write() as db:
            floor = await take_turn(db, self.sitting.meeting_id, signal, now=self.now)
        self.line.saw(floor)
        return floor

    async def rule(self, kind: Any, **facts: object) -> Floor:
        floor = await self.floor()
        op = f"operation{floor.version}"
        return await self.step(kind(by=SeatKey("mediator"), op=op, version=floor.version, **facts))

    async def floor(self) -> Floor:
        async with self.database.read() as db:
            found = await floors.load(db, self.sitting.meeting_id)
        assert found is not None
        return found

    async def hears(self, *seats: str, seconds: float) -> None:
        """These are heard for so long; the browser says so every half second."""
        for _ in range(int(seconds * 2) + 1):
            heard = frozenset(map(SeatKey, seats))
            await self.listening.hear(asks.Report(by=SeatKey("mediator"), at=self.browser, seats=heard))
            self.browser, self.now = self.browser + 500, self.now + timedelta(milliseconds=500)


@pytest.fixture
async def desk(database: Database, moment: datetime) -> Desk:
    """The parent has had the floor since a moment ago."""
    sitting = await open_sitting(database, now=moment)
    made = Desk(database, sitting, moment + sitting.ahead)
    for way in (sitting.mediator, sitting.parent, sitting.officer):
        line = Line(meeting_id=sitting.meeting_id, seat_key=way.seat)
        async with database.write() as db:
            await presence.came(db, line, worker="here", now=made.now)
    await made.rule(commands.SetMode, mode=Mode.QUEUE)
    await made.step(asks.RaiseHand(by=SeatKey(sitting.parent.seat), op="operation-hand"))
    await made.rule(commands.GiveNext, seat=SeatKey(sitting.parent.seat))
    return made


async def test_a_hand_goes_down_once_its_owner_has_been_heard_for_three_seconds(desk: Desk) -> None:
    parent = desk.sitting.parent.seat
    await desk.hears(seconds=6)
    waiting = (await desk.floor()).turn
    await desk.hears(parent, seconds=2)
    begun = (await desk.floor()).turn
    await desk.hears(parent, seconds=2)
    spoke = (await desk.floor()).turn

    assert [turn is not None and turn.hand is None for turn in (waiting, begun, spoke)] == [False, False, True]


async def test_the_clock_of_the_holder_stands_still_while_another_side_is_heard(desk: Desk) -> None:
    parent, officer = desk.sitting.parent.seat, desk.sitting.officer.seat
    await desk.hears(parent, seconds=3)
    await desk.hears(parent, officer, seconds=3)
    over = await desk.floor()
    await desk.hears(parent, seconds=3)
    after = await desk.floor()

    assert over.overlap is not None
    assert (over.overlap.seats, over.overlap.over, over.runs) == ((SeatKey(officer),), False, False)
    assert after.overlap is not None
    assert (after.overlap.over, after.runs) == (True, True)


async def test_a_silence_within_the_turn_is_not_charged(desk: Desk) -> None:
    parent = desk.sitting.parent.seat
    await desk.hears(parent, seconds=3)
    await desk.hears(seconds=5)
    await desk.hears(parent, seconds=1)
    floor = await desk.floor()
    seat = floor.seat(SeatKey(parent))

    assert floor.turn is not None
    charged = floor.spent[seat.side] / WEIGHTS[seat.stretch]
    assert timedelta(seconds=5) <= floor.turn.ran - charged <= timedelta(seconds=6)


async def test_a_silence_at_the_end_of_a_turn_is_not_charged_either(desk: Desk) -> None:
    parent = desk.sitting.parent.seat
    await desk.hears(parent, seconds=6)
    await desk.hears(seconds=5)
    await desk.rule(commands.EndTurn)
    await desk.hears(seconds=2)
    floor = await desk.floor()
    seat = floor.seat(SeatKey(parent))

    charged = floor.spent[seat.side] / WEIGHTS[seat.stretch]
    assert timedelta(seconds=6) <= charged <= timedelta(seconds=7)


async def test_two_desks_of_one_mediator_hear_a_silence_and_it_counts_once(desk: Desk) -> None:
    parent = desk.sitting.parent.seat
    tablet = Desk(desk.database, desk.sitting, desk.now)
    for seats, seconds in (((parent,), 5), ((), 5), ((parent,), 5), ((), 4), ((parent,), 3)):
        for _ in range(seconds):
            for one in (desk, tablet):
                one.line.saw(await desk.floor())
                await one.hears(*seats, seconds=0.5)
    floor = await desk.floor()
    seat = floor.seat(SeatKey(parent))

    assert floor.turn is not None
    charged = floor.spent[seat.side] / WEIGHTS[seat.stretch]
    assert timedelta(seconds=8) <= floor.turn.ran - charged <= timedelta(seconds=10)


async def test_reports_that_lead_to_nothing_write_nothing(desk: Desk) -> None:
    parent = desk.sitting.parent.seat
    await desk.hears(parent, seconds=5)
    before = await desk.floor()
    await desk.hears(parent, seconds=60)

    assert before.ears is True
    assert await desk.floor() == before


async def test_with_listening_off_nothing_is_heard(desk: Desk) -> None:
    await desk.rule(commands.SetHearing, on=False)
    before = await desk.floor()
    await desk.hears(desk.sitting.parent.seat, desk.sitting.officer.seat, seconds=10)
    desk.now += timedelta(minutes=1)
    await desk.listening.look()
    await desk.listening.end()

    assert await desk.floor() == before


async def test_nobody_listens_any_more_when_reports_stop_or_the_line_ends(desk: Desk) -> None:
    await desk.hears(seconds=1)
    desk.now += timedelta(seconds=3)
    await desk.listening.look()
    still = (await desk.floor()).ears
    desk.now += timedelta(seconds=3)
    await desk.listening.look()
    stopped = (await desk.floor()).ears
    await desk.hears(seconds=1)
    again = (await desk.floor()).ears
    await desk.listening.end()

    assert (still, stopped, again, (await desk.floor()).ears) == (True, False, True, False)


async def test_a_floor_that_has_moved_on_takes_no_notice_and_the_line_lives(desk: Desk) -> None:
    parent, seen = desk.sitting.parent.seat, desk.line.floor
    await desk.rule(commands.EndTurn)
    desk.line.floor = seen
    await desk.hears(parent, seconds=4)

    assert (await desk.floor()).turn is None


@pytest.mark.parametrize("who", ["parent", "officer"])
async def test_only_process_people_may_say_who_is_heard(desk: Desk, who: str) -> None:
    seat = SeatKey(getattr(desk.sitting, who).seat)
    line = Line(meeting_id=desk.sitting.meeting_id, seat_key=seat, floor=await desk.floor())

    with pytest.raises(BadSignal):
        await Listening(desk.database, line, lambda: desk.now).hear(asks.Report(by=seat, at=1, seats=frozenset()))


@pytest.fixture
async def sitting(sqlite_url: str) -> Sitting:
    async with open_database(DatabaseSettings(url=sqlite_url, service_key=SERVICE_KEY)) as database:
        return await open_sitting(database, now=datetime.now(UTC))


@pytest.fixture
async def url(sitting: Sitting, sqlite_url: str, tmp_path: Path) -> AsyncIterator[str]:
    async with served(tmp_path, sqlite_url, sitting.environment, port=0) as running:
        yield running.url


async def report(screen: Screen, *seats: str) -> None:
    assert screen.socket is not None
    at = time.monotonic_ns() // 1_000_000
    await screen.socket.send_str(json.dumps({"kind": "heard", "at": at, "rtt": 1, "seats": list(seats)}))


def facts(screen: Screen) -> dict[str, Any]:
    desk: dict[str, Any] = next(frame for frame in reversed(screen.frames) if frame["kind"] == "floor")["desk"]
    return desk


async def test_through_real_lines_the_desk_has_a_cue_and_a_participant_who_reports_is_refused(
    sitting: Sitting, url: str
) -> None:
    async with screens(url, sitting.mediator, sitting.parent, sitting.officer) as (mediator, parent, officer):
        await mediator.say("set_mode", mode="queue")
        await parent.say("raise_hand")
        await until(lambda: mediator.queue() == [parent.way.seat], SOON, "the desk sees the hand")
        await mediator.say("give_next", seat=parent.way.seat)
        both = (parent.way.seat, officer.way.seat)
        for _ in range(6):
            await report(mediator, *both)
            await asyncio.sleep(0.8)
        await report(mediator)
        await report(officer, officer.way.seat)
        await until(lambda: None in officer.answers, SOON, "an answer to the officer")

        assert facts(mediator)["ears"] is True
        assert facts(mediator)["cue"]["seats"] == [officer.way.seat]
        assert officer.answers[None]["code"] == "bad_signal"  # type: ignore[index]
        assert None not in mediator.answers
        assert all("desk" not in frame for frame in officer.frames)
