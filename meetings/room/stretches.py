"""Rules: who was heard from when to when, in the milliseconds of one browser's clock, and sums over that."""

from collections.abc import Iterable
from dataclasses import dataclass

from meetings.room.seats import SeatKey

Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Somebody was heard without a gap from `since` until `until`."""

    seat: SeatKey
    since: int
    until: int

    @property
    def length(self) -> int:
        return self.until - self.since


@dataclass(frozen=True, kw_only=True)
class Heard:
    """All that was heard lately, up to the moment `at`. Our own clock is ahead of the browser's by `offset`."""

    at: int
    offset: int
    stretches: tuple[Stretch, ...] = ()

    def of(self, seats: frozenset[SeatKey], *, least: int, after: int) -> tuple[Span, ...]:
        """When any of these was heard: of stretches of at least so long, what is after, each moment once.

        How long a stretch is counts as a whole: one that began before `after` is no shorter for that.
        """
        long = (one for one in self.stretches if one.seat in seats and one.length >= least and one.until > after)
        return joined((max(one.since, after), one.until) for one in long)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same moments in order, each once."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span[0] <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], span[1]))
        else:
            out.append(span)
    return tuple(out)


def both(one: Iterable[Span], other: tuple[Span, ...]) -> tuple[Span, ...]:
    """When the one and the other were heard at once."""
    met = ((max(a[0], b[0]), min(a[1], b[1])) for a in one for b in other)
    return tuple(span for span in met if span[0] < span[1])


def total(spans: Iterable[Span]) -> int:
    """How long that is in all."""
    return sum(until - since for since, until in spans)
