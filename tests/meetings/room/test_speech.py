"""What hearing means: a hand falls with speech, silence is no speech, and nothing more."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.case import Side
from meetings.room import asks, commands, order
from meetings.room.floor import SeatKey, wakes_at
from meetings.room.hands import NothingToUndo
from meetings.room.stages import Mode
from meetings.room.state import Why
from meetings.room.waking import caught_up
from tests.meetings.room.table import COLIN, OWEN, START, TESSA, Table

TESSAS = SeatKey("tessa")


def speaking(*, ears: bool) -> Table:
    table = Table(TESSA, COLIN).raises("tessa", "colin")
    table.server(asks.Hears, "", on=ears)
    table.give_next()
    return table


def silent(table: Table, seconds: float, *, still: float | None = None, given_in: int | None = None) -> None:
    """The holder has been silent for so long, and may be for so many seconds more."""
    turn = table.floor.turn or (table.floor.past and table.floor.past.turn)
    assert turn
    since, more = table.now - timedelta(seconds=seconds), timedelta(seconds=still or 0)
    facts = {"given_in": given_in or turn.given_in, "since": since, "until": table.now}
    table.server(asks.Quiet, "", seat=turn.seat, **facts, still=table.now + more if more else None)


def charged(table: Table, side: Side = Side.FAMILY) -> float:
    """The seconds that are in the side's share by now, whether or not anybody has looked."""
    return caught_up(table.floor, table.now).spent.get(side, timedelta(0)) / timedelta(seconds=30)


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
    turn = table.floor.turn
    assert turn is not None
    facts = {"given_in": turn.given_in + 1, "since": START, "until": table.now} if kind is asks.Quiet else {}

    table.server(kind, "", seat=SeatKey("colin"), **facts)

    assert table.floor is before


def test_silence_within_patience_never_ends_a_turn_and_is_not_charged_as_speech() -> None:
    table = speaking(ears=True)
    silent(table.wait(60), 8)

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
        silent(table, 3600)

    assert table.floor.spent == {Side.FAMILY: timedelta(seconds=100 * 30)}


def test_silence_is_weighed_like_speech() -> None:
    table = Table(replace(TESSA, stretch=200), COLIN).raises("tessa")
    table.give_next()
    silent(table.wait(60), 20)

    assert table.floor.spent == {Side.FAMILY: timedelta(seconds=40 * 15)}


def test_a_text_that_is_read_counts_by_its_reading_time_though_its_writer_is_silent() -> None:
    table = Table(TESSA, COLIN)
    table.ask(asks.WriteTurn, "tessa", words="word " * 150)
    table.server(asks.Hears, "", on=True)
    table.give_next()
    silent(table.wait(60), 30)

    assert table.floor.spent == {Side.FAMILY: timedelta(seconds=60 * 30)}
    assert hand_of(table)[0] is False


def test_where_time_is_in_nobodys_share_silence_is_not_either() -> None:
    table = Table(TESSA, COLIN).raises("tessa")
    table.turn(60)
    spent = table.floor.spent
    table.rule(commands.SetMode, mode=Mode.DRAFTING)
    table.rule(commands.GiveTo, seat="tessa")
    silent(table.wait(60), 8)

    assert table.floor.spent == spent


def test_when_reports_stop_nothing_that_was_heard_stops_a_clock() -> None:
    table = speaking(ears=True)
    table.server(asks.Overlapped, "", seats=(SeatKey("colin"),), since=table.now)
    still = table.floor.runs

    table.server(asks.Hears, "", on=False)

    assert (still, table.floor.runs, table.floor.overlap) == (False, True, None)
    assert wakes_at(table.floor) is not None


def test_while_the_holder_is_silent_nothing_is_charged_as_far_as_their_patience_goes() -> None:
    table, seen = speaking(ears=True), []
    silent(table.wait(20), 2, still=6)
    for seconds in (0, 3, 3, 3):
        table.wait(seconds)
        seen.append(charged(table))

    turn = caught_up(table.floor, table.now).turn
    assert turn is not None
    assert (seen, turn.ran) == ([18.0, 18.0, 18.0, 21.0], timedelta(seconds=29))


