"""A break is announced, due, put off, and over; none begins or ends by itself, and nobody has to guess (3.5)."""

from datetime import timedelta
from typing import Any

import pytest

from meetings.room import asks, commands
from meetings.room.floor import NotAllowed, SeatKey, seen_by, wakes_at
from meetings.room.saved import from_json, to_json
from meetings.room.stages import BREAK, Mode, Stage
from meetings.room.state import Why
from meetings.room.told import What
from tests.meetings.room.table import COLIN, LENA, OWEN, START, TESSA, Table, person

MINUTE = 60


def shared(table: Table, key: str = "tessa") -> Any:
    return seen_by(table.floor, SeatKey(key), now=table.now)["floor"]


def missing(table: Table) -> Any:
    desk: Any = seen_by(table.floor, SeatKey("mediator"), now=table.now)["desk"]
    return desk["not_back"]


def test_a_break_is_announced_five_minutes_ahead_and_due_until_somebody_does_something() -> None:
    table, seen = Table(TESSA), []
    for minutes in (44, 1, 4, 1, 60):
        table.sleep(minutes * MINUTE)
        seen.append(shared(table)["break"])

    assert seen == ["later", "soon", "soon", "due", "due"]
    assert table.floor.pause is None
    assert wakes_at(table.floor) is None


def test_a_due_break_is_put_off_by_the_minutes_that_are_said_and_due_again_then() -> None:
    table = Table(TESSA)
    table.sleep(51 * MINUTE)

    table.rule(commands.PutOffBreak, minutes=5)
    first = (shared(table)["break"], table.floor.break_due)
    table.sleep(5 * MINUTE)

    assert first == ("soon", START + timedelta(minutes=56))
    assert shared(table)["break"] == "due"


def test_putting_off_never_brings_a_break_nearer_and_two_who_do_it_do_it_once() -> None:
    table = Table(TESSA)
    table.rule(commands.PutOffBreak, minutes=10)
    early = table.floor.break_due
    table.sleep(50 * MINUTE)

    for _ in range(2):
        table.rule(commands.PutOffBreak, minutes=10)

    assert (early, table.floor.break_due) == (START + timedelta(minutes=50), START + timedelta(minutes=60))


def test_a_break_that_is_taken_is_no_longer_due_and_lasts_ten_minutes_unless_said_otherwise() -> None:
    table = Table(TESSA)
    table.sleep(50 * MINUTE)

    table.rule(commands.Pause, why=Why.BREAK)

    assert (shared(table)["break"], table.floor.pause.until) == (None, table.now + timedelta(minutes=10))  # type: ignore[union-attr]
    table.sleep(5 * MINUTE)
    table.rule(commands.Resume)
    assert (shared(table)["break"], table.floor.break_due) == ("later", table.now + timedelta(minutes=50))


@pytest.mark.parametrize("planned", [False, True])
def test_at_the_announced_end_all_are_told_and_one_press_goes_on(planned: bool) -> None:  # noqa: FBT001
    table = Table(TESSA, COLIN).raises("tessa", "colin")
    plan = (table.floor.plan[0], Stage(code=BREAK, mode=Mode.OPEN_TALK, minutes=10), *table.floor.plan[1:])
    table.change(plan=plan)
    if planned:
        table.rule(commands.SetStage, number=2)
    else:
        table.rule(commands.Pause, why=Why.BREAK, minutes=10)
    table.sleep(599)
    before, version = shared(table)["paused"]["over"], table.floor.version

    table.sleep(1)
    after = shared(table)["paused"]["over"]

    assert (before, after, table.floor.version) == (False, True, version + 1)
    table.sleep(3600)
    table.rule(commands.Resume)
    assert (shared(table)["paused"], table.queue()) == (None, ["tessa", "colin"])


def test_the_mediator_sees_who_is_not_back_yet_and_nobody_who_has_no_screen() -> None:
    table = Table(TESSA, OWEN, LENA, COLIN)
    table.server(asks.Seated, "mediator", seat=person("pat", screen=False))
    none = missing(table)
    table.rule(commands.Pause, why=Why.BREAK)
    all_of_them = missing(table)
    table.ask(asks.BackAgain, "tessa")
    table.ask(asks.BackAgain, "lena")
    table.ask(asks.BackAgain, "tessa")
    two = missing(table)
    table.server(asks.Left, "lena")

    assert (none, all_of_them) == ([], ["tessa", "owen", "lena", "colin"])
    assert (two, missing(table)) == (["owen", "colin"], ["owen", "lena", "colin"])
    table.rule(commands.Resume)
    table.rule(commands.Pause, why=Why.BREAK)
    assert missing(table) == ["tessa", "owen", "lena", "colin"]


