"""Edge: the directory of councils: who they are, and where a notice goes."""

from typing import ClassVar

from aiohttp import web

from cases import authorities, directory
from cases.authorities import Authority, AuthorityUnknown
from database.engine import Transaction
from pages.changes import change
from pages.forms import Email, Form, Name, PhoneOrNone, read
from pages.keys import DATABASE, now, person
from pages.page import COORDINATOR, Page
from pages.rendering import render
from people.access import NotFound


class ReachForm(Form):
    """Where a notice goes."""

    team: Name
    email: Email
    phone: PhoneOrNone = None
    WORDS: ClassVar = {"team": "Write the name of the team", "email": "Write the email that notices go to"}


class CouncilForm(ReachForm):
    """A new council."""

    name: Name
    WORDS: ClassVar = {**ReachForm.WORDS, "name": "Write the full name of the council"}


async def everybody(request: web.Request) -> web.StreamResponse:
    """Every council whose families come to us."""
    async with request.app[DATABASE].read() as db:
        return render(request, "coordinator/councils.html", councils=await authorities.all_active(db))


async def blank(request: web.Request) -> web.StreamResponse:
    """The form for a council that is not in the directory yet."""
    return render(request, "coordinator/council.html", council=None)


async def add(request: web.Request) -> web.StreamResponse:
    """The council is in the directory."""
    form = await read(request, CouncilForm)
    async with change(request) as made:
        await directory.add(
            made.db,
            name=form.name,
            team=form.team,
            email=form.email,
            phone=form.phone,
            person=person(request),
            now=now(request),
        )
        return await made.to("desk-councils")


async def _known(request: web.Request, db: Transaction) -> Authority:
    try:
        return await authorities.by_id(db, request.match_info["council"])
    except AuthorityUnknown as unknown:
        raise NotFound from unknown


async def show(request: web.Request) -> web.StreamResponse:
    """One council, to be changed."""
    async with request.app[DATABASE].read() as db:
        return render(request, "coordinator/council.html", council=await _known(request, db))


async def save(request: web.Request) -> web.StreamResponse:
    """Notices go where the form says."""
    form = await read(request, ReachForm)
    async with change(request) as made:
        council = await _known(request, made.db)
        await directory.change(
            made.db,
            council.id,
            team=form.team,
            email=form.email,
            phone=form.phone,
            person=person(request),
            now=now(request),
        )
        return await made.to("desk-councils")


PAGES = (
    Page(name="desk-councils", path="/desk/councils", who=COORDINATOR, get=everybody),
    Page(name="desk-council-new", path="/desk/councils/new", who=COORDINATOR, get=blank, post=add),
    Page(name="desk-council", path="/desk/councils/{council:[a-z2-7]{26}}", who=COORDINATOR, get=show, post=save),
)
