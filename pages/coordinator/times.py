"""Edge: finding a time: the free times of a mediator with what each does to every date; and the places to meet at."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from aiohttp import web

from cases import deadlines
from cases.dossier import Duty
from cases.working_days import day_of
from database.engine import Transaction
from meetings import venue_list
from meetings.exceptional import Reason
from meetings.venue_list import Place
from meetings.venues import NEED_WORDS, NotEnoughRooms, parties, suits
from notifications.when import full_day
from pages.coordinator.case import Opened, needs_of, opened
from pages.coordinator.slots_shown import SHOWN, USUAL_MINUTES, WEEK, Slot, Wish, rooms_for, search
from pages.keys import DATABASE, FormState, now, person
from pages.page import COORDINATOR, Page
from pages.rendering import render
from people import accounts
from people.roles import Role

LENGTHS = {120: "2 hours", 180: "3 hours", 240: "4 hours", 300: "5 hours"}
WEEKS_AHEAD = 9
ID_LENGTH = 26


def looks_like_id(text: str) -> bool:
    """Whether a word of an address can be an id at all."""
    return len(text) == ID_LENGTH and text.isascii() and text.isalnum() and text.islower()


def minutes_of(request: web.Request) -> int:
    """The length that is asked for, or three hours."""
    asked = request.query.get("minutes", "")
    known = {str(minutes): minutes for minutes in LENGTHS}
    return known.get(asked, USUAL_MINUTES)


def first_day(request: web.Request, today: date) -> date:
    """The day from which on times are looked for: the one that is asked for, from today to nine weeks ahead."""
    try:
        asked = date.fromisoformat(request.query.get("from", "")[:10])
    except ValueError:
        return today
    return min(max(asked, today), today + WEEKS_AHEAD * WEEK)


async def place_of(request: web.Request, db: Transaction) -> Place | None:
    """The place that is asked for; None for a meeting online, NotFound for a place that is not there."""
    asked = request.query.get("venue", "")
    if not asked:
        return None
    return await venue_list.by_id(db, asked if looks_like_id(asked) else "")


async def mediators_of(db: Transaction, case: Opened) -> dict[str, str]:
    """Every mediator's name by id, the one who has the case first."""
    everybody = await accounts.all_with_role(db, Role.MEDIATOR)
    held = case.holders.get(Duty.MEDIATOR)
    mine = held.account_id if held else ""
    return {str(one.id): one.name for one in sorted(everybody, key=lambda one: (one.id != mine, one.name))}


def weeks(today: date) -> list[tuple[str, str]]:
    """The days from which a search may begin."""
    days = [today + number * WEEK for number in range(WEEKS_AHEAD)]
    return [(day.isoformat(), "Today" if day == today else full_day(day)) for day in days]


def day_number(case: Opened, moment: datetime) -> int | None:
    """Which of the 30 days it is; None where they do not run."""
    told = case.matter.council_told_at
    return (day_of(moment) - deadlines.arranged_by(day_of(told), case.calendar).since).days if told else None


def where_words(place: Place | None) -> str:
    """Where a meeting is, in a slot."""
    return "online" if place is None else f"in person, {place.venue.name}"


def _shown(
    request: web.Request, case: Opened, slots: Sequence[Slot], *, names: dict[str, str], place: Place | None
) -> list[dict[str, object]]:
    router = request.app.router
    held = case.holders.get(Duty.MEDIATOR)
    mine = held.account_id if held else None
    shown = []
    for slot in slots:
        ask = {
            "mediator": slot.mediator_id,
            "starts": slot.starts.isoformat(timespec="minutes"),
            "minutes": str(int((slot.ends - slot.starts) / timedelta(minutes=1))),
        }
        if place is not None:
            ask["venue"] = place.venue.id
        href = router["desk-book"].url_for(case=case.case.id).with_query(ask)
        give = router["desk-assign"].url_for(case=case.case.id).with_query(duty="mediator")
        theirs = slot.mediator_id == mine
        shown.append({
            "starts": slot.starts, "ends": slot.ends, "mediator": names.get(slot.mediator_id, ""),
            "where": where_words(place), "lines": slot.cells, "edge": slot.edge.value,
            "do": "Book this" if theirs else "Give them the case", "href": str(href if theirs else give),
        })  # fmt: skip
    return shown


