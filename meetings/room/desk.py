"""Rules: what process people see beside the floor: the desk, with notes, cue, signals, and the mirror of one's hand."""

from collections import Counter
from collections.abc import Mapping, Sequence

from cases.case import Side
from meetings.room.breaks import not_back
from meetings.room.entries import Hand
from meetings.room.holding import allotted, next_seat
from meetings.room.numbers import BOUNDS, USUAL, all_in_seconds
from meetings.room.order import owed_seats
from meetings.room.reckoned import once
from meetings.room.seats import Seat
from meetings.room.stages import Stage
from meetings.room.state import Floor
from meetings.room.steps import Step
from meetings.room.told import Told, What
from meetings.room.when import clock

Json = Mapping[str, object]
RANGES: Json = {name: list(both) for name, both in BOUNDS.items()}


def desk(floor: Floor, seat: Seat, *, queue: Sequence[Hand]) -> Json:
    """The desk of this process person; the mirror shows what they themselves have done."""
    return {
        "next": next_seat(floor),
        "owed": list(owed_seats(floor)),
        "stated": [side.value for side in floor.stated],
        "entries": [_private(floor, hand, leads=seat.leads) for hand in queue],
        "cue": _cue(floor),
        "not_back": list(not_back(floor)),
        "told": seen_signals(floor),
        "mirror": _mirror(floor, seat),
        "steps": _last_steps(floor),
        "stretch": {one.key: one.stretch / 100 for one in floor.seats if one.stretch != 100},
        "patience": {one.key: _seconds(one) for one in floor.seats if one.patience != floor.numbers.patience},
        "numbers": all_in_seconds(floor.numbers),
        "ranges": RANGES,
        "usual": all_in_seconds(USUAL),
        "hearing": floor.hearing,
        "ears": floor.ears,
        "time_shown": floor.time_shown,
        "agreed": [one.key for one in floor.seats if one.agreed],
        "plan": [_stage(one) for one in floor.plan],
    }


def seen_signals(floor: Floor) -> list[Json]:
    """What was told to the process people, the newest first. A word that was not understood has no name."""
    return [_signal(one) for one in reversed(floor.told)]


def passed_on(floor: Floor) -> list[Json]:
    """What nobody has seen for a minute, the newest first: of everything else a coordinator does not hear (3.3)."""
    return [_signal(one) for one in reversed(floor.told) if one.escalated]


def _signal(one: Told) -> Json:
    return {
        "number": one.number,
        "what": one.what.value,
        "word": one.word,
        "seat": None if one.what is What.WORD else one.seat,
        "at": clock(one.at),
        "seen_at": clock(one.seen_at),
        "seen_by": one.seen_by,
        "escalated": one.escalated,
    }


def _private(floor: Floor, hand: Hand, *, leads: bool) -> Json:
    """What process people alone see of an entry; the words of a text, only who reads them out."""
    shown = {"note": hand.note, "reason": hand.reason, "words": None, "reads": None}
    if not leads or not hand.words:
        return shown
    reads = hand.rest.budget if hand.rest else allotted(floor, hand)
    return {**shown, "words": hand.words, "reads": reads.total_seconds()}


@once
def _stage(stage: Stage) -> Json:
    return {
        "code": stage.code,
        "name": stage.name,
        "mode": stage.mode.value,
        "minutes": stage.minutes,
        "turn": stage.turn_minutes,
        "own": stage.own_minutes,
    }


def _cue(floor: Floor) -> Json | None:
    if floor.overlap is None:
        return None
    return {"seats": list(floor.overlap.seats), "since": clock(floor.overlap.since), "over": floor.overlap.over}


def _mirror(floor: Floor, seat: Seat) -> Json:
    there = {one.side for one in floor.seats if one.takes_turns}
    sides = [side for side in Side if side in there]
    mine = Counter((one.step, one.side) for one in floor.steps if one.by == seat.key)
    return {step.value: {side.value: mine[step, side] for side in sides} for step in Step}


def _last_steps(floor: Floor) -> list[Json]:
    """The last of each step for each person, for the ladder of that person."""
    last = {(one.seat, one.step): one for one in floor.steps}.values()
    return [{"seat": one.seat, "step": one.step.value, "at": clock(one.at), "by": one.by} for one in last]


def _seconds(seat: Seat) -> float | None:
    return None if seat.patience is None else seat.patience.total_seconds()
