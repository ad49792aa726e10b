from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.room import asks, commands, replanning
from meetings.room.asks import RaiseHand
from meetings.room.entries import Kind
from meetings.room.floor import (
    MOVES,
    REMEMBERED,
    Floor,
    NoSuchSeat,
    NotAllowed,
    Seat,
    SeatKey,
    StaleFloor,
    opened,
    step,
    wakes_at,
)
from meetings.room.numbers import Numbers
from meetings.room.order import order
from meetings.room.stages import PLAN, Mode
from meetings.room.state import Why
from meetings.room.steps import MuteReason
from tests.meetings.room.plays import PLAYS, Play, played
from tests.meetings.room.table import COLIN, DANA, FREYA, IDRIS, MEDIATOR, MINA, START, TESSA, TIA, Table


def test_a_floor_opens_at_the_first_stage_with_nobody_speaking() -> None:
    floor = opened(IDRIS, lot="lot", now=START)

    assert floor == Floor(
        version=1,
        at=START,
        lot="lot",
        opened_at=START,
        in_person=False,
        awaited=True,
        stage=1,
        stage_since=START,
        mode=Mode.MEDIATOR_SPEAKS,
        break_due=START + timedelta(minutes=50),
        plan=PLAN,
        numbers=Numbers(),
        seats=(replace(IDRIS, away_since=START),),
        events=(
            {"kind": "seated", "seat": "mediator"},
            {"kind": "opened"},
        ),
    )


def test_every_change_is_one_version_on_and_says_what_happened() -> None:
    table = Table(TESSA)
    before = table.floor

    table.wait(3).ask(RaiseHand, "tessa")

    assert (table.floor.version, table.floor.at) == (before.version + 1, table.now)
    assert table.floor.events == ({"kind": "raised", "seat": "tessa"},)


def test_an_operation_that_is_done_changes_nothing_the_second_time() -> None:
    table = Table(TESSA)
    once = table.ask(RaiseHand, "tessa", op="the-same-op")
    table.ask(asks.LowerHand, "tessa")
    lowered = table.floor

    again = table.wait(60).ask(RaiseHand, "tessa", op="the-same-op")

    assert once.hand(SeatKey("tessa")) is not None
    assert again is lowered


def test_the_same_operation_id_of_another_seat_is_another_operation() -> None:
    table = Table(TESSA, COLIN)
    table.ask(RaiseHand, "tessa", op="the-same-op")

    table.wait(2).ask(RaiseHand, "colin", op="the-same-op")

    assert table.queue() == ["tessa", "colin"]


def test_one_busy_seat_does_not_make_the_floor_forget_the_operations_of_others() -> None:
    table = Table(TESSA, COLIN)
    table.ask(RaiseHand, "tessa", op="tessas-op")
    for _ in range(REMEMBERED):
        table.ask(RaiseHand, "colin")
        table.ask(asks.LowerHand, "colin")
    before = table.floor

    table.ask(RaiseHand, "tessa", op="tessas-op")

    assert table.floor is before
    assert len([one for one in table.floor.ops if one[0] == "colin"]) == REMEMBERED


def test_two_mediators_act_on_one_entry_and_one_is_told() -> None:
    table = Table(TESSA, COLIN, MINA).raises("tessa", "colin")
    seen = table.floor.version

    table.rule(commands.RemoveHand, seat="tessa", version=seen)
    after = table.floor
    with pytest.raises(StaleFloor):
        table.rule(commands.MoveHand, seat="tessa", place=2, version=seen, by="mina")

    assert table.floor is after


def test_the_second_of_two_mediators_reads_who_was_first() -> None:
    table = Table(TESSA, COLIN, MINA).raises("tessa", "colin")
    seen = table.floor.version
    table.rule(commands.Pause, why=Why.PAUSE, version=seen, by="mina")

    with pytest.raises(StaleFloor) as late:
        table.rule(commands.GiveNext, seat="tessa", version=seen)

    assert late.value.words == "Mina A. did this a moment ago. This is how it is now."


def test_nobody_is_named_for_what_a_speaker_did_nor_for_what_one_did_oneself() -> None:
    table = Table(TESSA, COLIN, MINA).raises("tessa", "colin")
    table.give_next()
    seen = table.floor.version
    table.ask(asks.Finish, "tessa")
    with pytest.raises(StaleFloor) as finished:
        table.rule(commands.MoreTime, seconds=60, version=seen)

    table.rule(commands.SetMode, mode=Mode.OPEN_TALK)
    with pytest.raises(StaleFloor) as own:
        table.rule(commands.EndTurn, version=seen)

    assert {finished.value.words, own.value.words} == {"This has changed since you saw it. This is how it is now."}


def test_two_mediators_who_both_give_a_minute_give_one() -> None:
    table = Table(TESSA, MINA).raises("tessa")
    table.give_next()
    seen = table.floor.version

    table.rule(commands.MoreTime, seconds=60, version=seen)
    with pytest.raises(StaleFloor):
        table.rule(commands.MoreTime, seconds=60, version=seen, by="mina")

    assert table.floor.turn is not None
    assert table.floor.turn.budget == timedelta(minutes=4)


