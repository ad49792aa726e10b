import contextlib
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from database.refusal import Refusal
from meetings.room import asks, commands
from meetings.room.floor import Floor, NotAllowed, SeatKey, microphones, seen_by, wakes_at
from meetings.room.hands import FloorFrozen
from meetings.room.holds import Microphone
from meetings.room.seats import Seat
from meetings.room.stages import Mode
from meetings.room.state import Pause, Why
from tests.meetings.room.table import COLIN, DANA, JO, LENA, MEDIATOR, MINA, OWEN, START, TESSA, TIA, Table


def held(floor: Floor) -> list[str]:
    return [key for key, right in microphones(floor).items() if right.microphone is Microphone.HELD]


def test_the_admitted_are_away_until_their_screen_is_connected() -> None:
    table = Table()

    table.server(asks.Seated, "mediator", seat=TESSA)
    admitted = table.floor.seats[-1]
    table.wait(2).server(asks.Arrived, "tessa")

    assert (admitted, table.floor.seats[-1]) == (replace(TESSA, away_since=START), TESSA)


def test_who_has_no_screen_is_here_and_never_away() -> None:
    table = Table()
    table.server(asks.Seated, "mediator", seat=replace(TESSA, screen=False))
    seated = table.floor

    table.server(asks.Left, "tessa")

    assert seated.seats[-1].away_since is None
    assert table.floor is seated


@pytest.mark.parametrize("kind", [asks.Arrived, asks.Seated])
def test_arriving_or_being_seated_twice_changes_nothing(kind: type[asks.Signal]) -> None:
    table = Table(TESSA)
    before = table.floor
    facts = {"seat": TESSA} if kind is asks.Seated else {}

    table.wait(5).server(kind, "tessa", **facts)

    assert table.floor is before


def test_leaving_twice_keeps_the_first_moment() -> None:
    table = Table(TESSA)
    table.server(asks.Left, "tessa")
    first = table.floor

    table.wait(30).server(asks.Left, "tessa")

    assert table.floor is first


def test_who_comes_back_finds_place_and_rights_as_they_were() -> None:
    table = Table(TESSA, JO, COLIN).raises("tessa", "colin")
    table.ask(asks.MaySpeakForMe, "tessa", seat="jo", on=True)
    before = table.floor.seats, table.floor.hands, table.queue()

    table.server(asks.Left, "tessa")
    table.server(asks.Left, "jo")
    table.wait(100).server(asks.Arrived, "jo")
    table.server(asks.Arrived, "tessa")

    assert (table.floor.seats, table.floor.hands, table.queue()) == before


def test_who_departs_takes_their_hand_and_turn_along_and_the_sides_time_stays() -> None:
    table = Table(TESSA, JO, COLIN, OWEN, LENA).raises("tessa", "owen")
    table.ask(asks.MaySpeakForMe, "tessa", seat="jo", on=True)
    table.give_next()
    table.wait(60).server(asks.Departed, "tessa")
    spent = table.floor.spent
    table.server(asks.Departed, "owen")

    assert (table.floor.turn, table.floor.hands) == (None, ())
    assert spent == table.floor.spent == {TESSA.side: timedelta(seconds=60 * 30)}
    assert table.floor.seat(JO.key) == JO


def test_q10_who_is_let_in_again_has_their_interpreter_again() -> None:
    table = Table(OWEN, LENA, COLIN)
    table.server(asks.Departed, "owen")
    with pytest.raises(NotAllowed):
        table.ask(asks.RaiseHand, "lena")

    table.server(asks.Seated, "mediator", seat=OWEN)
    table.server(asks.Arrived, "owen")

    assert table.raises("lena").queue() == ["owen"]


def test_a_supporter_may_speak_for_the_parent_and_both_are_one_place() -> None:
    table = Table(TESSA, JO, COLIN).raises("jo", "colin")

    table.ask(asks.MaySpeakForMe, "tessa", seat="jo", on=True)

    assert (table.queue(), table.floor.seat(JO.key).speaks_for) == (["tessa", "colin"], "tessa")
    assert table.floor.events == ({"kind": "speaks_for", "seat": "tessa", "helper": "jo", "on": True},)


def test_a_supporters_own_entry_goes_when_the_parent_has_one() -> None:
    table = Table(TESSA, JO, COLIN).raises("tessa", "colin", "jo")

    table.ask(asks.MaySpeakForMe, "tessa", seat="jo", on=True)

    assert table.queue() == ["tessa", "colin"]


def test_speaking_for_somebody_ends_by_the_same_switch() -> None:
    table = Table(TESSA, JO).raises("tessa")
    table.ask(asks.MaySpeakForMe, "tessa", seat="jo", on=True)

    table.ask(asks.MaySpeakForMe, "tessa", seat="jo", on=False)

    assert (table.floor.seat(JO.key), table.queue()) == (JO, ["tessa"])


def test_switching_off_what_another_switched_on_changes_nothing() -> None:
    table = Table(TESSA, OWEN, JO)
    table.ask(asks.MaySpeakForMe, "tessa", seat="jo", on=True)

    table.ask(asks.MaySpeakForMe, "owen", seat="jo", on=False)

    assert table.floor.seat(JO.key).speaks_for == "tessa"


