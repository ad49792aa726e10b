"""Rules: who is next. Sides come before persons, and nobody waits while another side speaks again and again.

Q3  the side with the smallest share of floor time in this stage, against its fair share; then who waited longest
Q4  inside a side: the young person, then who has not spoken in this stage, then who waited longest
Q5  a waiting side that was passed over twice is owed, and goes before Q3, longest owed first
Q6  a person overtaken twice by colleagues who raised later is owed, and goes before Q4, in the order of raising
Q7  an answer to a direct question stands directly under it, Q8 the rest of an interrupted turn at the head, and
Q9  what the mediator moved stands where it was put: all three outside both counts

The turn that runs when a hand goes up is counted in neither bound: counting happens only when a turn is given. A side
that speaks now has, at equal shares, spoken more. Where two are equal in everything, a lot decides that is drawn anew
for each wave of hands, and never the milliseconds of anyone's network (Q1).
"""

from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from hashlib import sha256
from math import lcm

from cases.case import Side, Standing
from meetings.room.entries import Counts, Hand, Kind
from meetings.room.reckoned import once
from meetings.room.seats import WEIGHTS, Seat, SeatKey
from meetings.room.stages import UNCOUNTED
from meetings.room.state import Floor

MICROSECOND = timedelta(microseconds=1)


@once
def order(floor: Floor) -> tuple[Hand, ...]:
    """Every hand in the one order that all see. Hands of people who are away keep their entry, at the end (Q11).

    Beyond the first it is a forecast: as if each turn took the planned time of this stage.
    """
    if not floor.hands:
        return ()
    queue = _Queue(floor)
    ranked = queue.served_out(timedelta(minutes=floor.current.turn_minutes) * WEIGHTS[100])
    moved = [hand for hand in floor.hands if hand.place is not None and hand.seat in queue.present]
    for hand in sorted(moved, key=_place):
        ranked.insert(_place(hand) - 1, hand)
    return (*ranked, *(hand for hand in floor.hands if hand.seat not in queue.present))


def next_hand(floor: Floor) -> Hand | None:
    """Whom the mediator's button names."""
    first = next(iter(order(floor)), None)
    return first if first and floor.present(first.seat) else None


def served(floor: Floor, hand: Hand) -> Floor:
    """The floor after this hand was answered in its order: it is out of the queue, and both counts have moved on."""
    queue = _Queue(floor)
    queue.serve(hand)
    rest = (one for one in without(floor, hand).hands)
    counted = (replace(one, overtaken=queue.overtaken[one.seat]) if one.waits_in_turn else one for one in rest)
    return replace(floor, hands=tuple(counted), passed=queue.passed, owed=tuple(queue.owed))


def answered(floor: Floor, side: Side) -> Floor:
    """The floor after a side got a turn, by its order or by the mediator's choice: it is owed nothing now."""
    passed = {one: count for one, count in floor.passed.items() if one != side}
    return replace(floor, passed=passed, owed=tuple(one for one in floor.owed if one != side))


def begins_waiting(floor: Floor, side: Side) -> Floor:
    """The floor before a side's first hand: earlier waiting has ended, and its count with it.

    A hand that can still be restored waits, so that no colleague's ends what is owed to it (Q2).
    """
    asked = (*floor.hands, *(lowered.hand for lowered in floor.lowered))
    waits = any(hand.kind is Kind.TURN and floor.seat(hand.seat).side == side for hand in asked)
    return floor if waits else answered(floor, side)


def counts(floor: Floor) -> Counts:
    """How everybody who waits stands now."""
    overtaken = {hand.seat: hand.overtaken for hand in floor.hands if hand.waits_in_turn}
    return Counts(passed=floor.passed, owed=floor.owed, overtaken=overtaken, spoken=floor.spoken)


def recounted(floor: Floor, before: Counts) -> Floor:
    """The floor with everybody who waits as they stood then."""
    hands = tuple(replace(one, overtaken=before.overtaken.get(one.seat, one.overtaken)) for one in floor.hands)
    return replace(floor, hands=hands, passed=before.passed, owed=before.owed, spoken=before.spoken)


def without(floor: Floor, gone: Hand | None) -> Floor:
    """The floor without this entry; what was put to a place behind it comes forward by one."""
    if gone is None:
        return floor
    entries = [(hand.seat, hand.kind) for hand in order(floor)]
    at = entries.index((gone.seat, gone.kind)) + 1
    kept = (hand for hand in floor.hands if (hand.seat, hand.kind) != (gone.seat, gone.kind))
    return replace(floor, hands=tuple(_forward(hand, at) for hand in kept))


def put(floor: Floor, hand: Hand, place: int) -> Floor:
    """The floor with this entry at this place, counted from one; what stood there or behind it goes one back."""
    behind = (_back(one, place) for one in floor.hands)
    hands = sorted((*behind, replace(hand, place=place)), key=lambda one: one.since)
    return replace(floor, hands=tuple(hands))


