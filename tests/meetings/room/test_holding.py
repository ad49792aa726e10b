from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cases.case import Side
from meetings.room import asks, commands
from meetings.room.entries import Counts, Kind, Turn
from meetings.room.floor import NobodySpeaks, NobodyWaits, NotAllowed, NotYourTurn, SeatKey, StaleFloor, wakes_at
from meetings.room.hands import NothingToUndo
from meetings.room.stages import Mode
from meetings.room.state import Why
from tests.meetings.room.table import COLIN, DANA, FREYA, JO, LENA, OWEN, TESSA, Table


def turn_of(table: Table) -> Turn:
    assert table.floor.turn is not None
    return table.floor.turn


def test_the_next_has_the_floor_for_the_time_of_the_stage() -> None:
    table = Table(TESSA, COLIN).raises("tessa", "colin")
    hand = table.floor.hand(SeatKey("tessa"))

    table.give_next()

    assert table.floor.turn == Turn(
        seat=SeatKey("tessa"),
        given_at=table.now,
        given_in=table.floor.version,
        planned=timedelta(minutes=3),
        budget=timedelta(minutes=3),
        own_time=False,
        hand=hand,
        before=Counts(passed={}, owed=(), overtaken={SeatKey("tessa"): 0, SeatKey("colin"): 0}, spoken=()),
    )
    assert (table.queue(), table.floor.spoken) == (["colin"], ("tessa",))
    assert table.floor.events == ({"kind": "gave", "seat": "tessa", "how": "next"},)


def test_a_person_with_more_time_has_a_longer_turn_and_the_plan_does_not_say_so() -> None:
    table = Table(replace(OWEN, stretch=150)).raises("owen")

    table.give_next()

    assert (turn_of(table).planned, turn_of(table).budget) == (timedelta(minutes=3), timedelta(seconds=270))


def test_giving_the_floor_takes_it_from_the_one_before() -> None:
    table = Table(TESSA, COLIN).raises("tessa", "colin")
    table.give_next()

    table.wait(20).give_next()

    assert turn_of(table).seat == "colin"
    assert table.kinds() == ["ended", "gave"]


def test_nobody_waits_then_nobody_is_next() -> None:
    with pytest.raises(NobodyWaits):
        Table(TESSA).rule(commands.GiveNext, seat="tessa")


def test_the_next_is_refused_if_another_is_next_now() -> None:
    table = Table(TESSA, COLIN).raises("tessa", "colin")
    seen = table.floor.version
    table.ask(asks.LowerHand, "tessa")

    with pytest.raises(StaleFloor):
        table.rule(commands.GiveNext, seat="tessa", version=seen)


def test_the_floor_goes_to_a_chosen_person_without_a_hand() -> None:
    table = Table(TESSA, COLIN).raises("tessa")

    table.rule(commands.GiveTo, seat="colin", minutes=1)

    assert (turn_of(table).seat, turn_of(table).budget) == ("colin", timedelta(minutes=1))
    assert (table.floor.events[-1], table.queue()) == ({"kind": "gave", "seat": "colin", "how": "chosen"}, ["tessa"])


def test_choosing_the_one_who_is_next_anyway_counts_as_their_order() -> None:
    table = Table(TESSA, COLIN).raises("tessa", "colin")

    table.rule(commands.GiveTo, seat="tessa")

    assert table.floor.events[-1]["how"] == "next"
    assert table.floor.passed == {Side.COUNCIL: 1}


@pytest.mark.parametrize("key", ["mediator", "lena"])
def test_process_people_and_interpreters_of_nobody_take_no_turn(key: str) -> None:
    with pytest.raises(NotAllowed):
        Table(TESSA, LENA).rule(commands.GiveTo, seat=key)


def test_the_floor_is_not_given_to_somebody_who_is_away() -> None:
    table = Table(TESSA)
    table.server(asks.Left, "tessa")

    with pytest.raises(NotAllowed):
        table.rule(commands.GiveTo, seat="tessa")


