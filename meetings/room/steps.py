"""Rules: the steps that a mediator has taken on the ladder of microphones, the softest first (3.4)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cases.case import Side
from meetings.room.seats import SeatKey


class Step(StrEnum):
    """What was done."""

    NUDGE = "nudge"
    MUTE = "mute"
    HOLD = "hold"


class MuteReason(StrEnum):
    """Why the mediator muted somebody, as that person is told."""

    NOISE = "noise"
    ECHO = "echo"
    LEFT_ON = "left_on"
    TURN = "turn"


@dataclass(frozen=True, kw_only=True)
class Taken:
    """One step: by whom, towards whom. Together they are the mirror of one's own even hand.

    `version` is that of the floor in which it was first to be seen.
    """

    number: int
    step: Step
    by: SeatKey
    seat: SeatKey
    side: Side
    at: datetime
    reason: MuteReason | None = None
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class Held:
    """One person's microphone is held, for everyone to see, until then at the latest."""

    seat: SeatKey
    by: SeatKey
    since: datetime
    until: datetime
