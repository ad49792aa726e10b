"""Schema: the ground of every table: one metadata, moments in UTC, random ids, sealed values."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
)
from sqlalchemy.dialects import postgresql, sqlite

from database.refusal import Refusal

__all__ = ["INSERT", "Ciphertext", "Id", "Refusal", "Sealed", "UtcDateTime", "case_key_column", "metadata"]

# By dialect: an INSERT that can say what happens when the row is there already, which plain SQL cannot.
INSERT: Mapping[str, Callable[[Table], Any]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    },
)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: refused without a zone, kept in UTC, given back in UTC (SQLite keeps no offset of its own)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Ciphertext(bytes):
    """A value sealed by `database.vault`; the only thing that a sealed column takes."""

    __slots__ = ()


class Sealed(TypeDecorator[Ciphertext]):
    """An encrypted column: a plain value handed to it is a fault, so nothing private is stored in clear by mistake."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Ciphertext | None, dialect: Dialect) -> bytes | None:
        del dialect
        if value is not None and not isinstance(value, Ciphertext):
            raise TypeError("a sealed column takes sealed values only")
        return None if value is None else bytes(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Ciphertext | None:
        del dialect
        return None if value is None else Ciphertext(value)


class Id(TypeDecorator[str]):
    """A random id of 128 bits in 26 characters of base 32, lower case: safe in an address, meaning nothing."""

    impl = String(26)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        del dialect
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        del dialect
        return None if value is None else str(value)


data_key = Table(
    "data_key",
    metadata,
    Column("id", Id, primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)

counter = Table(
    "counter",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Integer, nullable=False),
)


def case_key_column() -> Column[str]:
    """The key under which a row's sealed columns are kept; with the key's row gone they can never be read again."""
    return Column("key_id", Id, ForeignKey("data_key.id"), nullable=False)
