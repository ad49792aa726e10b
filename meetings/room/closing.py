"""Rules: when the sitting is planned to end, and that all are told fifteen and five minutes before (3.5).

It ends nothing by itself: a process person may plan a later end, and the sitting is over when they conclude it.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from meetings.room.commands import Extend
from meetings.room.state import Floor, NotAllowed


def left(floor: Floor) -> timedelta | None:
    """Of how much time before the planned end all were told last; None before that, and once the end is past."""
    if floor.ends_at is None or floor.at >= floor.ends_at:
        return None
    told = (before for before in _warned(floor) if floor.at >= floor.ends_at - before)
    return min(told, default=None)


def next_call(floor: Floor) -> datetime | None:
    """When all are told next."""
    if floor.ends_at is None:
        return None
    moments = (floor.ends_at - before for before in (*_warned(floor), timedelta(0)))
    return min((at for at in moments if at > floor.at), default=None)


def called(floor: Floor) -> Floor:
    before = left(floor)
    return floor.noting("ends", minutes=before // timedelta(minutes=1) if before else 0)


def extend(floor: Floor, signal: Extend) -> Floor:
    """The planned end is so many minutes later; one that is past counts from now."""
    if floor.ends_at is None:
        raise NotAllowed("This meeting has no planned end.")
    ends = max(floor.ends_at, floor.at) + timedelta(minutes=signal.minutes)
    return replace(floor, ends_at=ends).noting("extended", minutes=signal.minutes)


def _warned(floor: Floor) -> tuple[timedelta, timedelta]:
    return floor.numbers.end_first, floor.numbers.end_last