@once
def overtakes_in(floor: Floor) -> timedelta | None:
    """How long the running turn may go on before its own side stops being the next one; None if it never does."""
    if not floor.hands or not floor.runs or floor.turn is None or floor.mode in UNCOUNTED:
        return None
    queue, seat = _Queue(floor), floor.seat(floor.turn.seat)
    if queue.next_side() is not seat.side or any(side in queue.waiting for side in queue.owed):
        return None
    ahead = [queue.level_in(seat, other) for other in queue.waiting if other is not seat.side]
    return min(ahead, default=None)


def owed_seats(floor: Floor) -> tuple[SeatKey, ...]:
    """Whose entries are owed, by their side (Q5) or by themselves (Q6); for process people only."""
    return tuple(
        hand.seat
        for hand in order(floor)
        if hand.kind is Kind.TURN
        and (hand.overtaken >= floor.numbers.owed_after or floor.seat(hand.seat).side in floor.owed)
    )


class _Queue:
    """The hands that wait in turn, and the counts that rank them: a worksheet, made from a floor and thrown away."""

    def __init__(self, floor: Floor) -> None:
        self.lot, self.owed_after = floor.lot, floor.numbers.owed_after
        self.seats = {seat.key: seat for seat in floor.seats}
        self.present = _present(floor)
        self.waiting: dict[Side, list[Hand]] = {}
        for hand in floor.hands:
            if hand.waits_in_turn and hand.seat in self.present:
                self.waiting.setdefault(self.seats[hand.seat].side, []).append(hand)
        self.overtaken = {hand.seat: hand.overtaken for hand in floor.hands if hand.waits_in_turn}
        self.speaking = self.seats[floor.turn.seat].side if floor.turn else None
        self.spoken = set(floor.spoken)
        self.passed, self.owed = dict(floor.passed), list(floor.owed)
        whole = lcm(*floor.fair.values())
        self.parts = {side: whole // floor.fair.get(side, 1) for side in Side}
        self.shares = {side: floor.spent.get(side, timedelta(0)) // MICROSECOND * self.parts[side] for side in Side}

    def served_out(self, planned: timedelta) -> list[Hand]:
        """Every hand, as it would be answered if all turns took the planned time."""
        ranked = []
        while side := self.next_side():
            hand = self.next_person(side)
            ranked.append(hand)
            self.serve(hand)
            self.spoken.add(hand.seat)
            self.speaking = None
            self.shares[side] += planned // MICROSECOND * self.parts[side]
        return ranked

    def next_side(self) -> Side | None:
        owed = next((side for side in self.owed if side in self.waiting), None)
        return owed or min(self.waiting, key=self._side_rank, default=None)

    def next_person(self, side: Side) -> Hand:
        owed = [hand for hand in self.waiting[side] if self.overtaken[hand.seat] >= self.owed_after]
        return min(owed, key=self._raised) if owed else min(self.waiting[side], key=self._person_rank)

    def serve(self, hand: Hand) -> None:
        side = self.seats[hand.seat].side
        self._pass_over(side)
        for colleague in self.waiting[side]:
            self.overtaken[colleague.seat] += colleague.wave < hand.wave
        self.waiting[side].remove(hand)
        if not self.waiting[side]:
            del self.waiting[side]

    def level_in(self, seat: Seat, other: Side) -> timedelta:
        """How long this seat speaks until its side has as large a share as the other."""
        gap = self.shares[other] - self.shares[seat.side]
        return max(1, -(-gap // (WEIGHTS[seat.stretch] * self.parts[seat.side]))) * MICROSECOND

    def _pass_over(self, served: Side) -> None:
        waiting = [side for side in self.waiting if side is not served]
        for side in waiting:
            self.passed[side] = self.passed.get(side, 0) + 1
        newly = [side for side in waiting if side not in self.owed and self.passed[side] >= self.owed_after]
        self.owed = [side for side in self.owed if side is not served] + sorted(newly, key=self._longest)
        self.passed.pop(served, None)

    def _side_rank(self, side: Side) -> tuple[int, bool, int, str]:
        return (self.shares[side], side is self.speaking, *self._longest(side))

    def _person_rank(self, hand: Hand) -> tuple[bool, bool, int, str]:
        older = self.seats[hand.seat].standing is not Standing.YOUNG_PERSON
        return (older, hand.seat in self.spoken, *self._raised(hand))

    def _longest(self, side: Side) -> tuple[int, str]:
        wave = min(hand.wave for hand in self.waiting[side])
        return wave, _lot(self.lot, wave, side)

    def _raised(self, hand: Hand) -> tuple[int, str]:
        return hand.wave, _lot(self.lot, hand.wave, hand.seat)


def _present(floor: Floor) -> frozenset[SeatKey]:
    here = [seat for seat in floor.seats if seat.here]
    return frozenset(key for seat in here for key in (seat.key, seat.speaks_for) if key)


@lru_cache(maxsize=4096)
def _lot(lot: str, wave: int, name: str) -> str:
    return sha256(f"{lot}/{wave}/{name}".encode()).hexdigest()


def _place(hand: Hand) -> int:
    return hand.place or 1


def _forward(hand: Hand, at: int) -> Hand:
    return replace(hand, place=hand.place - 1) if hand.place is not None and hand.place > at else hand


def _back(hand: Hand, place: int) -> Hand:
    return replace(hand, place=hand.place + 1) if hand.place is not None and hand.place >= place else hand
