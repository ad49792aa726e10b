"""The migrations make what the code expects, on both databases, with every guard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from app import GUARDS_POSTGRESQL, GUARDS_SQLITE
from database import migrating
from database.ids import new_id
from tests.servers import postgresql


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
