"""Edge: the papers of a family, and of a school that is a party: the list, and each as its PDF.

The council's pages are these same ones under their own addresses (`pages/authority/papers.py`).
"""

from aiohttp import web

from pages import paper_pages
from pages.keys import DATABASE, now, person
from pages.page import FAMILY, Page
from pages.rendering import render
from records import papers

PAPER = "{paper:[a-z2-7]{26}}"
HERE = FAMILY | {"ED"}


async def show(request: web.Request) -> web.StreamResponse:
    """Every paper that this person may open, and what is still being made."""
    who = person(request)
    async with request.app[DATABASE].read() as db:
        rows = await paper_pages.rows(request, db, person=who)
        coming = await paper_pages.on_the_way(db, person=who)
        drafts = await paper_pages.waiting(request, db, person=who)
        answered = await paper_pages.answered(request, db, person=who)
    return render(
        request,
        "family/papers.html",
        papers=rows,
        coming=coming,
        drafts=drafts,
        answered=answered,
        family=who.side == "family",
    )


async def paper(request: web.Request) -> web.StreamResponse:
    """The paper itself; that it was opened is written down."""
    async with request.app[DATABASE].write() as db:
        pdf = await papers.read(db, request.match_info["paper"], person=person(request), now=now(request))
    return paper_pages.inline(pdf)


PAGES = (
    Page(name="my-papers", path="/my/papers", who=HERE, get=show),
    Page(name="my-paper", path=f"/my/papers/{PAPER}", who=HERE, get=paper, shows=False),
)