@pytest.mark.parametrize("version", [None, 0, 10_000])
def test_a_command_without_a_true_version_is_stale(version: int | None) -> None:
    table = Table(TESSA)

    with pytest.raises(StaleFloor):
        table.rule(commands.SetMode, mode=Mode.OPEN_TALK, version=version)


def test_a_command_stands_though_somebody_raised_a_hand_or_reconnected_meanwhile() -> None:
    table = Table(TESSA, COLIN).raises("tessa")
    seen = table.floor.version
    table.raises("colin")
    table.server(asks.Left, "colin")

    table.rule(commands.GiveNext, seat="tessa", version=seen)

    assert table.floor.turn is not None
    assert table.floor.turn.seat == "tessa"


def test_a_place_is_refused_when_the_order_has_changed_meanwhile() -> None:
    table = Table(TESSA, COLIN, FREYA).raises("tessa", "colin")
    seen = table.floor.version
    table.raises("freya")

    with pytest.raises(StaleFloor):
        table.rule(commands.MoveHand, seat="colin", place=1, version=seen)


def test_a_command_is_stale_when_the_turn_it_saw_has_ended() -> None:
    table = Table(TESSA, COLIN).raises("tessa")
    table.give_next()
    seen = table.floor.version
    table.ask(asks.Finish, "tessa")

    with pytest.raises(StaleFloor):
        table.rule(commands.MoreTime, seconds=60, version=seen)


def test_a_command_is_stale_when_time_itself_has_ended_the_turn_it_saw() -> None:
    table = Table(TESSA, COLIN).raises("tessa")
    table.give_next()
    table.server(asks.Left, "tessa")

    with pytest.raises(StaleFloor):
        table.wait(91).rule(commands.EndTurn)


def command(kind: type[commands.Command], **facts: object) -> commands.Command:
    return kind(by=SeatKey("tessa"), op="operation", version=99, **facts)


TESSAS = SeatKey("tessa")
COMMANDS = [
    command(commands.GiveNext, seat=TESSAS),
    command(commands.GiveTo, seat=TESSAS),
    command(commands.EndTurn),
    command(commands.MoreTime, seconds=60),
    command(commands.SetMode, mode=Mode.OPEN_TALK),
    command(commands.SetStage, number=2),
    command(commands.AddHand, seat=TESSAS),
    command(commands.RemoveHand, seat=TESSAS),
    command(commands.MoveHand, seat=TESSAS, place=1),
    command(commands.Pause, why=Why.PAUSE),
    command(commands.Resume),
    command(commands.PutOffBreak, minutes=5),
    command(commands.Extend, minutes=15),
    command(commands.StartRound),
    command(commands.LetFinish),
    command(commands.HolderYields),
    command(commands.Nothing),
    command(commands.Nudge, seat=TESSAS),
    command(commands.Mute, seat=TESSAS, reason=MuteReason.NOISE),
    command(commands.Hold, seat=TESSAS, sure=True),
    command(commands.EndHold, seat=TESSAS),
    command(commands.SeenTold, number=1),
    command(commands.SetNumber, name="reply", seconds=30),
    command(commands.UsualNumbers),
    command(commands.SetStretch, seat=TESSAS, percent=200),
    command(commands.SetPatience, seat=TESSAS),
    command(commands.Interprets, seat="lena"),
    command(replanning.AddStage, after=1, code="questions", mode=Mode.QUEUE, minutes=10),
    command(replanning.ChangeStage, number=5, code="questions", mode=Mode.QUEUE, minutes=10),
    command(replanning.MoveStage, number=5, up=False),
    command(replanning.RemoveStage, number=5),
    command(replanning.SetRules, rules=("Be kind.",)),
    command(commands.SetHearing, on=False),
    command(commands.SetFair, parts=((TESSA.side, 2),)),
    command(commands.SetTimeShown, on=True),
    command(commands.SetRecap, words="Where we are."),
]


@pytest.mark.parametrize("seat", ["tessa", "tia"])
@pytest.mark.parametrize("said", COMMANDS, ids=lambda said: type(said).__name__)
def test_sides_and_trainees_command_nothing(said: commands.Command, seat: str) -> None:
    table = Table(TESSA, TIA).raises("tessa")
    before = table.floor

    with pytest.raises(NotAllowed):
        table.take(replace(said, by=SeatKey(seat), version=table.floor.version))
    assert table.floor is before


def test_all_commands_but_none_other_are_for_process_people() -> None:
    assert {kind for kind in MOVES if issubclass(kind, commands.Command)} == {*map(type, COMMANDS)}