@pytest.mark.parametrize(
    ("by", "helper"),
    [
        ("tessa", "colin"),
        ("tessa", "tessa"),
        ("tessa", "mediator"),
        ("tessa", "lena"),
        ("lena", "tessa"),
        ("owen", "jo"),
        ("jo", "owen"),
        ("owen", "tessa"),
    ],
)
def test_only_someone_free_of_the_same_side_may_speak_for_somebody(by: str, helper: str) -> None:
    table = Table(TESSA, OWEN, JO, LENA, COLIN)
    table.ask(asks.MaySpeakForMe, "tessa", seat="jo", on=True)

    with pytest.raises(NotAllowed):
        table.ask(asks.MaySpeakForMe, by, seat=helper, on=True)


def test_who_has_the_floor_for_themselves_speaks_for_nobody() -> None:
    table = Table(COLIN, DANA).raises("dana")
    table.give_next()

    with pytest.raises(NotAllowed):
        table.ask(asks.MaySpeakForMe, "colin", seat="dana", on=True)


def test_without_a_process_person_everything_stands_still_after_five_seconds() -> None:
    table = Table(TESSA).raises("tessa")
    table.give_next()
    table.sleep(10)
    table.wait(10).server(asks.Left, "mediator")
    left = table.now

    due = wakes_at(table.floor)
    table.sleep(8)

    assert due == left + timedelta(seconds=5)
    assert table.floor.pause == Pause(why=Why.UNATTENDED, since=due)
    assert table.floor.turn is not None
    assert table.floor.turn.ran == timedelta(seconds=25)


def test_a_short_drop_of_the_mediator_is_not_felt() -> None:
    table = Table(TESSA).raises("tessa")
    table.give_next()
    table.sleep(20)
    table.server(asks.Left, "mediator")
    table.sleep(4)

    table.server(asks.Arrived, "mediator")

    assert (table.floor.pause, table.floor.runs, table.idle()) == (None, True, True)


def test_after_twenty_seconds_all_sides_are_held_alike_until_a_process_person_is_here() -> None:
    table = Table(TESSA, JO, COLIN, LENA, MINA)
    table.server(asks.Left, "mediator")
    attended = table.sleep(60)
    table.server(asks.Left, "mina")
    early = table.sleep(19.9)
    late = table.sleep(0.1)
    table.server(asks.Arrived, "mina")

    assert (held(attended), held(early)) == ([], [])
    assert held(late) == ["tessa", "jo", "colin"]
    assert held(table.floor) == []


def test_who_comes_back_says_when_we_go_on() -> None:
    table = Table(TESSA).raises("tessa")
    table.give_next()
    table.server(asks.Left, "mediator")
    table.sleep(30)

    table.server(asks.Arrived, "mediator")
    stands = table.floor.pause is not None
    table.rule(commands.Resume)

    assert (stands, table.floor.pause, table.floor.runs) == (True, None, True)


def test_a_mediator_alone_in_the_room_leaves_nobody_unattended() -> None:
    table = Table()

    table.server(asks.Left, "mediator")
    alone = table.floor.unattended_since
    table.wait(60).server(asks.Seated, "mediator", seat=TESSA)

    assert (alone, table.floor.unattended_since) == (None, table.now)


def test_a_mediator_may_leave_during_a_break() -> None:
    table = Table(TESSA, COLIN)
    table.rule(commands.Pause, why=Why.BREAK)

    table.server(asks.Left, "mediator")
    table.sleep(600)

    assert (table.floor.safe_hold, wakes_at(table.floor)) == (False, None)


def test_round_a_real_table_a_tablet_that_sleeps_stops_nobody() -> None:
    table = Table(replace(TESSA, screen=False), in_person=True)
    table.rule(commands.GiveTo, seat="tessa")

    table.server(asks.Left, MEDIATOR)
    table.sleep(600)

    assert (table.floor.runs, table.floor.unattended_since) == (True, None)
    assert table.floor.seat(SeatKey("mediator")).away_since is not None


@pytest.mark.parametrize("seconds", [0, 4, 6, 25, 3600])
def test_a_mediator_who_comes_late_finds_the_sitting_as_it_was_opened(seconds: float) -> None:
    table = Table(TESSA, COLIN, led=False)
    table.sleep(seconds)
    early = (held(table.floor), table.floor.pause, wakes_at(table.floor))
    table.server(asks.Arrived, "mediator")

    assert early == (["tessa", "colin"], None, None)
    assert table.floor.break_due == table.now + timedelta(minutes=50)
    assert (held(table.floor), table.floor.pause, table.floor.safe_hold) == ([], None, False)
    table.rule(commands.SetMode, mode=Mode.QUEUE)
    assert table.raises("tessa").give_next() == "tessa"


