"""Edge: the first page, and the few that explain: help, privacy, accessibility."""

from aiohttp import web

from pages.page import ANYONE, Handler, Page
from pages.rendering import render


def plain(template: str) -> Handler:
    """A page that only shows its template."""

    async def show(request: web.Request) -> web.StreamResponse:
        return render(request, template)

    return show


PAGES = (
    Page(name="home", path="/", who=ANYONE, get=plain("public/home.html")),
    Page(name="help", path="/help", who=ANYONE, get=plain("public/help.html")),
    Page(name="privacy", path="/privacy", who=ANYONE, get=plain("public/privacy.html")),
    Page(name="accessibility", path="/accessibility", who=ANYONE, get=plain("public/accessibility.html")),
)
