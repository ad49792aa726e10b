"""Edge: one meeting: who is invited, how their invitations have come, who has agreed; and to move or cancel it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, ClassVar

from aiohttp import web

from cases.case import Channel
from cases.dossier import Seat
from database.engine import Transaction
from meetings import register, venue_list
from meetings.exceptional import Reason
from meetings.meeting import AttendanceState, MeetingState, Mode
from meetings.register import LIVE, Attendance, Meeting
from meetings.venue_list import Place
from notifications import outbox
from notifications.outbox import Posted
from pages.changes import change
from pages.coordinator import colleagues, deliveries
from pages.coordinator.book import told
from pages.coordinator.case import Opened, clocks_of
from pages.coordinator.colleagues import Beside
from pages.coordinator.desk_words import MEETING_TAGS, THERE, Tag, agreed, letters, moment_word, side_word
from pages.coordinator.enquiry import among
from pages.coordinator.one_meeting import ONE, meeting_and_case
from pages.forms import Form, read
from pages.keys import DATABASE, OFFICE, now, person
from pages.page import COORDINATOR, Page
from pages.rendering import render
from people import accounts
from scheduler import booking

WHY = {reason.value: reason.words for reason in booking.Reason}
ABOUT_MEETINGS = frozenset({"invitation", "moved", "cancelled"})


class CancelForm(Form):
    """Why a meeting does not take place."""

    WORDS: ClassVar = {"reason": "Choose the reason that is nearest"}
    reason: Annotated[str, among(WHY, WORDS["reason"])]


async def mediator_name(db: Transaction, meeting: Meeting) -> str:
    """Who runs the meeting."""
    account = await accounts.by_id(db, meeting.mediator_id)
    return account.name if account else ""


async def place_now(db: Transaction, meeting: Meeting) -> Place | None:
    """Where the meeting is; None when it is online."""
    return await venue_list.by_id(db, meeting.venue_id) if meeting.venue_id else None


def _delivery(whose: Seat | str, posted: Sequence[Posted], meeting: Meeting) -> Tag:
    """How the newest word about this meeting has come to this person: a seat, or an account of ours."""
    if isinstance(whose, Seat) and whose.email is None:
        return "tight", "No email: ring or write"
    mine = [
        message
        for message in posted
        if message.kind in ABOUT_MEETINGS
        and message.created_at >= meeting.made_at
        and (message.seat_id == whose.id if isinstance(whose, Seat) else message.account_id == whose)
    ]
    return deliveries.state_of(mine[-1]) if mine else ("wait", "Not written")


def _person(attendance: Attendance, seat: Seat, letter: str, *, delivery: Tag) -> dict[str, Any]:
    return {
        "name": seat.name,
        "letter": letter,
        "word": side_word(seat.side),
        "delivery": delivery,
        "agreed": agreed(attendance.agreed_at, attendance.agreed_how),
        "there": THERE[attendance.state],
    }


async def _people(
    db: Transaction, case: Opened, meeting: Meeting, *, mediator: str, beside: Sequence[Beside]
) -> list[dict[str, Any]]:
    posted = await outbox.for_case(db, case.case.id)
    seats, given = {seat.id: seat for seat in case.seats}, letters(seat.side for seat in case.seats)
    rows = [
        _person(
            one,
            seats[one.seat_id],
            given[seats[one.seat_id].side],
            delivery=_delivery(seats[one.seat_id], posted, meeting),
        )
        for one in await register.attendances(db, meeting.id)
        if one.seat_id in seats and one.state is not AttendanceState.WITHDRAWN
    ]
    rows.sort(key=lambda row: (row["letter"] == "n", row["letter"], row["name"]))
    runs = [("Mediator", mediator, meeting.mediator_id), *((one.word, one.name, one.account_id) for one in beside)]
    return [*rows, *(_ours(word, name, _delivery(whose, posted, meeting)) for word, name, whose in runs)]


def _ours(word: str, name: str, delivery: Tag) -> dict[str, Any]:
    role = "Only watches" if word == "Trainee" else "Runs the meeting"
    return {
        "name": name,
        "letter": "n",
        "word": word,
        "delivery": delivery,
        "agreed": ("calm", role),
        "there": "–",
    }


def _facts(meeting: Meeting, case: Opened, *, mediator: str, place: Place | None) -> list[tuple[str, str]]:
    facts = [("Mediator", mediator), ("Where", f"In person, {place.venue.name}" if place else "Online")]
    if place is not None:
        facts.append(("Address", place.address))
    if meeting.exception in set(Reason):
        facts.append(("Why in person", Reason(meeting.exception).words))
    if meeting.exception_words:
        facts.append(("In our words", meeting.exception_words))
    if meeting.waived_at is not None:
        names = {seat.id: seat.name for seat in case.seats}
        how = Channel(meeting.waived_channel).words if meeting.waived_channel else ""
        who = names.get(meeting.waived_by or "", "The family")
        facts.append(("Short notice", f"{who} said {how}, {moment_word(meeting.waived_at)}, that it is all right"))
    return [*facts, ("Booked", moment_word(meeting.made_at))]


async def show(request: web.Request) -> web.StreamResponse:
    """The meeting with its people."""
    async with request.app[DATABASE].read() as db:
        meeting, case = await meeting_and_case(request, db)
        mediator, place = await mediator_name(db, meeting), await place_now(db, meeting)
        beside = await colleagues.shown(db, meeting)
        people = await _people(db, case, meeting, mediator=mediator, beside=beside)
    return render(
        request,
        "coordinator/meeting.html",
        case=case.case,
        meeting=meeting,
        tag=MEETING_TAGS[meeting.state],
        people=people,
        facts=_facts(meeting, case, mediator=mediator, place=place),
        clocks=clocks_of(case, now(request)),
        may_change=may_change(meeting, now(request)),
        in_person=meeting.mode is Mode.IN_PERSON,
        beside=beside,
        parts=colleagues.free(beside),
        live=meeting.state in LIVE,
    )


def may_change(meeting: Meeting, moment: datetime) -> bool:
    """Whether it can still be moved or cancelled."""
    return meeting.state is MeetingState.BOOKED and meeting.ends + timedelta(days=1) > moment


async def ask_cancel(request: web.Request) -> web.StreamResponse:
    """Whom it tells, before anything is done."""
    async with request.app[DATABASE].read() as db:
        meeting, case = await meeting_and_case(request, db)
        mediator = await mediator_name(db, meeting)
        expected = {one.seat_id for one in await register.attendances(db, meeting.id)}
        beside = await colleagues.told(db, meeting)
    return render(
        request,
        "coordinator/cancel.html",
        case=case.case,
        meeting=meeting,
        booked=meeting.state is MeetingState.BOOKED,
        told=[*told(case, mediator, expected), *beside],
        reasons=list(WHY.items()),
    )


async def cancel(request: web.Request) -> web.StreamResponse:
    """The meeting does not take place, and everybody is told."""
    form = await read(request, CancelForm)
    async with change(request) as made:
        meeting, _ = await meeting_and_case(request, made.db)
        await booking.cancel(
            made.db,
            request.app[OFFICE],
            meeting.id,
            reason=booking.Reason(form.reason),
            person=person(request),
            now=now(request),
        )
        return await made.to("desk-meeting", meeting=meeting.id)


PAGES = (
    Page(name="desk-meeting", path=ONE, who=COORDINATOR, get=show),
    Page(name="desk-cancel", path=f"{ONE}/cancel", who=COORDINATOR, get=ask_cancel, post=cancel),
)
