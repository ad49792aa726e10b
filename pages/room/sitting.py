"""Edge: the sitting of its mediators: who waits at which door; the desk, or the tablet on a real table."""

from typing import Annotated, Any, ClassVar

from aiohttp import web
from pydantic import AfterValidator

from cases import file
from cases.case import Side
from cases.dossier import CaseFile
from database.engine import Transaction
from meetings import attending, register
from meetings.meeting import AttendanceState, MeetingState, Mode, Part
from meetings.register import Meeting
from meetings.room import admission, desks, joining
from meetings.room.seats import Office
from pages.case_view import LETTERS, SIDE_NAMES
from pages.changes import change
from pages.forms import Form, read
from pages.keys import DATABASE, VIDEO, now, person
from pages.page import MEDIATOR, Page, see_other
from pages.rendering import render
from pages.room import live, socket
from people import accounts
from people.access import NotFound

MEETING = "{meeting:[a-z2-7]{26}}"
ACTS = ("admit", "vouch", "agree", "seat", "refuse", "put_out")


async def _mine(request: web.Request) -> tuple[Meeting, CaseFile, Office]:
    """The meeting at this address, with what whoever asks is at it for; NotFound for everybody else."""
    async with request.app[DATABASE].read() as db:
        meeting = await register.load(db, request.match_info["meeting"])
        if meeting.state is MeetingState.CANCELLED:
            raise NotFound
        office = desks.office_of(meeting, person(request))
        return meeting, await file.load_case(db, meeting.case_id), office


async def _led(request: web.Request) -> tuple[Meeting, CaseFile]:
    """The same for who mediates at it; NotFound for a trainee too."""
    meeting, case, office = await _mine(request)
    if office is Office.TRAINEE:
        raise NotFound
    return meeting, case


async def _beside(db: Transaction, meeting: Meeting, you: str | None) -> list[tuple[str, str]]:
    """Who else of our own is there: name, and what for."""
    accounts_of = {
        meeting.mediator_id: "mediator",
        meeting.co_mediator_id: Part.CO_MEDIATOR.words,
        meeting.trainee_id: Part.TRAINEE.words,
    }
    others = [(one, word) for one, word in accounts_of.items() if one is not None and one != you]
    found = [(await accounts.by_id(db, one), word) for one, word in others]
    return [(account.name, word) for account, word in found if account]


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
    meeting, case, office = await _mine(request)
    async with request.app[DATABASE].read() as db:
        beside = await _beside(db, meeting, person(request).account_id)
        waits_for = await desks.asked_for(db, meeting) if meeting.trainee_id else ()
    shared: dict[str, Any] = {
        "meeting": meeting,
        "case": case,
        "beside": beside,
        "waits_for": [side.words for side in waits_for],
    }
    if office is Office.TRAINEE:
        return _again(meeting, render(request, "mediator/trainee.html", **shared))
    response = render(
        request,
        "mediator/sitting.html",
        **shared,
        sides=await _people(request, meeting),
        video=request.app[VIDEO].on,
        asks_first=admission.asks_first(meeting, now=now(request)),
    )
    return _again(meeting, response)


def _again(meeting: Meeting, response: web.Response) -> web.Response:
    """The page looks again by itself while people may come."""
    if meeting.state is MeetingState.OPEN and meeting.mode is Mode.ONLINE:
        response.headers["Refresh"] = "10"
    return response


async def ask(request: web.Request) -> web.StreamResponse:
    """Far from its hour: whether it is really to be opened now. Else there is nothing to ask."""
    meeting, case = await _led(request)
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
    form, (meeting, _) = await read(request, OpenForm), await _led(request)
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
    form, (meeting, _) = await read(request, DoorForm), await _led(request)
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
    """The desk, or round a real table the tablet; a colleague has their seat on the floor from now on.

    A trainee sees the desk and has none of its addresses; round a table there is nothing for them to hold.
    """
    meeting, case, office = await _mine(request)
    online, learns = meeting.mode is Mode.ONLINE, office is Office.TRAINEE
    if meeting.state is not MeetingState.OPEN or (learns and not online):
        return see_other(_address(request, "sitting", meeting))
    async with request.app[DATABASE].write() as db:
        await desks.come_in(db, meeting.id, person=person(request), now=now(request))
    return render(
        request,
        "room/room.html",
        role="mediator" if online else "tablet",
        meeting=meeting,
        case_number=case.number,
        admit_address=None if learns else _address(request, "sitting-doors", meeting),
        record_address=None if learns else _address(request, "mediator-draft", meeting),
        socket_address=_address(request, "sitting-socket", meeting),
        token_address=_address(request, "sitting-token", meeting) if online and request.app[VIDEO].on else None,
        leave_address=_address(request, "sitting-leave", meeting),
    )


def _address(request: web.Request, name: str, meeting: Meeting) -> str:
    return str(request.app.router[name].url_for(meeting=meeting.id))


async def line(request: web.Request) -> web.StreamResponse:
    """The line of the desk; NotFound for a colleague who has not come in."""
    return await socket.serve(request, *await _desk(request))


async def _desk(request: web.Request) -> tuple[str, str]:
    meeting, _, office = await _mine(request)
    return meeting.id, desks.DESKS[office]


async def token(request: web.Request) -> web.StreamResponse:
    """The token of the desk."""
    meeting, _, office = await _mine(request)
    return await live.token_for(request, joining.ticket, meeting_id=meeting.id, seat_key=desks.DESKS[office])


async def leave(request: web.Request) -> web.StreamResponse:
    """The screen is closed and the sitting goes on; a colleague is off the floor. It ends on the page of the record."""
    meeting, _, _ = await _mine(request)
    async with change(request) as made:
        await desks.go_out(made.db, meeting.id, person=person(request), now=now(request))
        return await made.to("sitting", meeting=meeting.id)


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
