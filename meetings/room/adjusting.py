"""Rules: what a mediator may set for one sitting, and what people agree to: numbers, time, hearing, rules, recap."""

from dataclasses import replace
from datetime import timedelta

from database.refusal import Refusal
from meetings.room.asks import AgreeRules
from meetings.room.commands import (
    SetHearing,
    SetNumber,
    SetPatience,
    SetRecap,
    SetStretch,
    SetTimeShown,
    UsualNumbers,
)
from meetings.room.numbers import USUAL, Numbers, changed, patience_by
from meetings.room.seats import WEIGHTS
from meetings.room.state import Floor, NotAllowed


class StaleRules(Refusal):
    """The ground rules have changed since you saw them. Read them once more."""


def set_number(floor: Floor, signal: SetNumber) -> Floor:
    """The number counts from now on, also in a turn that runs. What has a moment already keeps it.

    So a hold, a card, a place or a turn that is kept ends when it was said to end; what is reckoned from a beginning,
    as a cue or a signal that nobody has seen, ends by the new number, at once if that is over. The next break is due
    by the new number, not before now; a reply that runs keeps its time. Silence is as long as the new number from now
    on for all whose patience was the old one.
    """
    numbers = changed(floor.numbers, signal.name, signal.seconds)
    if numbers == floor.numbers:
        return floor
    return _with(floor, numbers).noting("number", name=signal.name)


def usual_numbers(floor: Floor, _: UsualNumbers) -> Floor:
    """Every number is again the one with which a sitting begins, as if each had been set."""
    return floor if floor.numbers == USUAL else _with(floor, USUAL).noting("usual_numbers")


def _with(floor: Floor, numbers: Numbers) -> Floor:
    before = floor.numbers
    seats = (replace(seat, patience=patience_by(numbers, before, seat.patience)) for seat in floor.seats)
    due = floor.break_due - before.break_every + numbers.break_every
    return replace(
        floor,
        numbers=numbers,
        seats=tuple(seats),
        break_due=max(due, min(floor.break_due, floor.at)),
    )


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
    """The person agrees to the rules that they saw: to those of before they changed, no longer."""
    if signal.version is not None and signal.version < floor.rules_in:
        raise StaleRules
    seat = floor.seat(signal.by)
    if seat.agreed:
        return floor
    return floor.with_seat(replace(seat, agreed=True, again=False)).noting("agreed", seat=seat.key)
