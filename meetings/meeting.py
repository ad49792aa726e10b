"""Rules: a meeting, who attends it and how they proved who they are, and whether everybody was told in time.

SEND Code of Practice 2015, chapter 11: everybody is told the date and place at least five working days before, unless
the family lets that go (domain 2.2, D10). A new day, place or format counts as new, and is told in time again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from cases import deadlines
from cases.case import Channel, SeatId, Side
from cases.deadlines import Deadline
from cases.working_days import ONE_DAY, Calendar, day_of
from database.refusal import Refusal
from notifications.when import full_day

MeetingId = NewType("MeetingId", str)
AttendanceId = NewType("AttendanceId", str)

REQUIRED = 5
CLOSE_TO_THE_EDGE = 2  # fewer working days to spare than this is called close (pages.md 10)


class Mode(StrEnum):
    """How the sides meet."""

    ONLINE = "online"
    IN_PERSON = "in_person"


class MeetingState(StrEnum):
    """Where a meeting stands."""

    BOOKED = "booked"
    OPEN = "open"
    ADJOURNED = "adjourned"
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"


OVER = frozenset({MeetingState.CONCLUDED, MeetingState.CANCELLED})


class AttendanceState(StrEnum):
    """Where one person is; arrived is in the waiting room, and away is out of the room without having left."""

    INVITED = "invited"
    ARRIVED = "arrived"
    ADMITTED = "admitted"
    AWAY = "away"
    LEFT = "left"
    WITHDRAWN = "withdrawn"


class Part(StrEnum):
    """What a colleague does at a meeting beside its mediator: mediates with them, or learns and does nothing."""

    CO_MEDIATOR = "co_mediator"
    TRAINEE = "trainee"

    @property
    def words(self) -> str:
        """The part as everybody reads it beside a name."""
        return PART_WORDS[self]


PART_WORDS: Mapping[Part, str] = {Part.CO_MEDIATOR: "co-mediator", Part.TRAINEE: "trainee"}


class ProofLevel(StrEnum):
    """How somebody at the door has shown who they are; `phone` is a code to the phone, `mail` one to the mail."""

    PHONE = "phone"
    MAIL = "mail"
    VOUCHED = "vouched"
    NOT_CONFIRMED = "not_confirmed"

    @property
    def words(self) -> str:
        """The proof as the mediator reads it beside a name."""
        return PROOF_WORDS[self]


PROOF_WORDS: Mapping[ProofLevel, str] = {
    ProofLevel.PHONE: "Confirmed by a code to their phone",
    ProofLevel.MAIL: "Confirmed by a code to their email",
    ProofLevel.VOUCHED: "You know them",
    ProofLevel.NOT_CONFIRMED: "Not confirmed yet. Greet them first",
}


OFF_BY = timedelta(hours=1)  # opened this much too early or too late, a sitting may be a mistake


class NotItsHour(Refusal):
    """This is not the hour of this meeting. Look at its day and time, and say that you want to open it now."""


class MeetingNotSo(Refusal):
    """The meeting is not at that point. Please look at it again: something may have changed."""


class PersonNotThere(Refusal):
    """This person is not at the door just now. Please look again."""


class OnlyTheFamily(Refusal):
    """Only the family can say that less than 5 working days is all right."""


class NoticeTooShort(Refusal):
    """There are fewer than 5 working days until this meeting, and the family has not said that this is all right."""

    def __init__(self, notice: "Notice") -> None:
        self.notice = notice
        super().__init__(notice.why)


MEETING_MOVES: Mapping[MeetingState, frozenset[MeetingState]] = {
    MeetingState.BOOKED: frozenset({MeetingState.OPEN, MeetingState.CONCLUDED, MeetingState.CANCELLED}),
    MeetingState.OPEN: frozenset({MeetingState.ADJOURNED, MeetingState.CONCLUDED}),
    MeetingState.ADJOURNED: frozenset({MeetingState.OPEN, MeetingState.CONCLUDED}),
    MeetingState.CONCLUDED: frozenset(),
    MeetingState.CANCELLED: frozenset(),
}
_IN_ROOM = frozenset({AttendanceState.AWAY, AttendanceState.LEFT, AttendanceState.WITHDRAWN})
ATTENDANCE_MOVES: Mapping[AttendanceState, frozenset[AttendanceState]] = {
    AttendanceState.INVITED: frozenset({AttendanceState.ARRIVED, AttendanceState.WITHDRAWN}),
    AttendanceState.ARRIVED: frozenset({AttendanceState.ADMITTED, AttendanceState.LEFT, AttendanceState.WITHDRAWN}),
    AttendanceState.ADMITTED: _IN_ROOM,
    AttendanceState.AWAY: _IN_ROOM - {AttendanceState.AWAY} | {AttendanceState.ADMITTED, AttendanceState.ARRIVED},
    AttendanceState.LEFT: frozenset({AttendanceState.ARRIVED, AttendanceState.WITHDRAWN}),
    AttendanceState.WITHDRAWN: frozenset({AttendanceState.INVITED}),
}


def off_hours(starts: datetime, ends: datetime, *, now: datetime) -> bool:
    """Whether a sitting of these hours would be opened more than an hour too early, or too late."""
    return not starts - OFF_BY <= now <= ends + OFF_BY


def meeting_moved(before: MeetingState, after: MeetingState) -> MeetingState:
    """The state after; MeetingNotSo where the table does not hold the move."""
    if after not in MEETING_MOVES[before]:
        raise MeetingNotSo
    return after


def attendance_moved(before: AttendanceState, after: AttendanceState) -> AttendanceState:
    """The state after; PersonNotThere where the table does not hold the move."""
    if after not in ATTENDANCE_MOVES[before]:
        raise PersonNotThere
    return after


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """The family's word that less than five working days is all right: whose, when, and how it was given."""

    by: SeatId
    at: datetime
    channel: Channel


