"""The ladder of microphones (3.4): nudge, soft mute, hold; each only closes, and a hold ends by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest

from meetings.room import asks, commands
from meetings.room.floor import NotAllowed, SeatKey, StaleFloor, microphones, seen_by
from meetings.room.holds import FREE, Microphone, Reason, Right
from meetings.room.stages import Mode
from meetings.room.state import Why
from meetings.room.steps import Held, MuteReason, Step, Taken
from tests.meetings.room.table import COLIN, DANA, JO, LENA, MINA, OWEN, TESSA, Table


def sitting() -> Table:
    return Table(TESSA, JO, OWEN, LENA, COLIN, DANA, MINA)


def hold(table: Table, key: str, **facts: object) -> None:
    table.rule(commands.Hold, **{"seat": key, "sure": True, **facts})


def held(table: Table) -> list[str]:
    return [str(key) for key, right in microphones(table.floor).items() if right.microphone is Microphone.HELD]


def test_a_nudge_is_a_private_line_and_touches_no_microphone() -> None:
    table = sitting().raises("colin")
    rights = microphones(table.floor)

    table.rule(commands.Nudge, seat="tessa")

    you = [seen_by(table.floor, seat.key, now=table.now)["you"] for seat in table.floor.seats]
    assert [one["seat"] for one in you if one["nudged_at"]] == ["tessa"]  # type: ignore[index]
    assert (microphones(table.floor), table.queue()) == (rights, ["colin"])


def test_a_soft_mute_says_who_and_why_and_leaves_the_right_to_speak() -> None:
    table = sitting()

    table.rule(commands.Mute, seat="colin", by="mina", reason=MuteReason.ECHO)

    you = seen_by(table.floor, SeatKey("colin"), now=table.now)["you"]
    assert isinstance(you, dict)
    assert you["muted"] == {"number": 1, "by": "mina", "reason": "echo"}
    assert microphones(table.floor)[SeatKey("colin")] == FREE


@pytest.mark.parametrize("key", ["lena", "mediator", "mina"])
@pytest.mark.parametrize(
    ("kind", "facts"),
    [(commands.Nudge, {}), (commands.Mute, {"reason": MuteReason.NOISE}), (commands.Hold, {"sure": True})],
)
def test_no_step_is_taken_towards_a_language_worker_or_a_process_person(
    key: str, kind: type[asks.Signal], facts: dict[str, object]
) -> None:
    with pytest.raises(NotAllowed):
        sitting().rule(kind, seat=key, **facts)


@pytest.mark.parametrize("table", [Table(replace(TESSA, screen=False), JO), Table(TESSA, JO, in_person=True)])
def test_who_is_on_the_phone_or_in_the_room_is_asked_and_not_muted(table: Table) -> None:
    for kind, facts in ((commands.Mute, {"reason": MuteReason.NOISE}), (commands.Hold, {"sure": True})):
        with pytest.raises(NotAllowed):
            table.rule(kind, seat="tessa", **facts)


def test_a_hold_is_seen_by_everybody_and_ends_by_itself_after_a_minute_with_nobody_there() -> None:
    table = sitting()
    hold(table, "tessa")
    began = table.now
    right = microphones(table.floor)[SeatKey("tessa")]
    seen = [seen_by(table.floor, seat.key, now=table.now)["floor"] for seat in table.floor.seats]
    table.server(asks.Left, "mediator")
    table.server(asks.Left, "mina")
    table.change(unattended_since=None)

    table.sleep(59.9)
    before = held(table)
    table.sleep(0.1)

    until = began + timedelta(seconds=60)
    assert right == Right(microphone=Microphone.HELD, reason=Reason.MEDIATOR, until=until)
    shown = {"seat": "tessa", "by": "mediator", "until": "2026-10-08T09:01:00.000Z"}
    assert all(one["holds"] == [shown] for one in seen)  # type: ignore[index]
    assert (before, held(table), table.floor.holds) == (["tessa"], [], ())


def test_after_a_hold_the_microphone_is_as_it_was_and_nothing_opens_it() -> None:
    table = sitting()
    before = microphones(table.floor)
    hold(table, "tessa")

    table.rule(commands.EndHold, seat="tessa")

    assert microphones(table.floor) == before


def test_a_hold_needs_a_second_click() -> None:
    with pytest.raises(NotAllowed):
        hold(sitting(), "tessa", sure=False)


def test_whoever_has_the_floor_is_not_held_nor_who_gets_it() -> None:
    table = sitting().raises("tessa")
    hold(table, "tessa")
    table.give_next()

    assert (held(table), table.floor.holds) == ([], ())
    table.rule(commands.EndTurn)
    table.rule(commands.GiveTo, seat="colin")
    with pytest.raises(NotAllowed):
        hold(table, "colin")


def test_who_speaks_for_another_is_never_held() -> None:
    table = sitting()
    hold(table, "jo")
    table.ask(asks.MaySpeakForMe, "tessa", seat="jo", on=True)
    eased = held(table)

    for key in ("jo", "tessa"):
        with pytest.raises(NotAllowed):
            hold(table, key)
    assert eased == []


def test_a_whole_side_is_never_held() -> None:
    table = sitting()
    hold(table, "colin")

    with pytest.raises(NotAllowed):
        hold(table, "dana")


def test_a_hold_that_comes_to_be_of_a_whole_side_ends_at_once() -> None:
    for kind in (asks.Left, asks.Departed):
        table = sitting()
        hold(table, "colin")
        table.server(kind, "dana")
        assert held(table) == []


def test_nobody_is_held_twice_without_a_pause_between() -> None:
    table = sitting()
    hold(table, "tessa")
    table.sleep(600)
    with pytest.raises(NotAllowed):
        hold(table, "tessa")
    hold(table, "owen")
    table.rule(commands.Pause, why=Why.PAUSE)
    table.wait(5).rule(commands.Resume)

    hold(table, "tessa")

    assert held(table) == ["tessa", "owen"]


def test_of_two_who_hold_the_same_person_the_second_is_told() -> None:
    table = sitting()
    began = table.floor.version
    hold(table, "tessa")
    with pytest.raises(StaleFloor):
        hold(table, "tessa", by="mina")
    table.rule(commands.EndHold, seat="tessa")
    with pytest.raises(StaleFloor):
        table.rule(commands.EndHold, seat="tessa", by="mina")

    assert table.floor.steps == (
        Taken(
            number=1,
            step=Step.HOLD,
            by=SeatKey("mediator"),
            seat=SeatKey("tessa"),
            side=TESSA.side,
            at=table.now,
            version=began + 1,
        ),
    )


STEPS: list[tuple[type[commands.Command], dict[str, object]]] = [
    (commands.Nudge, {"seat": SeatKey("tessa")}),
    (commands.Mute, {"seat": SeatKey("tessa"), "reason": MuteReason.NOISE}),
    (commands.Hold, {"seat": SeatKey("tessa"), "sure": True}),
]
DONE = ("nudged them", "muted them", "held their microphone")
FLOOR: list[tuple[type[commands.Command], dict[str, object]]] = [
    (commands.GiveNext, {"seat": SeatKey("owen")}),
    (commands.GiveTo, {"seat": SeatKey("tessa")}),
    (commands.EndTurn, {}),
    (commands.HolderYields, {}),
]


@pytest.mark.parametrize(("second", "second_facts"), STEPS)
@pytest.mark.parametrize(("first", "first_facts", "words"), [(*one, did) for one, did in zip(STEPS, DONE, strict=True)])
def test_of_two_who_act_on_the_same_person_in_the_same_moment_one_does_and_the_other_reads_who_was_first(
    first: type[commands.Command],
    first_facts: dict[str, object],
    words: str,
    second: type[commands.Command],
    second_facts: dict[str, object],
) -> None:
    table = sitting()
    seen = table.floor.version
    after = table.rule(first, version=seen, **first_facts)

    with pytest.raises(StaleFloor) as late:
        table.rule(second, by="mina", version=seen, **second_facts)

    assert late.value.words == f"Mediator A. has just {words}. Nothing more was done."
    assert table.floor is after
    assert len(after.steps) == 1
    table.rule(second, by="mina", **{**second_facts, "seat": "colin"})
    assert [one.seat for one in table.floor.steps] == ["tessa", "colin"]


@pytest.mark.parametrize(("second", "second_facts"), STEPS)
def test_a_colleague_who_has_seen_the_step_may_take_another(
    second: type[commands.Command], second_facts: dict[str, object]
) -> None:
    table = sitting()
    table.rule(commands.Nudge, seat="tessa")

    table.rule(second, by="mina", **second_facts)

    assert [one.by for one in table.floor.steps] == ["mediator", "mina"]


@pytest.mark.parametrize(("kind", "facts"), STEPS)
def test_a_step_that_one_person_presses_twice_before_they_see_it_is_one_and_not_refused(
    kind: type[commands.Command], facts: dict[str, object]
) -> None:
    table = sitting()
    seen = table.floor.version

    for _ in range(2):
        table.rule(kind, version=seen, **facts)

    assert len(table.floor.steps) == 1


@pytest.mark.parametrize(("second", "second_facts"), [*STEPS, *FLOOR])
@pytest.mark.parametrize(("first", "first_facts"), FLOOR)
def test_of_two_who_give_end_or_close_in_the_same_moment_one_does_and_the_other_is_told(
    first: type[commands.Command],
    first_facts: dict[str, object],
    second: type[commands.Command],
    second_facts: dict[str, object],
) -> None:
    table = sitting().raises("colin", "owen").wait(2)
    table.rule(commands.GiveTo, seat="colin")
    table.wait(60).server(asks.Overlapped, "", seats=(SeatKey("owen"),), since=table.now)
    seen = table.floor.version
    after = table.rule(first, version=seen, **first_facts)

    with pytest.raises(StaleFloor) as late:
        table.rule(second, by="mina", version=seen, **second_facts)

    assert late.value.words == "Mediator A. did this a moment ago. This is how it is now."
    assert table.floor is after


def test_what_was_saved_before_steps_had_a_version_holds_nobody_up() -> None:
    table = sitting()
    table.rule(commands.Nudge, seat="tessa")
    table.change(steps=tuple(replace(one, version=0) for one in table.floor.steps))

    table.rule(commands.Mute, by="mina", seat="tessa", reason=MuteReason.TURN)

    assert len(table.floor.steps) == 2


def test_a_hold_begun_keeps_its_end_though_the_number_is_changed() -> None:
    table = sitting()
    hold(table, "tessa")
    before = table.floor.holds

    table.rule(commands.SetNumber, name="hold", seconds=120)

    assert (
        table.floor.holds
        == before
        == (
            Held(
                seat=SeatKey("tessa"),
                by=SeatKey("mediator"),
                since=table.now,
                until=table.now + timedelta(seconds=60),
            ),
        )
    )


def test_a_hold_stands_under_a_sides_own_time_and_is_gone_with_it() -> None:
    table = sitting()
    hold(table, "tessa")
    table.rule(commands.SetMode, mode=Mode.STATEMENT, seat="colin")
    own = microphones(table.floor)[SeatKey("tessa")].reason
    table.sleep(61)
    table.ask(asks.Finish, "colin")

    assert (own, held(table)) == (Reason.STATEMENT, [])


@pytest.mark.parametrize(
    ("kind", "facts"),
    [(commands.Nudge, {}), (commands.Mute, {"reason": MuteReason.NOISE}), (commands.Hold, {"sure": True})],
)
def test_a_step_that_comes_late_is_not_taken_on_a_floor_that_has_changed(
    kind: type[commands.Command], facts: dict[str, object]
) -> None:
    """A press that was kept while the mediator's line was lost, and is sent again on its return (Q14)."""
    table = sitting().raises("owen")
    seen = table.floor.version
    table.give_next()

    with pytest.raises(StaleFloor):
        table.rule(kind, seat="tessa", version=seen, **facts)
    assert table.floor.steps == ()
