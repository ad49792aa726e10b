"""The migrations make what the code expects, on both databases, with every guard."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from app import GUARDS_POSTGRESQL, GUARDS_SQLITE
from database import migrating
from database.engine import DatabaseSettings, open_database
from database.ids import new_id
from meetings.room import floors
from tests.conftest import SERVICE_KEY
from tests.servers import postgresql
from tests.servers.sitting import open_sitting


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server, name = request.getfixturevalue("postgresql_server"), f"empty_{new_id()}"
    yield postgresql.make_database(server, name)
    postgresql.drop_database(server, name)


def test_a_migrated_database_is_what_the_code_expects(empty_url: str) -> None:
    assert not migrating.is_current(empty_url)
    migrating.upgrade(empty_url)
    assert migrating.is_current(empty_url)
    assert migrating.differences(empty_url) == []
    assert migrating.missing_guards(empty_url, sqlite=GUARDS_SQLITE, postgresql=GUARDS_POSTGRESQL) == set()


def test_migrating_twice_changes_nothing(empty_url: str) -> None:
    migrating.upgrade(empty_url)
    migrating.upgrade(empty_url)
    assert migrating.is_current(empty_url)


def test_a_guard_that_was_lost_is_missed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'lost.db'}"
    migrating.upgrade(url)
    with create_engine(url).begin() as connection:
        connection.execute(text("DROP TRIGGER tr_claim_insert"))
    assert migrating.missing_guards(url, sqlite=GUARDS_SQLITE, postgresql=GUARDS_POSTGRESQL) == {"tr_claim_insert"}


def run(url: str, words: str) -> list[tuple[object, ...]]:
    parts = make_url(url)
    driver = "sqlite" if parts.get_backend_name() == "sqlite" else "postgresql+psycopg"
    with create_engine(parts.set(drivername=driver), poolclass=NullPool).begin() as connection:
        result = connection.execute(text(words))
        return [tuple(row) for row in result] if result.returns_rows else []


async def test_the_clear_text_of_floors_goes_only_when_no_open_sitting_needs_it(
    database_url: str, moment: datetime
) -> None:
    house = DatabaseSettings(url=database_url, service_key=SERVICE_KEY)
    async with open_database(house) as database:
        sitting = await open_sitting(database, now=moment)
    migrating.downgrade(database_url, "0004")
    migrating.upgrade(database_url)
    async with open_database(house) as database, database.read() as db:
        assert await floors.load(db, sitting.meeting_id) is not None

    migrating.downgrade(database_url, "0004")
    run(database_url, "UPDATE floor SET state = 'Tessa A.', state_sealed = NULL")
    with pytest.raises(RuntimeError, match="1 of the open meetings have a floor that is not sealed yet"):
        migrating.upgrade(database_url)
    assert run(database_url, "SELECT state FROM floor") == [("Tessa A.",)]

    run(database_url, "UPDATE meeting SET state = 'concluded'")
    migrating.upgrade(database_url)
    assert run(database_url, "SELECT meeting_id FROM floor") == []
    assert migrating.is_current(database_url)
    assert migrating.differences(database_url) == []


def test_every_migration_can_be_taken_back_and_made_again(empty_url: str) -> None:
    migrating.upgrade(empty_url)
    migrating.downgrade(empty_url, "0001")
    migrating.upgrade(empty_url)

    assert migrating.differences(empty_url) == []
    assert migrating.missing_guards(empty_url, sqlite=GUARDS_SQLITE, postgresql=GUARDS_POSTGRESQL) == set()
