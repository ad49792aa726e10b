"""Noise and lost lines beside a twin that is spared them: nothing but what is charged may differ (proofs 4 and 5)."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.room import asks, commands
from meetings.room.floor import Floor, SeatKey, microphones, step
from meetings.room.order import order
from meetings.room.seats import WEIGHTS as STRETCHES
from meetings.room.waking import caught_up
from tests.meetings.room.plays import PLAYS, Play, played
from tests.meetings.room.table import COLIN, DANA, FREYA, JO, LENA, MINA, OWEN, TESSA, Table

KINDS = (asks.Hears, asks.Spoke, asks.Quiet, asks.Overlapped, asks.OverlapOver)


def noise(random: Random, floor: Floor) -> asks.Signal:
    keys = [seat.key for seat in floor.seats]
    kind = random.choice(KINDS)
    if kind is asks.Hears:
        return asks.Hears(on=random.random() < 0.7)
    if kind is asks.Overlapped:
        return asks.Overlapped(seats=tuple(random.sample(keys, 2)), since=floor.at)
    if kind is asks.OverlapOver:
        return asks.OverlapOver()
    seat = floor.turn.seat if floor.turn and random.random() < 0.7 else random.choice(keys)
    if kind is asks.Spoke:
        return asks.Spoke(seat=seat)
    since = floor.at - timedelta(seconds=random.choice((1, 8, 30, 600)))
    given_in = floor.turn.given_in if floor.turn else 1
    still = random.choice((None, floor.at + timedelta(seconds=8)))
    return asks.Quiet(seat=seat, given_in=given_in, since=since, until=floor.at, still=still)


def rights(floor: Floor) -> list[tuple[object, object]]:
    return [(one.microphone, one.reason) for one in microphones(floor).values()]


@settings(max_examples=60, deadline=None)
@given(play=PLAYS, seed=st.integers(0, 2**32))
def test_noise_gives_no_turn_ends_none_moves_nobody_and_mutes_nobody(play: Play, seed: int) -> None:
    *_, (_, quiet) = [(None, Table(TESSA).floor), *played(play)]
    random, noisy, now = Random(seed), quiet, quiet.at

    for _ in range(30):
        now += timedelta(seconds=random.choice((0.1, 0.5, 2, 8)))
        noisy = step(noisy, noise(random, noisy), now=now)

    noisy, quiet = caught_up(noisy, now), caught_up(quiet, now)
    assert (noisy.turn and noisy.turn.given_in) == (quiet.turn and quiet.turn.given_in)
    assert (noisy.turn and noisy.turn.seat) == (quiet.turn and quiet.turn.seat)
    same = ("hands", "lowered", "holds", "steps", "mode", "stage", "pause", "round", "passed", "owed", "told", "seats")
    assert [getattr(noisy, one) for one in same] == [getattr(quiet, one) for one in same]
    assert rights(noisy) == rights(quiet)
    assert order(replace(noisy, spent=quiet.spent)) == order(quiet)


@settings(max_examples=60, deadline=None)
@given(play=PLAYS, seed=st.integers(0, 2**32))
def test_noise_charges_a_side_no_more_than_the_time_that_went_by(play: Play, seed: int) -> None:
    *_, (_, quiet) = [(None, Table(TESSA).floor), *played(play)]
    random, noisy, now = Random(seed), quiet, quiet.at
    for _ in range(30):
        now += timedelta(seconds=random.choice((0.1, 0.5, 2, 8)))
        noisy = step(noisy, noise(random, noisy), now=now)

    passed = (now - quiet.at) * max(STRETCHES.values())
    for side, spent in caught_up(noisy, now).spent.items():
        assert timedelta(0) <= spent <= quiet.spent.get(side, timedelta(0)) + passed


PEOPLE = (TESSA, JO, OWEN, LENA, COLIN, DANA, FREYA, MINA)


def seated() -> Table:
    table = Table(*PEOPLE).raises("tessa", "colin", "owen", "freya", "dana")
    table.give_next()
    return table


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32), speaks=st.booleans())
def test_a_hundred_lost_and_regained_lines_change_no_place_and_no_time(seed: int, speaks: bool) -> None:  # noqa: FBT001
    """Beside a twin whose lines never fail, and for whom time stands still while the holder's is down."""
    random, real, twin = Random(seed), seated(), seated()
    if speaks:  # somebody who may speak in the turn is still there, so time goes on
        for table in (real, twin):
            table.ask(asks.MaySpeakForMe, "tessa", seat="jo", on=True)
    keys = [seat.key for seat in real.floor.seats if seat.key != "jo"]

    for _ in range(100):
        up, down, key = random.uniform(0, 5), random.uniform(0, 4.9), random.choice([*keys, SeatKey("tessa")])
        real.sleep(up)
        twin.sleep(up)
        real.server(asks.Left, key)
        real.sleep(down)
        if key != "tessa" or speaks:
            twin.sleep(down)
        real.server(asks.Arrived, key)

    told, spared = caught_up(real.floor, real.now), caught_up(twin.floor, twin.now)
    assert told.turn is not None
    assert spared.turn is not None
    assert abs(told.turn.rest.budget - spared.turn.rest.budget) < timedelta(seconds=1)
    assert abs(told.turn.ran - spared.turn.ran) < timedelta(seconds=1)
    assert real.queue() == twin.queue()
    assert [(hand.seat, hand.wave, hand.overtaken) for hand in told.hands] == [
        (hand.seat, hand.wave, hand.overtaken) for hand in spared.hands
    ]
    assert (told.passed, told.owed, told.pause) == (spared.passed, spared.owed, spared.pause)


@pytest.mark.parametrize("seconds", [1, 60, 119])
def test_who_is_back_within_two_minutes_has_hand_rights_and_ground_rules_as_before(seconds: float) -> None:
    table = seated()
    table.ask(asks.AgreeRules, "colin")
    table.rule(commands.Hold, seat="dana", sure=True)
    queue, seat = table.queue(), table.floor.seat(SeatKey("colin"))

    table.server(asks.Left, "colin")
    table.sleep(seconds)
    table.server(asks.Arrived, "colin")

    assert (table.queue(), table.floor.seat(SeatKey("colin"))) == (queue, seat)
