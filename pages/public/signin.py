"""Edge: the way in for staff: work email, link and code, second proof; and the way out."""

from typing import Annotated

from aiohttp import web
from pydantic import BeforeValidator

from database.ids import fingerprint
from pages.cookies import BROWSER, STAFF, browser_mark, drop_cookie, read_cookie, set_cookie
from pages.forms import Email, Form, read
from pages.keys import DATABASE, OFFICE, SETTINGS, now, person
from pages.page import ANYONE, Page, see_other
from pages.page import STAFF as STAFF_ROLES
from pages.rendering import render
from people import signin
from people.challenges import WrongCode

NEW_HOME = {"coordinator": "desk", "adviser": "advice", "mediator": "mediator"}


def _digits(value: object) -> str:
    digits = "".join(sign for sign in str(value)[:40] if not sign.isspace())
    if not (digits.isascii() and digits.isdigit() and len(digits) == 6):
        raise ValueError("Write the 6 numbers of your code")
    return digits


class EmailForm(Form):
    """Whose code is asked for."""

    email: Email


class CodeForm(Form):
    """The six numbers, however they were spaced."""

    code: Annotated[str, BeforeValidator(_digits)]
    WORDS = {"code": "Write the 6 numbers of your code"}  # noqa: RUF012 - pydantic keeps class variables by name


async def ask_page(request: web.Request) -> web.StreamResponse:
    """Whose work email is it?"""
    return render(request, "public/sign_in/ask.html")


async def ask(request: web.Request) -> web.StreamResponse:
    """A code is on its way if the address is known; the answer is the same if it is not."""
    form = await read(request, EmailForm)
    browser, fresh = browser_mark(request)
    async with request.app[DATABASE].write() as db:
        await signin.ask(db, request.app[OFFICE], form.email, browser=browser, now=now(request))
    response = see_other(request.app.router["signin-code"].url_for())
    if fresh:
        set_cookie(request, response, BROWSER, secret=fresh)
    return response


async def code_page(request: web.Request) -> web.StreamResponse:
    """Where the code is typed; opening it changes nothing."""
    return render(request, "public/sign_in/code.html")


async def enter(request: web.Request) -> web.StreamResponse:
    """The right code opens a session for this browser."""
    form = await read(request, CodeForm)
    # Not all that a browser says of itself is text: bytes that are none would stop the row that is to hold it.
    device = "".join(sign for sign in request.headers.get("User-Agent", "")[:400] if sign.isprintable())[:80]
    async with request.app[DATABASE].write() as db:
        opened = await signin.enter(
            db,
            form.code,
            browser=browser_mark(request)[0],
            device=device,
            second_factor_required=not request.app[SETTINGS].demonstration,
            now=now(request),
        )
    if opened is None:
        raise WrongCode
    known = "second-factor" if opened.pending else "staff-home"
    # A demonstration asks nobody for a second proof, so it sends nobody to set one up.
    after = known if opened.enrolled or request.app[SETTINGS].demonstration else "enrol"
    response = see_other(request.app.router[after].url_for())
    set_cookie(request, response, STAFF, secret=opened.secret)
    return response


async def staff_home(request: web.Request) -> web.StreamResponse:
    """A member of staff begins at their own day."""
    for role, name in NEW_HOME.items():
        if role in {str(mine) for mine in person(request).roles}:
            return see_other(request.app.router[name].url_for())
    return see_other(request.app.router["enrol"].url_for())


async def leave(request: web.Request) -> web.StreamResponse:
    """The session is over, on the server too."""
    secret = read_cookie(request, STAFF)
    async with request.app[DATABASE].write() as db:
        if secret is not None:
            await signin.sign_out(db, fingerprint(secret), person=person(request), now=now(request))
    response = see_other(request.app.router["home"].url_for())
    drop_cookie(request, response, STAFF)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


PAGES = (
    Page(name="signin", path="/sign-in", who=ANYONE, get=ask_page, post=ask),
    Page(name="signin-code", path="/sign-in/code", who=ANYONE, get=code_page, post=enter),
    Page(name="staff-home", path="/staff", who=STAFF_ROLES, get=staff_home, shows=False),
    Page(name="sign-out", path="/sign-out", who=STAFF_ROLES, post=leave, shows=False, pending=True),
)
