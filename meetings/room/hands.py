"""Rules: the queue of hands: raised, lowered, taken back, and moved, added or removed by a process person (Q1, Q2, Q9).

A hand belongs to the seat whose turn it asks for: an interpreter's to the person interpreted, a supporter's to the
person they speak for (Q10).
"""

from dataclasses import replace

from database.refusal import Refusal
from meetings.room import order
from meetings.room.asks import LowerHand, RaiseHand, RestoreHand
from meetings.room.commands import AddHand, MoveHand, RemoveHand
from meetings.room.state import Floor, Hand, Lowered, NotAllowed, SeatKey


class NoSuchHand(Refusal):
    """That person is not waiting to speak."""


class NothingToUndo(Refusal):
    """The ten seconds are over. You can ask to speak again."""


class FloorFrozen(Refusal):
    """You can ask to speak when we go on. Places are kept."""


def raise_hand(floor: Floor, signal: RaiseHand) -> Floor:
    """One more entry at the place that the rules give it; asking again changes nothing."""
    return _raised(floor, floor.owner(signal.by), added=False)


def add_hand(floor: Floor, signal: AddHand) -> Floor:
    return _raised(floor, floor.owner(signal.seat), added=True)


def lower_hand(floor: Floor, signal: LowerHand) -> Floor:
    """The entry is out, and its place can be taken back for ten seconds."""
    seat = floor.owner(signal.by)
    hand = _hand(floor, seat)
    undo = Lowered(hand=hand, until=floor.at + floor.numbers.undo)
    return order.without(replace(floor, lowered=(*floor.lowered, undo)), seat).noting("lowered", seat=seat)


def remove_hand(floor: Floor, signal: RemoveHand) -> Floor:
    _hand(floor, signal.seat)
    return order.without(floor, signal.seat).noting("removed", seat=signal.seat)


def restore_hand(floor: Floor, signal: RestoreHand) -> Floor:
    """The entry is back where it was, as if it had never been lowered."""
    seat = floor.owner(signal.by)
    if floor.hand(seat):
        return floor
    _may_wait(floor, seat)
    lowered = next((one for one in floor.lowered if one.hand.seat == seat), None)
    if lowered is None:
        raise NothingToUndo
    rest = tuple(one for one in floor.lowered if one is not lowered)
    hands = sorted((*floor.hands, lowered.hand), key=lambda hand: hand.since)
    return replace(floor, hands=tuple(hands), lowered=rest).noting("restored", seat=seat)


def move_hand(floor: Floor, signal: MoveHand) -> Floor:
    """The entry stands at this place until it is answered; what was moved before it or behind it keeps its own."""
    hand = replace(_hand(floor, signal.seat), place=signal.place)
    rest = order.without(floor, signal.seat)
    behind = tuple(_back(one, signal.place) for one in rest.hands)
    hands = sorted((*behind, hand), key=lambda one: one.since)
    return replace(floor, hands=tuple(hands)).noting("moved", seat=signal.seat, place=signal.place)


def forgotten(floor: Floor) -> Floor:
    """The floor without lowered hands whose ten seconds are over."""
    kept = tuple(one for one in floor.lowered if one.until > floor.at)
    return floor if len(kept) == len(floor.lowered) else replace(floor, lowered=kept).noting("forgotten")


def _raised(floor: Floor, key: SeatKey, *, added: bool) -> Floor:
    if floor.hand(key):
        return floor
    _may_wait(floor, key)
    waves = floor.waves + (0 if _same_wave(floor) else 1)
    hand = Hand(seat=key, since=floor.at, wave=waves, added=added)
    ready = order.begins_waiting(_unlowered(floor, key), floor.seat(key).side)
    raised = replace(ready, hands=(*ready.hands, hand), waves=waves)
    return raised.noting("added" if added else "raised", seat=key)


def _may_wait(floor: Floor, key: SeatKey) -> None:
    if floor.frozen:
        raise FloorFrozen
    if not floor.seat(key).takes_turns:
        raise NotAllowed("This person speaks without a turn.")
    if floor.turn and floor.turn.seat == key:
        raise NotAllowed("This person has the floor already.")


def _same_wave(floor: Floor) -> bool:
    """Whether a hand raised now counts as raised together with the newest that waits (Q1)."""
    newest = max((hand for hand in floor.hands if hand.wave == floor.waves), key=lambda hand: hand.since, default=None)
    return newest is not None and floor.at - newest.since <= floor.numbers.simultaneous


def _hand(floor: Floor, seat: SeatKey) -> Hand:
    floor.seat(seat)
    hand = floor.hand(seat)
    if hand is None:
        raise NoSuchHand
    return hand


def _unlowered(floor: Floor, seat: SeatKey) -> Floor:
    return replace(floor, lowered=tuple(one for one in floor.lowered if one.hand.seat != seat))


def _back(hand: Hand, place: int) -> Hand:
    return replace(hand, place=hand.place + 1) if hand.place is not None and hand.place >= place else hand
