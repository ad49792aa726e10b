"""The pages of a co-mediator and a trainee: their day, the sitting, the room; and nobody else's at all."""

import contextlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime, time

import pytest
from aiohttp.test_utils import TestClient, TestServer

from cases.case import Side
from database.engine import Database
from meetings import register
from meetings.meeting import AttendanceState, MeetingState, Part
from meetings.room import floors
from meetings.room.floor import Floor, SeatKey
from meetings.room.video import open_video
from pages.keys import VIDEO
from pages.mediator import close, day, draft, prepare, prepare_rules, prepare_stages, rest
from pages.room import door, sitting
from people import accounts
from people.access import Person
from people.roles import Role
from people.signin import as_person
from scheduler import colleagues, diaries
from scheduler.diaries import Kind
from scheduler.slots import Opening
from tests.cases.house import OFFICE, staff
from tests.pages.small_service import Client, cookie, get, post, service
from tests.pages.whole_service import PART
from tests.servers.sitting import Sitting, open_sitting

MODULES = (sitting, close, draft, rest, day, prepare, prepare_rules, prepare_stages, door)
PAGES = tuple(page for module in MODULES for page in module.PAGES)
WORK = ("sitting-prepare", "mediator-draft", "mediator-rest", "mediator-close")
ALL_DAY = [Opening(weekday=weekday, opens=time(0), closes=time(23)) for weekday in range(5)]


@dataclass(frozen=True, kw_only=True)
class House:
    """A meeting that is on, its colleagues, and one mediator who has nothing to do with it."""

    database: Database
    open: Sitting
    now: datetime
    idris: Person
    ruth: Person
    nell: Person
    stranger: Person
    coordinator: Person

    @property
    def where(self) -> str:
        """The address of the sitting."""
        return f"/mediator/sitting/{self.open.meeting_id}"

    def work(self, name: str) -> str:
        """The address of a page of its preparation or its record."""
        (path,) = [page.path for page in PAGES if page.name == name]
        return PART.sub(self.open.meeting_id, path)

    async def floor(self) -> Floor:
        """Who is on it."""
        async with self.database.read() as db:
            found = await floors.load(db, self.open.meeting_id)
        assert found is not None
        return found

    async def agree(self) -> None:
        """Both sides say yes to the trainee."""
        async with self.database.write() as db:
            for side in (Side.FAMILY, Side.COUNCIL):
                await colleagues.say_yes(
                    db, OFFICE, self.open.meeting_id, side=side, person=self.coordinator, now=self.now
                )


@pytest.fixture
async def house(database: Database, moment: datetime) -> House:
    found = await open_sitting(database, now=moment)
    async with database.write() as db:
        (mina,) = await accounts.all_with_role(db, Role.COORDINATOR)
        (idris,) = await accounts.all_with_role(db, Role.MEDIATOR)
        ruth, nell, una = [
            await staff(db, name, Role.MEDIATOR, now=moment) for name in ("Ruth Sandhu", "Nell Orr", "Una Ray")
        ]
        for one in (ruth, nell):
            number = await diaries.diary_for(db, str(one.account_id), Kind.MEDIATOR)
            await diaries.set_hours(db, number, ALL_DAY)
        who = as_person(mina, proof="mail")
        for one, part in ((ruth, Part.CO_MEDIATOR), (nell, Part.TRAINEE)):
            await colleagues.add(
                db, OFFICE, found.meeting_id, account_id=str(one.account_id), part=part, person=who, now=moment
            )
    return House(
        database=database,
        open=found,
        now=moment + found.ahead,
        idris=as_person(idris, proof="mail"),
        ruth=ruth,
        nell=nell,
        stranger=una,
        coordinator=who,
    )


@contextlib.asynccontextmanager
async def browser_of(house: House, who: Person) -> AsyncIterator[Client]:
    """This person's browser, without a video server."""
    app = service(house.database, PAGES, moment=house.now)
    async with open_video(None) as app[VIDEO]:
        cookies = await cookie(house.database, who, house.now)
        async with TestClient(TestServer(app), cookies=cookies) as client:
            yield client


def main_of(text: str) -> str:
    return " ".join(text.partition("<main")[2].split())


