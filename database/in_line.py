"""Store: SQLite asked in the event loop itself; only what waits for the disk, the commit of a write, goes to a thread.

Nearly all of our statements take less time than the way to a thread and back, which aiosqlite goes four times for each.
A lock held by another process is waited for asleep, never in the loop. SQLAlchemy takes this for its aiosqlite
connection, whose shape it has.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, Self

PATIENCE_SECONDS = 10.0
LOOK_AGAIN_SECONDS = 0.005
BEGIN_TO_READ, BEGIN_TO_WRITE = "BEGIN", "BEGIN IMMEDIATE"
HELD_BY_ANOTHER = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_RECOVERY)


class InLine:
    """One connection; transactions are begun by hand."""

    def __init__(self, path: str) -> None:
        # One statement at a time, whichever thread it is in: SQLAlchemy waits for each before the next.
        self._connection: sqlite3.Connection | None = sqlite3.connect(
            path, timeout=0, isolation_level=None, check_same_thread=False
        )
        self.only_reads = False

    @property
    def file(self) -> sqlite3.Connection:
        """The connection; ProgrammingError once it is closed."""
        if self._connection is None:
            raise sqlite3.ProgrammingError("the connection is closed")
        return self._connection

    def cursor(self) -> "Cursor":
        """A cursor that costs nothing until it is used."""
        return Cursor(self)

    async def commit(self) -> None:
        """Everything since the beginning of the transaction is on the disk; what only read has nothing to wait for."""
        if self.only_reads:
            self.file.commit()
        elif self.file.in_transaction:
            await asyncio.get_running_loop().run_in_executor(None, self.file.commit)

    async def rollback(self) -> None:
        """Nothing since the beginning of the transaction is kept."""
        if self.file.in_transaction:
            self.file.rollback()

    async def create_function(self, *words: Any, **more: Any) -> None:
        """The function can be used in statements."""
        self.file.create_function(*words, **more)

    async def close(self) -> None:
        """The file is closed."""
        self.stop()

    def stop(self) -> None:
        """The same, without waiting."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Cursor:
    """What one statement gave: its rows are all there when it has run."""

    arraysize = 1

    def __init__(self, connection: InLine) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        """The statement is carried out."""
        if statement.startswith("BEGIN"):
            self._connection.only_reads = statement == BEGIN_TO_READ
        await self._run(lambda: self._connection.file.execute(statement, parameters))

    async def executemany(self, statement: str, parameters: Sequence[Sequence[Any]]) -> None:
        """The statement is carried out once for each of these."""
        await self._run(lambda: self._connection.file.executemany(statement, parameters))

    async def _run(self, carry_out: Callable[[], sqlite3.Cursor]) -> None:
        cursor = await _when_free(carry_out)
        self.description, self.lastrowid = cursor.description, cursor.lastrowid
        self._rows = cursor.fetchall() if cursor.description else []
        self.rowcount = cursor.rowcount  # of a statement with RETURNING it is known once all was fetched
        cursor.close()

    async def fetchall(self) -> list[Any]:
        """Every row."""
        return self._rows

    async def close(self) -> None:
        """Nothing is left to close."""


async def _when_free(carry_out: Callable[[], sqlite3.Cursor]) -> sqlite3.Cursor:
    """What SQLite's own busy timeout does, asleep in the loop: asked again until the other process has let go."""
    clock = asyncio.get_running_loop().time
    end: float | None = None
    while True:
        try:
            return carry_out()
        except sqlite3.OperationalError as fault:
            end = end or clock() + PATIENCE_SECONDS
            if fault.sqlite_errorcode not in HELD_BY_ANOTHER or clock() > end:
                raise
        await asyncio.sleep(LOOK_AGAIN_SECONDS)
