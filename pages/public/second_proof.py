"""Edge: the second proof of staff: set up an app or a passkey, and show one at each later sign-in."""

import ipaddress
import json

from aiohttp import web
from markupsafe import Markup
from yarl import URL

from database.refusal import Refusal
from pages.cookies import STAFF as STAFF_COOKIE
from pages.cookies import set_cookie
from pages.forms import BROKEN_BODY, Unreadable, read
from pages.keys import DATABASE, OFFICE, SETTINGS, now, person
from pages.page import STAFF, Page, see_other
from pages.public.signin import CodeForm
from pages.rendering import render
from people import accounts, second_factor
from people.accounts import Account
from people.second_factor import WrongProof


class NotSetUp(Refusal):
    """No second proof has been set up. Ask a coordinator to set you up again."""


async def _me(request: web.Request) -> Account:
    async with request.app[DATABASE].read() as db:
        found = await accounts.by_id(db, person(request).account_id or "")
    if found is None:
        raise NotSetUp
    return found


def _place(request: web.Request) -> tuple[str, str]:
    public = URL(request.app[SETTINGS].public_url)
    return public.host or "localhost", str(public.origin())


def named(host: str) -> bool:
    """Whether a passkey can be made for this host: browsers make one for a name, and none for a bare number."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return True
    return False


async def show(request: web.Request) -> web.StreamResponse:
    """The app's six numbers, or the passkey; who has neither sets one up."""
    me = await _me(request)
    if not me.has_second_factor:
        return see_other(request.app.router["enrol"].url_for())
    return render(request, "public/sign_in/second_factor.html", has_totp=me.has_totp, has_passkey=me.passkeys > 0)


async def prove(request: web.Request) -> web.StreamResponse:
    """The right numbers let the session through, under a fresh secret."""
    form = await read(request, CodeForm)
    async with request.app[DATABASE].write() as db:
        secret = await second_factor.show(db, form.code, person=person(request), now=now(request))
    if secret is None:
        raise WrongProof
    response = see_other(request.app.router["staff-home"].url_for())
    set_cookie(request, response, STAFF_COOKIE, secret=secret)
    return response


async def enrol_page(request: web.Request) -> web.StreamResponse:
    """A picture to scan, its key as text, and a passkey for browsers that can make one."""
    me = await _me(request)
    if person(request).pending and me.has_second_factor:
        return see_other(request.app.router["second-factor"].url_for())
    async with request.app[DATABASE].read() as db:
        made = await second_factor.enrol(db, house=request.app[OFFICE].house.name, person=person(request))
    picture = Markup(made.picture[made.picture.index("<svg") :])  # noqa: S704 - drawn by our own library from our own text
    return render(
        request,
        "public/sign_in/enrol.html",
        has_totp=me.has_totp,
        passkeys=me.passkeys,
        named=named(_place(request)[0]),
        later=not (person(request).pending or request.app[SETTINGS].demonstration),
        picture=picture,
        secret=made.secret,
    )


async def enrol(request: web.Request) -> web.StreamResponse:
    """The app's first numbers make it the account's second proof."""
    form = await read(request, CodeForm)
    async with request.app[DATABASE].write() as db:
        made = await second_factor.confirm(db, form.code, person=person(request), now=now(request))
    if made is None:
        raise WrongProof
    response = see_other(request.app.router["staff-home"].url_for())
    if made.secret is not None:
        set_cookie(request, response, STAFF_COOKIE, secret=made.secret)
    return response


async def options(request: web.Request) -> web.StreamResponse:
    """What the browser needs for a passkey: to show one, or to make one."""
    given = await _given(request)
    async with request.app[DATABASE].write() as db:
        text = await second_factor.passkey_options(
            db,
            showing=_showing(given),
            host=_place(request)[0],
            house=request.app[OFFICE].house.name,
            person=person(request),
            now=now(request),
        )
    return web.json_response(text=text)


def _showing(given: dict[str, object]) -> bool:
    return given.get("asked") == "get"


async def _given(request: web.Request) -> dict[str, object]:
    try:
        answer = json.loads(await request.text())
    except BROKEN_BODY as broken:
        raise Unreadable from broken
    if not isinstance(answer, dict):
        raise Unreadable
    return answer


async def answer(request: web.Request) -> web.StreamResponse:
    """The passkey is added, or it was shown; where the session waited for it, it goes on under a fresh secret."""
    given, (host, origin), who = await _given(request), _place(request), person(request)
    prove_or_add = second_factor.show_passkey if _showing(given) else second_factor.add_passkey
    async with request.app[DATABASE].write() as db:
        secret = await prove_or_add(db, given, host=host, origin=origin, person=who, now=now(request))
    response = web.json_response({"location": str(request.app.router["staff-home"].url_for())})
    if secret is not None:
        set_cookie(request, response, STAFF_COOKIE, secret=secret)
    return response


PAGES = (
    Page(name="second-factor", path="/second-factor", who=STAFF, get=show, post=prove, pending=True),
    Page(name="enrol", path="/second-factor/set-up", who=STAFF, get=enrol_page, post=enrol, pending=True),
    Page(
        name="passkey-options",
        path="/second-factor/passkey/options",
        who=STAFF,
        post=options,
        shows=False,
        pending=True,
    ),
    Page(
        name="passkey-answer", path="/second-factor/passkey/answer", who=STAFF, post=answer, shows=False, pending=True
    ),
)
