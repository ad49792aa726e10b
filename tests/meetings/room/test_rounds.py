"""A round: each side in turn (3.10)."""

import pytest

from cases.case import Side, Standing
from meetings.room import asks, commands, rounds
from meetings.room.floor import NotAllowed
from tests.meetings.room.table import COLIN, DANA, FREYA, JO, LENA, OWEN, ROWAN, SAMI, TESSA, Table, person

THREE = (Side.FAMILY, Side.COUNCIL, Side.SCHOOL)


def order_of(table: Table) -> tuple[Side, ...]:
    assert table.floor.round is not None
    return table.floor.round.order


def test_the_order_is_drawn_by_a_lot_of_this_meeting_alone() -> None:
    orders = set()
    for lot in "abcdefgh":
        table = Table(TESSA, COLIN, FREYA)
        table.change(lot=lot)
        table.rule(commands.StartRound)
        assert sorted(order_of(table)) == sorted(THREE)
        orders.add(order_of(table))
    assert len(orders) > 1


def test_it_is_turned_on_by_one_each_time_so_that_every_side_is_first_once() -> None:
    table, firsts = Table(TESSA, COLIN, FREYA), []
    for _ in range(3):
        table.rule(commands.StartRound)
        firsts.append(order_of(table)[0])

    assert sorted(firsts) == sorted(THREE)


def test_an_order_that_was_agreed_is_kept_and_turned_on_the_next_time() -> None:
    table = Table(TESSA, COLIN, FREYA)
    table.rule(commands.StartRound, sides=(Side.SCHOOL, Side.FAMILY, Side.COUNCIL))
    agreed, said = order_of(table), table.floor.round
    table.rule(commands.StartRound)

    assert said is not None
    assert said.agreed
    assert agreed == (Side.SCHOOL, Side.FAMILY, Side.COUNCIL)
    assert order_of(table) == (Side.FAMILY, Side.COUNCIL, Side.SCHOOL)


@pytest.mark.parametrize("sides", [(Side.FAMILY,), (*THREE, Side.HEALTH), (Side.FAMILY, Side.COUNCIL, Side.HEALTH)])
def test_an_agreed_order_leaves_out_nobody_and_names_nobody_who_is_not_here(sides: tuple[Side, ...]) -> None:
    with pytest.raises(NotAllowed):
        Table(TESSA, COLIN, FREYA).rule(commands.StartRound, sides=sides)


def test_a_side_that_came_later_speaks_last_the_next_time() -> None:
    table = Table(TESSA, COLIN)
    table.rule(commands.StartRound, sides=(Side.FAMILY, Side.COUNCIL))
    table.server(asks.Seated, "mediator", seat=SAMI)
    table.rule(commands.StartRound)

    assert order_of(table) == (Side.COUNCIL, Side.FAMILY, Side.HEALTH)


def test_the_principal_is_named_first_and_a_language_worker_never() -> None:
    table = Table(LENA, JO, ROWAN, OWEN, person("wes", standing=Standing.WITNESS))
    table.rule(commands.StartRound)

    named = rounds.speaker(table.floor)

    assert named is not None
    assert named.key == "owen"


def test_a_side_that_is_away_is_skipped_and_asked_when_it_is_back() -> None:
    table = Table(TESSA, COLIN)
    table.rule(commands.StartRound, sides=(Side.FAMILY, Side.COUNCIL))
    table.server(asks.Left, "tessa")
    away = rounds.next_side(table.floor)
    table.server(asks.Arrived, "tessa")

    assert (away, rounds.next_side(table.floor)) == (Side.COUNCIL, Side.FAMILY)


def test_while_a_side_speaks_the_next_is_another() -> None:
    table = Table(TESSA, COLIN)
    table.rule(commands.StartRound, sides=(Side.FAMILY, Side.COUNCIL))

    table.rule(commands.GiveNext, seat="tessa")

    assert rounds.next_side(table.floor) is Side.COUNCIL
    table.rule(commands.GiveNext, seat="colin")
    assert rounds.next_side(table.floor) is None


def test_a_round_is_complete_when_every_side_has_spoken_or_passed_and_nobody_speaks() -> None:
    table = Table(TESSA, COLIN)
    table.rule(commands.StartRound, sides=(Side.FAMILY, Side.COUNCIL))
    seen = [rounds.is_complete(table.floor)]
    table.rule(commands.GiveNext, seat="tessa")
    table.ask(asks.Finish, "tessa")
    seen.append(rounds.is_complete(table.floor))
    table.rule(commands.GiveNext, seat="colin")
    seen.append(rounds.is_complete(table.floor))
    table.ask(asks.PassTurn, "colin", back=False)

    assert (seen, rounds.is_complete(table.floor)) == ([False, False, False], True)


def test_a_side_that_left_the_meeting_keeps_no_round_open() -> None:
    table = Table(TESSA, COLIN, DANA)
    table.rule(commands.StartRound, sides=(Side.COUNCIL, Side.FAMILY))
    table.rule(commands.GiveNext, seat="colin")
    table.ask(asks.Finish, "colin")

    table.server(asks.Departed, "tessa")

    assert rounds.is_complete(table.floor)
