"""Edge: the mediator's sitting: who waits at which door, who has agreed; the desk, or the tablet on a real table."""

from typing import Annotated, ClassVar

from aiohttp import web
from pydantic import AfterValidator

from cases import file
from cases.case import Side
from cases.dossier import CaseFile
from meetings import attending, register
from meetings.meeting import AttendanceState, MeetingState, Mode
from meetings.register import Meeting
from meetings.room import admission, joining
from meetings.room.turns import MEDIATOR as SEAT_KEY
from pages.case_view import LETTERS, SIDE_NAMES
from pages.changes import change
from pages.forms import Form, read
from pages.keys import DATABASE, VIDEO, now, person
from pages.page import MEDIATOR, Page, see_other
from pages.rendering import render
from pages.room import live, socket
from people.access import NotFound

MEETING = "{meeting:[a-z2-7]{26}}"
ACTS = ("admit", "vouch", "agree", "seat", "refuse", "put_out")


async def _mine(request: web.Request) -> tuple[Meeting, CaseFile]:
    """The meeting at this address, for its own mediator."""
    async with request.app[DATABASE].read() as db:
        meeting = await register.load(db, request.match_info["meeting"])
        if meeting.mediator_id != person(request).account_id or meeting.state is MeetingState.CANCELLED:
            raise NotFound
        return meeting, await file.load_case(db, meeting.case_id)


async def _people(request: web.Request, meeting: Meeting) -> list[dict[str, object]]:
    async with request.app[DATABASE].read() as db:
        seats = {seat.id: seat for seat in await file.seats_of(db, meeting.case_id)}
        found = [
            (one, seats[one.seat_id])
            for one in await register.attendances(db, meeting.id)
            if one.state is not AttendanceState.WITHDRAWN and one.seat_id in seats
        ]
    return [
        {"side": LETTERS[side], "word": SIDE_NAMES[side], "people": [pair for pair in found if pair[1].side is side]}
        for side in Side
        if any(pair[1].side is side for pair in found)
    ]


async def show(request: web.Request) -> web.StreamResponse:
    """The doors by side, and the way into the room; works without script, and looks again by itself."""
    meeting, case = await _mine(request)
    response = render(
        request,
        "mediator/sitting.html",
        meeting=meeting,
        case=case,
        sides=await _people(request, meeting),
        video=request.app[VIDEO].on,
        asks_first=admission.asks_first(meeting, now=now(request)),
    )
    if meeting.state is MeetingState.OPEN and meeting.mode is Mode.ONLINE:
        response.headers["Refresh"] = "10"
    return response


async def ask(request: web.Request) -> web.StreamResponse:
    """Far from its hour: whether it is really to be opened now. Else there is nothing to ask."""
    meeting, case = await _mine(request)
    moment = now(request)
    if not admission.asks_first(meeting, now=moment):
        return see_other(request.app.router["sitting"].url_for(meeting=meeting.id))
    early = moment < meeting.starts
    return render(request, "mediator/open_now.html", meeting=meeting, case=case, moment=moment, early=early)


class OpenForm(Form):
    """The sitting is to be opened; `sure` where the page has asked first."""

    sure: str = ""


async def start(request: web.Request) -> web.StreamResponse:
    """The sitting is open, and everybody who waits is told that the mediator is here."""
    form, (meeting, _) = await read(request, OpenForm), await _mine(request)
    sure = form.sure == "yes"
    async with change(request) as made:
        await admission.start(made.db, meeting.id, sure=sure, person=person(request), now=now(request))
        return await made.to("sitting-room" if meeting.mode is Mode.IN_PERSON else "sitting", meeting=meeting.id)


def _act(value: str) -> str:
    if value not in ACTS:
        raise ValueError("Choose what to do")
    return value


class DoorForm(Form):
    """What is done with whom at the door."""

    WORDS: ClassVar = {"act": "Choose what to do", "attendance": "Choose a person"}
    act: Annotated[str, AfterValidator(_act)]
    attendance: str


async def doors(request: web.Request) -> web.StreamResponse:
    """One person is vouched for, has agreed by phone, is let in, is seated at the table, or is put out."""
    form, (meeting, _) = await read(request, DoorForm), await _mine(request)
    who, moment, one = person(request), now(request), form.attendance
    async with change(request) as made:
        if form.act == "agree":
            how = "table" if meeting.mode is Mode.IN_PERSON else "phone"
            await attending.agree(made.db, one, how=how, person=who, now=moment)
        elif form.act == "refuse":
            await attending.leave(made.db, one, person=who, now=moment)
        else:
            act = {
                "admit": admission.admit,
                "vouch": admission.vouch,
                "seat": admission.seat_at_table,
                "put_out": admission.put_out,
            }[form.act]
            await act(made.db, meeting.id, one, person=who, now=moment)
        return await made.to("sitting", meeting=meeting.id)


async def room(request: web.Request) -> web.StreamResponse:
    """The desk, or round a real table the tablet."""
    meeting, case = await _mine(request)
    router = request.app.router
    if meeting.state is not MeetingState.OPEN:
        return see_other(router["sitting"].url_for(meeting=meeting.id))
    online = meeting.mode is Mode.ONLINE
    return render(
        request,
        "room/room.html",
        role="mediator" if online else "tablet",
        meeting=meeting,
        case_number=case.number,
        admit_address=str(router["sitting-doors"].url_for(meeting=meeting.id)),
        record_address=str(router["mediator-draft"].url_for(meeting=meeting.id)),
        socket_address=str(router["sitting-socket"].url_for(meeting=meeting.id)),
        token_address=str(router["sitting-token"].url_for(meeting=meeting.id))
        if online and request.app[VIDEO].on
        else None,
        leave_address=str(router["sitting-leave"].url_for(meeting=meeting.id)),
    )


async def line(request: web.Request) -> web.StreamResponse:
    """The mediator's line."""
    meeting, _ = await _mine(request)
    return await socket.serve(request, meeting.id, SEAT_KEY)


async def token(request: web.Request) -> web.StreamResponse:
    """The mediator's token."""
    meeting, _ = await _mine(request)
    return await live.token_for(request, joining.ticket, meeting_id=meeting.id, seat_key=SEAT_KEY)


async def leave(request: web.Request) -> web.StreamResponse:
    """The mediator's screen is closed; the sitting goes on, and is ended on the page of the record."""
    meeting, _ = await _mine(request)
    return see_other(request.app.router["sitting"].url_for(meeting=meeting.id))


PAGES = (
    Page(name="sitting", path=f"/mediator/sitting/{MEETING}", who=MEDIATOR, get=show),
    Page(
        name="sitting-open",
        path=f"/mediator/sitting/{MEETING}/open",
        who=MEDIATOR,
        get=ask,
        post=start,
        form="sitting",
    ),
    Page(name="sitting-doors", path=f"/mediator/sitting/{MEETING}/doors", who=MEDIATOR, post=doors, form="sitting"),
    Page(name="sitting-room", path=f"/mediator/sitting/{MEETING}/room", who=MEDIATOR, get=room),
    Page(name="sitting-socket", path=f"/mediator/sitting/{MEETING}/socket", who=MEDIATOR, get=line, shows=False),
    Page(name="sitting-token", path=f"/mediator/sitting/{MEETING}/token", who=MEDIATOR, post=token, shows=False),
    Page(name="sitting-leave", path=f"/mediator/sitting/{MEETING}/leave", who=MEDIATOR, post=leave, form="sitting"),
)