def test_the_silence_at_the_end_of_a_turn_is_in_no_reckoning_of_who_is_next() -> None:
    table = Table(TESSA, OWEN, COLIN).raises("tessa", "colin")
    table.server(asks.Hears, "", on=True)
    table.turn(21)
    table.turn(18)
    table.raises("tessa", "colin")
    table.rule(commands.GiveTo, seat="owen")
    silent(table.wait(4), 2, still=6)
    table.wait(6).rule(commands.EndTurn)

    assert (charged(table), charged(table, Side.COUNCIL)) == (23.0, 18.0)


def test_who_speaks_again_is_charged_from_their_first_word_though_the_report_came_later() -> None:
    table = speaking(ears=True)
    silent(table.wait(20), 2, still=6)
    table.wait(3)
    turn = table.floor.turn
    assert turn is not None
    spoke = table.now - timedelta(seconds=1)
    facts = {"given_in": turn.given_in, "since": spoke - timedelta(seconds=4), "until": spoke}
    table.server(asks.Quiet, "", seat=TESSAS, **facts)
    table.wait(10)

    assert charged(table) == 18.0 + 1.0 + 10.0


def test_what_is_heard_of_a_turn_a_moment_after_its_end_still_counts_for_it_and_for_no_other() -> None:
    table = Table(TESSA, COLIN).raises("tessa", "colin")
    table.server(asks.Hears, "", on=True)
    table.give_next()
    given_in = table.floor.turn.given_in if table.floor.turn else 0
    table.wait(20).rule(commands.GiveNext, seat="colin")
    table.wait(1)
    silent(table, 6, given_in=given_in)
    first = (charged(table), charged(table, Side.COUNCIL))
    silent(table, 6, given_in=given_in)
    table.rule(commands.EndTurn)
    silent(table, 6, given_in=given_in)

    assert first == (15.0, 1.0)
    assert charged(table) == 15.0


def test_a_pause_between_the_last_word_and_the_end_belongs_to_speech() -> None:
    table = Table(TESSA, COLIN).raises("tessa")
    table.turn(20)
    table.wait(1)
    silent(table, 2.5)

    assert charged(table) == 20.0


def test_a_new_stage_owes_nothing_for_silence_before_it() -> None:
    table = Table(TESSA, COLIN).raises("tessa")
    table.turn(20)
    table.rule(commands.SetStage, number=2)
    before = table.floor
    table.server(asks.Quiet, "", seat=TESSAS, given_in=1, since=START, until=table.now)

    assert (before.past, table.floor) == (None, before)


@pytest.mark.parametrize("late", [0.0, 0.2, 1.0])
def test_two_desks_of_one_seat_report_a_silence_and_it_counts_once(late: float) -> None:
    table = speaking(ears=True)
    for _ in range(2):
        silent(table.wait(20), 2, still=6)
        table.wait(late)
        silent(table, 2 + late, still=6 - late)
        table.wait(5 - late)
        silent(table, 7)
        table.wait(late)
        silent(table, 7 + late)

    table.wait(1 - late)
    assert charged(table) == pytest.approx(2 * (20 + 5) + 2 * late + 1 - late - 2 * 7, abs=2 * late)


def test_when_reports_stop_a_silence_is_covered_no_longer() -> None:
    table = speaking(ears=True)
    silent(table.wait(20), 2, still=60)
    table.wait(3).server(asks.Hears, "", on=False)
    table.wait(10)

    assert charged(table) == 28.0


def test_a_side_that_is_silent_is_overtaken_by_none_until_it_speaks() -> None:
    table = Table(TESSA, OWEN, COLIN).raises("colin")
    table.turn(30)
    table.server(asks.Hears, "", on=True)
    table.rule(commands.GiveTo, seat="tessa")
    table.raises("owen", "colin")
    due = order.overtakes_in(table.floor)
    silent(table.wait(4), 2, still=60)
    table.server(asks.Spoke, "", seat=TESSAS)
    table.sleep(11)

    assert due is not None
    assert table.queue() == ["owen", "colin"]
    assert wakes_at(table.floor) == table.now + timedelta(seconds=60 - 11 + 24)
