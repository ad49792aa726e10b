"""Edge: booking one free time: what it does to every date, whom it tells, and then all of it in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any, ClassVar

from aiohttp import web
from pydantic import AfterValidator, BeforeValidator
from yarl import URL

from cases.case import Channel, SeatId
from cases.working_days import Calendar, day_of
from database.engine import Transaction
from meetings import venue_list
from meetings.exceptional import Reason
from meetings.meeting import Waiver, notice
from meetings.venue_list import Place
from meetings.venues import NEED_WORDS, BuildingNeed
from notifications.when import begins, full_day
from pages.changes import change
from pages.coordinator.case import Opened, opened, people_of
from pages.coordinator.contact import CHANNELS
from pages.coordinator.slots_shown import Slot, Wish, family, rooms_for, this_one
from pages.coordinator.times import LENGTHS, looks_like_id, mediators_of, where_words
from pages.days import clock_hours
from pages.forms import DateOrNone, Form, FormRefused, TextOrNone, read, sent
from pages.keys import DATABASE, FORM, OFFICE, now, person
from pages.page import COORDINATOR, Page
from pages.rendering import render
from people.access import NotFound
from scheduler import booking
from scheduler.booking import Proposal
from scheduler.diaries import Free
from scheduler.finding import Wanted, nearest
from scheduler.placing import InPerson


def read_moment(text: Any) -> datetime:
    """A moment as our own addresses write it; ValueError for anything else."""
    try:
        moment = datetime.fromisoformat(str(text)[:40])
    except ValueError as wrong:
        raise ValueError("Choose a time") from wrong
    if moment.tzinfo is None or not 2000 < moment.year < 9000:
        raise ValueError("Choose a time")
    return moment.astimezone(UTC)


def _length(minutes: int) -> int:
    if minutes not in LENGTHS:
        raise ValueError("Choose a length")
    return minutes


class WhenForm(Form):
    """A time that was chosen, what lets it be short, and what makes it in person."""

    DATES: ClassVar = ("waived",)
    MANY: ClassVar = ("seats", "need")
    starts: Annotated[datetime, BeforeValidator(read_moment)]
    venue: str = ""
    waived_by: str = ""
    waived_channel: str = ""
    waived: DateOrNone = None
    reason: str = ""
    words: TextOrNone = None
    need: tuple[str, ...] = ()


class BookForm(WhenForm):
    """A meeting that is to be booked."""

    WORDS: ClassVar = {"starts": "Choose a time", "minutes": "Choose a length", "mediator": "Choose a mediator"}
    mediator: str
    minutes: Annotated[int, AfterValidator(_length)]
    seats: tuple[str, ...] = ()


def waiver_of(form: WhenForm, calendar: Calendar, *, now: datetime) -> Waiver | None:
    """The family's word, where the notice is short; FormRefused where it is short and nobody is said to have agreed."""
    if not notice(now, form.starts, calendar).short_by:
        return None
    errors = {}
    if not form.waived_by:
        errors["waived_by"] = "Say who of the family agreed"
    if form.waived_channel not in CHANNELS:
        errors["waived_channel"] = "Say how they said so"
    if form.waived is None or not date(2014, 9, 1) <= form.waived <= day_of(now):
        errors["waived"] = "Write the day on which they said so"
    if errors or form.waived is None:
        raise FormRefused(errors, {})
    at = now if form.waived == day_of(now) else begins(form.waived).astimezone(UTC)
    return Waiver(by=SeatId(form.waived_by), at=at, channel=Channel(form.waived_channel))


def in_person_of(form: WhenForm) -> InPerson | None:
    """Where and why in person; FormRefused without a reason in words."""
    if not form.venue:
        return None
    errors = {}
    if form.reason not in set(Reason):
        errors["reason"] = "Choose the reason that is nearest"
    if not form.words:
        errors["words"] = "Write in a sentence or two why"
    if errors or form.words is None:
        raise FormRefused(errors, {})
    needs = frozenset(BuildingNeed(need) for need in form.need if need in set(BuildingNeed))
    venue = form.venue if looks_like_id(form.venue) else ""
    return InPerson(venue_id=venue, reason=Reason(form.reason), words=form.words, needs=needs)


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


def choices_of(case: Opened) -> dict[str, Any]:
    """What the fields of a booking offer."""
    return {
        "family": family(case.seats),
        "channels": list(CHANNELS.items()),
        "reasons": [(reason.value, reason.words) for reason in Reason],
        "building": [(need.value, words[:1].upper() + words[1:]) for need, words in NEED_WORDS.items()],
    }


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


def short_words(starts: datetime, calendar: Calendar, moment: datetime) -> str:
    """Why the notice is short; empty when it is not."""
    given = notice(moment, starts, calendar)
    return given.why if given.short_by else ""


def _time(request: web.Request, names: Mapping[str, str]) -> tuple[datetime, int, str]:
    """The start, the length and the mediator that are asked for; NotFound for what no page of ours asks."""
    wanted = asked(request)
    try:
        starts, minutes = read_moment(wanted["starts"]), int(wanted["minutes"][:4])
    except ValueError as wrong:
        raise NotFound from wrong
    if wanted["mediator"] not in names or minutes not in LENGTHS:
        raise NotFound
    return starts, minutes, wanted["mediator"]


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
    starts, minutes, mediator_id = _time(request, names)
    place = await _place(db, asked(request)["venue"])
    wish = Wish(mediator_ids=(mediator_id,), minutes=minutes, room_ids=rooms_for(place, case.seats))
    slot = await this_one(db, case, wish, starts, now=moment)
    wanted = Wanted(mediator_ids=wish.mediator_ids, minutes=minutes, room_ids=wish.room_ids)
    return _Looked(
        case=case,
        starts=starts,
        here={"mediator": mediator_id, "minutes": str(minutes)} | ({"venue": place.venue.id} if place else {}),
        mediator=names[mediator_id],
        place=place,
        slot=slot,
        near=() if slot else await nearest(db, wanted, max(starts, moment), now=moment),
    )


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


async def _place(db: Transaction, venue_id: str) -> Place | None:
    if not venue_id:
        return None
    return await venue_list.by_id(db, venue_id if looks_like_id(venue_id) else "")


async def book(request: web.Request) -> web.StreamResponse:
    """The meeting is booked, and everybody's invitation is on its way."""
    form = await read(request, BookForm)
    async with change(request) as made:
        case = await opened(made.db, request.match_info["case"], person(request))
        try:
            waiver, in_person = waiver_of(form, case.calendar, now=now(request)), in_person_of(form)
        except FormRefused as refused:
            raise FormRefused(refused.errors, await sent(request)) from None
        proposal = Proposal(
            matter_id=case.matter.id,
            mediator_id=form.mediator,
            starts=form.starts,
            minutes=form.minutes,
            seat_ids=tuple(seat_id for seat_id in form.seats if looks_like_id(seat_id)),
            waiver=waiver,
            in_person=in_person,
        )
        meeting_id = await booking.book(
            made.db, request.app[OFFICE], proposal, person=person(request), now=now(request)
        )
        return await made.to("desk-meeting", meeting=meeting_id)


PAGES = (Page(name="desk-book", path="/desk/case/{case:[a-z2-7]{26}}/book", who=COORDINATOR, get=show, post=book),)
