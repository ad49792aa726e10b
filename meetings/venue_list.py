"""Store: the list of neutral places to meet in person: each with its address, its rooms, and what it offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from database.engine import Transaction
from database.ids import new_id
from meetings.schema import venue, venue_room
from meetings.venues import BuildingNeed, Room, Venue
from people.access import NotFound


@dataclass(frozen=True, kw_only=True)
class Place:
    """A venue as it is written to in an invitation: where it is, and how to get in."""

    venue: Venue
    address: str
    directions: str
    active: bool

    @property
    def where(self) -> str:
        """Name and address on one line."""
        return f"{self.venue.name}, {self.address}"


async def add(
    db: Transaction,
    *,
    name: str,
    address: str,
    directions: str,
    offers: frozenset[BuildingNeed],
    rooms: Mapping[str, int],
    now: datetime,
) -> Place:
    """The place is on the list with its rooms, each with the number of people who can sit in it."""
    venue_id = new_id()
    has = {need.value: need in offers for need in BuildingNeed}
    await db.execute(
        insert(venue).values(
            id=venue_id, name=name, address=address, directions=directions, active=True, made_at=now, **has
        ),
    )
    for room, seats in rooms.items():
        await db.execute(insert(venue_room).values(id=new_id(), venue_id=venue_id, name=room, seats=seats))
    return await by_id(db, venue_id)


async def change(
    db: Transaction,
    venue_id: str,
    *,
    name: str,
    address: str,
    directions: str,
    offers: frozenset[BuildingNeed],
    active: bool,
) -> None:
    """The place is as given from now on; invitations that are out stay as they were."""
    has = {need.value: need in offers for need in BuildingNeed}
    values = {"name": name, "address": address, "directions": directions, "active": active, **has}
    await db.execute(update(venue).where(venue.c.id == venue_id).values(values))


async def add_room(db: Transaction, venue_id: str, name: str, *, seats: int) -> None:
    """The place has one room more."""
    await db.execute(insert(venue_room).values(id=new_id(), venue_id=venue_id, name=name, seats=seats))


async def retire(db: Transaction, venue_id: str) -> None:
    """The place is offered no more; meetings that are booked there stay."""
    await db.execute(update(venue).where(venue.c.id == venue_id).values(active=False))


async def _place(db: Transaction, row: Row[Any]) -> Place:
    rooms = await db.all(select(venue_room).where(venue_room.c.venue_id == row.id).order_by(venue_room.c.name))
    return Place(
        venue=Venue(
            id=row.id,
            name=row.name,
            offers=frozenset(need for need in BuildingNeed if getattr(row, need.value)),
            rooms=tuple(Room(id=room.id, name=room.name, seats=room.seats) for room in rooms),
        ),
        address=row.address,
        directions=row.directions,
        active=row.active,
    )


async def by_id(db: Transaction, venue_id: str) -> Place:
    """The place; NotFound when there is none."""
    row = await db.first(select(venue).where(venue.c.id == venue_id))
    if row is None:
        raise NotFound
    return await _place(db, row)


async def all_active(db: Transaction) -> Sequence[Place]:
    """Every place that can be booked, by name."""
    rows = await db.all(select(venue).where(venue.c.active).order_by(venue.c.name))
    return [await _place(db, row) for row in rows]


async def everywhere(db: Transaction) -> Sequence[Place]:
    """Every place, also those that are offered no more, by name."""
    return [await _place(db, row) for row in await db.all(select(venue).order_by(venue.c.name))]
