"""What a mediator sets counts for this sitting only, and only within what the specification allows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from meetings.room import asks, commands
from meetings.room.floor import NotAllowed, SeatKey
from meetings.room.numbers import NumberNotSo, Numbers
from meetings.room.seats import NEEDS_TIME, WEIGHTS
from meetings.room.told import What
from tests.meetings.room import talk
from tests.meetings.room.table import COLIN, DANA, FREYA, LENA, OWEN, ROWAN, START, TESSA, Table, person


def set_to(table: Table, name: str, seconds: float) -> None:
    table.rule(commands.SetNumber, name=name, seconds=seconds)


def test_a_number_is_set_for_this_sitting_and_all_of_them_are_put_back_at_once() -> None:
    table = Table(TESSA)

    set_to(table, "reply", 90)
    set_to(table, "settling", 2.5)
    there = table.floor.numbers
    table.rule(commands.UsualNumbers)
    usual = table.floor
    table.rule(commands.UsualNumbers)

    assert there == replace(Numbers(), reply=timedelta(seconds=90), settling=timedelta(seconds=2.5))
    assert (usual.numbers, usual.break_due) == (Numbers(), START + timedelta(minutes=50))
    assert table.floor.events == ()


def test_a_number_that_cannot_be_is_refused_at_its_field_and_nothing_has_changed() -> None:
    table = Table(TESSA)

    with pytest.raises(NumberNotSo, match="Choose from 15 to 300 seconds") as refused:
        set_to(table, "reply", 301)

    assert (refused.value.field, table.floor.numbers) == ("reply", Numbers())


def test_what_has_its_moment_keeps_it_when_its_number_changes() -> None:
    table = Table(TESSA, OWEN, COLIN, DANA).raises("tessa")
    table.ask(asks.LowerHand, "tessa")
    table.rule(commands.Hold, seat="colin", sure=True)
    lowered, holds = table.floor.lowered, table.floor.holds

    for name, seconds in (("undo", 60), ("hold", 15)):
        set_to(table, name, seconds)

    assert (table.floor.lowered, table.floor.holds) == (lowered, holds)


def test_a_reply_that_runs_keeps_its_time_and_the_next_has_the_new_one() -> None:
    table = Table(TESSA, COLIN)
    budgets = []

    for seconds in (90, 30):
        table.rule(asks.AskReply, seat="tessa")
        table.give_next()
        set_to(table, "reply", seconds)
        budgets.append(table.floor.turn and table.floor.turn.budget)
        table.rule(commands.EndTurn)

    assert budgets == [timedelta(seconds=60), timedelta(seconds=90)]


def test_a_signal_that_has_waited_longer_than_the_new_number_is_passed_on_at_once() -> None:
    table = Table(TESSA)
    table.ask(asks.Tell, "tessa", what=What.UPSET)

    table.wait(40)
    set_to(table, "unseen", 30)
    table.tick()

    assert [one.escalated for one in table.floor.told] == [True]


@pytest.mark.parametrize(("after", "every", "due"), [(0, 1800, 1800), (2400, 1200, 2400), (0, 7200, 7200)])
def test_the_next_break_is_due_by_the_new_number_and_not_before_now(after: int, every: int, due: int) -> None:
    table = Table(TESSA).wait(after)

    set_to(table, "break_every", every)

    assert table.floor.break_due == START + timedelta(seconds=due)


def test_a_break_that_is_overdue_stays_so() -> None:
    table = Table(TESSA).wait(3600)

    set_to(table, "break_every", 1200)

    assert table.floor.break_due == START + timedelta(minutes=50)


def test_silence_is_as_long_as_the_new_number_for_all_who_had_the_old_one_and_for_who_comes() -> None:
    table = Table(TESSA, replace(OWEN, patience=NEEDS_TIME), replace(COLIN, patience=None))
    table.rule(commands.SetPatience, seat="colin", seconds=120)

    set_to(table, "patience", 12)
    set_to(table, "needs_time", 45)
    table.server(asks.Seated, "mediator", seat=DANA)
    table.server(asks.Seated, "mediator", seat=replace(FREYA, patience=NEEDS_TIME))
    table.server(asks.Seated, "mediator", seat=replace(ROWAN, patience=None))

    patience = {seat.key: seat.patience and seat.patience.total_seconds() for seat in table.floor.seats}
    assert patience == {"mediator": 12, "tessa": 12, "owen": 45, "colin": 120, "dana": 12, "freya": 45, "rowan": None}


HEARD = [
    ({}, 6, 3),
    ({"overlap_within": 8, "overlap": 5}, None, 3),
    ({"overlap_within": 8, "overlap": 2.4}, 6.4, 3),
    ({"acknowledgement": 1.9}, 6, 3),
    ({"settling": 4.9}, None, 3),
    ({"spoken": 6.5}, 6, 6.5),
]


@pytest.mark.parametrize(("numbers", "cue", "spoke"), HEARD)
def test_what_is_heard_is_weighed_by_the_numbers(numbers: dict[str, float], cue: float | None, spoke: float) -> None:
    """Owen speaks throughout, Colin over him from the fourth second to half past the sixth."""
    sitting = talk.table()
    for name, seconds in numbers.items():
        set_to(sitting, name, seconds)
    ear = talk.Ear(sitting.floor)

    for tenth in range(120):
        ear.hears(tenth * 100, "owen", *(["colin"] if 40 <= tenth < 65 else []))

    first = {type(told.signal): told.at / 1000 for told in reversed(ear.told)}
    assert (first.get(asks.Overlapped), first.get(asks.Spoke)) == (cue, spoke)


@pytest.mark.parametrize(("least", "cues"), [(1, 0), (0.5, 1)])
def test_how_short_a_word_only_acknowledges_is_a_number(least: float, cues: int) -> None:
    """Colin says something of eight tenths again and again."""
    sitting = talk.table()
    set_to(sitting, "acknowledgement", least)
    ear = talk.Ear(sitting.floor)

    for tenth in range(120):
        ear.hears(tenth * 100, "owen", *(["colin"] if tenth >= 40 and tenth % 10 < 8 else []))

    assert len(ear.of(asks.Overlapped)) == cues


def test_the_hand_can_be_kept_for_as_long_as_the_number_says_and_a_place_taken_back_for_another() -> None:
    table = Table(TESSA, COLIN).raises("tessa", "colin")
    set_to(table, "keep_hand", 30)
    set_to(table, "undo", 20)
    table.ask(asks.LowerHand, "colin")
    table.give_next()
    table.server(asks.Spoke, "", seat=SeatKey("tessa"))

    turn = table.floor.turn
    assert turn is not None
    assert turn.keep_until == table.now + timedelta(seconds=30)
    assert [one.until - table.now for one in table.floor.lowered] == [timedelta(seconds=20)]


@pytest.mark.parametrize("percent", WEIGHTS)
def test_time_is_stretched_in_what_is_left_of_the_turn_that_runs(percent: int) -> None:
    table = Table(TESSA).raises("tessa")
    table.give_next()

    table.wait(60).rule(commands.SetStretch, seat="tessa", percent=percent)

    turn = table.floor.turn
    assert turn is not None
    assert (turn.planned, turn.budget) == (timedelta(minutes=3), timedelta(seconds=60 + 120 * percent / 100))


@pytest.mark.parametrize(("seat", "percent"), [("tessa", 130), ("lena", 150), ("mediator", 150)])
def test_time_is_stretched_by_known_steps_and_for_those_who_take_turns(seat: str, percent: int) -> None:
    with pytest.raises(NotAllowed):
        Table(TESSA, LENA).rule(commands.SetStretch, seat=seat, percent=percent)


def test_a_text_takes_as_long_to_read_whatever_time_its_writer_needs() -> None:
    table = Table(replace(OWEN, stretch=150))
    table.ask(asks.WriteTurn, "owen", words="word " * 150)
    table.give_next()
    given = table.floor.turn

    table.rule(commands.SetStretch, seat="owen", percent=200)

    assert given is not None
    assert table.floor.turn == given
    assert given.budget == timedelta(seconds=65)


@pytest.mark.parametrize(("seconds", "patience"), [(30, timedelta(seconds=30)), (None, None)])
def test_patience_is_so_many_seconds_or_without_limit(seconds: int | None, patience: timedelta | None) -> None:
    table = Table(TESSA)

    table.rule(commands.SetPatience, seat="tessa", seconds=seconds)

    assert (TESSA.patience, table.floor.seat(SeatKey("tessa")).patience) == (timedelta(seconds=8), patience)


def test_without_hearing_no_cue_stands_and_none_comes() -> None:
    table = Table(TESSA, COLIN).raises("tessa")
    table.give_next()
    table.server(asks.Overlapped, "", seats=(SeatKey("colin"),), since=table.now)

    table.rule(commands.SetHearing, on=False)
    gone = table.floor.overlap
    table.server(asks.Overlapped, "", seats=(SeatKey("colin"),), since=table.now)
    table.server(asks.Hears, "", on=True)

    assert (gone, table.floor.overlap, table.floor.ears, table.floor.runs) == (None, None, False, True)


def test_a_recap_the_ground_rules_and_shown_time_are_said_once() -> None:
    table = Table(TESSA)

    table.rule(commands.SetRecap, words="So far: the bus.")
    table.rule(commands.SetTimeShown, on=True)
    table.ask(asks.AgreeRules, "tessa")
    floor = table.floor
    table.rule(commands.SetTimeShown, on=True)
    table.ask(asks.AgreeRules, "tessa")

    assert (floor.recap, floor.time_shown, floor.seat(SeatKey("tessa")).agreed) == ("So far: the bus.", True, True)
    assert table.floor.events == ()


def test_who_agrees_agrees_for_nobody_else() -> None:
    table = Table(TESSA, COLIN, person("wes"))

    table.ask(asks.AgreeRules, "colin")

    assert [seat.key for seat in table.floor.seats if seat.agreed] == ["colin"]