def test_nobody_comes_back_from_no_break() -> None:
    table = Table(TESSA)
    table.rule(commands.Pause, why=Why.PAUSE)

    with pytest.raises(NotAllowed):
        table.ask(asks.BackAgain, "tessa")


def test_before_a_process_person_has_come_no_break_is_due_and_then_it_is_fifty_minutes_away() -> None:
    table = Table(TESSA, led=False)
    table.sleep(70 * MINUTE)
    early = shared(table)["break"]

    table.server(asks.Arrived, "mediator")

    assert (early, shared(table)["break"], table.floor.break_due) == (
        "later",
        "later",
        table.now + timedelta(minutes=50),
    )


def test_who_is_back_is_kept_with_the_floor() -> None:
    table = Table(TESSA)
    table.rule(commands.Pause, why=Why.BREAK)
    table.ask(asks.BackAgain, "tessa")

    assert from_json(to_json(table.floor)) == table.floor


def test_anyone_brings_the_break_forward_and_all_see_that_it_was_asked_for_and_none_by_whom() -> None:
    table = Table(TESSA, LENA, COLIN)
    table.wait(600).ask(asks.Tell, "lena", what=What.BREAK)

    assert [shared(table, key)["break"] for key in ("tessa", "lena", "colin", "mediator")] == ["asked"] * 4
    assert table.floor.break_due == table.now
    assert "lena" not in str([seen_by(table.floor, SeatKey("colin"), now=table.now)["you"], table.floor.events])
    assert table.floor.pause is None
    table.sleep(3600)
    assert shared(table)["break"] == "asked"


@pytest.mark.parametrize("planned", [False, True])
def test_the_mediator_takes_it_with_one_press_and_who_asked_has_the_tick(planned: bool) -> None:  # noqa: FBT001
    table = Table(TESSA)
    table.change(plan=(table.floor.plan[0], Stage(code=BREAK, mode=Mode.OPEN_TALK, minutes=10)))
    table.ask(asks.Tell, "tessa", what=What.BREAK)

    if planned:
        table.rule(commands.SetStage, number=2)
    else:
        table.rule(commands.Pause, why=Why.BREAK)

    (told,) = table.floor.told
    assert (told.seen_by, shared(table)["break"], table.floor.pause is not None) == ("mediator", None, True)
    table.rule(commands.Resume)
    assert shared(table)["break"] == "later"


def test_the_mediator_puts_off_what_was_asked_for_and_it_is_due_then() -> None:
    table = Table(TESSA)
    table.ask(asks.Tell, "tessa", what=What.BREAK)
    table.rule(commands.PutOffBreak, minutes=10)

    (told,) = table.floor.told
    assert (told.seen_by, table.floor.break_due) == ("mediator", table.now + timedelta(minutes=10))
    table.sleep(10 * MINUTE)
    assert shared(table)["break"] == "due"


def test_one_person_does_it_once_in_ten_minutes_and_after_that_the_mediator_alone_is_asked() -> None:
    table, seen = Table(TESSA, COLIN), []
    for seconds in (0, 500, 101):
        table.wait(seconds).ask(asks.Tell, "tessa", what=What.BREAK)
        seen.append(shared(table)["break"])
        table.rule(commands.PutOffBreak, minutes=30)
        table.rule(commands.SeenTold, number=table.floor.tellings)
    table.ask(asks.Tell, "colin", what=What.BREAK)

    assert (seen, shared(table)["break"], len(table.floor.told)) == (["asked", "later", "asked"], "asked", 4)


def test_what_was_asked_by_accident_is_taken_back_unless_another_asks_too() -> None:
    table = Table(TESSA, COLIN)
    table.ask(asks.Tell, "tessa", what=What.BREAK)
    table.wait(5).ask(asks.Tell, "colin", what=What.BREAK)

    table.ask(asks.TakeBack, "tessa", number=1)
    still = shared(table)["break"]
    table.ask(asks.TakeBack, "colin", number=2)

    assert (still, shared(table)["break"]) == ("asked", "later")
    assert table.floor.break_due == START + timedelta(minutes=50)


def test_a_break_that_is_due_already_or_goes_on_is_not_brought_forward() -> None:
    table = Table(TESSA)
    table.sleep(50 * MINUTE)
    table.ask(asks.Tell, "tessa", what=What.BREAK)
    due = shared(table)["break"]
    table.rule(commands.Pause, why=Why.BREAK)
    table.ask(asks.Tell, "tessa", what=What.BREAK)
    table.rule(commands.Resume)

    assert (due, table.floor.break_due) == ("due", table.now + timedelta(minutes=50))
