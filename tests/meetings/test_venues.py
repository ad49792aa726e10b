"""Which room is whose, and what a venue lacks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.case import Side
from meetings.venues import (
    BuildingNeed,
    DoesNotSuit,
    NotEnoughRooms,
    Plan,
    Room,
    Suits,
    Venue,
    check_suits,
    parties,
    plan,
    suits,
)

ASH, ELM = Room(id="ash", name="Ash", seats=4), Room(id="elm", name="Elm", seats=10)
OAK, YEW = Room(id="oak", name="Oak", seats=4), Room(id="yew", name="Yew", seats=2)
LARKFIELD = Venue(
    id="larkfield",
    name="Larkfield House",
    offers=frozenset({BuildingNeed.STEP_FREE, BuildingNeed.HEARING_LOOP}),
    rooms=(OAK, ELM, ASH, YEW),
)
PEOPLE = {Side.FAMILY: 3, Side.COUNCIL: 2, Side.SCHOOL: 1, Side.NOBODY: 1}


def test_each_side_has_a_room_apart_and_the_family_chooses_first() -> None:
    assert plan(LARKFIELD, PEOPLE) == Plan(together=ELM, apart={Side.FAMILY: ASH, Side.COUNCIL: OAK, Side.SCHOOL: YEW})
    assert plan(LARKFIELD, PEOPLE).rooms == (ELM, ASH, OAK, YEW)


def test_people_are_counted_by_side() -> None:
    people = [Side.COUNCIL, Side.FAMILY, Side.NOBODY, Side.FAMILY]

    assert parties(people) == {Side.FAMILY: 2, Side.COUNCIL: 1, Side.NOBODY: 1}


def test_what_suits_and_what_is_missing_is_said() -> None:
    needs = {BuildingNeed.HEARING_LOOP, BuildingNeed.PARKING}

    assert suits(LARKFIELD, PEOPLE, needs) == Suits(
        has=("a hearing loop", "4 rooms"), lacks=("a place to park",), warnings=()
    )
    with pytest.raises(DoesNotSuit) as refused:
        check_suits(LARKFIELD, PEOPLE, needs)
    assert refused.value.words == "This place lacks a place to park. Please choose another."


def test_a_venue_that_suits_gives_its_rooms() -> None:
    assert check_suits(LARKFIELD, PEOPLE, {BuildingNeed.STEP_FREE}) == plan(LARKFIELD, PEOPLE)


def test_two_rooms_keep_two_sides_apart_and_a_third_side_is_warned_of() -> None:
    small = Venue(id="small", name="Small", offers=frozenset(), rooms=(ELM, ASH))
    two = {Side.FAMILY: 2, Side.COUNCIL: 2}

    assert plan(small, two) == Plan(together=ELM, apart={Side.FAMILY: ASH})
    assert suits(small, two, ()).warnings == ()
    assert suits(small, two | {Side.SCHOOL: 1}, ()).warnings == ("No room apart for the school",)


@pytest.mark.parametrize("rooms", [(), (ELM,), (ASH, OAK), (ELM, YEW)])
def test_too_few_or_too_small_rooms_are_refused(rooms: tuple[Room, ...]) -> None:
    venue = Venue(id="v", name="V", offers=frozenset(BuildingNeed), rooms=rooms)

    with pytest.raises(NotEnoughRooms):
        check_suits(venue, PEOPLE, ())
    assert suits(venue, PEOPLE, ()).lacks == ("a room for 8 people, and a second one for the family",)


@settings(max_examples=150)
@given(
    seats=st.lists(st.integers(1, 12), max_size=6),
    people=st.dictionaries(st.sampled_from(Side), st.integers(0, 4), max_size=6),
)
def test_no_room_is_used_twice_and_everybody_has_a_seat(seats: list[int], people: dict[Side, int]) -> None:
    rooms = tuple(Room(id=str(place), name=str(place), seats=many) for place, many in enumerate(seats))
    venue = Venue(id="v", name="V", offers=frozenset(), rooms=rooms)
    try:
        found = plan(venue, people)
    except NotEnoughRooms:
        assert not suits(venue, people, ()).well
        return

    assert len({room.id for room in found.rooms}) == len(found.rooms)
    assert found.together.seats >= sum(people.values()) + 1
    assert all(room.seats >= people[side] + 1 for side, room in found.apart.items())
    assert not people.get(Side.FAMILY) or Side.FAMILY in found.apart
