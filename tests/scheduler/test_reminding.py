"""The day before a meeting everybody is reminded of it, once."""

from datetime import datetime, timedelta

import pytest

from database.engine import Database
from scheduler import booking, reminding
from scheduler.booking import Change, Reason
from tests.cases.house import OFFICE, mails
from tests.scheduler.booked import TUESDAY_10, Ready, get_ready

NINE = TUESDAY_10 - timedelta(days=1, hours=1)  # Monday, 9 am
EVERYBODY = [(("reminder"), to) for to in ("idris@evenhand.example", "parent0@example.org", "send@northmere.example")]


@pytest.fixture
async def ready(database: Database, moment: datetime) -> Ready:
    return await get_ready(database, now=moment)


async def reminders(database: Database, now: datetime) -> list[tuple[str, str]]:
    await reminding.remind_due(database, OFFICE, now=now)
    async with database.read() as db:
        return await mails(db, "reminder")


async def test_from_nine_on_the_day_before_everybody_once(database: Database, ready: Ready) -> None:
    await ready.book(database)
    assert await reminders(database, NINE - timedelta(days=1)) == []
    assert await reminders(database, NINE - timedelta(minutes=1)) == []
    assert await reminders(database, NINE) == EVERYBODY
    assert await reminders(database, NINE + timedelta(hours=5)) == EVERYBODY
    assert await reminders(database, NINE + timedelta(days=1)) == EVERYBODY


async def test_a_meeting_that_moved_is_reminded_of_anew_and_a_cancelled_one_not(
    database: Database, ready: Ready
) -> None:
    meeting_id = await ready.book(database)
    assert await reminders(database, NINE) == EVERYBODY
    async with database.write() as db:
        change = Change(meeting_id=meeting_id, starts=TUESDAY_10 + timedelta(days=7))
        await booking.move(db, OFFICE, change, person=ready.house.coordinator, now=ready.walk.now)
    assert await reminders(database, NINE + timedelta(days=7)) == sorted(EVERYBODY * 2)
    async with database.write() as db:
        await booking.cancel(
            db, OFFICE, meeting_id, reason=Reason.OTHER, person=ready.house.coordinator, now=ready.walk.now
        )
    assert await reminders(database, NINE + timedelta(days=7, hours=1)) == sorted(EVERYBODY * 2)
