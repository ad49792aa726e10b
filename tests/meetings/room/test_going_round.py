"""A round is begun, gone through, and passed (3.10)."""

from datetime import timedelta
from typing import Any

import pytest

from cases.case import Side
from meetings.room import asks, commands
from meetings.room.entries import Round, Turn
from meetings.room.floor import NobodyWaits, NotAllowed, NotYourTurn, SeatKey, StaleFloor, seen_by
from meetings.room.holding import next_seat
from meetings.room.stages import Mode
from tests.meetings.room.table import COLIN, DANA, FREYA, JO, LENA, MINA, OWEN, TESSA, TIA, Table

ORDER = (Side.FAMILY, Side.COUNCIL, Side.SCHOOL)


def going() -> Table:
    table = Table(TESSA, OWEN, JO, LENA, COLIN, DANA, FREYA, MINA, TIA)
    table.rule(commands.StartRound, minutes=2, sides=ORDER)
    return table


def round_of(table: Table) -> Round:
    assert table.floor.round is not None
    return table.floor.round


def turn_of(table: Table) -> Turn:
    assert table.floor.turn is not None
    return table.floor.turn


def give(table: Table, seat: str) -> None:
    table.rule(commands.GiveNext, seat=seat)


def test_a_round_ends_the_turn_that_runs_and_nobody_speaks_until_the_first_is_given_the_floor() -> None:
    table = Table(TESSA, COLIN).raises("tessa")
    table.give_next()

    table.rule(commands.StartRound, minutes=2)

    assert (table.floor.mode, table.floor.turn) == (Mode.ROUND, None)


def test_each_side_in_its_order_for_the_minutes_of_the_round() -> None:
    table, planned = going(), []
    for seat in ("tessa", "colin", "freya"):
        give(table, seat)
        planned.append(turn_of(table).planned)
        table.wait(30).ask(asks.Finish, seat)

    assert planned == [timedelta(minutes=2)] * 3
    assert (round_of(table).said, round_of(table).waiting) == (ORDER, ())
    with pytest.raises(NobodyWaits):
        give(table, "tessa")


def test_the_mediator_may_go_straight_on_to_the_next_side() -> None:
    table = going()
    for seat in ("tessa", "colin", "freya"):
        give(table, seat)

    assert (turn_of(table).seat, round_of(table).said) == ("freya", ORDER[:2])


def test_the_side_decides_who_of_it_speaks_and_the_allotment_stays_the_sides() -> None:
    table = going()
    give(table, "tessa")

    table.wait(40).ask(asks.HandOver, "tessa", seat="owen")

    assert (turn_of(table).seat, turn_of(table).rest.planned) == ("owen", timedelta(seconds=80))
    table.ask(asks.Finish, "owen")
    assert round_of(table).waiting == ORDER[1:]


@pytest.mark.parametrize("seat", ["colin", "freya", "mediator"])
def test_time_is_handed_over_to_nobody_but_ones_own_side(seat: str) -> None:
    table = going()
    give(table, "tessa")

    with pytest.raises(NotAllowed):
        table.ask(asks.HandOver, "tessa", seat=seat)


def test_time_is_handed_over_by_its_holder_to_somebody_who_is_here() -> None:
    table = going()
    give(table, "tessa")
    table.server(asks.Left, "owen")

    with pytest.raises(NotAllowed):
        table.ask(asks.HandOver, "tessa", seat="owen")
    with pytest.raises(NotYourTurn):
        table.ask(asks.HandOver, "jo", seat="jo")


def test_outside_rounds_and_own_time_a_turn_is_a_persons_and_not_handed_over() -> None:
    table = Table(TESSA, OWEN).raises("tessa")
    table.give_next()

    with pytest.raises(NotAllowed):
        table.ask(asks.HandOver, "tessa", seat="owen")


def test_pass() -> None:
    table = going()
    give(table, "tessa")

    table.ask(asks.PassTurn, "tessa", back=False)

    assert (table.floor.turn, round_of(table).passed, round_of(table).waiting) == (None, ORDER[:1], ORDER[1:])
    assert round_of(table).said == ()


def test_pass_come_back_to_me_once() -> None:
    table = going()
    give(table, "tessa")
    table.ask(asks.PassTurn, "tessa", back=True)
    later = round_of(table).waiting
    for seat in ("colin", "freya", "tessa"):
        give(table, seat)

    assert later == (Side.COUNCIL, Side.SCHOOL, Side.FAMILY)
    with pytest.raises(NotAllowed):
        table.ask(asks.PassTurn, "tessa", back=True)
    table.ask(asks.PassTurn, "tessa", back=False)
    assert (round_of(table).waiting, round_of(table).passed) == ((), ORDER[:1])


