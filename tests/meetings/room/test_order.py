from dataclasses import fields, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.case import Side
from meetings.room import asks, commands
from meetings.room.floor import SeatKey, wakes_at
from meetings.room.order import next_hand, order, overtakes_in, owed_seats
from meetings.room.signals import WORDS
from meetings.room.stages import Mode
from tests.meetings.room.table import COLIN, DANA, FREYA, OWEN, ROWAN, SAMI, SIDES, TESSA, Table, person


def spent(**seconds: int) -> dict[Side, timedelta]:
    return {Side(side): timedelta(seconds=one * 30) for side, one in seconds.items()}


def test_the_side_that_has_spoken_least_is_next() -> None:
    table = Table(TESSA, COLIN, FREYA).raises("colin", "tessa", "freya")

    table.change(spent=spent(family=60, council=90, school=30))

    assert table.queue() == ["freya", "tessa", "colin"]


def test_a_share_is_measured_against_the_fair_share_agreed() -> None:
    table = Table(TESSA, COLIN).raises("colin", "tessa")

    table.change(spent=spent(family=60, council=90), fair={Side.FAMILY: 1, Side.COUNCIL: 2})

    assert table.queue() == ["colin", "tessa"]


def test_with_equal_shares_the_side_that_waited_longest_is_next() -> None:
    assert Table(TESSA, COLIN, FREYA).raises("freya", "tessa", "colin").queue() == ["freya", "tessa", "colin"]


def test_a_turn_counts_less_for_a_person_with_more_time() -> None:
    table = Table(replace(TESSA, stretch=200), COLIN, FREYA).raises("tessa", "colin")

    table.turn(100)
    table.turn(60)
    table.raises("colin", "tessa")

    assert table.floor.spent == {Side.FAMILY: timedelta(seconds=100 * 15), Side.COUNCIL: timedelta(seconds=60 * 30)}
    assert table.queue() == ["tessa", "colin"]


def test_inside_a_side_the_young_person_goes_first_then_who_has_not_spoken() -> None:
    table = Table(TESSA, OWEN, ROWAN).raises("tessa")
    table.turn(10)

    table.raises("tessa", "owen", "rowan")

    assert table.queue() == ["rowan", "owen", "tessa"]


def test_a_side_passed_over_twice_is_owed_and_goes_before_a_smaller_share() -> None:
    table = Table(TESSA, COLIN, DANA).raises("tessa", "colin", "dana")
    table.change(spent=spent(family=900))

    served = [table.turn(5), table.turn(5)]
    table.raises("colin")

    assert served == ["colin", "dana"]
    assert (table.floor.owed, table.queue()) == ((Side.FAMILY,), ["tessa", "colin"])
    assert owed_seats(table.floor) == ("tessa",)


def test_a_side_that_was_served_is_passed_over_twice_anew_before_it_is_owed() -> None:
    table = Table(TESSA, OWEN, COLIN, DANA).raises("colin", "tessa", "owen", "dana")
    table.change(spent=spent(council=10))
    table.turn(60)
    table.raises("tessa")
    table.turn(60)
    table.change(spent=spent(council=900))
    table.turn(3)

    assert table.floor.passed == {Side.COUNCIL: 1}
    assert table.floor.owed == ()


def test_a_colleague_who_raised_earlier_or_at_the_same_moment_overtakes_nobody() -> None:
    table = Table(TESSA, OWEN, ROWAN, COLIN).raises("tessa")
    table.raises("owen", "rowan", apart=0.1)
    table.wait(2).raises("colin")

    served = [table.turn(3), table.turn(3), table.turn(3)]

    assert set(served) - {"colin"} <= {"rowan", "owen", "tessa"}
    assert [hand.overtaken for hand in table.floor.hands] == [0] * len(table.floor.hands)


