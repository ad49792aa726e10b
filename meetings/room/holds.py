"""Rules: whose microphone may be opened now. A right opens nothing: only its owner's press does (3.4).

Microphones are free, but while a side has its own time, when all who listen are held, on every side alike; while no
process person is here; and for a minute, when the mediator holds one (`ladder.py`). Language workers and process people
are never held, nor who speaks for the holder. Round a real table nobody is held. A trainee, who is there to learn, has
no microphone at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from meetings.room.seats import Seat, SeatKey
from meetings.room.state import Floor, Why


class Microphone(StrEnum):
    """What a person may do with their own microphone."""

    FREE = "free"
    HELD = "held"
    YOURS = "yours"


class Reason(StrEnum):
    """Why a microphone is held."""

    STATEMENT = "statement"
    UNATTENDED = "unattended"
    MEDIATOR = "mediator"
    TRAINEE = "trainee"


@dataclass(frozen=True, kw_only=True)
class Right:
    """A seat's right; `until` is when a hold is planned to end, as everybody may know it."""

    microphone: Microphone
    reason: Reason | None = None
    until: datetime | None = None


FREE = Right(microphone=Microphone.FREE)
YOURS = Right(microphone=Microphone.YOURS)


def microphones(floor: Floor) -> Mapping[SeatKey, Right]:
    """The right of every seat, to be shown to its owner and enforced in the media room."""
    return {seat.key: _right(floor, seat) for seat in floor.seats}


def planned_end(floor: Floor) -> datetime | None:
    """When the running turn is planned to end; None while its time stands still, and once it is over.

    Reckoned with the planned time, never with what a seat's own allowance makes of it.
    """
    if floor.turn is None or not floor.runs or floor.turn.ran >= floor.turn.planned:
        return None
    return floor.at + (floor.turn.planned - floor.turn.ran)


def _right(floor: Floor, seat: Seat) -> Right:
    if seat.process and not seat.leads:
        return Right(microphone=Microphone.HELD, reason=Reason.TRAINEE)
    exempt = floor.in_person or not seat.takes_turns
    if floor.safe_hold and not exempt:
        return Right(microphone=Microphone.HELD, reason=Reason.UNATTENDED)
    if floor.turn and seat.takes_turns and floor.owner(seat.key) == floor.turn.seat:
        return YOURS
    if _own_time(floor) and not exempt:
        return Right(microphone=Microphone.HELD, reason=Reason.STATEMENT, until=planned_end(floor))
    held = next((one for one in floor.holds if one.seat == seat.key), None)
    return Right(microphone=Microphone.HELD, reason=Reason.MEDIATOR, until=held.until) if held else FREE


def _own_time(floor: Floor) -> bool:
    rests = floor.pause is not None and floor.pause.why is Why.BREAK
    return floor.turn is not None and floor.turn.own_time and not rests
