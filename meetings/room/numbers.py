"""Rules: the numbers of the specification (3.2 to 3.6), their starting values, and how far each can be changed.

How long one turn, one side's own time, or a side's part in a round lasts stands in the plan, stage by stage.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from database.refusal import Refusal
from meetings.room.reckoned import once


class NumberNotSo(Refusal):
    """That number cannot be set so."""


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """Every number by which a sitting goes; a sitting carries its own.

    `owed_after` is part of the rule of the order, which everybody could read before the sitting, so it has no bounds
    within which it could be changed.
    """

    simultaneous: timedelta = timedelta(seconds=1)
    undo: timedelta = timedelta(seconds=10)
    owed_after: int = 2
    reply: timedelta = timedelta(seconds=60)
    unfinished: timedelta = timedelta(seconds=60)
    spoken: timedelta = timedelta(seconds=3)
    keep_hand: timedelta = timedelta(seconds=10)
    unseen: timedelta = timedelta(seconds=60)
    hold: timedelta = timedelta(seconds=60)
    cue_first: timedelta = timedelta(seconds=30)
    cue_last: timedelta = timedelta(seconds=10)
    grace: timedelta = timedelta(seconds=20)
    patience: timedelta = timedelta(seconds=8)
    needs_time: timedelta = timedelta(seconds=30)
    kept: timedelta = timedelta(seconds=90)
    break_every: timedelta = timedelta(minutes=50)
    break_length: timedelta = timedelta(minutes=10)
    break_ahead: timedelta = timedelta(minutes=5)
    break_again: timedelta = timedelta(minutes=10)
    end_first: timedelta = timedelta(minutes=15)
    end_last: timedelta = timedelta(minutes=5)
    overlap: timedelta = timedelta(seconds=2)
    overlap_within: timedelta = timedelta(seconds=3)
    acknowledgement: timedelta = timedelta(seconds=1)
    settling: timedelta = timedelta(seconds=1.5)
    cue: timedelta = timedelta(seconds=30)
    card: timedelta = timedelta(seconds=20)
    unattended_stops: timedelta = timedelta(seconds=5)
    unattended_holds: timedelta = timedelta(seconds=20)


USUAL = Numbers()

BOUNDS: Mapping[str, tuple[float, float]] = {
    "simultaneous": (0.2, 5),
    "undo": (5, 60),
    "reply": (15, 300),
    "unfinished": (15, 300),
    "spoken": (1, 15),
    "keep_hand": (5, 60),
    "unseen": (30, 300),
    "hold": (15, 120),
    "cue_first": (15, 120),
    "cue_last": (5, 60),
    "grace": (5, 120),
    "patience": (2, 60),
    "needs_time": (10, 300),
    "kept": (30, 600),
    "break_every": (1200, 7200),
    "break_length": (180, 3600),
    "break_ahead": (60, 1200),
    "break_again": (60, 3600),
    "end_first": (300, 3600),
    "end_last": (60, 1800),
    "overlap": (1, 10),
    "overlap_within": (2, 20),
    "acknowledgement": (0.5, 5),
    "settling": (0, 5),
    "cue": (10, 120),
    "card": (5, 120),
    "unattended_stops": (2, 30),
    "unattended_holds": (5, 120),
}
"""The least and the most seconds of each number that can be another in a sitting."""

IN_TENTHS = frozenset({"simultaneous", "spoken", "overlap", "overlap_within", "acknowledgement", "settling"})
IN_MINUTES = frozenset({"break_every", "break_length", "break_ahead", "break_again", "end_first", "end_last"})

APART: Mapping[tuple[str, str], str] = {
    ("cue_last", "cue_first"): "The last sign of the time left has to come after the first.",
    ("patience", "needs_time"): "Somebody who needs time has to have more silence than everybody.",
    ("break_ahead", "break_every"): "A break cannot be announced before the break that comes before it.",
    ("end_last", "end_first"): "The last word before the end has to come after the first.",
    ("overlap", "overlap_within"): "Two sides have to be heard at once for less than the time we look at.",
    ("acknowledgement", "overlap"): "A short word of assent has to be shorter than an interruption.",
    ("unattended_stops", "unattended_holds"): "The clocks have to stop before all microphones are held.",
}
"""Of each pair the first has to be less than the second."""

PUBLISHED = ("reply", "undo", "keep_hand", "unfinished", "unseen", "hold", "break_ahead")
"""The numbers that everybody's screen says in words."""


def changed(numbers: Numbers, name: str, seconds: float) -> Numbers:
    """The numbers with this one at so many seconds; NumberNotSo says at which number what stands in the way."""
    if name not in BOUNDS:
        raise NumberNotSo
    least, most = BOUNDS[name]
    if not least <= seconds <= most:
        raise NumberNotSo(_between(name, least, most), field=name)
    if name not in IN_TENTHS and not float(seconds).is_integer():
        raise NumberNotSo("Choose a whole number.", field=name)
    value = timedelta(seconds=seconds)
    fresh: Numbers = replace(numbers, **{name: value})  # type: ignore[arg-type]
    for pair, words in APART.items():
        if name in pair and in_seconds(fresh, pair[0]) >= in_seconds(fresh, pair[1]):
            raise NumberNotSo(words, field=name)
    return fresh


def patience_by(numbers: Numbers, before: Numbers, patience: timedelta | None) -> timedelta | None:
    """This silence, which was said by the numbers before, by these; one that is nobody's number stays as it is."""
    if patience == before.patience:
        return numbers.patience
    return numbers.needs_time if patience == before.needs_time else patience


def in_seconds(numbers: Numbers, name: str) -> float:
    """A number as it travels: whole seconds wherever it is whole."""
    seconds = float(getattr(numbers, name).total_seconds())
    return int(seconds) if seconds.is_integer() else seconds


@once
def all_in_seconds(numbers: Numbers) -> Mapping[str, float]:
    """Every number that can be another in a sitting."""
    return {name: in_seconds(numbers, name) for name in BOUNDS}


@once
def published(numbers: Numbers) -> Mapping[str, float]:
    """The numbers that everybody's screen says."""
    return {name: in_seconds(numbers, name) for name in PUBLISHED}


def _between(name: str, least: float, most: float) -> str:
    if name in IN_MINUTES:
        return f"Choose from {least // 60:g} to {most // 60:g} minutes."
    return f"Choose from {least:g} to {most:g} seconds."
