"""Edge: who takes a case: the adviser or the mediator is chosen, and told."""

from typing import Annotated, ClassVar

from aiohttp import web
from pydantic import AfterValidator

from cases import assigning, work
from cases.dossier import Duty
from database.engine import Transaction
from pages.changes import change
from pages.coordinator import case_dates
from pages.coordinator.case import Opened, opened
from pages.coordinator.enquiry import among
from pages.coordinator.times import looks_like_id
from pages.forms import Form, FormRefused, read, sent
from pages.keys import DATABASE, FORM, OFFICE, now, person
from pages.page import COORDINATOR, Page
from pages.rendering import render
from people import accounts
from people.accounts import Account

THEN = {
    Duty.ADVISER: ("The case stands on their day at once.", "They ring the family and give information and advice."),
    Duty.MEDIATOR: (
        "They get a mail with the case’s number, and the case stands on their day.",
        "The family is told who its mediator is, and by when they ring.",
    ),
}


def _somebody(value: str) -> str:
    if not looks_like_id(value):
        raise ValueError("Choose somebody")
    return value


class AssignForm(Form):
    """Who takes it, and for what."""

    duty: Annotated[str, among({duty.value: duty for duty in assigning.ROLE_FOR}, "Say for what")]
    account: Annotated[str, AfterValidator(_somebody)]
    independent: str = ""
    WORDS: ClassVar = {"account": "Choose somebody"}


def _duty(request: web.Request, case: Opened) -> Duty:
    asked = request[FORM].value("duty") if FORM in request else request.query.get("duty", "")
    if asked in set(assigning.ROLE_FOR):
        return Duty(asked)
    return Duty.MEDIATOR if case.matter.choice is not None else Duty.ADVISER


async def _items(db: Transaction, people: list[Account], duty: Duty) -> list[tuple[str, str]]:
    holding = [holder.account_id for holder in await work.all_holders(db) if holder.duty is duty]
    return [(one.id, f"{one.name} ({holding.count(one.id)})") for one in people]


async def choose(request: web.Request) -> web.StreamResponse:
    """The colleagues who do this work, with how many cases each has."""
    async with request.app[DATABASE].read() as db:
        case = await opened(db, request.match_info["case"], person(request))
        duty = _duty(request, case)
        people = await accounts.all_with_role(db, assigning.ROLE_FOR[duty])
        items = await _items(db, people, duty)
    promise = case_dates.contact(case.matter, now(request)) if duty is Duty.MEDIATOR else None
    return render(
        request,
        "coordinator/assign.html",
        case=case.case,
        duty=duty.value,
        items=items,
        chosen=case.holders[duty].account_id if duty in case.holders else None,
        clocks=[promise] if promise else [],
        then=THEN[duty],
    )


async def give(request: web.Request) -> web.StreamResponse:
    """They have the case."""
    form = await read(request, AssignForm)
    if form.duty == Duty.MEDIATOR and form.independent != "yes":
        raise FormRefused({"independent": "Ask them first, and tick this when they have said so"}, await sent(request))
    async with change(request) as made:
        case = await opened(made.db, request.match_info["case"], person(request))
        await assigning.assign(
            made.db,
            request.app[OFFICE],
            case.matter.id,
            account_id=form.account,
            duty=Duty(form.duty),
            person=person(request),
            now=now(request),
        )
        return await made.to("desk-case", case=case.case.id)


PAGES = (
    Page(name="desk-assign", path="/desk/case/{case:[a-z2-7]{26}}/assign", who=COORDINATOR, get=choose, post=give),
)
