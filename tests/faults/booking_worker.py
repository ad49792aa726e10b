"""A worker that books, moves and cancels without end, two at a time, until somebody kills it.

The process that is started only imports and forks: each line on its standard input holds a seed and names a failpoint
to arm (or nothing), and one worker is born for it in milliseconds. A worker says on the common output, after each
commit, what was done.
"""

import asyncio
import logging
import os
import random
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from cases import file, holiday_list
from cases.dossier import Matter
from cases.lifecycle import MoveRefused
from database import failpoints
from database.engine import Busy, Database, DatabaseSettings, make_engines, open_database
from meetings import register
from meetings.meeting import MeetingNotSo, MeetingState
from people import accounts
from people.access import Person
from people.signin import as_person
from scheduler import booking
from scheduler.booking import Change, NothingChanges, Proposal, Reason
from scheduler.diaries import SlotTaken
from tests.cases.house import OFFICE
from tests.conftest import SERVICE_KEY
from tests.notifications.samples import letters

NOW = datetime(2026, 10, 8, 9, 0, tzinfo=UTC)
FIRST = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
STARTS = [FIRST + timedelta(days=day, minutes=45 * part) for day in range(2) for part in range(7)]
MINUTES = 120
AT_ONCE = 2
REFUSALS = (SlotTaken, MoveRefused, MeetingNotSo, NothingChanges, Busy)


@dataclass(frozen=True, kw_only=True)
class Booker:
    """Somebody who books whatever comes to mind."""

    database: Database
    person: Person
    mediator_id: str
    matters: tuple[Matter, ...]
    chance: random.Random

    async def act(self) -> None:
        """One thing is tried, and what was done is said once it is committed."""
        matter, starts = self.chance.choice(self.matters), self.chance.choice(STARTS)
        async with self.database.read() as db:
            seats = tuple(seat.id for seat in await file.seats_of(db, matter.case_id))
            meetings = await register.of_matter(db, matter.id)
        live = [meeting.id for meeting in meetings if meeting.state is MeetingState.BOOKED]
        if not live:
            await self.book(Proposal(matter_id=matter.id, mediator_id=self.mediator_id, starts=starts, minutes=MINUTES,
                                     seat_ids=seats))  # fmt: skip
        elif self.chance.random() < 0.5:
            await self.move(Change(meeting_id=live[0], starts=starts))
        else:
            await self.cancel(live[0])

    async def book(self, proposal: Proposal) -> None:
        async with self.database.write() as db:
            made = await booking.book(db, OFFICE, proposal, person=self.person, now=NOW)
        say("booked", made)

    async def move(self, change: Change) -> None:
        async with self.database.write() as db:
            moved = await booking.move(db, OFFICE, change, person=self.person, now=NOW)
        say("moved", moved.id, str(moved.sequence))

    async def cancel(self, meeting_id: str) -> None:
        async with self.database.write() as db:
            await booking.cancel(db, OFFICE, meeting_id, reason=Reason.OTHER, person=self.person, now=NOW)
        say("cancelled", meeting_id)

    async def act_once(self) -> None:
        """Acts until something was done; a refusal is an answer, and something else is tried."""
        while True:
            try:
                return await self.act()
            except REFUSALS:
                continue

    async def go_on(self) -> None:
        """Acts for ever."""
        while True:
            await self.act_once()


def say(*words: str) -> None:
    """One line, whole, however suddenly this process ends."""
    os.write(1, (" ".join(words) + "\n").encode())


async def booker(database: Database, seed: int) -> Booker:
    """The coordinator, with every case there is."""
    async with database.read() as db:
        coordinator = await accounts.by_email(db, "mina@evenhand.example")
        mediator = await accounts.by_email(db, "idris@evenhand.example")
        matters = tuple(await file.open_matters(db))
    assert coordinator is not None
    assert mediator is not None
    return Booker(
        database=database,
        person=as_person(coordinator, proof="second_factor"),
        mediator_id=mediator.id,
        matters=matters,
        chance=random.Random(seed),
    )


async def work(url: str, seed: int) -> None:
    """Books, moves and cancels for ever."""
    async with open_database(DatabaseSettings(url=url, service_key=SERVICE_KEY)) as database:
        bookers = [await booker(database, seed + number) for number in range(AT_ONCE)]
        await bookers[0].act_once()  # the first time is slow: statements and templates are prepared
        say("ready", str(os.getpid()))
        await asyncio.gather(*(one.go_on() for one in bookers))


def prepare(url: str) -> None:
    """What every worker would do first is done once, for all that are born here; nothing is opened."""
    make_engines(url)
    holiday_list.joined(())
    for letter in letters():
        OFFICE.wording.put(letter.kind, {**letter.facts, "hello": ""})


def main() -> None:
    """Forks a worker for each line, and waits until it has been killed."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    prepare(sys.argv[1])
    for line in sys.stdin:
        seed, _, armed = line.strip().partition(" ")
        child = os.fork()
        if child == 0:
            failpoints.arm(armed)
            asyncio.run(work(sys.argv[1], int(seed)))
        os.waitpid(child, 0)
        say("dead")


if __name__ == "__main__":
    main()
