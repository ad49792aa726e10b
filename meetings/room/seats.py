"""Rules: one person in the room: their side and standing, whose turn they share, and how much time they need."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from cases.case import Side, Standing
from database.refusal import Refusal
from meetings.room.numbers import USUAL

SeatKey = NewType("SeatKey", str)

# Percent of ordinary time, and how much a moment of speech then weighs in a side's share, so that sums stay whole.
WEIGHTS: Mapping[int, int] = {100: 30, 125: 24, 150: 20, 200: 15}
PATIENCE, NEEDS_TIME = USUAL.patience, USUAL.needs_time
"""What the plan of a sitting says of silence; a sitting whose numbers are others reads it in its own."""


class NoSuchSeat(Refusal):
    """That person is not in this meeting."""


class Office(StrEnum):
    """What a process person is in the room for. A trainee sees the desk and does nothing."""

    MEDIATOR = "mediator"
    CO_MEDIATOR = "co_mediator"
    TRAINEE = "trainee"


@dataclass(frozen=True, kw_only=True)
class Seat:
    """One person who has been admitted. `helps` is whom they interpret or support; `speaks_for` whose turn they share.

    `stretch` is their time in percent of ordinary time; silence of up to `patience` inside their turn is not charged
    as speech, None for without limit. A seat without a `screen` (by phone, round a real table) is never away, as there
    is no line that could drop. `office` is what a process person is here for, `agreed` whether they have agreed to the
    ground rules, and `again` whether they are asked once more because the rules have changed.
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
    again: bool = False
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

    @property
    def interprets(self) -> bool:
        """Whether this person speaks for somebody else, in another language or in signs."""
        return self.standing is Standing.LANGUAGE_WORKER

    @property
    def here(self) -> bool:
        return self.away_since is None
