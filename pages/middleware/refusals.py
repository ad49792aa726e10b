"""Edge: the one table from refusal to status and words, and the last layer under every request.

What a client sends never causes a 5xx: the faults of parsing are named where a body is read (`pages/forms.py`) and here
become 400, 413, 415 or 422. A busy database is 503 with Retry-After. Anything unnamed stays 500: it is logged with its
id, and the reader is told that id and nothing else.
"""

import contextlib
from collections.abc import Mapping

import structlog
from aiohttp import web
from sqlalchemy.exc import DBAPIError

from cases.file import StaleCase
from database.engine import Busy, is_busy
from database.refusal import Refusal
from meetings.attending import PlaceTaken
from pages.changes import AlreadyDone
from pages.forms import FormRefused, Unreadable, WrongType, sent
from pages.keys import FORM, REQUEST_ID, FormState
from pages.middleware.gate import SecondFactorFirst, SignInFirst, UseYourLink
from pages.middleware.origin import FromElsewhere, WrongHost
from pages.page import PAGE_OF, Handler, Page, page_of, see_other
from pages.rendering import render
from people.access import NotAllowed, NotFound
from people.proofs import CodeFirst
from people.second_factor import ShowProofAgain
from people.throttle import TooMany

log = structlog.get_logger("refusal")

STATUS: Mapping[type[Refusal], int] = {
    Busy: 503,
    FromElsewhere: 403,
    WrongHost: 421,
    WrongType: 415,
    Unreadable: 400,
    NotFound: 404,
    NotAllowed: 403,
    UseYourLink: 403,
    PlaceTaken: 403,
    TooMany: 429,
    StaleCase: 409,
}
OK, ORDINARY, AT_A_FIELD = 200, 409, 422
RETRY_SECONDS = {"Retry-After": "5"}
ELSEWHERE: Mapping[type[Refusal], str] = {
    SignInFirst: "signin",
    SecondFactorFirst: "second-factor",
    ShowProofAgain: "second-factor",
}


def status_of(refusal: Refusal) -> int:
    """The status of the nearest kind in the table; else 422 where a field is named, and 409 where none is."""
    for kind in type(refusal).__mro__:
        if kind in STATUS:
            return STATUS[kind]
    return AT_A_FIELD if refusal.field else ORDINARY


def _form_of(request: web.Request) -> Page | None:
    page = page_of(request)
    if page is None or request.method != "POST":
        return None
    named = request.app[PAGE_OF][page.form] if page.form else page
    return named if named.get else None


async def _again(request: web.Request, state: FormState, status: int) -> web.StreamResponse | None:
    """The page that shows the form, with what was typed and what to mend; None where there is no such page.

    The page's own refusal where it is not theirs, or no longer there: its words are not shown to them either.
    """
    page = _form_of(request)
    if page is None or page.get is None:
        return None
    request[FORM] = state
    response = await page.get(request)
    if response.status == OK:  # else the page leads on to where the person stands now
        response.set_status(status)
    return response


async def _typed(request: web.Request) -> dict[str, list[str]]:
    try:
        return await sent(request)
    except (Refusal, web.HTTPException):
        return {}


async def _refused(request: web.Request, refusal: Refusal) -> web.StreamResponse:
    status = status_of(refusal)
    for kind, name in ELSEWHERE.items():
        if isinstance(refusal, kind):
            return see_other(request.app.router[name].url_for())
    if "application/json" in request.headers.get("Accept", ""):  # the room's own page asks so
        return web.json_response({"words": refusal.words}, status=status)
    if status in (ORDINARY, AT_A_FIELD, STATUS[Busy], STATUS[TooMany]):
        state = FormState(typed=await _typed(request), errors={refusal.field or "form": refusal.words})
        with contextlib.suppress(Refusal):  # the page is gone with what was refused: then the words alone are shown
            again = await _again(request, state, status)
            if again is not None:
                again.headers.update(RETRY_SECONDS if isinstance(refusal, Busy) else {})
                return again
    return _explained(request, refusal)


def _explained(request: web.Request, refusal: Refusal) -> web.Response:
    return explain(request, status_of(refusal), refusal.words, code_first=isinstance(refusal, CodeFirst))


def explain(request: web.Request, status: int, words: str | None = None, *, code_first: bool = False) -> web.Response:
    """The page that says what happened, what is safe, and what can be done: first of all to ask for a code."""
    headers = RETRY_SECONDS if status == STATUS[Busy] else {}
    response = render(
        request,
        "refusal.html",
        status=status,
        words=words,
        code=request.get(REQUEST_ID, ""),
        code_first=code_first,
    )
    response.headers.update(headers)
    return response


def _http(request: web.Request, answer: web.HTTPException) -> web.StreamResponse:
    """What aiohttp itself refuses, as our own page."""
    words = NotFound().words if answer.status == STATUS[NotFound] else None  # as where a page is not theirs
    response = explain(request, answer.status, words)
    response.headers.update({name: answer.headers[name] for name in ("Allow",) if name in answer.headers})
    return response


async def _answer(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except AlreadyDone as done:
        return see_other(done.location)
    except FormRefused as refused:
        state = FormState(typed=refused.typed, errors=refused.errors)
        return await _again(request, state, AT_A_FIELD) or explain(request, AT_A_FIELD)
    except Refusal as refusal:
        return await _refused(request, refusal)
    except web.HTTPException as answer:
        return _http(request, answer)


@web.middleware
async def plain_answers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every refusal becomes its page; what nobody named becomes 500 with an id to read out."""
    try:
        return await _answer(request, handler)
    except Refusal as refusal:  # of the page that would have shown the form again
        return _explained(request, refusal)
    except web.HTTPException as answer:
        return _http(request, answer)
    except DBAPIError as fault:
        if is_busy(fault):
            return explain(request, STATUS[Busy], Busy().words)
        return _fault(request, fault)
    except Exception as fault:  # noqa: BLE001 - the last layer: nothing may leave without an answer
        return _fault(request, fault)


def _fault(request: web.Request, fault: Exception) -> web.Response:
    log.error("fault", action="fault", request=request.get(REQUEST_ID), exc_info=fault)
    return explain(request, 500)
