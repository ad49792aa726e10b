"""What every test may ask for: a moment, and a fresh database on SQLite and on PostgreSQL alike."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import cases.schema
import meetings.schema
import notifications.schema
import people.schema
import records.schema
import scheduler.schema
from database import migrating
from database.engine import Database, DatabaseSettings, open_database
from database.ids import new_id
from tests import ran
from tests.servers import postgresql

SCHEMAS = (notifications.schema, people.schema, cases.schema, meetings.schema, records.schema, scheduler.schema)
SERVICE_KEY = bytes(range(7, 39))
# On a fresh clone Hypothesis first makes its tables of Unicode, for seconds on a busy machine: that is no slow test.
settings.register_profile("house", suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The closing lines: what ran, and against which databases, video server and browser."""
    done = terminalreporter.stats
    names = [report.nodeid for report in done.get("passed", []) if report.when == "call"]
    terminalreporter.section("what this ran against")
    for line in ran.closing_lines(names, skipped=len(done.get("skipped", []))):
        terminalreporter.write_line(line)


@pytest.fixture
def moment() -> datetime:
    """Thursday 8 October 2026, 10 am in London."""
    return datetime(2026, 10, 8, 9, 0, tzinfo=UTC)


def lay_tables(url: str) -> None:
    """Every table of the service in an empty database, as its migrations make them."""
    migrating.upgrade(url)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A server with a template database that holds every table."""
    with postgresql.running() as server:
        ran.started_program("PostgreSQL", postgresql.programs() / "postgres")
        lay_tables(postgresql.make_database(server, "template_evenhand"))
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that holds every table."""
    path = tmp_path_factory.mktemp("template") / "evenhand.db"
    lay_tables(f"sqlite:///{path}")
    ran.started_sqlite()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh database with every table, once for each kind."""
    if request.param == "sqlite":
        path = tmp_path / "evenhand.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgresql_server")
    name = f"test_{new_id()}"
    yield postgresql.make_database(server, name, template="template_evenhand")
    postgresql.drop_database(server, name)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A fresh database, open."""
    async with open_database(DatabaseSettings(url=database_url, service_key=SERVICE_KEY)) as opened:
        yield opened


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """A fresh SQLite database with every table, for what need not be shown on both."""
    path = tmp_path / "evenhand.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


def faults_in_full() -> bool:
    """Whether the fault tests run at their full numbers (`make faults`)."""
    return os.environ.get("FAULTS") == "full"