def test_the_side_owed_longest_goes_first() -> None:
    table = Table(TESSA, COLIN, DANA, FREYA, SAMI).raises("colin", "dana", "sami")
    table.change(spent=spent(family=900, school=800, health=700))
    table.turn(4)
    table.raises("tessa")
    table.turn(4)

    assert table.floor.owed == (Side.HEALTH,)
    assert table.queue() == ["sami", "tessa"]


def test_of_two_sides_owed_at_once_no_fraction_of_a_second_decides() -> None:
    queues = []
    for keys in (("freya", "sami"), ("sami", "freya")):
        table = Table(TESSA, OWEN, FREYA, SAMI).raises("tessa", "owen")
        table.raises(*keys, apart=0.3)
        table.change(spent=spent(school=900, health=900))
        table.turn(3)
        table.turn(3)
        queues.append((set(table.floor.owed), table.queue()))

    assert queues[0] == queues[1]
    assert queues[0][0] == {Side.SCHOOL, Side.HEALTH}


def test_a_person_overtaken_twice_goes_before_the_young_person() -> None:
    table = Table(TESSA, OWEN, ROWAN).raises("tessa")
    table.turn(5)
    table.raises("tessa", "rowan")
    first = table.turn(5)
    table.raises("rowan")
    second = table.turn(5)
    table.raises("rowan")

    assert (first, second) == ("rowan", "rowan")
    assert owed_seats(table.floor) == ("tessa",)
    assert table.queue() == ["tessa", "rowan"]


def test_the_turn_that_runs_when_a_hand_goes_up_is_counted_in_no_bound() -> None:
    table = Table(TESSA, OWEN, COLIN).raises("colin")
    table.give_next()

    table.raises("tessa", "owen")

    assert table.floor.passed == {}
    assert [hand.overtaken for hand in table.floor.hands] == [0, 0]


def test_who_is_given_the_floor_out_of_order_moves_no_count() -> None:
    table = Table(TESSA, OWEN, COLIN, DANA).raises("tessa", "owen", "colin", "dana")

    table.rule(commands.GiveTo, seat="dana")

    assert (table.floor.passed, table.floor.owed) == ({}, ())
    assert table.queue() == ["tessa", "colin", "owen"]


def test_what_the_mediator_moved_stands_where_it_was_put_and_comes_forward() -> None:
    table = Table(TESSA, OWEN, COLIN, FREYA).raises("tessa", "colin", "freya", "owen")

    table.rule(commands.MoveHand, seat="tessa", place=3)
    before = table.queue()
    table.turn(5)
    after = table.queue()

    assert before == ["colin", "freya", "tessa", "owen"]
    assert after == ["freya", "tessa", "owen"]


def test_a_moved_hand_is_answered_outside_both_counts() -> None:
    table = Table(TESSA, OWEN, COLIN).raises("colin", "tessa", "owen")
    table.rule(commands.MoveHand, seat="owen", place=1)

    table.give_next()

    assert table.floor.events[-1] == {"kind": "gave", "seat": "owen", "how": "moved"}
    assert (table.floor.passed, [hand.overtaken for hand in table.floor.hands]) == ({}, [0, 0])


def test_someone_away_is_skipped_and_keeps_the_entry() -> None:
    table = Table(TESSA, COLIN).raises("tessa", "colin")

    table.server(asks.Left, "tessa")
    away = table.queue(), next_hand(table.floor) == table.floor.hand(SeatKey("colin"))
    table.server(asks.Arrived, "tessa")

    assert away == (["colin", "tessa"], True)
    assert table.queue() == ["tessa", "colin"]


def test_at_equal_shares_the_side_that_speaks_now_has_spoken_more() -> None:
    table = Table(TESSA, OWEN, COLIN).raises("tessa", "owen", "colin")

    table.give_next()

    assert table.queue() == ["colin", "owen"]


