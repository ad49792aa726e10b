"""Both bounds, whatever happens: random people of two to five sides who say and do whatever they may, in any order.

Q5  a waiting side waits through at most as many turns as there are sides; no other has three in a row meanwhile
Q6  nobody is overtaken a third time by colleagues who raised later

Among it: turns that nobody heard, hands lowered and restored while a colleague raises or everything rests, hands nine
tenths of a second apart, and a mode in which no time is counted.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cases.case import Standing
from database.refusal import Refusal
from meetings.room import asks, commands
from meetings.room.floor import Floor, SeatKey
from meetings.room.holding import next_seat
from meetings.room.order import order
from meetings.room.stages import Mode
from meetings.room.state import Why
from tests.meetings.room.bounds import SIMULTANEOUS, Bounds, ranked
from tests.meetings.room.plays import LIVELY, QUEUEING, TEMPOS, Play, told
from tests.meetings.room.table import COLIN, FREYA, MINA, SIDES, TESSA, Table, person

PEERS = (Standing.PRINCIPAL, Standing.PRINCIPAL, Standing.YOUNG_PERSON)
MANY = [person(f"{side}-{number}", side, PEERS[number]) for side in SIDES for number in range(3)]
"""Three of each side, of whom one always goes first; it is no matter that only a family has a young person."""
PERSON = st.integers(0, 14)
FEW = 40
"""What happens by itself within a step, at most: each thing once for each person."""
WAIT = st.sampled_from([0.0, 2.0, 2.0, 9.0, 200.0])


class Sitting(RuleBasedStateMachine):
    """A sitting of two to five sides; each rule is what somebody may do, refused or not."""

    @initialize(sides=st.integers(2, 5))
    def begin(self, sides: int) -> None:
        self.sides, self.bounds = sides, Bounds()
        self.people = MANY[: sides * 3]
        self.table = Table(*self.people, MINA)
        self.hears(asks.Hears, "", on=True)

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

    @rule(numbers=st.lists(PERSON, min_size=1, max_size=5), apart=st.sampled_from([0.0, 0.9, 2.0]))
    def people_ask_to_speak(self, numbers: list[int], apart: float) -> None:
        for number in numbers:
            self.table.wait(apart)
            self.say(asks.RaiseHand, self.key(number))

    @rule(number=PERSON)
    def somebody_writes(self, number: int) -> None:
        self.say(asks.WriteTurn, self.key(number), words="The bus is late.")

    @rule(number=PERSON, colleague=PERSON, back=st.booleans(), rests=st.booleans())
    def somebody_lowers_a_hand(self, number: int, colleague: int, back: bool, rests: bool) -> None:  # noqa: FBT001
        self.say(asks.LowerHand, self.key(number))
        self.say(asks.RaiseHand, self.key(colleague))
        if rests:
            self.say(commands.Pause, why=Why.BREAK)
        if back:
            self.say(asks.RestoreHand, self.key(number))
        self.say(asks.LowerHand, self.key(colleague))
        if rests:
            self.say(commands.Resume)

    @rule(wait=WAIT, turns=st.integers(1, 4), heard=st.booleans(), ends=st.booleans())
    def the_next_have_the_floor(self, wait: float, turns: int, heard: bool, ends: bool) -> None:  # noqa: FBT001
        for _ in range(turns):
            if seat := next_seat(self.table.floor):
                self.say(commands.GiveNext, seat=seat)
            self.time_goes_by(wait)
            if heard and self.speaks():
                self.hears(asks.Spoke, "", seat=self.holder)
            if ends:
                self.say(commands.EndTurn)

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

    @rule(mode=st.sampled_from([Mode.OPEN_TALK, Mode.ROUND, Mode.STATEMENT, Mode.DRAFTING]))
    def another_way_for_a_while(self, mode: Mode) -> None:
        self.say(commands.SetMode, mode=mode)
        if seat := next_seat(self.table.floor):
            self.say(commands.GiveNext, seat=seat)
        self.time_goes_by(200)
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

    @invariant()
    def time_alone_does_little(self) -> None:
        if hasattr(self, "table"):
            assert len(self.table.floor.events) < FEW


Sitting.TestCase.settings = settings(max_examples=30, stateful_step_count=40, deadline=None)
TestSitting = Sitting.TestCase


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32), length=st.integers(1, 120), sides=st.integers(2, 5))
def test_both_bounds_hold_whatever_anybody_says(seed: int, length: int, sides: int) -> None:
    bounds, play = Bounds(), (seed, length)
    for before, _, after in told(play, people=(*MANY[: sides * 3], MINA), sayings=LIVELY):
        bounds.see(before, after)
        bounds.hold(sides)


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32), length=st.integers(50, 150), sides=st.integers(2, 5))
def test_both_bounds_hold_in_a_lively_queue(seed: int, length: int, sides: int) -> None:
    bounds, random = Bounds(), Random(seed)
    people, waits = MANY[: sides * 3], random.choice(TEMPOS)
    few = [one for one in people if random.random() < 0.7 or one.standing is not Standing.PRINCIPAL]
    for before, _, after in told((seed, length), people=few, sayings=QUEUEING, waits=waits):
        bounds.see(before, after)
        bounds.hold(sides)
        assert spread(after) <= SIMULTANEOUS


def spread(floor: Floor) -> timedelta:
    """How far apart hands are at most that count as raised at one moment (Q1)."""
    waves: dict[int, list[datetime]] = {}
    for hand in ranked(floor):
        waves.setdefault(hand.wave, []).append(hand.since)
    return max((max(wave) - min(wave) for wave in waves.values()), default=timedelta(0))


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), sides=st.integers(2, 5), heard=st.sampled_from([0, 0.1, 0.5, 0.75]))
def test_however_often_nobody_is_heard_everybody_is_given_the_floor(seed: int, sides: int, heard: float) -> None:
    """A side that asks waits through at most twice as many turns of any kind as there are sides."""
    random, people, waits = Random(seed), MANY[: sides * 3], dict.fromkeys(SIDES[:sides], 0)
    table, given = Table(*people), set[SeatKey]()
    table.server(asks.Hears, "", on=True)
    for _ in range(len(people) * 6):
        for one in random.sample(people, len(people)):
            if not table.floor.hand(one.key):
                table.wait(2).ask(asks.RaiseHand, one.key)
        seat = SeatKey(table.give_next())
        given.add(seat)
        waits = {side: 0 if side is table.floor.seat(seat).side else one + 1 for side, one in waits.items()}
        assert max(waits.values()) <= 2 * sides
        table.wait(random.choice((1, 30, 300)))
        if random.random() < heard:
            table.server(asks.Spoke, "", seat=seat)
        table.rule(commands.EndTurn)
    assert given == {one.key for one in people}


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
