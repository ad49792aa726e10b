"""How a turn ends, and what of it is kept."""

from dataclasses import replace
from datetime import timedelta

import pytest

from meetings.room import asks, commands
from meetings.room.ending import ended
from meetings.room.floor import Floor, NotAllowed, SeatKey
from meetings.room.order import order
from meetings.room.stages import Mode
from tests.meetings.room.table import COLIN, FREYA, OWEN, ROWAN, TESSA, Table


def heard(seconds: float) -> Table:
    """Tessa has had the floor for so long with somebody listening, and was not heard."""
    table = Table(TESSA, COLIN).raises("tessa", "colin")
    table.server(asks.Hears, "", on=True)
    table.give_next()
    table.wait(seconds)
    return table


def test_without_a_turn_nothing_ends() -> None:
    floor = Table(TESSA).floor

    assert ended(floor, "ended") is floor


def test_q13_whoever_was_given_the_floor_and_never_heard_has_the_hand_still_up() -> None:
    table = heard(60)
    before = table.floor.turn

    table.rule(commands.EndTurn)

    assert before is not None
    assert table.floor.hand(SeatKey("tessa")) == before.hand


def test_q13_whoever_was_heard_has_not() -> None:
    table = heard(60)
    table.server(asks.Spoke, "", seat=SeatKey("tessa"))

    table.rule(commands.EndTurn)

    assert table.queue() == ["colin"]


def test_whoever_finished_by_themselves_asks_no_longer() -> None:
    table = heard(60)

    table.ask(asks.Finish, "tessa")

    assert table.queue() == ["colin"]


@pytest.mark.parametrize("how", ["ended", "finished", "yielded", "passed", "released"])
def test_however_it_ends_nobody_has_the_floor_and_the_event_says_how(how: str) -> None:
    floor = ended(heard(60).floor, how)

    assert (floor.turn, floor.overlap, floor.card_until) == (None, None, None)
    assert floor.events[-1] == {"kind": how, "seat": "tessa"}


@pytest.mark.parametrize("seconds", [179.5, 180, 300])
def test_of_a_turn_whose_time_was_over_nothing_is_left(seconds: float) -> None:
    table = heard(seconds)
    table.server(asks.Overlapped, "", seats=(SeatKey("colin"),), since=table.now)

    table.rule(commands.HolderYields)

    assert table.floor.unfinished == ()


def yields(table: Table, after: float) -> None:
    """Who has the floor is spoken over and gives way."""
    table.wait(after).server(asks.Overlapped, "", seats=(SeatKey("freya"),), since=table.now)
    table.rule(commands.HolderYields)


def test_q8_a_text_that_gave_way_is_read_again_for_what_is_left_of_its_time() -> None:
    table = Table(TESSA, COLIN, FREYA)
    table.ask(asks.WriteTurn, "tessa", words="word " * 100)
    table.give_next()
    before = table.floor.turn
    yields(table, 5)

    table.ask(asks.NotFinished, "tessa")
    table.give_next()

    assert before is not None
    assert table.floor.turn is not None
    assert table.floor.turn.words == before.words
    assert table.floor.turn.budget == before.budget - timedelta(seconds=5)


def answering(*, mode: Mode = Mode.QUEUE) -> Table:
    """Colin answers a direct question."""
    table = Table(TESSA, COLIN, FREYA, mode=mode)
    table.ask(asks.AskReply, "mediator", seat="colin")
    table.give_next()
    return table


@pytest.mark.parametrize("mode", [Mode.QUEUE, Mode.STATEMENT])
def test_q8_an_answer_that_gave_way_has_the_rest_of_its_minute_and_is_still_an_answer(mode: Mode) -> None:
    table = answering(mode=mode)
    yields(table, 20)

    table.ask(asks.NotFinished, "colin")
    table.give_next()

    turn = table.floor.turn
    assert turn is not None
    assert (turn.seat, turn.budget, turn.answers, turn.own_time) == ("colin", timedelta(seconds=40), True, False)
    with pytest.raises(NotAllowed):
        table.ask(asks.AskReply, "colin", seat="tessa")


