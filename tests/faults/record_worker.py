"""A worker in whom parties confirm, records are sealed, certificates issued and papers made, until somebody kills it.

The process that is started only imports and forks: each line on its standard input names a failpoint to arm (or
nothing), and one worker is born for it in milliseconds. A worker says on the common output, after each commit, what
was done; when nothing is left to do it says so and waits.
"""

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator
from datetime import datetime

import structlog
from sqlalchemy import select

from database import failpoints
from database.engine import Database, DatabaseSettings, Transaction, open_database
from meetings import register
from meetings.register import Meeting
from meetings.schema import meeting
from people import accounts
from people.roles import Role
from records import archive, certifying, closing, confirming, drafts, papers
from records.agreement import Mark
from records.certificate import Kind
from tests.conftest import SERVICE_KEY
from tests.records.stage import OFFICE, as_staff, holder
from tests.records.test_papers import Press

NOW = datetime.fromisoformat("2026-11-04T12:00:00+00:00")


def say(*words: str) -> None:
    """One line, whole, however suddenly this process ends."""
    os.write(1, (" ".join(words) + "\n").encode())


async def _confirm(database: Database, meeting_id: str) -> None:
    async with database.read() as db:
        sheet = await drafts.newest(db, meeting_id)
        assert sheet is not None
        answers = await confirming.answers(db, await _meeting(db, meeting_id), sheet)
        silent = [answer.seat for answer in answers if answer.mark is None]
    for seat in silent:
        async with database.write() as db:
            await confirming.confirm(
                db, sheet.id, seat_id=seat.id, mark=Mark.YES, shown_hash=sheet.hash, person=holder(seat), now=NOW
            )
        say("yes", sheet.id, seat.id)


async def _meeting(db: Transaction, meeting_id: str) -> Meeting:
    return await register.load(db, meeting_id)


async def _issue(database: Database, meeting_id: str) -> None:
    async with database.write() as db:
        held = await _meeting(db, meeting_id)
        if await archive.certificates_of(db, held.matter_id):
            return
        (adviser,) = await accounts.all_with_role(db, Role.ADVISER)
        issued = await certifying.issue(
            db, OFFICE, held.matter_id, kind=Kind.PARTICIPATED, person=as_staff(adviser), now=NOW
        )
    say("issued", issued.id, issued.number)


async def _seal(database: Database, meeting_id: str) -> None:
    async with database.write() as db:
        held = await _meeting(db, meeting_id)
        if await archive.record_of(db, meeting_id):
            return
        mediator = await accounts.by_id(db, held.mediator_id)
        assert mediator is not None
        sealed = await closing.seal(db, OFFICE, meeting_id, person=as_staff(mediator), now=NOW)
    say("sealed", meeting_id, sealed.id)


async def _meetings(database: Database) -> AsyncIterator[str]:
    async with database.read() as db:
        rows = await db.all(select(meeting.c.id).order_by(meeting.c.made_at, meeting.c.id))
    for row in rows:
        yield row.id


async def all_of_it(database: Database) -> None:
    """Everything that is left is done."""
    async for meeting_id in _meetings(database):
        await _confirm(database, meeting_id)
        await _issue(database, meeting_id)
        await _seal(database, meeting_id)
        await papers.make_due(database, OFFICE, Press(), worker=str(os.getpid()), now=NOW)


async def work(url: str) -> None:
    """Works until it is killed."""
    async with open_database(DatabaseSettings(url=url, service_key=SERVICE_KEY)) as database:
        say("ready", str(os.getpid()))
        await all_of_it(database)
        say("idle")
        await asyncio.sleep(60)


def main() -> None:
    """Forks a worker for each line, and waits until it has been killed."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            failpoints.arm(line.strip())
            asyncio.run(work(sys.argv[1]))
        os.waitpid(child, 0)
        say("dead")


if __name__ == "__main__":
    main()
