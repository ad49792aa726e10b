"""The search over bits against the plain scan, by example and for whatever diaries there may be."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.slots import (
    Diary,
    Found,
    Grid,
    Opening,
    free_bits,
    free_starts,
    grid,
    listed,
    open_spans,
    quarters_of,
    search,
    windows,
)
from scheduler.spans import Span, overlap, union

LONDON = ZoneInfo("Europe/London")
OFFICE = tuple(Opening(weekday=day, opens=time(9), closes=time(17)) for day in range(5))
# Around both changes of the clocks, and a plain week.
WEEKS = [datetime(2026, 10, 23, tzinfo=UTC), datetime(2027, 3, 26, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC)]


def london(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON).astimezone(UTC)


def plain_scan(diaries: list[Diary], over: Grid, minutes: int) -> tuple[datetime, ...]:
    """What the search means, said plainly: each quarter of an hour is tried by looking at every span."""
    length = timedelta(minutes=15 * quarters_of(minutes))
    starts = [over.at(quarter) for quarter in range(over.quarters)]
    hours = [union(open_spans(diary, over)) for diary in diaries]

    def free(start: datetime) -> bool:
        wanted = Span(starts=start, ends=start + length)
        return wanted.ends <= over.at(over.quarters) and all(
            any(each.starts <= wanted.starts and wanted.ends <= each.ends for each in spans)
            and not any(
                overlap(wanted, Span(starts=busy.starts - diary.gap, ends=busy.ends + diary.gap)) for busy in diary.busy
            )
            for diary, spans in zip(diaries, hours, strict=True)
        )

    return tuple(start for start in starts if free(start))


def test_one_diary_by_hand() -> None:
    day = date(2026, 11, 3)
    over = grid(london(day, 8), london(day, 18))
    diary = Diary(hours=OFFICE, busy=(Span(starts=london(day, 11, 10), ends=london(day, 15, 20)),))

    starts = free_starts([diary], over, minutes=90)

    assert starts == (london(day, 9), london(day, 9, 15), london(day, 9, 30), london(day, 15, 30))


def test_two_diaries_meet_where_both_are_free() -> None:
    day = date(2026, 11, 3)
    over = grid(london(day, 0), london(day, 23))
    early = Diary(hours=(Opening(weekday=1, opens=time(9), closes=time(12)),))
    late = Diary(hours=(Opening(weekday=1, opens=time(10), closes=time(17)),))

    assert free_starts([early, late], over, minutes=120) == (london(day, 10),)
    assert free_starts([early, late], over, minutes=121) == ()
    assert len(free_starts([early], over, minutes=60)) == 9


def test_rest_between_meetings_counts_on_both_sides() -> None:
    day = date(2026, 11, 3)
    over = grid(london(day, 0), london(day, 23))
    diary = Diary(hours=OFFICE, busy=(Span(starts=london(day, 12), ends=london(day, 13)),), gap=timedelta(hours=1))

    assert free_starts([diary], over, minutes=120) == (
        london(day, 9),
        *(london(day, 14, minute) for minute in (0, 15, 30, 45)),
        london(day, 15),
    )


def test_days_off_and_weekends_give_nothing() -> None:
    over = grid(london(date(2026, 11, 6), 0), london(date(2026, 11, 10), 0))
    diary = Diary(hours=OFFICE, closed=frozenset({date(2026, 11, 6)}))

    assert {start.date() for start in free_starts([diary], over, minutes=60)} == {date(2026, 11, 9)}


def test_nine_in_the_morning_stays_nine_when_the_clocks_change() -> None:
    over = grid(london(date(2026, 10, 23), 0), london(date(2026, 10, 27), 23))
    first = {
        start.date(): start.astimezone(LONDON)
        for start in reversed(free_starts([Diary(hours=OFFICE)], over, minutes=60))
    }

    assert {start.time() for start in first.values()} == {time(9)}
    assert [start.astimezone(UTC).hour for _, start in sorted(first.items())] == [8, 9, 9]


def test_the_night_of_the_change_is_as_long_as_it_is() -> None:
    night = (Opening(weekday=6, opens=time(0), closes=time(6)),)
    spring = grid(london(date(2027, 3, 28), 0), london(date(2027, 3, 29), 0))
    autumn = grid(london(date(2026, 10, 25), 0), london(date(2026, 10, 26), 0))

    assert free_bits(Diary(hours=night), spring).bit_count() == 5 * 4
    assert free_bits(Diary(hours=night), autumn).bit_count() == 7 * 4


def test_the_search_begins_at_the_next_quarter_and_ends_with_the_span() -> None:
    day = date(2026, 11, 3)
    over = grid(london(day, 9, 1), london(day, 10, 29))

    assert (over.first, over.quarters) == (london(day, 9, 15), 4)
    assert free_starts([Diary(hours=OFFICE)], over, minutes=60) == (london(day, 9, 15),)
    assert free_starts([], over, minutes=45) == (london(day, 9, 15), london(day, 9, 30))
    assert grid(london(day, 9), london(day, 8)).quarters == 0


def test_only_so_many_are_listed() -> None:
    over = grid(london(date(2026, 11, 3), 0), london(date(2026, 11, 4), 0))

    assert free_starts([Diary(hours=OFFICE)], over, minutes=60, most=2) == (
        london(date(2026, 11, 3), 9),
        london(date(2026, 11, 3), 9, 15),
    )
    assert listed(0, over, most=5) == ()


def test_somebody_of_each_pool_is_named() -> None:
    day = date(2026, 11, 3)
    over = grid(london(day, 9), london(day, 11))
    whole, first, second = over.all, windows(over.all, 1) & 0b00001111, over.all & 0b11110000

    assert search([whole], [[first, second], [whole]], over, minutes=60) == (
        Found(starts=london(day, 9), able=((0,), (0,))),
        Found(starts=london(day, 10), able=((1,), (0,))),
    )
    assert search([whole], [[]], over, minutes=60) == ()
    assert len(search([], [], over, minutes=60)) == 5


@pytest.mark.parametrize("minutes", [0, -15])
def test_a_meeting_without_a_length_is_refused(minutes: int) -> None:
    with pytest.raises(ValueError, match="length"):
        quarters_of(minutes)


@pytest.mark.parametrize(
    ("weekday", "opens", "closes"), [(0, time(9), time(9)), (0, time(17), time(9)), (7, time(9), time(17))]
)
def test_hours_that_cannot_be_are_refused(weekday: int, opens: time, closes: time) -> None:
    with pytest.raises(ValueError, match="open before"):
        Opening(weekday=weekday, opens=opens, closes=closes)


def test_a_search_of_years_is_refused() -> None:
    with pytest.raises(ValueError, match="a year"):
        grid(WEEKS[0], WEEKS[0] + timedelta(days=500))


@st.composite
def diaries(draw: st.DrawFn, first: datetime) -> Diary:
    edges = st.tuples(st.integers(0, 92), st.integers(1, 40)).map(lambda pair: (pair[0], min(pair[0] + pair[1], 95)))
    hours = draw(st.lists(st.tuples(st.integers(0, 6), edges), max_size=8))
    busy = draw(st.lists(st.tuples(st.integers(0, 4 * 24 * 60), st.integers(1, 300)), max_size=6))
    return Diary(
        hours=tuple(
            Opening(weekday=day, opens=time(start // 4, start % 4 * 15 + 5), closes=time(end // 4, end % 4 * 15 + 10))
            for day, (start, end) in hours
        ),
        busy=tuple(
            Span(starts=first + timedelta(minutes=start), ends=first + timedelta(minutes=start + length))
            for start, length in busy
        ),
        closed=frozenset(
            draw(st.lists(st.integers(0, 4).map(lambda days: (first + timedelta(days=days)).date()), max_size=1))
        ),
        gap=timedelta(minutes=draw(st.sampled_from([0, 7, 30]))),
    )


def test_hours_that_overlap_are_one_stretch() -> None:
    diary = Diary(
        hours=(
            Opening(weekday=0, opens=time(0, 5), closes=time(0, 25)),
            Opening(weekday=0, opens=time(0, 20), closes=time(0, 40)),
        )
    )
    over = grid(datetime(2026, 10, 26, tzinfo=UTC), datetime(2026, 10, 27, tzinfo=UTC))

    assert free_starts([diary], over, minutes=15) == (datetime(2026, 10, 26, 0, 15, tzinfo=UTC),)


@settings(max_examples=60, deadline=None)
@given(data=st.data(), first=st.sampled_from(WEEKS), minutes=st.integers(1, 200), late=st.integers(0, 40))
def test_the_search_finds_what_the_plain_scan_finds(
    data: st.DataObject, first: datetime, minutes: int, late: int
) -> None:
    several = data.draw(st.lists(diaries(first), min_size=1, max_size=3))
    over = grid(first + timedelta(minutes=late), first + timedelta(days=4, minutes=late))

    assert free_starts(several, over, minutes=minutes) == plain_scan(several, over, minutes)


@settings(max_examples=100)
@given(bits=st.integers(0, 2**80), quarters=st.integers(1, 20))
def test_windows_are_runs_of_free_quarters(bits: int, quarters: int) -> None:
    run = (1 << quarters) - 1

    assert windows(bits, quarters) == sum(1 << place for place in range(81) if bits >> place & run == run)


def test_the_search_of_the_measurements_is_quick() -> None:
    """Eight weeks, six people, fifty mediators, ten rooms, each with 200 things in the diary (performance.md, 3)."""
    first = datetime(2026, 11, 2, tzinfo=UTC)
    over = grid(first, first + timedelta(weeks=8))
    busy = tuple(
        Span(starts=first + timedelta(hours=6 * n, minutes=n % 60), ends=first + timedelta(hours=6 * n + 1))
        for n in range(1, 200)
        if n % 60
    )
    bits = free_bits(Diary(hours=OFFICE, busy=busy), over)

    found = search([bits] * 6, [[bits] * 50, [bits] * 10], over, minutes=120, most=20)

    assert len(found) == 20
    assert all(each.able == (tuple(range(50)), tuple(range(10))) for each in found)