def test_nobody_passes_for_another_side_but_the_mediator() -> None:
    table = going()
    for key in ("tessa", "colin", "tia"):
        with pytest.raises(NotAllowed):
            table.ask(asks.PassTurn, key, back=False)
    give(table, "tessa")
    for key in ("colin", "owen", "lena", "tia"):
        with pytest.raises(NotAllowed):
            table.ask(asks.PassTurn, key, back=False)

    table.rule(asks.PassTurn, back=False)

    assert round_of(table).passed == (Side.FAMILY,)


def test_q14_two_process_people_who_say_that_a_side_passes_have_one_side_passed() -> None:
    table = going()
    seen = table.floor.version

    table.rule(asks.PassTurn, back=False, version=seen)
    for version in (seen, None):
        with pytest.raises(StaleFloor):
            table.rule(asks.PassTurn, back=False, by="mina", version=version)

    assert round_of(table).passed == (Side.FAMILY,)


def test_a_pass_from_an_earlier_turn_passes_no_later_one() -> None:
    table = going()
    give(table, "tessa")
    seen = table.floor.version
    table.ask(asks.PassTurn, "tessa", back=True)
    for seat in ("colin", "freya", "tessa"):
        give(table, seat)

    with pytest.raises(StaleFloor):
        table.ask(asks.PassTurn, "tessa", back=False, version=seen)


def test_without_a_round_there_is_nothing_to_pass() -> None:
    table = Table(TESSA).raises("tessa")
    table.give_next()

    with pytest.raises(NotAllowed):
        table.ask(asks.PassTurn, "tessa", back=False)


def test_a_round_is_outside_both_counts_and_takes_nobodys_hand_but_the_speakers() -> None:
    table = Table(TESSA, OWEN, COLIN, FREYA).raises("owen", "colin", "tessa", "freya")
    table.rule(commands.StartRound, sides=ORDER)

    give(table, "tessa")

    assert (table.floor.passed, table.floor.owed) == ({}, ())
    assert {hand.seat for hand in table.floor.hands} == {"owen", "colin", "freya"}
    assert turn_of(table).hand is not None


def test_q13_a_hand_of_who_speaks_in_a_round_falls_with_speech_and_can_be_kept() -> None:
    table = Table(TESSA, COLIN).raises("tessa")
    table.rule(commands.StartRound, sides=ORDER[:2])
    give(table, "tessa")

    table.sleep(3)
    table.ask(asks.KeepHand, "tessa")

    assert table.queue() == ["tessa"]


def test_a_text_that_was_written_before_is_read_in_the_round() -> None:
    table = Table(TESSA, COLIN)
    table.ask(asks.WriteTurn, "tessa", words="word " * 50)
    table.rule(commands.StartRound, sides=ORDER[:2])

    give(table, "tessa")

    assert (turn_of(table).words, turn_of(table).planned) == ("word " * 50, timedelta(seconds=25))


def test_in_a_round_the_rest_of_an_interrupted_turn_comes_before_the_next_side() -> None:
    table = going()
    give(table, "tessa")
    table.wait(30).server(asks.Overlapped, "", seats=(SeatKey("colin"),), since=table.now)
    table.rule(commands.HolderYields)
    table.ask(asks.NotFinished, "tessa")

    give(table, "tessa")
    turn = turn_of(table)
    give(table, "colin")

    assert (turn.budget, turn_of(table).seat, round_of(table).said) == (timedelta(seconds=90), "colin", ORDER[:1])


@pytest.mark.parametrize("asks_for_rest", [True, False])
def test_a_side_that_was_cut_has_had_its_turn_and_has_the_rest_alone(*, asks_for_rest: bool) -> None:
    table, given = going(), list[tuple[str, float]]()
    give(table, "tessa")
    table.wait(30).server(asks.Overlapped, "", seats=(SeatKey("colin"),), since=table.now)
    table.rule(commands.HolderYields)
    if asks_for_rest:
        table.ask(asks.NotFinished, "tessa")
    while len(given) < 9 and (seat := next_seat(table.floor)):
        give(table, seat)
        given.append((seat, turn_of(table).budget.total_seconds()))
        table.ask(asks.Finish, seat)

    assert given == [("tessa", 90)] * asks_for_rest + [("colin", 120), ("freya", 120)]
    assert seen(table)["complete"]


