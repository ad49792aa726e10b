"""Each round can be turned, by any worker, at any time; those for one worker are one worker's."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cases import enquiries
from database.engine import Database
from database.ids import new_id
from scheduler import rounds
from scheduler.rounds import ROUNDS, Places, Round
from tests.cases.house import mails
from tests.scheduler.booked import TUESDAY_10, get_ready
from tests.scheduler.places import places


def test_each_round_has_a_name_of_its_own_and_a_bell_that_rings() -> None:
    names = [one.name for one in ROUNDS]
    assert sorted(set(names)) == sorted(names)
    assert {one.bell for one in ROUNDS if one.bell} == {"outbox", "papers", "escalated"}
    assert all(one.seconds >= 1 for one in ROUNDS)


@pytest.mark.parametrize("one", ROUNDS, ids=lambda one: str(one.name))
async def test_a_round_turns_with_nothing_to_do_and_again(database: Database, moment: datetime, one: Round) -> None:
    async with places(database, lambda: moment) as here:
        await rounds.turn(one, here, now=moment)
        await rounds.turn(one, here, now=moment + timedelta(days=1))


async def test_a_round_for_one_worker_is_one_workers(database: Database, moment: datetime) -> None:
    counted: Counter[str] = Counter()

    async def count(here: Places, now: datetime) -> None:
        assert now == moment
        counted[here.worker] += 1

    alone, everybody = (Round(name="count", turn=count, seconds=60, alone=alone) for alone in (True, False))
    async with places(database, lambda: moment) as one:
        two = replace(one, worker="two")
        assert [await rounds.turn(alone, here, now=moment) for here in (one, two)] == [True, False]
        assert [await rounds.turn(everybody, here, now=moment) for here in (one, two)] == [True, True]
    assert counted == {"one": 2, "two": 1}


async def test_what_is_due_is_done_by_the_rounds_themselves(database: Database, moment: datetime) -> None:
    ready = await get_ready(database, now=moment)
    await ready.book(database)
    async with database.write() as db:
        await enquiries.keep(db, new_id(), {"decision": {"decision": ["contents"]}}, now=moment)
    day_before = TUESDAY_10 - timedelta(days=1)
    async with places(database, lambda: day_before) as here:
        for one in ROUNDS:
            await rounds.turn(one, here, now=day_before)
    async with database.read() as db:
        assert len(await mails(db, "reminder")) == 3
