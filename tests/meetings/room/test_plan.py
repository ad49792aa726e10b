"""The plan of a sitting: what can be done with its stages, what it may hold, and when each stage begins."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.case import Side
from meetings.room.plan import (
    MOST_STAGES,
    NoSuchStage,
    Plan,
    PlanNotSo,
    Setting,
    TakenOut,
    added,
    changed,
    checked,
    moved,
    put_back,
    starts_of,
    taken_out,
    usual_setting,
    usual_stages,
)
from meetings.room.seats import SeatKey
from meetings.room.stages import BREAK, GROUND_RULES, PLAN, Mode, Stage

TEN = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
REST = Stage(code=BREAK, mode=Mode.MEDIATOR_SPEAKS, minutes=10)
DRAWING = Stage(code="childs_voice", mode=Mode.MEDIATOR_SPEAKS, minutes=10, name="Rowan’s drawing, shown by Tessa")
TALK = Stage(code="questions", mode=Mode.QUEUE, minutes=30)
SMALL = Plan(stages=(TALK, REST, DRAWING))


def codes(plan: Plan) -> list[str]:
    return [stage.code for stage in plan.stages]


def test_a_plan_that_nobody_has_changed_is_the_usual_one() -> None:
    plan = Plan()

    assert checked(plan) is plan
    assert (plan.stages, plan.rules, plan.time_shown, plan.hearing) == (PLAN, GROUND_RULES, False, True)
    assert plan.minutes == 170


EDITS: list[tuple[Callable[[Plan], Plan], list[str]]] = [
    (lambda plan: added(plan, REST, after=0), [BREAK, "questions", BREAK, "childs_voice"]),
    (lambda plan: added(plan, REST, after=1), ["questions", BREAK, BREAK, "childs_voice"]),
    (lambda plan: added(plan, REST, after=99), ["questions", BREAK, "childs_voice", BREAK]),
    (lambda plan: changed(plan, 2, TALK), ["questions", "questions", "childs_voice"]),
    (lambda plan: moved(plan, 3, up=True), ["questions", "childs_voice", BREAK]),
    (lambda plan: moved(plan, 1, up=False), [BREAK, "questions", "childs_voice"]),
    (lambda plan: moved(plan, 1, up=True), ["questions", BREAK, "childs_voice"]),
    (lambda plan: moved(plan, 3, up=False), ["questions", BREAK, "childs_voice"]),
    (lambda plan: taken_out(plan, 1), [BREAK, "childs_voice"]),
    (lambda plan: put_back(taken_out(plan, 1), 1), ["questions", BREAK, "childs_voice"]),
]


@pytest.mark.parametrize(("edit", "after"), EDITS)
def test_stages_are_added_changed_moved_taken_out_and_put_back(edit: Callable[[Plan], Plan], after: list[str]) -> None:
    assert codes(edit(SMALL)) == after


@pytest.mark.parametrize("number", [0, 4, -1, 99])
def test_a_stage_that_is_not_there_is_refused(number: int) -> None:
    edits: list[Callable[[], Plan]] = [
        lambda: changed(SMALL, number, TALK),
        lambda: moved(SMALL, number, up=True),
        lambda: taken_out(SMALL, number),
        lambda: put_back(SMALL, number),
    ]
    for edit in edits:
        with pytest.raises(NoSuchStage):
            edit()


@given(number=st.integers(1, 3), more=st.lists(st.integers(1, 2), max_size=1))
def test_what_was_taken_out_comes_back_as_it_was_and_where_it_stood(number: int, more: list[int]) -> None:
    out = taken_out(SMALL, number)
    for one in more:
        out = taken_out(out, one)
    for _ in range(1 + len(more)):
        out = put_back(out, len(out.out))

    assert out == SMALL


def test_the_last_five_that_were_taken_out_can_be_put_back() -> None:
    plan = Plan()
    for _ in range(7):
        plan = taken_out(plan, 1)

    assert [one.stage for one in plan.out] == list(PLAN[2:7])


def test_the_usual_stages_leave_rules_and_people_as_they_are() -> None:
    mine = replace(
        SMALL,
        rules=("Be kind.",),
        settings={SeatKey("a"): Setting(stretch=200)},
        out=(TakenOut(stage=REST, number=1),),
    )

    assert usual_stages(mine) == Plan(rules=mine.rules, settings=mine.settings)


def test_each_stage_begins_where_those_before_it_end() -> None:
    assert starts_of(SMALL, TEN) == (TEN, TEN + timedelta(minutes=30), TEN + timedelta(minutes=40))


WRONG = [
    pytest.param({"stages": ()}, "at least one stage", id="no stage"),
    pytest.param({"stages": (TALK,) * (MOST_STAGES + 1)}, "20 stages at the most", id="too many"),
    pytest.param({"stages": (REST, TALK)}, "cannot begin with a break", id="break first"),
    pytest.param({"stages": (replace(TALK, code="martians"),)}, "not one that a sitting", id="unknown"),
    pytest.param({"stages": (replace(TALK, minutes=0),)}, "not one that a sitting", id="no time"),
    pytest.param({"stages": (replace(TALK, minutes=181),)}, "not one that a sitting", id="too long"),
    pytest.param({"stages": (replace(TALK, turn_minutes=31),)}, "not one that a sitting", id="long turn"),
    pytest.param({"stages": (replace(TALK, own_minutes=61),)}, "not one that a sitting", id="long own time"),
    pytest.param({"stages": (replace(TALK, name="n" * 81),)}, "not one that a sitting", id="long name"),
    pytest.param({"rules": ()}, "1 to 8 ground rules", id="no rule"),
    pytest.param({"rules": ("one",) * 9}, "1 to 8 ground rules", id="nine rules"),
    pytest.param({"rules": ("",)}, "1 to 8 ground rules", id="empty rule"),
    pytest.param({"rules": ("r" * 161,)}, "1 to 8 ground rules", id="long rule"),
    pytest.param({"fair": {Side.FAMILY: 10}}, "1 to 9 parts", id="large share"),
    pytest.param({"fair": {Side.FAMILY: 0}}, "1 to 9 parts", id="no share"),
    pytest.param({"fair": {Side.NOBODY: 2}}, "1 to 9 parts", id="share of nobody"),
    pytest.param({"settings": {SeatKey("a"): Setting(stretch=300)}}, "what the room can do", id="time"),
    pytest.param(
        {"settings": {SeatKey("a"): Setting(patience=timedelta(hours=1))}}, "what the room can do", id="silence"
    ),
]


@pytest.mark.parametrize(("values", "said"), WRONG)
def test_what_no_sitting_can_be_held_by_is_refused_in_words(values: dict[str, object], said: str) -> None:
    with pytest.raises(PlanNotSo, match=said):
        checked(replace(Plan(), **values))  # type: ignore[arg-type]


def test_what_fills_every_limit_is_let_through() -> None:
    stage = replace(TALK, minutes=180, turn_minutes=30, own_minutes=60, name="n" * 80)
    plan = Plan(
        stages=(stage,) * MOST_STAGES,
        rules=("r" * 160,) * 8,
        fair={Side.FAMILY: 9, Side.COUNCIL: 1},
        settings={SeatKey("a"): Setting(stretch=200, patience=None)},
    )

    assert checked(plan) is plan


NEEDS = [
    ((), 100, timedelta(seconds=8)),
    (("nothing",), 100, timedelta(seconds=8)),
    (("bsl", "captions"), 100, timedelta(seconds=8)),
    (("captions", "time"), 150, timedelta(seconds=30)),
]


@pytest.mark.parametrize(("needs", "stretch", "patience"), NEEDS)
def test_who_asked_for_more_time_has_it_unless_the_mediator_sets_something_else(
    needs: tuple[str, ...], stretch: int, patience: timedelta
) -> None:
    key, mine = SeatKey("tessa"), Setting(stretch=125, patience=None)

    assert usual_setting(needs) == Plan().setting(key, needs) == Setting(stretch=stretch, patience=patience)
    assert Plan(settings={key: mine}).setting(key, needs) == mine
