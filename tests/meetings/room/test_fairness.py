"""Both bounds, whatever happens: random people of two to five sides who say and do whatever they may, in any order.

Q5  a waiting side waits through at most as many turns as there are sides; no other has three in a row meanwhile
Q6  nobody is overtaken a third time by colleagues who raised later
"""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from database.refusal import Refusal
from meetings.room import asks, commands
from meetings.room.floor import Floor, SeatKey
from meetings.room.holding import next_seat
from meetings.room.order import order
from meetings.room.stages import Mode
from meetings.room.state import Why
from tests.meetings.room.bounds import Bounds
from tests.meetings.room.plays import LIVELY, Play, told
from tests.meetings.room.table import COLIN, FREYA, MINA, SIDES, TESSA, Table, person

MANY = [person(f"{side}-{number}", side) for side in SIDES for number in range(3)]
PERSON = st.integers(0, 14)
WAIT = st.sampled_from([0.0, 2.0, 2.0, 9.0, 200.0])


class Sitting(RuleBasedStateMachine):
    """A sitting of two to five sides; each rule is what somebody may do, refused or not."""

    @initialize(sides=st.integers(2, 5))
    def begin(self, sides: int) -> None:
        self.sides, self.bounds = sides, Bounds()
        self.people = MANY[: sides * 3]
        self.table = Table(*self.people, MINA)

    def say(self, kind: type[asks.Signal], by: SeatKey | str = "mediator", **facts: object) -> None:
        before = self.table.floor
        with contextlib.suppress(Refusal):
            self.table.ask(kind, by, **{"version": before.version, **facts})
        self.bounds.see(before, self.table.floor)

    def hears(self, kind: type[asks.Signal], by: SeatKey | str, **facts: object) -> None:
        before = self.table.floor
        self.table.server(kind, by, **facts)
        self.bounds.see(before, self.table.floor)

    def key(self, number: int) -> SeatKey:
        return self.people[number % len(self.people)].key

    def speaks(self) -> bool:
        return self.table.floor.turn is not None

    @property
    def holder(self) -> SeatKey:
        assert self.table.floor.turn is not None
        return self.table.floor.turn.seat

    @rule(wait=WAIT)
    def time_goes_by(self, wait: float) -> None:
        self.table.wait(wait)
        self.hears(asks.Tick, "")

    @rule(numbers=st.lists(PERSON, min_size=1, max_size=5), apart=st.sampled_from([0.0, 2.0]))
    def people_ask_to_speak(self, numbers: list[int], apart: float) -> None:
        for number in numbers:
            self.table.wait(apart)
            self.say(asks.RaiseHand, self.key(number))

    @rule(number=PERSON)
    def somebody_writes(self, number: int) -> None:
        self.say(asks.WriteTurn, self.key(number), words="The bus is late.")

    @rule(number=PERSON, back=st.booleans())
    def somebody_lowers_a_hand(self, number: int, back: bool) -> None:  # noqa: FBT001
        self.say(asks.LowerHand, self.key(number))
        if back:
            self.say(asks.RestoreHand, self.key(number))

    @rule(wait=WAIT, turns=st.integers(1, 4))
    def the_next_have_the_floor(self, wait: float, turns: int) -> None:
        for _ in range(turns):
            self.time_goes_by(wait)
            if seat := next_seat(self.table.floor):
                self.say(commands.GiveNext, seat=seat)

    @precondition(speaks)
    @rule(own=st.booleans())
    def the_turn_ends(self, own: bool) -> None:  # noqa: FBT001
        self.say(asks.Finish, self.holder) if own else self.say(commands.EndTurn)

    @precondition(speaks)
    @rule(number=PERSON)
    def a_question_is_asked(self, number: int) -> None:
        self.say(asks.AskReply, self.holder, seat=self.key(number))

    @precondition(speaks)
    @rule(number=PERSON, back=st.booleans())
    def the_holder_is_interrupted(self, number: int, back: bool) -> None:  # noqa: FBT001
        holder = self.holder
        self.hears(asks.Overlapped, "", seats=(self.key(number),), since=self.table.now)
        self.say(commands.HolderYields)
        if back:
            self.say(asks.NotFinished, holder)

    @precondition(speaks)
    @rule()
    def the_holder_keeps_the_hand_up(self) -> None:
        self.hears(asks.Spoke, "", seat=self.holder)
        self.say(asks.KeepHand, self.holder)

    @rule(on=st.booleans())
    def speech_is_reported(self, on: bool) -> None:  # noqa: FBT001
        self.hears(asks.Hears, "", on=on)

    @rule(number=PERSON, place=st.integers(1, 5))
    def the_mediator_moves_somebody(self, number: int, place: int) -> None:
        self.say(commands.MoveHand, seat=self.key(number), place=place)

    @rule(number=PERSON)
    def the_mediator_chooses_somebody(self, number: int) -> None:
        self.say(commands.GiveTo, seat=self.key(number))

    @rule(number=PERSON, wait=WAIT)
    def a_line_is_lost_for_a_while(self, number: int, wait: float) -> None:
        self.hears(asks.Left, self.key(number))
        self.time_goes_by(wait)
        self.hears(asks.Arrived, self.key(number))

    @rule(mode=st.sampled_from([Mode.OPEN_TALK, Mode.ROUND, Mode.STATEMENT]))
    def another_way_for_a_while(self, mode: Mode) -> None:
        self.say(commands.SetMode, mode=mode)
        if seat := next_seat(self.table.floor):
            self.say(commands.GiveNext, seat=seat)
        self.say(commands.SetMode, mode=Mode.QUEUE)

    @rule(why=st.sampled_from([Why.PAUSE, Why.BREAK]))
    def a_pause(self, why: Why) -> None:
        self.say(commands.Pause, why=why)
        self.time_goes_by(9)
        self.say(commands.Resume)

    @invariant()
    def both_bounds_hold(self) -> None:
        if hasattr(self, "bounds"):
            self.bounds.hold(self.sides)


