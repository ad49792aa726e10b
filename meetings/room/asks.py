"""Rules: what a person may ask of the floor for themselves, as frozen values; and what only the server may say.

Whoever asks is known from their line, never from their words: the server sets `by`. What only the server may say has no
word on the socket, so no text can ever be read as one.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from meetings.room.seats import Seat, SeatKey
from meetings.room.told import What

SERVER = SeatKey("")


@dataclass(frozen=True, kw_only=True)
class Signal:
    """What somebody asks of the floor. `op` names this very asking; `version` is what its sender saw."""

    by: SeatKey
    op: str = ""
    version: int | None = None
    server: ClassVar[bool] = False


@dataclass(frozen=True, kw_only=True)
class Heartbeat(Signal):
    """I am still here."""


@dataclass(frozen=True, kw_only=True)
class RaiseHand(Signal):
    """I ask to speak. Asking again changes the note, never the place (Q2); `note` is for process people and me."""

    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class LowerHand(Signal):
    """I no longer ask."""


@dataclass(frozen=True, kw_only=True)
class RestoreHand(Signal):
    """That was by accident: I want my place back."""


@dataclass(frozen=True, kw_only=True)
class KeepHand(Signal):
    """My hand was taken down as I speak now: I want another turn after this one (Q13)."""


@dataclass(frozen=True, kw_only=True)
class WriteTurn(Signal):
    """I ask for a turn whose words are these: when it comes, they are read (3.9)."""

    words: str


@dataclass(frozen=True, kw_only=True)
class NotFinished(Signal):
    """I was interrupted, and ask for the rest of my time (Q8)."""


@dataclass(frozen=True, kw_only=True)
class AskReply(Signal):
    """I ask this person a direct question: their answer comes directly after my turn (Q7)."""

    seat: SeatKey


@dataclass(frozen=True, kw_only=True)
class WriteReply(Signal):
    """I answer the question that I was asked in writing: these words are read directly after it (3.9, Q7)."""

    words: str


@dataclass(frozen=True, kw_only=True)
class PassTurn(Signal):
    """My side says nothing in this round; with `back`, it is asked once more at the end (3.10)."""

    back: bool


@dataclass(frozen=True, kw_only=True)
class HandOver(Signal):
    """Somebody else of my side goes on in the time that is left to us (3.10)."""

    seat: SeatKey


@dataclass(frozen=True, kw_only=True)
class Tell(Signal):
    """Something for process people alone, outside the queue (3.3). `word` is the word that was not understood."""

    what: What
    word: str | None = None


@dataclass(frozen=True, kw_only=True)
class TakeBack(Signal):
    """What I told you, under this number, is settled."""

    number: int


@dataclass(frozen=True, kw_only=True)
class AgreeRules(Signal):
    """I agree to the ground rules of this sitting."""


@dataclass(frozen=True, kw_only=True)
class BackAgain(Signal):
    """I am back from the break."""


@dataclass(frozen=True, kw_only=True)
class Finish(Signal):
    """I have finished."""


@dataclass(frozen=True, kw_only=True)
class MaySpeakForMe(Signal):
    """The person in `seat` may speak in my turn; or no longer."""

    seat: SeatKey
    on: bool


@dataclass(frozen=True, kw_only=True)
class Seated(Signal):
    """Server only: this person has been admitted."""

    server: ClassVar[bool] = True
    seat: Seat


@dataclass(frozen=True, kw_only=True)
class Arrived(Signal):
    """Server only: the line of this seat lives."""


@dataclass(frozen=True, kw_only=True)
class Left(Signal):
    """Server only: this seat has no line that lives, since then; or had none until it was `back`."""

    since: datetime | None = None
    back: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Departed(Signal):
    """Server only: this person has left the meeting for good, or was moved out."""


@dataclass(frozen=True, kw_only=True)
class Report(Signal):
    """At `at` milliseconds of my browser's own clock these are heard. It is not for the floor, but for who hears."""

    at: int
    seats: frozenset[SeatKey]
    rtt: int | None = None


@dataclass(frozen=True, kw_only=True)
class Hears(Signal):
    """Server only: a process person's browser reports who is heard; or no longer."""

    server: ClassVar[bool] = True
    on: bool
    by: SeatKey = SERVER


@dataclass(frozen=True, kw_only=True)
class Spoke(Signal):
    """Server only: the one who has the floor has been heard for three seconds (Q13)."""

    server: ClassVar[bool] = True
    seat: SeatKey
    by: SeatKey = SERVER


@dataclass(frozen=True, kw_only=True)
class Quiet(Signal):
    """Server only: from `since` until `until`, inside the turn that was given in this version, there was no speech.

    It is silence that the person's patience covers (3.5). `still`: it lasts, and until then is covered as well.
    """

    server: ClassVar[bool] = True
    seat: SeatKey
    given_in: int
    since: datetime
    until: datetime
    still: datetime | None = None
    by: SeatKey = SERVER


@dataclass(frozen=True, kw_only=True)
class Overlapped(Signal):
    """Server only: these persons of other sides have been heard over the holder for two seconds (3.6)."""

    server: ClassVar[bool] = True
    seats: tuple[SeatKey, ...]
    since: datetime
    by: SeatKey = SERVER


@dataclass(frozen=True, kw_only=True)
class OverlapOver(Signal):
    """Server only: nobody is heard over the holder any more."""

    server: ClassVar[bool] = True
    by: SeatKey = SERVER


@dataclass(frozen=True, kw_only=True)
class Tick(Signal):
    """Server only: time has gone by."""

    server: ClassVar[bool] = True
    by: SeatKey = SERVER
