"""Who interprets for whom, as the mediator says it at the desk (Q10)."""

from dataclasses import replace

import pytest

from meetings.room import asks, commands
from meetings.room.floor import NoSuchSeat, NotAllowed, SeatKey
from tests.meetings.room.table import COLIN, LENA, MINA, OWEN, TESSA, Table

NEW = replace(LENA, helps=None)


def test_q10_from_then_on_the_interpreters_hand_is_that_of_this_person() -> None:
    table = Table(TESSA, OWEN, NEW, COLIN)

    table.rule(commands.Interprets, seat="lena", whom="tessa")
    table.raises("lena")

    assert table.queue() == ["tessa"]


def test_q13_their_voice_in_the_turn_is_the_holders() -> None:
    table = Table(OWEN, NEW, COLIN)
    table.rule(commands.Interprets, seat="lena", whom="owen")
    table.raises("lena").give_next()

    assert table.floor.holds_floor(table.floor.seat(OWEN.key))
    assert table.floor.owner(LENA.key) == "owen"


def test_for_nobody_in_particular_they_have_no_hand() -> None:
    table = Table(OWEN, LENA)

    table.rule(commands.Interprets, seat="lena")

    with pytest.raises(NotAllowed):
        table.ask(asks.RaiseHand, "lena")


@pytest.mark.parametrize(
    ("seat", "whom"), [("colin", "owen"), ("mediator", "owen"), ("lena", "mina"), ("lena", "lena")]
)
def test_only_an_interpreter_interprets_and_only_for_who_takes_turns(seat: str, whom: str) -> None:
    with pytest.raises(NotAllowed):
        Table(OWEN, LENA, COLIN, MINA).rule(commands.Interprets, seat=SeatKey(seat), whom=SeatKey(whom))


def test_nobody_interprets_for_who_is_not_here() -> None:
    with pytest.raises(NoSuchSeat):
        Table(OWEN, LENA).rule(commands.Interprets, seat="lena", whom="colin")


def test_to_say_it_again_changes_nothing_that_anybody_sees() -> None:
    table = Table(OWEN, LENA)

    table.rule(commands.Interprets, seat="lena", whom="owen")

    assert table.floor.events == ()
