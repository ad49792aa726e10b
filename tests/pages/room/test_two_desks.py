"""Through the real lines: two mediators and a trainee at one sitting, each at a desk of their own."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from database.engine import DatabaseSettings, open_database
from meetings.meeting import Part
from tests.conftest import SERVICE_KEY
from tests.flows.stage import served
from tests.servers.colleagues import colleague
from tests.servers.sitting import Sitting, Way, open_sitting, screens, until

SOON = 5.0


@dataclass(frozen=True, kw_only=True)
class Two:
    """A sitting with its two colleagues, who have come in."""

    sitting: Sitting
    second: Way
    trainee: Way


@pytest.fixture
async def two(sqlite_url: str) -> Two:
    now = datetime.now(UTC)
    async with open_database(DatabaseSettings(url=sqlite_url, service_key=SERVICE_KEY)) as database:
        sitting = await open_sitting(database, now=now)
        async with database.write() as db:
            second = await colleague(db, sitting, "Ruth Sandhu", Part.CO_MEDIATOR, now=now)
            trainee = await colleague(db, sitting, "Nell Orr", Part.TRAINEE, now=now)
    return Two(sitting=sitting, second=second, trainee=trainee)


@pytest.fixture
async def url(two: Two, sqlite_url: str, tmp_path: Path) -> AsyncIterator[str]:
    async with served(tmp_path, sqlite_url, two.sitting.environment, port=0) as running:
        yield running.url


async def test_both_mediators_lead_from_desks_of_their_own_and_a_trainee_sees_one_and_leads_nothing(
    two: Two, url: str
) -> None:
    async with screens(url, two.sitting.mediator, two.second, two.trainee, two.sitting.parent) as shown:
        mediator, second, trainee, parent = shown
        both = {"mediator", "co-mediator", "trainee", parent.way.seat}
        await until(lambda: all(one.here() == both for one in shown), SOON, "everybody sees everybody")
        await second.say("set_mode", mode="queue")
        await until(lambda: all((one.floor or {})["mode"] == "queue" for one in shown), SOON, "all see the new mode")
        with pytest.raises(AssertionError, match="refused"):
            await trainee.say("set_mode", mode="open_talk")
        await parent.say("raise_hand")
        await until(lambda: mediator.queue() == second.queue() == [parent.way.seat], SOON, "both see the hand")

    assert {one.way.seat for one in shown if any(frame["kind"] == "doors" for frame in one.frames)} == {
        "mediator",
        "co-mediator",
    }
    desks_seen = {one.way.seat for one in shown if any("desk" in frame for frame in one.frames)}
    assert desks_seen == {"mediator", "co-mediator", "trainee"}
    assert (second.floor is None) or second.floor["mode"] == "queue"
