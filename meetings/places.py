"""Act: the list of places is kept: a place comes in, is corrected, gets a room, or is offered no more."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from database.engine import Transaction
from database.refusal import Refusal
from meetings import venue_list
from meetings.venue_list import Place
from meetings.venues import BuildingNeed
from people import audit
from people.access import Person, require

FEWEST_SEATS, MOST_SEATS = 1, 200


class PlaceKnown(Refusal):
    """A place with this name is on the list already. Give this one another name."""


class RoomKnown(Refusal):
    """This place has a room with that name already. Give this one another name."""


class SeatsNotLikely(Refusal):
    """Write how many people can sit in the room, from 1 to 200."""


async def add(
    db: Transaction,
    *,
    name: str,
    address: str,
    directions: str,
    offers: frozenset[BuildingNeed],
    person: Person,
    now: datetime,
) -> Place:
    """The place is on the list, without a room yet; PlaceKnown when its name is there."""
    require(person, "slots.publish")
    try:
        async with db.savepoint():
            place = await venue_list.add(
                db, name=name, address=address, directions=directions, offers=offers, rooms={}, now=now
            )
    except IntegrityError as known:
        raise PlaceKnown(field="name") from known
    await audit.note(db, person, "venue.add", f"venue:{place.venue.id}", now=now)
    return place


async def change(
    db: Transaction,
    venue_id: str,
    *,
    name: str,
    address: str,
    directions: str,
    offers: frozenset[BuildingNeed],
    active: bool,
    person: Person,
    now: datetime,
) -> None:
    """The place is as given from now on; PlaceKnown when another has its name."""
    require(person, "slots.publish")
    place = await venue_list.by_id(db, venue_id)
    try:
        async with db.savepoint():
            await venue_list.change(
                db,
                place.venue.id,
                name=name,
                address=address,
                directions=directions,
                offers=offers,
                active=active,
            )
    except IntegrityError as known:
        raise PlaceKnown(field="name") from known
    await audit.note(db, person, "venue.change", f"venue:{venue_id}", now=now)


async def add_room(db: Transaction, venue_id: str, name: str, *, seats: int, person: Person, now: datetime) -> None:
    """The place has one room more, which meetings can be booked into."""
    require(person, "slots.publish")
    if not FEWEST_SEATS <= seats <= MOST_SEATS:
        raise SeatsNotLikely(field="seats")
    place = await venue_list.by_id(db, venue_id)
    try:
        async with db.savepoint():
            await venue_list.add_room(db, place.venue.id, name, seats=seats)
    except IntegrityError as known:
        raise RoomKnown(field="room") from known
    await audit.note(db, person, "venue.room", f"venue:{venue_id}", now=now)
