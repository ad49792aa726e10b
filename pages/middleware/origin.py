"""Edge: what changes something must come from our own pages: `Sec-Fetch-Site` and `Origin`, on our own host only."""

from aiohttp import web
from yarl import URL

from database.refusal import Refusal
from pages.keys import SETTINGS
from pages.page import SIGNED, Handler, page_of

SAFE = {"GET", "HEAD", "OPTIONS"}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class FromElsewhere(Refusal):
    """This did not come from our own page. Open the page again and try once more."""


class WrongHost(Refusal):
    """This service does not answer to that name."""


def _known(request: web.Request) -> bool:
    public = URL(request.app[SETTINGS].public_url)
    try:
        asked = URL(f"//{request.host}")
        host = asked.host
    except ValueError:
        return False
    return request.host == public.authority or (public.host in LOOPBACK and host in LOOPBACK)


def _ours(request: web.Request) -> bool:
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if origin is None or origin == "null":
        return origin is None and site in (None, "same-origin", "none")
    allowed = {str(URL(request.app[SETTINGS].public_url).origin()), f"{request.scheme}://{request.host}"}
    return origin in allowed


@web.middleware
async def same_origin(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses an unknown host, and any change or socket that another site began."""
    if not _known(request):
        raise WrongHost
    page = page_of(request)
    changes = request.method not in SAFE or request.headers.get("Upgrade", "").lower() == "websocket"
    if changes and not (page and page.who == SIGNED) and not _ours(request):
        raise FromElsewhere
    return await handler(request)
