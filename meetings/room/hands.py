"""Rules: the queue of hands: raised, lowered, taken back, kept, and moved, added or removed by a process person.

A hand belongs to the seat whose turn it asks for: an interpreter's to the person interpreted, a supporter's to the
person they speak for (Q10). There is one for each seat; asking again changes what it says, never its place (Q2).
"""

from dataclasses import replace

from database.refusal import Refusal
from meetings.room import order
from meetings.room.asks import KeepHand, LowerHand, RaiseHand, RestoreHand, WriteTurn
from meetings.room.commands import AddHand, MoveHand, RemoveHand
from meetings.room.entries import Hand, Kind, Lowered
from meetings.room.seats import SeatKey
from meetings.room.state import Floor, NotAllowed


class NoSuchHand(Refusal):
    """That person is not waiting to speak."""


class NothingToUndo(Refusal):
    """The ten seconds are over. You can ask to speak again."""


class FloorFrozen(Refusal):
    """You can ask to speak when we go on. Places are kept."""


def raise_hand(floor: Floor, signal: RaiseHand) -> Floor:
    """One more entry at the place that the rules give it; asking again changes its note alone."""
    seat = floor.owner(signal.by)
    if hand := floor.hand(seat):
        theirs = seat != signal.by and hand.note is not None
        return floor if theirs else _noted(floor, hand, note=signal.note)
    return _raised(floor, seat, "raised", note=signal.note)


def add_hand(floor: Floor, signal: AddHand) -> Floor:
    seat = floor.owner(signal.seat)
    if hand := floor.hand(seat):
        return _noted(floor, hand, note=signal.note)
    return _raised(floor, seat, "added", note=signal.note)


def write_turn(floor: Floor, signal: WriteTurn) -> Floor:
    """The entry's turn is a text; who waits already keeps the place, and other words replace the earlier ones."""
    seat = floor.owner(signal.by)
    hand = floor.hand(seat)
    if hand is None:
        return _raised(floor, seat, "wrote", words=signal.words)
    if not may_write(hand, by=signal.by):
        raise NotAllowed("They have written this turn themselves. Only they can change it.")
    return _changed(floor, hand, replace(hand, words=signal.words)).noting("wrote", seat=seat)


def may_write(hand: Hand, *, by: SeatKey) -> bool:
    """Whether this person may write the words of this entry: what one may not read, one does not replace."""
    return hand.words is None or hand.seat == by


def keep_hand(floor: Floor, signal: KeepHand) -> Floor:
    """Who speaks, and whose hand was taken down for it, waits for another turn, as from now (Q13)."""
    turn, seat = floor.turn, floor.owner(signal.by)
    if turn is None or turn.seat != seat or turn.keep_until is None or not floor.seat(signal.by).takes_turns:
        raise NothingToUndo
    if turn.began_after(signal.version):
        raise NothingToUndo
    if floor.frozen:
        raise FloorFrozen
    return _entered(replace(floor, turn=replace(turn, keep_until=None)), seat, "kept_hand")


def lower_hand(floor: Floor, signal: LowerHand) -> Floor:
    """The entry is out, and its place can be taken back for ten seconds."""
    seat = floor.owner(signal.by)
    hand = floor.hand(seat) or next((one for one in floor.hands if one.seat == seat), None)
    if hand is None:
        raise NoSuchHand
    undo = Lowered(hand=hand, until=floor.at + floor.numbers.undo)
    kept = tuple(one for one in floor.lowered if one.hand.seat != seat)
    return order.without(replace(floor, lowered=(*kept, undo)), hand).noting("lowered", seat=seat)


def restore_hand(floor: Floor, signal: RestoreHand) -> Floor:
    """The entry is back where it was, as if it had never been lowered; in a break too, as places are kept (Q11)."""
    seat = floor.owner(signal.by)
    lowered = next((one for one in floor.lowered if one.hand.seat == seat), None)
    if lowered is None:
        if floor.hand(seat):
            return floor
        raise NothingToUndo
    may_wait(floor, seat)
    rest = replace(floor, lowered=tuple(one for one in floor.lowered if one is not lowered))
    return back(rest, lowered.hand).noting("restored", seat=seat)


