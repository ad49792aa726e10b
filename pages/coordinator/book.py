"""Edge: booking one free time: what it does to every date, whom it tells, and then all of it in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aiohttp import web
from yarl import URL

from cases import file, holiday_list
from cases.working_days import day_of
from database.engine import Transaction
from meetings import venue_list
from meetings.venue_list import Place
from meetings.venues import NotEnoughRooms
from notifications.when import full_day
from pages.changes import change
from pages.coordinator.case import Opened, opened, people_of
from pages.coordinator.conditions import WhenForm, allowed, choices_of, read_moment, short_words
from pages.coordinator.slots_shown import Slot, Wish, rooms_for, this_one
from pages.coordinator.times import LENGTHS, looks_like_id, mediators_of, where_words
from pages.days import clock_hours
from pages.forms import read
from pages.keys import DATABASE, FORM, OFFICE, now, person
from pages.page import COORDINATOR, Page
from pages.rendering import render
from people.access import NotFound
from scheduler import booking
from scheduler.booking import Proposal
from scheduler.diaries import Free
from scheduler.finding import nearest


class BookForm(WhenForm):
    """A meeting that is to be booked."""

    mediator: str = ""
    minutes: str = ""
    seats: tuple[str, ...] = ()


def asked(request: web.Request) -> Mapping[str, str]:
    """The time that the page is about: from the form that was refused, or from the address."""
    names = ("starts", "minutes", "mediator", "venue")
    if FORM in request and request[FORM].typed:
        return {name: request[FORM].value(name) for name in names}
    return {name: request.query.get(name, "") for name in names}


def told(case: Opened, mediator: str, seat_ids: set[str] | None = None) -> list[dict[str, str]]:
    """Whom a booking, a move or a cancellation tells, and how."""
    rows = [
        {
            "letter": one.letter,
            "word": one.word,
            "name": one.name,
            "how": "by email" if one.email else "no email: ring or write to them",
        }
        for one in people_of(case.seats, contact=True)
        if seat_ids is None or one.id in seat_ids
    ]
    return [*rows, {"letter": "n", "word": "Mediator", "name": mediator, "how": "by email"}]


def slot_shown(slot: Slot, mediator: str, place: Place | None) -> dict[str, Any]:
    """A time as the top of the page shows it."""
    return {
        "starts": slot.starts,
        "ends": slot.ends,
        "mediator": mediator,
        "where": where_words(place),
        "edge": slot.edge.value,
        "lines": slot.cells,
    }


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """A time as our own pages ask for it."""

    starts: datetime
    minutes: int
    mediator_id: str
    place: Place | None


def _minutes(text: str) -> int:
    """The length; NotFound for one that no page of ours asks."""
    lengths = {str(minutes): minutes for minutes in LENGTHS}
    if text not in lengths:
        raise NotFound
    return lengths[text]


async def _ask(db: Transaction, wanted: Mapping[str, str], names: Mapping[str, str]) -> _Asked:
    """What is asked for; NotFound for what no page of ours asks."""
    if wanted["mediator"] not in names:
        raise NotFound
    return _Asked(
        starts=read_moment(wanted["starts"]),
        minutes=_minutes(wanted["minutes"]),
        mediator_id=wanted["mediator"],
        place=await place_at(db, wanted["venue"]),
    )


async def place_at(db: Transaction, venue_id: str) -> Place | None:
    """The place that is asked for; None for a meeting online, NotFound for a place that is not there."""
    if not venue_id:
        return None
    return await venue_list.by_id(db, venue_id if looks_like_id(venue_id) else "")


@dataclass(frozen=True, kw_only=True)
class _Looked:
    """A time that was looked at: whether it is free, what is near it, and where it would be."""

    case: Opened
    starts: datetime
    here: dict[str, str]  # what the address of this page says besides the start
    mediator: str
    place: Place | None
    slot: Slot | None
    near: Sequence[Free]


async def _look(request: web.Request, db: Transaction, moment: datetime) -> _Looked:
    case = await opened(db, request.match_info["case"], person(request))
    names = await mediators_of(db, case)
    ask = await _ask(db, asked(request), names)
    slot, near = await around(db, case, _wish(ask, case), starts=ask.starts, now=moment)
    return _Looked(
        case=case,
        starts=ask.starts,
        here={"mediator": ask.mediator_id, "minutes": str(ask.minutes), **_venue(ask.place)},
        mediator=names[ask.mediator_id],
        place=ask.place,
        slot=slot,
        near=near,
    )


def _wish(ask: _Asked, case: Opened) -> Wish | None:
    try:
        rooms = rooms_for(ask.place, case.seats)
    except NotEnoughRooms:
        return None
    return Wish(mediator_ids=(ask.mediator_id,), minutes=ask.minutes, room_ids=rooms)


async def around(
    db: Transaction, case: Opened, wish: Wish | None, *, starts: datetime, now: datetime
) -> tuple[Slot | None, Sequence[Free]]:
    """The time, if it is free; else the free times nearest to it. Neither where the place does not do."""
    if wish is None:
        return None, ()
    slot = await this_one(db, case, wish, starts=starts, now=now)
    return slot, () if slot else await nearest(db, wish.by(*wish.mediator_ids), max(starts, now), now=now)


async def show(request: web.Request) -> web.StreamResponse:
    """The time with all that it does, or the word that it is gone, with others near it."""
    moment = now(request)
    async with request.app[DATABASE].read() as db:
        looked = await _look(request, db, moment)
    case, router = looked.case, request.app.router
    page = router["desk-book"].url_for(case=case.case.id)
    return render(
        request,
        "coordinator/book.html",
        case=case.case,
        meeting=None,
        slot=slot_shown(looked.slot, looked.mediator, looked.place) if looked.slot else None,
        others=others(page, looked.here, looked.near),
        hidden={**looked.here, "starts": stamped(looked.starts)},
        place=looked.place,
        short=short_words(looked.starts, case.calendar, moment),
        today=day_of(moment),
        invited=[(one.id, f"{one.name}, {one.word}") for one in people_of(case.seats, contact=False)],
        everybody=tuple(seat.id for seat in case.seats),
        told=told(case, looked.mediator),
        back=str(router["desk-times"].url_for(case=case.case.id).with_query(_venue(looked.place))),
        **choices_of(case),
    )


def _venue(place: Place | None) -> dict[str, str]:
    return {"venue": place.venue.id} if place else {}


def stamped(starts: datetime) -> str:
    """A start as our own addresses write it."""
    return starts.astimezone(UTC).isoformat(timespec="minutes")


def others(page: URL, here: Mapping[str, str], near: Sequence[Free]) -> list[tuple[str, str]]:
    """Free times near one that is gone: words and address."""
    return [
        (
            f"{full_day(free.starts)}, {clock_hours(free.starts, free.ends)}",
            str(page.with_query({**here, "starts": stamped(free.starts)})),
        )
        for free in near
    ]


async def book(request: web.Request) -> web.StreamResponse:
    """The meeting is booked, and everybody's invitation is on its way."""
    form = await read(request, BookForm)
    async with change(request) as made:
        # No more is read here than the form needs; whether all of it may be is for the act to say.
        matters = await file.matters_of(made.db, request.match_info["case"])
        if not matters:
            raise NotFound
        starts, calendar = read_moment(form.starts), await holiday_list.calendar(made.db)
        waiver, in_person = await allowed(request, form, calendar, starts=starts)
        proposal = Proposal(
            matter_id=matters[-1].id,
            mediator_id=form.mediator,
            starts=starts,
            minutes=_minutes(form.minutes),
            seat_ids=tuple(seat_id for seat_id in form.seats if looks_like_id(seat_id)),
            waiver=waiver,
            in_person=in_person,
        )
        meeting_id = await booking.book(
            made.db, request.app[OFFICE], proposal, person=person(request), now=now(request)
        )
        return await made.to("desk-meeting", meeting=meeting_id)


PAGES = (Page(name="desk-book", path="/desk/case/{case:[a-z2-7]{26}}/book", who=COORDINATOR, get=show, post=book),)
