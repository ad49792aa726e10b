"""Rules: what waits for the floor and what runs on it: hands, turns, what is left of a turn, and a round."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cases.case import Side
from meetings.room.seats import SeatKey


class Kind(StrEnum):
    """What an entry in the queue asks for: a turn; an answer to a direct question (Q7); the rest of a turn (Q8)."""

    TURN = "turn"
    REPLY = "reply"
    FINISHING = "finishing"


@dataclass(frozen=True, kw_only=True)
class Rest:
    """What was left of a turn: as everybody may know it, and stretched for this seat.

    `answer`: it was the answer to a direct question; `words` are those of a text turn, which are read again.
    """

    planned: timedelta
    budget: timedelta
    answer: bool = False
    words: str | None = None


@dataclass(frozen=True, kw_only=True)
class Hand:
    """One waiting entry. Hands of one `wave` count as raised at one moment; `place` is where it was put.

    A `note` is for its owner and process people, `words` are a text turn that all will read when it comes, `reason` is
    the mediator's private word for moving it. `rest` is what an interrupted turn has left.
    """

    seat: SeatKey
    since: datetime
    wave: int
    kind: Kind = Kind.TURN
    overtaken: int = 0
    place: int | None = None
    moved: bool = False
    added: bool = False
    note: str | None = None
    words: str | None = None
    reason: str | None = None
    rest: Rest | None = None

    @property
    def waits_in_turn(self) -> bool:
        """Whether the rules of fairness rank this entry; what was placed stands outside both bounds."""
        return self.kind is Kind.TURN and self.place is None


@dataclass(frozen=True, kw_only=True)
class Lowered:
    """A hand that its owner took down, and until when the place can be taken back."""

    hand: Hand
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What ranks those who wait: `passed` and `owed` of sides (Q5), `overtaken` (Q6) and `spoken` of persons (Q4)."""

    passed: Mapping[Side, int]
    owed: tuple[Side, ...]
    overtaken: Mapping[SeatKey, int]
    spoken: tuple[SeatKey, ...]


@dataclass(frozen=True, kw_only=True)
class Turn:
    """The turn that runs. `planned` is what everybody may know, `budget` the same stretched for this seat.

    `hand` is the entry that it came from, up until its owner has spoken; then it can be kept `keep_until`. `before` is
    how all stood when it was given, so that a turn that was never heard leaves no trace. `asked` is whom the holder has
    asked a direct question, `words` what a text turn says, `silent` what of `ran` was no speech, as far as it is
    reckoned, up to `quiet_to`; the holder is silent now, and is not charged for it before `still_to`. `ran_from` and
    `ran_to` are the last time that it ran without a stop.
    """

    seat: SeatKey
    given_at: datetime
    given_in: int
    planned: timedelta
    budget: timedelta
    own_time: bool
    kind: Kind = Kind.TURN
    ran: timedelta = timedelta(0)
    silent: timedelta = timedelta(0)
    quiet_to: datetime | None = None
    still_to: datetime | None = None
    kept_until: datetime | None = None
    hand: Hand | None = None
    before: Counts | None = None
    keep_until: datetime | None = None
    asked: SeatKey | None = None
    words: str | None = None
    answer: bool = False
    ran_from: datetime | None = None
    ran_to: datetime | None = None

    @property
    def answers(self) -> bool:
        """Whether it is no turn of its own, but an answer to a direct question, or the rest of one (Q7)."""
        return self.kind is Kind.REPLY or self.answer

    def began_after(self, version: int | None) -> bool:
        """Whether what was said of this version of the floor was said of an earlier turn; without one, of this."""
        return version is not None and version < self.given_in

    @property
    def rest(self) -> Rest:
        """What is left of it."""
        nothing = timedelta(0)
        planned, budget = max(nothing, self.planned - self.ran), max(nothing, self.budget - self.ran)
        return Rest(planned=planned, budget=budget, answer=self.answers, words=self.words)


@dataclass(frozen=True, kw_only=True)
class Past:
    """The turn that ended last, and when: what is heard of it a moment later is still reckoned."""

    turn: Turn
    side: Side
    weight: int
    ended_at: datetime


@dataclass(frozen=True, kw_only=True)
class Unfinished:
    """A turn lost by interruption, and until when the rest of it can be asked for; None while its owner is away."""

    seat: SeatKey
    rest: Rest
    until: datetime | None


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """Persons of other sides are heard over the holder, whose time stands still until it is `over`."""

    seats: tuple[SeatKey, ...]
    since: datetime
    over: bool = False


@dataclass(frozen=True, kw_only=True)
class Round:
    """Each side once, in `order`: `waiting` is whose turn is to come, `back` who passed and was to be asked again.

    `later` are sides that were not here when it was their turn: they are waited for, and hold up nobody.
    """

    number: int
    order: tuple[Side, ...]
    waiting: tuple[Side, ...]
    minutes: int
    agreed: bool = False
    said: tuple[Side, ...] = ()
    passed: tuple[Side, ...] = ()
    back: tuple[Side, ...] = ()
    later: tuple[Side, ...] = ()
