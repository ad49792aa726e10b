"""Through the real lines: a mediator who comes to the desk half a minute after opening the sitting just begins."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from database.engine import DatabaseSettings, open_database
from tests.conftest import SERVICE_KEY
from tests.flows.stage import served
from tests.servers.sitting import Screen, Sitting, open_sitting, screens, until

SOON = 5.0


@pytest.fixture
async def sitting(sqlite_url: str) -> Sitting:
    """Opened half a minute ago by the service's clock, both sides let in, and no line open yet."""
    async with open_database(DatabaseSettings(url=sqlite_url, service_key=SERVICE_KEY)) as database:
        return await open_sitting(database, now=datetime.now(UTC))


@pytest.fixture
async def url(sitting: Sitting, sqlite_url: str, tmp_path: Path) -> AsyncIterator[str]:
    async with served(tmp_path, sqlite_url, sitting.environment, port=0) as running:
        yield running.url


def stands(screen: Screen) -> tuple[object, ...]:
    floor = screen.floor or {}
    return floor["mode"], floor["paused"], floor["mediator"]["came"], set(floor["held"])


async def test_both_sides_wait_held_alike_and_the_mediator_begins_without_a_word(sitting: Sitting, url: str) -> None:
    sides = {sitting.parent.seat, sitting.officer.seat}
    async with screens(url, sitting.parent, sitting.officer) as (parent, officer):
        await until(lambda: parent.here() == officer.here() == sides, SOON, "each sees the other")
        assert [stands(one) for one in (parent, officer)] == [("unattended", None, False, sides)] * 2
        async with screens(url, sitting.mediator) as (mediator,):
            await until(lambda: "mediator" in parent.here() & officer.here(), SOON, "both see the mediator")
            everyone = (mediator, parent, officer)
            assert [stands(one) for one in everyone] == [("mediator_speaks", None, True, set())] * 3
            await mediator.say("set_mode", mode="queue")
            await parent.say("raise_hand")
            await until(lambda: mediator.queue() == [parent.way.seat], SOON, "the desk sees the hand")
            await mediator.say("give_next", seat=parent.way.seat)
            assert await until(lambda: officer.holder() == parent.way.seat, SOON, "the officer sees who speaks") < SOON
