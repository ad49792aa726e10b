"""What one person alone sees of themselves."""

from dataclasses import replace
from typing import Any

import pytest

from cases.case import Side
from meetings.room import asks, commands
from meetings.room.floor import NotAllowed, SeatKey, seen_by
from meetings.room.stages import Mode
from meetings.room.steps import MuteReason
from meetings.room.told import What
from tests.meetings.room.table import COLIN, JO, LENA, MINA, OWEN, TESSA, TIA, Table


def you(table: Table, key: str) -> Any:
    return seen_by(table.floor, SeatKey(key), now=table.now)["you"]


def test_a_hand_is_shown_to_those_who_share_the_turn_and_what_was_written_with_it_to_its_owner_alone() -> None:
    table = Table(TESSA, JO, OWEN, LENA, COLIN)
    table.ask(asks.MaySpeakForMe, "tessa", seat="jo", on=True)
    table.ask(asks.RaiseHand, "tessa", note="about the bus")
    table.ask(asks.WriteTurn, "tessa", words="The bus is late.")

    seen = {key: (you(table, key)["hand"], you(table, key)["note"], you(table, key)["text"]) for key in KEYS}

    mine, shared, none = ("up", "about the bus", "The bus is late."), ("up", None, None), ("down", None, None)
    assert seen == {"tessa": mine, "jo": shared, "owen": none, "lena": none, "colin": none, "mediator": none}


def test_what_somebody_may_not_read_they_may_not_replace() -> None:
    table = Table(OWEN, LENA, COLIN)
    table.ask(asks.RaiseHand, "lena", note="about the bus")
    table.ask(asks.WriteTurn, "owen", words="The bus is late.")

    table.ask(asks.RaiseHand, "lena", note="about the taxi")
    with pytest.raises(NotAllowed):
        table.ask(asks.WriteTurn, "lena", words="The taxi is late.")

    shown = you(table, "owen")
    assert (shown["note"], shown["text"]) == ("about the bus", "The bus is late.")
    assert ["write_turn" in you(table, key)["can"] for key in ("owen", "lena", "colin")] == [True, False, True]


KEYS = ("tessa", "jo", "owen", "lena", "colin", "mediator")


def test_the_hand_of_the_holder_is_up_until_they_have_spoken_and_then_can_be_kept() -> None:
    table = Table(TESSA, COLIN).raises("tessa")
    table.give_next()
    first = you(table, "tessa")
    table.sleep(3)
    then = you(table, "tessa")

    assert (first["hand"], first["keep_until"], "keep_hand" in first["can"]) == ("up", None, False)
    assert (then["hand"], then["keep_until"], "keep_hand" in then["can"]) == ("down", "2026-10-08T09:00:15.000Z", True)


def test_a_place_is_said_in_numbers_to_its_owner_and_none_while_they_are_away() -> None:
    table = Table(TESSA, OWEN, LENA, COLIN).raises("colin", "owen")
    places = [you(table, key)["place"] for key in ("colin", "owen", "lena", "tessa")]
    table.server(asks.Left, "owen")
    table.server(asks.Left, "lena")

    assert (places, you(table, "owen")["place"]) == ([1, 2, 2, None], None)


def test_what_is_left_of_a_turn_is_shown_while_it_can_be_asked_for() -> None:
    table = Table(replace(TESSA, stretch=200), COLIN).raises("tessa")
    table.give_next()
    table.wait(60).server(asks.Overlapped, "", seats=(SeatKey("colin"),), since=table.now)
    table.rule(commands.HolderYields)

    assert you(table, "tessa")["rest"] == {"left": 300.0, "until": "2026-10-08T09:02:02.000Z"}
    assert you(table, "colin")["rest"] is None
    table.ask(asks.NotFinished, "tessa")
    assert you(table, "tessa")["rest"] is None


def test_a_nudge_and_a_mute_are_shown_to_nobody_else_and_for_two_minutes() -> None:
    table = Table(TESSA, COLIN, OWEN, MINA)
    table.rule(commands.Nudge, seat="tessa")
    table.rule(commands.Mute, seat="tessa", reason=MuteReason.NOISE)

    shown = {seat.key for seat in table.floor.seats if you(table, seat.key)["nudged_at"]}
    muted = {seat.key for seat in table.floor.seats if you(table, seat.key)["muted"]}
    table.wait(120).ask(asks.RaiseHand, "colin")

    assert (shown, muted) == ({"tessa"}, {"tessa"})
    assert (you(table, "tessa")["nudged_at"], you(table, "tessa")["muted"]) == (None, None)


