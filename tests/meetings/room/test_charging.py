"""What time is charged for: a line that dies without a word stops its holder's time, whenever it is noticed (3.11)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.room import asks, commands
from meetings.room.entries import Turn
from meetings.room.seats import WEIGHTS
from meetings.room.stages import Mode
from meetings.room.state import Why
from meetings.room.waking import caught_up
from tests.meetings.room.table import COLIN, JO, TESSA, Table

A_SECOND = timedelta(seconds=1)
MOMENTS = st.integers(0, 9_000)
LOSSES = st.lists(st.tuples(MOMENTS, st.integers(0, 1000), MOMENTS, st.booleans()), min_size=1, max_size=12)
"""Of each loss: milliseconds of speech before it, since the last sign of life, until it is noticed, and back first."""


def table(mode: Mode = Mode.QUEUE) -> Table:
    made = Table(TESSA, JO, COLIN, mode=mode)
    made.raises("tessa", "colin")
    made.rule(commands.GiveTo, seat="tessa", minutes=10)
    return made


def turn(made: Table) -> Turn:
    now = caught_up(made.floor, made.now)
    assert now.turn is not None
    return now.turn


def lost(made: Table, *, since: float, back: float | None = None) -> None:
    """It is noticed now that Tessa's line was dead since so many seconds."""
    ago: list[datetime | None] = [None if one is None else made.now - timedelta(seconds=one) for one in (since, back)]
    made.server(asks.Left, "tessa", since=ago[0], back=ago[1])


def test_the_time_of_a_line_that_was_dead_unnoticed_is_given_back_to_turn_and_side() -> None:
    made = table()
    made.wait(20)

    lost(made, since=9)

    assert turn(made).ran == timedelta(seconds=11)
    assert made.floor.spent[TESSA.side] == timedelta(seconds=11) * WEIGHTS[100]
    assert made.floor.seat(TESSA.key).away_since is not None
    made.sleep(5)
    assert turn(made).ran == timedelta(seconds=11)


def test_who_was_back_before_it_was_noticed_goes_on_and_loses_nothing() -> None:
    made = table()
    made.wait(20)

    lost(made, since=9, back=6)

    assert turn(made).ran == timedelta(seconds=17)
    assert made.floor.runs
    lost(made, since=9, back=6)
    assert turn(made).ran == timedelta(seconds=17)  # not twice


def test_what_was_silence_is_not_given_back_to_the_side_a_second_time() -> None:
    made = table()
    made.wait(20)
    given = turn(made).given_in
    since, until = made.now - timedelta(seconds=6), made.now
    made.server(asks.Quiet, "", seat="tessa", given_in=given, since=since, until=until)
    assert made.floor.spent[TESSA.side] == timedelta(seconds=14) * WEIGHTS[100]

    lost(made, since=9)

    assert turn(made).ran == timedelta(seconds=11)
    assert made.floor.spent[TESSA.side] == timedelta(seconds=11) * WEIGHTS[100]


@pytest.mark.parametrize("stands", [commands.Pause, None])
def test_no_more_is_given_back_than_ran(stands: object) -> None:
    made = table()
    made.wait(4)
    if stands:
        made.rule(commands.Pause, why=Why.PAUSE)
        made.wait(5)
        lost(made, since=8)
        assert turn(made).ran == timedelta(seconds=1)
    else:
        lost(made, since=60)
        assert turn(made).ran == timedelta(0)


def test_nothing_is_given_back_for_a_line_of_somebody_else_or_while_the_side_speaks_on() -> None:
    made = table()
    made.ask(asks.MaySpeakForMe, "tessa", seat="jo", on=True)
    made.wait(20)

    made.server(asks.Left, "colin", since=made.now - timedelta(seconds=9))
    lost(made, since=9)

    assert turn(made).ran == timedelta(seconds=20)


@settings(max_examples=100, deadline=None)
@given(losses=LOSSES, mode=st.sampled_from([Mode.QUEUE, Mode.STATEMENT]))
def test_no_loss_however_late_it_is_noticed_moves_place_or_time_by_more_than_a_second(
    losses: list[tuple[int, int, int, bool]], mode: Mode
) -> None:
    made, spoken = table(), timedelta(0)
    if mode is Mode.STATEMENT:
        made.rule(commands.SetMode, mode=mode, seat="tessa", minutes=30)
    waiting = made.queue()
    for number, (speech, silent, unnoticed, first) in enumerate(losses, 1):
        made.wait(speech / 1000)
        made.tick()
        spoken += timedelta(milliseconds=speech)
        made.wait(unnoticed / 1000)
        sign = min(silent, speech)
        lost(made, since=(unnoticed + sign) / 1000, back=0 if first else None)
        made.sleep(3)
        if not first:
            made.server(asks.Arrived, "tessa")
        else:
            spoken += timedelta(seconds=3)
        assert abs(turn(made).ran - spoken) <= number * A_SECOND
        assert (turn(made).seat, made.queue()) == ("tessa", waiting)