def test_another_way_of_taking_turns_ends_the_round() -> None:
    table = going()

    table.rule(commands.SetMode, mode=Mode.OPEN_TALK)

    assert table.floor.round is None


def without_freya() -> Table:
    """Everybody has spoken but the school, whose line is down."""
    table = going()
    table.server(asks.Left, "freya")
    for seat in ("tessa", "colin"):
        give(table, seat)
        table.wait(5).ask(asks.Finish, seat)
    return table


def seen(table: Table) -> Any:
    return seen_by(table.floor, SeatKey("mediator"), now=table.now)["floor"]["round"]  # type: ignore[index]


def test_a_side_that_is_not_here_holds_up_the_round_until_the_mediator_passes_for_it() -> None:
    table = without_freya()
    waits = seen(table)

    table.rule(asks.PassTurn, back=False)

    assert (waits["next"], waits["missing"], waits["complete"]) == (None, "school", False)
    assert (round_of(table).passed, seen(table)["missing"], seen(table)["complete"]) == (ORDER[2:], None, True)


def test_a_side_that_comes_back_later_holds_up_nobody_and_has_its_turn_then() -> None:
    table = without_freya()
    table.rule(asks.PassTurn, back=True)
    meanwhile = seen(table)

    table.server(asks.Arrived, "freya")
    back = seen(table)
    give(table, "freya")
    table.wait(5).ask(asks.Finish, "freya")

    assert (meanwhile["complete"], meanwhile["later"], meanwhile["missing"]) == (True, ["school"], None)
    assert (back["complete"], back["next"]) == (False, "school")
    assert (seen(table)["complete"], round_of(table).said) == (True, ORDER)


def test_one_that_passed_to_be_asked_again_and_is_gone_then_can_be_put_off_too() -> None:
    table = going()
    give(table, "tessa")
    table.ask(asks.PassTurn, "tessa", back=True)
    for seat in ("tessa", "owen", "jo"):
        table.server(asks.Left, seat)
    for seat in ("colin", "freya"):
        give(table, seat)
        table.ask(asks.Finish, seat)

    table.rule(asks.PassTurn, back=True)

    assert (seen(table)["complete"], seen(table)["later"]) == (True, ["family"])


def test_q14_of_two_process_people_one_puts_a_side_off_and_the_other_is_told() -> None:
    table = without_freya()
    before = table.floor.version
    table.rule(asks.PassTurn, back=True, version=before)

    with pytest.raises(StaleFloor):
        table.rule(asks.PassTurn, back=False, by="mina", version=before)


def test_nobody_but_the_mediator_passes_for_a_side_that_is_not_here() -> None:
    table = without_freya()
    for key in ("tessa", "freya", "tia"):
        with pytest.raises(NotAllowed):
            table.ask(asks.PassTurn, key, back=False)


def test_q7_once_the_round_is_complete_answers_are_given_and_are_no_turn_of_it() -> None:
    table = without_freya()
    with pytest.raises(NotAllowed):
        table.ask(asks.AskReply, "mediator", seat="colin")
    table.rule(asks.PassTurn, back=False)

    table.ask(asks.AskReply, "mediator", seat="colin")
    give(table, "colin")
    answer, during = turn_of(table), seen(table)
    for by in ("colin", "mediator"):
        with pytest.raises(NotAllowed):
            table.rule(asks.PassTurn, by=by, back=False)
    with pytest.raises(NotAllowed):
        table.ask(asks.HandOver, "colin", seat="dana")
    table.ask(asks.Finish, "colin")

    assert (answer.planned, during["complete"]) == (timedelta(seconds=60), True)
    assert (round_of(table).said, round_of(table).passed) == (ORDER[:2], ORDER[2:])


def test_q7_a_side_that_passed_and_answers_has_still_passed() -> None:
    table = going()
    for seat in ("tessa", "colin", "freya"):
        give(table, seat)
        table.ask(asks.PassTurn, seat, back=False)
    table.ask(asks.AskReply, "mediator", seat="freya")

    give(table, "freya")
    table.wait(5).ask(asks.Finish, "freya")

    assert (round_of(table).said, round_of(table).passed) == ((), ORDER)


def test_a_round_that_was_complete_is_not_when_a_side_that_was_put_off_is_back() -> None:
    table = without_freya()
    table.rule(asks.PassTurn, back=True)
    table.server(asks.Arrived, "freya")

    with pytest.raises(NotAllowed):
        table.ask(asks.AskReply, "mediator", seat="colin")
