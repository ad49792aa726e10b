"""Edge: the clock: APScheduler turns the rounds over, and bells turn some of them at once. It holds no job store."""

import asyncio
import contextlib
import functools
from collections.abc import AsyncIterator

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from database.bell import Alarm
from scheduler.rounds import ROUNDS, Places, Round, turn

log = structlog.get_logger("clock")
AGAIN_SECONDS = 3600.0


class Clock:
    """Turns each round every so often, never twice at a time, and waits for those that run before it stops."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._running: set[asyncio.Task[None]] = set()
        self._busy: dict[str, asyncio.Lock] = {one.name: asyncio.Lock() for one in ROUNDS}
        self._stopping = False

    async def turn(self, one: Round) -> None:
        """The round is turned once, after the turn that runs; a fault in it stops nothing else."""
        task = asyncio.current_task()
        if self._stopping or task is None:
            return
        self._running.add(task)
        try:
            async with self._busy[one.name]:
                await turn(one, self._places, now=self._places.clock())
        except Exception:
            log.exception("fault", action=f"round.{one.name}")
        finally:
            self._running.discard(task)

    async def listen(self, one: Round) -> None:
        """Each ring of its bell turns the round at once."""
        alarm = Alarm()
        with self._places.database.bell.listening(one.bell or "", alarm):
            while not self._stopping:
                if await alarm.wait(AGAIN_SECONDS):
                    await asyncio.create_task(self.turn(one))

    async def stop(self) -> None:
        """No round begins any more, and those that run have ended."""
        self._stopping = True
        if self._running:
            await asyncio.wait(set(self._running))


@contextlib.asynccontextmanager
async def run_clock(places: Places) -> AsyncIterator[Clock]:
    """Inside the block the rounds turn; afterwards none runs."""
    clock, scheduler = Clock(places), AsyncIOScheduler(timezone="UTC")
    for one in ROUNDS:
        scheduler.add_job(
            functools.partial(clock.turn, one),
            "interval",
            seconds=one.seconds,
            id=one.name,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
    listeners = [asyncio.create_task(clock.listen(one), name=f"bell-{one.name}") for one in ROUNDS if one.bell]
    scheduler.start()
    try:
        yield clock
    finally:
        scheduler.pause()
        await clock.stop()
        for listener in listeners:
            listener.cancel()
        await asyncio.gather(*listeners, return_exceptions=True)
        scheduler.shutdown(wait=False)
