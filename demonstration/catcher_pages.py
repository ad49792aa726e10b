"""Edge: the mails that the catcher holds, on pages that exist only in a trial on loopback."""

from aiohttp import web

from notifications.catcher import Catcher
from pages.page import ANYONE, Page
from pages.rendering import render
from people.access import NotFound

CATCHER = web.AppKey("CATCHER", Catcher)


async def mails(request: web.Request) -> web.StreamResponse:
    """Every mail caught so far, newest first."""
    caught = list(enumerate(request.app[CATCHER].mails))
    return render(request, "demonstration/mails.html", mails=list(reversed(caught)))


async def mail(request: web.Request) -> web.StreamResponse:
    """One mail: its head, its words, its calendar part."""
    number, caught = int(request.match_info["number"]), request.app[CATCHER].mails
    if number >= len(caught):
        raise NotFound
    found = caught[number]
    return render(request, "demonstration/mail.html", caught=found)


PAGES = (
    Page(name="demonstration-mails", path="/demonstration/mail", who=ANYONE, get=mails),
    Page(name="demonstration-mail", path=r"/demonstration/mail/{number:\d{1,6}}", who=ANYONE, get=mail),
)
