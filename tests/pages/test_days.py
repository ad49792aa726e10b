from datetime import UTC, date, datetime

import pytest

from pages import days

WINTER = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
SUMMER = datetime(2026, 10, 8, 23, 30, tzinfo=UTC)  # 0:30 the next day in London


def test_the_short_forms_are_told_in_london() -> None:
    assert days.short_day(WINTER) == "Tue 3 Nov"
    assert days.short_day(SUMMER) == "Fri 9 Oct"
    assert days.plain_day(date(2016, 5, 19)) == "19 May 2016"
    assert days.clock(SUMMER) == "00:30"


def test_hours_have_a_family_form_and_a_staff_form() -> None:
    ends = datetime(2026, 11, 3, 13, 30, tzinfo=UTC)

    assert days.hours(WINTER, ends) == "10 am to 1:30 pm"
    assert days.clock_hours(WINTER, ends) == "10:00 to 13:30"


def test_a_stamp_is_a_local_date_or_a_moment_with_its_offset() -> None:
    assert days.stamp(date(2026, 11, 3)) == "2026-11-03"
    assert days.stamp(WINTER) == "2026-11-03T10:00+00:00"
    assert days.stamp(SUMMER) == "2026-10-09T00:30+01:00"


def test_a_leaf_shows_the_day_of_london() -> None:
    assert days.leaf(SUMMER) == days.Leaf(
        week="Fri", number=9, month="Oct", year=2026, stamp="2026-10-09", words="Friday 9 October 2026"
    )


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        days.short_day(datetime(2026, 11, 3, 10, 0))  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("The month must be a number from 1 to 12. You wrote 14", "month"),
        ("Add the year", "year"),
        ("Write the year with 4 numbers. You wrote 26", "year"),
        ("Add the day and the month", None),
        ("There is no such day in that month", None),
        ("The letter cannot be from tomorrow", None),
        (None, None),
    ],
)
def test_the_words_of_a_refusal_say_which_part_of_a_date_is_meant(words: str | None, part: str | None) -> None:
    assert days.faulty_part(words) == part
