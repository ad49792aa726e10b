"""Rules: the plan of one sitting, made before it: its stages, its ground rules, and what the room does for each person.

What nobody has planned is as usual: the stages and rules of `meetings.room.stages`, and for each person what follows
from the needs they have told us.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from cases.case import Side
from database.refusal import Refusal
from meetings.room.seats import NEEDS_TIME, PATIENCE, WEIGHTS, SeatKey
from meetings.room.shares import LEAST_PARTS, MOST_PARTS, fit
from meetings.room.stages import BREAK, GROUND_RULES, PLAN, Stage

CODES: tuple[str, ...] = (*(stage.code for stage in PLAN), BREAK)
TIMES: tuple[int, ...] = tuple(WEIGHTS)
SILENCES: tuple[timedelta | None, ...] = (PATIENCE, NEEDS_TIME, None)
MORE_TIME = "time"  # the need, as it is chosen in an enquiry
MOST_STAGES, LONGEST_NAME = 20, 80
MOST_MINUTES, MOST_TURN_MINUTES, MOST_OWN_MINUTES = 180, 30, 60
MOST_RULES, LONGEST_RULE = 8, 160
MOST_TAKEN_OUT = 5


class PlanNotSo(Refusal):
    """Something in this plan needs another look."""


class NoSuchStage(Refusal):
    """This stage is no longer in the plan. Here is the plan as it is now."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What the room does for one person: percent of ordinary time, and the silence that never ends their turn.

    A `patience` of None is without limit, for somebody who speaks through a communication aid.
    """

    stretch: int = 100
    patience: timedelta | None = PATIENCE


@dataclass(frozen=True, kw_only=True)
class TakenOut:
    """A stage that was taken out, and the place where it stood, so that it can be put back."""

    stage: Stage
    number: int


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What the mediator has prepared. `settings` holds only what differs from the usual for that person's needs.

    `time_shown`: everybody sees when a turn is planned to end (3.5). `hearing`: speech is listened to for two sides
    speaking at once (3.6). `fair` is how many parts of the time each side has by their agreement, where it is not the
    same for all (Q3). `out` are stages that were taken out, the last one last.
    """

    stages: tuple[Stage, ...] = PLAN
    rules: tuple[str, ...] = GROUND_RULES
    time_shown: bool = False
    hearing: bool = True
    fair: Mapping[Side, int] = field(default_factory=dict)
    settings: Mapping[SeatKey, Setting] = field(default_factory=dict)
    out: tuple[TakenOut, ...] = ()

    @property
    def minutes(self) -> int:
        """How long it takes altogether."""
        return sum(stage.minutes for stage in self.stages)

    def setting(self, key: SeatKey, needs: Collection[str]) -> Setting:
        """What the room does for this person, who has told us these needs."""
        return self.settings.get(key) or usual_setting(needs)


def usual_setting(needs: Collection[str]) -> Setting:
    """Half as much time again, and more patience with silence, for those who asked for more time."""
    return Setting(stretch=150, patience=NEEDS_TIME) if MORE_TIME in needs else Setting()


def starts_of(plan: Plan, first: datetime) -> tuple[datetime, ...]:
    """When each stage begins, if the first begins at this moment and all keep to their minutes."""
    before = [sum(stage.minutes for stage in plan.stages[:place]) for place in range(len(plan.stages))]
    return tuple(first + timedelta(minutes=minutes) for minutes in before)


def added(plan: Plan, stage: Stage, *, after: int) -> Plan:
    """The plan with one more stage, behind the one of this number; 0 is before all."""
    place = min(after, len(plan.stages))
    return replace(plan, stages=(*plan.stages[:place], stage, *plan.stages[place:]))


def changed(plan: Plan, number: int, stage: Stage) -> Plan:
    """The plan with this stage in place of the one of this number."""
    _there(plan, number)
    return replace(plan, stages=(*plan.stages[: number - 1], stage, *plan.stages[number:]))


def moved(plan: Plan, number: int, *, up: bool) -> Plan:
    """The plan with this stage one place earlier or later; the same plan where there is no such place."""
    _there(plan, number)
    other = number - 1 if up else number + 1
    if not 1 <= other <= len(plan.stages):
        return plan
    stages = list(plan.stages)
    stages[number - 1], stages[other - 1] = stages[other - 1], stages[number - 1]
    return replace(plan, stages=tuple(stages))


def taken_out(plan: Plan, number: int) -> Plan:
    """The plan without this stage, which can be put back."""
    _there(plan, number)
    gone = TakenOut(stage=plan.stages[number - 1], number=number)
    stages = (*plan.stages[: number - 1], *plan.stages[number:])
    return replace(plan, stages=stages, out=(*plan.out, gone)[-MOST_TAKEN_OUT:])


def put_back(plan: Plan, place: int) -> Plan:
    """The plan with this one of those taken out, counted from one, where it stood."""
    if not 1 <= place <= len(plan.out):
        raise NoSuchStage
    gone = plan.out[place - 1]
    back = added(plan, gone.stage, after=gone.number - 1)
    return replace(back, out=(*plan.out[: place - 1], *plan.out[place:]))


def usual_stages(plan: Plan) -> Plan:
    """The plan with the usual stages; its rules and what is set for people stay."""
    return replace(plan, stages=PLAN, out=())


def _there(plan: Plan, number: int) -> None:
    if not 1 <= number <= len(plan.stages):
        raise NoSuchStage


def checked(plan: Plan) -> Plan:
    """The same plan, if a sitting can be held by it; PlanNotSo says what stands in the way."""
    if not plan.stages:
        raise PlanNotSo("A plan needs at least one stage.")
    if len(plan.stages) > MOST_STAGES:
        raise PlanNotSo(f"A plan holds {MOST_STAGES} stages at the most. Take one out first.")
    if plan.stages[0].code == BREAK:
        raise PlanNotSo("A sitting cannot begin with a break. Put a stage before it.")
    if not all(_stage_holds(stage) for stage in plan.stages):
        raise PlanNotSo("One of the stages is not one that a sitting can have.")
    if not 1 <= len(plan.rules) <= MOST_RULES or not all(1 <= len(rule) <= LONGEST_RULE for rule in plan.rules):
        raise PlanNotSo(f"Write 1 to {MOST_RULES} ground rules, each of {LONGEST_RULE} letters at the most.")
    if not fit(plan.fair):
        raise PlanNotSo(f"Each side can have {LEAST_PARTS} to {MOST_PARTS} parts of the time.")
    if not all(one.stretch in TIMES and one.patience in SILENCES for one in plan.settings.values()):
        raise PlanNotSo("What is set for one of the people is not among what the room can do.")
    return plan


def _stage_holds(stage: Stage) -> bool:
    return (
        stage.code in CODES
        and len(stage.name) <= LONGEST_NAME
        and 1 <= stage.minutes <= MOST_MINUTES
        and 1 <= stage.turn_minutes <= MOST_TURN_MINUTES
        and 1 <= stage.own_minutes <= MOST_OWN_MINUTES
    )
