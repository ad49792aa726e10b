"""Store: rings after a commit and wakes who waits: NOTIFY on PostgreSQL, a plain call on SQLite.

A bell says only that something changed, never what: `floor:<meeting>`, `outbox`, `papers`. Whoever wakes reads the
database again. A bell may be lost with its listener; rounds are the safety net.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Iterator

import psycopg
import structlog

CHANNEL = "evenhand"
RECONNECT_SECONDS = 1.0
FIRST_SECONDS = 5.0
log = structlog.get_logger("bell")

Listener = Callable[[str], None]


class Bell:
    """Who waits for which topic in this process; a topic ending in a colon is a prefix."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[Listener]] = defaultdict(set)

    def ring(self, topics: Iterable[str]) -> None:
        """Everyone in this process who waits for one of these topics is called, with the topic."""
        for topic in topics:
            head = topic.partition(":")[0] + ":"
            for listener in [*self._waiting.get(topic, ()), *(self._waiting.get(head, ()) if head != topic else ())]:
                listener(topic)

    @contextlib.contextmanager
    def listening(self, topic: str, listener: Listener) -> Iterator[None]:
        """Inside the block the listener is called for the topic (or, for `name:`, for each topic that begins so)."""
        self._waiting[topic].add(listener)
        try:
            yield
        finally:
            self._waiting[topic].discard(listener)
            if not self._waiting[topic]:
                del self._waiting[topic]

    def everything(self) -> None:
        """Everyone is called once, as after a lost connection: something may have changed unheard."""
        for topic, listeners in list(self._waiting.items()):
            for listener in list(listeners):
                listener(topic)


async def _hear(url: str, bell: Bell, ready: asyncio.Event) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(f"LISTEN {CHANNEL}")
        if ready.is_set():
            bell.everything()
        ready.set()
        async for notice in connection.notifies():
            bell.ring([notice.payload])


async def _keep_hearing(url: str, bell: Bell, ready: asyncio.Event) -> None:
    while True:
        with contextlib.suppress(psycopg.Error):
            await _hear(url, bell, ready)
        log.warning("bell lost", action="bell.reconnect")
        await asyncio.sleep(RECONNECT_SECONDS)


@contextlib.asynccontextmanager
async def hearing(url: str | None, bell: Bell) -> AsyncIterator[None]:
    """Inside the block bells rung by other processes are heard too; with no PostgreSQL URL there are none to hear."""
    if url is None:
        yield
        return
    ready = asyncio.Event()
    task = asyncio.create_task(_keep_hearing(url, bell, ready), name="bell")
    try:
        with contextlib.suppress(TimeoutError):  # a database that is away must not keep the service from starting
            await asyncio.wait_for(ready.wait(), FIRST_SECONDS)
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


class Alarm:
    """Waits until a bell rings or some seconds have passed, whichever comes first; rings in between are kept."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def __call__(self, topic: str) -> None:
        del topic
        self._event.set()

    async def wait(self, seconds: float) -> bool:
        """Whether it rang within these seconds (of the loop's clock)."""
        try:
            await asyncio.wait_for(self._event.wait(), seconds)
        except TimeoutError:
            return False
        self._event.clear()
        return True
