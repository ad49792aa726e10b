from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings

from meetings.room import asks, commands
from meetings.room.floor import Floor, microphones
from meetings.room.holds import FREE, YOURS, Microphone, Reason, Right, planned_end
from meetings.room.stages import Mode
from meetings.room.state import Why
from tests.meetings.room.plays import PLAYS, Play, played
from tests.meetings.room.table import COLIN, DANA, JO, LENA, START, TESSA, Table


@pytest.mark.parametrize("mode", [Mode.OPEN_TALK, Mode.QUEUE, Mode.MEDIATOR_SPEAKS])
def test_microphones_are_free_in_every_mode_that_does_not_say_otherwise(mode: Mode) -> None:
    table = Table(TESSA, COLIN, LENA, mode=mode)

    assert microphones(table.floor) == {"mediator": FREE, "tessa": FREE, "colin": FREE, "lena": FREE}


def test_the_holder_may_speak_and_in_a_queue_nobody_else_is_held() -> None:
    table = Table(TESSA, COLIN).raises("tessa")
    table.give_next()

    assert microphones(table.floor) == {"mediator": FREE, "tessa": YOURS, "colin": FREE}


def test_in_a_sides_own_time_all_who_listen_are_held_on_every_side_alike() -> None:
    table = Table(TESSA, JO, LENA, COLIN, DANA, mode=Mode.STATEMENT)
    table.rule(commands.GiveTo, seat="colin")

    held = Right(microphone=Microphone.HELD, reason=Reason.STATEMENT, until=START + timedelta(minutes=8))
    assert microphones(table.floor) == {
        "mediator": FREE,
        "tessa": held,
        "jo": held,
        "lena": FREE,
        "colin": YOURS,
        "dana": held,
    }


def test_who_speaks_for_the_holder_shares_the_turn() -> None:
    table = Table(TESSA, JO, COLIN, mode=Mode.STATEMENT)
    table.ask(asks.MaySpeakForMe, "tessa", seat="jo", on=True)
    table.rule(commands.GiveTo, seat="tessa")

    rights = microphones(table.floor)

    assert (rights[TESSA.key], rights[JO.key]) == (YOURS, YOURS)
    assert rights[COLIN.key].microphone is Microphone.HELD


@pytest.mark.parametrize("ends", ["finish", "end", "kept", "break", "mode"])
def test_the_hold_ends_with_the_sides_own_time(ends: str) -> None:
    table = Table(TESSA, COLIN, mode=Mode.STATEMENT)
    table.rule(commands.GiveTo, seat="colin")

    if ends == "finish":
        table.ask(asks.Finish, "colin")
    if ends == "end":
        table.rule(commands.EndTurn)
    if ends == "kept":
        table.server(asks.Left, "colin")
        table.sleep(90)
    if ends == "break":
        table.rule(commands.Pause, why=Why.BREAK)
    if ends == "mode":
        table.rule(commands.SetMode, mode=Mode.OPEN_TALK)

    assert microphones(table.floor)[TESSA.key] == FREE


def test_a_pause_does_not_open_what_is_held() -> None:
    table = Table(TESSA, COLIN, mode=Mode.STATEMENT)
    table.rule(commands.GiveTo, seat="colin")

    table.rule(commands.Pause, why=Why.PAUSE)

    assert microphones(table.floor)[TESSA.key] == Right(microphone=Microphone.HELD, reason=Reason.STATEMENT)


def test_round_a_real_table_nobody_is_held() -> None:
    table = Table(replace(TESSA, screen=False), replace(COLIN, screen=False), mode=Mode.STATEMENT, in_person=True)
    table.rule(commands.GiveTo, seat="colin")

    assert microphones(table.floor)[TESSA.key] == FREE


def test_the_planned_end_moves_with_the_clock_and_does_not_know_a_seats_own_allowance() -> None:
    table = Table(replace(COLIN, stretch=200), TESSA, mode=Mode.STATEMENT)
    table.rule(commands.GiveTo, seat="colin")
    at_first = planned_end(table.floor)
    table.wait(60).rule(commands.Pause, why=Why.PAUSE)
    stopped = planned_end(table.floor)
    table.wait(120).rule(commands.Resume)
    later = planned_end(table.floor)
    table.wait(600).rule(commands.MoreTime, seconds=60)

    assert (at_first, stopped) == (START + timedelta(minutes=8), None)
    assert (later, planned_end(table.floor)) == (START + timedelta(minutes=10), None)


@settings(max_examples=40, deadline=None)
@given(play=PLAYS)
def test_at_most_one_place_has_the_floor_and_language_workers_and_process_people_are_never_held(
    play: Play,
) -> None:
    for _, floor in played(play):
        rights = microphones(floor)
        yours = {floor.owner(key) for key, right in rights.items() if right.microphone is Microphone.YOURS}

        assert yours <= ({floor.turn.seat} if floor.turn else set())
        assert not [key for key, right in rights.items() if right.microphone is Microphone.HELD and exempt(floor, key)]


def exempt(floor: Floor, key: str) -> bool:
    seat = next(seat for seat in floor.seats if seat.key == key)
    return not seat.takes_turns and (seat.leads or not seat.process)
