"""Edge: the link, the button and the code of everyone who holds a seat. Opening the link changes nothing.

The link is an address, not a key (reliability 3.3): GET and HEAD show a page with no personal data and set no cookie.
A code goes to the seat's own mail, and works in the browser that asked for it only.
"""

from datetime import timedelta

from aiohttp import web

from cases import entrance
from database.engine import Transaction
from database.ids import fingerprint
from meetings import register
from meetings.meeting import MeetingState
from pages.cookies import BROWSER, SEAT, browser_mark, drop_cookie, read_cookie, set_cookie
from pages.forms import read
from pages.keys import DATABASE, OFFICE, now, person
from pages.page import ANYONE, Page, see_other
from pages.page import SEAT as SEAT_CODES
from pages.public.signin import CodeForm
from pages.rendering import render
from people import links, sessions
from people.access import NotFound
from people.challenges import WrongCode
from people.proofs import Shown, short_of

LOCATOR = "{locator:[a-z2-7]{26}}"
DOORS_OPEN_BEFORE = timedelta(hours=3)  # a link used earlier than this leads to the person's own page


async def _link(request: web.Request) -> links.Link | None:
    async with request.app[DATABASE].read() as db:
        return await links.find(db, request.match_info["locator"])


async def show(request: web.Request) -> web.StreamResponse:
    """A button. The same page for every address, known or not, unless the meeting is over."""
    link = await _link(request)
    if link is not None and link.over_at is not None and link.over_at < now(request):
        return render(request, "room/over.html", home_address=None, family=False)
    return render(request, "room/link.html", locator=request.match_info["locator"])


async def send(request: web.Request) -> web.StreamResponse:
    """A code is on its way, if the address is somebody's; the answer is the same if it is not."""
    browser, fresh = browser_mark(request)
    locator = request.match_info["locator"]
    async with request.app[DATABASE].write() as db:
        await entrance.ask_code(db, request.app[OFFICE], locator, browser=browser, now=now(request))
    response = see_other(request.app.router["join-code"].url_for(locator=locator))
    if fresh:
        set_cookie(request, response, BROWSER, secret=fresh)
    return response


async def code(request: web.Request) -> web.StreamResponse:
    """Where the code is typed."""
    return render(request, "room/code.html", locator=request.match_info["locator"])


async def _address(request: web.Request, db: Transaction, attendance_id: str | None) -> str:
    """Where a person goes from the door: into the meeting when it is near, else to their own page."""
    router = request.app.router
    if attendance_id is not None:
        meeting = await register.meeting_of(db, attendance_id)
        near = meeting.starts - DOORS_OPEN_BEFORE <= now(request) <= meeting.ends + DOORS_OPEN_BEFORE
        if meeting.state == MeetingState.OPEN or (near and meeting.state == MeetingState.BOOKED):
            return str(router["door"].url_for(attendance=attendance_id))
    return str(router["seat-home"].url_for())


async def enter(request: web.Request) -> web.StreamResponse:
    """The right code opens a session for this seat, in this browser."""
    form = await read(request, CodeForm)
    locator = request.match_info["locator"]
    async with request.app[DATABASE].write() as db:
        opened = await entrance.enter_code(db, locator, form.code, browser=browser_mark(request)[0], now=now(request))
        address = await _address(request, db, opened.attendance_id) if opened else ""
    if opened is None:
        raise WrongCode
    response = see_other(address)
    set_cookie(request, response, SEAT, secret=opened.secret)
    return response


async def let_in(request: web.Request) -> web.StreamResponse:
    """Without a code: a place in the waiting room of this meeting, not confirmed, for the mediator to greet."""
    browser, fresh = browser_mark(request)
    locator = request.match_info["locator"]
    async with request.app[DATABASE].write() as db:
        opened = await entrance.ask_to_be_let_in(db, locator, browser=browser, now=now(request))
    response = see_other(request.app.router["door"].url_for(attendance=opened.attendance_id or ""))
    set_cookie(request, response, SEAT, secret=opened.secret)
    if fresh:
        set_cookie(request, response, BROWSER, secret=fresh)
    return response


HOMES = {"PA": "my", "YP": "my", "LA": "authority", "HB": "authority", "ED": "my-papers"}


async def seat_home(request: web.Request) -> web.StreamResponse:
    """A family's page, an officer's list, a school's papers; who only comes to a meeting has its door."""
    who, router = person(request), request.app.router
    name = HOMES.get(str(who.party)) if not short_of(who, Shown.CODE) else None
    if name is None and who.attendance_id is not None:
        return see_other(router["door"].url_for(attendance=who.attendance_id))
    return see_other(router[name or "home"].url_for())


async def seat_code(request: web.Request) -> web.StreamResponse:
    """Back to the button that sends a code: of the link that they came by, else of the one to their own page."""
    who = person(request)
    async with request.app[DATABASE].read() as db:
        found = [await links.of_attendance(db, who.attendance_id)] if who.attendance_id else []
        found.append(await links.of_seat(db, who.seat_id or ""))
    link = next((link for link in found if link is not None and link.works(now(request))), None)
    if link is None:
        raise NotFound
    return see_other(request.app.router["join"].url_for(locator=link.locator))


async def leave(request: web.Request) -> web.StreamResponse:
    """The session is over, on the server too; the link opens it again with a new code."""
    secret = read_cookie(request, SEAT)
    async with request.app[DATABASE].write() as db:
        if secret is not None:
            await sessions.end_seat(db, fingerprint(secret), now=now(request))
    response = see_other(request.app.router["home"].url_for())
    drop_cookie(request, response, SEAT)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


PAGES = (
    Page(name="join", path=f"/j/{LOCATOR}", who=ANYONE, get=show, post=send),
    Page(name="join-code", path=f"/j/{LOCATOR}/code", who=ANYONE, get=code, post=enter),
    Page(name="join-unproved", path=f"/j/{LOCATOR}/let-me-in", who=ANYONE, post=let_in, form="join"),
    Page(name="seat-home", path="/mine", who=SEAT_CODES, get=seat_home, shows=False, proof=Shown.NOTHING),
    Page(name="seat-code", path="/mine/code", who=SEAT_CODES, get=seat_code, shows=False, proof=Shown.NOTHING),
    Page(name="leave", path="/leave", who=SEAT_CODES, post=leave, shows=False, proof=Shown.NOTHING),
)