def waived(by: SeatId, side: Side, *, at: datetime, channel: Channel) -> Waiver:
    """The family's waiver; OnlyTheFamily where somebody else gives it, since the notice is there for the family."""
    if side is not Side.FAMILY:
        raise OnlyTheFamily(field="waiver")
    return Waiver(by=by, at=at, channel=channel)


@dataclass(frozen=True, kw_only=True)
class Notice:
    """How much time lies between telling everybody and the meeting."""

    last_day: Deadline
    told_on: date
    working_days: (
        int  # from the day of telling, itself included where it is a working day, to the day before the meeting
    )
    short_by: int
    waiver: Waiver | None
    why: str

    @property
    def enough(self) -> bool:
        """Whether the meeting may be booked."""
        return not self.short_by or self.waiver is not None

    @property
    def close(self) -> bool:
        """Whether it is in time with fewer than two working days to spare."""
        return not self.short_by and self.working_days - REQUIRED < CLOSE_TO_THE_EDGE


def notice(told: date, session: date, calendar: Calendar, *, waiver: Waiver | None = None) -> Notice:
    """What telling everybody on this day means for a meeting on that day; it refuses nothing, so it can be shown first.

    Moments count as their days in London.
    """
    told_on, last_day = day_of(told), deadlines.notice_by(session, calendar)
    days = calendar.left(told_on - ONE_DAY, day_of(session) - ONE_DAY)
    short_by = 0 if told_on <= last_day.day else REQUIRED - days
    return Notice(
        last_day=last_day,
        told_on=told_on,
        working_days=days,
        short_by=short_by,
        waiver=waiver,
        why=_why(last_day, short_by, waiver),
    )


def _why(last_day: Deadline, short_by: int, waiver: Waiver | None) -> str:
    last = full_day(last_day.due)
    if not short_by:
        return f"Everybody is told in time. The last day to tell them is {last}."
    days = "1 working day" if short_by == 1 else f"{short_by} working days"
    short = f"This is {days} short: for this meeting the last day to tell everybody was {last}."
    if waiver is None:
        return f"{short} It can be booked if the family says that this is all right."
    return f"{short} The family has said {waiver.channel.words}, on {full_day(waiver.at)}, that this is all right."


def notice_given(told: date, session: date, calendar: Calendar, *, waiver: Waiver | None = None) -> Notice:
    """The notice of a meeting that may be booked; NoticeTooShort without five working days or the family's waiver."""
    given = notice(told, session, calendar, waiver=waiver)
    if not given.enough:
        raise NoticeTooShort(given)
    return given
