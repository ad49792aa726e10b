"""Rules: how people take turns now, which stage it is, and when everything stands still."""

from dataclasses import replace
from datetime import timedelta

from meetings.room import holding, state
from meetings.room.commands import Pause, Resume, SetMode, SetStage
from meetings.room.stages import Mode, turn_survives
from meetings.room.state import Floor, NotAllowed, Why


def set_mode(floor: Floor, signal: SetMode) -> Floor:
    """Turns are taken in another way. For a side's own time a seat may be named, which then has it at once."""
    if signal.seat and signal.mode is not Mode.STATEMENT:
        raise NotAllowed("Only a side’s own time is given with the mode.")
    if signal.seat:
        return holding.given(_in_mode(floor, signal.mode), signal.seat, minutes=signal.minutes)
    return floor if signal.mode is floor.mode else _in_mode(floor, signal.mode)


def set_stage(floor: Floor, signal: SetStage) -> Floor:
    """The stage and its mode; shares and who has spoken begin anew, hands and what is owed stay."""
    if signal.number > len(floor.plan):
        raise NotAllowed("There is no such stage in this meeting.")
    if signal.number == floor.stage:
        return floor
    fresh = replace(
        holding.ended(floor, "ended"), stage=signal.number, stage_since=floor.at, spent={}, spoken=(), stated=()
    )
    return replace(fresh, mode=fresh.current.mode).noting("stage", number=signal.number)


def pause(floor: Floor, signal: Pause) -> Floor:
    """Everything stands still; hands, and the turn with its remaining time, are kept."""
    until = floor.at + timedelta(minutes=signal.minutes) if signal.minutes else None
    return halted(floor, state.Pause(why=signal.why, since=floor.at, until=until))


def resume(floor: Floor, _: Resume) -> Floor:
    """We go on where we were. After a break the next one is due in its full time."""
    if floor.pause is None:
        raise NotAllowed("Nothing stands still.")
    rested = floor.pause.why is Why.BREAK
    due = floor.at + floor.numbers.break_every if rested else floor.break_due
    return holding.kept(replace(floor, pause=None, break_due=due)).noting("resumed")


def halted(floor: Floor, standstill: state.Pause) -> Floor:
    return holding.kept(replace(floor, pause=standstill)).noting("paused", why=standstill.why.value)


def _in_mode(floor: Floor, mode: Mode) -> Floor:
    ended = floor if turn_survives(floor.mode, mode) else holding.ended(floor, "ended")
    return replace(ended, mode=mode).noting("mode", mode=mode.value)
