from datetime import timedelta

import pytest

from cases.case import Side
from meetings.room import asks, commands
from meetings.room.entries import Hand, Kind, Lowered
from meetings.room.floor import NotAllowed, SeatKey
from meetings.room.hands import FloorFrozen, NoSuchHand, NothingToUndo
from meetings.room.state import Why
from tests.meetings.room.table import COLIN, FREYA, JO, LENA, OWEN, START, TESSA, Table, person


def test_asking_again_keeps_one_entry_at_its_place() -> None:
    table = Table(TESSA, COLIN).raises("tessa", "colin")

    table.wait(30).ask(asks.RaiseHand, "tessa")

    assert table.floor.hands == (
        Hand(seat=SeatKey("tessa"), since=START + timedelta(seconds=2), wave=1),
        Hand(seat=SeatKey("colin"), since=START + timedelta(seconds=4), wave=2),
    )


def test_hands_within_one_second_are_one_wave_and_later_ones_another() -> None:
    table = Table(TESSA, COLIN, FREYA).raises("tessa")

    table.wait(1).ask(asks.RaiseHand, "colin")
    table.wait(1.001).ask(asks.RaiseHand, "freya")

    assert [hand.wave for hand in table.floor.hands] == [1, 1, 2]


def test_a_lowered_hand_gets_its_place_back_within_ten_seconds() -> None:
    table = Table(TESSA, COLIN).raises("tessa", "colin")
    before = table.floor.hands

    table.ask(asks.LowerHand, "tessa")
    lowered = table.floor.lowered
    table.sleep(9.9)
    table.ask(asks.RestoreHand, "tessa")

    assert lowered == (Lowered(hand=before[0], until=START + timedelta(seconds=14)),)
    assert (table.floor.hands, table.floor.lowered) == (before, ())


def test_after_ten_seconds_the_place_is_gone() -> None:
    table = Table(TESSA, COLIN).raises("tessa", "colin")
    table.ask(asks.LowerHand, "tessa")

    table.sleep(10)

    with pytest.raises(NothingToUndo):
        table.ask(asks.RestoreHand, "tessa")
    assert table.floor.lowered == ()


def test_restoring_after_the_ten_seconds_is_refused_though_no_round_has_looked() -> None:
    table = Table(TESSA).raises("tessa")
    table.ask(asks.LowerHand, "tessa")

    with pytest.raises(NothingToUndo):
        table.wait(10).ask(asks.RestoreHand, "tessa")


def test_raising_anew_after_lowering_is_a_new_place() -> None:
    table = Table(TESSA, COLIN).raises("tessa", "colin")
    table.ask(asks.LowerHand, "tessa")

    table.wait(2).ask(asks.RaiseHand, "tessa")

    assert (table.queue(), table.floor.lowered) == (["colin", "tessa"], ())


def test_a_place_cannot_be_taken_back_by_who_was_given_the_floor_meanwhile() -> None:
    table = Table(TESSA, COLIN).raises("tessa")
    table.ask(asks.LowerHand, "tessa")
    table.rule(commands.GiveTo, seat="tessa")

    with pytest.raises(NothingToUndo):
        table.ask(asks.RestoreHand, "tessa")
    table.rule(commands.EndTurn)
    with pytest.raises(NothingToUndo):
        table.ask(asks.RestoreHand, "tessa")


@pytest.mark.parametrize(("after", "passed"), [(9.9, {Side.SCHOOL: 1, Side.FAMILY: 1}), (10, {Side.SCHOOL: 1})])
def test_what_a_side_was_owed_is_forgotten_when_nobody_of_it_has_waited_for_ten_seconds(
    after: float, passed: dict[Side, int]
) -> None:
    table = Table(TESSA, COLIN, FREYA).raises("colin", "freya", "tessa")
    table.turn(5)

    table.ask(asks.LowerHand, "tessa")
    table.wait(after).ask(asks.RaiseHand, "tessa")

    assert table.floor.passed == passed


def test_q2_a_colleague_who_raises_meanwhile_takes_nothing_from_a_hand_that_is_restored() -> None:
    table = Table(TESSA, OWEN, COLIN, FREYA)
    table.change(spent={Side.FAMILY: timedelta(hours=1)})
    table.raises("tessa", "colin", "freya")
    table.turn(5)
    table.turn(5)
    table.raises("colin", "freya")
    owed = (table.floor.owed, dict(table.floor.passed), table.queue())

    table.ask(asks.LowerHand, "tessa")
    table.wait(1).ask(asks.RaiseHand, "owen")
    table.wait(1).ask(asks.RestoreHand, "tessa")
    table.ask(asks.LowerHand, "owen")

    assert owed[0] == (Side.FAMILY,)
    assert (table.floor.owed, dict(table.floor.passed), table.queue()) == owed


