"""What can be told outside the queue: every signal of 3.3, open until somebody has seen it."""

from dataclasses import replace

from meetings.room.seats import SeatKey
from meetings.room.told import Told, What
from tests.meetings.room.table import START

TOLD = Told(number=1, seat=SeatKey("tessa"), what=What.PAUSE, at=START)


def test_a_signal_is_open_until_it_is_seen_though_a_coordinator_was_told() -> None:
    assert TOLD.open
    assert replace(TOLD, escalated=True).open
    assert not replace(TOLD, seen_by=SeatKey("mediator"), seen_at=START).open


def test_every_signal_of_the_specification_can_be_told() -> None:
    assert {what.value for what in What} == {
        *("pause", "break", "again", "slower", "lost", "word", "sound", "upset", "mediator", "supporter"),
    }
