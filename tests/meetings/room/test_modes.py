from datetime import timedelta
from typing import Any

import pytest

from cases.case import Side
from meetings.room import asks, commands
from meetings.room.floor import NotAllowed, SeatKey, seen_by
from meetings.room.stages import Mode
from meetings.room.state import Pause, Why
from tests.meetings.room.table import COLIN, START, TESSA, Table


@pytest.mark.parametrize(
    ("before", "after", "goes_on"),
    [
        (Mode.QUEUE, Mode.OPEN_TALK, True),
        (Mode.OPEN_TALK, Mode.QUEUE, True),
        (Mode.QUEUE, Mode.MEDIATOR_SPEAKS, False),
        (Mode.OPEN_TALK, Mode.STATEMENT, False),
        (Mode.STATEMENT, Mode.QUEUE, False),
        (Mode.STATEMENT, Mode.STATEMENT, True),
    ],
)
def test_a_turn_goes_on_only_between_open_talk_and_queue(before: Mode, after: Mode, goes_on: bool) -> None:  # noqa: FBT001
    table = Table(TESSA, mode=before)
    table.rule(commands.GiveTo, seat="tessa")

    table.rule(commands.SetMode, mode=after)

    assert (table.floor.mode, table.floor.turn is not None) == (after, goes_on)


def test_a_sides_own_time_is_given_with_the_mode() -> None:
    table = Table(TESSA, COLIN)

    table.rule(commands.SetMode, mode=Mode.STATEMENT, seat="colin", minutes=5)

    turn = table.floor.turn
    assert turn is not None
    assert (turn.seat, turn.own_time, turn.planned) == ("colin", True, timedelta(minutes=5))
    assert table.floor.events == (
        {"kind": "mode", "mode": "statement"},
        {"kind": "gave", "seat": "colin", "how": "chosen"},
    )


def test_the_floor_is_given_with_no_other_mode() -> None:
    with pytest.raises(NotAllowed):
        Table(TESSA).rule(commands.SetMode, mode=Mode.QUEUE, seat="tessa")


def test_after_its_own_time_a_side_holds_nothing_and_the_mode_stays() -> None:
    table = Table(TESSA, COLIN, mode=Mode.STATEMENT)
    table.rule(commands.GiveTo, seat="colin")

    table.ask(asks.Finish, "colin")

    assert (table.floor.turn, table.floor.mode, table.floor.stated) == (None, Mode.STATEMENT, (Side.COUNCIL,))


def test_a_stage_brings_its_mode_and_begins_shares_anew_while_hands_stay() -> None:
    table = Table(TESSA, COLIN).raises("tessa", "colin")
    table.turn(60)
    table.raises("tessa")
    passed = table.floor.passed

    table.rule(commands.SetStage, number=5)

    floor = table.floor
    assert (floor.stage, floor.current.code, floor.stage_since) == (5, "questions", table.now)
    assert (floor.mode, floor.spent, floor.spoken, floor.stated) == (Mode.OPEN_TALK, {}, (), ())
    assert (table.queue(), floor.passed) == (["colin", "tessa"], passed)


def test_a_stage_ends_the_turn_that_runs() -> None:
    table = Table(TESSA).raises("tessa")
    table.give_next()

    table.rule(commands.SetStage, number=4)

    assert (table.floor.turn, table.floor.mode) == (None, Mode.STATEMENT)


def test_the_stage_it_is_already_changes_nothing() -> None:
    table = Table(TESSA).raises("tessa")
    table.turn(60)
    spent = table.floor.spent

    table.rule(commands.SetStage, number=1)

    assert table.floor.spent == spent


def test_there_is_no_ninth_stage() -> None:
    with pytest.raises(NotAllowed):
        Table(TESSA).rule(commands.SetStage, number=9)


