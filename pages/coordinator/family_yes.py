"""Edge: where somebody wrote for a family: the family's yes is written down, by its adviser or a coordinator."""

from datetime import date, time
from typing import Annotated, ClassVar

from aiohttp import web
from pydantic import BeforeValidator

from cases import asking, file
from cases.case import Channel
from cases.dossier import CaseFile
from database.engine import Transaction
from pages.adviser.call import when_said
from pages.changes import change
from pages.coordinator.case import people_of
from pages.coordinator.enquiry import among
from pages.forms import Form, read
from pages.keys import DATABASE, OFFICE, now, person
from pages.moments import LONDON, read_time
from pages.page import ADVISER, COORDINATOR, Page
from pages.rendering import render
from people.access import Person, require
from people.roles import Role

HOW = {
    Channel.PHONE.value: "By phone",
    Channel.VIDEO.value: "On a video call",
    Channel.EMAIL.value: "By email",
    Channel.POST.value: "By letter",
    Channel.IN_PERSON.value: "In person",
}


class YesForm(Form):
    """When and how the family said yes."""

    DATES: ClassVar = ("day",)
    WORDS: ClassVar = {"day": "Write the day", "hour": "Write the time, like 10:20", "channel": "Say how"}
    day: date
    hour: Annotated[time, BeforeValidator(lambda value: read_time(str(value)))]
    channel: Annotated[str, among(HOW, "Say how")]


async def _case(db: Transaction, request: web.Request, asker: Person) -> CaseFile:
    case = await file.load_case(db, request.match_info["case"])
    require(asker, "case.read", relation=await asking.relation(db, asker, case))
    return case


async def show(request: web.Request) -> web.StreamResponse:
    """Who wrote, how the family is reached, and the form for its yes."""
    async with request.app[DATABASE].read() as db:
        case = await _case(db, request, person(request))
        seats = [seat for seat in await file.seats_of(db, case.id) if seat.side == "family"]
    local = now(request).astimezone(LONDON)
    return render(
        request,
        "coordinator/family_yes.html",
        case=case,
        people=people_of(seats, contact=True),
        how=HOW,
        today=local.date(),
        hour=f"{local:%H:%M}",
    )


async def keep(request: web.Request) -> web.StreamResponse:
    """The family has said yes, and its case goes on."""
    form, asker = await read(request, YesForm), person(request)
    at = when_said(form.day, form.hour)
    async with change(request) as made:
        case = await _case(made.db, request, asker)
        await asking.note_yes(
            made.db,
            request.app[OFFICE],
            case.id,
            at=at,
            channel=Channel(form.channel),
            person=asker,
            now=now(request),
        )
        if Role.COORDINATOR in asker.roles:
            return await made.to("desk-case", case=case.id)
        return await made.to("advice-call", matter=(await file.matters_of(made.db, case.id))[-1].id)


PAGES = (
    Page(
        name="family-yes",
        path="/desk/case/{case:[a-z2-7]{26}}/yes",
        who=COORDINATOR | ADVISER,
        get=show,
        post=keep,
    ),
)
