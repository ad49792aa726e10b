"""The coordinators' pages, served with the real middleware over a real database, and the people of an invented case."""

import contextlib
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from cases import advising, authorities, file, intake
from cases.case import Channel, Choice, Decision, Side
from cases.dossier import Matter
from cases.helper import Helper
from cases.script import Tick
from database.engine import Database
from pages import static_files
from pages.adviser import facts
from pages.coordinator import (
    accounts as accounts_pages,
)
from pages.coordinator import (
    assign,
    board,
    book,
    case,
    colleagues,
    contact,
    councils,
    diary,
    enquiry,
    family_yes,
    hours,
    live,
    meeting,
    messages,
    move,
    seats,
    times,
    venues,
)
from pages.keys import CLOCK, DATABASE, OFFICE, READY, SETTINGS, PageSettings
from pages.middleware.gate import gate
from pages.middleware.headers import safe_headers
from pages.middleware.log import one_line
from pages.middleware.origin import same_origin
from pages.middleware.refusals import plain_answers
from pages.page import Page, add_pages
from pages.public import home, signin
from pages.rendering import prepare_templates
from people import accounts, sessions
from people import signin as entering
from people.access import Person
from people.accounts import Account
from people.roles import Role
from scheduler import diaries
from scheduler.diaries import Kind
from scheduler.slots import Opening
from tests.pages.gallery.serving import office

OFFICE_OF_TESTS = office()
MODULES = (
    board,
    enquiry,
    family_yes,
    case,
    assign,
    contact,
    seats,
    times,
    book,
    meeting,
    colleagues,
    live,
    move,
    messages,
    diary,
    hours,
    venues,
    councils,
    accounts_pages,
    facts,
)
DESK_PAGES: tuple[Page, ...] = tuple(page for module in MODULES for page in module.PAGES)
KEY = re.compile(r'name="form_key" value="([a-z2-7]{26})"')
NINE_TO_FIVE = tuple(Opening(weekday=day, opens=time(9), closes=time(17)) for day in range(5))


async def nowhere(request: web.Request) -> web.StreamResponse:
    """The day of a mediator is another folder's page."""
    del request
    return web.Response(text="my day")


MEDIATORS_DAY = Page(name="mediator", path="/mediator", who=frozenset({"mediator"}), get=nowhere)
ADVISERS = tuple(
    Page(name=name, path=path, who=frozenset({"adviser"}), get=nowhere)
    for name, path in (
        ("advice", "/advice"),
        ("advice-call", "/advice/{matter}/call"),
        ("advice-choice", "/advice/{matter}/choice"),
        ("advice-certificate", "/advice/{matter}/certificate"),
    )
)


@dataclass(kw_only=True)
class Clock:
    """A clock that stands still until it is set."""

    moment: datetime

    def __call__(self) -> datetime:
        """The moment that it shows."""
        return self.moment


def application(database: Database, clock: Clock) -> web.Application:
    """The pages with the middleware of the service."""
    app = web.Application(
        client_max_size=256 * 1024,
        middlewares=[one_line, safe_headers, plain_answers, same_origin, gate],
    )
    app[DATABASE], app[OFFICE], app[READY] = database, OFFICE_OF_TESTS, {}
    app[CLOCK] = clock.__call__
    app[SETTINGS] = PageSettings(public_url="http://localhost:8080", demonstration=True)
    prepare_templates(app)
    pages = (*static_files.PAGES, *home.PAGES, *signin.PAGES, MEDIATORS_DAY, *ADVISERS, *DESK_PAGES)
    add_pages(app, pages)
    return app


@dataclass(kw_only=True)
class Desk:
    """A browser in which somebody is signed in, and what is in the database."""

    client: TestClient[web.Request, web.Application]
    database: Database
    clock: Clock
    staff: dict[str, Account] = field(default_factory=dict)
    secret: str = ""

    async def seat_ids(self, case_id: str) -> list[str]:
        """Everybody's seat in a case, the family's first."""
        async with self.database.read() as db:
            seats = await file.seats_of(db, case_id)
        return [seat.id for seat in sorted(seats, key=lambda seat: seat.side is not Side.FAMILY)]

    @property
    def now(self) -> datetime:
        """The moment of the clock."""
        return self.clock.moment

    def person(self, name: str) -> Person:
        """A member of staff, as an act sees them."""
        return entering.as_person(self.staff[name], proof="")

    async def sign_in(self, name: str) -> None:
        """From now on this browser is theirs."""
        async with self.database.write() as db:
            self.secret = await sessions.open_staff(
                db, self.staff[name].id, second_factor=True, device="test", now=self.now
            )
        self.client.session.cookie_jar.update_cookies({"evenhand-staff": self.secret}, self.client.make_url("/"))

    async def get(self, path: str, status: int = 200) -> str:
        """The page's text; its status is as it should be, and it holds no inline style or script."""
        answer = await self.client.get(path, allow_redirects=False)
        text = await answer.text()
        assert answer.status == status, (path, answer.status, text[:2000])
        assert " style=" not in text
        return text

    async def post(self, path: str, /, **typed: object) -> ClientResponse:
        """The form is sent once, under a fresh key unless one is given."""
        sent = [(name.replace("__", "-"), str(one)) for name, many in typed.items() for one in _many(many)]
        return await self.client.post(path, data=sent, allow_redirects=False)

    async def done(self, path: str, /, **typed: object) -> str:
        """The form is accepted; where it leads."""
        answer = await self.post(path, **typed)
        assert answer.status == 303, (path, answer.status, _errors(await answer.text()))
        return answer.headers["Location"]

    async def refused(self, path: str, status: int, /, **typed: object) -> list[str]:
        """The form is refused with this status; the sentences at the top of the page."""
        answer = await self.post(path, **typed)
        text = await answer.text()
        assert answer.status == status, (path, answer.status, text[:3000])
        return _errors(text)

    async def key_of(self, path: str) -> str:
        """The one-time key of the page's first form."""
        found = KEY.search(await self.get(path))
        assert found is not None
        return found.group(1)


