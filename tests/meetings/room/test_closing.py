"""The planned end is a fact of the server: told at fifteen and at five minutes, and moved by a process person (3.5)."""

from datetime import timedelta
from typing import Any

import pytest

from meetings.room import commands
from meetings.room.floor import NotAllowed, SeatKey, StaleFloor, seen_by
from meetings.room.views import watched
from tests.meetings.room.table import COLIN, MINA, START, TESSA, Table

END = START + timedelta(minutes=90)


def planned() -> Table:
    table = Table(TESSA, COLIN, MINA)
    table.change(ends_at=END)
    return table


def ends(table: Table, key: str = "tessa", *, wrong: timedelta = timedelta(0)) -> Any:
    floor: Any = seen_by(table.floor, SeatKey(key), now=table.now + wrong)["floor"]
    return floor["ends"]


def test_all_are_told_at_fifteen_and_at_five_minutes_each_by_a_frame_of_its_own() -> None:
    table, told = planned(), []
    for minutes in (74, 1, 9, 1, 5, 30):
        before = table.floor.version
        table.sleep(minutes * 60)
        told.append((ends(table)["left"], table.floor.version > before))

    assert [left for left, _ in told] == [None, 15, 15, 5, None, None]
    assert all(fresh for left, fresh in (told[1], told[3], told[4]))
    assert table.floor.turn is None


@pytest.mark.parametrize("wrong", [timedelta(minutes=-5), timedelta(0), timedelta(minutes=5)])
def test_it_is_the_floors_own_time_that_counts_whatever_some_clock_says(wrong: timedelta) -> None:
    table = planned()
    table.sleep(72 * 60)
    early = ends(table, wrong=wrong)
    table.sleep(3 * 60)

    assert (early["left"], ends(table, wrong=wrong)["left"]) == (None, 15)


def test_everybody_sees_it_and_so_does_the_coordinator() -> None:
    table = planned()
    table.sleep(75 * 60)
    outside: Any = watched(table.floor, now=table.now)["floor"]

    one = {"at": "2026-10-08T10:30:00.000Z", "left": 15}
    assert [ends(table, key) for key in ("tessa", "colin", "mediator")] == [one, one, one]
    assert outside["ends"] == one


def test_a_later_end_is_planned_once_and_told_again_before_it() -> None:
    table = planned()
    table.sleep(86 * 60)
    seen = table.floor.version
    table.rule(commands.Extend, minutes=15)
    with pytest.raises(StaleFloor):
        table.rule(commands.Extend, minutes=15, by="mina", version=seen)
    extended = (table.floor.ends_at, ends(table)["left"])
    table.sleep(4 * 60)

    assert extended == (END + timedelta(minutes=15), None)
    assert ends(table)["left"] == 15


def test_an_end_that_is_past_is_extended_from_now_and_one_that_was_never_planned_is_not() -> None:
    table = planned()
    table.sleep(100 * 60)
    table.rule(commands.Extend, minutes=15)

    assert table.floor.ends_at == table.now + timedelta(minutes=15)
    with pytest.raises(NotAllowed):
        Table(TESSA).rule(commands.Extend, minutes=15)
