"""Edge: the people who work here: invited, given roles, switched off and on, their second proof reset."""

from typing import ClassVar

from aiohttp import web

from database.engine import Transaction
from pages.changes import change
from pages.coordinator.desk_words import Tag
from pages.forms import Email, Form, FormRefused, Name, read, sent
from pages.keys import DATABASE, OFFICE, now, person
from pages.page import COORDINATOR, Page
from pages.rendering import render
from pages.spelling import first_up
from people import accounts, second_factor, staffing
from people.access import NotFound
from people.accounts import Account
from people.roles import Role

OFFERED = (Role.COORDINATOR, Role.ADVISER, Role.MEDIATOR)
OFFICE_STAFF = COORDINATOR


class RolesForm(Form):
    """What somebody does here."""

    MANY: ClassVar = ("roles",)
    roles: tuple[str, ...] = ()


class InviteForm(RolesForm):
    """A new colleague."""

    name: Name
    email: Email
    WORDS: ClassVar = {"name": "Write their name", "email": "Write their work email"}


def _state(one: Account) -> Tag:
    if not one.active:
        return "wait", "Switched off"
    return ("done", "Signs in") if one.first_signed_in_at else ("wait", "Invited")


def _proof(one: Account) -> str:
    ways = (["app"] if one.has_totp else []) + ([f"passkeys: {one.passkeys}"] if one.passkeys else [])
    return ", ".join(ways) if ways else "None yet"


def _roles(one: Account) -> str:
    return ", ".join(role.words for role in Role if role in one.roles) or "None"


async def everybody(request: web.Request) -> web.StreamResponse:
    """Everybody who can sign in, and the form to invite one more."""
    async with request.app[DATABASE].read() as db:
        found = await accounts.everybody(db)
    rows = [
        {"id": one.id, "name": one.name, "roles": _roles(one), "state": _state(one), "proof": _proof(one)}
        for one in found
    ]
    roles = [(role.value, first_up(role.words)) for role in OFFERED]
    return render(request, "coordinator/colleagues.html", accounts=rows, roles=roles)


async def _given(request: web.Request, form: RolesForm) -> frozenset[Role]:
    """The roles that were ticked; FormRefused when none was, or one that is not given here."""
    if not form.roles or not set(form.roles) <= {role.value for role in OFFERED}:
        raise FormRefused({"roles": "Tick what they do here"}, await sent(request))
    return frozenset(Role(role) for role in form.roles)


async def invite(request: web.Request) -> web.StreamResponse:
    """They have an account and a mail that says how to sign in."""
    form = await read(request, InviteForm)
    roles = await _given(request, form)
    async with change(request) as made:
        await staffing.invite(
            made.db,
            request.app[OFFICE],
            name=form.name,
            email=form.email,
            roles=roles,
            person=person(request),
            now=now(request),
        )
        return await made.to("desk-people")


async def _known(db: Transaction, request: web.Request) -> Account:
    found = await accounts.by_id(db, request.match_info["account"])
    if found is None:
        raise NotFound
    return found


async def show(request: web.Request) -> web.StreamResponse:
    """One colleague."""
    async with request.app[DATABASE].read() as db:
        one = await _known(db, request)
    return render(
        request,
        "coordinator/colleague.html",
        account=one,
        roles=[(role.value, first_up(role.words)) for role in OFFERED],
        held=tuple(role.value for role in one.roles),
        proof=_proof(one),
        has_proof=one.has_second_factor,
        mine=one.id == person(request).account_id,
    )


async def save(request: web.Request) -> web.StreamResponse:
    """They have these roles from their next page on; roles that are not given here stay."""
    roles = await _given(request, await read(request, RolesForm))
    async with change(request) as made:
        one = await _known(made.db, request)
        kept = one.roles - frozenset(OFFERED)
        await staffing.give_roles(made.db, one.id, roles | kept, person=person(request), now=now(request))
        return await made.to("desk-people")


async def _switch(request: web.Request, *, on: bool) -> web.StreamResponse:
    async with change(request) as made:
        one = await _known(made.db, request)
        await staffing.switch(made.db, one.id, on=on, person=person(request), now=now(request))
        return await made.to("desk-person", account=one.id)


async def switch_off(request: web.Request) -> web.StreamResponse:
    """They are signed out everywhere, and cannot sign in."""
    return await _switch(request, on=False)


async def switch_on(request: web.Request) -> web.StreamResponse:
    """They can sign in again."""
    return await _switch(request, on=True)


async def reset(request: web.Request) -> web.StreamResponse:
    """Their second proof is gone; the next sign-in asks for a new one."""
    async with change(request) as made:
        one = await _known(made.db, request)
        await second_factor.reset(made.db, one.id, person=person(request), now=now(request))
        return await made.to("desk-person", account=one.id)


ONE = "/desk/people/{account:[a-z2-7]{26}}"
PAGES = (
    Page(name="desk-people", path="/desk/people", who=OFFICE_STAFF, get=everybody, post=invite),
    Page(name="desk-person", path=ONE, who=OFFICE_STAFF, get=show, post=save),
    Page(name="desk-person-off", path=f"{ONE}/off", who=OFFICE_STAFF, post=switch_off, form="desk-person"),
    Page(name="desk-person-on", path=f"{ONE}/on", who=OFFICE_STAFF, post=switch_on, form="desk-person"),
    Page(name="desk-person-reset", path=f"{ONE}/reset", who=OFFICE_STAFF, post=reset, form="desk-person"),
)
