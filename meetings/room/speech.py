"""Rules: what hearing means for the floor: a hand goes down once its owner has spoken, and silence is not speech.

Whether somebody is heard is a hint of a browser. It gives no turn and ends none.
"""

from dataclasses import replace
from datetime import timedelta

from meetings.room.asks import Hears, Quiet, Spoke
from meetings.room.seats import WEIGHTS
from meetings.room.stages import UNCOUNTED
from meetings.room.state import Floor

NOTHING = timedelta(0)


def hears(floor: Floor, signal: Hears) -> Floor:
    """Speech is reported, or no longer; then nothing that was heard stops a clock any more."""
    on = signal.on and floor.hearing
    if on == floor.ears:
        return floor
    return replace(floor, ears=on, overlap=floor.overlap if on else None).noting("ears", on=on)


def spoke(floor: Floor, signal: Spoke) -> Floor:
    """The holder has been heard for three seconds: the hand is down, and can be kept for ten more (Q13)."""
    turn = floor.turn
    if turn is None or turn.seat != signal.seat or turn.hand is None:
        return floor
    down = replace(turn, hand=None, before=None, keep_until=floor.at + floor.numbers.keep_hand)
    unheard = tuple(side for side in floor.unheard if side is not floor.seat(turn.seat).side)
    return replace(floor, turn=down, unheard=unheard).noting("spoke", seat=turn.seat)


def quiet(floor: Floor, signal: Quiet) -> Floor:
    """Silence that the holder's patience covers is taken off the share of their side: it is not speech (3.5).

    Never more than the turn was charged; a text turn counts by its reading time, whoever is heard (3.7).
    """
    turn = floor.turn
    if turn is None or turn.seat != signal.seat or turn.words or floor.mode in UNCOUNTED:
        return floor
    silence = min(signal.silence, turn.ran - turn.silent)
    if silence <= NOTHING:
        return floor
    seat = floor.seat(signal.seat)
    spent = max(NOTHING, floor.spent.get(seat.side, NOTHING) - silence * WEIGHTS[seat.stretch])
    quiet = replace(floor, turn=replace(turn, silent=turn.silent + silence), spent={**floor.spent, seat.side: spent})
    return quiet.noting("quiet")


def hand_down(floor: Floor) -> Floor:
    """Where nobody listens, three seconds of the running turn stand for three seconds of speech (Q13)."""
    return spoke(floor, Spoke(seat=floor.turn.seat)) if floor.turn else floor


def keeping_over(floor: Floor) -> Floor:
    """The ten seconds in which a hand could be kept are over."""
    if floor.turn is None:
        return floor
    return replace(floor, turn=replace(floor.turn, keep_until=None)).noting("keeping_over")
