"""Notice by the worked examples, and the moves of a meeting and of each person in it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.case import Channel, SeatId, Side
from meetings.meeting import (
    ATTENDANCE_MOVES,
    MEETING_MOVES,
    AttendanceState,
    MeetingNotSo,
    MeetingState,
    NoticeTooShort,
    OnlyTheFamily,
    PersonNotThere,
    Waiver,
    attendance_moved,
    meeting_moved,
    notice,
    notice_given,
    off_hours,
    waived,
)
from tests.cases.days import CALENDAR

TODAY = date(2026, 10, 19)  # a Monday
AGREED = Waiver(by=SeatId("seat"), at=datetime(2026, 10, 19, 9, tzinfo=UTC), channel=Channel.PHONE)
DAYS = st.dates(min_value=date(2026, 1, 1), max_value=date(2028, 6, 30))


@pytest.mark.parametrize(
    ("told", "session", "working_days", "short_by", "close"),
    [
        (date(2026, 3, 30), date(2026, 4, 8), 5, 0, True),  # T32
        (date(2026, 3, 31), date(2026, 4, 8), 4, 1, False),
        (date(2026, 12, 24), date(2027, 1, 5), 5, 0, True),  # T33
        (date(2026, 12, 25), date(2027, 1, 5), 4, 1, False),
        (TODAY, date(2026, 11, 3), 11, 0, False),
        (TODAY, date(2026, 10, 28), 7, 0, False),
        (TODAY, date(2026, 10, 27), 6, 0, True),
        (TODAY, date(2026, 10, 26), 5, 0, True),
        (TODAY, date(2026, 10, 23), 4, 1, False),
        (date(2026, 10, 18), date(2026, 10, 26), 5, 0, True),  # told on a Sunday
        (TODAY, TODAY, 0, 5, False),
        (TODAY, date(2026, 10, 12), 0, 5, False),
    ],
)
def test_notice_counts_working_days(
    told: date, session: date, working_days: int, short_by: int, *, close: bool
) -> None:
    given_notice = notice(told, session, CALENDAR)

    assert (given_notice.working_days, given_notice.short_by, given_notice.close) == (working_days, short_by, close)
    assert given_notice.enough == (short_by == 0)


def test_notice_in_time_says_the_last_day() -> None:
    assert notice_given(TODAY, date(2026, 11, 3), CALENDAR).why == (
        "Everybody is told in time. The last day to tell them is Tuesday 27 October 2026."
    )


def test_notice_too_short_is_refused_in_plain_words() -> None:
    with pytest.raises(NoticeTooShort) as refused:
        notice_given(TODAY, date(2026, 10, 23), CALENDAR)

    assert refused.value.words == (
        "This is 1 working day short: for this meeting the last day to tell everybody was Friday 16 October 2026. "
        "It can be booked if the family says that this is all right."
    )
    assert refused.value.notice.last_day.due == date(2026, 10, 16)


def test_notice_too_short_stands_with_the_waiver_of_the_family() -> None:
    allowed = notice_given(TODAY, date(2026, 10, 22), CALENDAR, waiver=AGREED)

    assert allowed.enough
    assert allowed.why == (
        "This is 2 working days short: for this meeting the last day to tell everybody was Thursday 15 October 2026. "
        "The family has said by phone, on Monday 19 October 2026, that this is all right."
    )


def test_a_waiver_is_the_familys_and_nobody_elses() -> None:
    at = datetime(2026, 10, 19, 9, tzinfo=UTC)

    assert waived(SeatId("seat"), Side.FAMILY, at=at, channel=Channel.PHONE) == AGREED
    for side in set(Side) - {Side.FAMILY}:
        with pytest.raises(OnlyTheFamily):
            waived(SeatId("seat"), side, at=at, channel=Channel.PHONE)


def test_notice_counts_moments_by_their_day_in_london() -> None:
    late_evening = datetime(2026, 10, 18, 23, 30, tzinfo=UTC)  # already Monday in London

    assert notice(late_evening, datetime(2026, 10, 26, 10, tzinfo=UTC), CALENDAR).told_on == TODAY


@settings(max_examples=300)
@given(told=DAYS, session=DAYS)
def test_short_and_last_day_say_the_same(told: date, session: date) -> None:
    given_notice = notice(told, session, CALENDAR)

    assert (given_notice.short_by == 0) == (told <= given_notice.last_day.day) == (given_notice.working_days >= 5)


@pytest.mark.parametrize("before", MeetingState)
@pytest.mark.parametrize("after", MeetingState)
def test_a_meeting_moves_by_its_table(before: MeetingState, after: MeetingState) -> None:
    if after in MEETING_MOVES[before]:
        assert meeting_moved(before, after) is after
    else:
        with pytest.raises(MeetingNotSo):
            meeting_moved(before, after)


@pytest.mark.parametrize("before", AttendanceState)
@pytest.mark.parametrize("after", AttendanceState)
def test_a_person_moves_by_their_table(before: AttendanceState, after: AttendanceState) -> None:
    if after in ATTENDANCE_MOVES[before]:
        assert attendance_moved(before, after) is after
    else:
        with pytest.raises(PersonNotThere):
            attendance_moved(before, after)


def test_nobody_is_in_the_room_without_having_been_at_the_door() -> None:
    into_the_room = {before for before, after in ATTENDANCE_MOVES.items() if AttendanceState.ADMITTED in after}

    assert into_the_room == {AttendanceState.ARRIVED, AttendanceState.AWAY}


def test_an_hour_around_its_time_a_meeting_is_opened_without_a_question() -> None:
    starts = datetime(2026, 11, 3, 10, tzinfo=UTC)
    ends, minutes = starts + timedelta(hours=3), (-2 * 24 * 60, -61, -60, 0, 180, 240, 241)
    off = [off_hours(starts, ends, now=starts + timedelta(minutes=each)) for each in minutes]
    assert off == [True, True, False, False, False, False, True]
