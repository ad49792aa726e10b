"""Rules: the plan and the ground rules, changed while the sitting goes on and for this sitting only.

A stage that is over stays as it was; of the one that runs, its name and its minutes can be others, and how turns are
taken in it is changed beside it (`modes.py`). Everything here relies on the plan and the rules alone: a turn that was
given meanwhile makes none of it stale, and none of it makes a turn stale (Q14).
"""

from dataclasses import dataclass, replace
from typing import ClassVar

from meetings.room import plan as planned
from meetings.room.commands import Command
from meetings.room.modes import may_be
from meetings.room.plan import NoSuchStage, Plan, checked
from meetings.room.stages import BREAK, Mode, Stage
from meetings.room.state import Floor, NotAllowed

BEGUN = "This stage has begun. You can change those that are still to come."


@dataclass(frozen=True, kw_only=True)
class PlanCommand(Command):
    """Something about the plan or the rules of this sitting."""

    gentle: ClassVar[bool] = True
    plans: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class SaidStage(PlanCommand):
    """A stage as it is to be. Of a break only its minutes and its name are heard."""

    code: str
    mode: Mode
    minutes: int
    turn: int = 3
    own: int = 8
    called: str = ""

    @property
    def stage(self) -> Stage:
        if self.code == BREAK:
            return Stage(code=BREAK, mode=Mode.MEDIATOR_SPEAKS, minutes=self.minutes, name=self.called)
        return Stage(
            code=self.code,
            mode=self.mode,
            minutes=self.minutes,
            turn_minutes=self.turn,
            own_minutes=self.own,
            name=self.called,
        )


@dataclass(frozen=True, kw_only=True)
class AddStage(SaidStage):
    """One more stage, behind the one of this number."""

    after: int


@dataclass(frozen=True, kw_only=True)
class ChangeStage(SaidStage):
    """The stage of this number is another."""

    number: int


@dataclass(frozen=True, kw_only=True)
class MoveStage(PlanCommand):
    """The stage of this number comes one place earlier, or later."""

    number: int
    up: bool


@dataclass(frozen=True, kw_only=True)
class RemoveStage(PlanCommand):
    """The stage of this number is not to come."""

    number: int


@dataclass(frozen=True, kw_only=True)
class SetRules(PlanCommand):
    """These are the ground rules from now on."""

    rules: tuple[str, ...]


def add_stage(floor: Floor, signal: AddStage) -> Floor:
    if signal.after < floor.stage:
        raise NotAllowed(BEGUN)
    may_be(floor, signal.stage.mode)
    return _with(floor, planned.added(_plan(floor), signal.stage, after=signal.after))


def change_stage(floor: Floor, signal: ChangeStage) -> Floor:
    """Of the stage that runs the name and the minutes alone, and every side has the same own time in it."""
    before, after = _of(floor, signal.number), signal.stage
    if signal.number == floor.stage:
        _may_change_now(floor, before, after)
    elif signal.number < floor.stage:
        raise NotAllowed(BEGUN)
    if after.mode is not before.mode:
        may_be(floor, after.mode)
    return _with(floor, planned.changed(_plan(floor), signal.number, after))


def move_stage(floor: Floor, signal: MoveStage) -> Floor:
    """The two change places; the last stays the last when it is moved later."""
    _to_come(floor, signal.number)
    _to_come(floor, signal.number - 1 if signal.up else signal.number)
    return _with(floor, planned.moved(_plan(floor), signal.number, up=signal.up))


def remove_stage(floor: Floor, signal: RemoveStage) -> Floor:
    _to_come(floor, signal.number)
    return _with(floor, planned.taken_out(_plan(floor), signal.number))


def set_rules(floor: Floor, signal: SetRules) -> Floor:
    """Everybody is told that the rules changed, and is asked again whether they agree; nobody is taken to agree."""
    if signal.rules == floor.rules:
        return floor
    checked(replace(_plan(floor), rules=signal.rules))
    seats = (replace(seat, agreed=False, again=not seat.process) for seat in floor.seats)
    changed = replace(floor, rules=signal.rules, seats=tuple(seats), rules_in=floor.version + 1)
    return changed.noting("rules", rules=len(signal.rules))


def _plan(floor: Floor) -> Plan:
    return Plan(stages=floor.plan, rules=floor.rules)


def _with(floor: Floor, plan: Plan) -> Floor:
    if plan.stages == floor.plan:
        return floor
    return replace(floor, plan=checked(plan).stages).noting("plan", stages=len(plan.stages))


def _of(floor: Floor, number: int) -> Stage:
    if not 1 <= number <= len(floor.plan):
        raise NoSuchStage
    return floor.plan[number - 1]


def _to_come(floor: Floor, number: int) -> None:
    _of(floor, number)
    if number <= floor.stage:
        raise NotAllowed(BEGUN)


def _may_change_now(floor: Floor, before: Stage, after: Stage) -> None:
    if (after.code, after.mode) != (before.code, before.mode):
        raise NotAllowed("This stage has begun. How people take turns in it is changed beside it.")
    if floor.stated and after.own_minutes != before.own_minutes:
        raise NotAllowed("A side has had its own time in this stage. Every side has the same.")