async def test_the_meeting_stands_on_their_day_with_what_they_are_there_for(house: House) -> None:
    said = {}
    for name, who in (("idris", house.idris), ("ruth", house.ruth), ("nell", house.nell), ("una", house.stranger)):
        async with browser_of(house, who) as client:
            said[name] = main_of((await get(client, "/mediator"))[1])

    for name, word in (("idris", ""), ("ruth", " · co-mediator"), ("nell", " · trainee")):
        assert f"online{word}</p>" in said[name], name
        assert f'href="{house.where}"' in said[name]
    assert "Draft the record" in said["ruth"]
    assert "Draft the record" not in said["nell"]
    assert "No sitting is booked for you." in said["una"]


async def test_a_co_mediator_has_the_mediators_pages_and_desk(house: House) -> None:
    async with browser_of(house, house.ruth) as client:
        page = main_of((await get(client, house.where))[1])
        status, room = await get(client, f"{house.where}/room")
        work = [(await get(client, house.work(name)))[0] for name in WORK]
        placed = (await house.floor()).has(SeatKey("co-mediator"))
        out = await post(client, f"{house.where}/doors", act="put_out", attendance=house.open.parent.seat)
        left = await post(client, f"{house.where}/leave")
    async with house.database.read() as db:
        place = await register.load_attendance(db, house.open.parent.seat)

    assert "Idris Vaughan" in page
    assert "Nell Orr" in page
    assert "Cannot come in yet. We still wait for the yes of the family, the council." in page
    assert (status, 'data-role="mediator"' in room, 'data-admit="' in room) == (200, True, True)
    assert placed
    assert work == [200] * len(WORK)
    assert (out.status, place.state) == (303, AttendanceState.LEFT)
    assert (left.status, (await house.floor()).has(SeatKey("co-mediator"))) == (303, False)


async def test_a_trainee_waits_for_each_sides_yes_and_then_sees_the_desk_without_its_commands(house: House) -> None:
    async with browser_of(house, house.nell) as client:
        before = main_of((await get(client, house.where))[1])
        shut = await client.get(f"{house.where}/room", allow_redirects=False)
        words = await shut.text()
        await house.agree()
        after = main_of((await get(client, house.where))[1])
        status, room = await get(client, f"{house.where}/room")
        tries = [
            (await post(client, f"{house.where}/doors", act=act, attendance=house.open.parent.seat)).status
            for act in ("admit", "vouch", "put_out", "agree", "refuse")
        ]
        tries += [(await post(client, f"{house.where}/open")).status]
        tries += [(await client.get(house.work(name))).status for name in WORK]
        left = (await post(client, f"{house.where}/leave")).status
    async with house.database.read() as db:
        place = await register.load_attendance(db, house.open.parent.seat)
        meeting = await register.load(db, house.open.meeting_id)

    assert "We still wait for the yes of the family, the council." in before
    assert "Go in" not in before
    assert shut.status == 409
    assert "Not every side has said yes" in words
    assert "Go in" in after
    assert (status, 'data-role="mediator"' in room) == (200, True)
    assert 'data-admit="' not in room
    assert 'data-record="' not in room
    assert "Tessa" not in before + after
    assert tries == [404] * len(tries)
    assert (place.state, meeting.state) == (AttendanceState.ADMITTED, MeetingState.OPEN)
    assert (left, (await house.floor()).has(SeatKey("trainee"))) == (303, False)


def addresses(house: House) -> Iterator[tuple[str, str]]:
    """Everything that a sitting has, as method and address."""
    for end in ("", "/room", "/socket", "/open"):
        yield "GET", house.where + end
    for end in ("/open", "/doors", "/token", "/leave"):
        yield "POST", house.where + end
    for name in WORK:
        yield "GET", house.work(name)


async def test_a_mediator_who_is_not_of_this_meeting_finds_nothing(house: House) -> None:
    async with browser_of(house, house.stranger) as client:
        found = {}
        for method, path in addresses(house):
            sent = {"act": "admit", "attendance": house.open.parent.seat} if path.endswith("/doors") else {}
            answer = await client.request(method, path, data=sent or None, allow_redirects=False)
            found[method, path] = (answer.status, "Rowan" in await answer.text())
    assert found == dict.fromkeys(found, (404, False))


async def test_everybody_who_is_invited_reads_who_will_be_there(house: House) -> None:
    app, (name, _, secret) = service(house.database, PAGES, moment=house.now), house.open.parent.cookie.partition("=")
    async with open_video(None) as app[VIDEO], TestClient(TestServer(app), cookies={name: secret}) as client:
        text = (await get(client, f"/room/{house.open.parent.seat}/who"))[1]

    assert "Ruth S." in text
    assert "Co-mediator. Runs the meeting together with the mediator" in text
    assert "Nell O." in text
    assert "comes in only if every side has said yes" in text
