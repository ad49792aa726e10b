"""Store: the database itself: SQLite or PostgreSQL behind one door, and the transaction every act works in."""

import asyncio
import contextlib
import select
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import CursorResult, Executable, Row, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from database.bell import CHANNEL, Bell, hearing
from database.in_line import BEGIN_TO_READ, BEGIN_TO_WRITE, InLine
from database.refusal import Refusal
from database.vault import Box, KeyId, Vault

SQLITE_PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL")
BUSY_SIGNS = (
    "database is locked",
    "deadlock detected",
    "lock timeout",
    "could not serialize access",
    "too many clients",
    "connection refused",
    "server closed the connection",
    "the database system is",
)
POOL_SIZE = 10  # opened when first needed, and kept: to open one more for a moment costs more than a request
PATIENCE_SECONDS = 10
KEYS = "key:"
RUNG = text("SELECT pg_notify(:channel, topic) FROM unnest(CAST(:topics AS text[])) AS topic")


class Busy(Refusal):
    """We are very busy at the moment. Nothing was changed; please try again in a few seconds."""


@dataclass(frozen=True, kw_only=True)
class DatabaseSettings:
    """Where the rows are kept, and the key that wraps the keys of the cases."""

    url: str
    service_key: bytes


class Transaction:
    """One transaction: rows are read and written, values sealed and opened, bells rung after its commit."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self.connection = connection
        self.vault = vault
        self.bells: set[str] = set()

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.connection.dialect.name

    async def execute(self, statement: Executable, parameters: Any = None) -> CursorResult[Any]:
        """The statement is carried out."""
        return await self.connection.execute(statement, parameters)

    async def first(self, statement: Executable, parameters: Any = None) -> Row[Any] | None:
        """The first row, or None."""
        return (await self.connection.execute(statement, parameters)).first()

    async def all(self, statement: Executable, parameters: Any = None) -> Sequence[Row[Any]]:
        """Every row."""
        return (await self.connection.execute(statement, parameters)).all()

    async def scalar(self, statement: Executable) -> Any:
        """The first column of the first row, or None."""
        return await self.connection.scalar(statement)

    async def changed(self, statement: Executable) -> int:
        """How many rows the statement changed."""
        return (await self.connection.execute(statement)).rowcount

    async def box(self, key_id: str) -> Box:
        """The box that opens what was sealed under this key."""
        return await self.vault.box(self.connection, KeyId(key_id))

    async def new_box(self, *, now: datetime) -> Box:
        """A fresh data key, stored with this transaction."""
        return await self.vault.new_box(self.connection, now=now)

    async def destroy_key(self, key_id: str) -> None:
        """What was sealed under this key can never be read again: every process forgets it with the commit."""
        await self.vault.destroy(self.connection, KeyId(key_id))
        self.ring(f"{KEYS}{key_id}")

    def digest(self, value: str) -> str:
        """The keyed hash by which a private value can be found again."""
        return self.vault.digest(value)

    def ring(self, topic: str) -> None:
        """The bell for this topic rings once the transaction is committed, never if it is not."""
        self.bells.add(topic)

    @contextlib.asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """What happens inside is undone alone when it raises."""
        async with self.connection.begin_nested():
            yield


def is_busy(fault: DBAPIError) -> bool:
    """Whether the database could not be asked just now, so that the same request may succeed a little later."""
    if fault.connection_invalidated:
        return True
    words = str(fault.orig).lower()
    return any(sign in words for sign in BUSY_SIGNS)


class Database:
    """Opens transactions; rings the bells of those that were committed."""

    def __init__(self, engines: "Engines", vault: Vault, bell: Bell) -> None:
        self.engine, self._reading = engines.writing, engines.reading
        self.vault = vault
        self.bell = bell
        sqlite = self.engine.dialect.name == "sqlite"
        self._to_write = asyncio.Semaphore(1 if sqlite else POOL_SIZE)
        # On SQLite both ways share one pool: the writer's own connection is left to it.
        self._to_read = asyncio.Semaphore(POOL_SIZE - 1 if sqlite else POOL_SIZE)

    @contextlib.asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        """A transaction that is committed when the block ends well and undone when it does not; Busy if it must wait
        longer than ten seconds.
        """
        with _busy_is_refused():
            async with _in_line(self._to_write), self.engine.begin() as connection:
                transaction = Transaction(connection, self.vault)
                yield transaction
                await self._announce(transaction)
        if transaction.dialect == "sqlite":
            self.bell.ring(sorted(transaction.bells))

    async def _announce(self, transaction: Transaction) -> None:
        if transaction.dialect == "postgresql" and transaction.bells:
            await transaction.execute(RUNG, {"channel": CHANNEL, "topics": sorted(transaction.bells)})

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """A transaction for reading only, which never waits for a writer."""
        with _busy_is_refused():
            async with _in_line(self._to_read), self._reading.connect() as connection:
                yield Transaction(connection, self.vault)


@contextlib.asynccontextmanager
async def _in_line(places: asyncio.Semaphore) -> AsyncIterator[None]:
    """A line of our own, where the first to come is the first to go; Busy for who waits longer than ten seconds.

    SQLite lets one write at a time, and whoever finds it taken sleeps. And at the pool of connections a newcomer takes
    what was just given back, while who waits goes to the end again: the slowest hundredth of joins took three times as
    long.
    """
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await places.acquire()
    except TimeoutError:
        raise Busy from None
    try:
        yield
    finally:
        places.release()


@contextlib.contextmanager
def _busy_is_refused() -> Any:
    try:
        yield
    except PoolTimeout as fault:
        raise Busy from fault
    except DBAPIError as fault:
        if is_busy(fault):
            raise Busy from fault
        raise


def _prepare_sqlite(engine: AsyncEngine) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        for pragma in SQLITE_PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Any) -> None:
        # We begin transactions ourselves: deferred ones lose read-then-write races.
        read_only = connection.get_execution_options().get("read_only")
        connection.exec_driver_sql(BEGIN_TO_READ if read_only else BEGIN_TO_WRITE)


def _prepare_postgresql(engine: AsyncEngine) -> None:
    @event.listens_for(engine.sync_engine, "checkout")
    def on_checkout(connection: Any, _: Any, __: Any) -> None:
        # A server that went away has left word on the line of an idle connection: looking costs no question to it.
        line = select.poll()
        line.register(connection.driver_connection.fileno(), select.POLLIN)
        if line.poll(0):
            raise DisconnectionError


@dataclass(frozen=True, kw_only=True)
class Engines:
    """The way to write, and the way that can only read."""

    writing: AsyncEngine
    reading: AsyncEngine

    async def dispose(self) -> None:
        """Every connection is closed."""
        await self.reading.dispose()
        await self.writing.dispose()


KEPT: dict[str, Any] = {
    "pool_size": POOL_SIZE,
    "max_overflow": 0,
    "pool_timeout": PATIENCE_SECONDS,
    "hide_parameters": True,
}


def make_engines(url: str) -> Engines:
    """Engines prepared for our promises: SQLite with WAL, FULL, foreign keys and IMMEDIATE; PostgreSQL by psycopg."""
    parts = as_async(url)
    return _sqlite(parts) if parts.get_backend_name() == "sqlite" else _postgresql(parts)


def _sqlite(parts: URL) -> Engines:
    path = parts.database or ""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(parts, async_creator=partial(_open_file, path), **KEPT)
    _prepare_sqlite(engine)
    return Engines(writing=engine, reading=engine.execution_options(read_only=True))


def _postgresql(parts: URL) -> Engines:
    """Reading is committed by itself: under READ COMMITTED each statement sees its own moment anyway, and without a
    transaction around it there are two questions fewer to ask the server.
    """
    patience = f"-c lock_timeout={PATIENCE_SECONDS}s"
    writing = create_async_engine(parts, connect_args={"options": patience}, **KEPT)
    options = f"{patience} -c default_transaction_read_only=on"
    reading = create_async_engine(parts, isolation_level="AUTOCOMMIT", connect_args={"options": options}, **KEPT)
    for engine in (writing, reading):
        _prepare_postgresql(engine)
    return Engines(writing=writing, reading=reading)


async def _open_file(path: str) -> InLine:
    return InLine(path)


def as_async(url: str) -> URL:
    """The URL with the driver we use: `sqlite:///file` or `postgresql://…`."""
    parts = make_url(url)
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}
    return parts.set(drivername=drivers[parts.get_backend_name()])


def listening_url(url: str) -> str | None:
    """The plain PostgreSQL address for the bell's own connection; None on SQLite, which needs none."""
    parts = make_url(url)
    if parts.get_backend_name() != "postgresql":
        return None
    return parts.set(drivername="postgresql").render_as_string(hide_password=False)


@contextlib.asynccontextmanager
async def open_database(settings: DatabaseSettings) -> AsyncIterator[Database]:
    """Inside the block the database answers and its bell is heard; afterwards every connection is closed."""
    engines = make_engines(settings.url)
    database = Database(engines, Vault(settings.service_key), Bell())
    try:
        with database.bell.listening(KEYS, lambda topic: database.vault.forget(topic.removeprefix(KEYS))):
            async with hearing(listening_url(settings.url), database.bell):
                yield database
    finally:
        await engines.dispose()
