"""Store: the tables brought up to date by alembic, before anything is served; what must be there is checked.

On SQLite a migration that rebuilds a table would drop its triggers and, with foreign keys on, the rows of its
children: so migrations run with foreign keys off and check them at the end, and `missing_guards` is asked at start.
"""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from database.base import metadata

FOLDER = Path(__file__).parent / "migrations"


class MigrationBroken(RuntimeError):  # noqa: N818 - it names what happened
    """After the migration some rows point at nothing; it was undone."""


def _configuration(connection: Connection) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(FOLDER))
    configuration.attributes["connection"] = connection
    return configuration


def _open(url: str) -> Connection:
    parts = make_url(url)
    if parts.get_backend_name() == "sqlite":
        Path(parts.database or "").parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parts.set(drivername="sqlite"), poolclass=NullPool)
        event.listen(engine, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
        return engine.connect()
    return create_engine(parts.set(drivername="postgresql+psycopg"), poolclass=NullPool).connect()


def upgrade(url: str) -> None:
    """Every table is as this version of the service wants it; nothing changed if anything failed."""
    with _open(url) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(4202642)"))  # one worker migrates, the others wait
        command.upgrade(_configuration(connection), "head")
        if connection.dialect.name == "sqlite" and connection.execute(text("PRAGMA foreign_key_check")).first():
            raise MigrationBroken


def downgrade(url: str, revision: str) -> None:
    """Every table is as this earlier migration left it."""
    with _open(url) as connection, connection.begin():
        command.downgrade(_configuration(connection), revision)


def write_revision(url: str, message: str) -> None:
    """A new migration file holds what the tables in code have and this database has not."""
    with _open(url) as connection, connection.begin():
        command.revision(_configuration(connection), message=message, autogenerate=True)


def differences(url: str) -> list[str]:
    """What the tables in code and the database do not agree on, in words; empty when they agree."""
    with _open(url) as connection:
        return [str(found) for found in compare_metadata(MigrationContext.configure(connection), metadata)]


def is_current(url: str) -> bool:
    """Whether the database is at the newest migration."""
    with _open(url) as connection:
        heads = ScriptDirectory.from_config(_configuration(connection)).get_heads()
        return set(MigrationContext.configure(connection).get_current_heads()) == set(heads)


def missing_guards(url: str, *, sqlite: set[str], postgresql: set[str]) -> set[str]:
    """The triggers and constraints among these that the database does not have."""
    questions = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger UNION SELECT conname FROM pg_constraint",
    }
    with _open(url) as connection:
        kind = connection.dialect.name
        present = {str(row[0]) for row in connection.execute(text(questions[kind]))}
    return (sqlite if kind == "sqlite" else postgresql) - present
