"""Rules: signals to the process people outside the queue: told, seen, and passed on when nobody has seen them (3.3).

They can be given at any time: in a break, while microphones are held, and while no process person is here. The list of
events says that something was told, and neither what nor by whom.
"""

from dataclasses import replace
from datetime import datetime

from database.refusal import Refusal
from meetings.room import breaks
from meetings.room.asks import TakeBack, Tell
from meetings.room.commands import SeenTold
from meetings.room.state import COORDINATOR, Floor, NotAllowed
from meetings.room.told import Told, What

KEPT = 40
"""How many seen signals are kept to look back at; those that wait are all kept."""
WORDS_AT_ONCE = 5
"""How many words of one person may wait to be explained."""


class NoSuchSignal(Refusal):
    """That was settled a moment ago."""


def tell(floor: Floor, signal: Tell) -> Floor:
    """Process people see it. The same told again while it waits changes nothing; another word is another signal.

    Of a break everybody sees that one is asked for, and not by whom.
    """
    seat = floor.seat(signal.by)
    if seat.process:
        raise NotAllowed
    word = signal.word if signal.what is What.WORD else None
    mine = [one for one in floor.told if one.open and one.seat == seat.key and one.what is signal.what]
    if any(one.word == word for one in mine):
        return floor
    if len(mine) >= WORDS_AT_ONCE:
        raise NotAllowed("That is a lot at once. The mediator sees what you have asked already.")
    number = floor.tellings + 1
    told = Told(number=number, seat=seat.key, what=signal.what, at=floor.at, word=word)
    heard = replace(floor, told=_kept((*floor.told, told)), tellings=number).noting("told", number=number)
    return breaks.asked(heard, seat.key) if signal.what is What.BREAK else heard


def take_back(floor: Floor, signal: TakeBack) -> Floor:
    """It is settled for the one who told it, and for everybody."""
    mine = next((one for one in floor.told if one.number == signal.number and one.seat == signal.by), None)
    if mine is None:
        raise NoSuchSignal
    return breaks.withdrawn(
        replace(floor, told=tuple(one for one in floor.told if one is not mine)).noting("taken_back")
    )


def seen_told(floor: Floor, signal: SeenTold) -> Floor:
    """The one who told it has a tick. Who sees it second changes nothing; a coordinator sees what was passed on."""
    found = next((one for one in floor.told if one.number == signal.number), None)
    if found is None or (signal.by == COORDINATOR and not found.escalated):
        raise NoSuchSignal
    if not found.open:
        return floor
    return _with(floor, replace(found, seen_by=signal.by, seen_at=floor.at)).noting("seen", number=found.number)


def next_unseen(floor: Floor) -> datetime | None:
    """When the next signal has waited for so long that a coordinator is told."""
    waiting = (one.at for one in floor.told if one.open and not one.escalated)
    first = min(waiting, default=None)
    return max(first + floor.numbers.unseen, floor.at) if first else None


def escalated(floor: Floor) -> Floor:
    """Every signal that nobody has seen for a minute is passed to a coordinator, once."""
    for one in floor.told:
        if one.open and not one.escalated and one.at + floor.numbers.unseen <= floor.at:
            floor = _with(floor, replace(one, escalated=True)).noting("escalated", number=one.number)
    return floor


def _with(floor: Floor, told: Told) -> Floor:
    return replace(floor, told=tuple(told if one.number == told.number else one for one in floor.told))


def _kept(told: tuple[Told, ...]) -> tuple[Told, ...]:
    seen = [one.number for one in told if not one.open]
    old = set(seen[: max(0, len(seen) - KEPT)])
    return tuple(one for one in told if one.number not in old)
