"""Who is here: a line opens, closes, or is lost; a seat with another line stays."""

from datetime import datetime, timedelta

from database.engine import Database
from meetings.room import floors, presence
from meetings.room.asks import Arrived, Signal
from meetings.room.commands import GiveTo
from meetings.room.floor import SeatKey
from meetings.room.lines import Line, Lines
from meetings.room.turns import MEDIATOR, take_turn
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


async def charged(database: Database, meeting_id: str) -> float:
    """How many seconds of the turn that runs count."""
    async with database.read() as db:
        floor = await floors.load(db, meeting_id)
    assert floor is not None
    assert floor.turn is not None
    return floor.turn.ran.total_seconds()


async def test_a_line_that_was_dead_unnoticed_takes_no_time_even_of_who_came_back_on_another_worker(
    database: Database, moment: datetime
) -> None:
    sitting = await open_sitting(database, now=moment)
    now, seat = moment + sitting.ahead, SeatKey(sitting.parent.seat)
    one, other = (Line(meeting_id=sitting.meeting_id, seat_key=seat) for _ in range(2))

    async def later(signal: Signal, seconds: int) -> None:
        async with database.write() as db:
            await take_turn(db, sitting.meeting_id, signal, now=now + timedelta(seconds=seconds))

    async def went(line: Line, *, since: int, noticed: int) -> None:
        moments = {"since": now + timedelta(seconds=since), "now": now + timedelta(seconds=noticed)}
        async with database.write() as db:
            await presence.went(db, (line.id,), sitting.meeting_id, seat_key=seat, **moments)

    await later(Arrived(by=MEDIATOR), 0)
    async with database.write() as db:
        await presence.came(db, one, worker="a", now=now)
    seen = await version(database, sitting.meeting_id)
    await later(GiveTo(by=MEDIATOR, seat=seat, op="op-000001", version=seen), 0)
    async with database.write() as db:
        await presence.came(db, other, worker="b", now=now + timedelta(seconds=24))
    await went(one, since=20, noticed=29)
    assert (await charged(database, sitting.meeting_id), await away(database, sitting.meeting_id, seat)) == (25, False)
    await went(other, since=30, noticed=39)
    assert (await charged(database, sitting.meeting_id), await away(database, sitting.meeting_id, seat)) == (26, True)


async def version(database: Database, meeting_id: str) -> int:
    async with database.read() as db:
        floor = await floors.load(db, meeting_id)
    assert floor is not None
    return floor.version
