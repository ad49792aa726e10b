"""Any play at all, for properties: whatever anybody may say to the floor, in any order, at any time, refused or not.

A play is a seed and a length: hypothesis shortens it from its end, and the mix stays as lively as a real sitting.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from database.refusal import Refusal
from meetings.room import asks, commands, replanning
from meetings.room.entries import Kind
from meetings.room.floor import Floor, Seat, SeatKey
from meetings.room.holding import next_seat
from meetings.room.numbers import BOUNDS
from meetings.room.rounds import present_sides
from meetings.room.seats import WEIGHTS as STRETCHES
from meetings.room.stages import BREAK, Mode
from meetings.room.state import COORDINATOR, Why
from meetings.room.steps import MuteReason
from meetings.room.told import What
from tests.meetings.room.table import COLIN, DANA, FREYA, JO, LENA, MINA, OWEN, ROWAN, TESSA, TIA, Table

PEOPLE = (
    TESSA,
    replace(OWEN, stretch=150),
    JO,
    ROWAN,
    LENA,
    COLIN,
    DANA,
    replace(FREYA, stretch=200, screen=False),
    MINA,
    TIA,
)
MEDIATOR = SeatKey("mediator")
WAITS = (0.0, 0.4, 2.0, 3.0, 3.0, 8.0, 25.0, 100.0)
Draw = Callable[[Random, Floor], Any]


def _key(random: Random, floor: Floor) -> SeatKey:
    return random.choice(floor.seats).key


def _mostly(random: Random, floor: Floor, likely: Sequence[SeatKey]) -> SeatKey:
    return random.choice(likely) if likely and random.random() < 0.9 else _key(random, floor)


def _next(random: Random, floor: Floor) -> SeatKey:
    seat = next_seat(floor)
    return _mostly(random, floor, [seat] if seat else [])


def _waiting(random: Random, floor: Floor) -> SeatKey:
    return _mostly(random, floor, [hand.seat for hand in floor.hands])


def _holder(random: Random, floor: Floor) -> SeatKey:
    return _mostly(random, floor, [floor.turn.seat] if floor.turn else [])


def _colleague(random: Random, floor: Floor) -> SeatKey:
    side = floor.seat(floor.turn.seat).side if floor.turn else None
    return _mostly(random, floor, [seat.key for seat in floor.seats if seat.side is side])


def _lowered(random: Random, floor: Floor) -> SeatKey:
    return _mostly(random, floor, [one.hand.seat for one in floor.lowered])


def _owed(random: Random, floor: Floor) -> SeatKey:
    return _mostly(random, floor, [hand.seat for hand in floor.hands if floor.seat(hand.seat).side in floor.owed])


def _beside(random: Random, floor: Floor) -> SeatKey:
    """A colleague of somebody whose hand can be restored."""
    sides = {floor.seat(one.hand.seat).side for one in floor.lowered if floor.has(one.hand.seat)}
    return _mostly(random, floor, [seat.key for seat in floor.seats if seat.side in sides])


def _answering(random: Random, floor: Floor) -> SeatKey:
    asked = [hand.seat for hand in floor.hands if hand.kind is Kind.REPLY]
    return _mostly(random, floor, asked or ([floor.turn.seat] if floor.turn else []))


def _away(random: Random, floor: Floor) -> SeatKey:
    return _mostly(random, floor, [seat.key for seat in floor.seats if seat.away_since])


def _interrupted(random: Random, floor: Floor) -> SeatKey:
    return _mostly(random, floor, [one.seat for one in floor.unfinished])


def _held(random: Random, floor: Floor) -> SeatKey:
    return _mostly(random, floor, [one.seat for one in floor.holds])


def _entry(random: Random, floor: Floor) -> Kind:
    kinds: list[Kind] = [hand.kind for hand in floor.hands] or [*Kind]
    return random.choice(kinds)


def _number(random: Random, floor: Floor) -> int:
    return random.choice([one.number for one in floor.told] or [1])


def _over(random: Random, floor: Floor) -> tuple[SeatKey, ...]:
    return tuple(seat.key for seat in random.sample(floor.seats, 2))


def _then(random: Random, floor: Floor) -> datetime:
    return floor.at - timedelta(seconds=random.choice((0, 2, 30)))


def _sides(random: Random, floor: Floor) -> tuple[object, ...]:
    sides = [*present_sides(floor)]
    random.shuffle(sides)
    return random.choice(((), tuple(sides), tuple(sides[:1])))


def _parts(random: Random, floor: Floor) -> tuple[object, ...]:
    return tuple((side, random.randint(1, 9)) for side in present_sides(floor))


def _one_of(*values: Any) -> Draw:
    return lambda random, _: random.choice(values)


SECONDS = _one_of(0, 1, 2.5, 5, 15, 30, 60, 1200)


def _up_to(most: int, least: int = 1) -> Draw:
    return lambda random, _: random.randint(least, most)


STAGE: Mapping[str, Draw] = {
    "code": _one_of("questions", "options", BREAK),
    "mode": _one_of(*Mode),
    "minutes": _up_to(60),
    "turn": _up_to(5),
    "own": _up_to(9),
}


def _silence(random: Random, _: Floor) -> timedelta:
    return timedelta(seconds=random.choice((0.5, 2, 8, 30, 3600)))


def _given_in(random: Random, floor: Floor) -> int:
    turns = [turn.given_in for turn in (floor.turn, floor.past.turn if floor.past else None) if turn]
    return random.choice(turns or [1])


def _before(random: Random, floor: Floor) -> datetime:
    return floor.at - timedelta(seconds=random.choice((0.5, 2, 8, 30, 3600)))


def _about_now(random: Random, floor: Floor) -> datetime:
    return floor.at + timedelta(seconds=random.choice((-10, -1, 0, 0.3, 60)))


def _lasting(random: Random, floor: Floor) -> datetime | None:
    return random.choice((None, None, floor.at + timedelta(seconds=6), floor.at + timedelta(seconds=60)))


MINUTES = _one_of(None, 1, 8, 60)
NOTES = _one_of(None, None, "", "about the bus")
REASONS = _one_of(None, "must leave")
Saying = tuple[int, Any, Mapping[str, Draw]]
ASKED: tuple[Saying, ...] = (
    (14, asks.RaiseHand, {"by": _key, "note": NOTES}),
    (4, asks.LowerHand, {"by": _waiting}),
    (4, asks.RestoreHand, {"by": _lowered}),
    (3, asks.KeepHand, {"by": _holder}),
    (3, asks.WriteTurn, {"by": _key, "words": _one_of("One line.", "word " * 200)}),
    (2, asks.WriteReply, {"by": _answering, "words": _one_of("Yes.", "word " * 130)}),
    (4, asks.NotFinished, {"by": _interrupted}),
    (3, asks.AskReply, {"by": _holder, "seat": _key}),
    (1, asks.AskReply, {"by": _one_of(MEDIATOR), "seat": _key}),
    (2, asks.PassTurn, {"by": _holder, "back": _one_of(True, False)}),
    (2, asks.PassTurn, {"back": _one_of(True, False)}),
    (4, asks.HandOver, {"by": _holder, "seat": _colleague}),
    (3, asks.Tell, {"by": _key, "what": _one_of(*What), "word": _one_of(None, "provision", "EOTAS")}),
    (1, asks.TakeBack, {"by": _key, "number": _number}),
    (1, asks.AgreeRules, {"by": _key}),
    (4, asks.Finish, {"by": _holder}),
    (1, asks.BackAgain, {"by": _key}),
    (3, asks.MaySpeakForMe, {"by": _key, "seat": _key, "on": _one_of(True, False)}),
    (1, asks.MaySpeakForMe, {"by": _one_of(SeatKey("tessa")), "seat": _one_of(SeatKey("jo")), "on": _one_of(True)}),
)
COMMANDED: tuple[Saying, ...] = (
    (9, commands.GiveNext, {"seat": _next}),
    (3, commands.GiveTo, {"seat": _key, "minutes": MINUTES}),
    (1, commands.EndTurn, {}),
    (1, commands.MoreTime, {"seconds": _up_to(600, 10)}),
    (2, commands.SetMode, {"mode": _one_of(*Mode)}),
    (1, commands.SetMode, {"mode": _one_of(Mode.QUEUE)}),
    (2, commands.SetMode, {"mode": _one_of(Mode.STATEMENT), "seat": _key, "minutes": MINUTES}),
    (1, commands.SetStage, {"number": _up_to(9)}),
    (2, commands.AddHand, {"seat": _key, "note": NOTES}),
    (1, commands.RemoveHand, {"seat": _waiting, "entry": _entry, "reason": REASONS}),
    (2, commands.MoveHand, {"seat": _waiting, "place": _up_to(9), "entry": _entry, "reason": REASONS}),
    (1, commands.Pause, {"why": _one_of(Why.PAUSE, Why.BREAK), "minutes": MINUTES}),
    (4, commands.Resume, {}),
    (1, commands.Extend, {"minutes": _up_to(60)}),
    (1, commands.PutOffBreak, {"minutes": _up_to(30)}),
    (1, commands.StartRound, {"minutes": MINUTES, "sides": _sides}),
    (1, commands.LetFinish, {}),
    (2, commands.HolderYields, {}),
    (1, commands.Nothing, {}),
    (1, commands.Nudge, {"seat": _key}),
    (1, commands.Mute, {"seat": _key, "reason": _one_of(*MuteReason)}),
    (4, commands.Hold, {"seat": _key, "sure": _one_of(True, True, False)}),
    (1, commands.EndHold, {"seat": _held}),
    (1, commands.SeenTold, {"number": _number}),
    (1, commands.SeenTold, {"by": _one_of(COORDINATOR), "number": _number}),
    (
        1,
        commands.SetNumber,
        {"name": _one_of(*BOUNDS, "owed_after"), "seconds": SECONDS},
    ),
    (1, commands.UsualNumbers, {}),
    (1, commands.SetStretch, {"seat": _key, "percent": _one_of(*STRETCHES, 130)}),
    (1, commands.SetPatience, {"seat": _key, "seconds": _one_of(None, 8, 30)}),
    (1, commands.Interprets, {"seat": _key, "whom": _key}),
    (1, replanning.AddStage, {"after": _up_to(9), **STAGE}),
    (1, replanning.ChangeStage, {"number": _up_to(9), **STAGE}),
    (1, replanning.MoveStage, {"number": _up_to(9), "up": _one_of(True, False)}),
    (1, replanning.RemoveStage, {"number": _up_to(9)}),
    (1, replanning.SetRules, {"rules": _one_of(("Be kind.",), ("Be kind.", "Be brief."), ())}),
    (1, commands.SetHearing, {"on": _one_of(True, True, False)}),
    (1, commands.SetFair, {"parts": _parts}),
    (1, commands.SetTimeShown, {"on": _one_of(True, False)}),
    (1, commands.SetRecap, {"words": _one_of("", "So far: the bus.")}),
)
HEARD: tuple[Saying, ...] = (
    (2, asks.Hears, {"on": _one_of(True, True, False)}),
    (3, asks.Spoke, {"seat": _holder}),
    (3, asks.Quiet, {"seat": _holder, "given_in": _given_in, "since": _before, "until": _about_now, "still": _lasting}),
    (6, asks.Overlapped, {"seats": _over, "since": _then}),
    (2, asks.OverlapOver, {}),
)
CAME_AND_WENT: tuple[Saying, ...] = (
    (5, asks.Arrived, {"by": _away}),
    (1, asks.Left, {"by": _key}),
    (1, asks.Left, {"by": _holder}),
    (1, asks.Departed, {"by": _one_of(SeatKey("dana"), SeatKey("somebody"))}),
    (2, asks.Tick, {}),
)
SAYINGS = (*ASKED, *COMMANDED, *HEARD, *CAME_AND_WENT)
LIVELY = (*SAYINGS, (40, asks.RaiseHand, {"by": _key}), (60, commands.GiveNext, {"seat": _next}))
"""All of it, with many more turns."""
QUEUEING: tuple[Saying, ...] = (
    (30, asks.RaiseHand, {"by": _key}),
    (12, asks.RaiseHand, {"by": _beside}),
    (5, asks.LowerHand, {"by": _waiting}),
    (7, asks.LowerHand, {"by": _owed}),
    (12, asks.RestoreHand, {"by": _lowered}),
    (30, commands.GiveNext, {"seat": _next}),
    (10, asks.Hears, {"on": _one_of(True)}),
    (10, asks.Spoke, {"seat": _holder}),
    (8, commands.EndTurn, {}),
    (2, asks.Finish, {"by": _holder}),
    (2, commands.GiveTo, {"seat": _key}),
    (2, commands.MoveHand, {"seat": _key, "place": _up_to(4)}),
    (2, commands.Pause, {"why": _one_of(Why.BREAK)}),
    (4, commands.Resume, {}),
    (2, asks.Left, {"by": _key}),
    (4, asks.Arrived, {"by": _away}),
    (3, commands.SetMode, {"mode": _one_of(Mode.DRAFTING, Mode.OPEN_TALK, Mode.QUEUE)}),
)
"""People who want to speak, and what can befall a queue."""
TEMPOS = (WAITS, (0.0, 0.9, 2.0), (2.0, 9.0, 200.0), (0.9,))
ALWAYS = (asks.RaiseHand, commands.GiveNext, commands.Resume, asks.Arrived)
SERVERS = tuple(kind for _, kind, _ in (*HEARD, *CAME_AND_WENT))
Play = tuple[int, int]
PLAYS = st.tuples(st.integers(0, 2**32), st.integers(1, 60))


def played(
    play: Play, *, in_person: bool = False, people: Sequence[Seat] = PEOPLE, sayings: Sequence[Saying] = SAYINGS
) -> Iterator[tuple[Floor, Floor]]:
    """Each floor and the one that followed it. Most commands come from the mediator, and most saw the newest floor."""
    for before, _, after in told(play, in_person=in_person, people=people, sayings=sayings):
        yield before, after


def told(
    play: Play,
    *,
    in_person: bool = False,
    people: Sequence[Seat] = PEOPLE,
    sayings: Sequence[Saying] = SAYINGS,
    waits: Sequence[float] = WAITS,
) -> Iterator[tuple[Floor, asks.Signal, Floor]]:
    """The same, with what was said between. Each play has its own mix: half of all there is to say."""
    seed, length = play
    random, table = Random(seed), Table(*people, in_person=in_person)
    mix = [one for one in sayings if one[1] in ALWAYS or random.random() < 0.5]
    for number in range(length):
        before = table.floor
        table.wait(random.choice(waits))
        said = _said(random, before, number=number, sayings=mix)
        try:
            table.take(said)
        except Refusal:
            assert table.floor is before
        yield before, said, table.floor


def _said(random: Random, floor: Floor, *, number: int, sayings: Sequence[Saying]) -> asks.Signal:
    _, kind, draws = random.choices(sayings, [weight for weight, _, _ in sayings])[0]
    said = {name: draw(random, floor) for name, draw in draws.items()}
    if kind in SERVERS:
        return kind(**said)  # type: ignore[no-any-return]
    by = MEDIATOR if random.random() < 0.9 else _key(random, floor)
    version = floor.version - random.choice((0, 0, 0, 0, 0, 1, 3))
    return kind(**{"by": by, **said}, op=f"op-{number:06}", version=version)  # type: ignore[no-any-return]
