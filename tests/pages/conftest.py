"""The told story, once for each kind of database, and the whole service over a fresh copy of it."""

import contextlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from database.ids import new_id
from tests.pages import whole_service
from tests.pages.whole_service import Whole
from tests.pages.whole_story import Cast
from tests.servers import postgresql

THURSDAY = datetime(2026, 10, 8, 9, 0, tzinfo=UTC)
TEMPLATE = "template_told"


@dataclass(frozen=True, kw_only=True)
class Told:
    """A database that holds the story, which nobody has open, and who is in it."""

    place: str
    cast: Cast


@pytest.fixture(scope="session")
def told_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The story in a file."""
    folder = tmp_path_factory.mktemp("told")
    url = whole_service.copied(sqlite_template, folder)
    cast = whole_service.told(url, THURSDAY)
    return Told(place=url.removeprefix("sqlite:///"), cast=cast)


@pytest.fixture(scope="session")
def told_postgresql(postgresql_server: str) -> Told:
    """The story in a template database of the server."""
    url = postgresql.make_database(postgresql_server, TEMPLATE, template="template_evenhand")
    return Told(place=postgresql_server, cast=whole_service.told(url, THURSDAY))


@contextlib.contextmanager
def copy_of_story(request: pytest.FixtureRequest, kind: str, folder: Path) -> Iterator[tuple[str, Cast]]:
    """Inside the block there is a fresh copy of the story on this kind of database."""
    told: Told = request.getfixturevalue(f"told_{kind}")
    if kind == "sqlite":
        yield whole_service.copied(Path(told.place), folder), told.cast
        return
    name = f"test_{new_id()}"
    yield postgresql.make_database(told.place, name, template=TEMPLATE), told.cast
    postgresql.drop_database(told.place, name)


@pytest.fixture
def sqlite_story(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Cast]]:
    """A fresh copy of the story on SQLite."""
    with copy_of_story(request, "sqlite", tmp_path) as story:
        yield story


@pytest.fixture(params=["sqlite", "postgresql"])
def story(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Cast]]:
    """A fresh copy of the story, once on each kind of database."""
    with copy_of_story(request, request.param, tmp_path) as story:
        yield story


@pytest.fixture
async def whole(sqlite_story: tuple[str, Cast]) -> AsyncIterator[Whole]:
    """The whole service over the story, on SQLite."""
    async with whole_service.serving(*sqlite_story) as running:
        yield running


@pytest.fixture
async def whole_on_both(story: tuple[str, Cast]) -> AsyncIterator[Whole]:
    """The whole service over the story, once on each kind of database."""
    async with whole_service.serving(*story) as running:
        yield running
