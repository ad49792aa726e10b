"""What waits and what runs, as plain values."""

from dataclasses import replace
from datetime import timedelta

import pytest

from meetings.room.entries import Hand, Kind, Rest, Turn
from meetings.room.seats import SeatKey
from tests.meetings.room.table import START

HAND = Hand(seat=SeatKey("tessa"), since=START, wave=1)
TURN = Turn(
    seat=SeatKey("tessa"),
    given_at=START,
    given_in=2,
    planned=timedelta(minutes=3),
    budget=timedelta(minutes=6),
    own_time=False,
)


@pytest.mark.parametrize(
    ("hand", "ranked"),
    [
        (HAND, True),
        (replace(HAND, place=1, moved=True), False),
        (replace(HAND, kind=Kind.REPLY, place=1), False),
        (replace(HAND, kind=Kind.REPLY), False),
        (replace(HAND, kind=Kind.FINISHING, place=1), False),
    ],
)
def test_only_a_turn_that_was_not_placed_is_ranked_by_the_rules_of_fairness(hand: Hand, ranked: bool) -> None:  # noqa: FBT001
    assert hand.waits_in_turn is ranked


@pytest.mark.parametrize(("ran", "planned", "budget"), [(0, 180, 360), (60, 120, 300), (200, 0, 160), (400, 0, 0)])
def test_the_rest_of_a_turn_is_what_it_has_left_and_never_less_than_nothing(
    ran: int, planned: int, budget: int
) -> None:
    rest = replace(TURN, ran=timedelta(seconds=ran)).rest

    assert rest == Rest(planned=timedelta(seconds=planned), budget=timedelta(seconds=budget))
