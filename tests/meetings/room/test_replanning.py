"""The plan and the ground rules while the sitting goes on: what can be another, and for whom it is stale."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from meetings.room import asks, commands, replanning
from meetings.room.adjusting import StaleRules
from meetings.room.floor import NotAllowed, SeatKey, StaleFloor, seen_by
from meetings.room.plan import MOST_STAGES, NoSuchStage, PlanNotSo
from meetings.room.stages import BREAK, GROUND_RULES, PLAN, Mode, Stage
from tests.meetings.room.plays import PLAYS, Play, told
from tests.meetings.room.table import COLIN, MINA, TESSA, Table

TALK: dict[str, Any] = {"code": "options", "mode": Mode.QUEUE, "minutes": 20, "turn": 2, "own": 5, "called": "The bus"}
BUS = Stage(code="options", mode=Mode.QUEUE, minutes=20, turn_minutes=2, own_minutes=5, name="The bus")
TEA = Stage(code=BREAK, mode=Mode.MEDIATOR_SPEAKS, minutes=10, name="Tea")
RULES = ("One at a time.", "Be kind.")


def sitting(stage: int = 4, **facts: Any) -> Table:
    """A sitting at this stage of the usual plan."""
    table = Table(TESSA, COLIN, MINA, **facts)
    table.rule(commands.SetStage, number=stage)
    return table


def test_a_stage_comes_behind_the_one_that_runs_and_is_gone_to_like_any() -> None:
    table = sitting()

    table.rule(replanning.AddStage, after=4, **TALK)
    table.rule(replanning.AddStage, after=5, **{**TALK, "code": BREAK, "minutes": 10, "called": "Tea"})
    table.rule(commands.SetStage, number=5)

    assert table.floor.plan == (*PLAN[:4], BUS, TEA, *PLAN[4:])
    assert (table.floor.current, table.floor.mode) == (BUS, Mode.QUEUE)
    assert table.floor.stage_since == table.now
    table.rule(commands.SetStage, number=6)
    assert table.floor.pause
    assert table.floor.pause.until == table.now + timedelta(minutes=10)


def test_a_stage_to_come_is_renamed_put_elsewhere_and_taken_out() -> None:
    table = sitting()

    table.rule(replanning.ChangeStage, number=7, **TALK)
    table.rule(replanning.MoveStage, number=7, up=True)
    table.rule(replanning.MoveStage, number=5, up=False)
    table.rule(replanning.RemoveStage, number=8)

    assert table.floor.plan == (*PLAN[:4], BUS, PLAN[4], PLAN[5])
    assert (table.floor.stage, table.floor.current) == (4, PLAN[3])


def test_the_last_stage_stays_the_last() -> None:
    table = sitting()

    table.rule(replanning.MoveStage, number=8, up=False)

    assert (table.floor.plan, table.floor.events) == (PLAN, ())


BEGUN: list[tuple[Any, dict[str, Any]]] = [
    (replanning.AddStage, {"after": 3, **TALK}),
    (replanning.ChangeStage, {"number": 3, **TALK}),
    (replanning.ChangeStage, {"number": 4, **TALK}),
    (replanning.MoveStage, {"number": 4, "up": False}),
    (replanning.MoveStage, {"number": 5, "up": True}),
    (replanning.RemoveStage, {"number": 4}),
    (replanning.RemoveStage, {"number": 1}),
]


@pytest.mark.parametrize(("kind", "facts"), BEGUN)
def test_what_has_begun_stays_as_it_is(kind: Any, facts: dict[str, Any]) -> None:
    table = sitting()

    with pytest.raises(NotAllowed, match="This stage has begun"):
        table.rule(kind, **facts)

    assert table.floor.plan == PLAN


def test_the_stage_that_runs_can_have_another_name_and_more_time_and_a_turn_that_runs_keeps_its_own() -> None:
    table = sitting(5).raises("tessa", "colin")
    table.give_next()

    table.rule(
        replanning.ChangeStage, number=5, code="questions", mode=Mode.OPEN_TALK, minutes=45, turn=2, called="The bus"
    )
    first = table.floor.turn
    table.give_next()

    assert (table.floor.current.name, table.floor.current.minutes, table.floor.mode) == ("The bus", 45, Mode.OPEN_TALK)
    assert [turn and turn.planned for turn in (first, table.floor.turn)] == [timedelta(minutes=3), timedelta(minutes=2)]


def test_every_side_has_the_same_own_time_whatever_is_changed_meanwhile() -> None:
    table = sitting()
    own = {"number": 4, "code": "first_turns", "mode": Mode.STATEMENT, "minutes": 35}
    table.rule(replanning.ChangeStage, **own, own=6)
    table.rule(commands.GiveTo, seat=SeatKey("tessa"))

    with pytest.raises(NotAllowed, match="Every side has the same"):
        table.rule(replanning.ChangeStage, **own, own=10)
    table.rule(replanning.ChangeStage, **{**own, "minutes": 50}, own=6)

    table.rule(commands.GiveTo, seat=SeatKey("colin"))
    assert table.floor.turn
    assert table.floor.turn.planned == timedelta(minutes=6)


@pytest.mark.parametrize("number", [9, 20])
def test_a_stage_that_is_not_there_is_refused(number: int) -> None:
    for kind, facts in (
        (replanning.ChangeStage, TALK),
        (replanning.MoveStage, {"up": True}),
        (replanning.RemoveStage, {}),
    ):
        with pytest.raises(NoSuchStage):
            sitting().rule(kind, number=number, **facts)


def test_a_plan_is_no_longer_than_a_plan_can_be() -> None:
    table = sitting()
    for _ in range(MOST_STAGES - len(PLAN)):
        table.rule(replanning.AddStage, after=8, **TALK)

    with pytest.raises(PlanNotSo, match="20 stages at the most"):
        table.rule(replanning.AddStage, after=8, **TALK)


def test_private_rooms_cannot_be_planned_on_screens_and_can_round_a_real_table() -> None:
    rooms = {**TALK, "mode": Mode.PRIVATE_ROOMS}

    with pytest.raises(NotAllowed, match="Private rooms cannot be opened on screens yet"):
        sitting().rule(replanning.AddStage, after=4, **rooms)
    with pytest.raises(NotAllowed, match="Private rooms"):
        sitting().rule(replanning.ChangeStage, number=7, **rooms)

    kept = {"code": "private_rooms", "mode": Mode.PRIVATE_ROOMS, "minutes": 40}
    assert sitting().rule(replanning.ChangeStage, number=6, **kept).plan[5].minutes == 40
    assert sitting(in_person=True).rule(replanning.AddStage, after=4, **rooms).plan[4].mode is Mode.PRIVATE_ROOMS


def test_what_was_seen_before_the_plan_changed_is_stale_and_names_who_changed_it() -> None:
    table = sitting()
    seen = table.floor.version
    table.rule(replanning.RemoveStage, number=5, by="mina")

    for kind, facts in (
        (replanning.RemoveStage, {"number": 5}),
        (replanning.SetRules, {"rules": RULES}),
        (commands.SetStage, {"number": 5}),
    ):
        with pytest.raises(StaleFloor, match=r"Mina A\. did this a moment ago"):
            table.rule(kind, **facts, version=seen)

    assert table.rule(replanning.RemoveStage, number=5).plan == (*PLAN[:4], *PLAN[6:])


def test_a_turn_makes_no_change_of_the_plan_stale_and_the_plan_no_turn() -> None:
    table = sitting(5).raises("tessa", "colin")
    seen = table.floor.version
    table.give_next()

    table.rule(replanning.RemoveStage, number=6, version=seen)
    turn = table.floor.version
    table.rule(replanning.SetRules, rules=RULES)
    table.rule(commands.EndTurn, version=turn)

    assert (table.floor.turn, table.floor.rules, len(table.floor.plan)) == (None, RULES, 7)


def test_a_turn_that_time_itself_ends_makes_no_change_of_the_plan_stale() -> None:
    table = sitting(5).raises("tessa")
    table.give_next()
    table.server(asks.Left, "tessa")
    seen = table.floor.version

    table.wait(91)

    with pytest.raises(StaleFloor):
        table.rule(commands.EndTurn, version=seen)
    assert len(table.rule(replanning.RemoveStage, number=6, version=seen).plan) == 7


def test_an_operation_on_the_plan_is_done_once() -> None:
    table = sitting()
    for _ in range(3):
        table.rule(replanning.RemoveStage, number=5, op="the-same-press")

    assert table.floor.plan == (*PLAN[:4], *PLAN[5:])


def test_new_rules_are_for_everybody_to_agree_to_again() -> None:
    table = sitting()
    table.ask(asks.AgreeRules, "tessa")

    table.rule(replanning.SetRules, rules=RULES)
    seen: dict[str, Any] = {seat.key: seen_by(table.floor, seat.key, now=table.now) for seat in table.floor.seats}
    table.ask(asks.AgreeRules, "tessa", version=table.floor.version)

    assert {tuple(frame["floor"]["rules"]) for frame in seen.values()} == {RULES}
    assert {key: (frame["you"]["agreed"], frame["you"]["again"]) for key, frame in seen.items()} == {
        "mediator": (False, False),
        "mina": (False, False),
        "tessa": (False, True),
        "colin": (False, True),
    }
    assert [(seat.key, seat.again) for seat in table.floor.seats if seat.agreed] == [("tessa", False)]


def test_a_tap_on_the_old_rules_agrees_to_nothing() -> None:
    table = sitting()
    seen = table.floor.version
    table.rule(replanning.SetRules, rules=RULES)

    with pytest.raises(StaleRules, match="have changed since you saw them"):
        table.ask(asks.AgreeRules, "tessa", version=seen)

    assert [seat.key for seat in table.floor.seats if seat.agreed] == []


def test_the_same_rules_again_ask_nobody() -> None:
    table = sitting()
    table.ask(asks.AgreeRules, "tessa")

    table.rule(replanning.SetRules, rules=GROUND_RULES)

    assert ([seat.key for seat in table.floor.seats if seat.agreed], table.floor.events) == (["tessa"], ())


@pytest.mark.parametrize("rules", [(), ("",), ("r" * 161,), ("one",) * 9])
def test_rules_that_no_sitting_can_have_are_refused(rules: tuple[str, ...]) -> None:
    with pytest.raises(PlanNotSo, match="1 to 8 ground rules"):
        sitting().rule(replanning.SetRules, rules=rules)


def test_what_is_said_of_the_plan_and_the_rules_stands_in_no_list_of_events() -> None:
    table = sitting()
    table.rule(replanning.AddStage, after=4, **TALK)
    plan = table.floor.events
    table.rule(replanning.SetRules, rules=RULES)

    assert (plan, table.floor.events) == (({"kind": "plan", "stages": 9},), ({"kind": "rules", "rules": 2},))


@settings(max_examples=60, deadline=None)
@given(play=PLAYS)
def test_whatever_is_done_what_has_begun_stays_and_the_sitting_is_at_a_stage_of_its_plan(play: Play) -> None:
    for before, said, after in told(play):
        assert 1 <= after.stage <= len(after.plan) <= MOST_STAGES
        if isinstance(said, replanning.PlanCommand):
            assert after.stage == before.stage
            assert after.plan[: after.stage - 1] == before.plan[: before.stage - 1]
            same = replace(after.current, name="", minutes=1, turn_minutes=1, own_minutes=1)
            assert same == replace(before.current, name="", minutes=1, turn_minutes=1, own_minutes=1)
