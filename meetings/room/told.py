"""Rules: what a person tells the process people outside the queue, until somebody has seen it (3.3)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from meetings.room.seats import SeatKey


class What(StrEnum):
    """What is told. WORD is told without a name; SUPPORTER is told to the supporter as well."""

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


@dataclass(frozen=True, kw_only=True)
class Told:
    """One signal: who told what, who has seen it, and whether a coordinator was told because nobody had."""

    number: int
    seat: SeatKey
    what: What
    at: datetime
    word: str | None = None
    seen_by: SeatKey | None = None
    seen_at: datetime | None = None
    escalated: bool = False

    @property
    def open(self) -> bool:
        return self.seen_at is None
