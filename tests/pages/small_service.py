"""A small service for tests of pages: the real frame, middleware and database, with the pages that a test names.

Addresses that a page only links to answer with their own name.
"""

import contextlib
from collections.abc import AsyncIterator, Iterable
from datetime import datetime
from typing import Any

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from multidict import CIMultiDict
from sqlalchemy import select

from database.engine import Database
from pages import static_files
from pages.cookies import SEAT, STAFF
from pages.keys import CLOCK, DATABASE, OFFICE, PRINTER, SETTINGS, PageSettings
from pages.middleware.gate import gate
from pages.middleware.headers import safe_headers
from pages.middleware.log import one_line
from pages.middleware.origin import same_origin
from pages.middleware.refusals import plain_answers
from pages.page import ANYONE, Page, add_pages
from pages.rendering import Built, prepare_templates
from people import sessions
from people.access import Person
from people.roles import AccountId
from people.schema import audit
from tests.records.stage import OFFICE as HOUSE

Client = TestClient[web.Request, web.Application]
LINKED = {
    "home": "/",
    "my": "/my",
    "seat-code": "/mine/code",
    "authority": "/authority",
    "advice": "/advice",
    "advice-call": "/advice/{matter}/call",
    "advice-choice": "/advice/{matter}/choice",
    "advice-facts": "/advice/{matter}/facts",
    "advice-certificate": "/advice/{matter}/certificate",
    "mediator": "/mediator",
    "sitting": "/mediator/sitting/{meeting}",
    "sitting-prepare": "/mediator/sitting/{meeting}/prepare",
    "desk-case": "/desk/case/{case}",
    "family-yes": "/desk/case/{case}/yes",
    "signin": "/sign-in",
    "second-factor": "/second-factor",
}


class Shown(Built):
    """Every built file is there, by its plain name."""

    def address(self, name: str) -> str:
        return f"/static/{name}"


async def _linked(request: web.Request) -> web.Response:
    return web.Response(text=request.path)


class NoGlyphMissing:
    """A printer that can print everything but one sign."""

    async def missing_glyphs(self, text: str) -> str:
        return "☃" if "☃" in text else ""


def service(database: Database, pages: Iterable[Page], *, moment: datetime) -> web.Application:
    """The service with these pages."""
    app = web.Application(middlewares=[one_line, safe_headers, plain_answers, same_origin, gate])
    app[DATABASE], app[OFFICE], app[CLOCK] = database, HOUSE, lambda: moment
    app[SETTINGS] = PageSettings(public_url="http://127.0.0.1")
    app[PRINTER] = NoGlyphMissing()  # type: ignore[misc]
    shown = [*pages]
    known = {page.name for page in shown}
    linked = [Page(name=name, path=path, who=ANYONE, get=_linked) for name, path in LINKED.items() if name not in known]
    add_pages(app, [*shown, *linked, *static_files.PAGES])
    prepare_templates(app, built=Shown())
    return app


async def cookie(database: Database, who: Person, now: datetime) -> dict[str, str]:
    """What the browser of somebody who came in sends."""
    async with database.write() as db:
        if who.kind == "staff":
            secret = await sessions.open_staff(
                db, AccountId(who.account_id or ""), second_factor=True, device="test", now=now
            )
            return {STAFF: secret}
        secret = await sessions.open_seat(
            db,
            seat_id=who.seat_id or "",
            case_id=who.case_id or "",
            attendance_id=None,
            proof=who.proof,
            now=now,
        )
        return {SEAT: secret}


@contextlib.asynccontextmanager
async def browser(
    database: Database, pages: Iterable[Page], who: Person | None, *, now: datetime
) -> AsyncIterator[Client]:
    """A browser in which this person has come in; it follows no redirect by itself."""
    cookies = await cookie(database, who, now) if who else {}
    server = TestServer(service(database, pages, moment=now))
    async with TestClient(server, cookies=cookies) as client:
        yield client


async def post(client: Client, path: str, **fields: Any) -> ClientResponse:
    """The form is sent; a list is a field sent several times."""
    pairs = [
        (name, str(each)) for name, value in fields.items() for each in (value if isinstance(value, list) else [value])
    ]
    return await client.post(path, data=CIMultiDict(pairs), allow_redirects=False)


async def get(client: Client, path: str) -> tuple[int, str]:
    """Status and words of a page."""
    answer = await client.get(path, allow_redirects=False)
    return answer.status, await answer.text()


async def views(database: Database) -> list[str]:
    """Every action of the audit list, the oldest first."""
    async with database.read() as db:
        return [row.action for row in await db.all(select(audit.c.action).order_by(audit.c.number))]
