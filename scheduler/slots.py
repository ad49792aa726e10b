"""Rules: the search for times at which everybody who is needed is free.

A diary within the time that is searched is one integer, a bit for each quarter of an hour, 1 where it is free. All that
must be free together is an `and`, any one of several is an `or`, and a length is a few shifts: the search of eight
weeks is a handful of operations on numbers, however many people there are (performance.md, workload 3).
Working hours are wall times in London, bits are moments in UTC, so the clocks may change anywhere in between.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce

from cases.working_days import ONE_DAY, day_of
from notifications.when import london
from scheduler.spans import Span, open_moment, union

QUARTER = timedelta(minutes=15)
QUARTER_MINUTES = 15
LONGEST_DAYS = 400


@dataclass(frozen=True, kw_only=True)
class Opening:
    """Hours of one weekday, Monday being 0, as wall times in London; it closes on the day on which it opens."""

    weekday: int
    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes or self.weekday not in range(7):
            raise ValueError("hours open before they close, on one of seven days")


@dataclass(frozen=True, kw_only=True)
class Diary:
    """What one person or one room can do: their hours, what they are busy with, days off, and rest between meetings."""

    hours: tuple[Opening, ...]
    busy: tuple[Span, ...] = ()
    closed: frozenset[date] = frozenset()
    gap: timedelta = timedelta(0)


@dataclass(frozen=True, kw_only=True)
class Grid:
    """The quarters of an hour that are searched: so many from `first` on, which is on a quarter of an hour, in UTC."""

    first: datetime
    quarters: int

    def at(self, quarter: int) -> datetime:
        """The moment at which a quarter begins."""
        return self.first + quarter * QUARTER

    @property
    def all(self) -> int:
        """The bits of every quarter."""
        return (1 << self.quarters) - 1

    def inside(self, span: Span) -> int:
        """The quarters that lie wholly within a span: those that open hours give."""
        return self._bits(-((self.first - span.starts) // QUARTER), (span.ends - self.first) // QUARTER)

    def touched(self, span: Span) -> int:
        """The quarters that a span touches: those that it takes."""
        return self._bits((span.starts - self.first) // QUARTER, -((self.first - span.ends) // QUARTER))

    def _bits(self, start: int, end: int) -> int:
        start, end = max(start, 0), min(end, self.quarters)
        return (1 << end) - (1 << start) if start < end else 0


def grid(after: datetime, before: datetime) -> Grid:
    """The quarters from the first that begins at or after a moment, up to another one."""
    first = _next_quarter(after)
    if before - first > timedelta(days=LONGEST_DAYS):
        raise ValueError("a search longer than a year")
    return Grid(first=first, quarters=max((london(before).astimezone(UTC) - first) // QUARTER, 0))


def _next_quarter(moment: datetime) -> datetime:
    utc = london(moment).astimezone(UTC)
    past = timedelta(minutes=utc.minute % QUARTER_MINUTES, seconds=utc.second, microseconds=utc.microsecond)
    return utc - past + QUARTER if past else utc


def open_spans(diary: Diary, over: Grid) -> tuple[Span, ...]:
    """The working hours as moments, without the days off; hours that touch or overlap are one span."""
    return union(_openings(diary, over))


def _openings(diary: Diary, over: Grid) -> Iterator[Span]:
    day, last = day_of(over.first) - ONE_DAY, day_of(over.at(over.quarters))
    while day <= last:
        if day not in diary.closed:
            for each in diary.hours:
                if each.weekday == day.weekday() and (span := _opened(day, each)):
                    yield span
        day += ONE_DAY


def _opened(day: date, each: Opening) -> Span | None:
    starts, ends = open_moment(day, each.opens, opening=True), open_moment(day, each.closes, opening=False)
    return Span(starts=starts, ends=ends) if starts < ends else None


def free_bits(diary: Diary, over: Grid) -> int:
    """The quarters in which a diary is open and has nothing in it, nor within its gap before and after a meeting."""
    free = reduce(lambda bits, span: bits | over.inside(span), open_spans(diary, over), 0)
    for span in diary.busy:
        free &= ~over.touched(Span(starts=span.starts - diary.gap, ends=span.ends + diary.gap))
    return free


def windows(free: int, quarters: int) -> int:
    """The quarters from which so many in a row are free. The length doubles with each step, as far as it goes."""
    starts, reach = free, 1
    while reach < quarters:
        step = min(reach, quarters - reach)
        starts &= starts >> step
        reach += step
    return starts


def quarters_of(minutes: int) -> int:
    """How many quarters of an hour a length takes: a part of one takes it whole. ValueError for no length."""
    if minutes <= 0:
        raise ValueError("a meeting has a length")
    return -(-minutes // QUARTER_MINUTES)


def listed(bits: int, over: Grid, *, most: int | None = None) -> tuple[datetime, ...]:
    """The moments of the bits that are set, the earliest first, `most` of them where that is given."""
    found: list[datetime] = []
    while bits and (most is None or len(found) < most):
        lowest = bits & -bits
        found.append(over.at(lowest.bit_length() - 1))
        bits ^= lowest
    return tuple(found)


def free_starts(diaries: Iterable[Diary], over: Grid, *, minutes: int, most: int | None = None) -> tuple[datetime, ...]:
    """The moments, on quarters of an hour and in UTC, from which every one of these diaries is free for so long."""
    together = reduce(lambda bits, diary: bits & free_bits(diary, over), diaries, over.all)
    return listed(windows(together, quarters_of(minutes)), over, most=most)


@dataclass(frozen=True, kw_only=True)
class Found:
    """A start, and who of each pool could take it, by their places in the pool."""

    starts: datetime
    able: tuple[tuple[int, ...], ...]


def search(
    needed: Sequence[int], pools: Sequence[Sequence[int]], over: Grid, *, minutes: int, most: int | None = None
) -> tuple[Found, ...]:
    """The starts at which all the needed are free, and of each pool (mediators, rooms) somebody for the whole length.

    Everything is given as bits of `free_bits`, so that calendars may be kept as bits and read as bits.
    """
    length = quarters_of(minutes)
    able = [[windows(bits, length) for bits in pool] for pool in pools]
    starts = windows(reduce(int.__and__, needed, over.all), length)
    starts = reduce(int.__and__, (reduce(int.__or__, pool, 0) for pool in able), starts)
    return tuple(_found(start, able, over) for start in listed(starts, over, most=most))


def _found(start: datetime, able: Sequence[Sequence[int]], over: Grid) -> Found:
    bit = 1 << ((start - over.first) // QUARTER)
    return Found(
        starts=start,
        able=tuple(tuple(place for place, bits in enumerate(pool) if bits & bit) for pool in able),
    )
