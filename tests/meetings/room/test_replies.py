"""A direct question and its answer (Q7)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from meetings.room import asks, commands
from meetings.room.entries import Kind, Turn
from meetings.room.floor import NotAllowed, NotYourTurn, SeatKey, microphones, seen_by
from meetings.room.hands import FloorFrozen
from meetings.room.holds import Microphone
from meetings.room.replies import NotAsked
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


def asked() -> Table:
    """Tessa has asked Colin something; Freya and Dana wait."""
    table = speaking().raises("dana")
    table.ask(asks.AskReply, "tessa", seat="colin")
    return table


def seen(table: Table, key: str) -> Any:
    return seen_by(table.floor, SeatKey(key), now=table.now)


@pytest.mark.parametrize(("words", "seconds"), [("In the mornings.", 10), ("word " * 100, 45), ("word " * 175, 60)])
def test_an_answer_in_writing_stands_under_the_question_and_has_its_reading_time(words: str, seconds: int) -> None:
    table = asked()

    table.ask(asks.WriteReply, "colin", words=words)
    queue = table.queue()
    table.give_next()

    assert queue == ["colin", "freya", "dana"]
    turn = turn_of(table)
    assert (turn.kind, turn.words, turn.planned) == (Kind.REPLY, words, timedelta(seconds=seconds))


def test_an_answer_in_writing_takes_as_long_whoever_wrote_it_and_no_longer_than_was_set() -> None:
    table = asked()
    table.change(seats=tuple(replace(one, stretch=200) if one.key == "colin" else one for one in table.floor.seats))
    table.rule(commands.SetNumber, name="reply", seconds=30)
    table.ask(asks.WriteReply, "colin", words="word " * 100)

    table.give_next()

    assert (turn_of(table).planned, turn_of(table).budget) == (timedelta(seconds=30), timedelta(seconds=30))


def test_an_answer_in_writing_moves_nobody_and_counts_as_no_turn() -> None:
    written, spoken = asked(), asked()
    written.ask(asks.WriteReply, "colin", words="In the mornings.")
    for table in (written, spoken):
        table.wait(4).give_next()

    assert written.queue() == spoken.queue() == ["freya", "dana"]
    assert (written.floor.passed, written.floor.owed) == (spoken.floor.passed, spoken.floor.owed)
    assert written.floor.events[-1] == {"kind": "gave", "seat": "colin", "how": "reply"}


def test_it_is_seen_by_its_writer_and_who_leads_alone_until_it_is_read_and_then_by_all() -> None:
    table = asked()
    table.ask(asks.WriteReply, "colin", words="In the mornings.")
    before = {seat.key: "In the mornings." in str(seen(table, seat.key)) for seat in table.floor.seats}
    first = seen(table, "tessa")["floor"]["queue"][0]

    table.give_next()

    assert {key for key, there in before.items() if there} == {"colin", "mediator"}
    assert seen(table, "colin")["you"]["reply_text"] is None
    assert (first["seat"], first["kind"], first["text"]) == ("colin", "reply", True)
    assert {seen(table, seat.key)["floor"]["text"] for seat in table.floor.seats} == {"In the mornings."}


def test_until_it_is_read_other_words_replace_the_first() -> None:
    table = asked()
    for words in ("In the mornings.", "In the afternoons."):
        table.ask(asks.WriteReply, "colin", words=words)
        assert seen(table, "colin")["you"]["reply_text"] == words

    table.give_next()

    assert turn_of(table).words == "In the afternoons."


def test_who_has_the_floor_for_an_answer_may_still_write_it_and_it_is_read_from_then() -> None:
    table = asked()
    table.give_next()
    could = "write_reply" in seen(table, "colin")["you"]["can"]

    table.wait(50).ask(asks.WriteReply, "colin", words="word " * 50)

    turn = turn_of(table)
    assert could
    assert (turn.words, turn.planned - turn.ran, turn.budget) == ("word " * 50, timedelta(seconds=25), turn.planned)
    assert "write_reply" not in seen(table, "colin")["you"]["can"]
    with pytest.raises(NotAsked):
        table.ask(asks.WriteReply, "colin", words="And another thing.")


def test_one_question_has_one_answer() -> None:
    table = asked()
    table.ask(asks.WriteReply, "colin", words="In the mornings.")
    table.give_next()
    table.rule(commands.EndTurn)

    with pytest.raises(NotAsked):
        table.ask(asks.WriteReply, "colin", words="And another thing.")
    assert "write_reply" not in seen(table, "colin")["you"]["can"]


@pytest.mark.parametrize("key", ["tessa", "dana", "freya", "owen", "mediator", "tia"])
def test_nobody_answers_who_was_not_asked(key: str) -> None:
    table = asked()
    before = table.floor

    with pytest.raises(NotAsked):
        table.ask(asks.WriteReply, key, words="I know it.")

    assert table.floor is before


def test_an_answer_can_be_written_while_everything_stands_still() -> None:
    table = asked()
    table.rule(commands.Pause, why=Why.BREAK)

    table.ask(asks.WriteReply, "colin", words="In the mornings.")

    assert seen(table, "colin")["you"]["reply_text"] == "In the mornings."


def test_an_answer_written_by_who_speaks_for_somebody_is_that_persons() -> None:
    table = Table(TESSA, JO, COLIN).raises("colin")
    table.give_next()
    table.ask(asks.AskReply, "colin", seat="tessa")
    table.ask(asks.MaySpeakForMe, "tessa", seat="jo", on=True)

    table.ask(asks.WriteReply, "jo", words="In the mornings.")

    texts = [seen(table, key)["you"]["reply_text"] for key in ("tessa", "jo", "colin")]
    assert texts == ["In the mornings.", None, None]
