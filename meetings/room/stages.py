"""Rules: the plan of a sitting: its stages in order, how people take turns in each, and for how many minutes.

Open talk is the default in the middle of a sitting: a queue that is always on kills conversation. The minutes are
starting values; a sitting carries its own plan, so that the mediator can change it for that sitting only.
"""

from dataclasses import dataclass
from enum import StrEnum


class Mode(StrEnum):
    """How people take turns."""

    MEDIATOR_SPEAKS = "mediator_speaks"
    STATEMENT = "statement"
    OPEN_TALK = "open_talk"
    QUEUE = "queue"


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One part of a sitting; `turn_minutes` is one turn, `own_minutes` a side's time without interruption."""

    code: str
    mode: Mode
    minutes: int
    turn_minutes: int = 3
    own_minutes: int = 8


PLAN: tuple[Stage, ...] = (
    Stage(code="arriving", mode=Mode.MEDIATOR_SPEAKS, minutes=15),
    Stage(code="welcome", mode=Mode.MEDIATOR_SPEAKS, minutes=10),
    Stage(code="childs_voice", mode=Mode.MEDIATOR_SPEAKS, minutes=10),
    Stage(code="first_turns", mode=Mode.STATEMENT, minutes=35),
    Stage(code="questions", mode=Mode.OPEN_TALK, minutes=30),
    Stage(code="private_rooms", mode=Mode.MEDIATOR_SPEAKS, minutes=25),
    Stage(code="options", mode=Mode.OPEN_TALK, minutes=35),
    Stage(code="reading_back", mode=Mode.MEDIATOR_SPEAKS, minutes=10),
)

KEEPS_A_TURN = frozenset({Mode.OPEN_TALK, Mode.QUEUE})


def turn_survives(before: Mode, after: Mode) -> bool:
    """Between open talk and queue a running turn goes on; any other change of mode ends it."""
    return before == after or {before, after} <= KEEPS_A_TURN