def _many(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _errors(text: str) -> list[str]:
    summary = re.search(r'govuk-error-summary__list">(.*?)</ul>', text, re.DOTALL)
    said = re.findall(r"<li>.*?>([^<]*)</(?:a|span)>", summary.group(1) if summary else "")
    return said or re.findall(r"<h1[^>]*>(.*?)</h1>", text)


async def _staff(database: Database, now: datetime) -> dict[str, Account]:
    people = {
        "mina": ("Mina Farrow", Role.COORDINATOR),
        "joy": ("Joy Okoro", Role.ADVISER),
        "idris": ("Idris Vaughan", Role.MEDIATOR),
        "ruth": ("Ruth Sandhu", Role.MEDIATOR),
    }
    made = {}
    async with database.write() as db:
        for word, (name, role) in people.items():
            made[word] = await accounts.make(db, name=name, email=f"{word}@example.org", roles=[role], now=now)
        for word in ("idris", "ruth"):
            number = await diaries.diary_for(db, made[word].id, Kind.MEDIATOR)
            await diaries.set_hours(db, number, NINE_TO_FIVE)
    return made


@contextlib.asynccontextmanager
async def opened_desk(database: Database, moment: datetime) -> AsyncIterator[Desk]:
    """The desk, with Mina Farrow, coordinator, signed in; an adviser and two mediators who work nine to five."""
    clock = Clock(moment=moment)
    async with TestClient(TestServer(application(database, clock))) as client:
        desk = Desk(client=client, database=database, clock=clock, staff=await _staff(database, moment))
        await desk.sign_in("mina")
        yield desk


async def council(desk: Desk, name: str = "Northmere Borough Council") -> str:
    """A council of the directory."""
    async with desk.database.write() as db:
        known = {one.name: one.id for one in await authorities.all_active(db)}
        if name in known:
            return known[name]
        made = await authorities.add(
            db,
            name=name,
            team="SEND mediation team",
            email="send@northmere.test",
            now=desk.now,
        )
    return made.id


ROWAN = intake.Enquiry(
    told_by="PA",
    name="Tessa Arden",
    email="tessa@family.test",
    phone="+447700900142",
    child_first_name="Rowan",
    child_last_name="Arden",
    born=date(2016, 5, 19),
    authority_id="",
    decision=Decision.CONTENTS_B_F_I,
    letter_date=date(2026, 9, 14),
    sent_date=date(2026, 9, 14),
    about="Speech therapy was taken out",
    reach_note="Messages are safe; 9:30 to 2:30",
    needs=("time", "somebody"),
    needs_words="I find it hard when people talk fast",
)


async def _received(desk: Desk, told: intake.Enquiry) -> Matter:
    told = replace(told, authority_id=await council(desk))
    async with desk.database.write() as db:
        opened = await intake.receive(db, OFFICE_OF_TESTS, told, person=desk.person("mina"), now=desk.now)
        return (await file.matters_of(db, opened.id))[0]


async def rowan(desk: Desk) -> Matter:
    """Rowan A.'s case as it came in by the web, about the contents of a plan."""
    return await _received(desk, ROWAN)


async def another(desk: Desk, *, decision: Decision, child: str = "Kit", helper: Helper | None = None) -> Matter:
    """Another family's case, about this decision; the family has no email."""
    told = replace(ROWAN, name="Sam Moor", email=None, child_first_name=child, child_last_name="Moor", needs=(),
                   needs_words=None, decision=decision, helper=helper)  # fmt: skip
    return await _received(desk, told)


async def advised(desk: Desk, matter: Matter, choice: Choice = Choice.MEDIATION) -> Matter:
    """Joy Okoro has the case, has advised, and the family has chosen."""
    await desk.done(f"/desk/case/{matter.case_id}/assign", duty="adviser", account=desk.staff["joy"].id)
    talk = advising.Talk(
        matter_id=matter.id, given_at=desk.now, channel=Channel.PHONE, ticks=tuple(tick.value for tick in Tick)
    )
    said = advising.Said(matter_id=matter.id, choice=choice, told_at=desk.now, channel=Channel.PHONE)
    async with desk.database.write() as db:
        joy = desk.person("joy")
        await advising.record_advice(db, OFFICE_OF_TESTS, talk, person=joy, now=desk.now)
        return await advising.record_choice(db, OFFICE_OF_TESTS, said, person=joy, now=desk.now)


async def with_mediator(desk: Desk, matter: Matter) -> None:
    """Idris Vaughan has the case."""
    await desk.done(
        f"/desk/case/{matter.case_id}/assign",
        duty="mediator",
        account=desk.staff["idris"].id,
        independent="yes",
    )
