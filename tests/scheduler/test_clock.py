"""The clock: rounds turn every so often, at once when their bell rings, never twice at a time, and stop whole."""

import asyncio
from datetime import datetime

import pytest

from database.engine import Busy, Database
from scheduler.clock import run_clock
from scheduler.rounds import Places, Round
from tests.scheduler.places import places

PATIENCE = 10.0


class Turned:
    """Counts the turns of a round, and how many went on at once."""

    def __init__(self, *, lasts: float = 0.0, fault: Exception | None = None) -> None:
        self.begun, self.ended, self.at_once = 0, 0, 0
        self.lasts, self.fault = lasts, fault

    async def __call__(self, here: Places, now: datetime) -> None:
        del here, now
        self.begun += 1
        self.at_once = max(self.at_once, self.begun - self.ended)
        try:
            await asyncio.sleep(self.lasts)
        finally:
            self.ended += 1
        if self.fault:
            raise self.fault

    async def until(self, count: int) -> None:
        """Returns when this many turns have ended."""
        async with asyncio.timeout(PATIENCE):
            while self.ended < count:  # noqa: ASYNC110 - a test looks again until it is so
                await asyncio.sleep(0.01)


async def test_a_round_turns_again_and_again_and_one_at_a_time(database: Database, moment: datetime) -> None:
    slow = Turned(lasts=0.2)
    async with places(database, lambda: moment) as here:
        async with run_clock(here, [Round(name="slow", turn=slow, seconds=0.05)]):
            await slow.until(3)
        count = slow.begun
        await asyncio.sleep(0.2)
    assert (slow.at_once, slow.begun, slow.ended) == (1, count, count)


async def test_a_bell_turns_a_round_at_once_and_none_is_lost_while_it_turns(
    database: Database, moment: datetime
) -> None:
    rare = Turned(lasts=0.1)
    async with (
        places(database, lambda: moment) as here,
        run_clock(here, [Round(name="rare", turn=rare, seconds=3600, bell="outbox")]),
    ):
        await asyncio.sleep(0.05)
        async with database.write() as db:
            db.ring("outbox")
        async with asyncio.timeout(PATIENCE):
            while not rare.begun:  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.01)
        async with database.write() as db:
            db.ring("outbox")
        await rare.until(2)
    assert rare.at_once == 1


@pytest.mark.parametrize("fault", [RuntimeError("broken"), Busy()])
async def test_a_fault_stops_neither_its_round_nor_the_others(
    database: Database, moment: datetime, fault: Exception
) -> None:
    bad, good = Turned(fault=fault), Turned()
    async with (
        places(database, lambda: moment) as here,
        run_clock(here, [Round(name="bad", turn=bad, seconds=0.05), Round(name="good", turn=good, seconds=0.05)]),
    ):
        await bad.until(2)
        await good.until(2)


async def test_a_stop_waits_for_a_turn_that_runs(database: Database, moment: datetime) -> None:
    long = Turned(lasts=0.5)
    async with places(database, lambda: moment) as here:
        async with run_clock(here, [Round(name="long", turn=long, seconds=0.05)]):
            async with asyncio.timeout(PATIENCE):
                while not long.begun:  # noqa: ASYNC110 - as above
                    await asyncio.sleep(0.01)
        assert (long.begun, long.ended) == (1, 1)


async def test_a_turn_that_never_ends_does_not_hold_up_the_stop(database: Database, moment: datetime) -> None:
    stuck = Turned(lasts=3600)
    async with places(database, lambda: moment) as here:
        began = asyncio.get_running_loop().time()
        async with run_clock(here, [Round(name="stuck", turn=stuck, seconds=0.05)]):
            await asyncio.sleep(0.3)
        took = asyncio.get_running_loop().time() - began
    assert stuck.ended == 1
    assert took < PATIENCE
