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
    ROUND = "round"
    OPEN_TALK = "open_talk"
    QUEUE = "queue"
    CHECK = "check"
    DRAFTING = "drafting"
    PRIVATE_ROOMS = "private_rooms"


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One part of a sitting; `turn_minutes` is one turn, `own_minutes` a side's time without interruption.

    `name` is what the mediator calls it in this sitting, where that is not the usual word for its code. A stage whose
    code is BREAK is a break of so many minutes: to go to it is to take it.
    """

    code: str
    mode: Mode
    minutes: int
    turn_minutes: int = 3
    own_minutes: int = 8
    name: str = ""


BREAK = "break"

PLAN: tuple[Stage, ...] = (
    Stage(code="arriving", mode=Mode.MEDIATOR_SPEAKS, minutes=15),
    Stage(code="welcome", mode=Mode.MEDIATOR_SPEAKS, minutes=10),
    Stage(code="childs_voice", mode=Mode.MEDIATOR_SPEAKS, minutes=10),
    Stage(code="first_turns", mode=Mode.STATEMENT, minutes=35),
    Stage(code="questions", mode=Mode.OPEN_TALK, minutes=30),
    Stage(code="private_rooms", mode=Mode.PRIVATE_ROOMS, minutes=25),
    Stage(code="options", mode=Mode.OPEN_TALK, minutes=35),
    Stage(code="reading_back", mode=Mode.DRAFTING, minutes=10),
)

GROUND_RULES: tuple[str, ...] = (
    "One person speaks at a time. Everyone gets a turn.",
    "We talk about what could help, not about who was at fault.",
    "Anyone may ask for a pause or a break, and need not say why.",
    "Nobody records. What is said here stays here.",
)
"""What everybody is asked to agree to, unless the mediator has written other rules for this sitting."""

KEEPS_A_TURN = frozenset({Mode.OPEN_TALK, Mode.QUEUE})
UNCOUNTED = frozenset({Mode.DRAFTING, Mode.PRIVATE_ROOMS})
"""Time in these is in nobody's share (3.7)."""


def workable(mode: Mode, *, in_person: bool) -> Mode:
    """The mode, if the room can do it. Private rooms are rooms of a house so far: on screens the mediator speaks."""
    return Mode.MEDIATOR_SPEAKS if mode is Mode.PRIVATE_ROOMS and not in_person else mode


def turn_survives(before: Mode, after: Mode) -> bool:
    """Between open talk and queue a running turn goes on; any other change of mode ends it."""
    return before == after or {before, after} <= KEEPS_A_TURN
