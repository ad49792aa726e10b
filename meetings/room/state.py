"""Rules: what is true of a floor at one moment, as one frozen value, and the plain questions it answers.

Times are aware and in UTC. `Floor.at` is the floor's own time: the moment up to which everything is reckoned; it never
runs backwards, whatever a clock of some worker says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from cases.case import Side
from database.refusal import Refusal
from meetings.room.entries import Hand, Kind, Lowered, Overlap, Past, Round, Turn, Unfinished
from meetings.room.numbers import USUAL, Numbers
from meetings.room.reckoned import once
from meetings.room.seats import NoSuchSeat, Seat, SeatKey
from meetings.room.stages import GROUND_RULES, PLAN, Mode, Stage
from meetings.room.steps import Held, Taken
from meetings.room.told import Told

Event = Mapping[str, str | int | bool]
COORDINATOR = SeatKey("coordinator")
"""Who looks after the room from outside: not one of its people, and may see what was told."""


class NotAllowed(Refusal):
    """That cannot be done here."""


class Why(StrEnum):
    """Why everything stands still."""

    PAUSE = "pause"
    BREAK = "break"
    UNATTENDED = "unattended"


@dataclass(frozen=True, kw_only=True)
class Pause:
    """A standstill; `until` is what was announced, and ends nothing by itself."""

    why: Why
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Floor:
    """Who has the floor, who waits, in which order, and everything that decides it.

    `spent` weighs the floor time of each side in this stage, `passed` counts how often a waiting side was passed over,
    `owed` lists sides in the order in which they became owed, `own_minutes` is what each side's own time was set to.
    `waved_at` is when the newest of the `waves` of hands began, `unheard` the sides of which somebody had the floor and
    was not heard, and nobody since. `past` is the turn that ended last in this stage, where it was charged. `ruled` and
    `ordered` are the versions in which a process person's view of the floor, and the order of hands, last changed;
    `ruled_by` is whose command it was, None when it was no command. `planned` and `planned_by` are the same for the
    plan and the rules, `rules_in` for the rules alone. `awaited` holds until a process person has come in for the first
    time, `rested_at` is when everything last began to stand still, `round_order` that of the last round. `back` is who
    is back from the break that goes on, `break_planned` is when the next break was due before somebody asked for it
    now, and `break_askers` who did so lately. `hearing` is whether the mediator lets speech be listened to, `ears`
    whether it is just now; until `card_until` everybody is told that the holder still has the floor. `events` tells
    what led to this version. `ops` are the last operations of each seat, with the version that each led to, and
    `forgotten` the version of the newest of theirs that is not there any more; `done` are those of a floor that was
    saved before.
    """

    version: int
    at: datetime
    lot: str
    opened_at: datetime
    in_person: bool
    stage: int
    stage_since: datetime
    mode: Mode
    break_due: datetime
    ends_at: datetime | None = None
    plan: tuple[Stage, ...] = PLAN
    rules: tuple[str, ...] = GROUND_RULES
    recap: str = ""
    time_shown: bool = False
    hearing: bool = True
    ears: bool = False
    numbers: Numbers = USUAL
    seats: tuple[Seat, ...] = ()
    turn: Turn | None = None
    past: Past | None = None
    round: Round | None = None
    rounds: int = 0
    round_order: tuple[Side, ...] = ()
    pause: Pause | None = None
    rested_at: datetime | None = None
    back: tuple[SeatKey, ...] = ()
    break_planned: datetime | None = None
    break_askers: tuple[tuple[SeatKey, datetime], ...] = ()
    awaited: bool = False
    unattended_since: datetime | None = None
    safe_hold: bool = False
    hands: tuple[Hand, ...] = ()
    lowered: tuple[Lowered, ...] = ()
    unfinished: tuple[Unfinished, ...] = ()
    overlap: Overlap | None = None
    card_until: datetime | None = None
    holds: tuple[Held, ...] = ()
    steps: tuple[Taken, ...] = ()
    told: tuple[Told, ...] = ()
    tellings: int = 0
    waves: int = 0
    waved_at: datetime | None = None
    fair: Mapping[Side, int] = field(default_factory=dict)
    spent: Mapping[Side, timedelta] = field(default_factory=dict)
    spoken: tuple[SeatKey, ...] = ()
    unheard: tuple[Side, ...] = ()
    stated: tuple[Side, ...] = ()
    own_minutes: int | None = None
    passed: Mapping[Side, int] = field(default_factory=dict)
    owed: tuple[Side, ...] = ()
    ruled: int = 0
    ruled_by: SeatKey | None = None
    ordered: int = 0
    planned: int = 0
    planned_by: SeatKey | None = None
    rules_in: int = 0
    done: tuple[tuple[SeatKey, str], ...] = ()
    ops: tuple[tuple[SeatKey, str, int], ...] = ()
    forgotten: Mapping[SeatKey, int] = field(default_factory=dict)
    events: tuple[Event, ...] = ()

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a floor's time has a zone")
        if any(share < 1 for share in self.fair.values()):
            raise ValueError("a fair share is at least one part")

    @property
    def current(self) -> Stage:
        return self.plan[self.stage - 1]

    @property
    def frozen(self) -> bool:
        """Nobody joins the queue during a break, in private rooms, or while no process person is here (Q11)."""
        rests = self.pause is not None and self.pause.why is not Why.PAUSE
        return self.awaited or rests or self.mode is Mode.PRIVATE_ROOMS

    @property
    def still(self) -> bool:
        """Whether the floor stands still for everybody: in a standstill, or while people are in private rooms."""
        return self.pause is not None or self.mode is Mode.PRIVATE_ROOMS

    @property
    def runs(self) -> bool:
        """Whether time counts for the holder at this moment: not in a standstill, away, or spoken over (3.5, 3.6)."""
        if self.turn is None or self.pause is not None or not self.present(self.turn.seat):
            return False
        return self.overlap is None or self.overlap.over

    @property
    def hears_holder(self) -> bool:
        """Whether speech of the one who has the floor would be heard: no browser reports a voice without a screen."""
        return self.ears and self.turn is not None and all(seat.screen for seat in self.sharing(self.turn.seat))

    def seat(self, key: SeatKey) -> Seat:
        try:
            return _people(self)[key]
        except KeyError:
            raise NoSuchSeat from None

    def has(self, key: SeatKey) -> bool:
        return key in _people(self)

    def owner(self, key: SeatKey) -> SeatKey:
        """Whose hand and whose turn this person uses: their own, or that of the one they speak for or interpret."""
        seat = self.seat(key)
        if seat.interprets and seat.helps:
            seat = _people(self).get(seat.helps, seat)
        return seat.speaks_for or seat.key

    def sharing(self, key: SeatKey) -> Iterator[Seat]:
        """Those who may speak in this seat's turn: the person, and whoever they let speak for them."""
        return (seat for seat in self.seats if key in {seat.key, seat.speaks_for})

    def present(self, key: SeatKey) -> bool:
        return any(seat.here for seat in self.sharing(key))

    def holds_floor(self, seat: Seat) -> bool:
        """Whether this person may speak in the turn that runs."""
        return self.turn is not None and seat.takes_turns and self.owner(seat.key) == self.turn.seat

    def hand(self, key: SeatKey, kind: Kind = Kind.TURN) -> Hand | None:
        return next((hand for hand in self.hands if hand.seat == key and hand.kind is kind), None)

    def with_seat(self, seat: Seat) -> "Floor":
        return replace(self, seats=tuple(seat if one.key == seat.key else one for one in self.seats))

    def noting(self, kind: str, **facts: str | int | bool) -> "Floor":
        """The same floor with one more event; events name seats, never persons, and hold nothing that was said."""
        return replace(self, events=(*self.events, {"kind": kind, **facts}))


@once
def _people(floor: Floor) -> Mapping[SeatKey, Seat]:
    return {seat.key: seat for seat in floor.seats}