def test_nothing_is_given_while_everything_stands_still() -> None:
    table = Table(TESSA).raises("tessa")
    table.rule(commands.Pause, why=Why.PAUSE)

    with pytest.raises(NotAllowed):
        table.rule(commands.GiveNext, seat="tessa")
    with pytest.raises(NotAllowed):
        table.rule(commands.GiveTo, seat="tessa")


def test_the_holder_says_i_have_finished() -> None:
    table = Table(TESSA).raises("tessa")
    table.give_next()

    table.sleep(20)
    table.wait(22).ask(asks.Finish, "tessa")

    assert (table.floor.turn, table.floor.spent) == (None, {Side.FAMILY: timedelta(seconds=42 * 30)})
    assert table.floor.events == ({"kind": "finished", "seat": "tessa"},)


def test_who_speaks_for_the_holder_may_finish_and_others_may_not() -> None:
    table = Table(TESSA, JO, COLIN).raises("tessa")
    table.ask(asks.MaySpeakForMe, "tessa", seat="jo", on=True)
    table.give_next()

    with pytest.raises(NotYourTurn):
        table.ask(asks.Finish, "colin")
    table.ask(asks.Finish, "jo")

    assert table.floor.turn is None


def test_an_interpreter_does_not_end_the_turn_of_the_person_interpreted() -> None:
    table = Table(OWEN, LENA).raises("owen")
    table.give_next()

    with pytest.raises(NotYourTurn):
        table.ask(asks.Finish, "lena")


def test_a_word_from_an_earlier_turn_ends_no_later_one() -> None:
    table = Table(TESSA).raises("tessa")
    table.give_next()
    seen = table.floor.version
    table.rule(commands.EndTurn)
    table.raises("tessa")
    table.give_next()

    with pytest.raises(StaleFloor):
        table.ask(asks.Finish, "tessa", version=seen)


def test_the_mediator_ends_a_turn_and_gives_more_time() -> None:
    table = Table(TESSA).raises("tessa")
    table.give_next()

    table.rule(commands.MoreTime, seconds=60)
    more = turn_of(table)
    table.rule(commands.EndTurn)

    assert (more.planned, more.budget) == (timedelta(minutes=4), timedelta(minutes=4))
    assert (table.floor.turn, table.kinds()) == (None, ["ended"])


@pytest.mark.parametrize(("kind", "facts"), [(commands.EndTurn, {}), (commands.MoreTime, {"seconds": 60})])
def test_without_a_turn_there_is_nothing_to_end(kind: type[asks.Signal], facts: dict[str, int]) -> None:
    with pytest.raises(NobodySpeaks):
        Table(TESSA).rule(kind, **facts)


def test_a_turn_is_never_cut_when_its_time_is_over() -> None:
    table = Table(TESSA).raises("tessa")
    table.give_next()

    table.sleep(3600)

    assert turn_of(table).seat == "tessa"


def test_when_the_holder_drops_time_stops_at_once_and_goes_on_when_they_are_back() -> None:
    table = Table(TESSA).raises("tessa")
    table.give_next()
    table.wait(30).server(asks.Left, "tessa")
    kept, due, dropped = turn_of(table).kept_until, wakes_at(table.floor), table.now

    table.sleep(80)
    table.server(asks.Arrived, "tessa")
    back = turn_of(table)
    table.wait(10).rule(commands.MoreTime, seconds=60)

    assert kept == due == dropped + timedelta(seconds=90)
    assert (back.ran, back.kept_until) == (timedelta(seconds=30), None)
    assert turn_of(table).ran == timedelta(seconds=40)


def test_the_floor_is_kept_ninety_seconds_and_then_nobodys() -> None:
    table = Table(TESSA).raises("tessa")
    table.give_next()
    table.server(asks.Left, "tessa")

    table.sleep(89.9)
    still = table.floor.turn is not None
    table.sleep(0.1)

    assert (still, table.floor.turn) == (True, None)


