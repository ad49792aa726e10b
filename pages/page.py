"""Edge: what a page is: an address, who may come, what it shows and what it takes."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from aiohttp import web
from yarl import URL

from people.proofs import Shown

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

ANYONE = frozenset({"anyone"})
SIGNED = frozenset({"signed"})  # the caller proves itself by a signature in the request (LiveKit's webhooks)
COORDINATOR = frozenset({"coordinator"})
ADVISER = frozenset({"adviser"})
MEDIATOR = frozenset({"mediator"})
STAFF = frozenset({"coordinator", "adviser", "mediator", "administrator", "data_lead"})
SEAT = frozenset({"PA", "YP", "LA", "SU", "IN", "PR", "HB", "ED"})
FAMILY = frozenset({"PA", "YP"})
AUTHORITY = frozenset({"LA", "HB"})


@dataclass(frozen=True, kw_only=True)
class Page:
    """One address. `who` are role words of staff, party codes of seats, or anyone; `form` names the page that shows
    the form when what was sent here is refused; `shows` is False for what has no face (sockets, files, redirects).
    """

    name: str
    path: str
    who: frozenset[str]
    get: Handler | None = None
    post: Handler | None = None
    form: str | None = None
    shows: bool = True
    pending: bool = False  # may be reached by staff who have yet to show their second factor
    proof: Shown = Shown.CODE  # what the holder of a seat must have shown: pages of the door and the room ask less
    any_host: bool = False  # answers by whatever name or number it is asked: who asks (a load balancer) knows no other


PAGE_OF: web.AppKey[dict[str, Page]] = web.AppKey("PAGE_OF", dict)


def add_pages(app: web.Application, pages: Iterable[Page]) -> None:
    """Every page answers at its address; the middleware can find the page of a request."""
    known = app.setdefault(PAGE_OF, {})
    for page in pages:
        if page.name in known:
            raise ValueError(f"two pages are called {page.name}")
        known[page.name] = page
        resource = app.router.add_resource(page.path, name=page.name)
        if page.get:
            resource.add_route("GET", page.get)
            resource.add_route("HEAD", page.get)  # the same answer without its body
        if page.post:
            resource.add_route("POST", page.post)


def page_of(request: web.Request) -> Page | None:
    """The page that a request asks for; None when there is none at its address."""
    route = request.match_info.route
    name = route.resource.name if route.resource is not None else None
    return request.app[PAGE_OF].get(name) if name else None


def see_other(location: str | URL) -> web.Response:
    """The browser goes on to this page of ours, by GET."""
    return web.Response(status=303, headers={"Location": str(location)})
