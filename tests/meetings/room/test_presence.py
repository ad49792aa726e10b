"""Who is here: a line opens, closes, or is lost; a seat with another line stays."""

from datetime import datetime, timedelta

from database.engine import Database
from meetings.room import floors, presence
from meetings.room.floor import SeatKey
from meetings.room.lines import Line, Lines
from tests.servers.sitting import open_sitting


async def away(database: Database, meeting_id: str, seat: str) -> bool:
    async with database.read() as db:
        floor = await floors.load(db, meeting_id)
    assert floor is not None
    return floor.seat(SeatKey(seat)).away_since is not None


async def test_a_seat_is_here_for_as_long_as_one_of_its_lines_is(database: Database, moment: datetime) -> None:
    sitting = await open_sitting(database, now=moment)
    now, seat = moment + sitting.ahead, sitting.parent.seat
    one, other = (Line(meeting_id=sitting.meeting_id, seat_key=seat) for _ in range(2))
    assert await away(database, sitting.meeting_id, seat)
    async with database.write() as db:
        await presence.came(db, one, worker="a", now=now)
        await presence.came(db, other, worker="b", now=now)
    assert not await away(database, sitting.meeting_id, seat)
    async with database.write() as db:
        await presence.went(db, (one.id,), sitting.meeting_id, seat_key=seat, now=now)
    assert not await away(database, sitting.meeting_id, seat)
    async with database.write() as db:
        await presence.went(db, (other.id,), sitting.meeting_id, seat_key=seat, now=now)
    assert await away(database, sitting.meeting_id, seat)


async def test_lines_of_a_dead_worker_are_away_after_ten_seconds(database: Database, moment: datetime) -> None:
    sitting = await open_sitting(database, now=moment)
    now, seat = moment + sitting.ahead, sitting.parent.seat
    async with database.write() as db:
        await presence.came(db, Line(meeting_id=sitting.meeting_id, seat_key=seat), worker="dead", now=now)
    living = Lines("living")
    await presence.sweep(database, living, now=now + timedelta(seconds=9))
    assert not await away(database, sitting.meeting_id, seat)
    await presence.sweep(database, living, now=now + timedelta(seconds=11))
    assert await away(database, sitting.meeting_id, seat)


async def test_a_worker_keeps_its_own_lines(database: Database, moment: datetime) -> None:
    sitting = await open_sitting(database, now=moment)
    now, lines = moment + sitting.ahead, Lines("living")
    line = Line(meeting_id=sitting.meeting_id, seat_key=sitting.parent.seat)
    with lines.opened(line):
        async with database.write() as db:
            await presence.came(db, line, worker="living", now=now)
        for seconds in range(4, 40, 4):
            await presence.sweep(database, lines, now=now + timedelta(seconds=seconds))
    assert not await away(database, sitting.meeting_id, sitting.parent.seat)
