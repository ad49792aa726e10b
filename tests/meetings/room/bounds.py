"""Both bounds of fairness, counted by other means than the rules: from what happened, one floor after another.

A side waits while somebody of it who is here has a hand up that nobody moved; a person likewise. Only turns that were
given in the order count: answers, the rest of a turn, moves, choices of the mediator and rounds are outside (Q5 to Q9).
"""

from datetime import datetime

from cases.case import Side
from meetings.room.entries import Hand
from meetings.room.floor import Floor

Entry = tuple[str, datetime, int]


class Bounds:
    """What each side and each person has waited through so far."""

    def __init__(self) -> None:
        self.waited: dict[Side, int] = {}
        self.run: dict[Side, tuple[Side, int]] = {}
        self.overtaken: dict[Entry, int] = {}

    def see(self, before: Floor, after: Floor) -> None:
        """One step more."""
        for event in after.events if after is not before else ():
            if event["kind"] == "gave":
                self._gave(before, after, str(event["seat"]), how=str(event["how"]))
        waiting = {after.seat(hand.seat).side for hand in ranked(after)}
        self.waited = {side: self.waited.get(side, 0) for side in waiting}
        self.run = {side: one for side, one in self.run.items() if side in waiting}

    def _gave(self, before: Floor, after: Floor, key: str, *, how: str) -> None:
        side = next(seat.side for seat in after.seats if seat.key == key)
        if how == "next":
            self._count(side)
            self._overtake(before, key)
        if how in {"next", "moved", "chosen"}:
            self.waited.pop(side, None)
            self.run.pop(side, None)

    def _count(self, side: Side) -> None:
        for other in self.waited:
            if other is not side:
                self.waited[other] += 1
                last, turns = self.run.get(other, (side, 0))
                self.run[other] = (side, turns + 1 if last is side else 1)

    def _overtake(self, before: Floor, key: str) -> None:
        hands = ranked(before)
        served = next((hand for hand in hands if hand.seat == key), None)
        for hand in hands:
            if served and hand.seat != key and hand.wave < served.wave and same_side(before, hand, served):
                entry = (hand.seat, hand.since, hand.wave)
                self.overtaken[entry] = self.overtaken.get(entry, 0) + 1

    def hold(self, sides: int) -> None:
        """A side waits through at most as many turns as there are sides, no other has three in a row (Q5), Q6."""
        assert max(self.waited.values(), default=0) <= sides
        assert max((turns for _, turns in self.run.values()), default=0) <= 2
        assert max(self.overtaken.values(), default=0) <= 2


def ranked(floor: Floor) -> list[Hand]:
    return [hand for hand in floor.hands if hand.waits_in_turn and floor.present(hand.seat)]


def same_side(floor: Floor, one: Hand, other: Hand) -> bool:
    return floor.seat(one.seat).side is floor.seat(other.seat).side