def test_nobody_queues_before_the_sitting_has_begun_and_nothing_is_as_after_a_pause() -> None:
    table = Table(TESSA, COLIN, led=False)
    with pytest.raises(FloorFrozen):
        table.ask(asks.RaiseHand, "tessa")
    with pytest.raises(NotAllowed):
        table.rule(commands.Resume, by="mediator")


def test_a_mediator_lost_after_the_beginning_has_the_grace_of_a_lost_line() -> None:
    table = Table(led=False)
    table.server(asks.Arrived, "mediator")
    table.server(asks.Left, "mediator")
    table.server(asks.Seated, "mediator", seat=TESSA)
    at_once, stops = held(table.floor), wakes_at(table.floor)
    table.sleep(20)

    assert (at_once, stops) == ([], table.floor.unattended_since + timedelta(seconds=5))  # type: ignore[operator]
    assert (table.floor.pause is not None, held(table.floor)) == (True, ["tessa"])


def test_any_process_person_may_be_the_first() -> None:
    table = Table(TESSA, led=False)
    table.server(asks.Seated, "mina", seat=MINA)
    alone = held(table.floor)
    table.server(asks.Arrived, "mina")

    assert (alone, held(table.floor), table.floor.awaited) == (["tessa"], [], False)


def mediator_shown(table: Table) -> tuple[str, bool]:
    seen = seen_by(table.floor, SeatKey("tessa"), now=table.now)["floor"]
    assert isinstance(seen, dict)
    return seen["mediator"]["seat"], seen["mediator"]["here"]


def test_of_two_mediators_all_are_told_which_is_here_who_was_lost_last_and_who_is_back() -> None:
    table = Table(TESSA, COLIN, MINA)
    shown = [mediator_shown(table)]
    for kind, who in ((asks.Left, "mediator"), (asks.Left, "mina"), (asks.Arrived, "mina"), (asks.Arrived, "mediator")):
        table.wait(7).server(kind, who)
        shown.append(mediator_shown(table))

    assert shown == [
        ("mediator", True),
        ("mina", True),
        ("mina", False),
        ("mina", True),
        ("mediator", True),
    ]


def test_before_the_beginning_everybody_waits_for_the_mediator_whoever_else_has_a_seat() -> None:
    table = Table(TESSA, led=False)
    table.wait(60).server(asks.Seated, "mediator", seat=MINA)

    assert mediator_shown(table) == ("mediator", False)


def test_a_trainee_alone_leads_no_sitting() -> None:
    table = Table(TESSA, COLIN, TIA)

    table.server(asks.Left, "mediator")
    table.sleep(20)

    assert (table.floor.pause is not None, held(table.floor)) == (True, ["tessa", "colin", "tia"])
    seen = seen_by(table.floor, SeatKey("tessa"), now=table.now)["floor"]
    assert isinstance(seen, dict)
    assert (seen["mediator"]["seat"], seen["mediator"]["here"]) == ("mediator", False)


def test_a_sitting_does_not_begin_with_a_trainee() -> None:
    table = Table(TESSA, led=False)

    table.server(asks.Seated, "mediator", seat=TIA)
    table.server(asks.Arrived, "tia")

    assert (table.floor.awaited, held(table.floor)) == (True, ["tessa", "tia"])


def test_round_a_real_table_nobody_is_awaited() -> None:
    table = Table(replace(TESSA, screen=False), in_person=True, led=False)

    assert (table.floor.awaited, held(table.floor), table.floor.frozen) == (False, [], False)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([0.0, 0.5, 6.0, 30.0]),
            st.sampled_from([asks.Arrived, asks.Left, asks.Seated, asks.RaiseHand, asks.Departed, asks.Tick]),
            st.sampled_from([TESSA, JO, COLIN, LENA]),
        ),
        max_size=30,
    )
)
def test_until_a_process_person_comes_no_side_is_ever_free_and_nothing_begins(
    play: list[tuple[float, type[asks.Signal], Seat]],
) -> None:
    table = Table(TESSA, COLIN, led=False)
    for seconds, kind, seat in play:
        table.sleep(seconds)
        with contextlib.suppress(Refusal):
            if kind is asks.Seated:
                table.server(kind, seat.key, seat=seat)
            elif kind is asks.RaiseHand:
                table.ask(kind, seat.key)
            else:
                table.server(kind, "" if kind is asks.Tick else seat.key)
        floor = table.floor
        assert held(floor) == [one.key for one in floor.seats if one.takes_turns]
        assert (floor.turn, floor.hands, floor.pause, floor.awaited) == (None, (), None, True)
    table.server(asks.Arrived, "mediator")
    assert (held(table.floor), table.floor.pause, table.floor.awaited) == ([], None, False)


def test_with_the_mediator_the_ears_are_gone_and_nothing_that_was_heard_stops_a_clock() -> None:
    table = Table(TESSA, COLIN).raises("tessa")
    table.give_next()
    table.server(asks.Hears, "", on=True)
    table.server(asks.Overlapped, "", seats=(SeatKey("colin"),), since=table.now)

    table.server(asks.Left, "mediator")

    assert (table.floor.ears, table.floor.overlap, table.floor.runs) == (False, None, True)