async def _found(
    request: web.Request, db: Transaction, case: Opened, *, names: dict[str, str], place: Place | None
) -> tuple[list[Slot], str]:
    """The slots, or why there are none where the place does not do."""
    usual = next(iter(names), "") if Duty.MEDIATOR in case.holders else ""
    asked = request.query.get("mediator", usual)
    try:
        room_ids = rooms_for(place, case.seats)
    except NotEnoughRooms as few:
        return [], few.words
    wish = Wish(
        mediator_ids=(asked,) if asked in names else tuple(names), minutes=minutes_of(request), room_ids=room_ids
    )
    moment = now(request)
    return await search(db, case, wish, first=first_day(request, day_of(moment)), now=moment), ""


async def times(request: web.Request) -> web.StreamResponse:
    """The free times of four weeks, in the order that serves the family's dates best."""
    async with request.app[DATABASE].read() as db:
        case = await opened(db, request.match_info["case"], person(request))
        names = await mediators_of(db, case)
        place = await place_of(request, db)
        slots, why_none = await _found(request, db, case, names=names, place=place)
        places = await venue_list.all_active(db)
    return render(
        request,
        "coordinator/times.html",
        case=case.case,
        meeting=None,
        booked=case.meeting,
        slots=_shown(request, case, slots[:SHOWN], names=names, place=place),
        more=len(slots) > SHOWN,
        why_none=why_none,
        length=LENGTHS[minutes_of(request)],
        day_number=day_number(case, now(request)),
        search=FormState(typed={name: [value] for name, value in request.query.items()} or _usual(case)),
        lengths=[(str(minutes), words) for minutes, words in LENGTHS.items()],
        mediators=list(names.items()),
        places=[(one.venue.id, one.venue.name) for one in places],
        weeks=weeks(day_of(now(request))),
    )


def _usual(case: Opened) -> dict[str, list[str]]:
    held = case.holders.get(Duty.MEDIATOR)
    return {"minutes": [str(USUAL_MINUTES)], "mediator": [held.account_id if held else ""]}


def _feature(words: str, *, has: bool) -> tuple[str, str]:
    """A tick or a cross, and what there is or is not."""
    return ("done", words[:1].upper() + words[1:]) if has else ("no", f"No {words.removeprefix('a ')}")


async def in_person(request: web.Request) -> web.StreamResponse:
    """The places to meet at, with what each has, and when we say yes to meeting in person."""
    async with request.app[DATABASE].read() as db:
        case = await opened(db, request.match_info["case"], person(request))
        places = await venue_list.all_active(db)
    people = parties(seat.side for seat in case.seats)
    router, meeting = request.app.router, case.meeting
    shown = []
    for place in places:
        found = suits(place.venue, people, ())
        page = router["desk-times"].url_for(case=case.case.id)
        if meeting is not None:
            page = router["desk-move"].url_for(meeting=meeting.id)
        shown.append(
            {
                "name": place.venue.name,
                "address": place.address,
                "suits": [_feature(words, has=need in place.venue.offers) for need, words in NEED_WORDS.items()],
                "rooms": ", ".join(f"{room.name} ({room.seats})" for room in place.venue.rooms),
                "problems": [*found.lacks, *found.warnings],
                "href": str(page.with_query(venue=place.venue.id)) if found.well else None,
            }
        )
    return render(
        request,
        "coordinator/in_person.html",
        case=case.case,
        venues=shown,
        reasons=[reason.words for reason in Reason],
        needs=needs_of(case.seats),
    )


CASE = "/desk/case/{case:[a-z2-7]{26}}"
PAGES = (
    Page(name="desk-times", path=f"{CASE}/times", who=COORDINATOR, get=times),
    Page(name="desk-places", path=f"{CASE}/in-person", who=COORDINATOR, get=in_person),
)