def test_the_order_turns_at_the_moment_when_the_speaking_side_has_the_larger_share() -> None:
    table = Table(TESSA, OWEN, COLIN).raises("tessa", "owen", "colin")
    table.change(spent=spent(council=60))
    table.give_next()
    table.sleep(20)
    spoken = table.now

    due, before = wakes_at(table.floor), table.queue()
    table.sleep(41)

    assert due == spoken + timedelta(seconds=40)
    assert (before, table.queue()) == (["owen", "colin"], ["colin", "owen"])
    assert overtakes_in(table.floor) is None


def test_where_no_time_is_counted_no_run_of_time_turns_the_order() -> None:
    """In drafting nobody's share grows, however little the next side is ahead."""
    table = Table(TESSA, OWEN, COLIN, mode=Mode.DRAFTING)
    table.change(spent=spent(council=30) | {Side.FAMILY: timedelta(seconds=30 * 29.99)})
    table.rule(commands.GiveTo, seat="tessa")
    table.raises("owen", "colin")

    assert overtakes_in(table.floor) is None
    assert "order" not in [event["kind"] for event in table.sleep(600).events]
    assert table.queue() == ["owen", "colin"]


def test_an_order_that_has_turned_unseen_refuses_the_next_instead_of_surprising() -> None:
    table = Table(TESSA, OWEN, COLIN).raises("tessa", "owen", "colin")
    table.change(spent=spent(council=60))
    table.give_next()
    table.wait(61)

    with pytest.raises(Exception, match="changed"):
        table.rule(commands.GiveNext, seat="owen")


MANY = [person(f"{side}-{number}", side) for side in SIDES for number in range(3)]


def test_one_parent_waits_at_most_two_turns_of_five_eager_officers() -> None:
    officers = [person(f"officer-{number}", Side.COUNCIL) for number in range(5)]
    table = Table(TESSA, *officers).raises(*(officer.key for officer in officers))
    table.change(spent=spent(family=3000))
    table.turn(5)
    table.raises("tessa", "officer-0")

    served = [table.turn(5) for _ in range(3)]

    assert served.index("tessa") == 2


BURSTS = st.lists(st.lists(st.integers(0, 8), min_size=1, max_size=6, unique=True), min_size=1, max_size=4)


@settings(max_examples=40, deadline=None)
@given(bursts=BURSTS, data=st.data())
def test_the_order_does_not_depend_on_fractions_of_a_second(bursts: list[list[int]], data: st.DataObject) -> None:
    tables = [Table(*MANY[:9]), Table(*MANY[:9])]

    for burst in bursts:
        for table in tables:
            began, shuffled = table.now, data.draw(st.permutations(burst))
            moments = sorted(data.draw(st.lists(st.floats(0, 1), min_size=len(burst), max_size=len(burst))))
            for number, moment in zip(shuffled, moments, strict=True):
                table.now = began + timedelta(seconds=moment)
                raise_if_down(table, MANY[number].key)
            table.now = began + timedelta(seconds=5)
            if table.queue():
                table.give_next()
            table.now = began + timedelta(seconds=60)

    assert tables[0].queue() == tables[1].queue()


def raise_if_down(table: Table, key: SeatKey) -> None:
    if not table.floor.hand(key) and not (table.floor.turn and table.floor.turn.seat == key):
        table.ask(asks.RaiseHand, key)


def test_clocks_of_browsers_decide_nothing() -> None:
    """No signal has a place for a time; order comes from the moment at which the server stepped the floor.

    How long a rule of the sitting lasts is no time of day.
    """
    said = {made for made, _, _ in WORDS.values()} - {commands.SetNumber}
    assert {one.type for made in said for one in fields(made)} & {datetime, float, timedelta} == set()
    assert {one.name for one in fields(asks.RaiseHand)} == {"by", "op", "version", "note"}


def test_open_talk_has_the_same_order() -> None:
    table = Table(TESSA, COLIN, mode=Mode.OPEN_TALK).raises("colin", "tessa")

    assert [hand.seat for hand in order(table.floor)] == ["colin", "tessa"]
