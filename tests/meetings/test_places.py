"""The list of places: added, corrected, given rooms; each name once; by coordinators only."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from database.engine import Database
from meetings import places, venue_list
from meetings.places import PlaceKnown, RoomKnown, SeatsNotLikely
from meetings.venues import BuildingNeed
from people import audit
from people.access import NotFound, Person
from people.roles import AccountId, Role

MINA = Person(kind="staff", account_id=AccountId("a" * 26), name="Mina", roles=frozenset({Role.COORDINATOR}))
HOUSE: dict[str, Any] = {
    "name": "Larkfield House",
    "address": "2 Elm Lane",
    "directions": "Bus 14",
    "offers": frozenset(BuildingNeed),
}


async def test_a_place_is_added_corrected_and_given_rooms(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        made = await places.add(db, **HOUSE, person=MINA, now=moment)
        await places.add_room(db, made.venue.id, "Oak", seats=12, person=MINA, now=moment)
        await places.change(
            db, made.venue.id, **{**HOUSE, "name": "Larkfield", "offers": frozenset()}, active=False, person=MINA,
            now=moment,
        )  # fmt: skip
        (kept,) = await venue_list.everywhere(db)
        actions = [line["action"] for line in await audit.lines_of(db, "house")]

    assert (kept.venue.name, kept.venue.offers, kept.active) == ("Larkfield", frozenset(), False)
    assert [(room.name, room.seats) for room in kept.venue.rooms] == [("Oak", 12)]
    assert actions == ["venue.add", "venue.room", "venue.change"]


async def test_a_name_stands_on_the_list_once(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        made = await places.add(db, **HOUSE, person=MINA, now=moment)
        other = await places.add(db, **{**HOUSE, "name": "Elm Hall"}, person=MINA, now=moment)
        with pytest.raises(PlaceKnown):
            await places.add(db, **HOUSE, person=MINA, now=moment)
        with pytest.raises(PlaceKnown):
            await places.change(db, other.venue.id, **HOUSE, active=True, person=MINA, now=moment)
        await places.add_room(db, made.venue.id, "Oak", seats=12, person=MINA, now=moment)
        with pytest.raises(RoomKnown):
            await places.add_room(db, made.venue.id, "Oak", seats=2, person=MINA, now=moment)


@pytest.mark.parametrize("seats", [0, 201])
async def test_a_room_has_a_likely_number_of_seats(database: Database, moment: datetime, seats: int) -> None:
    async with database.write() as db:
        made = await places.add(db, **HOUSE, person=MINA, now=moment)
        with pytest.raises(SeatsNotLikely):
            await places.add_room(db, made.venue.id, "Oak", seats=seats, person=MINA, now=moment)


async def test_a_mediator_does_not_keep_the_list(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        with pytest.raises(NotFound):
            await places.add(db, **HOUSE, person=replace(MINA, roles=frozenset({Role.MEDIATOR})), now=moment)
