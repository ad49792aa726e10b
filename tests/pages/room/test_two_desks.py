"""Through the real lines: two mediators and a trainee at one sitting, each at a desk of their own."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from cases.case import Side
from database.engine import DatabaseSettings, open_database
from meetings.meeting import Part
from meetings.room import desks
from people import accounts, sessions
from people.roles import AccountId, Role
from people.signin import as_person
from scheduler import colleagues, diaries
from scheduler.diaries import Kind
from scheduler.slots import Opening
from tests.cases.house import OFFICE, staff
from tests.conftest import SERVICE_KEY
from tests.flows.stage import served
from tests.servers.sitting import STAFF_COOKIE, Sitting, Way, open_sitting, screens, until

SOON = 5.0
ALWAYS = [Opening(weekday=day, opens=time(0), closes=time(23, 45)) for day in range(7)]


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
        ways = []
        async with database.write() as db:
            (mina,) = await accounts.all_with_role(db, Role.COORDINATOR)
            who, then = as_person(mina, proof="mail"), now + sitting.ahead
            for name, part in (("Ruth Sandhu", Part.CO_MEDIATOR), ("Nell Orr", Part.TRAINEE)):
                one = await staff(db, name, Role.MEDIATOR, now=now)
                number = await diaries.diary_for(db, str(one.account_id), Kind.MEDIATOR)
                await diaries.set_hours(db, number, ALWAYS)
                await colleagues.add(
                    db, OFFICE, sitting.meeting_id, account_id=str(one.account_id), part=part, person=who, now=now
                )
                if part is Part.TRAINEE:
                    for side in (Side.FAMILY, Side.COUNCIL):
                        await colleagues.say_yes(db, OFFICE, sitting.meeting_id, side=side, person=who, now=now)
                key = await desks.come_in(db, sitting.meeting_id, person=one, now=then)
                account = AccountId(str(one.account_id))
                secret = await sessions.open_staff(db, account, second_factor=True, device="test", now=then)
                ways.append(Way(seat=key, path=sitting.mediator.path, cookie=f"{STAFF_COOKIE}={secret}"))
    return Two(sitting=sitting, second=ways[0], trainee=ways[1])


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