def test_q8_the_rest_of_a_rest_is_not_kept() -> None:
    table = answering()
    yields(table, 20)
    table.ask(asks.NotFinished, "colin")
    table.give_next()

    yields(table, 10)

    assert table.floor.unfinished == ()


def test_q7_the_rest_of_an_answer_is_no_turn_of_a_round() -> None:
    table = Table(TESSA, COLIN, FREYA)
    table.rule(commands.StartRound)
    for _ in range(3):
        table.rule(asks.PassTurn, back=False)
    table.ask(asks.AskReply, "mediator", seat="colin")
    table.rule(commands.GiveNext, seat="colin")
    yields(table, 20)
    table.ask(asks.NotFinished, "colin")
    table.rule(commands.GiveNext, seat="colin")
    table.ask(asks.Finish, "colin")

    assert table.floor.round is not None
    assert (table.floor.round.said, len(table.floor.round.passed)) == ((), 3)


def test_q13_where_nobody_listens_a_turn_that_ends_before_three_seconds_leaves_the_hand_up() -> None:
    for seconds, queue in ((2.9, ["tessa", "colin"]), (3, ["colin"])):
        table = Table(TESSA, COLIN).raises("tessa", "colin")
        table.change(spent={COLIN.side: timedelta(hours=1)})
        table.give_next()
        table.wait(seconds).rule(commands.EndTurn)
        assert table.queue() == queue


def owed() -> Table:
    """The family is owed, and three of it wait."""
    table = Table(TESSA, OWEN, ROWAN, COLIN, FREYA)
    table.change(spent={TESSA.side: timedelta(hours=1)})
    table.raises("tessa", "owen", "rowan", "colin", "freya")
    table.turn(5)
    table.turn(5)
    table.raises("colin", "freya")
    table.server(asks.Hears, "", on=True)
    return table


def standing(floor: Floor) -> object:
    """All that ranks those who wait."""
    return floor.hands, floor.passed, floor.owed, floor.spoken, [hand.seat for hand in order(floor)]


@pytest.mark.parametrize("ends", [commands.EndTurn, commands.SetMode])
def test_q13_a_turn_that_was_never_heard_changes_nothing_for_anybody(ends: type[commands.Command]) -> None:
    table = owed()
    before = standing(table.floor)

    seat = table.give_next()
    table.wait(30).rule(ends, **({"mode": Mode.STATEMENT} if ends is commands.SetMode else {}))

    assert (seat, table.floor.owed) == ("rowan", (TESSA.side,))
    assert standing(table.floor) == before


def test_q13_going_on_to_the_next_over_a_turn_that_was_never_heard_keeps_its_place_too() -> None:
    table = owed()
    table.give_next()
    after = table.queue()

    table.wait(2).rule(commands.GiveNext, seat=after[0])

    assert table.floor.owed[0] is TESSA.side
    assert table.queue()[0] == "rowan"
    assert after[0] in {"colin", "freya"}


def test_q13_a_side_that_is_never_heard_comes_back_once_and_then_waits_like_everybody() -> None:
    table = owed()

    given = []
    for _ in range(20):
        given.append(table.give_next())
        table.wait(30).rule(commands.EndTurn)

    assert given[:2] == ["rowan", "rowan"]
    assert {*given} == {"rowan", "tessa", "owen", "colin", "freya"}


def test_q13_once_heard_a_hand_comes_back_again() -> None:
    table = owed()
    for heard in (False, True, False):
        hand = table.floor.hand(ROWAN.key)
        table.rule(commands.GiveTo, seat="rowan")
        if heard:
            table.server(asks.Spoke, "", seat=ROWAN.key)
        table.wait(30).rule(commands.EndTurn)
        assert (table.floor.hand(ROWAN.key) == hand) is not heard
        if heard:
            table.raises("rowan")


def test_a_floor_that_was_saved_while_a_turn_ran_has_no_standing_to_go_back_to() -> None:
    table = heard(60)
    assert table.floor.turn is not None
    table.change(turn=replace(table.floor.turn, before=None))

    table.rule(commands.EndTurn)

    assert table.floor.hand(SeatKey("tessa")) is not None
