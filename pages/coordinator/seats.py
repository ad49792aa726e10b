"""Edge: the people of a case: a seat is given, corrected, or taken back."""

from dataclasses import replace
from typing import Annotated, Any, ClassVar

from aiohttp import web

from cases import file, seating
from cases.case import Side, Standing
from cases.dossier import NewSeat, Seat
from database.engine import Transaction
from meetings.room import admission
from pages.changes import change
from pages.coordinator.case import Opened, opened, people_of
from pages.coordinator.desk_words import side_word
from pages.coordinator.enquiry import among
from pages.forms import EMPTY_IS_NONE, EmailOrNone, Form, FormRefused, Name, PhoneOrNone, line_of, read, sent
from pages.keys import DATABASE, now, person
from pages.page import COORDINATOR, Page
from pages.rendering import render
from people.access import NotFound
from people.roles import Party

KINDS = {party.value: party.words[:1].upper() + party.words[1:] for party in Party}
SIDES = {side.value: side_word(side) for side in Side}
STANDINGS = {
    Party.SUPPORTER: Standing.SUPPORTER,
    Party.INTERPRETER: Standing.LANGUAGE_WORKER,
    Party.PROFESSIONAL: Standing.WITNESS,
    Party.YOUNG_PERSON: Standing.YOUNG_PERSON,
}
# What somebody is says whose side they are on, where there is only one answer.
ITS_SIDE = {
    Party.PARENT: Side.FAMILY,
    Party.YOUNG_PERSON: Side.FAMILY,
    Party.COUNCIL: Side.COUNCIL,
    Party.HEALTH: Side.HEALTH,
    Party.SETTING: Side.SCHOOL,
}
LONGEST_TITLE = 80


class SeatForm(Form):
    """One person of the case."""

    WORDS: ClassVar = {
        "name": "Write their name",
        "kind": "Say who they are",
        "side": "Say whose side they are on",
    }
    name: Name
    kind: Annotated[str, among(KINDS, WORDS["kind"])]
    side: Annotated[str, among(SIDES, WORDS["side"])]
    title: Annotated[Annotated[str, line_of(LONGEST_TITLE)] | None, EMPTY_IS_NONE] = None
    email: EmailOrNone = None
    phone: PhoneOrNone = None
    helps: Annotated[str | None, EMPTY_IS_NONE] = None


def _errors(form: SeatForm) -> dict[str, str]:
    party, side = Party(form.kind), Side(form.side)
    errors = {}
    if party in ITS_SIDE and ITS_SIDE[party] is not side:
        errors["side"] = f"A {party.words} is here for {ITS_SIDE[party].words}"
    if party is Party.SUPPORTER and side is Side.NOBODY:
        errors["side"] = "A supporter belongs to one side. Say whose"
    if not (form.email or form.phone):
        errors["email"] = "Write an email or a phone number, so that we can reach them"
    return errors


async def _read(request: web.Request) -> NewSeat:
    form = await read(request, SeatForm)
    if errors := _errors(form):
        raise FormRefused(errors, await sent(request))
    if form.helps and form.helps not in await _helpable(request):
        raise FormRefused({"helps": "Choose one of the people of this case"}, await sent(request))
    party = Party(form.kind)
    return NewSeat(
        side=Side(form.side),
        standing=STANDINGS.get(party, Standing.PRINCIPAL),
        party=party,
        name=form.name,
        title=form.title or "",
        email=form.email,
        phone=form.phone,
        helps=form.helps if party is Party.INTERPRETER else None,
    )


async def _helpable(request: web.Request) -> dict[str, str]:
    async with request.app[DATABASE].read() as db:
        case = await opened(db, request.match_info["case"], person(request))
    return _interpreted(case)


def _interpreted(case: Opened) -> dict[str, str]:
    """Whom an interpreter may interpret for, by seat."""
    return {seat.id: seat.label for seat in case.seats if seat.standing is not Standing.LANGUAGE_WORKER}


def _shown(case: Opened) -> dict[str, Any]:
    helped = list(_interpreted(case).items())
    return {"case": case.case, "kinds": list(KINDS.items()), "sides": list(SIDES.items()), "helped": helped}


async def everybody(request: web.Request) -> web.StreamResponse:
    """Who has a seat, and the form for one more."""
    async with request.app[DATABASE].read() as db:
        case = await opened(db, request.match_info["case"], person(request))
    people = people_of(case.seats, contact=True)
    return render(request, "coordinator/seats.html", people=people, seat=None, **_shown(case))


async def add(request: web.Request) -> web.StreamResponse:
    """They have a seat, and a link of their own."""
    new = await _read(request)
    async with change(request) as made:
        case = await opened(made.db, request.match_info["case"], person(request))
        await seating.add(made.db, case.case.id, new, person=person(request), now=now(request))
        return await made.to("desk-seats", case=case.case.id)


async def _seat(db: Transaction, request: web.Request) -> Seat:
    seat = await file.load_seat(db, request.match_info["seat"])
    if seat.case_id != request.match_info["case"] or seat.revoked_at is not None:
        raise NotFound
    return seat


async def show(request: web.Request) -> web.StreamResponse:
    """One person, to be corrected."""
    async with request.app[DATABASE].read() as db:
        case = await opened(db, request.match_info["case"], person(request))
        seat = await _seat(db, request)
    return render(request, "coordinator/seat.html", seat=seat, **_shown(case))


async def save(request: web.Request) -> web.StreamResponse:
    """The seat holds what the form says; how to reach them and what they need stay as they were."""
    new = await _read(request)
    async with change(request) as made:
        seat = await _seat(made.db, request)
        kept = replace(
            new,
            standing=seat.standing if seat.party is new.party else new.standing,
            address=seat.address,
            reach=seat.reach,
            reach_note=seat.reach_note,
            needs=seat.needs,
            needs_words=seat.needs_words,
        )
        await seating.edit(made.db, seat.id, kept, person=person(request), now=now(request))
        return await made.to("desk-seats", case=seat.case_id)


async def revoke(request: web.Request) -> web.StreamResponse:
    """They lose everything in this case at once."""
    async with change(request) as made:
        seat = await _seat(made.db, request)
        await admission.revoke_seat(made.db, seat.id, person=person(request), now=now(request))
        return await made.to("desk-seats", case=seat.case_id)


CASE = "/desk/case/{case:[a-z2-7]{26}}/people"
SEAT = CASE + "/{seat:[a-z2-7]{26}}"
PAGES = (
    Page(name="desk-seats", path=CASE, who=COORDINATOR, get=everybody, post=add),
    Page(name="desk-seat", path=SEAT, who=COORDINATOR, get=show, post=save),
    Page(name="desk-seat-revoke", path=f"{SEAT}/revoke", who=COORDINATOR, post=revoke, form="desk-seat"),
)
