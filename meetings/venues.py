"""Rules: does this venue suit these sides and these people, and which room is whose (domain 5.6).

A venue is neutral: never the council's own rooms, nor those of the school in the dispute; the office lists no others.
There is one room in which everybody sits, and rooms apart for the sides, so that nobody waits beside the other side;
at the least one room besides the common one. All of them are booked as one, or none is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cases.case import Side
from database.refusal import Refusal

FEWEST_ROOMS = 2


class NotEnoughRooms(Refusal):
    """This place has too few rooms, or too small ones, for everybody who comes. Please choose another."""


class DoesNotSuit(Refusal):
    """This place lacks something that somebody needs. Please choose another."""


class BuildingNeed(StrEnum):
    """What somebody needs of a building."""

    STEP_FREE = "step_free"
    HEARING_LOOP = "hearing_loop"
    PARKING = "parking"
    QUIET_SPACE = "quiet_space"

    @property
    def words(self) -> str:
        """The need as it stands in a list."""
        return NEED_WORDS[self]


NEED_WORDS: Mapping[BuildingNeed, str] = {
    BuildingNeed.STEP_FREE: "a way in without steps",
    BuildingNeed.HEARING_LOOP: "a hearing loop",
    BuildingNeed.PARKING: "a place to park",
    BuildingNeed.QUIET_SPACE: "a quiet space",
}


@dataclass(frozen=True, kw_only=True)
class Room:
    """One room of a venue, and how many people can sit in it."""

    id: str
    name: str
    seats: int


@dataclass(frozen=True, kw_only=True)
class Venue:
    """A neutral place with its rooms, and what its building offers."""

    id: str
    name: str
    offers: frozenset[BuildingNeed]
    rooms: tuple[Room, ...]


@dataclass(frozen=True, kw_only=True)
class Suits:
    """What a venue has and lacks for one meeting. A missing room apart is a warning; the rest decides."""

    has: tuple[str, ...]
    lacks: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def well(self) -> bool:
        """Whether nothing that is needed is missing."""
        return not self.lacks


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The rooms of one meeting: the common one, and the room apart of each side that has one."""

    together: Room
    apart: Mapping[Side, Room]

    @property
    def rooms(self) -> tuple[Room, ...]:
        """Every room that is to be booked, as one."""
        return (self.together, *self.apart.values())


def parties(people: Iterable[Side]) -> dict[Side, int]:
    """How many people each side brings, by the side of each person; those on nobody's side come last."""
    sides = list(people)
    return {side: sides.count(side) for side in Side if side in sides}


def _needs_a_room(people: Mapping[Side, int]) -> list[Side]:
    """The sides that wait apart: the family first, then the larger before the smaller."""
    sides = [side for side in people if side is not Side.NOBODY and people[side]]
    return sorted(sides, key=lambda side: (side is not Side.FAMILY, -people[side]))


def plan(venue: Venue, people: Mapping[Side, int], *, mediators: int = 1) -> Plan:
    """The rooms for a meeting: the smallest that holds everybody, and for each side the smallest left that holds it.

    NotEnoughRooms where nothing holds everybody, or no room is left for the family. A side without a room of its own
    waits in the common one, apart from the family all the same.
    """
    everybody = sum(people.values()) + mediators
    by_size = sorted(venue.rooms, key=lambda room: (room.seats, room.name))
    together = _smallest(by_size, everybody)
    if together is None or len(by_size) < FEWEST_ROOMS:
        raise NotEnoughRooms(field="venue")
    left, apart = [room for room in by_size if room != together], dict[Side, Room]()
    for side in _needs_a_room(people):
        if room := _smallest(left, people[side] + mediators):
            apart[side] = room
            left.remove(room)
    if people.get(Side.FAMILY) and Side.FAMILY not in apart:
        raise NotEnoughRooms(field="venue")
    return Plan(together=together, apart=apart)


def _smallest(rooms: Sequence[Room], people: int) -> Room | None:
    return next((room for room in rooms if room.seats >= people), None)


def suits(venue: Venue, people: Mapping[Side, int], needs: Iterable[BuildingNeed], *, mediators: int = 1) -> Suits:
    """What this venue has, and what it lacks, for these people; refuses nothing, so that it can be shown."""
    wanted = set(needs)
    asked = [need for need in BuildingNeed if need in wanted]
    has = [need.words for need in asked if need in venue.offers]
    lacks = [need.words for need in asked if need not in venue.offers]
    try:
        rooms = plan(venue, people, mediators=mediators)
    except NotEnoughRooms:
        everybody = sum(people.values()) + mediators
        lacks.append(f"a room for {everybody} people, and a second one for the family")
        return Suits(has=tuple(has), lacks=tuple(lacks), warnings=())
    has.append(f"{len(rooms.rooms)} rooms")
    without = [side for side in _needs_a_room(people) if side not in rooms.apart]
    # One side may wait in the common room: with two sides, two rooms keep them apart.
    warnings = [f"No room apart for {side.words}" for side in without[1:]]
    return Suits(has=tuple(has), lacks=tuple(lacks), warnings=tuple(warnings))


def check_suits(venue: Venue, people: Mapping[Side, int], needs: Iterable[BuildingNeed], *, mediators: int = 1) -> Plan:
    """The rooms to book; DoesNotSuit, naming what is missing, or NotEnoughRooms where the venue does not do."""
    rooms = plan(venue, people, mediators=mediators)
    found = suits(venue, people, needs, mediators=mediators)
    if not found.well:
        raise DoesNotSuit(f"This place lacks {', '.join(found.lacks)}. Please choose another.", field="venue")
    return rooms