def remove_hand(floor: Floor, signal: RemoveHand) -> Floor:
    return order.without(floor, _hand(floor, signal.seat, signal.entry)).noting("removed", seat=signal.seat)


def move_hand(floor: Floor, signal: MoveHand) -> Floor:
    """The entry stands at this place until it is answered; what was put before it or behind it keeps its own."""
    hand = _hand(floor, signal.seat, signal.entry)
    moved = replace(hand, moved=True, reason=signal.reason)
    put = order.put(order.without(floor, hand), moved, signal.place)
    return put.noting("moved", seat=signal.seat, place=signal.place)


def forgotten(floor: Floor) -> Floor:
    """The floor without lowered hands whose ten seconds are over."""
    kept = tuple(one for one in floor.lowered if one.until > floor.at)
    return floor if len(kept) == len(floor.lowered) else replace(floor, lowered=kept).noting("forgotten")


def back(floor: Floor, hand: Hand) -> Floor:
    """The floor with this entry where it was, unless its seat has another of its kind by now."""
    if floor.hand(hand.seat, hand.kind):
        return floor
    if hand.place is not None:
        return order.put(floor, hand, hand.place)
    return replace(floor, hands=tuple(sorted((*floor.hands, hand), key=lambda one: one.since)))


def anew(floor: Floor, hand: Hand) -> Floor:
    """The floor with this entry as if it were asked for now, unless its seat has another of its kind."""
    if floor.hand(hand.seat, hand.kind):
        return floor
    begun = floor.waved_at
    same = begun is not None and floor.at - begun <= floor.numbers.simultaneous
    waved = floor if same else replace(floor, waves=floor.waves + 1, waved_at=floor.at)
    ready = order.begins_waiting(waved, floor.seat(hand.seat).side)
    fresh = replace(hand, since=floor.at, wave=waved.waves, overtaken=0, place=None, moved=False, reason=None)
    return replace(ready, hands=(*ready.hands, fresh))


def may_wait(floor: Floor, key: SeatKey) -> None:
    """Refuses who has no need of a place in the queue."""
    if not floor.seat(key).takes_turns:
        raise NotAllowed("This person speaks without a turn.")
    if floor.turn and floor.turn.seat == key:
        raise NotAllowed("This person has the floor already.")


def _raised(floor: Floor, key: SeatKey, how: str, *, note: str | None = None, words: str | None = None) -> Floor:
    if floor.frozen:
        raise FloorFrozen
    may_wait(floor, key)
    return _unlowered(_entered(floor, key, how, note=note, words=words), key)


def _entered(floor: Floor, key: SeatKey, how: str, *, note: str | None = None, words: str | None = None) -> Floor:
    hand = Hand(seat=key, since=floor.at, wave=floor.waves, added=how == "added", note=note, words=words)
    return anew(floor, hand).noting(how, seat=key)


def _noted(floor: Floor, hand: Hand, *, note: str | None) -> Floor:
    """None changes nothing: asking again without a note keeps the one that is there; an empty one takes it away."""
    if note is None or (note or None) == hand.note:
        return floor
    return _changed(floor, hand, replace(hand, note=note or None)).noting("noted", seat=hand.seat)


def _changed(floor: Floor, before: Hand, after: Hand) -> Floor:
    return replace(floor, hands=tuple(after if one is before else one for one in floor.hands))


def _hand(floor: Floor, seat: SeatKey, kind: Kind) -> Hand:
    floor.seat(seat)
    hand = floor.hand(seat, kind)
    if hand is None:
        raise NoSuchHand
    return hand


def _unlowered(floor: Floor, seat: SeatKey) -> Floor:
    return replace(floor, lowered=tuple(one for one in floor.lowered if one.hand.seat != seat))
