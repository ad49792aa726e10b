"""A signal that nobody sees for a minute is on every coordinator's desk: once, at once, and without a name."""

import asyncio
from datetime import datetime, timedelta

import pytest

from database.engine import Database
from meetings.room import paging, turns
from meetings.room.asks import Tell
from meetings.room.commands import SeenTold, SetNumber
from meetings.room.floor import SeatKey
from meetings.room.state import COORDINATOR
from meetings.room.told import What
from people.roles import Role
from tests.cases.house import OFFICE, staff
from tests.scheduler.test_inviting import sent, words
from tests.servers.sitting import Sitting, open_sitting

A_MINUTE = timedelta(seconds=60)


async def told(database: Database, moment: datetime) -> tuple[Sitting, datetime]:
    """The parent has told the mediator something, a moment ago."""
    sitting = await open_sitting(database, now=moment)
    now = moment + sitting.ahead
    async with database.write() as db:
        await staff(db, "Maud Lane", Role.COORDINATOR, now=moment)
        tell = Tell(by=SeatKey(sitting.parent.seat), op="op-1", what=What.UPSET)
        await turns.take_turn(db, sitting.meeting_id, tell, now=now)
    return sitting, now


async def test_after_a_minute_every_coordinator_is_called_once_whoever_looks(
    database: Database, moment: datetime
) -> None:
    sitting, now = await told(database, moment)
    await turns.wake_due(database, now=now + A_MINUTE / 2)
    assert await paging.call_due(database, OFFICE, now=now + A_MINUTE / 2) == 0
    await turns.wake_due(database, now=now + A_MINUTE)
    later = now + A_MINUTE
    await asyncio.gather(*(paging.call_due(database, OFFICE, now=later) for _ in range(3)))
    await turns.wake_due(database, now=later + A_MINUTE)
    assert await paging.call_due(database, OFFICE, now=later + A_MINUTE) == 0
    mails = await sent(database, "unanswered")

    assert set(mails) == {"mina@evenhand.example", "maud@evenhand.example"}
    for mail in mails.values():
        assert mail["Subject"] == "Somebody waits for an answer in a meeting now"
        assert f"/desk/meeting/{sitting.meeting_id}/live" in words(mail)
        said = mail["Subject"] + words(mail)
        assert not [word for word in ("Tessa", "Rowan", "family", "upset", "EH-", "Northmere Council") if word in said]


@pytest.mark.parametrize(("seconds", "words_of_it"), [(60, "1 minute"), (120, "2 minutes"), (90, "90 seconds")])
async def test_the_mail_says_how_long_a_signal_of_this_sitting_waits(
    database: Database, moment: datetime, seconds: int, words_of_it: str
) -> None:
    sitting, now = await told(database, moment)
    async with database.write() as db:
        number = SetNumber(by=turns.MEDIATOR, op="op-9", version=1, name="unseen", seconds=seconds)
        await turns.take_turn(db, sitting.meeting_id, number, now=now)
    await turns.wake_due(database, now=now + timedelta(seconds=seconds))
    await paging.call_due(database, OFFICE, now=now + timedelta(seconds=seconds))

    mails = await sent(database, "unanswered")
    assert [f"was not answered for {words_of_it}." in words(mail) for mail in mails.values()] == [True, True]


async def test_what_was_seen_in_time_calls_nobody(database: Database, moment: datetime) -> None:
    sitting, now = await told(database, moment)
    async with database.write() as db:
        await turns.take_turn(db, sitting.meeting_id, SeenTold(by=turns.MEDIATOR, number=1), now=now + A_MINUTE / 2)
    await turns.wake_due(database, now=now + 2 * A_MINUTE)
    assert await paging.call_due(database, OFFICE, now=now + 2 * A_MINUTE) == 0
    assert await sent(database, "unanswered") == {}


async def test_a_meeting_waits_on_the_board_until_somebody_has_seen_it(database: Database, moment: datetime) -> None:
    sitting, now = await told(database, moment)
    async with database.read() as db:
        before = await paging.waiting(db)
    await turns.wake_due(database, now=now + A_MINUTE)
    async with database.read() as db:
        during = await paging.waiting(db)
    async with database.write() as db:
        await turns.take_turn(db, sitting.meeting_id, SeenTold(by=COORDINATOR, number=1), now=now + A_MINUTE)
        after = await paging.waiting(db)
    assert (before, during, after) == ([], [sitting.meeting_id], [])


async def test_who_tells_something_after_another_waited_too_long_passes_that_one_on(
    database: Database, moment: datetime
) -> None:
    """Any signal steps the floor past the minute, not the round alone: the call is in its transaction."""
    sitting, now = await told(database, moment)
    async with database.write() as db:
        tell = Tell(by=SeatKey(sitting.officer.seat), op="op-2", what=What.AGAIN)
        await turns.take_turn(db, sitting.meeting_id, tell, now=now + A_MINUTE + A_MINUTE / 2)
    assert await paging.call_due(database, OFFICE, now=now + 2 * A_MINUTE) == 1
