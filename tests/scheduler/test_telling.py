"""A mail that did not arrive is on somebody's desk, once, and a failure to tell of it is not told again."""

from datetime import datetime, timedelta

from sqlalchemy import update

from database.engine import Database
from notifications.schema import message
from scheduler import telling
from tests.cases.house import OFFICE, mails, walk_to

COORDINATOR = ("delivery_failed", "mina@evenhand.example")


async def fail(database: Database, kind: str) -> None:
    async with database.write() as db:
        failed = {"state": "failed", "error": "address unknown (550 5.1.1)"}
        await db.execute(update(message).where(message.c.kind == kind).values(failed))


async def test_each_failure_is_told_once_to_each_coordinator(database: Database, moment: datetime) -> None:
    await walk_to(database, now=moment)
    assert await telling.tell_failures(database, OFFICE, now=moment) == 0
    await fail(database, "enquiry_receipt")
    for minutes in (0, 1, 2):
        await telling.tell_failures(database, OFFICE, now=moment + timedelta(minutes=minutes))
    async with database.read() as db:
        assert await mails(db, "delivery_failed") == [COORDINATOR]
    await fail(database, "delivery_failed")
    assert await telling.tell_failures(database, OFFICE, now=moment + timedelta(hours=1)) == 1
    async with database.read() as db:
        assert await mails(db, "delivery_failed") == [COORDINATOR]
