"""A round is begun, gone through, and passed (3.10)."""

from datetime import timedelta

import pytest

from cases.case import Side
from meetings.room import asks, commands
from meetings.room.entries import Round, Turn
from meetings.room.floor import NobodyWaits, NotAllowed, NotYourTurn, SeatKey, StaleFloor
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


def test_another_way_of_taking_turns_ends_the_round() -> None:
    table = going()

    table.rule(commands.SetMode, mode=Mode.OPEN_TALK)

    assert table.floor.round is None
