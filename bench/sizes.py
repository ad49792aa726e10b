"""How much is measured; each number may be set by the environment, as BENCH_ and its name in capitals."""

import os
from dataclasses import dataclass, fields


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """The numbers of a run. The defaults take a few minutes."""

    repetitions: int = 3
    rooms: int = 125
    people: int = 8  # in each room: a thousand pairs of a session and a room
    joins: int = 1000  # in one repetition
    join_callers: int = 32
    bookings: int = 192  # in one repetition, each of a case and a time of its own
    slots: int = 24  # that are fought for in one repetition
    rivals: int = 8  # callers for each of them
    book_callers: int = 64
    starts: int = 3
    fan_rooms: int = 200  # in session at once, each with eight screens
    fan_busy: int = 40  # of them, where something happens ten times a second
    fan_few: int = 20  # with which the whole house is compared
    fan_seconds: int = 10  # of each measurement
    fan_returns: int = 40  # of a screen


def sizes() -> Sizes:
    """The numbers of this run."""
    given = {one.name: os.environ.get(f"BENCH_{one.name.upper()}") for one in fields(Sizes)}
    return Sizes(**{name: int(value) for name, value in given.items() if value})
