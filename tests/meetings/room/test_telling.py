"""Signals outside the queue (3.3): told at any time, ticked, escalated, and a word without a name."""

from datetime import timedelta
from typing import Any

import pytest

from meetings.room import asks, commands
from meetings.room.floor import NoSuchSeat, NotAllowed, SeatKey, seen_by
from meetings.room.stages import Mode
from meetings.room.state import COORDINATOR, Why
from meetings.room.telling import WORDS_AT_ONCE, NoSuchSignal
from meetings.room.told import Told, What
from meetings.room.views import watched
from tests.meetings.room.table import COLIN, JO, LENA, MINA, START, TESSA, TIA, Table, person


def only(table: Table) -> Told:
    (one,) = table.floor.told
    return one


@pytest.mark.parametrize("what", What)
@pytest.mark.parametrize("when", ["always", "break", "held", "unattended", "before"])
def test_every_signal_can_be_told_at_any_time(what: What, when: str) -> None:
    table = Table(TESSA, COLIN, led=when != "before")
    if when == "break":
        table.rule(commands.Pause, why=Why.BREAK)
    if when == "held":
        table.rule(commands.SetMode, mode=Mode.STATEMENT, seat="colin")
    if when == "unattended":
        table.server(asks.Left, "mediator")
        table.sleep(30)

    table.ask(asks.Tell, "tessa", what=what)

    assert only(table) == Told(number=1, seat=SeatKey("tessa"), what=what, at=table.now)


def test_a_language_worker_tells_too_and_process_people_have_nobody_to_tell() -> None:
    table = Table(TESSA, LENA, TIA)
    table.ask(asks.Tell, "lena", what=What.SLOWER)

    for key in ("mediator", "tia"):
        with pytest.raises(NotAllowed):
            table.ask(asks.Tell, key, what=What.SLOWER)


def test_the_sender_has_a_tick_when_somebody_has_seen_it() -> None:
    table = Table(TESSA, MINA)
    table.ask(asks.Tell, "tessa", what=What.LOST)

    table.wait(5).rule(commands.SeenTold, number=1)
    first = only(table)
    table.wait(5).rule(commands.SeenTold, number=1, by="mina")

    assert (first.seen_by, first.seen_at) == ("mediator", START + timedelta(seconds=5))
    assert only(table) == first


def test_a_coordinator_may_see_it_and_do_nothing_else() -> None:
    table = Table(TESSA)
    table.ask(asks.Tell, "tessa", what=What.UPSET)
    table.sleep(60)

    table.rule(commands.SeenTold, number=1, by=COORDINATOR)

    assert only(table).seen_by == COORDINATOR
    for kind, facts in ((commands.EndTurn, {}), (commands.Resume, {}), (asks.Tell, {"what": What.LOST})):
        with pytest.raises(NoSuchSeat):
            table.rule(kind, by=COORDINATOR, **facts)


@pytest.mark.parametrize("seconds", [59.9, 60])
def test_unanswered_for_a_minute_it_is_passed_to_a_coordinator_once(seconds: float) -> None:
    table = Table(TESSA)
    table.ask(asks.Tell, "tessa", what=What.UPSET)

    table.sleep(seconds)
    escalated = only(table).escalated
    events = table.floor.events
    table.sleep(600)

    assert escalated is (seconds == 60)
    assert only(table).escalated
    assert ({"kind": "escalated", "number": 1} in events) is escalated


def test_each_waits_its_own_minute() -> None:
    table = Table(TESSA, COLIN)
    table.ask(asks.Tell, "tessa", what=What.UPSET)
    table.wait(30).ask(asks.Tell, "colin", what=What.LOST)

    table.sleep(30)

    assert [one.escalated for one in table.floor.told] == [True, False]


def test_what_was_seen_or_taken_back_is_not_escalated() -> None:
    table = Table(TESSA, COLIN)
    table.ask(asks.Tell, "tessa", what=What.UPSET)
    table.ask(asks.Tell, "colin", what=What.SOUND)
    table.rule(commands.SeenTold, number=1)
    table.ask(asks.TakeBack, "colin", number=2)

    table.sleep(600)

    assert (only(table).number, only(table).escalated) == (1, False)


