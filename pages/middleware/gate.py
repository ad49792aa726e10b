"""Edge: the gate: who asks is read from the session, and a page opens only to those it is for."""

from aiohttp import web

from cases import entrance
from database.ids import fingerprint
from database.refusal import Refusal
from pages.cookies import SEAT as SEAT_COOKIE
from pages.cookies import STAFF as STAFF_COOKIE
from pages.cookies import read_cookie
from pages.keys import DATABASE, PERSON, REQUEST_ID, now
from pages.page import ANYONE, SEAT, SIGNED, STAFF, Handler, Page, page_of
from people import sessions
from people.access import VISITOR, NotFound, Person
from people.proofs import CodeFirst, Shown, short_of

# Where there is no page, whoever asks is told so in the same frame as where there is one that is not for them.
NOWHERE = Page(name="nowhere", path="", who=STAFF | SEAT)


class SignInFirst(Refusal):
    """Please sign in to see this page."""


class SecondFactorFirst(Refusal):
    """Please show your second proof first."""


class UseYourLink(Refusal):
    """Open the link in your email or calendar first. It asks for a code, and then this page opens."""


async def _keep_awake(request: web.Request, person: Person) -> None:
    if sessions.stale(person, now=now(request)):  # written once a minute, so that a page that only shows need not write
        async with request.app[DATABASE].write() as db:
            await sessions.touch(db, person, now=now(request))


async def _staff(request: web.Request) -> Person | None:
    secret = read_cookie(request, STAFF_COOKIE)
    if secret is None:
        return None
    async with request.app[DATABASE].read() as db:
        return await sessions.staff_person(db, fingerprint(secret), request_id=request[REQUEST_ID], now=now(request))


async def _seat(request: web.Request) -> Person | None:
    secret = read_cookie(request, SEAT_COOKIE)
    if secret is None:
        return None
    async with request.app[DATABASE].read() as db:
        return await entrance.holder(db, fingerprint(secret), request_id=request[REQUEST_ID], now=now(request))


async def find_person(request: web.Request, page: Page) -> Person:
    """Who asks, as far as this page needs to know: staff for staff pages, a seat for seats' pages, else a visitor."""
    found: Person | None = None
    if page.who & STAFF:
        found = await _staff(request)
    if found is None and page.who & SEAT:
        found = await _seat(request)
    if found is not None:
        await _keep_awake(request, found)
    return found or VISITOR


def _admit(person: Person, page: Page) -> None:
    if page.who in (ANYONE, SIGNED):
        return
    if person.kind == "visitor":
        raise SignInFirst if page.who <= STAFF else UseYourLink
    if person.kind == "staff" and person.pending and not page.pending:
        raise SecondFactorFirst
    mine = {str(role) for role in person.roles} | ({str(person.party)} if person.party else set())
    if not mine & page.who:
        raise NotFound
    if short_of(person, page.proof):
        raise CodeFirst if page.proof is Shown.CODE else UseYourLink


@web.middleware
async def gate(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A page that is not for this person answers as if it were not there."""
    page = page_of(request)
    request[PERSON] = VISITOR
    request[PERSON] = await find_person(request, page or NOWHERE)
    if page is not None:
        _admit(request[PERSON], page)
    return await handler(request)
