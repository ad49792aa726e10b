"""Two sides at once (3.6), and the rest of a turn that was lost by it (Q8)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from meetings.room import asks, commands
from meetings.room.entries import Kind, Overlap, Turn
from meetings.room.floor import SeatKey, StaleFloor, seen_by
from meetings.room.interruptions import NothingLeft
from meetings.room.stages import Mode
from meetings.room.state import Why
from meetings.room.waking import caught_up
from tests.meetings.room.table import COLIN, DANA, FREYA, JO, LENA, MINA, OWEN, TESSA, Table


def speaking() -> Table:
    """Tessa has spoken for a minute of three; Colin and Freya wait."""
    table = Table(TESSA, JO, OWEN, LENA, COLIN, DANA, FREYA, MINA).raises("tessa", "colin", "freya")
    table.give_next()
    table.sleep(60)
    return table


def over(table: Table, *keys: str) -> Table:
    table.server(asks.Overlapped, "", seats=tuple(SeatKey(key) for key in keys), since=table.now)
    return table


def turn_of(table: Table) -> Turn:
    assert table.floor.turn is not None
    return table.floor.turn


def ran(table: Table) -> timedelta:
    """How long the turn has run by now, whether or not anybody has looked."""
    turn = caught_up(table.floor, table.now).turn
    assert turn is not None
    return turn.ran


def test_another_side_over_the_holder_is_a_cue_and_stops_the_clock() -> None:
    table = over(speaking(), "colin")
    began = table.now

    table.sleep(20)

    assert table.floor.overlap == Overlap(seats=(SeatKey("colin"),), since=began)
    assert (ran(table), table.floor.runs) == (timedelta(seconds=60), False)


@pytest.mark.parametrize("key", ["jo", "owen", "lena", "mediator", "mina", "tessa", "somebody"])
def test_ones_own_side_language_workers_and_process_people_interrupt_nobody(key: str) -> None:
    table = speaking()
    before = table.floor

    over(table, key)

    assert table.floor is before


def test_of_several_voices_only_those_of_other_sides_are_named() -> None:
    table = over(speaking(), "jo", "colin", "lena", "freya", "somebody")

    assert table.floor.overlap is not None
    assert table.floor.overlap.seats == ("colin", "freya")


def test_nothing_is_muted_or_moved_by_what_is_heard() -> None:
    table = speaking()
    queue, turn = table.queue(), turn_of(table)

    over(table, "colin")

    assert (table.queue(), table.floor.holds, table.floor.steps) == (queue, (), ())
    now = turn_of(table)
    assert replace(now, ran=turn.ran, ran_to=turn.ran_to) == turn


def test_when_it_is_over_time_runs_on_and_the_cue_waits_for_its_answer() -> None:
    table = over(speaking(), "colin")
    table.wait(5).server(asks.OverlapOver, "")
    table.sleep(10)

    assert table.floor.overlap is not None
    assert (table.floor.overlap.over, ran(table)) == (True, timedelta(seconds=70))


def test_a_second_overlap_stops_the_clock_again_while_the_first_cue_waits() -> None:
    table = over(speaking(), "colin")
    table.wait(5).server(asks.OverlapOver, "")
    table.wait(10)

    over(table, "freya").sleep(10)

    assert (table.floor.runs, ran(table)) == (False, timedelta(seconds=70))


def test_an_overlap_that_is_told_twice_is_one() -> None:
    table = over(speaking(), "colin")
    before = table.floor

    over(table.wait(5), "colin")

    assert table.floor is before


def test_no_lost_report_stops_a_clock_for_longer_than_half_a_minute() -> None:
    table = over(speaking(), "colin")

    table.sleep(40)

    assert (table.floor.overlap, ran(table)) == (None, timedelta(seconds=70))


def test_let_them_finish_tells_everybody_for_a_while_that_the_holder_has_the_floor() -> None:
    table = over(speaking(), "colin")

    table.rule(commands.LetFinish)
    card, cue = table.floor.card_until, table.floor.overlap
    table.sleep(20)

    assert (card, cue, table.floor.card_until) == (table.now, None, None)
    assert turn_of(table).seat == "tessa"


def test_the_card_goes_with_the_turn_it_was_about() -> None:
    table = over(speaking(), "colin")
    table.rule(commands.LetFinish)

    table.rule(commands.EndTurn)

    assert table.floor.card_until is None


def test_holder_yields_and_what_is_left_is_kept() -> None:
    table = over(speaking(), "colin")

    table.rule(commands.HolderYields)
    table.ask(asks.NotFinished, "tessa")

    assert (table.floor.turn, table.queue()) == (None, ["tessa", "colin", "freya"])
    hand = table.floor.hand(SeatKey("tessa"), Kind.FINISHING)
    assert hand is not None
    assert hand.rest is not None
    assert hand.rest.budget == timedelta(minutes=2)


def test_pause_is_the_third_answer_and_keeps_the_turn() -> None:
    table = over(speaking(), "colin")

    table.rule(commands.Pause, why=Why.PAUSE)

    assert (table.floor.overlap, ran(table), table.floor.runs) == (None, timedelta(seconds=60), False)


def test_nothing_there_takes_the_cue_away() -> None:
    table = over(speaking(), "colin")

    table.rule(commands.Nothing)

    assert (table.floor.overlap, table.floor.runs) == (None, True)


ANSWERS = [commands.LetFinish, commands.HolderYields, commands.Nothing]


@pytest.mark.parametrize("kind", ANSWERS)
def test_of_two_answers_to_one_cue_the_second_is_told(kind: type[asks.Signal]) -> None:
    table = over(speaking(), "colin")
    seen = table.floor.version
    table.rule(commands.Nothing, version=seen)
    after = table.floor

    with pytest.raises(StaleFloor):
        table.rule(kind, by="mina", version=seen)
    assert table.floor is after


@pytest.mark.parametrize("kind", ANSWERS)
def test_an_answer_to_a_cue_of_an_earlier_turn_is_refused(kind: type[asks.Signal]) -> None:
    table = over(speaking(), "colin")
    seen = table.floor.version
    table.ask(asks.Finish, "tessa")
    table.give_next()
    over(table, "tessa")

    with pytest.raises(StaleFloor):
        table.rule(kind, by="mina", version=seen)
    assert table.floor.overlap is not None


def lost() -> Table:
    table = over(speaking(), "colin")
    table.rule(commands.HolderYields)
    return table


def test_q8_within_a_minute_the_rest_comes_first_with_the_unused_time() -> None:
    table = lost()
    table.sleep(59)
    table.ask(asks.NotFinished, "tessa")

    table.give_next()

    turn = turn_of(table)
    assert (turn.seat, turn.kind, turn.budget) == ("tessa", Kind.FINISHING, timedelta(minutes=2))


@pytest.mark.parametrize("seconds", [60, 61])
def test_q8_after_a_minute_it_is_let_go(seconds: float) -> None:
    table = lost()

    with pytest.raises(NothingLeft):
        table.wait(seconds).ask(asks.NotFinished, "tessa")


def test_q8_once_for_each_turn() -> None:
    table = lost()
    table.ask(asks.NotFinished, "tessa")
    table.give_next()
    over(table, "colin")
    table.rule(commands.HolderYields)

    with pytest.raises(NothingLeft):
        table.ask(asks.NotFinished, "tessa")


def test_q8_asked_twice_there_is_one_entry() -> None:
    table = lost()
    table.ask(asks.NotFinished, "tessa")

    table.ask(asks.NotFinished, "tessa")

    assert table.queue() == ["tessa", "colin", "freya"]


def test_q8_it_is_outside_both_counts_and_shown_as_such() -> None:
    table = lost()
    table.ask(asks.NotFinished, "tessa")
    passed = table.floor.passed

    table.give_next()

    assert table.floor.events[-1] == {"kind": "gave", "seat": "tessa", "how": "finishing"}
    assert (table.floor.passed, table.floor.owed) == (passed, ())


def test_q8_who_finished_by_themselves_has_nothing_left() -> None:
    table = over(speaking(), "colin")
    table.ask(asks.Finish, "tessa")

    with pytest.raises(NothingLeft):
        table.ask(asks.NotFinished, "tessa")


def test_q8_a_turn_that_the_mediator_ended_in_peace_was_not_interrupted() -> None:
    table = speaking()
    table.rule(commands.EndTurn)

    with pytest.raises(NothingLeft):
        table.ask(asks.NotFinished, "tessa")


def test_q8_nobody_has_the_rest_of_another() -> None:
    with pytest.raises(NothingLeft):
        lost().ask(asks.NotFinished, "colin")


def test_q8_who_lost_the_floor_with_their_line_has_a_minute_from_when_they_are_back() -> None:
    table = speaking()
    table.server(asks.Left, "tessa")
    table.sleep(600)
    table.server(asks.Arrived, "tessa")
    table.sleep(59)

    table.ask(asks.NotFinished, "tessa")

    assert table.queue()[0] == "tessa"


def test_q8_the_chance_is_gone_when_they_are_given_the_floor_anyway() -> None:
    table = lost()
    table.rule(commands.GiveTo, seat="tessa")
    table.rule(commands.EndTurn)

    with pytest.raises(NothingLeft):
        table.ask(asks.NotFinished, "tessa")


def test_q8_the_rest_goes_along_into_a_turn_that_is_shared() -> None:
    table = Table(TESSA, JO, COLIN).raises("jo")
    table.give_next()
    table.sleep(60)
    over(table, "colin")
    table.rule(commands.HolderYields)

    table.ask(asks.MaySpeakForMe, "tessa", seat="jo", on=True)
    table.ask(asks.NotFinished, "jo")

    assert table.queue() == ["tessa"]


def paused(why: Why) -> Callable[[Table], object]:
    return lambda table: table.rule(commands.Pause, why=why)


def unattended(table: Table) -> None:
    for key in ("mediator", "mina"):
        table.server(asks.Left, key)
    table.sleep(5)


def in_private_rooms(table: Table) -> None:
    """As they will be: they can be chosen only round a real table yet."""
    table.floor = replace(table.floor, in_person=True)
    table.rule(commands.SetMode, mode=Mode.PRIVATE_ROOMS)
    table.floor = replace(table.floor, in_person=False)


STANDSTILLS: dict[str, tuple[Callable[[Table], object], int]] = {
    "pause": (paused(Why.PAUSE), 0),
    "break": (paused(Why.BREAK), 0),
    "unattended": (unattended, 5),
    "private rooms": (in_private_rooms, 0),
}


@pytest.mark.parametrize("name", STANDSTILLS)
@pytest.mark.parametrize("looked", [True, False])
def test_q8_the_minute_stands_still_while_the_floor_does(name: str, looked: bool) -> None:  # noqa: FBT001
    stand_still, took = STANDSTILLS[name]
    table = over(speaking(), "colin")
    table.rule(commands.HolderYields)
    table.sleep(50 - took)
    stand_still(table)
    if looked:
        table.sleep(1200)
    else:
        table.wait(1200)
    rest: Any = seen_by(table.floor, SeatKey("tessa"), now=table.now)["you"]
    if name == "private rooms":
        table.rule(commands.SetMode, mode=Mode.QUEUE)
    else:
        table.rule(commands.Resume)

    table.sleep(9.9)
    assert ("not_finished" in rest["can"], rest["rest"]["until"]) == (True, None)
    assert [one.seat for one in table.floor.unfinished] == ["tessa"]
    table.sleep(0.1)
    assert table.floor.unfinished == ()
