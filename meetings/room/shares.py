"""Rules: the share of the time that the sides have agreed each of them has, where it is not the same for all (Q3).

It is counted in parts: a side with two has agreed with one that has one that it may speak twice as long before the
other is first in the order. Nobody is cut off by it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cases.case import Side
from meetings.room.commands import SetFair
from meetings.room.rounds import present_sides
from meetings.room.state import Floor, NotAllowed

LEAST_PARTS, MOST_PARTS = 1, 9
Fair = Mapping[Side, int]


def fit(parts: Fair) -> bool:
    """Whether a sitting can go by these parts."""
    return Side.NOBODY not in parts and all(LEAST_PARTS <= one <= MOST_PARTS for one in parts.values())


def unequal(parts: Fair, sides: Sequence[Side]) -> Fair:
    """These parts; none where all of these sides have the same."""
    return dict(parts) if len({parts.get(side, LEAST_PARTS) for side in sides}) > 1 else {}


def set_fair(floor: Floor, signal: SetFair) -> Floor:
    """The order is from now on reckoned by what the sides agreed; what was spoken before counts by it too."""
    parts = dict(signal.parts)
    if not fit(parts):
        raise NotAllowed(f"A side has {LEAST_PARTS} to {MOST_PARTS} parts of the time.")
    fair = unequal(parts, present_sides(floor))
    return floor if fair == floor.fair else replace(floor, fair=fair).noting("fair")


def agreed(floor: Floor) -> list[Mapping[str, str | int]]:
    """The parts of every side, as everybody sees them; nothing where all have the same."""
    sides = present_sides(floor) if floor.fair else ()
    fair = unequal(floor.fair, sides)
    return [{"side": side.value, "parts": fair.get(side, LEAST_PARTS)} for side in sides if fair]