@pytest.mark.parametrize("why", [Why.BREAK, Why.UNATTENDED])
def test_q11_a_hand_that_was_lowered_by_accident_can_be_restored_while_everything_rests(why: Why) -> None:
    table = Table(TESSA, COLIN).raises("tessa", "colin")
    hands = table.floor.hands
    if why is Why.BREAK:
        table.rule(commands.Pause, why=why)
    else:
        table.server(asks.Left, "mediator")
        table.sleep(6)

    table.ask(asks.LowerHand, "tessa")
    table.wait(5).ask(asks.RestoreHand, "tessa")

    assert table.floor.frozen
    assert table.floor.hands == hands


def test_q1_a_wave_is_as_long_as_one_second_from_its_first_hand() -> None:
    """Whoever raises again and again, or one after another, makes no moment of ten seconds."""
    people = [person(f"officer-{number}", Side.COUNCIL) for number in range(6)]
    table = Table(*people).raises(*(one.key for one in people), apart=0.9)

    assert [hand.wave for hand in table.floor.hands] == [1, 1, 2, 2, 3, 3]


def test_q1_a_wave_keeps_its_beginning_when_its_first_hand_is_gone() -> None:
    table = Table(TESSA, COLIN, FREYA).raises("tessa", "colin", apart=0.9)
    table.ask(asks.LowerHand, "tessa")

    table.wait(0.9).ask(asks.RaiseHand, "freya")

    assert [hand.wave for hand in table.floor.hands] == [1, 2]


def test_a_hand_that_is_not_up_cannot_be_lowered() -> None:
    with pytest.raises(NoSuchHand):
        Table(TESSA).ask(asks.LowerHand, "tessa")


def test_the_queue_is_frozen_in_a_break_and_keeps_its_order() -> None:
    table = Table(TESSA, COLIN).raises("tessa")
    table.rule(commands.Pause, why=Why.BREAK)

    with pytest.raises(FloorFrozen):
        table.ask(asks.RaiseHand, "colin")
    table.rule(commands.Resume)

    assert table.queue() == ["tessa"]


def test_a_hand_may_go_up_during_a_short_pause() -> None:
    table = Table(TESSA)
    table.rule(commands.Pause, why=Why.PAUSE)

    assert table.raises("tessa").queue() == ["tessa"]


def test_an_interpreters_hand_is_that_of_the_person_interpreted() -> None:
    table = Table(OWEN, LENA).raises("lena")

    assert table.queue() == ["owen"]


def test_an_interpreters_hand_follows_the_person_interpreted_into_a_shared_turn() -> None:
    table = Table(TESSA, OWEN, LENA)
    table.ask(asks.MaySpeakForMe, "tessa", seat="owen", on=True)

    assert table.raises("lena").queue() == ["tessa"]


def test_an_interpreter_of_nobody_here_has_no_hand() -> None:
    with pytest.raises(NotAllowed):
        Table(TESSA, LENA).ask(asks.RaiseHand, "lena")


def test_a_supporters_hand_is_the_parents_only_while_they_speak_for_them() -> None:
    table = Table(TESSA, JO).raises("jo")
    own = table.queue()
    table.ask(asks.MaySpeakForMe, "tessa", seat="jo", on=True)
    shared = table.queue()
    table.ask(asks.LowerHand, "jo")

    assert (own, shared, table.queue()) == (["jo"], ["tessa"], [])


def test_process_people_speak_without_a_hand() -> None:
    with pytest.raises(NotAllowed):
        Table(TESSA).ask(asks.RaiseHand, "mediator")


def test_the_holder_does_not_ask_for_the_floor() -> None:
    table = Table(TESSA).raises("tessa")
    table.give_next()

    with pytest.raises(NotAllowed):
        table.ask(asks.RaiseHand, "tessa")


def test_the_mediator_adds_and_removes_hands() -> None:
    table = Table(TESSA, COLIN).raises("colin")

    table.wait(5).rule(commands.AddHand, seat="tessa")
    added = table.floor.hands[-1]
    table.rule(commands.RemoveHand, seat="colin")

    assert added == Hand(seat=SeatKey("tessa"), since=START + timedelta(seconds=7), wave=2, added=True)
    assert (table.queue(), table.kinds()) == (["tessa"], ["removed"])


