"""Rules: what hearing means for the floor: a hand goes down once its owner has spoken, and silence is not speech.

Whether somebody is heard is a hint of a browser. It gives no turn and ends none.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from meetings.room.asks import Hears, Quiet, Spoke
from meetings.room.charging import spent_more
from meetings.room.entries import Turn
from meetings.room.seats import WEIGHTS
from meetings.room.stages import UNCOUNTED
from meetings.room.state import Floor

NOTHING = timedelta(0)
PAUSE = timedelta(seconds=2)
LATE = timedelta(seconds=3)
"""By so much a report of speech may come after it, and what was taken for silence meanwhile is charged after all."""


def hears(floor: Floor, signal: Hears) -> Floor:
    """Speech is reported, or no longer; then nothing that was heard stops a clock any more."""
    on = signal.on and floor.hearing
    if on == floor.ears:
        return floor
    turn = floor.turn if on or floor.turn is None else replace(floor.turn, still_to=None)
    return replace(floor, ears=on, overlap=floor.overlap if on else None, turn=turn).noting("ears", on=on)


def spoke(floor: Floor, signal: Spoke) -> Floor:
    """The holder has been heard for three seconds: the hand is down, and can be kept for ten more (Q13)."""
    turn = floor.turn
    if turn is None or turn.seat != signal.seat or turn.hand is None:
        return floor
    down = replace(turn, hand=None, before=None, keep_until=floor.at + floor.numbers.keep_hand)
    unheard = tuple(side for side in floor.unheard if side is not floor.seat(turn.seat).side)
    return replace(floor, turn=down, unheard=unheard).noting("spoke", seat=turn.seat)


def quiet(floor: Floor, signal: Quiet) -> Floor:
    """Silence that the holder's patience covers is in no share: it is not speech (3.5).

    Each moment of it is taken off once, whoever reports it, and never more than the turn was charged; also from the
    turn that ended a moment ago. A text turn counts by its reading time, whoever is heard (3.7).
    """
    turn, past = floor.turn, floor.past
    if turn and turn.given_in == signal.given_in:
        counts = not turn.words and floor.mode not in UNCOUNTED
        return _quiet_now(floor, turn, signal) if counts else floor
    if past is None or past.turn.given_in != signal.given_in:
        return floor
    until = min(signal.until, past.ended_at)
    silence = _silence(past.turn, signal.since, until)
    if silence <= NOTHING:
        return floor
    after = replace(past, turn=replace(past.turn, silent=past.turn.silent + silence, quiet_to=until))
    return spent_more(replace(floor, past=after), past.side, -silence * past.weight).noting("quiet")


def _quiet_now(floor: Floor, turn: Turn, signal: Quiet) -> Floor:
    """The silence so far is in no share; while it lasts, nothing more is charged; at its end what was too much is."""
    until = min(signal.until, floor.rested_at if floor.pause and floor.rested_at else floor.at)
    silence = _silence(turn, signal.since, until)
    if turn.still_to and turn.quiet_to and signal.still is None and NOTHING < turn.quiet_to - until < LATE:
        silence = max(until - turn.quiet_to, -turn.silent)
    if not silence and signal.still == turn.still_to:
        return floor
    seat = floor.seat(turn.seat)
    quiet_to = until if silence else turn.quiet_to
    after = replace(turn, silent=turn.silent + silence, quiet_to=quiet_to, still_to=signal.still)
    return spent_more(replace(floor, turn=after), seat.side, -silence * WEIGHTS[seat.stretch]).noting("quiet")


def _silence(turn: Turn, since: datetime, until: datetime) -> timedelta:
    """What of this silence has not been reckoned yet; a pause between words is none (3.7)."""
    if until - since < PAUSE:
        return NOTHING
    fresh = until - max(since, turn.given_at, turn.quiet_to or turn.given_at)
    return max(NOTHING, min(fresh, turn.ran - turn.silent))


def hand_down(floor: Floor) -> Floor:
    """Where nobody listens, three seconds of the running turn stand for three seconds of speech (Q13)."""
    return spoke(floor, Spoke(seat=floor.turn.seat)) if floor.turn else floor


def keeping_over(floor: Floor) -> Floor:
    """The ten seconds in which a hand could be kept are over."""
    if floor.turn is None:
        return floor
    return replace(floor, turn=replace(floor.turn, keep_until=None)).noting("keeping_over")
