"""Edge: the room of a participant: the shell of its page, its line, its token for the media, and leaving."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from meetings import attending
from meetings.meeting import AttendanceState, Mode
from meetings.room import joining
from meetings.room.asks import Departed
from meetings.room.floor import SeatKey
from meetings.room.joining import NoVideoNow, Ticket
from meetings.room.turns import take_turn
from meetings.room.video import VideoAway
from pages.changes import change
from pages.keys import DATABASE, VIDEO, now, person
from pages.page import SEAT, Page, see_other
from pages.rendering import render
from pages.room import socket
from pages.room.door import INSIDE, PLACE, Place, place
from people.access import NotFound
from people.proofs import Shown

RETRY_SECONDS = 5


def _address(request: web.Request, name: str, found: Place) -> str:
    return str(request.app.router[name].url_for(attendance=found.attendance.id))


async def _inside(request: web.Request) -> Place:
    found = await place(request)
    if found.attendance.state not in INSIDE or found.meeting.mode is not Mode.ONLINE:
        raise NotFound
    return found


async def show(request: web.Request) -> web.StreamResponse:
    """The room, for somebody who was let in; the door for everybody else."""
    found = await place(request)
    if found.attendance.state not in INSIDE:
        return see_other(_address(request, "door", found))
    return render(
        request,
        "room/room.html",
        role="participant",
        meeting=found.meeting,
        case_number=None,
        admit_address=None,
        record_address=None,
        socket_address=_address(request, "room-socket", found),
        token_address=_address(request, "room-token", found) if request.app[VIDEO].on else None,
        leave_address=_address(request, "room-leave", found),
    )


async def line(request: web.Request) -> web.StreamResponse:
    """The seat's line."""
    return await socket.serve(request, await _meeting_id(request), request.match_info["attendance"])


async def _meeting_id(request: web.Request) -> str:
    return (await _inside(request)).meeting.id


async def token_for(request: web.Request, ticket: Callable[..., Awaitable[Ticket]], **whose: Any) -> web.Response:
    """A token for a minute; 503 with words while the video server is away."""
    if not request.app[VIDEO].on:
        return web.json_response({"video": False})
    try:
        made = await ticket(request.app[DATABASE], request.app[VIDEO], **whose, now=now(request))
    except (NoVideoNow, VideoAway):
        return web.json_response(
            {"retry": RETRY_SECONDS, "words": NoVideoNow().words},
            status=503,
            headers={"Retry-After": str(RETRY_SECONDS)},
        )
    return web.json_response({"url": made.url, "token": made.token, "epoch": made.epoch})


async def token(request: web.Request) -> web.StreamResponse:
    """The seat's token."""
    place_id = request.match_info["attendance"]
    return await token_for(request, joining.seat_ticket, attendance_id=place_id, person=person(request))


async def leave(request: web.Request) -> web.StreamResponse:
    """The person has gone out; the link leads back to the door."""
    found = await place(request)
    async with change(request) as made:
        if found.attendance.state in (*INSIDE, AttendanceState.ARRIVED):
            await attending.leave(made.db, found.attendance.id, person=person(request), now=now(request))
        if found.attendance.state in INSIDE:
            await take_turn(made.db, found.meeting.id, Departed(by=SeatKey(found.attendance.id)), now=now(request))
        return await made.to("seat-home")


PAGES = (
    Page(name="room", path=f"/room/{PLACE}/live", who=SEAT, get=show, proof=Shown.KNOWN),
    Page(name="room-socket", path=f"/room/{PLACE}/socket", who=SEAT, get=line, shows=False, proof=Shown.KNOWN),
    Page(name="room-token", path=f"/room/{PLACE}/token", who=SEAT, post=token, shows=False, proof=Shown.KNOWN),
    Page(
        name="room-leave",
        path=f"/room/{PLACE}/leave",
        who=SEAT,
        post=leave,
        shows=False,
        form="door",
        proof=Shown.NOTHING,
    ),
)
