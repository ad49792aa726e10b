"""Store: SQLite asked with one crossing to its thread for each statement, where aiosqlite's own cursor takes four.

A crossing costs more than most of our statements do. SQLAlchemy asks for a cursor, runs it, fetches and closes; here
all of that happens in the thread at once, and a connection that has just committed is not rolled back again.
"""

import sqlite3
from collections.abc import Sequence
from functools import partial
from typing import Any, Self

import aiosqlite


class OneHop(aiosqlite.Connection):
    """A connection whose cursors cross once; transactions are begun by hand."""

    def __init__(self, path: str) -> None:
        opening = partial(sqlite3.connect, path, isolation_level=None, check_same_thread=False)
        super().__init__(opening, iter_chunk_size=64)
        self._thread.daemon = True  # as SQLAlchemy does, so that a forgotten connection cannot hold the process
        self._ended = False

    def cursor(self) -> "Cursor":  # type: ignore[override]
        """A cursor that costs nothing until it is used."""
        return Cursor(self)

    async def run(self, cursor: "Cursor", how: str, *words: Any) -> None:
        """The statement is carried out in the connection's thread, and the cursor holds everything that came of it."""
        self._ended = False
        await self._execute(cursor.take, getattr(self._conn, how), words)  # type: ignore[no-untyped-call]

    async def commit(self) -> None:
        """Everything since the beginning of the transaction is kept."""
        await super().commit()
        self._ended = True

    async def rollback(self) -> None:
        """Nothing since the beginning of the transaction is kept; where nothing was begun there is nothing to do."""
        if not self._ended:
            await super().rollback()
            self._ended = True


class Cursor:
    """What one statement gave: its rows are all there when it has run."""

    arraysize = 1

    def __init__(self, connection: OneHop) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    def take(self, carry_out: Any, words: Sequence[Any]) -> None:
        """Runs in the connection's thread."""
        cursor = carry_out(*words)
        self.description, self.lastrowid = cursor.description, cursor.lastrowid
        self._rows = cursor.fetchall() if cursor.description else []
        self.rowcount = cursor.rowcount  # of a statement with RETURNING it is known once all was fetched
        cursor.close()

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        """The statement is carried out."""
        await self._connection.run(self, "execute", statement, parameters)

    async def executemany(self, statement: str, parameters: Sequence[Sequence[Any]]) -> None:
        """The statement is carried out once for each of these."""
        await self._connection.run(self, "executemany", statement, parameters)

    async def fetchall(self) -> list[Any]:
        """Every row."""
        return self._rows

    async def close(self) -> None:
        """Nothing is left to close."""
