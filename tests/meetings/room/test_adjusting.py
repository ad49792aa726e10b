"""What a mediator sets counts for this sitting only, and only within what the specification allows."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from meetings.room import asks, commands
from meetings.room.adjusting import RANGES
from meetings.room.floor import NotAllowed, SeatKey
from meetings.room.seats import WEIGHTS
from meetings.room.state import Numbers
from tests.meetings.room.table import COLIN, LENA, OWEN, START, TESSA, Table, person


@pytest.mark.parametrize("name", RANGES)
def test_a_number_is_set_from_its_least_to_its_most_and_not_beyond(name: str) -> None:
    least, most = RANGES[name]
    table = Table(TESSA)

    for seconds in (least, most):
        table.rule(commands.SetNumber, name=name, seconds=seconds)
        assert getattr(table.floor.numbers, name) == timedelta(seconds=seconds)
    for seconds in (least - 1, most + 1):
        with pytest.raises(NotAllowed):
            table.rule(commands.SetNumber, name=name, seconds=seconds)


@pytest.mark.parametrize("name", [*{one.name for one in fields(Numbers)} - {*RANGES}, "nonsense", "__init__"])
def test_the_numbers_that_fairness_and_safety_rest_on_cannot_be_set(name: str) -> None:
    with pytest.raises(NotAllowed):
        Table(TESSA).rule(commands.SetNumber, name=name, seconds=60)


def test_the_starting_values_are_within_their_ranges() -> None:
    assert [name for name, (least, most) in RANGES.items() if not least <= numbered(name) <= most] == []


def numbered(name: str) -> float:
    value: timedelta = getattr(Numbers(), name)
    return value.total_seconds()


def test_a_break_that_comes_more_often_is_due_earlier_and_what_was_announced_keeps_its_time() -> None:
    table = Table(TESSA).raises("tessa")
    table.ask(asks.LowerHand, "tessa")
    lowered = table.floor.lowered

    table.rule(commands.SetNumber, name="break_every", seconds=1800)
    table.rule(commands.SetNumber, name="undo", seconds=60)

    assert table.floor.break_due == START + timedelta(minutes=30)
    assert table.floor.lowered == lowered


@pytest.mark.parametrize("percent", WEIGHTS)
def test_time_is_stretched_in_what_is_left_of_the_turn_that_runs(percent: int) -> None:
    table = Table(TESSA).raises("tessa")
    table.give_next()

    table.wait(60).rule(commands.SetStretch, seat="tessa", percent=percent)

    turn = table.floor.turn
    assert turn is not None
    assert (turn.planned, turn.budget) == (timedelta(minutes=3), timedelta(seconds=60 + 120 * percent / 100))


@pytest.mark.parametrize(("seat", "percent"), [("tessa", 130), ("lena", 150), ("mediator", 150)])
def test_time_is_stretched_by_known_steps_and_for_those_who_take_turns(seat: str, percent: int) -> None:
    with pytest.raises(NotAllowed):
        Table(TESSA, LENA).rule(commands.SetStretch, seat=seat, percent=percent)


def test_a_text_takes_as_long_to_read_whatever_time_its_writer_needs() -> None:
    table = Table(replace(OWEN, stretch=150))
    table.ask(asks.WriteTurn, "owen", words="word " * 150)
    table.give_next()
    given = table.floor.turn

    table.rule(commands.SetStretch, seat="owen", percent=200)

    assert given is not None
    assert table.floor.turn == given
    assert given.budget == timedelta(seconds=65)


@pytest.mark.parametrize(("seconds", "patience"), [(30, timedelta(seconds=30)), (None, None)])
def test_patience_is_so_many_seconds_or_without_limit(seconds: int | None, patience: timedelta | None) -> None:
    table = Table(TESSA)

    table.rule(commands.SetPatience, seat="tessa", seconds=seconds)

    assert (TESSA.patience, table.floor.seat(SeatKey("tessa")).patience) == (timedelta(seconds=8), patience)


def test_without_hearing_no_cue_stands_and_none_comes() -> None:
    table = Table(TESSA, COLIN).raises("tessa")
    table.give_next()
    table.server(asks.Overlapped, "", seats=(SeatKey("colin"),), since=table.now)

    table.rule(commands.SetHearing, on=False)
    gone = table.floor.overlap
    table.server(asks.Overlapped, "", seats=(SeatKey("colin"),), since=table.now)
    table.server(asks.Hears, "", on=True)

    assert (gone, table.floor.overlap, table.floor.ears, table.floor.runs) == (None, None, False, True)


def test_a_recap_the_ground_rules_and_shown_time_are_said_once() -> None:
    table = Table(TESSA)

    table.rule(commands.SetRecap, words="So far: the bus.")
    table.rule(commands.SetTimeShown, on=True)
    table.ask(asks.AgreeRules, "tessa")
    floor = table.floor
    table.rule(commands.SetTimeShown, on=True)
    table.ask(asks.AgreeRules, "tessa")

    assert (floor.recap, floor.time_shown, floor.seat(SeatKey("tessa")).agreed) == ("So far: the bus.", True, True)
    assert table.floor.events == ()


def test_who_agrees_agrees_for_nobody_else() -> None:
    table = Table(TESSA, COLIN, person("wes"))

    table.ask(asks.AgreeRules, "colin")

    assert [seat.key for seat in table.floor.seats if seat.agreed] == ["colin"]
