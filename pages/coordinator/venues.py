"""Edge: the places to meet in person: a list, each with its rooms and what its building has."""

from typing import Annotated, ClassVar

from aiohttp import web
from pydantic import BeforeValidator

from meetings import places, venue_list
from meetings.venues import NEED_WORDS, BuildingNeed
from pages.changes import change
from pages.coordinator.two_forms import two_forms
from pages.forms import Form, FormRefused, TextOrNone, line_of, paragraph_of, read, sent
from pages.keys import DATABASE, now, person
from pages.page import COORDINATOR, Page
from pages.rendering import render

ROOM = "desk-room-add"  # the page that the second form posts to
FEATURES = [(need.value, words[:1].upper() + words[1:]) for need, words in NEED_WORDS.items()]
LONGEST_NAME, LONGEST_ADDRESS, LONGEST_ROOM = 120, 300, 80


class VenueForm(Form):
    """A place as it stands in an invitation."""

    MANY: ClassVar = ("suits",)
    WORDS: ClassVar = {"name": "Write the name of the place", "address": "Write the address"}
    name: Annotated[str, line_of(LONGEST_NAME)]
    address: Annotated[str, paragraph_of(LONGEST_ADDRESS)]
    directions: TextOrNone = None
    suits: tuple[str, ...] = ()
    active: str = "yes"

    @property
    def offers(self) -> frozenset[BuildingNeed]:
        """What the building has."""
        return frozenset(need for need in BuildingNeed if need.value in self.suits)

    @property
    def one_line(self) -> str:
        """The address on one line, as a calendar entry shows it."""
        return ", ".join(line.strip(" ,") for line in self.address.splitlines() if line.strip(" ,"))


def _seats(value: object) -> int:
    text = str(value).strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise ValueError("Write how many people can sit in the room, as a number")
    return int(text)


class RoomForm(Form):
    """One room of a place."""

    WORDS: ClassVar = {"room": "Write the name of the room", "seats": "Write how many people can sit in it"}
    room: Annotated[str, line_of(LONGEST_ROOM)]
    seats: Annotated[int, BeforeValidator(_seats)]


async def _read(request: web.Request) -> VenueForm:
    form = await read(request, VenueForm)
    errors = {}
    if not form.name:
        errors["name"] = "Write the name of the place"
    if not form.one_line or len(form.one_line) > LONGEST_ADDRESS:  # the commas between its lines count too
        errors["address"] = f"Write the address, in at most {LONGEST_ADDRESS} letters"
    if errors:
        raise FormRefused(errors, await sent(request))
    return form


async def everywhere(request: web.Request) -> web.StreamResponse:
    """Every place, also those that are offered no more."""
    async with request.app[DATABASE].read() as db:
        found = await venue_list.everywhere(db)
    rows = [
        {
            "id": place.venue.id,
            "name": place.venue.name,
            "address": place.address,
            "rooms": len(place.venue.rooms),
            "active": place.active,
        }
        for place in found
    ]
    return render(request, "coordinator/venues.html", venues=rows)


async def blank(request: web.Request) -> web.StreamResponse:
    """The form for a new place."""
    return render(request, "coordinator/venue.html", place=None, features=FEATURES, has=(), **two_forms(request, ROOM))


async def add(request: web.Request) -> web.StreamResponse:
    """The place is on the list."""
    form = await _read(request)
    async with change(request) as made:
        place = await places.add(
            made.db,
            name=form.name,
            address=form.one_line,
            directions=form.directions or "",
            offers=form.offers,
            person=person(request),
            now=now(request),
        )
        return await made.to("desk-venue", venue=place.venue.id)


async def show(request: web.Request) -> web.StreamResponse:
    """One place with its rooms, to be changed."""
    async with request.app[DATABASE].read() as db:
        place = await venue_list.by_id(db, request.match_info["venue"])
    has = tuple(need.value for need in place.venue.offers)
    return render(
        request, "coordinator/venue.html", place=place, features=FEATURES, has=has, **two_forms(request, ROOM)
    )


async def save(request: web.Request) -> web.StreamResponse:
    """The place is as the form says."""
    form = await _read(request)
    async with change(request) as made:
        await places.change(
            made.db,
            request.match_info["venue"],
            name=form.name,
            address=form.one_line,
            directions=form.directions or "",
            offers=form.offers,
            active=form.active != "no",
            person=person(request),
            now=now(request),
        )
        return await made.to("desk-venues")


async def add_room(request: web.Request) -> web.StreamResponse:
    """The place has one room more."""
    form = await read(request, RoomForm)
    if not form.room:
        raise FormRefused({"room": "Write the name of the room"}, await sent(request))
    async with change(request) as made:
        venue = request.match_info["venue"]
        await places.add_room(made.db, venue, form.room, seats=form.seats, person=person(request), now=now(request))
        return await made.to("desk-venue", venue=venue)


ONE = "/desk/venues/{venue:[a-z2-7]{26}}"
PAGES = (
    Page(name="desk-venues", path="/desk/venues", who=COORDINATOR, get=everywhere),
    Page(name="desk-venue-new", path="/desk/venues/new", who=COORDINATOR, get=blank, post=add),
    Page(name="desk-venue", path=ONE, who=COORDINATOR, get=show, post=save),
    Page(name=ROOM, path=f"{ONE}/rooms", who=COORDINATOR, post=add_room, form="desk-venue"),
)
