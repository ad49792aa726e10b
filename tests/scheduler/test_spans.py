"""Spans of time, against a plain count of minutes, and the two nights on which the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.spans import (
    NoSuchTime,
    Span,
    TimeComesTwice,
    common,
    lasting,
    moment,
    open_moment,
    overlap,
    subtract,
    union,
)

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)


def at(start: int, end: int) -> Span:
    return Span(starts=NOON + timedelta(minutes=start), ends=NOON + timedelta(minutes=end))


def minutes(spans: tuple[Span, ...]) -> set[int]:
    return {
        minute
        for span in spans
        for minute in range((span.starts - NOON) // timedelta(minutes=1), (span.ends - NOON) // timedelta(minutes=1))
    }


SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda pair: at(pair[0], pair[0] + pair[1])), max_size=8
).map(tuple)


def test_a_span_is_kept_in_utc() -> None:
    span = Span(
        starts=datetime(2026, 10, 24, 18, tzinfo=LONDON),
        ends=datetime(2026, 10, 25, 17, tzinfo=LONDON),
    )

    assert (span.starts.tzinfo, span.ends.tzinfo) == (UTC, UTC)
    assert span.length == timedelta(hours=24)


def test_a_span_without_zone_or_length_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        Span(starts=datetime(2026, 11, 3, 12), ends=NOON)  # noqa: DTZ001 - the fault under test
    for ends in (NOON, NOON - timedelta(minutes=1)):
        with pytest.raises(ValueError, match="ends after"):
            Span(starts=NOON, ends=ends)


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (at(0, 60), at(30, 90), True),
        (at(0, 60), at(10, 20), True),
        (at(0, 60), at(0, 60), True),
        (at(0, 60), at(60, 90), False),
        (at(0, 60), at(70, 90), False),
    ],
)
def test_spans_that_only_touch_do_not_overlap(one: Span, other: Span, *, shared: bool) -> None:
    assert overlap(one, other) is shared
    assert overlap(other, one) is shared


def test_spans_by_example() -> None:
    assert lasting(NOON, 90) == at(0, 90)
    assert union([at(60, 90), at(0, 30), at(20, 60), at(100, 110)]) == (at(0, 90), at(100, 110))
    assert subtract([at(0, 60)], [at(10, 20), at(50, 70)]) == (at(0, 10), at(20, 50))
    assert common([at(0, 60)], [at(10, 20), at(50, 70)]) == (at(10, 20), at(50, 60))


@settings(max_examples=150)
@given(one=SPANS, other=SPANS)
def test_spans_hold_the_minutes_that_they_should(one: tuple[Span, ...], other: tuple[Span, ...]) -> None:
    results = {
        union(one + other): minutes(one) | minutes(other),
        subtract(one, other): minutes(one) - minutes(other),
        common(one, other): minutes(one) & minutes(other),
    }
    for spans, held in results.items():
        assert minutes(spans) == held
        assert all(left.ends < right.starts for left, right in pairwise(spans))


@pytest.mark.parametrize("wall", [time(1), time(1, 30), time(1, 59)])
def test_a_time_that_does_not_exist_is_refused(wall: time) -> None:
    with pytest.raises(NoSuchTime):
        moment(SPRING, wall)

    assert open_moment(SPRING, wall, opening=True) == datetime(2027, 3, 28, 1, tzinfo=UTC)
    assert open_moment(SPRING, wall, opening=False) == datetime(2027, 3, 28, 1, tzinfo=UTC)


@pytest.mark.parametrize("wall", [time(1), time(1, 30), time(1, 59)])
def test_a_time_that_comes_twice_is_asked_about(wall: time) -> None:
    with pytest.raises(TimeComesTwice):
        moment(AUTUMN, wall)

    first = datetime(2026, 10, 25, 0, wall.minute, tzinfo=UTC)
    assert open_moment(AUTUMN, wall, opening=True) == first
    assert open_moment(AUTUMN, wall, opening=False) == first + timedelta(hours=1)


@settings(max_examples=300)
@given(when=st.datetimes(datetime(2026, 1, 1), datetime(2032, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001 - zone beside
def test_a_wall_time_and_its_moment_say_the_same(when: datetime) -> None:
    local = when.replace(second=0, microsecond=0).astimezone(LONDON)
    try:
        found = moment(local.date(), local.time())
    except TimeComesTwice:
        assert local.hour == 1
        return

    assert found == local
    assert open_moment(local.date(), local.time(), opening=True) == found
