from datetime import UTC, date, datetime

import pytest

from notifications import when

WINTER = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
SUMMER = datetime(2026, 7, 7, 8, 30, tzinfo=UTC)


def test_a_winter_meeting_in_words() -> None:
    assert when.span(WINTER, WINTER.replace(hour=13)) == "Tuesday 3 November 2026, 10 am to 1 pm (UK time)"


def test_a_summer_meeting_is_an_hour_later_on_the_clock() -> None:
    assert when.span(SUMMER, SUMMER.replace(hour=11)) == "Tuesday 7 July 2026, 9:30 am to 12:30 pm (UK time)"


def test_a_meeting_over_midnight_names_both_days() -> None:
    ends = datetime(2026, 11, 4, 1, 0, tzinfo=UTC)
    assert when.span(WINTER, ends) == "Tuesday 3 November 2026, 10 am to Wednesday 4 November 2026, 1 am (UK time)"


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [
        (0, 0, "midnight"),
        (0, 5, "12:05 am"),
        (9, 5, "9:05 am"),
        (12, 0, "midday"),
        (12, 30, "12:30 pm"),
        (17, 0, "5 pm"),
    ],
)
def test_hours(hour: int, minute: int, said: str) -> None:
    assert when.hour(WINTER.replace(hour=hour, minute=minute)) == said


def test_short_forms() -> None:
    assert when.day(WINTER) == "Tuesday 3 November"
    assert when.full_day(date(2026, 11, 16)) == "Monday 16 November 2026"
    assert when.at(WINTER) == "Tuesday 3 November 2026, 10 am"
    assert when.by(SUMMER) == "Tuesday 7 July, 9:30 am"


def test_a_moment_late_in_the_evening_belongs_to_the_day_in_london() -> None:
    late = datetime(2026, 7, 6, 23, 30, tzinfo=UTC)
    assert when.full_day(late) == "Tuesday 7 July 2026"
    assert when.day_before(late) == date(2026, 7, 6)


def test_a_summer_day_begins_an_hour_earlier_in_utc() -> None:
    assert when.begins(SUMMER).astimezone(UTC) == datetime(2026, 7, 6, 23, 0, tzinfo=UTC)
    assert when.begins(date(2026, 11, 3)).astimezone(UTC) == datetime(2026, 11, 3, 0, 0, tzinfo=UTC)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        when.hour(datetime(2026, 11, 3, 10, 0))  # noqa: DTZ001 - the fault itself


@pytest.mark.parametrize(
    ("seconds", "said"), [(30, "30 seconds"), (60, "1 minute"), (90, "90 seconds"), (300, "5 minutes")]
)
def test_how_long_something_lasts(seconds: int, said: str) -> None:
    assert when.lasting(seconds) == said
