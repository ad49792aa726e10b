"""What hearing means: a hand falls with speech, silence is no speech, and nothing more."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.case import Side
from meetings.room import asks, commands
from meetings.room.floor import SeatKey, wakes_at
from meetings.room.hands import NothingToUndo
from meetings.room.stages import Mode
from meetings.room.state import Why
from tests.meetings.room.table import COLIN, OWEN, TESSA, Table

TESSAS = SeatKey("tessa")


def speaking(*, ears: bool) -> Table:
    table = Table(TESSA, COLIN).raises("tessa", "colin")
    table.server(asks.Hears, "", on=ears)
    table.give_next()
    return table


def hand_of(table: Table) -> tuple[bool, bool]:
    """Whether the holder's hand is still up, and whether it can be kept."""
    turn = table.floor.turn
    assert turn is not None
    return turn.hand is not None, turn.keep_until is not None


def test_q13_a_hand_is_up_until_its_owner_has_spoken_for_three_seconds() -> None:
    table = speaking(ears=True)
    table.sleep(30)
    silent = hand_of(table)

    table.server(asks.Spoke, "", seat=TESSAS)
    spoken = hand_of(table)
    table.sleep(10)

    assert (silent, spoken, hand_of(table)) == ((True, False), (False, True), (False, False))


def test_q13_where_nobody_listens_three_seconds_of_the_running_turn_stand_for_speech() -> None:
    table = speaking(ears=False)
    table.sleep(2.9)
    early = hand_of(table)
    table.sleep(0.1)

    assert (early, hand_of(table)) == ((True, False), (False, True))


def test_q13_a_turn_that_stands_still_is_not_spoken() -> None:
    table = speaking(ears=False)
    table.wait(1).rule(commands.Pause, why=Why.PAUSE)

    table.sleep(600)

    assert hand_of(table) == (True, False)


def test_q13_keep_my_hand_up_works_for_ten_seconds_and_waits_as_from_now() -> None:
    table = speaking(ears=True)
    table.raises("colin")
    table.server(asks.Spoke, "", seat=TESSAS)

    table.wait(9.9).ask(asks.KeepHand, "tessa")

    hand = table.floor.hand(TESSAS)
    assert hand is not None
    assert (hand.since, table.queue(), hand_of(table)) == (table.now, ["colin", "tessa"], (False, False))


@pytest.mark.parametrize("seconds", [10, 11])
def test_q13_after_ten_seconds_a_hand_is_not_kept(seconds: float) -> None:
    table = speaking(ears=True)
    table.server(asks.Spoke, "", seat=TESSAS)

    with pytest.raises(NothingToUndo):
        table.wait(seconds).ask(asks.KeepHand, "tessa")


def test_q13_nobody_keeps_the_hand_of_another() -> None:
    table = speaking(ears=True)
    table.server(asks.Spoke, "", seat=TESSAS)

    with pytest.raises(NothingToUndo):
        table.ask(asks.KeepHand, "colin")


@pytest.mark.parametrize("kind", [asks.Spoke, asks.Quiet])
def test_who_does_not_hold_the_floor_changes_nothing_by_being_heard(kind: type[asks.Signal]) -> None:
    table = speaking(ears=True)
    before = table.floor
    facts = {"silence": timedelta(seconds=8)} if kind is asks.Quiet else {}

    table.server(kind, "", seat=SeatKey("colin"), **facts)

    assert table.floor is before


def test_silence_within_patience_never_ends_a_turn_and_is_not_charged_as_speech() -> None:
    table = speaking(ears=True)
    table.wait(60).server(asks.Quiet, "", seat=TESSAS, silence=timedelta(seconds=8))

    assert table.floor.turn is not None
    assert table.floor.turn.ran == timedelta(seconds=60)
    assert table.floor.spent == {Side.FAMILY: timedelta(seconds=52 * 30)}


def test_silence_takes_off_no_more_than_the_turn_was_charged() -> None:
    table = Table(TESSA, OWEN, COLIN).raises("owen")
    table.turn(100)
    table.raises("tessa")
    table.give_next()
    table.wait(10)
    for _ in range(5):
        table.server(asks.Quiet, "", seat=TESSAS, silence=timedelta(seconds=8))

    assert table.floor.spent == {Side.FAMILY: timedelta(seconds=100 * 30)}


def test_silence_is_weighed_like_speech() -> None:
    table = Table(replace(TESSA, stretch=200), COLIN).raises("tessa")
    table.give_next()
    table.wait(60).server(asks.Quiet, "", seat=TESSAS, silence=timedelta(seconds=20))

    assert table.floor.spent == {Side.FAMILY: timedelta(seconds=40 * 15)}


def test_a_text_that_is_read_counts_by_its_reading_time_though_its_writer_is_silent() -> None:
    table = Table(TESSA, COLIN)
    table.ask(asks.WriteTurn, "tessa", words="word " * 150)
    table.server(asks.Hears, "", on=True)
    table.give_next()
    table.wait(60).server(asks.Quiet, "", seat=TESSAS, silence=timedelta(seconds=30))

    assert table.floor.spent == {Side.FAMILY: timedelta(seconds=60 * 30)}
    assert hand_of(table)[0] is False


def test_where_time_is_in_nobodys_share_silence_is_not_either() -> None:
    table = Table(TESSA, COLIN).raises("tessa")
    table.turn(60)
    spent = table.floor.spent
    table.rule(commands.SetMode, mode=Mode.DRAFTING)
    table.rule(commands.GiveTo, seat="tessa")
    table.wait(60).server(asks.Quiet, "", seat=TESSAS, silence=timedelta(seconds=8))

    assert table.floor.spent == spent


def test_when_reports_stop_nothing_that_was_heard_stops_a_clock() -> None:
    table = speaking(ears=True)
    table.server(asks.Overlapped, "", seats=(SeatKey("colin"),), since=table.now)
    still = table.floor.runs

    table.server(asks.Hears, "", on=False)

    assert (still, table.floor.runs, table.floor.overlap) == (False, True, None)
    assert wakes_at(table.floor) is not None
