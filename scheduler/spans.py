"""Rules: spans of time, half open and in UTC: the start belongs to a span, its end does not.

Wall times in London become moments here too. Once a year a wall time does not exist, and once it comes twice; both are
refused in words rather than guessed (reliability 2.6, T2).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from database.refusal import Refusal
from notifications.when import LONDON, london


class NoSuchTime(Refusal):
    """The clocks go forward that night, so this time does not exist. Please choose another."""


class TimeComesTwice(Refusal):
    """The clocks go back that night, so this time comes twice. Please choose another."""


@dataclass(frozen=True, kw_only=True, order=True)
class Span:
    """From `starts` up to, and without, `ends`; ValueError for moments without a zone, or an end that is not later."""

    starts: datetime
    ends: datetime

    def __post_init__(self) -> None:
        starts, ends = london(self.starts).astimezone(UTC), london(self.ends).astimezone(UTC)
        if starts >= ends:
            raise ValueError("a span ends after it starts")
        object.__setattr__(self, "starts", starts)
        object.__setattr__(self, "ends", ends)

    @property
    def length(self) -> timedelta:
        """How long it lasts, by the clock of UTC."""
        return self.ends - self.starts


def lasting(starts: datetime, minutes: int) -> Span:
    """The span of so many minutes from a moment."""
    return Span(starts=starts, ends=london(starts).astimezone(UTC) + timedelta(minutes=minutes))


def overlap(one: Span, other: Span) -> bool:
    """Whether the two share a moment; spans that only touch do not."""
    return one.starts < other.ends and other.starts < one.ends


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same time as the fewest spans, in order; what overlaps or touches becomes one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.starts <= joined[-1].ends:
            joined[-1] = Span(starts=joined[-1].starts, ends=max(joined[-1].ends, span.ends))
        else:
            joined.append(span)
    return tuple(joined)


def subtract(free: Iterable[Span], busy: Iterable[Span]) -> tuple[Span, ...]:
    """The time that is in `free` and not in `busy`, as the fewest spans, in order."""
    left = union(free)
    for taken in union(busy):
        left = tuple(piece for span in left for piece in _without(span, taken))
    return left


def _without(span: Span, taken: Span) -> tuple[Span, ...]:
    if not overlap(span, taken):
        return (span,)
    before = (span.starts, min(span.ends, taken.starts))
    after = (max(span.starts, taken.ends), span.ends)
    return tuple(Span(starts=starts, ends=ends) for starts, ends in (before, after) if starts < ends)


def common(one: Iterable[Span], other: Iterable[Span]) -> tuple[Span, ...]:
    """The time that is in both, as the fewest spans, in order."""
    both = union(other)
    return tuple(
        Span(starts=max(span.starts, each.starts), ends=min(span.ends, each.ends))
        for span in union(one)
        for each in both
        if overlap(span, each)
    )


def moment(day: date, wall: time) -> datetime:
    """The moment, in UTC, of a time on London's clocks; NoSuchTime or TimeComesTwice on two nights a year."""
    first, second = (datetime.combine(day, wall, tzinfo=LONDON).replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return first
    raise TimeComesTwice(field="time") if first < second else NoSuchTime(field="time")


def open_moment(day: date, wall: time, *, opening: bool) -> datetime:
    """The moment of a wall time as an edge of working hours, never refused: the most that the clocks allow.

    A time that comes twice opens the first time and closes the second; one that is skipped is the moment of the change.
    """
    edge = datetime.combine(day, wall, tzinfo=LONDON).replace(fold=0 if opening else 1)
    if edge.astimezone(UTC).astimezone(LONDON).time() == wall:
        return edge.astimezone(UTC)
    # Read with the offset of before the change, a skipped time lies in the hour that the change begins.
    return edge.replace(fold=0).astimezone(UTC).replace(minute=0, second=0, microsecond=0)
