"""Each asking has an id and carries what its sender saw: nothing is done twice, or of an old floor (Q14)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings

from database.refusal import Refusal
from meetings.room import asks, commands
from meetings.room.floor import Floor, SeatKey, StaleFloor, step
from meetings.room.hands import NoSuchHand
from meetings.room.stages import Mode
from meetings.room.state import Why
from tests.meetings.room.plays import PLAYS, Play, told
from tests.meetings.room.table import COLIN, FREYA, MEDIATOR, MINA, TESSA, Table

LATER = timedelta(seconds=7)


@settings(max_examples=40, deadline=None)
@given(play=PLAYS)
def test_what_is_sent_again_late_or_in_another_order_is_never_done_twice(play: Play) -> None:
    done: list[asks.Signal] = []
    for before, said, after in told(play):
        if after is not before and said.op:
            done.append(said)
        for again in reversed(done):
            assert not done_again(after, again)


def done_again(floor: Floor, signal: asks.Signal) -> bool:
    """Whether it is done a second time, and neither told that it is done nor refused as stale."""
    try:
        return step(floor, signal, now=floor.at + LATER) is not floor
    except StaleFloor:
        return False


MANY = 100


def test_however_many_others_of_the_same_person_came_after_it_none_is_done_twice() -> None:
    table, said = Table(TESSA, COLIN), list[asks.Signal]()
    for number in range(MANY):
        ask = asks.LowerHand if number % 2 else asks.RaiseHand
        seen = table.floor.version
        said.append(ask(by=TESSA.key, op=f"tessas-{number}", version=seen))
        said.append(commands.SetRecap(by=MEDIATOR, op=f"recap-{number}", version=seen, words=f"So far {number}."))
        for one in said[-2:]:
            table.wait(2).take(one)

    assert [one.op for one in said if done_again(table.floor, one)] == []
    assert table.floor.recap == f"So far {MANY - 1}."


def test_what_is_asked_anew_is_done_however_much_the_same_person_has_asked() -> None:
    table = Table(TESSA, COLIN)
    for _ in range(MANY):
        table.raises("tessa").ask(asks.LowerHand, "tessa")

    table.raises("colin", "tessa")

    assert sorted(table.queue()) == ["colin", "tessa"]


def test_what_is_remembered_does_not_grow_without_end() -> None:
    table = Table(TESSA, COLIN)
    for _ in range(MANY):
        table.raises("tessa").ask(asks.LowerHand, "tessa")

    assert len(table.floor.ops) < MANY


def test_an_operation_of_yesterdays_service_is_not_done_twice_either() -> None:
    table = Table(TESSA, COLIN).raises("tessa")
    (op,) = (op for seat, op, _ in table.floor.ops if seat == "tessa")
    table.change(ops=(), done=((TESSA.key, op),))
    raised = asks.RaiseHand(by=TESSA.key, op=op, note="again")

    before = table.floor
    assert table.take(raised) is before
    table.ask(asks.LowerHand, "tessa")

    after = table.floor
    assert table.take(raised) is after


MINAS = (
    commands.EndTurn(by=MINA.key),
    commands.SetMode(by=MINA.key, mode=Mode.DRAFTING),
    commands.Pause(by=MINA.key, why=Why.PAUSE),
    commands.StartRound(by=MINA.key),
    commands.GiveTo(by=MINA.key, seat=TESSA.key),
    commands.HolderYields(by=MINA.key),
    commands.SetStage(by=MINA.key, number=2),
)


@settings(max_examples=40, deadline=None)
@given(play=PLAYS)
def test_after_one_command_every_other_that_saw_the_same_floor_is_refused_with_nothing_done(play: Play) -> None:
    for before, said, after in told(play):
        if after is before or not isinstance(said, commands.Command) or said.gentle:
            continue
        for other in MINAS:
            with pytest.raises(StaleFloor):
                step(after, replace(other, op="minas-operation", version=said.version), now=after.at)


@settings(max_examples=40, deadline=None)
@given(play=PLAYS)
def test_a_refusal_leaves_the_floor_as_it_was(play: Play) -> None:
    for before, said, after in told(play):
        if after is before and said.op:
            try:
                again = step(before, said, now=before.at)
            except Refusal:
                continue
            assert again is before or again.version == before.version + 1


TESSAS = {"seat": SeatKey("tessa")}
PAIRS = [
    (commands.RemoveHand, TESSAS),
    (commands.MoveHand, {**TESSAS, "place": 2}),
    (commands.GiveNext, TESSAS),
    (commands.GiveTo, TESSAS),
]


@pytest.mark.parametrize(("second", "second_facts"), PAIRS)
@pytest.mark.parametrize(("first", "first_facts"), PAIRS)
def test_of_two_mediators_at_one_entry_one_succeeds_and_the_other_is_told(
    first: type[asks.Signal],
    first_facts: dict[str, object],
    second: type[asks.Signal],
    second_facts: dict[str, object],
) -> None:
    table = Table(TESSA, COLIN, FREYA, MINA).raises("tessa", "colin", "freya")
    seen = table.floor.version
    table.rule(first, version=seen, **first_facts)
    after = table.floor

    with pytest.raises((StaleFloor, NoSuchHand)):
        table.rule(second, by="mina", version=seen, **second_facts)
    assert table.floor is after
    assert after.version == seen + 1


def test_the_second_succeeds_once_they_have_seen_what_the_first_did() -> None:
    table = Table(TESSA, COLIN, MINA).raises("tessa", "colin")
    table.rule(commands.RemoveHand, seat="tessa")

    table.rule(commands.MoveHand, by="mina", seat="colin", place=1)

    assert table.floor.hands[0].moved


def test_a_command_says_what_it_saw_or_is_not_done() -> None:
    table = Table(TESSA, MINA).raises("tessa")
    before: Floor = table.floor
    for version in (None, -1, before.version + 1):
        for other in MINAS:
            with pytest.raises(StaleFloor):
                step(before, replace(other, op="minas-operation", version=version), now=table.now)