@pytest.mark.parametrize(("kind", "facts"), [(commands.RemoveHand, {}), (commands.MoveHand, {"place": 1})])
def test_what_does_not_wait_cannot_be_moved(kind: type[asks.Signal], facts: dict[str, int]) -> None:
    with pytest.raises(NoSuchHand):
        Table(TESSA).rule(kind, seat="tessa", **facts)


@pytest.mark.parametrize(
    ("place", "queue"),
    [
        (1, ["freya", "tessa", "colin"]),
        (2, ["tessa", "freya", "colin"]),
        (3, ["tessa", "colin", "freya"]),
        (9, ["tessa", "colin", "freya"]),
    ],
)
def test_a_moved_hand_stands_where_it_was_put(place: int, queue: list[str]) -> None:
    table = Table(TESSA, COLIN, FREYA).raises("tessa", "colin", "freya")

    table.rule(commands.MoveHand, seat="freya", place=place)

    assert table.queue() == queue


def test_the_later_of_two_moves_to_one_place_has_it() -> None:
    table = Table(TESSA, COLIN, FREYA).raises("tessa", "colin", "freya")

    table.rule(commands.MoveHand, seat="freya", place=1)
    table.rule(commands.MoveHand, seat="colin", place=1)

    assert table.queue() == ["colin", "freya", "tessa"]


def test_q2_asking_again_changes_the_note_and_an_empty_one_takes_it_away() -> None:
    table, notes = Table(TESSA, COLIN).raises("tessa", "colin"), []
    queue, wave = table.queue(), table.floor.hands[0].wave
    for note in ("about the bus", None, "about the taxi", ""):
        table.wait(5).ask(asks.RaiseHand, "tessa", note=note)
        notes.append(table.floor.hands[0].note)

    assert notes == ["about the bus", "about the bus", "about the taxi", None]
    assert (table.queue(), table.floor.hands[0].wave) == (queue, wave)


def test_q2_a_text_keeps_the_place_and_other_words_replace_the_first() -> None:
    table = Table(TESSA, COLIN).raises("tessa", "colin")

    table.ask(asks.WriteTurn, "tessa", words="The bus is late.")
    table.ask(asks.WriteTurn, "tessa", words="The taxi is late.")

    assert (table.queue(), table.floor.hands[0].words) == (["tessa", "colin"], "The taxi is late.")


def test_q9_the_reason_of_a_move_is_in_no_event_and_goes_with_the_entry() -> None:
    table = Table(TESSA, COLIN).raises("tessa", "colin")

    table.rule(commands.MoveHand, seat="colin", place=1, reason="must leave")
    events = table.floor.events
    table.rule(commands.RemoveHand, seat="tessa", reason="a mistake")

    assert events == ({"kind": "moved", "seat": "colin", "place": 1},)
    assert (table.floor.hands[0].moved, table.floor.hands[0].reason) == (True, "must leave")
    assert table.floor.events == ({"kind": "removed", "seat": "tessa"},)


def test_q9_an_answer_and_a_turn_of_one_person_are_two_entries_that_are_removed_apart() -> None:
    table = Table(TESSA, COLIN).raises("tessa")
    table.ask(asks.AskReply, "mediator", seat="tessa")
    both = table.queue()

    table.rule(commands.RemoveHand, seat="tessa", entry=Kind.REPLY)

    assert (both, table.queue(), table.floor.hands[0].kind) == (["tessa", "tessa"], ["tessa"], Kind.TURN)


def test_who_is_asked_a_question_may_let_it_go_and_take_it_back() -> None:
    table = Table(TESSA, COLIN).raises("colin")
    table.ask(asks.AskReply, "mediator", seat="tessa")
    before = table.queue()

    table.ask(asks.LowerHand, "tessa")
    without = table.queue()
    table.ask(asks.RestoreHand, "tessa")

    assert (before, without, table.queue()) == (["tessa", "colin"], ["colin"], ["tessa", "colin"])


def test_q11_no_hand_is_kept_up_in_a_break() -> None:
    table = Table(TESSA).raises("tessa")
    table.give_next()
    table.sleep(4)
    table.rule(commands.Pause, why=Why.BREAK)

    with pytest.raises(FloorFrozen):
        table.ask(asks.KeepHand, "tessa")


def test_q13_who_is_given_the_floor_again_has_the_same_hand_in_that_turn() -> None:
    table = Table(TESSA, COLIN).raises("tessa", "colin")
    table.server(asks.Hears, "", on=True)
    table.give_next()
    hand = table.floor.turn and table.floor.turn.hand

    table.rule(commands.GiveTo, seat="tessa")

    assert hand is not None
    assert table.floor.turn is not None
    assert (table.floor.turn.hand, table.queue()) == (hand, ["colin"])