def test_ones_signals_with_their_ticks_and_nobody_elses() -> None:
    table = Table(TESSA, COLIN)
    table.ask(asks.Tell, "tessa", what=What.LOST)
    table.wait(1).rule(commands.SeenTold, number=1)

    assert you(table, "tessa")["told"] == [
        {
            "number": 1,
            "what": "lost",
            "word": None,
            "at": "2026-10-08T09:00:00.000Z",
            "seen_at": "2026-10-08T09:00:01.000Z",
            "seen_by": "mediator",
            "escalated": False,
        }
    ]
    assert you(table, "colin")["told"] == []


def test_what_one_asked_and_nobody_has_seen_comes_with_every_frame_also_of_a_page_opened_anew() -> None:
    table = Table(TESSA, COLIN)
    table.ask(asks.Tell, "tessa", what=What.WORD, word="provision")
    table.ask(asks.Tell, "tessa", what=What.UPSET)
    table.server(asks.Left, "tessa")
    table.sleep(61)
    table.server(asks.Arrived, "tessa")

    mine = [(one["what"], one["word"], one["seen_at"], one["escalated"]) for one in you(table, "tessa")["told"]]

    assert mine == [("word", "provision", None, True), ("upset", None, None, True)]
    assert you(table, "colin")["told"] == []


@pytest.mark.parametrize(("mode", "buttons"), [(Mode.QUEUE, {"ask_reply"}), (Mode.STATEMENT, {"hand_over"})])
def test_what_the_holder_can_do_beside_finishing_depends_on_the_mode(mode: Mode, buttons: set[str]) -> None:
    table = Table(replace(TESSA, agreed=True), COLIN, mode=mode)
    table.rule(commands.GiveTo, seat="tessa")

    assert set(you(table, "tessa")["can"]) == {"tell", "finish", *buttons}


def test_in_a_round_the_holder_can_pass_and_come_back_once() -> None:
    table = Table(replace(TESSA, agreed=True), COLIN)
    table.rule(commands.StartRound, sides=(Side.FAMILY, Side.COUNCIL))
    table.rule(commands.GiveNext, seat="tessa")
    first = set(you(table, "tessa")["can"])
    table.ask(asks.PassTurn, "tessa", back=True)
    table.rule(commands.GiveNext, seat="colin")
    table.rule(commands.GiveNext, seat="tessa")

    assert first == {"tell", "finish", "hand_over", "pass_turn", "pass_back"}
    assert set(you(table, "tessa")["can"]) == first - {"pass_back"}


def test_the_time_of_a_turn_is_not_for_the_interpreter_of_who_speaks() -> None:
    table = Table(OWEN, LENA).raises("owen")
    table.give_next()

    assert ["turn" in seen_by(table.floor, SeatKey(key), now=table.now) for key in ("owen", "lena")] == [True, False]


def test_process_people_have_a_desk_and_no_buttons_of_a_side() -> None:
    table = Table(TESSA, TIA)

    assert [(you(table, key)["can"], you(table, key)["leads"]) for key in ("mediator", "tia")] == [
        ([], True),
        ([], False),
    ]


@pytest.mark.parametrize(
    ("mode", "usual"), [(Mode.QUEUE, 180), (Mode.OPEN_TALK, 180), (Mode.STATEMENT, 480), (Mode.ROUND, 120)]
)
def test_how_much_more_time_one_has_is_said_of_a_turn_as_they_are_now(mode: Mode, usual: int) -> None:
    table = Table(replace(TESSA, stretch=125), COLIN)
    if mode is Mode.ROUND:
        table.rule(commands.StartRound, minutes=2)
    else:
        table.rule(commands.SetMode, mode=mode)

    assert you(table, "tessa")["time"] == {"stretch": 1.25, "usual": usual, "yours": usual * 1.25}
    assert you(table, "colin")["time"] is None