def test_the_ninety_seconds_are_no_longer_because_others_come_and_go() -> None:
    table = Table(TESSA, COLIN).raises("tessa")
    table.give_next()
    table.server(asks.Left, "tessa")
    for _ in range(8):
        table.sleep(10)
        table.server(asks.Left, "colin")
        table.server(asks.Arrived, "colin")

    table.sleep(10)

    assert table.floor.turn is None


def test_the_mediator_may_go_on_with_another_while_the_floor_is_kept() -> None:
    table = Table(TESSA, COLIN).raises("tessa", "colin")
    table.give_next()
    table.server(asks.Left, "tessa")

    table.give_next()

    assert turn_of(table).seat == "colin"


def test_the_floor_is_kept_through_a_break_however_long() -> None:
    table = Table(TESSA).raises("tessa")
    table.give_next()
    table.rule(commands.Pause, why=Why.BREAK)
    table.server(asks.Left, "tessa")

    table.sleep(600)
    rests = turn_of(table).kept_until
    table.rule(commands.Resume)

    assert (rests, turn_of(table).kept_until) == (None, table.now + timedelta(seconds=90))


def test_the_clock_runs_while_somebody_speaks_for_a_holder_who_dropped() -> None:
    table = Table(TESSA, JO).raises("tessa")
    table.ask(asks.MaySpeakForMe, "tessa", seat="jo", on=True)
    table.give_next()

    table.server(asks.Left, "tessa")

    assert (table.floor.runs, turn_of(table).kept_until) == (True, None)


def test_a_hundred_lost_connections_cost_nobody_a_second() -> None:
    table = Table(TESSA, COLIN).raises("tessa", "colin")
    table.give_next()
    for _ in range(100):
        table.wait(0.7).server(asks.Left, "tessa")
        table.wait(3.1).server(asks.Arrived, "tessa")
        table.server(asks.Left, "colin")
        table.server(asks.Arrived, "colin")

    assert abs(turn_of(table).ran - timedelta(seconds=70)) < timedelta(seconds=1)
    assert table.queue() == ["colin"]


def test_a_side_has_its_own_time() -> None:
    table = Table(TESSA, COLIN, DANA, mode=Mode.STATEMENT)

    table.rule(commands.GiveTo, seat="colin")

    assert (turn_of(table).own_time, turn_of(table).planned) == (True, timedelta(minutes=8))
    assert table.floor.stated == (Side.COUNCIL,)


def test_when_the_mediator_gives_the_floor_they_stop_speaking() -> None:
    table = Table(TESSA, mode=Mode.MEDIATOR_SPEAKS).raises("tessa")

    table.give_next()

    assert table.floor.mode is Mode.QUEUE


def interrupted(table: Table, key: str, seconds: float) -> None:
    """This person spoke for so long, lost the floor, and asks for the rest."""
    table.rule(commands.GiveTo, seat=key)
    table.wait(seconds).server(asks.Overlapped, "", seats=(SeatKey("freya"),), since=table.now)
    table.rule(commands.HolderYields)
    table.ask(asks.NotFinished, key)


@pytest.mark.parametrize("mode", [Mode.QUEUE, Mode.ROUND])
def test_q8_whoever_is_chosen_while_the_rest_of_a_turn_waits_has_that_rest(mode: Mode) -> None:
    table = Table(TESSA, COLIN, FREYA, mode=mode)
    interrupted(table, "tessa", 170)
    interrupted(table, "colin", 30)
    asked = table.queue()

    table.rule(commands.GiveTo, seat="tessa")

    assert asked == ["colin", "tessa"]
    assert (turn_of(table).kind, turn_of(table).budget) == (Kind.FINISHING, timedelta(seconds=10))
    assert table.queue() == ["colin"]
    assert table.floor.passed == {}


