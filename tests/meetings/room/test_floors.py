"""The floor's row: sealed with its case, whoever opens the file; read equal; and gone with the key."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from cases.schema import case_file
from database.base import data_key
from database.engine import Database, DatabaseSettings, Transaction, open_database
from database.vault import SealBroken
from meetings.room import floors, media, turns
from meetings.room.asks import Arrived, RaiseHand
from meetings.room.commands import SetRecap
from meetings.room.floor import Floor, SeatKey
from meetings.room.saved import seat_keys, to_json
from meetings.schema import floor, floor_event, meeting
from tests.conftest import SERVICE_KEY
from tests.servers.sitting import Sitting, open_sitting

NOTE, RECAP = "about the bus to school", "Both want him to start in January"
MEDIATOR = SeatKey("mediator")


async def with_words(database: Database, moment: datetime) -> tuple[Sitting, Floor]:
    """A sitting on whose floor stand names, a note and a recap."""
    sitting = await open_sitting(database, now=moment)
    parent, now = SeatKey(sitting.parent.seat), moment + sitting.ahead
    async with database.write() as db:
        await turns.take_turn(db, sitting.meeting_id, Arrived(by=MEDIATOR), now=now)
        hand = RaiseHand(by=parent, op="op-000001", note=NOTE)
        seen = await turns.take_turn(db, sitting.meeting_id, hand, now=now)
        recap = SetRecap(by=MEDIATOR, op="op-000002", version=seen.version, words=RECAP)
        after = await turns.take_turn(db, sitting.meeting_id, recap, now=now)
    return sitting, after


async def bytes_of(database: Database) -> bytes:
    """Everything that the tables of floors hold, as whoever steals the file reads it."""
    async with database.read() as db:
        rows = [*await db.all(select(floor)), *await db.all(select(floor_event))]
    values = [value for row in rows for value in row]
    return b"\n".join(bytes(value) if isinstance(value, bytes) else str(value).encode() for value in values)


async def test_the_rows_of_a_floor_hold_no_name_and_no_word(database: Database, moment: datetime) -> None:
    _, kept = await with_words(database, moment)
    stolen, words = await bytes_of(database), [NOTE, RECAP, *(seat.label for seat in kept.seats)]
    assert all(word in to_json(kept) for word in words)
    assert [word for word in words if word.encode() in stolen] == []


async def test_a_floor_comes_back_as_it_was_written(database: Database, database_url: str, moment: datetime) -> None:
    sitting, kept = await with_words(database, moment)
    afresh = DatabaseSettings(url=database_url, service_key=SERVICE_KEY)
    async with open_database(afresh) as elsewhere, elsewhere.read() as db:
        assert await floors.load(db, sitting.meeting_id) == kept


async def test_the_door_still_knows_who_is_on_the_floor(database: Database, moment: datetime) -> None:
    sitting, kept = await with_words(database, moment)
    async with database.write() as db:
        door = await media.door(db, sitting.parent.seat, now=moment)
    assert door is not None
    assert seat_keys(door.floor) == {seat.key for seat in kept.seats}


async def test_once_its_key_is_destroyed_a_floor_cannot_be_read_and_says_so(
    database: Database, moment: datetime
) -> None:
    sitting, _ = await with_words(database, moment)
    async with database.write() as db:
        await db.destroy_key(await key_of(db, sitting))

    async with database.read() as db:
        with pytest.raises(SealBroken):
            await floors.load(db, sitting.meeting_id)
        assert await db.scalar(select(data_key.c.wrapped).where(data_key.c.id == await key_of(db, sitting))) == b""


async def test_a_floor_that_cannot_be_read_stands_in_no_other_rooms_way(database: Database, moment: datetime) -> None:
    sitting, _ = await with_words(database, moment)
    late = moment + timedelta(days=1)
    async with database.read() as db:
        before = list(await floors.due(db, now=late))
    async with database.write() as db:
        await db.destroy_key(await key_of(db, sitting))

    async with database.read() as db:
        assert (before, list(await floors.due(db, now=late))) == ([sitting.meeting_id], [])
    async with database.write() as db:
        assert await floors.hold(db, [sitting.meeting_id]) == {}
    assert await turns.wake_due(database, now=late) == 0


async def key_of(db: Transaction, sitting: Sitting) -> str:
    mine = meeting.c.id == sitting.meeting_id
    found = await db.scalar(select(case_file.c.key_id).join(meeting, meeting.c.case_id == case_file.c.id).where(mine))
    return str(found)
