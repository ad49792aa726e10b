"""Rules: what may be asked of the floor, as frozen values; who may ask, and what only the server may say.

Whoever asks is known from their line, never from their words: the server sets `by`. What only the server may say has no
word on the socket, so no text can ever be read as one.
"""

from dataclasses import dataclass
from typing import ClassVar

from meetings.room.stages import Mode
from meetings.room.state import Seat, SeatKey, Why

SERVER = SeatKey("")


@dataclass(frozen=True, kw_only=True)
class Signal:
    """What somebody asks of the floor. `op` names this very asking; `version` is what its sender saw."""

    by: SeatKey
    op: str = ""
    version: int | None = None
    process: ClassVar[bool] = False


@dataclass(frozen=True, kw_only=True)
class Heartbeat(Signal):
    """I am still here."""


@dataclass(frozen=True, kw_only=True)
class RaiseHand(Signal):
    """I ask to speak."""


@dataclass(frozen=True, kw_only=True)
class LowerHand(Signal):
    """I no longer ask."""


@dataclass(frozen=True, kw_only=True)
class RestoreHand(Signal):
    """That was by accident: I want my place back."""


@dataclass(frozen=True, kw_only=True)
class Finish(Signal):
    """I have finished."""


@dataclass(frozen=True, kw_only=True)
class MaySpeakForMe(Signal):
    """The person in `seat` may speak in my turn; or no longer."""

    seat: SeatKey
    on: bool


@dataclass(frozen=True, kw_only=True)
class Command(Signal):
    """Something that only process people may ask."""

    process: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class GiveNext(Command):
    """The floor to the next in the order, whom the sender saw to be `seat`."""

    seat: SeatKey


@dataclass(frozen=True, kw_only=True)
class GiveTo(Command):
    """The floor to a chosen person, waiting or not."""

    seat: SeatKey
    minutes: int | None = None


@dataclass(frozen=True, kw_only=True)
class EndTurn(Command):
    """The turn is over."""


@dataclass(frozen=True, kw_only=True)
class MoreTime(Command):
    """The turn may last longer, by this many seconds."""

    seconds: int


@dataclass(frozen=True, kw_only=True)
class SetMode(Command):
    """From now on people take turns in this way; with `seat`, that person's side has its own time at once."""

    mode: Mode
    seat: SeatKey | None = None
    minutes: int | None = None


@dataclass(frozen=True, kw_only=True)
class SetStage(Command):
    """The sitting goes to this stage of its plan, counted from one."""

    number: int


@dataclass(frozen=True, kw_only=True)
class AddHand(Command):
    """Somebody asks to speak who cannot press: by phone, at the table."""

    seat: SeatKey


@dataclass(frozen=True, kw_only=True)
class RemoveHand(Command):
    """This entry goes."""

    seat: SeatKey


@dataclass(frozen=True, kw_only=True)
class MoveHand(Command):
    """This entry goes to this place, counted from one."""

    seat: SeatKey
    place: int


@dataclass(frozen=True, kw_only=True)
class Pause(Command):
    """Everything stands still, for a moment or for a break of so many minutes."""

    why: Why
    minutes: int | None = None


@dataclass(frozen=True, kw_only=True)
class Resume(Command):
    """We go on where we were."""


@dataclass(frozen=True, kw_only=True)
class Seated(Signal):
    """Server only: this person has been admitted."""

    seat: Seat


@dataclass(frozen=True, kw_only=True)
class Arrived(Signal):
    """Server only: the line of this seat lives."""


@dataclass(frozen=True, kw_only=True)
class Left(Signal):
    """Server only: this seat has no line that lives."""


@dataclass(frozen=True, kw_only=True)
class Departed(Signal):
    """Server only: this person has left the meeting for good, or was moved out."""


@dataclass(frozen=True, kw_only=True)
class Tick(Signal):
    """Server only: time has gone by."""

    by: SeatKey = SERVER
