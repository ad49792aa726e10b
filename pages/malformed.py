"""Edge: what cannot be read as a request at all never reaches a page; it is answered here, as plainly as the rest.

aiohttp answers it below every middleware, with a page of its own that repeats what was sent (aio-libs/aiohttp#3287 asks
for a way to change that). Until there is one, its three public classes are given our own `handle_error`.
"""

import asyncio
from http import HTTPStatus

import structlog
from aiohttp import web

from pages.keys import SETTINGS
from pages.middleware.headers import owed

UNREADABLE = "We could not read this request. Please open the page again.\n"
OURS = "Something went wrong with us. Please try again.\n"
log = structlog.get_logger("malformed")


class _Connection(web.RequestHandler):
    """One connection of a browser."""

    __slots__ = ("_headers",)

    def __init__(self, server: web.Server, headers: dict[str, str]) -> None:
        # Each request has its line from `middleware/log.py`; aiohttp's own would name the address that it came from.
        super().__init__(server, loop=asyncio.get_running_loop(), access_log=None)  # type: ignore[arg-type]
        self._headers = headers

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, *_: object, **__: object
    ) -> web.StreamResponse:
        """One line that names the kind of the fault, and an answer that tells nothing; the connection ends.

        What else aiohttp says of it repeats what was sent, and is left unsaid.
        """
        ours = status >= HTTPStatus.INTERNAL_SERVER_ERROR
        if ours:
            log.error("fault", action="fault", status=status, exc_info=exc)
        else:
            log.warning("malformed", action="malformed", status=status, fault=type(exc).__name__)
        if request.writer.output_size > 0:
            raise ConnectionError("another answer has begun")
        response = web.Response(status=status, text=OURS if ours else UNREADABLE, headers=self._headers)
        response.force_close()
        return response


class _Server(web.Server):
    """Makes such connections."""

    def __init__(self, made: web.Server, headers: dict[str, str]) -> None:
        super().__init__(
            made.request_handler,
            request_factory=made.request_factory,
            handler_cancellation=made.handler_cancellation,
        )
        self._headers = headers

    def __call__(self) -> web.RequestHandler:
        return _Connection(self, self._headers)


class Runner(web.AppRunner):
    """Runs the application, and answers what never reaches it."""

    async def _make_server(self) -> web.Server:
        return _Server(await super()._make_server(), owed(self.app[SETTINGS]))