@pytest.mark.parametrize("kind", [RaiseHand, asks.LowerHand, asks.Finish, asks.Arrived, asks.Left, asks.Departed])
def test_nobody_from_outside_the_meeting_is_heard(kind: type[asks.Signal]) -> None:
    with pytest.raises(NoSuchSeat):
        Table(TESSA).server(kind, "somebody")


def test_a_heartbeat_is_no_business_of_the_floor() -> None:
    with pytest.raises(NotAllowed):
        Table(TESSA).server(asks.Heartbeat, "tessa")


def test_who_asks_is_here_whatever_was_thought() -> None:
    table = Table(TESSA)
    table.server(asks.Left, "tessa")

    table.ask(RaiseHand, "tessa")

    assert table.floor.seat(SeatKey("tessa")).away_since is None


def test_time_never_runs_backwards() -> None:
    table = Table(TESSA).raises("tessa")
    table.give_next()
    table.wait(10).rule(commands.MoreTime, seconds=10)
    at = table.floor.at

    table.wait(-3600).rule(commands.MoreTime, seconds=10)

    assert table.floor.at == at
    assert table.floor.turn is not None
    assert table.floor.turn.ran == timedelta(seconds=10)


def test_a_tick_before_anything_is_due_changes_nothing() -> None:
    table = Table(TESSA)
    before = table.floor

    assert (wakes_at(before), table.wait(45 * 60 - 1).tick()) == (START + timedelta(minutes=45), before)
    assert table.floor is before


def test_a_late_tick_finds_the_same_floor_as_many_punctual_ones() -> None:
    tables = [Table(TESSA, COLIN, DANA), Table(TESSA, COLIN, DANA)]
    for table in tables:
        table.raises("tessa", "colin")
        table.give_next()
        table.server(asks.Left, "tessa")
        table.server(asks.Left, "mediator")

    punctual, late = tables[0].sleep(300), tables[1].wait(300).tick()

    assert replace(late, version=0, events=(), ruled=0, at=START) == replace(
        punctual, version=0, events=(), ruled=0, at=START
    )
    assert [event["kind"] for event in late.events] == ["kept", "paused", "safe_hold"]


def test_seats_and_shares_that_make_no_sense_are_no_floor() -> None:
    floor = opened(IDRIS, lot="lot", now=START)

    with pytest.raises(ValueError, match="percent"):
        replace(TESSA, stretch=300)
    with pytest.raises(ValueError, match="fair"):
        replace(floor, fair={TESSA.side: 0})
    with pytest.raises(ValueError, match="zone"):
        replace(floor, at=START.replace(tzinfo=None))


@settings(max_examples=60, deadline=None)
@given(play=PLAYS, in_person=st.booleans())
def test_whatever_is_said_the_floor_keeps_its_promises(play: Play, in_person: bool) -> None:  # noqa: FBT001
    for before, after in played(play, in_person=in_person):
        assert after is before or (after.version, bool(after.events) or after.ops != before.ops) == (
            before.version + 1,
            True,
        )
        assert after.at >= before.at
        assert (due := wakes_at(after)) is None or due >= after.at
        keeps_order(after)
        keeps_time(before, after)


def keeps_order(floor: Floor) -> None:
    """One entry of a kind for each seat (Q2); whoever speaks in their turn waits for none of these."""
    entries = [(hand.seat, hand.kind) for hand in floor.hands]
    assert len(entries) == len(set(entries))
    assert sorted((hand.seat, hand.kind) for hand in order(floor)) == sorted(entries)
    for key in (*(hand.seat for hand in floor.hands), *([floor.turn.seat] if floor.turn else [])):
        assert floor.seat(key).takes_turns
        assert not floor.seat(key).speaks_for
    if floor.turn and floor.turn.kind is Kind.TURN:
        hand = floor.hand(floor.turn.seat)
        assert hand is None or hand.words or hand.since >= floor.turn.given_at


def keeps_time(before: Floor, after: Floor) -> None:
    """A turn never loses time, and never counts more than went by."""
    if before.turn and after.turn and before.turn.given_in == after.turn.given_in:
        assert timedelta(0) <= after.turn.ran - before.turn.ran <= after.at - before.at
        assert after.turn.budget >= before.turn.budget or after.events[-1]["kind"] in {"stretch", "handed_over"}


@settings(max_examples=40, deadline=None)
@given(play=PLAYS)
def test_waking_when_due_always_moves_on(play: Play) -> None:
    *_, (_, floor) = [(None, Table(TESSA).floor), *played(play)]

    for _ in range(20):
        due = wakes_at(floor)
        if due is None:
            break
        woken = step(floor, asks.Tick(), now=due)
        assert (woken.version, woken.at) == (floor.version + 1, due)
        floor = woken
    assert wakes_at(floor) is None


def test_the_key_of_the_mediator_is_a_seat_like_any_other() -> None:
    table = Table(TESSA)

    assert table.floor.seat(MEDIATOR) == Seat(
        key=MEDIATOR, label="Mediator A.", side=IDRIS.side, standing=IDRIS.standing
    )
