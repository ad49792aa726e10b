"""Any play at all, for properties: whatever anybody may say to the floor, in any order, at any time, refused or not.

A play is a seed and a length: hypothesis shortens it from its end, and the mix stays as lively as a real sitting.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from random import Random
from typing import Any

from hypothesis import strategies as st

from database.refusal import Refusal
from meetings.room import asks, commands
from meetings.room.floor import Floor, SeatKey
from meetings.room.order import next_hand
from meetings.room.stages import Mode
from meetings.room.state import Why
from tests.meetings.room.table import COLIN, DANA, FREYA, JO, LENA, MINA, OWEN, ROWAN, TESSA, Table

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
)
MEDIATOR = SeatKey("mediator")
KEYS = (*(seat.key for seat in PEOPLE), MEDIATOR)
WAITS = (0.0, 0.4, 2.0, 3.0, 3.0, 8.0, 25.0, 100.0)
Draw = Callable[[Random, Floor], Any]


def _key(random: Random, _: Floor) -> SeatKey:
    return random.choice(KEYS)


def _next(random: Random, floor: Floor) -> SeatKey:
    hand = next_hand(floor)
    return hand.seat if hand and random.random() < 0.8 else random.choice(KEYS)


def _waiting(random: Random, floor: Floor) -> SeatKey:
    return random.choice([hand.seat for hand in floor.hands] or KEYS)


def _holder(random: Random, floor: Floor) -> SeatKey:
    return floor.turn.seat if floor.turn and random.random() < 0.7 else random.choice(KEYS)


def _lowered(random: Random, floor: Floor) -> SeatKey:
    return random.choice([one.hand.seat for one in floor.lowered] or KEYS)


def _away(random: Random, floor: Floor) -> SeatKey:
    return random.choice([seat.key for seat in floor.seats if seat.away_since] or KEYS)


def _one_of(*values: Any) -> Draw:
    return lambda random, _: random.choice(values)


def _up_to(most: int, least: int = 1) -> Draw:
    return lambda random, _: random.randint(least, most)


MINUTES = _one_of(None, 1, 8, 60)
SAYINGS: tuple[tuple[int, Any, Mapping[str, Draw]], ...] = (
    (14, asks.RaiseHand, {"by": _key}),
    (4, asks.LowerHand, {"by": _waiting}),
    (4, asks.RestoreHand, {"by": _lowered}),
    (4, asks.Finish, {"by": _holder}),
    (3, asks.MaySpeakForMe, {"by": _key, "seat": _key, "on": _one_of(True, False)}),
    (1, asks.MaySpeakForMe, {"by": _one_of(SeatKey("tessa")), "seat": _one_of(SeatKey("jo")), "on": _one_of(True)}),
    (6, commands.GiveNext, {"seat": _next}),
    (3, commands.GiveTo, {"seat": _key, "minutes": MINUTES}),
    (1, commands.EndTurn, {}),
    (1, commands.MoreTime, {"seconds": _up_to(600, 10)}),
    (2, commands.SetMode, {"mode": _one_of(*Mode)}),
    (2, commands.SetMode, {"mode": _one_of(Mode.STATEMENT), "seat": _key, "minutes": MINUTES}),
    (1, commands.SetStage, {"number": _up_to(9)}),
    (2, commands.AddHand, {"seat": _key}),
    (1, commands.RemoveHand, {"seat": _waiting}),
    (2, commands.MoveHand, {"seat": _waiting, "place": _up_to(9)}),
    (1, commands.Pause, {"why": _one_of(Why.PAUSE, Why.BREAK), "minutes": MINUTES}),
    (4, commands.Resume, {}),
    (5, asks.Arrived, {"by": _away}),
    (3, asks.Left, {"by": _key}),
    (1, asks.Left, {"by": _holder}),
    (1, asks.Departed, {"by": _one_of(SeatKey("dana"), SeatKey("somebody"))}),
    (2, asks.Tick, {}),
)
WEIGHTS = [weight for weight, _, _ in SAYINGS]
SERVERS = (asks.Arrived, asks.Left, asks.Departed, asks.Tick)
Play = tuple[int, int]
PLAYS = st.tuples(st.integers(0, 2**32), st.integers(1, 60))


def played(play: Play, *, in_person: bool = False) -> Iterator[tuple[Floor, Floor]]:
    """Each floor and the one that followed it. Most commands come from the mediator, and most saw the newest floor."""
    seed, length = play
    random, table = Random(seed), Table(*PEOPLE, in_person=in_person)
    for number in range(length):
        before = table.floor
        table.wait(random.choice(WAITS))
        try:
            table.take(_said(random, before, number))
        except Refusal:
            assert table.floor is before
        yield before, table.floor


def _said(random: Random, floor: Floor, number: int) -> asks.Signal:
    _, kind, draws = random.choices(SAYINGS, WEIGHTS)[0]
    said = {name: draw(random, floor) for name, draw in draws.items()}
    if kind in SERVERS:
        return kind(**said)  # type: ignore[no-any-return]
    by = MEDIATOR if random.random() < 0.9 else random.choice(KEYS)
    version = floor.version - random.choice((0, 0, 0, 0, 0, 1, 3))
    return kind(**{"by": by, **said}, op=f"op-{number:06}", version=version)  # type: ignore[no-any-return]
