"""What both ceilings stand on: a process that serves one route, and the database by the materials or bare.

Run as `python -m bench.ceilings.<workload> <materials|bare> <database> <port> <more…>`.
"""

import asyncio
import contextlib
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable

from aiohttp import web
from sqlalchemy import event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from database.vault import read_service_key
from tests.servers import service

SERVICE_KEY = read_service_key(service.KEY)
PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "busy_timeout=10000")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Opened = contextlib.AbstractAsyncContextManager[Handler]


def is_sqlite(url: str) -> bool:
    """Whether the address is a file's."""
    return url.startswith("sqlite")


class Materials:
    """SQLAlchemy Core on asyncio as it comes, prepared well: FULL, IMMEDIATE, and on SQLite one writer at a time."""

    def __init__(self, url: str) -> None:
        driver = "sqlite+aiosqlite" if is_sqlite(url) else "postgresql+psycopg"
        address = make_url(url).set(drivername=driver)
        self.engine: AsyncEngine = create_async_engine(address, pool_size=20, max_overflow=0)
        self._line = asyncio.Lock()
        if is_sqlite(url):
            event.listen(self.engine.sync_engine, "connect", _on_connect)
            event.listen(self.engine.sync_engine, "begin", _on_begin)

    @contextlib.asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that writes."""
        alone = self._line if self.engine.dialect.name == "sqlite" else contextlib.nullcontext()
        async with alone, self.engine.begin() as connection:
            yield connection

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that only reads."""
        async with self.engine.connect() as plain:
            connection = await plain.execution_options(read_only=True)
            async with connection.begin():
                yield connection


def _on_connect(connection: object, _: object) -> None:
    connection.isolation_level = None  # type: ignore[attr-defined]
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    read_only = connection.get_execution_options().get("read_only")
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


async def _serve(path: str, opened: Opened, port: int) -> None:
    async with opened as handler:
        app = web.Application()
        app.router.add_route("*", path, handler)
        app.router.add_get("/healthz", _alive)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        told = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
        await told.wait()
        await runner.cleanup()


async def _alive(_: web.Request) -> web.Response:
    return web.json_response({"alive": True})


def main(path: str, *, materials: Callable[..., Opened], bare: Callable[..., Opened]) -> None:
    """The ceiling serves until it is told to stop."""
    kind, database, port, *more = sys.argv[1:]
    opened = (materials if kind == "materials" else bare)(database, *more)
    asyncio.run(_serve(path, opened, int(port)))
