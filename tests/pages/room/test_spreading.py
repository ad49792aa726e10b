"""What is told to the screens of a process: each version once, the newest of all workers, and that it is over."""

import json
from datetime import datetime

import pytest

from database.engine import Database
from meetings import register
from meetings.meeting import MeetingState
from meetings.room import turns
from meetings.room.asks import Arrived, RaiseHand
from meetings.room.floor import Floor, SeatKey
from meetings.room.lines import Line, Lines
from meetings.room.video import Video, open_video
from pages.room.spreading import Spreader
from tests.servers.sitting import Sitting, open_sitting


class Desk:
    """A process with one screen, the parent's, whose spreader is turned by hand."""

    def __init__(self, database: Database, video: Video, sitting: Sitting, now: datetime) -> None:
        self.database, self.sitting, self.now = database, sitting, now
        self.lines = Lines("worker")
        self.line = Line(meeting_id=sitting.meeting_id, seat_key=sitting.parent.seat)
        self.spreader = Spreader(database, self.lines, video, lambda: now)

    async def turn(self, op: str, seat: str) -> Floor:
        """A turn is taken, by this process or another one."""
        async with self.database.write() as db:
            hand = RaiseHand(by=SeatKey(seat), op=op)
            return await turns.take_turn(db, self.sitting.meeting_id, hand, now=self.now)

    def rings(self, floor: Floor) -> None:
        self.spreader.heard(f"floor:{self.sitting.meeting_id}:{floor.version}")

    async def told(self) -> list[object]:
        """What the screen was told since it was last asked: versions of the floor, and other kinds by their name."""
        await self.spreader.tell_all()
        found = []
        while self.line.waiting:
            frame = json.loads(await self.line.next())
            found.append(frame.get("version", frame["kind"]))
        return found


@pytest.fixture
async def desk(database: Database, moment: datetime) -> Desk:
    sitting = await open_sitting(database, now=moment)
    now = moment + sitting.ahead
    async with database.write() as db:
        for seat in ("mediator", sitting.parent.seat, sitting.officer.seat):
            await turns.take_turn(db, sitting.meeting_id, Arrived(by=SeatKey(seat)), now=now)
    async with open_video(None) as video:
        return Desk(database, video, sitting, now)


async def test_a_floor_of_this_process_is_told_once_though_its_bell_comes_late(desk: Desk) -> None:
    with desk.lines.opened(desk.line):
        floor = await desk.turn("op-000001", desk.sitting.parent.seat)
        desk.spreader.has(desk.sitting.meeting_id, floor)
        assert await desk.told() == [floor.version]
        desk.rings(floor)
        assert await desk.told() == []


async def test_a_newer_floor_of_another_worker_is_told_in_place_of_the_one_at_hand(desk: Desk) -> None:
    with desk.lines.opened(desk.line):
        mine = await desk.turn("op-000001", desk.sitting.parent.seat)
        theirs = await desk.turn("op-000002", desk.sitting.officer.seat)
        desk.rings(theirs)
        desk.spreader.has(desk.sitting.meeting_id, mine)
        assert await desk.told() == [theirs.version]
        desk.spreader.has(desk.sitting.meeting_id, mine)  # late: the newer one has been shown
        assert await desk.told() == []


async def test_after_a_lost_bell_the_newest_floor_is_told_again(desk: Desk) -> None:
    with desk.lines.opened(desk.line):
        floor = await desk.turn("op-000001", desk.sitting.parent.seat)
        desk.rings(floor)
        assert await desk.told() == [floor.version]
        desk.spreader.heard("floor:")
        assert await desk.told() == [floor.version]


async def test_screens_of_a_meeting_that_is_over_are_told_so(desk: Desk) -> None:
    with desk.lines.opened(desk.line):
        async with desk.database.write() as db:
            meeting = await register.load(db, desk.sitting.meeting_id)
            await register.change_state(db, meeting, MeetingState.CONCLUDED, ended_at=desk.now)
        desk.spreader.heard(f"floor:{desk.sitting.meeting_id}")
        assert "over" in await desk.told()
