"""Act: the day before a meeting everybody who is expected is reminded of it, once for each time that it was given.

What is sent names the meeting's UID and SEQUENCE, so that a meeting that moved is reminded of anew, and the same one
never twice. A reminder that comes after midnight is useless and is not sent (reliability T4).
"""

from datetime import datetime, time

from cases import file, holiday_list
from cases.working_days import ONE_DAY, day_of
from database.engine import Database, Transaction
from meetings import register, venue_list
from meetings.meeting import AttendanceState, MeetingState
from meetings.register import Meeting
from notifications.wording import Office
from scheduler import inviting
from scheduler.spans import moment

FROM = time(9)  # in London, on the day before


async def remind_due(database: Database, office: Office, *, now: datetime) -> int:
    """From nine in the morning on everybody has a reminder of each meeting of tomorrow; how many there are."""
    today = day_of(now)
    if now < moment(today, FROM):
        return 0
    tomorrow = moment(today + ONE_DAY, time(0)), moment(today + 2 * ONE_DAY, time(0))
    async with database.read() as db:
        found = await register.between(db, after=tomorrow[0], before=tomorrow[1])
    due = [one for one in found if one.state is MeetingState.BOOKED and day_of(one.starts) == today + ONE_DAY]
    for one in due:
        async with database.write() as db:
            await _remind(db, office, one.id, now=now)
    return len(due)


async def _remind(db: Transaction, office: Office, meeting_id: str, *, now: datetime) -> None:
    meeting = await register.load(db, meeting_id, held=True)
    if meeting.state is MeetingState.BOOKED:
        await inviting.remind(await _about(db, office, meeting, now=now))


async def _about(db: Transaction, office: Office, meeting: Meeting, *, now: datetime) -> inviting.Round:
    seats = {seat.id: seat for seat in await file.seats_of(db, meeting.case_id)}
    expected = await register.attendances(db, meeting.id)
    return inviting.Round(
        db=db,
        office=office,
        case=await file.load_case(db, meeting.case_id),
        matter=await file.load_matter(db, meeting.matter_id),
        meeting=meeting,
        place=await venue_list.by_id(db, meeting.venue_id) if meeting.venue_id else None,
        calendar=await holiday_list.calendar(db),
        guests=tuple(
            (each, seats[each.seat_id])
            for each in expected
            if each.seat_id in seats and each.state is not AttendanceState.WITHDRAWN
        ),
        now=now,
    )
