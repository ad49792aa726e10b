"""Edge: moving a meeting: another time, another place or online; what it does to every date, and whom it tells."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from cases.working_days import day_of
from database.engine import Transaction
from meetings import register, venue_list
from meetings.meeting import Mode
from meetings.register import Meeting
from meetings.venue_list import Place
from meetings.venues import NotEnoughRooms
from pages.changes import change
from pages.coordinator import colleagues
from pages.coordinator.book import around, others, place_at, slot_shown, stamped, told
from pages.coordinator.case import Opened
from pages.coordinator.conditions import WhenForm, allowed, choices_of, read_moment, short_words
from pages.coordinator.meeting import mediator_name, place_now
from pages.coordinator.one_meeting import ONE, meeting_and_case
from pages.coordinator.slots_shown import SHOWN, Slot, Wish, rooms_for, search
from pages.coordinator.times import day_number, first_day, weeks, where_words
from pages.forms import read
from pages.keys import DATABASE, FORM, OFFICE, FormState, now, person
from pages.page import COORDINATOR, Page
from pages.rendering import render
from scheduler import booking, diaries
from scheduler.booking import Change

Rooms = tuple[str, ...] | None  # None where a place does not do
ONLINE = "online"  # in the place of a venue's id: the meeting goes from its place to online


class MoveForm(WhenForm):
    """Where and when a meeting is to be instead."""


@dataclass(frozen=True, kw_only=True)
class _Moving:
    """A meeting that is to be moved, as its page looks at it."""

    meeting: Meeting
    case: Opened
    mediator: str
    venue: str  # what the address asks for: nothing, online, or a venue's id
    was: Place | None  # where it is
    place: Place | None  # where it would be
    room_ids: Rooms
    expected: set[str]

    @property
    def minutes(self) -> int:
        """How long it lasts, which stays."""
        return int((self.meeting.ends - self.meeting.starts) / timedelta(minutes=1))

    @property
    def wish(self) -> Wish | None:
        """What is looked for; None where the place does not do."""
        if self.room_ids is None:
            return None
        return Wish(
            mediator_ids=(self.meeting.mediator_id,),
            minutes=self.minutes,
            room_ids=self.room_ids,
            colleague_ids=self.meeting.colleague_ids,
            moving=self.meeting.id,
        )

    @property
    def old_place(self) -> str:
        """Where it is until now; empty where it stays there."""
        return where_words(self.was) if self.was != self.place else ""

    @property
    def here(self) -> dict[str, str]:
        """What the address says besides the start."""
        return {"venue": self.venue} if self.venue else {}


def _asked(request: web.Request) -> Mapping[str, str]:
    if FORM in request and request[FORM].typed:
        return {name: request[FORM].value(name) for name in ("starts", "venue")}
    return {name: request.query.get(name, "") for name in ("starts", "venue")}


async def _look(request: web.Request, db: Transaction) -> _Moving:
    meeting, case = await meeting_and_case(request, db)
    venue = _asked(request)["venue"]
    was = await place_now(db, meeting)
    place = await _place(db, venue, was)
    return _Moving(
        meeting=meeting,
        case=case,
        mediator=await mediator_name(db, meeting),
        venue=venue,
        was=was,
        place=place,
        room_ids=await _rooms(db, meeting, case, venue=venue, place=place),
        expected={one.seat_id for one in await register.attendances(db, meeting.id)},
    )


async def _rooms(db: Transaction, moving: Meeting, case: Opened, *, venue: str, place: Place | None) -> Rooms:
    """The rooms that the meeting has, or those of another place; None where the other place has too few."""
    if venue == ONLINE:
        return ()
    if not venue:
        staff = {moving.mediator_id, *moving.colleague_ids}
        return tuple(owner for owner in await diaries.claimed_by(db, moving.id) if owner not in staff)
    try:
        return rooms_for(place, case.seats)
    except NotEnoughRooms:
        return None


async def _place(db: Transaction, venue: str, was: Place | None) -> Place | None:
    if venue == ONLINE:
        return None
    return await place_at(db, venue) if venue else was


async def show(request: web.Request) -> web.StreamResponse:
    """Other times to choose from; or the one that was chosen, with what it does and whom it tells."""
    async with request.app[DATABASE].read() as db:
        moving = await _look(request, db)
        starts = _asked(request)["starts"]
        if not starts:
            return await _choose(request, db, moving)
        return await _confirm(request, db, moving, starts=read_moment(starts))


async def _choose(request: web.Request, db: Transaction, moving: _Moving) -> web.StreamResponse:
    moment = now(request)
    first = first_day(request, day_of(moment))
    found = await search(db, moving.case, moving.wish, first=first, now=moment) if moving.wish else []
    slots = [slot for slot in found if slot.starts != moving.meeting.starts or moving.venue]
    page = request.app.router["desk-move"].url_for(meeting=moving.meeting.id)
    return render(
        request,
        "coordinator/times.html",
        case=moving.case.case,
        meeting=moving.meeting,
        booked=None,
        slots=[_row(slot, moving, str(page.with_query({**moving.here, "starts": stamped(slot.starts)})))
               for slot in slots[:SHOWN]],
        more=len(slots) > SHOWN,
        why_none="" if moving.wish else NotEnoughRooms().words,
        length=f"{moving.minutes / 60:g} hours",
        day_number=day_number(moving.case, moment),
        search=FormState(typed={name: [value] for name, value in request.query.items()}),
        places=await _places(db, moving.meeting),
        weeks=weeks(day_of(moment)),
    )  # fmt: skip


async def _places(db: Transaction, meeting: Meeting) -> list[tuple[str, str]]:
    """Where it may go besides where it is: the empty choice of the list is to leave it there."""
    online = [(ONLINE, "Online")] if meeting.mode is Mode.IN_PERSON else []
    venues = [one for one in await venue_list.all_active(db) if one.venue.id != meeting.venue_id]
    return [*online, *((one.venue.id, one.venue.name) for one in venues)]


def _row(slot: Slot, moving: _Moving, href: str) -> dict[str, object]:
    return {**slot_shown(slot, moving.mediator, moving.place), "do": "Move it here", "href": href}


async def _confirm(request: web.Request, db: Transaction, moving: _Moving, *, starts: datetime) -> web.StreamResponse:
    moment, case = now(request), moving.case
    slot, near = await around(db, case, moving.wish, starts=starts, now=moment)
    page = request.app.router["desk-move"].url_for(meeting=moving.meeting.id)
    return render(
        request,
        "coordinator/book.html",
        case=case.case,
        meeting=moving.meeting,
        same_time=starts == moving.meeting.starts,
        old_place=moving.old_place,
        slot=slot_shown(slot, moving.mediator, moving.place) if slot else None,
        others=others(page, moving.here, near),
        hidden={**moving.here, "starts": stamped(starts)},
        place=moving.place if moving.venue not in ("", ONLINE) else None,
        short=short_words(starts, case.calendar, moment),
        today=day_of(moment),
        told=[*told(case, moving.mediator, moving.expected), *await colleagues.told(db, moving.meeting)],
        back=str(page.with_query(moving.here)),
        **choices_of(case),
    )


async def move(request: web.Request) -> web.StreamResponse:
    """The meeting has its new time or place, and everybody is told."""
    form = await read(request, MoveForm)
    async with change(request) as made:
        meeting, case = await meeting_and_case(request, made.db)
        online, starts = form.venue == ONLINE, read_moment(form.starts)
        await _place(made.db, form.venue, None)
        there = form.model_copy(update={"venue": "" if online else form.venue})
        waiver, in_person = await allowed(request, there, case.calendar, starts=starts)
        wanted = Change(
            meeting_id=meeting.id,
            starts=starts,
            waiver=waiver,
            mode=Mode.ONLINE if online else Mode.IN_PERSON if in_person else None,
            in_person=in_person,
        )
        await booking.move(made.db, request.app[OFFICE], wanted, person=person(request), now=now(request))
        return await made.to("desk-meeting", meeting=meeting.id)


PAGES = (Page(name="desk-move", path=f"{ONE}/move", who=COORDINATOR, get=show, post=move),)