Sitting.TestCase.settings = settings(max_examples=30, stateful_step_count=40, deadline=None)
TestSitting = Sitting.TestCase


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32), length=st.integers(1, 120), sides=st.integers(2, 5))
def test_both_bounds_hold_whatever_anybody_says(seed: int, length: int, sides: int) -> None:
    bounds, play = Bounds(), (seed, length)
    for before, _, after in told(play, people=(*MANY[: sides * 3], MINA), sayings=LIVELY):
        bounds.see(before, after)
        bounds.hold(sides)


def test_the_bounds_are_reached() -> None:
    """So the properties above do not hold for want of trying."""
    for sides, seed in ((2, 1), (3, 9)):
        bounds, most = Bounds(), 0
        for before, after in eager(Random(seed), sides):
            bounds.see(before, after)
            most = max([most, *bounds.waited.values()])
        assert most == sides


def eager(random: Random, sides: int) -> Iterator[tuple[Floor, Floor]]:
    """People who ask again and again, and turns of any length."""
    table = Table(*MANY[: sides * 3])
    for _ in range(40):
        before = table.floor
        with contextlib.suppress(Refusal):
            if random.random() < 0.6:
                table.wait(2).ask(asks.RaiseHand, random.choice(MANY[: sides * 3]).key)
            elif seat := next_seat(table.wait(random.choice((4, 30, 400))).tick()):
                table.rule(commands.GiveNext, seat=seat)
        yield before, table.floor


@settings(max_examples=40, deadline=None)
@given(play=st.tuples(st.integers(0, 2**32), st.integers(1, 60)))
def test_a_text_has_the_place_that_a_voice_would_have(play: Play) -> None:
    for _, _, floor in told(play):
        spoken = tuple(hand if hand.words is None else replace(hand, words=None) for hand in floor.hands)
        said = replace(floor, hands=spoken)
        assert [hand.seat for hand in order(floor)] == [hand.seat for hand in order(said)]


def test_a_text_turn_is_served_between_two_voice_turns() -> None:
    table = Table(TESSA, COLIN, FREYA).raises("tessa")
    table.wait(2).ask(asks.WriteTurn, "colin", words="The bus is late.")
    table.raises("freya")

    served = []
    for _ in range(3):
        seat = table.give_next()
        assert table.floor.turn is not None
        served.append((seat, table.floor.turn.words))
        table.sleep(30)

    assert served == [("tessa", None), ("colin", "The bus is late."), ("freya", None)]