def test_a_pause_stops_the_clock_and_keeps_the_turn() -> None:
    table = Table(TESSA).raises("tessa")
    table.give_next()
    table.wait(30).rule(commands.Pause, why=Why.PAUSE)

    table.wait(300).rule(commands.Resume)
    table.wait(5).rule(commands.MoreTime, seconds=60)

    turn = table.floor.turn
    assert turn is not None
    assert (turn.seat, turn.ran) == (SeatKey("tessa"), timedelta(seconds=35))
    assert table.floor.spent == {Side.FAMILY: timedelta(seconds=35 * 30)}


def test_a_break_has_an_announced_end_that_ends_nothing_by_itself() -> None:
    table = Table(TESSA)

    table.rule(commands.Pause, why=Why.BREAK, minutes=10)
    table.sleep(3600)

    assert table.floor.pause == Pause(why=Why.BREAK, since=START, until=START + timedelta(minutes=10))


def test_after_a_break_the_next_is_due_in_fifty_minutes_and_after_a_pause_as_before() -> None:
    table = Table(TESSA)
    table.rule(commands.Pause, why=Why.PAUSE)
    table.wait(60).rule(commands.Resume)
    paused = table.floor.break_due
    table.rule(commands.Pause, why=Why.BREAK)
    table.wait(600).rule(commands.Resume)

    assert (paused, table.floor.break_due) == (
        START + timedelta(minutes=50),
        START + timedelta(minutes=61),
    )


def test_what_goes_on_cannot_be_resumed() -> None:
    with pytest.raises(NotAllowed):
        Table(TESSA).rule(commands.Resume)


def test_every_side_has_the_same_own_time_as_the_first_and_all_are_told_so() -> None:
    table = Table(TESSA, COLIN, mode=Mode.OPEN_TALK)
    table.rule(commands.SetMode, mode=Mode.STATEMENT, seat=SeatKey("tessa"), minutes=12)
    first = table.floor.turn
    table.rule(commands.MoreTime, seconds=60)  # one person's minute is not the minutes of a side
    table.wait(100).rule(commands.EndTurn)

    table.rule(commands.GiveTo, seat=SeatKey("colin"))

    assert first is not None
    assert table.floor.turn is not None
    assert (first.planned, table.floor.turn.planned) == (timedelta(minutes=12), timedelta(minutes=12))
    shared: Any = seen_by(table.floor, SeatKey("tessa"), now=table.now)["floor"]
    assert shared["statement"]["minutes"] == 12


def test_the_minutes_of_own_times_are_those_of_the_stage_again_once_they_are_over() -> None:
    table = Table(TESSA, COLIN, mode=Mode.OPEN_TALK)
    table.rule(commands.SetMode, mode=Mode.STATEMENT, seat=SeatKey("tessa"), minutes=12)

    table.rule(commands.SetMode, mode=Mode.OPEN_TALK)
    table.rule(commands.SetMode, mode=Mode.STATEMENT)
    table.rule(commands.GiveTo, seat=SeatKey("colin"))

    assert table.floor.turn is not None
    assert table.floor.turn.planned == timedelta(minutes=table.floor.current.own_minutes)


def test_private_rooms_are_refused_on_screens_with_a_word_and_go_round_a_real_table() -> None:
    with pytest.raises(NotAllowed, match="Private rooms cannot be opened on screens yet"):
        Table(TESSA).rule(commands.SetMode, mode=Mode.PRIVATE_ROOMS)

    assert Table(TESSA, in_person=True).rule(commands.SetMode, mode=Mode.PRIVATE_ROOMS).frozen


@pytest.mark.parametrize(("in_person", "mode"), [(False, Mode.MEDIATOR_SPEAKS), (True, Mode.PRIVATE_ROOMS)])
def test_at_the_stage_of_private_rooms_on_screens_the_mediator_speaks_and_nobody_is_frozen(
    *, in_person: bool, mode: Mode
) -> None:
    table = Table(TESSA, in_person=in_person)

    table.rule(commands.SetStage, number=6)

    assert (table.floor.mode, table.floor.frozen) == (mode, in_person)