def test_q7_whoever_is_chosen_while_a_question_waits_for_them_answers_it_in_its_time() -> None:
    table = Table(TESSA, COLIN, FREYA).raises("freya")
    table.ask(asks.AskReply, "mediator", seat="colin")
    table.ask(asks.AskReply, "mediator", seat="freya")

    table.rule(commands.GiveTo, seat="freya", minutes=8)

    assert (turn_of(table).kind, turn_of(table).budget) == (Kind.REPLY, timedelta(seconds=60))
    assert table.queue() == ["colin", "freya"]


def test_in_a_round_whoever_is_chosen_speaks_for_their_side_and_answers_later() -> None:
    table = Table(TESSA, COLIN)
    table.ask(asks.AskReply, "mediator", seat="colin")
    table.rule(commands.StartRound)

    table.rule(commands.GiveTo, seat="colin")

    assert (turn_of(table).kind, table.queue()) == (Kind.TURN, ["colin"])


def test_own_time_that_is_begun_for_somebody_is_own_time_whatever_they_were_asked() -> None:
    table = Table(TESSA, COLIN, FREYA)
    table.ask(asks.AskReply, "mediator", seat="freya")
    table.ask(asks.AskReply, "mediator", seat="colin")

    table.rule(commands.SetMode, mode=Mode.STATEMENT, seat="colin")

    assert (turn_of(table).own_time, turn_of(table).budget) == (True, timedelta(minutes=8))


@pytest.mark.parametrize("begins", [commands.GiveTo, commands.SetMode])
def test_own_time_of_one_side_alone_is_not_made_longer(begins: type[commands.Command]) -> None:
    table = Table(TESSA, COLIN, mode=Mode.STATEMENT)
    if begins is commands.GiveTo:
        with pytest.raises(NotAllowed, match="equally long"):
            table.rule(begins, seat="tessa", minutes=20)
        table.rule(begins, seat="tessa")
    else:
        table.rule(begins, mode=Mode.STATEMENT, seat="tessa", minutes=20)
    first = turn_of(table).planned

    table.rule(commands.GiveTo, seat="colin")

    assert turn_of(table).planned == first


@pytest.mark.parametrize(("percent", "budget"), [(100, 240), (150, 360), (200, 480)])
def test_more_time_is_as_much_more_for_whoever_needs_more(percent: int, budget: int) -> None:
    table = Table(replace(TESSA, stretch=percent))
    table.rule(commands.GiveTo, seat="tessa")

    table.rule(commands.MoreTime, seconds=60)

    assert (turn_of(table).planned, turn_of(table).budget) == (timedelta(minutes=4), timedelta(seconds=budget))


def test_a_text_takes_as_much_longer_as_was_said_whoever_wrote_it() -> None:
    table = Table(replace(TESSA, stretch=150))
    table.ask(asks.WriteTurn, "tessa", words="word " * 100)
    table.give_next()
    before = turn_of(table).budget

    table.rule(commands.MoreTime, seconds=60)

    assert turn_of(table).budget == before + timedelta(seconds=60)


@pytest.mark.parametrize(
    ("ask", "facts"),
    [(asks.Finish, {}), (asks.HandOver, {"seat": "owen"}), (asks.AskReply, {"seat": "colin"}), (asks.KeepHand, {})],
)
def test_what_was_asked_of_an_earlier_turn_is_not_done_in_a_later_one(ask: type[asks.Signal], facts: Any) -> None:
    table = Table(TESSA, OWEN, COLIN, mode=Mode.STATEMENT if ask is asks.HandOver else Mode.QUEUE).raises("tessa")
    table.rule(commands.GiveTo, seat="tessa")
    table.sleep(4)
    seen = table.floor.version
    table.rule(commands.EndTurn)
    table.raises("tessa")
    table.rule(commands.GiveTo, seat="tessa")
    table.sleep(4)
    before = table.floor

    with pytest.raises(NothingToUndo if ask is asks.KeepHand else StaleFloor):
        table.ask(ask, "tessa", **facts, version=seen)

    assert table.floor is before
    table.ask(ask, "tessa", **facts, version=before.version)
