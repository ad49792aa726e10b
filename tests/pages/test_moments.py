"""Hours as people write them, in London, on both sides of summer time."""

from datetime import UTC, date, datetime, time

import pytest

from pages.moments import moment, read_time


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("10:20", time(10, 20)),
        ("10.20", time(10, 20)),
        ("1020", time(10, 20)),
        ("9", time(9, 0)),
        (" 9:05 ", time(9, 5)),
    ],
)
def test_an_hour_is_read_however_it_is_written(written: str, read: time) -> None:
    assert read_time(written) == read


@pytest.mark.parametrize("written", ["", "25:00", "10:61", "ten", "1:2:3", "١٠:٢٠", "10:200"])
def test_what_is_no_hour_is_refused_in_words(written: str) -> None:
    with pytest.raises(ValueError, match="Write the time like 10:20"):
        read_time(written)


def test_a_moment_is_in_london_summer_and_winter() -> None:
    assert moment(date(2026, 7, 1), time(10, 0)) == datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
    assert moment(date(2026, 12, 1), time(10, 0)) == datetime(2026, 12, 1, 10, 0, tzinfo=UTC)


def test_an_hour_that_the_clocks_skip_is_refused() -> None:
    with pytest.raises(ValueError, match="does not exist"):
        moment(date(2027, 3, 28), time(1, 30))
