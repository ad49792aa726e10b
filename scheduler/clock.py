"""Edge: the clock: APScheduler turns the rounds over, and bells turn some of them at once. It holds no job store."""

import asyncio
import contextlib
import functools
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from database.bell import Alarm
from database.engine import Busy
from scheduler.rounds import ROUNDS, Places, Round, turn

log = structlog.get_logger("clock")
LISTENING_SECONDS = 3600.0
FIRST_SECONDS = 30.0  # a round that is rare does not wait its whole time for its first turn
STOP_SECONDS = 4.0  # what takes longer is cut off: every round can be, and the next one finds what was left


class Clock:
    """Turns each round every so often, never twice at a time, and waits for those that run before it stops."""

    def __init__(self, places: Places, rounds: Sequence[Round]) -> None:
        self._places = places
        self._running: set[asyncio.Task[None]] = set()
        self._busy: dict[str, asyncio.Lock] = {one.name: asyncio.Lock() for one in rounds}
        self._stopping = False

    async def start(self, one: Round) -> None:
        """The round is turned, as a task of our own: a scheduler that shuts down cancels its own tasks."""
        if self._stopping:
            return
        task = asyncio.create_task(self._turn(one), name=f"round-{one.name}")
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        await asyncio.wait({task})

    async def _turn(self, one: Round) -> None:
        """The round is turned once, after the turn that runs; a fault in it stops nothing else."""
        try:
            async with self._busy[one.name]:
                await turn(one, self._places, now=self._places.clock())
        except Busy:
            log.warning("database busy", action=f"round.{one.name}")  # the next turn finds what was left
        except Exception:
            log.exception("fault", action=f"round.{one.name}")

    async def listen(self, one: Round) -> None:
        """Each ring of its bell turns the round at once."""
        alarm = Alarm()
        with self._places.database.bell.listening(one.bell or "", alarm):
            while not self._stopping:
                if await alarm.wait(LISTENING_SECONDS):
                    await self.start(one)

    async def stop(self) -> None:
        """No round begins any more, and those that run have ended or, after some seconds, been cut off."""
        self._stopping = True
        if not self._running:
            return
        _, left = await asyncio.wait(set(self._running), timeout=STOP_SECONDS)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


def _scheduled(clock: Clock, rounds: Sequence[Round]) -> AsyncIOScheduler:
    """Each round turns every so often, the first time soon; turns that were missed meanwhile are one turn."""
    scheduler, now = AsyncIOScheduler(timezone=UTC), datetime.now(UTC)
    for one in rounds:
        scheduler.add_job(
            functools.partial(clock.start, one),
            "interval",
            seconds=one.seconds,
            id=one.name,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
            next_run_time=now + timedelta(seconds=min(one.seconds, FIRST_SECONDS)),
        )
    return scheduler


@contextlib.asynccontextmanager
async def run_clock(places: Places, rounds: Sequence[Round] = ROUNDS) -> AsyncIterator[Clock]:
    """Inside the block the rounds turn; afterwards none runs."""
    clock = Clock(places, rounds)
    scheduler = _scheduled(clock, rounds)
    listeners = [asyncio.create_task(clock.listen(one), name=f"bell-{one.name}") for one in rounds if one.bell]
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
