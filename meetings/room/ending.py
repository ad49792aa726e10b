"""Rules: how a turn ends, whoever ends it: what of it is kept, for whom, and for how long.

Who lost the floor while somebody spoke over them, or while their line was down, may ask for the rest (Q8). A hand whose
owner was given the floor and never heard is still up (Q13): once as if the floor had never been given, so that nothing
is lost by it; a second of that side, before any of it is heard, as if it went up now, so that nobody waits for ever. In
a round the side has had its turn, cut or not: what it lost comes back as the rest alone, so that no side is given a
whole turn twice.
"""

from dataclasses import replace
from datetime import timedelta

from meetings.room import hands, order, rounds
from meetings.room.entries import Kind, Past, Turn, Unfinished
from meetings.room.seats import WEIGHTS
from meetings.room.stages import UNCOUNTED
from meetings.room.state import Floor

LEAST = timedelta(seconds=1)
OWN_WILL = frozenset({"finished", "passed"})


def ended(floor: Floor, how: str) -> Floor:
    """The floor with nobody holding it; `how` is the word in the list of events."""
    if floor.turn is None:
        return floor
    lost = how not in OWN_WILL and (how == "yielded" or floor.overlap is not None or _away(floor))
    kept = _unfinished(floor) if lost else _still_up(floor, how)
    said = rounds.said(kept) if how != "passed" else kept
    return replace(said, turn=None, past=_past(floor, floor.turn), overlap=None, card_until=None).noting(
        how, seat=floor.turn.seat
    )


def _past(floor: Floor, turn: Turn) -> Past | None:
    if floor.mode in UNCOUNTED or turn.words:
        return None
    seat = floor.seat(turn.seat)
    return Past(turn=replace(turn, hand=None), side=seat.side, weight=WEIGHTS[seat.stretch], ended_at=floor.at)


def _away(floor: Floor) -> bool:
    return floor.turn is not None and not floor.present(floor.turn.seat)


def _unfinished(floor: Floor) -> Floor:
    """What is left can be asked for once, also of an answer or a text; a rest of a rest, and a moment, are not kept."""
    turn = floor.turn
    if turn is None or turn.kind is Kind.FINISHING or turn.rest.budget < LEAST:
        return floor
    until = floor.at + floor.numbers.unfinished if floor.present(turn.seat) else None
    others = tuple(one for one in floor.unfinished if one.seat != turn.seat)
    return replace(floor, unfinished=(*others, Unfinished(seat=turn.seat, rest=turn.rest, until=until)))


def _still_up(floor: Floor, how: str) -> Floor:
    """The holder was not heard, or where nobody listens had no three seconds: the hand is still up."""
    turn = floor.turn
    if turn is None or turn.hand is None or how in OWN_WILL:
        return floor
    side = floor.seat(turn.seat).side
    if side in floor.unheard:
        return hands.anew(floor, turn.hand)
    undone = order.recounted(floor, turn.before) if turn.before else floor
    return hands.back(replace(undone, unheard=(*floor.unheard, side)), turn.hand)
