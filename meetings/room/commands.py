"""Rules: what only process people may ask of the floor, as frozen values. Each carries the version its sender saw."""

from dataclasses import dataclass
from typing import ClassVar

from cases.case import Side
from meetings.room.asks import Signal
from meetings.room.entries import Kind
from meetings.room.seats import SeatKey
from meetings.room.stages import Mode
from meetings.room.state import Why
from meetings.room.steps import MuteReason


@dataclass(frozen=True, kw_only=True)
class Command(Signal):
    """Something that only process people may ask.

    A `gentle` one touches nothing that another's command relies on; one that is `always` meant relies on nothing
    either, so that it is in time however late it comes. One that `plans` relies on the plan and the rules alone.
    """

    gentle: ClassVar[bool] = False
    always: ClassVar[bool] = False
    plans: ClassVar[bool] = False


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
    """Somebody asks to speak who cannot press: by phone, at the table; with a note for process people and them."""

    seat: SeatKey
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class RemoveHand(Command):
    """This entry goes. `reason` is for process people alone, and goes with the sitting (Q9)."""

    seat: SeatKey
    entry: Kind = Kind.TURN
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class MoveHand(Command):
    """This entry goes to this place, counted from one. `reason` is for process people alone (Q9)."""

    seat: SeatKey
    place: int
    entry: Kind = Kind.TURN
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Pause(Command):
    """Everything stands still, for a moment or for a break of so many minutes."""

    why: Why
    minutes: int | None = None


@dataclass(frozen=True, kw_only=True)
class Resume(Command):
    """We go on where we were."""


@dataclass(frozen=True, kw_only=True)
class PutOffBreak(Command):
    """The break that is due comes in so many minutes (3.5)."""

    gentle: ClassVar[bool] = True
    always: ClassVar[bool] = True
    minutes: int


@dataclass(frozen=True, kw_only=True)
class Extend(Command):
    """The sitting is planned to end so many minutes later."""

    minutes: int


@dataclass(frozen=True, kw_only=True)
class StartRound(Command):
    """A round by side begins: in this order if the sides agreed on one, else drawn and turned on by one (3.10)."""

    minutes: int | None = None
    sides: tuple[Side, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LetFinish(Command):
    """Somebody spoke over the holder: everybody is told that the holder still has the floor (3.6)."""

    gentle: ClassVar[bool] = True
    always: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class HolderYields(Command):
    """Somebody spoke over the holder: the turn stops here, and what is left of it is kept (3.6)."""


@dataclass(frozen=True, kw_only=True)
class Nothing(Command):
    """What seemed to be an interruption was none (3.6)."""

    gentle: ClassVar[bool] = True
    always: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class Nudge(Command):
    """This person is told, and nobody else, that somebody waits to speak (3.4)."""

    gentle: ClassVar[bool] = True
    seat: SeatKey


@dataclass(frozen=True, kw_only=True)
class Mute(Command):
    """This person's microphone is closed; they see who did it and why, and may open it again (3.4)."""

    gentle: ClassVar[bool] = True
    seat: SeatKey
    reason: MuteReason


@dataclass(frozen=True, kw_only=True)
class Hold(Command):
    """This person's microphone is held for everyone to see; it ends by itself. `sure`: asked a second time (3.4)."""

    gentle: ClassVar[bool] = True
    seat: SeatKey
    sure: bool


@dataclass(frozen=True, kw_only=True)
class EndHold(Command):
    """The hold of this person's microphone ends now."""

    gentle: ClassVar[bool] = True
    always: ClassVar[bool] = True
    seat: SeatKey


@dataclass(frozen=True, kw_only=True)
class SeenTold(Command):
    """A process person has seen what was told under this number (3.3)."""

    gentle: ClassVar[bool] = True
    always: ClassVar[bool] = True
    number: int


@dataclass(frozen=True, kw_only=True)
class SetNumber(Command):
    """One of the numbers of the specification is another for this sitting."""

    gentle: ClassVar[bool] = True
    always: ClassVar[bool] = True
    name: str
    seconds: float


@dataclass(frozen=True, kw_only=True)
class UsualNumbers(Command):
    """Every number is again the one with which a sitting begins."""

    gentle: ClassVar[bool] = True
    always: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class SetStretch(Command):
    """This person has so many percent of ordinary time (3.5)."""

    gentle: ClassVar[bool] = True
    always: ClassVar[bool] = True
    seat: SeatKey
    percent: int


@dataclass(frozen=True, kw_only=True)
class SetPatience(Command):
    """Silence of so many seconds inside this person's turn is not charged; None for without limit (3.5)."""

    gentle: ClassVar[bool] = True
    always: ClassVar[bool] = True
    seat: SeatKey
    seconds: int | None = None


@dataclass(frozen=True, kw_only=True)
class Interprets(Command):
    """This interpreter interprets for this person; None for nobody in particular (Q10)."""

    gentle: ClassVar[bool] = True
    always: ClassVar[bool] = True
    seat: SeatKey
    whom: SeatKey | None = None


@dataclass(frozen=True, kw_only=True)
class SetHearing(Command):
    """Whether speech is listened to for interruptions in this sitting (3.6)."""

    gentle: ClassVar[bool] = True
    always: ClassVar[bool] = True
    on: bool


@dataclass(frozen=True, kw_only=True)
class SetFair(Command):
    """The sides have agreed that each has so many parts of the time; who is not named has one (Q3)."""

    gentle: ClassVar[bool] = True
    always: ClassVar[bool] = True
    parts: tuple[tuple[Side, int], ...]


@dataclass(frozen=True, kw_only=True)
class SetTimeShown(Command):
    """Whether the ground rules let everybody see when a turn is planned to end (3.5)."""

    gentle: ClassVar[bool] = True
    always: ClassVar[bool] = True
    on: bool


@dataclass(frozen=True, kw_only=True)
class SetRecap(Command):
    """Where we are, in the mediator's own sentence, for whoever comes late (3.11)."""

    gentle: ClassVar[bool] = True
    always: ClassVar[bool] = True
    words: str
