"""The Stores on a plain connection, without an event loop's hops: only to fill a database quickly before measuring."""

import contextlib
from collections.abc import AsyncIterator, Coroutine, Iterator
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, CursorResult, Dialect, Executable, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection

from database.engine import Transaction
from database.vault import Vault

T = TypeVar("T")


class _Straight:
    """What a Transaction asks of its connection, answered at once."""

    def __init__(self, plain: Connection) -> None:
        self._plain = plain

    @property
    def dialect(self) -> Dialect:
        return self._plain.dialect

    async def execute(self, statement: Executable, parameters: Any = None) -> CursorResult[Any]:
        return self._plain.execute(statement, parameters)

    async def scalar(self, statement: Executable) -> Any:
        return self._plain.scalar(statement)

    @contextlib.asynccontextmanager
    async def begin_nested(self) -> AsyncIterator[None]:
        with self._plain.begin_nested():
            yield


@contextlib.contextmanager
def filling(url: str, service_key: bytes) -> Iterator[Transaction]:
    """Inside the block one transaction fills the database; it is committed at the end."""
    parts = make_url(url)
    sqlite = parts.get_backend_name() == "sqlite"
    engine = create_engine(parts.set(drivername="sqlite" if sqlite else "postgresql+psycopg"))
    if sqlite:
        event.listen(engine, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.begin() as plain:
            yield Transaction(cast("AsyncConnection", _Straight(plain)), Vault(service_key))
    finally:
        engine.dispose()


def at_once(doing: Coroutine[Any, Any, T]) -> T:
    """What the Stores say on a plain connection: nothing in them ever has to wait, so no event loop is needed."""
    try:
        doing.send(None)
    except StopIteration as done:
        value: T = done.value
        return value
    raise RuntimeError("a filling waited for something")