def test_it_is_escalated_in_a_break_and_while_nobody_is_there_to_see_it() -> None:
    table = Table(TESSA)
    table.rule(commands.Pause, why=Why.BREAK)
    table.server(asks.Left, "mediator")
    table.ask(asks.Tell, "tessa", what=What.UPSET)

    table.sleep(60)

    assert only(table).escalated


def test_the_same_told_again_while_it_waits_is_one_and_another_word_is_another() -> None:
    table = Table(TESSA)
    for word in ("provision", "provision", "EOTAS"):
        table.ask(asks.Tell, "tessa", what=What.WORD, word=word)
    for _ in range(2):
        table.ask(asks.Tell, "tessa", what=What.LOST, word="never kept")

    assert [(one.what.value, one.word) for one in table.floor.told] == [
        ("word", "provision"),
        ("word", "EOTAS"),
        ("lost", None),
    ]


def test_nobody_fills_the_desk_with_words() -> None:
    table = Table(TESSA)
    for number in range(WORDS_AT_ONCE):
        table.ask(asks.Tell, "tessa", what=What.WORD, word=f"word {number}")

    with pytest.raises(NotAllowed):
        table.ask(asks.Tell, "tessa", what=What.WORD, word="another")


def test_a_word_that_was_not_understood_has_a_name_in_nobodys_frame() -> None:
    table = Table(TESSA, COLIN, MINA, TIA)
    table.ask(asks.Tell, "tessa", what=What.WORD, word="provision")

    assert table.floor.events == ({"kind": "told", "number": 1},)
    for key in ("mediator", "mina", "tia"):
        desk = seen_by(table.floor, SeatKey(key), now=table.now)["desk"]
        assert isinstance(desk, dict)
        assert [(one["word"], one["seat"]) for one in desk["told"]] == [("provision", None)]
    table.sleep(60)
    assert [(one["word"], one["seat"]) for one in outside(table)] == [("provision", None)]


def outside(table: Table) -> Any:
    return watched(table.floor, now=table.now)["told"]


def test_a_coordinator_hears_of_nothing_before_its_minute_nor_of_what_was_answered_in_time() -> None:
    table = Table(TESSA, COLIN)
    table.ask(asks.Tell, "tessa", what=What.UPSET)
    table.wait(1).ask(asks.Tell, "colin", what=What.LOST)
    table.rule(commands.SeenTold, number=2)
    table.sleep(58.9)
    early = outside(table)
    with pytest.raises(NoSuchSignal):
        table.rule(commands.SeenTold, number=1, by=COORDINATOR)

    table.sleep(0.1)

    assert early == []
    assert [(one["number"], one["seen_by"]) for one in outside(table)] == [(1, None)]
    table.rule(commands.SeenTold, number=1)
    assert [(one["number"], one["seen_by"]) for one in outside(table)] == [(1, "mediator")]


def test_nobody_takes_back_or_sees_what_is_not_there_or_not_theirs() -> None:
    table = Table(TESSA, COLIN)
    table.ask(asks.Tell, "tessa", what=What.LOST)

    with pytest.raises(NoSuchSignal):
        table.ask(asks.TakeBack, "colin", number=1)
    with pytest.raises(NoSuchSignal):
        table.rule(commands.SeenTold, number=2)


def test_a_word_in_private_with_the_supporter_is_told_to_the_supporter_alone() -> None:
    table = Table(TESSA, COLIN, person("sue", helps=SeatKey("tessa")), JO)
    table.ask(asks.Tell, "tessa", what=What.SUPPORTER)

    asked = {seat.key: seen_by(table.floor, seat.key, now=table.now)["you"] for seat in table.floor.seats}

    assert [key for key, you in asked.items() if you["asked"] == ["tessa"]] == ["sue"]  # type: ignore[index]


def test_what_somebody_told_who_then_left_still_reaches_a_process_person() -> None:
    table = Table(TESSA, JO, COLIN)
    table.ask(asks.Tell, "jo", what=What.UPSET)

    table.server(asks.Departed, "jo")
    table.sleep(60)

    assert (only(table).seat, only(table).escalated) == ("jo", True)


def test_signals_move_nobody_in_the_queue() -> None:
    table = Table(TESSA, COLIN).raises("tessa", "colin")
    queue, ordered = table.queue(), table.floor.ordered

    table.ask(asks.Tell, "colin", what=What.PAUSE)

    assert (table.queue(), table.floor.ordered, table.floor.pause) == (queue, ordered, None)
