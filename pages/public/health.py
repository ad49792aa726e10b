"""Edge: is the process alive, and is everything there that a family would need?"""

import asyncio
from datetime import timedelta

from aiohttp import web
from sqlalchemy import func, select

from notifications.schema import message
from pages.keys import DATABASE, READY, now
from pages.page import ANYONE, Page

OLDEST_MAIL = timedelta(minutes=10)
PATIENCE_SECONDS = 3.0


async def healthz(_: web.Request) -> web.Response:
    """200 while the process answers at all."""
    return web.json_response({"alive": True})


async def _database(request: web.Request) -> dict[str, bool]:
    async with request.app[DATABASE].read() as db:
        waiting = select(func.count()).where(
            message.c.state.in_(("queued", "claimed")),
            message.c.next_at < now(request) - OLDEST_MAIL,
        )
        return {"database": True, "mail": not await db.scalar(waiting)}


async def _check(request: web.Request) -> dict[str, bool]:
    try:
        found = await asyncio.wait_for(_database(request), PATIENCE_SECONDS)
    except Exception:  # noqa: BLE001 - whatever it is, the answer is "not ready"
        found = {"database": False, "mail": False}
    for name, ask in request.app[READY].items():
        try:
            found[name] = await asyncio.wait_for(ask(), PATIENCE_SECONDS)
        except Exception:  # noqa: BLE001 - likewise
            found[name] = False
    return found


async def readyz(request: web.Request) -> web.Response:
    """200 when the database, its guards, the built pages, the video server and the mails are as they should be."""
    found = await _check(request)
    return web.json_response(found, status=200 if all(found.values()) else 503)


PAGES = (
    Page(name="healthz", path="/healthz", who=ANYONE, get=healthz, shows=False, any_host=True),
    Page(name="readyz", path="/readyz", who=ANYONE, get=readyz, shows=False, any_host=True),
)
