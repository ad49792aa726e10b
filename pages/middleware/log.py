"""Edge: one line a request: ids, the page's name, the answer and how long it took; never a name or an address."""

import time

import structlog
from aiohttp import web

from database.ids import new_id
from pages.keys import REQUEST_ID
from pages.page import Handler, page_of

log = structlog.get_logger("request")


@web.middleware
async def one_line(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The request has an id of its own, and its line is written when it is answered."""
    request[REQUEST_ID] = new_id()
    started = time.perf_counter()
    response = await handler(request)
    page = page_of(request)
    log.info(
        "request",
        action=f"{request.method} {page.name if page else 'nowhere'}",
        status=response.status,
        request=request[REQUEST_ID],
        milliseconds=round((time.perf_counter() - started) * 1000, 1),
    )
    return response
