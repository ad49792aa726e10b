"""What time does by itself, when, and that it does not matter when anybody looks."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.room import asks, commands
from meetings.room.floor import SeatKey, step, wakes_at
from meetings.room.stages import Mode
from meetings.room.state import Floor, Why
from meetings.room.told import What
from meetings.room.waking import WAKES, caught_up
from tests.meetings.room.plays import LIVELY, PLAYS, QUEUEING, TEMPOS, Play, played, told
from tests.meetings.room.table import COLIN, DANA, OWEN, TESSA, Table


def speaking() -> Table:
    table = Table(TESSA, COLIN, DANA).raises("tessa", "colin")
    table.give_next()
    return table


def listening() -> Table:
    table = speaking()
    table.server(asks.Hears, "", on=True)
    return table


def heard() -> Table:
    table = listening()
    table.server(asks.Spoke, "", seat=SeatKey("tessa"))
    return table


def spoken_over(answer: type[commands.Command] | None = None) -> Table:
    table = listening()
    table.wait(10).server(asks.Overlapped, "", seats=(SeatKey("colin"),), since=table.now)
    if answer:
        table.rule(answer)
    return table


def away(key: str, seconds: float = 0) -> Table:
    table = listening()
    assert table.floor.turn is not None
    table.server(asks.Spoke, "", seat=table.floor.turn.seat)  # so that the hand is down, and nothing of it is due
    table.sleep(10)
    table.server(asks.Left, key)
    table.sleep(seconds)
    return table


def asked(kind: type[asks.Signal], **facts: object) -> Table:
    table = listening()
    if issubclass(kind, commands.Command):
        table.rule(kind, **facts)
    else:
        table.ask(kind, "colin", **facts)
    return table


def ending(minutes: int) -> Table:
    table = Table(TESSA)
    table.change(ends_at=table.now + timedelta(minutes=minutes))
    return table


@pytest.mark.parametrize(
    ("begin", "what", "seconds"),
    [
        (lambda: away("tessa"), "released", 90),
        (speaking, "spoke", 3),
        (heard, "keeping_over", 10),
        (spoken_over, "cue_gone", 30),
        (lambda: spoken_over(commands.LetFinish), "card_gone", 20),
        (lambda: spoken_over(commands.HolderYields), "chance_gone", 60),
        (lambda: asked(commands.Hold, seat="dana", sure=True), "unheld", 60),
        (lambda: asked(asks.Tell, what=What.UPSET), "escalated", 60),
        (lambda: away("mediator"), "paused", 5),
        (lambda: away("mediator", 5), "safe_hold", 15),
        (lambda: asked(asks.LowerHand), "forgotten", 10),
        (lambda: Table(TESSA), "break_mark", 45 * 60),
        (lambda: ending(40), "ends", 25 * 60),
        (lambda: asked(commands.Pause, why=Why.BREAK), "rest_over", 600),
    ],
)
def test_each_thing_is_due_at_its_moment_and_happens_then(
    begin: Callable[[], Table], what: str, seconds: float
) -> None:
    table = begin()
    at, due = table.now, wakes_at(table.floor)

    table.wait(seconds).tick()

    assert due == at + timedelta(seconds=seconds)
    assert what in table.kinds()


def test_every_kind_of_waking_has_been_tried() -> None:
    assert len(WAKES) == 14 + len(["the order turns, in test_order"])


def test_a_turn_that_is_over_its_time_wakes_nobody_and_is_never_cut() -> None:
    table = speaking()
    table.sleep(20)

    assert table.idle()
    assert caught_up(table.floor, table.now + timedelta(hours=3)).turn is not None


def plain(floor: Floor) -> Any:
    return replace(floor, version=0, events=(), ruled=0, ruled_by=None, ordered=0, ops=(), forgotten={})


@settings(max_examples=40, deadline=None)
@given(play=PLAYS)
def test_it_does_not_matter_when_anybody_looks(play: Play) -> None:
    *_, (_, floor) = [(None, Table(TESSA).floor), *played(play)]
    end = floor.at + timedelta(minutes=5)
    punctual = floor
    while (due := wakes_at(punctual)) is not None and due <= end:
        punctual = step(punctual, asks.Tick(), now=due)

    assert plain(caught_up(punctual, end)) == plain(caught_up(floor, end))


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**32), length=st.integers(20, 80), mode=st.sampled_from(Mode), waits=st.sampled_from(TEMPOS)
)
def test_by_itself_time_does_little_and_then_rests(seed: int, length: int, mode: Mode, waits: Sequence[float]) -> None:
    """In every way of taking turns, however long nobody does anything: each thing once, and no more."""
    for sayings in (QUEUEING, LIVELY):
        *_, (_, _, floor) = told((seed, length), sayings=sayings, waits=waits)
        floor = replace(floor, mode=mode, events=())
        wakes = 0
        while (due := wakes_at(floor)) is not None:
            floor, wakes = step(floor, asks.Tick(), now=due), wakes + 1
            assert wakes <= 40
        assert len(caught_up(floor, floor.at + timedelta(hours=3)).events) == len(floor.events)


@pytest.mark.parametrize("screen", [True, False])
def test_q13_who_has_no_screen_cannot_be_heard_so_that_the_running_time_takes_the_hand_down(*, screen: bool) -> None:
    table = Table(replace(TESSA, screen=screen), COLIN)
    table.server(asks.Hears, "", on=True)
    table.rule(commands.AddHand, seat="tessa")
    table.give_next()

    table.sleep(120)

    assert table.floor.turn is not None
    assert (table.floor.turn.hand is not None) == screen


def test_where_time_is_not_counted_a_turn_changes_no_order_and_wakes_nobody_again_and_again() -> None:
    table = Table(TESSA, OWEN, COLIN).raises("colin")
    table.turn(30)
    table.rule(commands.SetMode, mode=Mode.DRAFTING)
    table.raises("tessa", "owen", "colin").give_next()
    table.sleep(60)
    before = table.queue(), table.floor.version

    table.sleep(600)

    assert (table.queue(), table.floor.version) == before == (["owen", "colin"], table.floor.version)
    assert table.idle()
