"""The promise of 24 hours: kept by a call that is written down, or somebody is reminded, once at each step."""

import asyncio
from datetime import datetime

import pytest

from cases import contact, file, work
from cases.case import Channel
from cases.contact import NotYet
from cases.states import Event, MatterState
from database.engine import Database
from people.access import NotFound
from tests.cases.house import OFFICE, Walk, hours, mails, walk_to

MEDIATOR, COORDINATOR = "idris@evenhand.example", "mina@evenhand.example"


@pytest.fixture
async def walk(database: Database, moment: datetime) -> Walk:
    found = await walk_to(database, now=moment)
    async with database.write() as db:
        return await (await (await found.advised(db)).chose(db)).assigned(db)


async def turn(database: Database, now: datetime) -> list[tuple[str, str]]:
    """The round is turned, and the reminders there are by now."""
    await contact.nudge_due(database, OFFICE, now=now)
    async with database.read() as db:
        return await mails(db, "contact_reminder") + await mails(db, "contact_late")


async def test_a_call_that_reached_the_family_keeps_the_promise(database: Database, walk: Walk) -> None:
    async with database.write() as db:
        moved = (await walk.reached(db)).matter
    assert (moved.state, moved.contacted_at, moved.next_due_at) == (MatterState.FIRST_CONTACT, walk.now, None)
    assert await turn(database, walk.now + hours(30)) == []


async def call(database: Database, walk: Walk, at: datetime, *, now: datetime) -> tuple[MatterState, datetime | None]:
    """The mediator writes down that they reached the family at this moment: the matter's state, and when it counts."""
    async with database.write() as db:
        moved = await contact.log(
            db, walk.matter.id, at=at, channel=Channel.PHONE, reached=True, person=walk.house.mediator, now=now
        )
    return moved.state, moved.contacted_at


async def test_a_call_before_the_choice_is_written_down_and_keeps_no_promise(database: Database, walk: Walk) -> None:
    early = walk.now - hours(1)
    assert await call(database, walk, early, now=walk.now) == (MatterState.ASSIGNED, None)
    async with database.read() as db:
        (tried,) = await work.contacts_of(db, walk.matter.id)
    assert (tried.at, tried.reached) == (early, True)
    assert await turn(database, walk.now + hours(4)) == [("contact_reminder", MEDIATOR)]
    late = walk.now + hours(5)
    assert await call(database, walk, late, now=late) == (MatterState.FIRST_CONTACT, late)


async def test_the_first_call_that_reached_them_stays_the_one_that_counts(database: Database, walk: Walk) -> None:
    first, second = walk.now + hours(1), walk.now + hours(2)
    assert await call(database, walk, first, now=second) == (MatterState.FIRST_CONTACT, first)
    assert await call(database, walk, second, now=second) == (MatterState.FIRST_CONTACT, first)


async def test_a_call_that_nobody_took_is_written_down_and_the_promise_runs_on(database: Database, walk: Walk) -> None:
    async with database.write() as db:
        moved = await contact.log(
            db,
            walk.matter.id,
            at=walk.now,
            channel=Channel.PHONE,
            reached=False,
            note="Rang out twice",
            person=walk.house.mediator,
            now=walk.now,
        )
        (tried,) = await work.contacts_of(db, walk.matter.id)
        events = [line.event for line in await file.history(db, walk.matter.id)]
    assert (moved.contacted_at, moved.next_due_at) == (None, walk.now + hours(4))
    assert (tried.reached, tried.note, tried.account_id) == (False, "Rang out twice", walk.house.mediator_id)
    assert events[-1] is Event.ATTEMPTED


async def test_each_step_reminds_once_and_the_last_tells_the_coordinators(database: Database, walk: Walk) -> None:
    times = (3.9, 4, 5, 12, 12.1, 20, 23.9, 24, 25, 60)
    counts = [len(await turn(database, walk.now + hours(passed))) for passed in times]
    assert counts == [0, 1, 1, 2, 2, 3, 3, 4, 4, 4]
    assert await turn(database, walk.now + hours(70)) == [
        *[("contact_reminder", MEDIATOR)] * 3,
        ("contact_late", COORDINATOR),
    ]


async def test_after_a_day_off_only_the_coordinators_hear_of_it(database: Database, walk: Walk) -> None:
    assert await turn(database, walk.now + hours(26)) == [("contact_late", COORDINATOR)]


async def test_many_workers_turning_at_once_remind_once(database: Database, walk: Walk) -> None:
    await asyncio.gather(*(contact.nudge_due(database, OFFICE, now=walk.now + hours(5)) for _ in range(8)))
    assert await turn(database, walk.now + hours(5)) == [("contact_reminder", MEDIATOR)]


async def test_without_a_mediator_the_coordinators_are_reminded(database: Database, moment: datetime) -> None:
    walk = await walk_to(database, now=moment)
    async with database.write() as db:
        await (await walk.advised(db)).chose(db)
    assert await turn(database, moment + hours(4)) == [("contact_reminder", COORDINATOR)]


async def test_a_change_of_the_matter_skips_no_step(database: Database, walk: Walk) -> None:
    async with database.write() as db:
        await contact.log(
            db, walk.matter.id, at=walk.now + hours(4.5), channel=Channel.PHONE, reached=False,
            person=walk.house.mediator, now=walk.now + hours(4.5),
        )  # fmt: skip
    assert await turn(database, walk.now + hours(5)) == [("contact_reminder", MEDIATOR)]


async def test_only_who_has_the_case_writes_a_call(database: Database, walk: Walk) -> None:
    async with database.write() as db:
        for person, at, refusal in (
            (walk.house.other_mediator, walk.now, NotFound),
            (walk.house.mediator, walk.now + hours(1), NotYet),
        ):
            with pytest.raises(refusal):
                await contact.log(
                    db, walk.matter.id, at=at, channel=Channel.PHONE, reached=True, person=person, now=walk.now
                )
