"""Rules: what a mediator may set for one sitting, and what people agree to: numbers, time, hearing, rules, recap."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from meetings.room.asks import AgreeRules
from meetings.room.commands import (
    SetHearing,
    SetNumber,
    SetPatience,
    SetRecap,
    SetStretch,
    SetTimeShown,
)
from meetings.room.seats import WEIGHTS
from meetings.room.state import Floor, NotAllowed, Numbers

RANGES: Mapping[str, tuple[int, int]] = {
    "reply": (15, 300),
    "unfinished": (15, 300),
    "undo": (5, 60),
    "kept": (30, 600),
    "grace": (5, 120),
    "hold": (15, 120),
    "unseen": (30, 300),
    "break_every": (1200, 7200),
}
"""The numbers that can be another in a sitting, with the least and the most seconds of each."""


def set_number(floor: Floor, signal: SetNumber) -> Floor:
    """The number counts from now on; what was announced before keeps its time, but for the break that is due."""
    least, most = RANGES.get(signal.name, (0, -1))
    if not least <= signal.seconds <= most:
        raise NotAllowed("That number cannot be set so.")
    value = timedelta(seconds=signal.seconds)
    due = floor.break_due
    if signal.name == "break_every":
        due = due - floor.numbers.break_every + value
    numbers: Numbers = replace(floor.numbers, **{signal.name: value})  # type: ignore[arg-type]
    return replace(floor, numbers=numbers, break_due=due).noting("number", name=signal.name, seconds=signal.seconds)


def set_stretch(floor: Floor, signal: SetStretch) -> Floor:
    """The person's time is stretched from now on; what runs is stretched in what is left of it."""
    seat = floor.seat(signal.seat)
    if signal.percent not in WEIGHTS or not seat.takes_turns:
        raise NotAllowed("Time can be 1, 1.25, 1.5 or 2 times as long, for somebody who takes turns.")
    stretched = floor.with_seat(replace(seat, stretch=signal.percent))
    turn = floor.turn
    if turn and turn.seat == seat.key and not turn.words:
        left = turn.rest.budget * signal.percent // seat.stretch
        stretched = replace(stretched, turn=replace(turn, budget=turn.ran + left))
    return stretched.noting("stretch", seat=seat.key)


def set_patience(floor: Floor, signal: SetPatience) -> Floor:
    seat = floor.seat(signal.seat)
    patience = None if signal.seconds is None else timedelta(seconds=signal.seconds)
    return floor.with_seat(replace(seat, patience=patience)).noting("patience", seat=seat.key)


def set_hearing(floor: Floor, signal: SetHearing) -> Floor:
    """Nothing is made of what is heard while this is off."""
    if signal.on == floor.hearing:
        return floor
    ears, overlap = (floor.ears, floor.overlap) if signal.on else (False, None)
    return replace(floor, hearing=signal.on, ears=ears, overlap=overlap).noting("hearing", on=signal.on)


def set_time_shown(floor: Floor, signal: SetTimeShown) -> Floor:
    if signal.on == floor.time_shown:
        return floor
    return replace(floor, time_shown=signal.on).noting("time_shown", on=signal.on)


def set_recap(floor: Floor, signal: SetRecap) -> Floor:
    return floor if signal.words == floor.recap else replace(floor, recap=signal.words).noting("recap")


def agree_rules(floor: Floor, signal: AgreeRules) -> Floor:
    seat = floor.seat(signal.by)
    return floor if seat.agreed else floor.with_seat(replace(seat, agreed=True)).noting("agreed", seat=seat.key)
