"""Standstills meet: whatever begins while another lasts, none is lost, and the floor goes on as it was (3.5, Q11)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from database.refusal import Refusal
from meetings.room import asks, commands
from meetings.room.floor import NotAllowed
from meetings.room.hands import FloorFrozen
from meetings.room.stages import Mode
from meetings.room.state import Floor, Pause, Why
from meetings.room.told import What
from tests.meetings.room.table import COLIN, DANA, START, TESSA, Table

END = START + timedelta(minutes=10)
ON_BREAK = Pause(why=Why.BREAK, since=START, until=END)


def resting() -> Table:
    table = Table(TESSA, COLIN)
    table.rule(commands.Pause, why=Why.BREAK, minutes=10)
    return table


@pytest.mark.parametrize("why", [Why.PAUSE, Why.BREAK])
def test_nothing_that_is_pressed_in_a_break_replaces_it(why: Why) -> None:
    table = resting()
    table.wait(60)

    with pytest.raises(NotAllowed, match="We are on a break"):
        table.rule(commands.Pause, why=why, minutes=1)

    assert table.floor.pause == ON_BREAK


def test_neither_a_mediator_who_goes_away_nor_another_mode_nor_a_stage_ends_a_break() -> None:
    table = resting()
    table.server(asks.Left, "mediator")
    table.sleep(120)
    away = table.floor.pause
    table.server(asks.Arrived, "mediator")
    table.rule(commands.SetMode, mode=Mode.OPEN_TALK)
    table.rule(commands.SetStage, number=5)

    assert (away, table.floor.pause) == (ON_BREAK, ON_BREAK)


def test_a_pause_can_become_a_break_and_a_second_pause_is_the_same() -> None:
    table = Table(TESSA)
    table.rule(commands.Pause, why=Why.PAUSE, minutes=3)
    table.wait(30).rule(commands.Pause, why=Why.PAUSE)
    still = table.floor.pause
    table.rule(commands.Pause, why=Why.BREAK)

    assert still == Pause(why=Why.PAUSE, since=START, until=START + timedelta(minutes=3))
    assert table.floor.pause == Pause(why=Why.BREAK, since=table.now, until=table.now + timedelta(minutes=10))


def test_in_a_pause_without_a_process_person_the_queue_stands_still_as_at_any_other_time() -> None:
    table = Table(TESSA, COLIN)
    table.rule(commands.Pause, why=Why.PAUSE, minutes=3)
    table.server(asks.Left, "mediator")
    table.sleep(5)

    with pytest.raises(FloorFrozen):
        table.ask(asks.RaiseHand, "tessa")
    assert table.floor.pause == Pause(why=Why.UNATTENDED, since=START, until=START + timedelta(minutes=3))


Step = Callable[[Table], Floor]
STEPS: Mapping[str, Step] = {
    "pause": lambda table: table.rule(commands.Pause, why=Why.PAUSE),
    "a pause of some minutes": lambda table: table.rule(commands.Pause, why=Why.PAUSE, minutes=3),
    "break": lambda table: table.rule(commands.Pause, why=Why.BREAK),
    "resume": lambda table: table.rule(commands.Resume),
    "a break is asked for": lambda table: table.ask(asks.Tell, "dana", what=What.BREAK),
    "put off": lambda table: table.rule(commands.PutOffBreak, minutes=5),
    "the mediator goes": lambda table: table.server(asks.Left, "mediator"),
    "the mediator comes": lambda table: table.server(asks.Arrived, "mediator"),
    "somebody goes": lambda table: table.server(asks.Left, "tessa"),
    "somebody comes": lambda table: table.server(asks.Arrived, "tessa"),
    "somebody is back": lambda table: table.ask(asks.BackAgain, "colin"),
    "a while": lambda table: table.sleep(30),
    "long": lambda table: table.sleep(1200),
}
MODES = (Mode.QUEUE, Mode.OPEN_TALK, Mode.MEDIATOR_SPEAKS, Mode.PRIVATE_ROOMS, Mode.CHECK, Mode.DRAFTING)


@settings(max_examples=150, deadline=None)
@given(mode=st.sampled_from(MODES), steps=st.lists(st.sampled_from(sorted(STEPS)), max_size=14))
def test_after_any_standstills_the_floor_goes_on_in_its_mode_with_its_queue_in_order(
    mode: Mode, steps: list[str]
) -> None:
    table = Table(TESSA, COLIN, DANA).raises("dana", "tessa", "colin")
    table.floor = replace(table.floor, mode=mode)  # private rooms cannot be chosen on screens yet
    queue, floors = table.queue(), [table.floor]
    for step in steps:
        try:
            STEPS[step](table)
        except Refusal:
            assert table.floor is floors[-1]
        floors.append(table.floor)

    for (before, after), step in zip(pairwise(floors), steps, strict=True):
        assert after.mode is mode
        if before.pause and step != "resume":
            assert after.pause is not None
        if before.pause and before.pause.why is Why.BREAK and step != "resume":
            assert after.pause == before.pause
    table.server(asks.Arrived, "tessa")
    if table.floor.pause:
        table.rule(commands.Resume)
    assert (table.floor.pause, table.floor.mode, table.queue()) == (None, mode, queue)


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(st.sampled_from(sorted(STEPS)), max_size=10))
def test_a_turn_that_stood_still_goes_on_with_the_time_that_was_left(steps: list[str]) -> None:
    table = Table(TESSA, COLIN)
    table.rule(commands.GiveTo, seat="colin")
    table.wait(40).rule(commands.Pause, why=Why.PAUSE)
    for step in steps:
        if step != "resume":
            try:
                STEPS[step](table)
            except Refusal:
                continue

    table.rule(commands.Resume)

    assert table.floor.turn is not None
    assert (table.floor.turn.seat, table.floor.turn.ran) == ("colin", timedelta(seconds=40))
