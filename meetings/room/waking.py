"""Rules: what time does to a floor by itself: when each thing is due, and what happens then, in the table WAKES.

A late step goes through all such moments in their order, so it does not matter when, or on which worker, it is made.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from meetings.room import (
    breaks,
    charging,
    closing,
    coming,
    hands,
    interruptions,
    ladder,
    order,
    speech,
    telling,
)
from meetings.room.ending import ended
from meetings.room.state import Floor, Why


def wakes_at(floor: Floor) -> datetime | None:
    """The next moment at which time itself changes something that somebody sees; None while nothing is due."""
    return min((at for at, _ in _dues(floor)), default=None)


def _dues(floor: Floor) -> list[tuple[datetime, Callable[[Floor], Floor]]]:
    found = [(due(floor), act) for due, act in WAKES]
    return [(at, act) for at, act in found if at is not None]


def caught_up(floor: Floor, now: datetime) -> Floor:
    """The floor at `now`, through every moment on the way at which something was due."""
    while (dues := _dues(floor)) and (first := min(dues, key=lambda due: due[0]))[0] <= now:
        at, act = first
        floor = act(_advanced(floor, at))
    return _advanced(floor, now)


def _advanced(floor: Floor, now: datetime) -> Floor:
    at = max(now, floor.at)
    passed = interruptions.waited(floor, at - floor.at) if floor.still else charging.charged(floor, at - floor.at)
    return replace(passed, at=at)


def _keeping_ends(floor: Floor) -> datetime | None:
    return floor.turn.kept_until if floor.turn else None


def _unattended_stops(floor: Floor) -> datetime | None:
    goes_on = floor.pause is None or floor.pause.why is Why.PAUSE
    due = floor.unattended_since is not None and goes_on and not floor.awaited
    return _after(floor.unattended_since, floor.numbers.unattended_stops, floor) if due else None


def _unattended_holds(floor: Floor) -> datetime | None:
    rests = floor.pause is not None and floor.pause.why is Why.BREAK
    due = floor.unattended_since is not None and not floor.safe_hold and not rests
    return _after(floor.unattended_since, floor.numbers.unattended_holds, floor) if due else None


def _after(since: datetime | None, wait: timedelta, floor: Floor) -> datetime | None:
    return max(since + wait, floor.at) if since else None


def _undo_ends(floor: Floor) -> datetime | None:
    return min((lowered.until for lowered in floor.lowered), default=None)


def _order_turns(floor: Floor) -> datetime | None:
    wait = order.overtakes_in(floor)
    return floor.at + wait + charging.silent_for(floor) if wait else None


def _hand_falls(floor: Floor) -> datetime | None:
    """A text is not spoken, and who is not listened to is not heard: then the running time decides (Q13)."""
    turn = floor.turn
    if turn is None or turn.hand is None or not floor.runs or (floor.hears_holder and not turn.words):
        return None
    return floor.at + max(timedelta(0), floor.numbers.spoken - turn.ran)


def _keeping_hand_ends(floor: Floor) -> datetime | None:
    return floor.turn.keep_until if floor.turn else None


def _cue_ends(floor: Floor) -> datetime | None:
    return floor.overlap.since + floor.numbers.cue if floor.overlap else None


def _chance_ends(floor: Floor) -> datetime | None:
    if floor.still:
        return None
    return min((one.until for one in floor.unfinished if one.until), default=None)


def _hold_ends(floor: Floor) -> datetime | None:
    return min((one.until for one in floor.holds), default=None)


WAKES: tuple[tuple[Callable[[Floor], datetime | None], Callable[[Floor], Floor]], ...] = (
    (_keeping_ends, lambda floor: ended(floor, "released")),
    (_hand_falls, speech.hand_down),
    (_keeping_hand_ends, speech.keeping_over),
    (_cue_ends, interruptions.cue_gone),
    (lambda floor: floor.card_until, interruptions.card_gone),
    (_chance_ends, interruptions.chance_gone),
    (_hold_ends, ladder.run_out),
    (telling.next_unseen, telling.escalated),
    (_unattended_stops, coming.stopped),
    (_unattended_holds, coming.held_alike),
    (_undo_ends, hands.forgotten),
    (breaks.next_mark, breaks.marked),
    (breaks.next_end, breaks.told_over),
    (closing.next_call, closing.called),
    (_order_turns, lambda floor: floor.noting("order")),
)
"""What time does by itself: when it is due, and what happens then."""
