"""Edge: the application: its places opened in one order and closed in the other, its middleware, its pages."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import structlog
from aiohttp import web

from database.engine import DatabaseSettings, open_database
from database.ids import new_id
from meetings.room.lines import open_lines
from meetings.room.together import Turns
from meetings.room.video import VideoSettings, open_video
from notifications.smtp import MailSettings, open_mailer
from notifications.wording import Office
from pages.keys import CLOCK, DATABASE, LINES, MAILER, OFFICE, PRINTER, READY, SETTINGS, TURNS, VIDEO, PageSettings
from pages.malformed import Runner
from pages.middleware.gate import gate
from pages.middleware.headers import safe_headers
from pages.middleware.log import one_line
from pages.middleware.origin import same_origin
from pages.middleware.refusals import plain_answers
from pages.page import add_pages
from pages.rendering import prepare_templates
from pages.room.spreading import SPREADER, open_spreader
from pages.routes import ALL
from records.pdf import open_printer
from scheduler.clock import run_clock
from scheduler.rounds import Places
from scheduler.workers import when_left_alone

LARGEST_BODY = 256 * 1024
STOP_SECONDS = 5.0
log = structlog.get_logger("service")


def real_clock() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class ServiceSettings:
    """One frozen value of small frozen values, one for each place."""

    database: DatabaseSettings
    office: Office
    mail: MailSettings
    video: VideoSettings | None
    pages: PageSettings
    host: str = "127.0.0.1"
    port: int = 8080
    several: bool = False  # other workers listen on the same port
    clock: Callable[[], datetime] = field(default=real_clock)


def _database(settings: ServiceSettings) -> Callable[[web.Application], AsyncIterator[None]]:
    async def open_(app: web.Application) -> AsyncIterator[None]:
        async with open_database(settings.database) as app[DATABASE]:
            yield

    return open_


def _mailer(settings: ServiceSettings) -> Callable[[web.Application], AsyncIterator[None]]:
    async def open_(app: web.Application) -> AsyncIterator[None]:
        async with open_mailer(settings.mail) as app[MAILER]:
            yield

    return open_


async def _printer(app: web.Application) -> AsyncIterator[None]:
    async with open_printer() as app[PRINTER]:
        yield


def _video(settings: ServiceSettings) -> Callable[[web.Application], AsyncIterator[None]]:
    async def open_(app: web.Application) -> AsyncIterator[None]:
        async with open_video(settings.video) as app[VIDEO]:
            yield

    return open_


async def _lines(app: web.Application) -> AsyncIterator[None]:
    async with open_lines(new_id()) as app[LINES]:
        yield


async def _spreader(app: web.Application) -> AsyncIterator[None]:
    async with open_spreader(app[DATABASE], app[LINES], app[VIDEO], clock=app[CLOCK]) as app[SPREADER]:
        app[TURNS] = turns = Turns(app[DATABASE], app[SPREADER].has)
        with app[DATABASE].bell.listening("floor:", turns.heard):
            yield


async def _clock(app: web.Application) -> AsyncIterator[None]:
    places = Places(
        database=app[DATABASE],
        office=app[OFFICE],
        mailer=app[MAILER],
        printer=app[PRINTER],
        video=app[VIDEO],
        lines=app[LINES],
        worker=app[LINES].worker,
        clock=app[CLOCK],
    )
    async with run_clock(places):
        yield


def build(settings: ServiceSettings) -> web.Application:
    """The application, with nothing opened yet."""
    app = web.Application(
        client_max_size=LARGEST_BODY,
        middlewares=[one_line, safe_headers, plain_answers, same_origin, gate],
    )
    app[OFFICE], app[SETTINGS], app[CLOCK], app[READY] = settings.office, settings.pages, settings.clock, {}
    prepare_templates(app)
    add_pages(app, ALL)
    app.cleanup_ctx.extend(
        [_database(settings), _mailer(settings), _printer, _video(settings), _lines, _spreader, _clock],
    )
    return app


async def _close_lines(app: web.Application) -> None:
    # Open sockets would hold the stop for as long as they live; their browsers come back by themselves.
    await app[LINES].close_all()


@contextlib.asynccontextmanager
async def serving(settings: ServiceSettings, app: web.Application | None = None) -> AsyncIterator[str]:
    """Inside the block the service answers; the value is its address. Afterwards it has stopped, within seconds."""
    app = app or build(settings)
    app.on_shutdown.append(_close_lines)
    runner = Runner(app, shutdown_timeout=STOP_SECONDS, handle_signals=False)
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.host, settings.port, reuse_port=settings.several or None)
        await site.start()
        log.info("service", action="service.start", port=settings.port)
        yield settings.pages.public_url
    finally:
        await runner.cleanup()
        log.info("service", action="service.stop")


async def until_told(*, kept: bool = False) -> None:
    """Returns when the process is told to stop, by SIGTERM or SIGINT; a worker also when its keeper is gone."""
    told = asyncio.Event()
    for order in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(order, told.set)
    with when_left_alone(told.set) if kept else contextlib.nullcontext():
        await told.wait()


async def serve(settings: ServiceSettings, *, kept: bool = False) -> None:
    """The service answers until it is told to stop."""
    async with serving(settings):
        await until_told(kept=kept)
