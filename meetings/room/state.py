"""Rules: what is true of a floor at one moment, as one frozen value, and the plain questions it answers.

Times are aware and in UTC. `Floor.at` is the floor's own time: the moment up to which everything is reckoned; it never
runs backwards, whatever a clock of some worker says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from cases.case import Side, Standing
from database.refusal import Refusal
from meetings.room.stages import PLAN, Mode, Stage

SeatKey = NewType("SeatKey", str)
Event = Mapping[str, str | int | bool]

# Percent of ordinary time, and how much a moment of speech then weighs in a side's share, so that sums stay whole.
WEIGHTS: Mapping[int, int] = {100: 30, 125: 24, 150: 20, 200: 15}


PATIENCE = timedelta(seconds=8)
NEEDS_TIME = timedelta(seconds=30)


class NoSuchSeat(Refusal):
    """That person is not in this meeting."""


class NotAllowed(Refusal):
    """That cannot be done here."""


class Office(StrEnum):
    """What a process person is in the room for. A trainee sees the desk and does nothing."""

    MEDIATOR = "mediator"
    CO_MEDIATOR = "co_mediator"
    TRAINEE = "trainee"


class Kind(StrEnum):
    """What an entry in the queue asks for: a turn; an answer to a direct question (Q7); the rest of a turn (Q8)."""

    TURN = "turn"
    REPLY = "reply"
    FINISHING = "finishing"


class Step(StrEnum):
    """A step on the ladder of microphones, the softest first (3.4)."""

    NUDGE = "nudge"
    MUTE = "mute"
    HOLD = "hold"


class MuteReason(StrEnum):
    """Why the mediator muted somebody, as that person is told."""

    NOISE = "noise"
    ECHO = "echo"
    LEFT_ON = "left_on"
    TURN = "turn"


class What(StrEnum):
    """What somebody tells the process people outside the queue (3.3). WORD is told without a name."""

    PAUSE = "pause"
    BREAK = "break"
    AGAIN = "again"
    SLOWER = "slower"
    LOST = "lost"
    WORD = "word"
    SOUND = "sound"
    UPSET = "upset"
    MEDIATOR = "mediator"
    SUPPORTER = "supporter"


class Why(StrEnum):
    """Why everything stands still."""

    PAUSE = "pause"
    BREAK = "break"
    UNATTENDED = "unattended"


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """The numbers of the specification (3.2 to 3.12), in one place; a sitting carries its own."""

    simultaneous: timedelta = timedelta(seconds=1)
    undo: timedelta = timedelta(seconds=10)
    kept: timedelta = timedelta(seconds=90)
    grace: timedelta = timedelta(seconds=20)
    reply: timedelta = timedelta(seconds=60)
    unfinished: timedelta = timedelta(seconds=60)
    hold: timedelta = timedelta(seconds=60)
    unseen: timedelta = timedelta(seconds=60)
    cue: timedelta = timedelta(seconds=30)
    card: timedelta = timedelta(seconds=20)
    break_every: timedelta = timedelta(minutes=50)
    unattended_stops: timedelta = timedelta(seconds=5)
    unattended_holds: timedelta = timedelta(seconds=20)
    owed_after: int = 2


@dataclass(frozen=True, kw_only=True)
class Seat:
    """One person who has been admitted. `helps` is whom they interpret or support; `speaks_for` whose turn they share.

    `stretch` is their time in percent of ordinary time; silence of up to `patience` inside their turn is not charged
    as speech, None for without limit. A seat without a `screen` (by phone, round a real table) is never away, as there
    is no line that could drop. `office` is what a process person is here for, `agreed` whether they have agreed to the
    ground rules.
    """

    key: SeatKey
    label: str
    side: Side
    standing: Standing
    tag: str | None = None
    office: Office | None = None
    stretch: int = 100
    patience: timedelta | None = PATIENCE
    agreed: bool = False
    screen: bool = True
    helps: SeatKey | None = None
    speaks_for: SeatKey | None = None
    away_since: datetime | None = None

    def __post_init__(self) -> None:
        if self.stretch not in WEIGHTS:
            raise ValueError(f"time cannot be stretched to {self.stretch} percent")

    @property
    def process(self) -> bool:
        return self.standing is Standing.PROCESS

    @property
    def leads(self) -> bool:
        """Whether this person may give commands: process people may, but a trainee."""
        return self.process and self.office is not Office.TRAINEE

    @property
    def takes_turns(self) -> bool:
        """Process people speak without a turn, and a language worker in the turn of another."""
        return self.standing not in {Standing.PROCESS, Standing.LANGUAGE_WORKER}


@dataclass(frozen=True, kw_only=True)
class Hand:
    """One waiting entry. Hands of one `wave` count as raised at one moment; `place` is where the mediator moved it."""

    seat: SeatKey
    since: datetime
    wave: int
    overtaken: int = 0
    place: int | None = None
    added: bool = False


@dataclass(frozen=True, kw_only=True)
class Lowered:
    """A hand that its owner took down, and until when the place can be taken back."""

    hand: Hand
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Turn:
    """The turn that runs. `planned` is what everybody may know, `budget` the same stretched for this seat."""

    seat: SeatKey
    given_at: datetime
    given_in: int
    planned: timedelta
    budget: timedelta
    own_time: bool
    ran: timedelta = timedelta(0)
    kept_until: datetime | None = None


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
    `owed` lists sides in the order in which they became owed. `ruled` and `ordered` are the versions in which a process
    person's view of the floor, and the order of hands, last changed. `awaited` holds until a process person has come in
    for the first time. While `hearing` is on it matters who is heard; `ear` is the process person whose browser reports
    it. `events` tells what led to this version.
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
    plan: tuple[Stage, ...] = PLAN
    numbers: Numbers = Numbers()
    seats: tuple[Seat, ...] = ()
    turn: Turn | None = None
    pause: Pause | None = None
    awaited: bool = False
    unattended_since: datetime | None = None
    safe_hold: bool = False
    hands: tuple[Hand, ...] = ()
    lowered: tuple[Lowered, ...] = ()
    waves: int = 0
    fair: Mapping[Side, int] = field(default_factory=dict)
    spent: Mapping[Side, timedelta] = field(default_factory=dict)
    spoken: tuple[SeatKey, ...] = ()
    stated: tuple[Side, ...] = ()
    passed: Mapping[Side, int] = field(default_factory=dict)
    owed: tuple[Side, ...] = ()
    ruled: int = 0
    ordered: int = 0
    hearing: bool = True
    ear: SeatKey | None = None
    done: tuple[tuple[SeatKey, str], ...] = ()
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
        """Nobody joins the queue during a break, or while no process person is here."""
        return self.awaited or (self.pause is not None and self.pause.why is not Why.PAUSE)

    @property
    def runs(self) -> bool:
        """Whether time counts for the holder at this moment."""
        return self.turn is not None and self.pause is None and self.present(self.turn.seat)

    def seat(self, key: SeatKey) -> Seat:
        for seat in self.seats:
            if seat.key == key:
                return seat
        raise NoSuchSeat

    def has(self, key: SeatKey) -> bool:
        return any(seat.key == key for seat in self.seats)

    def owner(self, key: SeatKey) -> SeatKey:
        """Whose hand and whose turn this person uses: their own, or that of the one they speak for or interpret."""
        seat = self.seat(key)
        if seat.standing is Standing.LANGUAGE_WORKER and seat.helps and self.has(seat.helps):
            seat = self.seat(seat.helps)
        return seat.speaks_for or seat.key

    def sharing(self, key: SeatKey) -> Iterator[Seat]:
        """Those who may speak in this seat's turn: the person, and whoever they let speak for them."""
        return (seat for seat in self.seats if key in {seat.key, seat.speaks_for})

    def present(self, key: SeatKey) -> bool:
        return any(seat.away_since is None for seat in self.sharing(key))

    def hand(self, key: SeatKey) -> Hand | None:
        return next((hand for hand in self.hands if hand.seat == key), None)

    def with_seat(self, seat: Seat) -> "Floor":
        return replace(self, seats=tuple(seat if one.key == seat.key else one for one in self.seats))

    def noting(self, kind: str, **facts: str | int | bool) -> "Floor":
        """The same floor with one more event; events name seats, never persons, and hold nothing that was said."""
        return replace(self, events=(*self.events, {"kind": kind, **facts}))
