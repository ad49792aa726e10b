"""A moment as browsers read it."""

from datetime import timedelta

from meetings.room.when import clock
from tests.meetings.room.table import START


def test_a_moment_is_text_in_utc_with_milliseconds_and_none_stays_none() -> None:
    assert clock(START + timedelta(milliseconds=1500)) == "2026-10-08T09:00:01.500Z"
    assert clock(None) is None
