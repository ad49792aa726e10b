"""Edge: a try to reach the family is written down, by the mediator or by a coordinator; a success ends the promise."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Annotated, Any, ClassVar

from aiohttp import web
from pydantic import BeforeValidator

from cases import contact, in_order, work
from cases.case import Channel, Side
from cases.dossier import Contact
from cases.working_days import day_of
from pages.changes import change
from pages.coordinator import case_dates
from pages.coordinator.case import opened, people_of, plainly
from pages.coordinator.enquiry import among
from pages.forms import Form, FormRefused, TextOrNone, read, sent
from pages.keys import DATABASE, now, person
from pages.page import COORDINATOR, MEDIATOR, Page
from pages.rendering import render
from people.roles import Role
from scheduler.spans import moment

CHANNELS = {
    Channel.PHONE.value: "By phone",
    Channel.VIDEO.value: "On a video call",
    Channel.EMAIL.value: "By email",
    Channel.IN_PERSON.value: "In person",
}
YES_NO = {"yes": True, "no": False}
HOURS, MINUTES = range(24), range(60)


def read_clock(text: Any) -> time:
    """A time of day as people write it: 16:05, 9.30 or 9; ValueError in words otherwise."""
    written = str(text).strip().replace(".", ":")[:10]
    hour, _, minute = written.partition(":")
    parts = (hour, minute or "0")
    if not all(part.isascii() and part.isdigit() and len(part) <= 2 for part in parts):
        raise ValueError("Write the time like 16:05")
    if int(parts[0]) not in HOURS or int(parts[1]) not in MINUTES:
        raise ValueError(f"There is no such time. You wrote {written}")
    return time(int(parts[0]), int(parts[1]))


Clock = Annotated[time, BeforeValidator(read_clock)]


class ContactForm(Form):
    """One try."""

    DATES: ClassVar = ("day",)
    WORDS: ClassVar = {
        "reached": "Say whether you reached them",
        "channel": "Say how",
        "day": "Write the day, for example 8 10 2026",
        "time": "Write the time like 16:05",
    }
    reached: Annotated[str, among(YES_NO, WORDS["reached"])]
    channel: Annotated[str, among(CHANNELS, WORDS["channel"])]
    day: date
    time: Clock
    note: TextOrNone = None


def _tag(one: Contact, chosen_at: datetime | None) -> tuple[str, str]:
    if not one.reached:
        return "wait", "No answer"
    if in_order.keeps_promise(one.at, chosen_at=chosen_at):
        return "done", "Reached"
    return "calm", "Reached before their choice, so the 24 hours run on"


def _calls(contacts: Sequence[Contact], chosen_at: datetime | None) -> list[dict[str, object]]:
    return [
        {
            "at": one.at,
            "channel": one.channel.words,
            "tag": _tag(one, chosen_at),
            "note": one.note,
        }
        for one in reversed(contacts)
    ]


async def show(request: web.Request) -> web.StreamResponse:
    """The form, the promise with the time that is left, and the calls so far."""
    moment_now = now(request)
    async with request.app[DATABASE].read() as db:
        case = await opened(db, request.match_info["case"], person(request))
        calls = await work.contacts_of(db, case.matter.id)
    promise = case_dates.contact(case.matter, moment_now)
    family = [seat for seat in case.seats if seat.side is Side.FAMILY]
    may_ring = plainly(person(request), "contact.read", case.relation)
    return render(
        request,
        "coordinator/contact.html",
        case=case.case,
        channels=list(CHANNELS.items()),
        today=day_of(moment_now),
        clocks=[promise] if promise else [],
        calls=_calls(calls, case.matter.chosen_at),
        numbers=[one for one in people_of(family, contact=may_ring) if one.phone or one.email or one.address],
    )


async def _at(request: web.Request, form: ContactForm, *, received: datetime) -> datetime:
    """When it was; FormRefused for a moment that is still to come, or before there was a case."""
    at = moment(form.day, form.time)
    if at > now(request):
        raise FormRefused({"time": "This moment is still to come. Write down when it was"}, await sent(request))
    if day_of(at) < day_of(received):
        raise FormRefused({"day": "That was before the family wrote to us. Check the day"}, await sent(request))
    return at


async def log(request: web.Request) -> web.StreamResponse:
    """The try is written down."""
    form = await read(request, ContactForm)
    async with change(request) as made:
        case = await opened(made.db, request.match_info["case"], person(request))
        at = await _at(request, form, received=case.matter.received_at)
        await contact.log(
            made.db,
            case.matter.id,
            at=at,
            channel=Channel(form.channel),
            reached=YES_NO[form.reached],
            note=form.note,
            person=person(request),
            now=now(request),
        )
        if Role.COORDINATOR in person(request).roles:
            return await made.to("desk-case", case=case.case.id)
        return await made.to("mediator")


PAGES = (
    Page(
        name="desk-contact",
        path="/desk/case/{case:[a-z2-7]{26}}/contact",
        who=COORDINATOR | MEDIATOR,
        get=show,
        post=log,
    ),
)
