"""Edge: what changes something must come from our own pages: `Sec-Fetch-Site` and `Origin`, on our own host only."""

import re

from aiohttp import web
from yarl import URL

from database.refusal import Refusal
from pages.keys import SETTINGS
from pages.middleware.headers import LINKS
from pages.page import SIGNED, Handler, page_of

SAFE = {"GET", "HEAD", "OPTIONS"}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
LOOPBACK_HOST = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?", re.ASCII)


class FromElsewhere(Refusal):
    """This did not come from our own page. Open the page again and try once more."""


class WrongHost(Refusal):
    """This service does not answer to that name."""


def _on_this_machine(public: URL, host: str) -> bool:
    """Whether the service is tried out on loopback, where any of its names and ports is as good as another."""
    return public.host in LOOPBACK and LOOPBACK_HOST.fullmatch(host) is not None


def _known(request: web.Request) -> bool:
    public, host = URL(request.app[SETTINGS].public_url), request.host.lower()
    # A browser leaves the usual port out of Host; the address with it is the same one (RFC 9110, 7.2).
    return host in {public.host_port_subcomponent, public.authority} or _on_this_machine(public, host)


def _ours(request: web.Request, *, socket: bool) -> bool:
    """Whether our own page began it. Browsers say so in `Origin`, on a socket always; others may omit it.

    The form of a link (`/j/`) is on a page without referrer, so its browser sends `Origin: null`; then the other word
    counts, `Sec-Fetch-Site`. Safari has that since 16.4 only, and a parent's old phone must get in: on a link, where
    nobody is signed in and SameSite keeps our cookies from what another site sends, the missing word is forgiven.
    """
    origin, site = request.headers.getall("Origin", []), request.headers.getall("Sec-Fetch-Site", [])
    if not set(site) <= {"same-origin", "none"}:
        return False
    if not origin:
        return not socket
    if origin == ["null"]:
        said = site == ["same-origin"] or (not site and request.path.startswith(LINKS))
        return said and not socket
    public = URL(request.app[SETTINGS].public_url)
    allowed = {str(public.origin())}
    if _on_this_machine(public, request.host):
        allowed.add(f"http://{request.host}")
    return set(origin) <= allowed


@web.middleware
async def same_origin(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses an unknown host, and any change or socket that another site began."""
    page, socket = page_of(request), request.headers.get("Upgrade", "").strip().lower() == "websocket"
    if not _known(request) and not (page and page.any_host):
        raise WrongHost
    changes = request.method not in SAFE or socket
    if changes and not (page and page.who == SIGNED) and not _ours(request, socket=socket):
        raise FromElsewhere
    return await handler(request)
