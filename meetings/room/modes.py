"""Rules: how people take turns now, which stage it is, and when everything stands still."""

from dataclasses import replace
from datetime import timedelta

from meetings.room import charging, holding, rounds, state
from meetings.room.breaks import answered, on_break
from meetings.room.commands import Pause, Resume, SetMode, SetStage
from meetings.room.ending import ended
from meetings.room.seats import SeatKey
from meetings.room.stages import BREAK, Mode, turn_survives, workable
from meetings.room.state import Floor, NotAllowed, Why


def set_mode(floor: Floor, signal: SetMode) -> Floor:
    """Turns are taken in another way. For a side's own time a seat may be named, which then has it at once.

    The minutes that are said with it are those of every side in turn, so that all have the same.
    """
    may_be(floor, signal.mode)
    if signal.seat and signal.mode is not Mode.STATEMENT:
        raise NotAllowed("Only a side’s own time is given with the mode.")
    if signal.seat:
        each = signal.minutes or (floor.own_minutes if floor.mode is signal.mode else None)
        return holding.given(replace(_in_mode(floor, signal.mode), own_minutes=each), signal.seat, minutes=None)
    return floor if signal.mode is floor.mode else _in_mode(floor, signal.mode)


def may_be(floor: Floor, mode: Mode) -> None:
    """Refuses a way of taking turns that this room cannot do."""
    if workable(mode, in_person=floor.in_person) is not mode:
        raise NotAllowed("Private rooms cannot be opened on screens yet. Choose another way of taking turns.")


def set_stage(floor: Floor, signal: SetStage) -> Floor:
    """The stage and its mode; shares and who has spoken begin anew, hands and what is owed stay.

    A stage that is a break is taken at once, for as long as the plan says.
    """
    if signal.number > len(floor.plan):
        raise NotAllowed("There is no such stage in this meeting.")
    if signal.number == floor.stage:
        return floor
    at = _at_stage(floor, signal.number)
    if at.current.code != BREAK or on_break(at):
        return at
    return _rested(at, timedelta(minutes=at.current.minutes), by=signal.by)


def _at_stage(floor: Floor, number: int) -> Floor:
    still = ended(floor, "ended")
    fresh = replace(still, stage=number, stage_since=floor.at, past=None, spent={}, spoken=(), stated=())
    return _entered(fresh, workable(fresh.current.mode, in_person=floor.in_person)).noting("stage", number=number)


def pause(floor: Floor, signal: Pause) -> Floor:
    """Everything stands still; hands, and the turn with its remaining time, are kept.

    A pause may become a break. A break stays what it is, with the end that was announced, until we go on.
    """
    if on_break(floor):
        raise NotAllowed("We are on a break. Everything stands still already.")
    minutes = timedelta(minutes=signal.minutes) if signal.minutes else None
    if signal.why is Why.BREAK:
        return _rested(floor, minutes or floor.numbers.break_length, by=signal.by)
    before = floor.pause
    if before and before.why is Why.PAUSE and minutes is None:
        return floor
    since = before.since if before else floor.at
    return halted(floor, state.Pause(why=Why.PAUSE, since=since, until=floor.at + minutes if minutes else None))


def resume(floor: Floor, _: Resume) -> Floor:
    """We go on where we were; from a break of the plan, at its next stage. The next break is due in its full time."""
    if floor.pause is None:
        raise NotAllowed("Nothing stands still.")
    rested = floor.pause.why is Why.BREAK
    due = floor.at + floor.numbers.break_every if rested else floor.break_due
    going = charging.kept(replace(floor, pause=None, break_due=due, back=())).noting("resumed")
    planned = rested and floor.current.code == BREAK and floor.stage < len(floor.plan)
    return _at_stage(going, floor.stage + 1) if planned else going


def _rested(floor: Floor, lasts: timedelta, *, by: SeatKey) -> Floor:
    """A break whose end is announced to all; nobody is back from it yet, and who asked for one has it."""
    return halted(
        replace(answered(floor, by), back=()), state.Pause(why=Why.BREAK, since=floor.at, until=floor.at + lasts)
    )


def halted(floor: Floor, standstill: state.Pause) -> Floor:
    """The floor standing still: what was heard over the holder is over, and nobody's time runs."""
    still = replace(floor, pause=standstill, rested_at=floor.at, overlap=None)
    return charging.kept(still).noting("paused", why=standstill.why.value)


def _in_mode(floor: Floor, mode: Mode) -> Floor:
    before = floor if turn_survives(floor.mode, mode) else ended(floor, "ended")
    return _entered(before, mode).noting("mode", mode=mode.value)


def _entered(floor: Floor, mode: Mode) -> Floor:
    """The floor in this mode; a round begins with it, in the order that is due, and ends with it."""
    entered = replace(floor, mode=mode, round=None, own_minutes=None)
    return rounds.begun(entered) if mode is Mode.ROUND else entered
