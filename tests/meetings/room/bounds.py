"""Both bounds of fairness, counted by other means than the rules: from what happened, one floor after another.

A side waits while somebody of it has a hand up, or may still take one back. It waits through each turn that another
side is given in the order while somebody of it is here with a hand that nobody moved. A person likewise is overtaken by
each colleague whose hand went up more than a second later. Answers, the rest of a turn, moves, choices of the mediator
and rounds are outside (Q5 to Q9). The first turn of a side that was not heard, and whose hand is back, has never been:
whoever had it waits on, and counts neither it nor the one by which it was broken off.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cases.case import Side
from meetings.room.entries import Hand, Kind
from meetings.room.floor import Floor

SIMULTANEOUS = timedelta(seconds=1)
Entry = tuple[str, datetime]


@dataclass
class Waits:
    """What each side and each person has waited through so far; `run` is which side had how many of those turns."""

    waited: dict[Side, int] = field(default_factory=dict)
    run: dict[Side, tuple[Side, int]] = field(default_factory=dict)
    overtaken: dict[Entry, int] = field(default_factory=dict)


class Bounds:
    """All waits, how they were when the turn that runs was given, and which sides have had one that was not heard."""

    def __init__(self) -> None:
        self.now, self.before = Waits(), Waits()
        self.once: set[Side] = set()

    @property
    def waited(self) -> dict[Side, int]:
        return self.now.waited

    def see(self, before: Floor, after: Floor) -> None:
        """One step more."""
        if after is before:
            return
        back = unheard(before, after)
        back = None if back in self.once else back
        self.once = {*self.once, *([back] if back else [])} - {*spoke(after)}
        if back:
            self._has_never_been(back)
        self._still_wait({*wait_on(before, after.at), back})
        for event in after.events:
            if event["kind"] == "gave":
                self.before = deepcopy(self.now)
                self._gave(before, after, str(event["seat"]), how=str(event["how"]), outside=back)
        waiting = {side for side in wait_on(after, after.at) if side}
        self._still_wait({*waiting})
        self.now.waited = {side: self.now.waited.get(side, 0) for side in waiting}

    def _still_wait(self, sides: set[Side | None]) -> None:
        self.now.waited = {side: one for side, one in self.now.waited.items() if side in sides}
        self.now.run = {side: one for side, one in self.now.run.items() if side in sides}

    def _has_never_been(self, back: Side) -> None:
        """The turn of this side is undone; whose waiting began anew meanwhile has waited through nothing."""
        now, self.now = self.now, deepcopy(self.before)
        for side in [one for one in self.now.waited if one is not back]:
            self.now.waited[side] = min(self.now.waited[side], now.waited.get(side, 0))
            if side not in now.run:
                self.now.run.pop(side, None)

    def _gave(self, before: Floor, after: Floor, key: str, *, how: str, outside: Side | None) -> None:
        side = next(seat.side for seat in after.seats if seat.key == key)
        if how == "next":
            there = (before.seat(hand.seat).side for hand in ranked(before))
            self._count(side, {one for one in there if one is not outside})
            self._overtake(before, key)
        if how in {"next", "moved", "chosen"} and not after.round:
            self.now.waited.pop(side, None)
            self.now.run.pop(side, None)

    def _count(self, side: Side, through: set[Side]) -> None:
        for other in self.now.waited:
            if other is not side and other in through:
                self.now.waited[other] += 1
                last, turns = self.now.run.get(other, (side, 0))
                self.now.run[other] = (side, turns + 1 if last is side else 1)

    def _overtake(self, before: Floor, key: str) -> None:
        hands = ranked(before)
        served = next((hand for hand in hands if hand.seat == key), None)
        for hand in hands:
            if served and hand.since + SIMULTANEOUS < served.since and same_side(before, hand, served):
                entry = (hand.seat, hand.since)
                self.now.overtaken[entry] = self.now.overtaken.get(entry, 0) + 1

    def hold(self, sides: int) -> None:
        """A side waits through at most as many turns as there are sides, no other has three in a row (Q5), Q6."""
        assert max(self.now.waited.values(), default=0) <= sides
        assert max((turns for _, turns in self.now.run.values()), default=0) <= 2
        assert max(self.now.overtaken.values(), default=0) <= 2


def unheard(before: Floor, after: Floor) -> Side | None:
    """Whose turn was over in this step while its hand, never heard, is up again."""
    turn = before.turn
    same = after.turn and turn and after.turn.given_in == turn.given_in
    if turn is None or turn.hand is None or same or not after.has(turn.seat) or [*spoke(after)]:
        return None
    again = after.turn.hand if after.turn and after.turn.seat == turn.seat else after.hand(turn.seat)
    return after.seat(turn.seat).side if again else None


def spoke(floor: Floor) -> Iterator[Side]:
    """Of which sides somebody has been heard in this step."""
    for event in floor.events:
        if event["kind"] == "spoke":
            yield next(seat.side for seat in floor.seats if seat.key == event["seat"])


def wait_on(floor: Floor, at: datetime) -> Iterator[Side | None]:
    """The sides whose waiting has not ended at this moment."""
    for hand in (*floor.hands, *(lowered.hand for lowered in floor.lowered if lowered.until > at)):
        if hand.kind is Kind.TURN and floor.has(hand.seat):
            yield floor.seat(hand.seat).side


def ranked(floor: Floor) -> list[Hand]:
    return [hand for hand in floor.hands if hand.waits_in_turn and floor.present(hand.seat)]


def same_side(floor: Floor, one: Hand, other: Hand) -> bool:
    return floor.seat(one.seat).side is floor.seat(other.seat).side
