"""A direct question and its answer (Q7)."""

from datetime import timedelta

import pytest

from meetings.room import asks, commands
from meetings.room.entries import Kind, Turn
from meetings.room.floor import NotAllowed, NotYourTurn, SeatKey, microphones
from meetings.room.hands import FloorFrozen
from meetings.room.holds import Microphone
from meetings.room.stages import Mode
from meetings.room.state import Why
from tests.meetings.room.table import COLIN, DANA, FREYA, JO, LENA, OWEN, TESSA, TIA, Table


def speaking(*, mode: Mode = Mode.QUEUE) -> Table:
    table = Table(TESSA, JO, OWEN, LENA, COLIN, DANA, FREYA, TIA, mode=mode).raises("tessa", "freya")
    table.rule(commands.GiveTo, seat="tessa")
    return table


def turn_of(table: Table) -> Turn:
    assert table.floor.turn is not None
    return table.floor.turn


def test_q7_the_answer_stands_directly_under_the_question_before_every_turn() -> None:
    table = speaking().raises("dana")

    table.ask(asks.AskReply, "tessa", seat="colin")

    assert table.queue() == ["colin", "freya", "dana"]


def test_q7_before_what_the_mediator_put_first_too() -> None:
    table = speaking().raises("dana")
    table.rule(commands.MoveHand, seat="dana", place=1)

    table.ask(asks.AskReply, "tessa", seat="colin")

    assert table.queue() == ["colin", "dana", "freya"]


def test_q7_earlier_answers_come_first_and_one_who_is_away_holds_nobody_up() -> None:
    table = speaking()
    table.ask(asks.AskReply, "mediator", seat="dana")
    table.ask(asks.AskReply, "tessa", seat="colin")
    both = table.queue()
    table.server(asks.Left, "dana")
    table.server(asks.Left, "colin")

    table.ask(asks.AskReply, "mediator", seat="owen")

    assert (both, table.queue()[:2]) == (["dana", "colin", "freya"], ["owen", "freya"])


def test_q7_the_answer_has_sixty_seconds() -> None:
    table = speaking()
    table.ask(asks.AskReply, "tessa", seat="colin")

    table.give_next()

    assert (turn_of(table).kind, turn_of(table).planned) == (Kind.REPLY, timedelta(seconds=60))


def test_q7_it_does_not_count_as_a_turn() -> None:
    table = speaking()
    table.ask(asks.AskReply, "tessa", seat="colin")
    passed = table.floor.passed

    table.wait(4).give_next()

    assert table.floor.events[-1] == {"kind": "gave", "seat": "colin", "how": "reply"}
    assert (table.floor.passed, table.floor.owed, table.queue()) == (passed, (), ["freya"])


def test_q7_one_question_in_a_turn() -> None:
    table = speaking()
    table.ask(asks.AskReply, "tessa", seat="colin")

    with pytest.raises(NotAllowed):
        table.ask(asks.AskReply, "tessa", seat="freya")


def test_q7_none_in_an_answer() -> None:
    table = speaking()
    table.ask(asks.AskReply, "tessa", seat="colin")
    table.give_next()

    with pytest.raises(NotAllowed):
        table.ask(asks.AskReply, "colin", seat="tessa")


def test_q7_asking_the_same_person_again_changes_nothing() -> None:
    table = speaking()
    table.ask(asks.AskReply, "tessa", seat="colin")

    table.ask(asks.AskReply, "tessa", seat="colin")

    assert table.queue() == ["colin", "freya"]


@pytest.mark.parametrize("key", ["jo", "owen", "lena", "tessa", "mediator"])
def test_a_question_is_for_somebody_of_another_side(key: str) -> None:
    with pytest.raises(NotAllowed):
        speaking().ask(asks.AskReply, "tessa", seat=key)


@pytest.mark.parametrize("key", ["colin", "freya", "tia", "lena"])
def test_only_the_holder_and_the_mediator_ask(key: str) -> None:
    with pytest.raises(NotYourTurn):
        speaking().ask(asks.AskReply, key, seat="dana")


def test_a_process_person_asks_whom_they_like_and_when() -> None:
    table = Table(TESSA, COLIN)

    table.ask(asks.AskReply, "mediator", seat="tessa")
    table.ask(asks.AskReply, "mediator", seat="colin")

    assert table.queue() == ["tessa", "colin"]


def test_there_are_no_replies_until_a_round_ends() -> None:
    table = Table(TESSA, COLIN)
    table.rule(commands.StartRound, minutes=2)

    for by in ("tessa", "mediator"):
        with pytest.raises(NotAllowed):
            table.ask(asks.AskReply, by, seat="colin")


def test_nobody_is_asked_while_the_queue_is_frozen() -> None:
    table = speaking()
    table.rule(commands.Pause, why=Why.BREAK)

    with pytest.raises(FloorFrozen):
        table.ask(asks.AskReply, "tessa", seat="colin")


def test_nobody_is_asked_to_answer_inside_a_sides_own_time() -> None:
    with pytest.raises(NotAllowed):
        speaking(mode=Mode.STATEMENT).ask(asks.AskReply, "tessa", seat="colin")


def test_an_answer_is_never_a_sides_own_time_and_holds_nobodys_microphone() -> None:
    table = speaking(mode=Mode.STATEMENT)
    table.ask(asks.AskReply, "mediator", seat="colin")
    stated = table.floor.stated

    table.give_next()

    assert (turn_of(table).own_time, table.floor.stated) == (False, stated)
    rights = microphones(table.floor)
    assert [key for key, right in rights.items() if right.microphone is Microphone.HELD] == ["tia"]


def test_the_answer_of_somebody_who_is_spoken_for_is_their_shared_turn() -> None:
    table = Table(TESSA, JO, COLIN).raises("colin")
    table.give_next()
    table.ask(asks.AskReply, "colin", seat="jo")

    table.ask(asks.MaySpeakForMe, "tessa", seat="jo", on=True)
    table.give_next()

    assert turn_of(table).seat == "tessa"
    assert table.floor.holds_floor(table.floor.seat(SeatKey("jo")))
    assert table.ask(asks.Finish, "jo").turn is None
