"""Days, times, lists and check marks as the papers write them."""

from datetime import UTC, date, datetime

import pytest

from records.words import check_mark, clock, date_of, day_and_time, listed, short_day


def test_days_carry_their_weekday_and_their_year() -> None:
    assert date_of(date(2026, 11, 3)) == "3 November 2026"
    assert short_day(date(2026, 11, 3)) == "Tue 3 November 2026"
    assert short_day(date(2027, 3, 28)) == "Sun 28 March 2027"


def test_times_are_those_of_england() -> None:
    assert clock(datetime(2026, 11, 4, 10, 5, tzinfo=UTC)) == "10:05"
    assert clock(datetime(2026, 7, 1, 10, 5, tzinfo=UTC)) == "11:05"
    assert day_and_time(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "Wed 1 July 2026, 00:30"


def test_a_moment_without_a_zone_is_a_fault() -> None:
    with pytest.raises(ValueError, match="zone"):
        clock(datetime(2026, 11, 4, 10, 5))  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(
    ("words", "text"),
    [(["1"], "1"), (["1", "3"], "1 and 3"), (["1", "3", "4"], "1, 3 and 4")],
)
def test_lists_end_with_and(words: list[str], text: str) -> None:
    assert listed(words) == text


def test_a_check_mark_is_half_a_hash_in_groups_of_four() -> None:
    assert check_mark("3f9a17c28be460d5a1c80e7294bb5d16" + "0" * 32) == "3f9a 17c2 8be4 60d5 a1c8 0e72 94bb 5d16"
