"""The share of the time that the sides agreed on (Q3)."""

from datetime import timedelta
from typing import Any

import pytest

from cases.case import Side
from meetings.room import commands
from meetings.room.floor import NotAllowed, SeatKey, seen_by
from meetings.room.seats import WEIGHTS
from tests.meetings.room.table import COLIN, FREYA, MINA, TESSA, Table

TWO_TO_ONE = ((Side.COUNCIL, 1), (Side.FAMILY, 2))


def waiting() -> Table:
    """The family has spoken for a minute and a half, the council for one; both wait."""
    table = Table(TESSA, COLIN, MINA)
    table.change(
        spent={Side.FAMILY: timedelta(seconds=90) * WEIGHTS[100], Side.COUNCIL: timedelta(minutes=1) * WEIGHTS[100]}
    )
    return table.raises("tessa", "colin")


def seen(table: Table, key: str) -> dict[str, int]:
    shared: Any = seen_by(table.floor, SeatKey(key), now=table.now)["floor"]
    return {one["side"]: one["parts"] for one in shared["fair"]}


def test_q3_the_order_goes_by_the_shares_that_were_agreed() -> None:
    table = waiting()
    equal = table.queue()

    table.rule(commands.SetFair, parts=TWO_TO_ONE)

    assert (equal, table.queue()) == (["colin", "tessa"], ["tessa", "colin"])


def test_q12_all_sides_see_that_it_was_agreed_and_nothing_while_all_have_the_same() -> None:
    table = waiting()
    before = seen(table, "colin")

    table.rule(commands.SetFair, parts=TWO_TO_ONE)

    assert before == {}
    assert seen(table, "tessa") == seen(table, "colin") == seen(table, "mediator") == {"family": 2, "council": 1}


def test_a_side_that_nobody_named_has_one_part() -> None:
    table = Table(TESSA, COLIN, FREYA)

    table.rule(commands.SetFair, parts=((Side.FAMILY, 3),))

    assert seen(table, "freya") == {"family": 3, "council": 1, "school": 1}


@pytest.mark.parametrize("parts", [((Side.COUNCIL, 4), (Side.FAMILY, 4)), ((Side.COUNCIL, 1),)])
def test_the_same_for_all_is_no_agreement(parts: tuple[tuple[Side, int], ...]) -> None:
    table = waiting()
    table.rule(commands.SetFair, parts=TWO_TO_ONE)

    table.rule(commands.SetFair, parts=parts)

    assert (table.floor.fair, seen(table, "colin"), table.queue()) == ({}, {}, ["colin", "tessa"])


@pytest.mark.parametrize("parts", [((Side.FAMILY, 0),), ((Side.FAMILY, 10),), ((Side.NOBODY, 2),)])
def test_a_share_is_of_one_to_nine_parts_and_a_sides(parts: tuple[tuple[Side, int], ...]) -> None:
    with pytest.raises(NotAllowed):
        waiting().rule(commands.SetFair, parts=parts)


def test_q14_it_makes_no_command_of_a_colleague_stale() -> None:
    table = waiting()
    before = table.floor.version
    table.rule(commands.SetFair, parts=TWO_TO_ONE)

    table.rule(commands.GiveTo, by="mina", seat="colin", version=before)

    assert table.floor.turn is not None
