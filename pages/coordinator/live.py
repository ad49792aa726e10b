"""Edge: the coordinators' view of a room: who is in, the order of hands, the break, and what waits for an answer.

No sound, no picture, and nobody's time (3.5). It looks again by itself every five seconds, and without that on request.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, ClassVar

from aiohttp import web
from pydantic import AfterValidator

from database.engine import Transaction
from meetings.meeting import MeetingState
from meetings.register import Meeting
from meetings.room import floors
from meetings.room.commands import SeenTold
from meetings.room.floor import Floor
from meetings.room.seats import Office
from meetings.room.state import COORDINATOR as OUTSIDE
from meetings.room.told import What
from meetings.room.turns import take_turn
from meetings.room.views import watched
from notifications.when import lasting
from pages.case_view import LETTERS, SIDE_NAMES
from pages.changes import change
from pages.coordinator.case import Opened
from pages.coordinator.one_meeting import ONE, meeting_and_case
from pages.forms import Form, read
from pages.keys import DATABASE, now, person
from pages.page import COORDINATOR, Page
from pages.rendering import render
from people import audit

LOOKS_AGAIN = "5"
STAGES: Mapping[str, str] = {
    "arriving": "Arriving",
    "welcome": "Welcome",
    "childs_voice": "The child’s voice",
    "first_turns": "First turns",
    "questions": "Questions",
    "private_rooms": "Private rooms",
    "options": "Options",
    "reading_back": "Reading back",
    "break": "Break",
}
MODES: Mapping[str, str] = {
    "mediator_speaks": "The mediator speaks",
    "statement": "A side speaks without interruption",
    "round": "A round by side",
    "open_talk": "Open talk",
    "queue": "In turn",
    "check": "Checking what was understood",
    "drafting": "Writing it down together",
    "private_rooms": "In private rooms",
    "paused": "Paused",
    "break": "Break",
    "unattended": "No mediator in the room",
}
TOLD: Mapping[What, str] = {
    What.PAUSE: "Asks for a pause",
    What.BREAK: "Asks for a break",
    What.AGAIN: "Asks to hear that again",
    What.SLOWER: "Asks for slower",
    What.LOST: "Has lost the thread",
    What.WORD: "Did not understand a word",
    What.SOUND: "Something is wrong with the sound",
    What.UPSET: "Feels upset or unsafe",
    What.MEDIATOR: "Asks for a private word with the mediator",
    What.SUPPORTER: "Asks for a private word with their supporter",
}


def _number(value: str) -> str:
    if not value.isascii() or not value.isdigit() or len(value) > len("999999"):
        raise ValueError("Choose what you have seen")
    return value


class SeenForm(Form):
    """What was seen."""

    WORDS: ClassVar = {"number": "Choose what you have seen"}
    number: Annotated[str, AfterValidator(_number)]


async def _look(request: web.Request, db: Transaction) -> tuple[Meeting, Opened, Floor | None]:
    meeting, case = await meeting_and_case(request, db)
    return meeting, case, await floors.load(db, meeting.id)


async def show(request: web.Request) -> web.StreamResponse:
    """The room as it is now; a sentence where nobody is in it."""
    async with request.app[DATABASE].read() as db:
        meeting, case, floor = await _look(request, db)
    goes_on = floor is not None and meeting.state is MeetingState.OPEN
    still = request.query.get("still") == "yes"
    response = render(
        request,
        "coordinator/live.html",
        case=case.case,
        meeting=meeting,
        room=_room(floor, now(request)) if floor is not None and goes_on else None,
        still=still,
        at=now(request),
    )
    if goes_on and not still:
        response.headers["Refresh"] = LOOKS_AGAIN
    return response


def _room(floor: Floor, moment: datetime) -> dict[str, Any]:
    """What the page shows, made of what a coordinator may see and of nothing else."""
    seen: Mapping[str, Any] = watched(floor, now=moment)
    view: Mapping[str, Any] = seen["floor"]
    people = {one["seat"]: one for one in view["people"]}
    stage = view["stage"]
    return {
        "stage": stage["name"] or STAGES.get(stage["code"], stage["code"]),
        "number": stage["number"],
        "count": stage["count"],
        "mode": MODES[view["mode"]],
        "break_due": datetime.fromisoformat(view["break_due"]),
        "break_is": view["break"],
        "ends": datetime.fromisoformat(view["ends"]["at"]) if view["ends"] else None,
        "people": [_person(one, holds=one["seat"] == view["holder"]) for one in people.values()],
        "queue": [people[one["seat"]]["name"] for one in view["queue"] if one["seat"] in people],
        "unseen": lasting(floor.numbers.unseen.total_seconds()),
        "told": _told(seen["told"], {seat: one["name"] for seat, one in people.items()}),
    }


def _person(one: Mapping[str, Any], *, holds: bool) -> dict[str, Any]:
    return {
        "name": one["name"],
        "letter": LETTERS[one["side"]],
        "word": one["tag"] or ("Mediator" if one["office"] == Office.MEDIATOR else SIDE_NAMES[one["side"]]),
        "here": one["here"],
        "holds": holds,
    }


def _told(rows: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """What nobody answered for a minute: what waits longest first, what was seen since last; a word has no name."""
    shown = [
        {
            "number": one["number"],
            "words": TOLD[What(one["what"])] + (f": {one['word']}" if one["word"] else ""),
            "who": names.get(one["seat"], "Somebody who has left") if one["seat"] else "Somebody",
            "at": datetime.fromisoformat(one["at"]),
            "seen": _seen(one, names),
        }
        for one in rows
    ]
    return sorted(shown, key=lambda one: (one["seen"] is not None, one["number"]))


def _seen(one: Mapping[str, Any], names: Mapping[str, str]) -> str | None:
    if one["seen_at"] is None:
        return None
    return "a coordinator" if one["seen_by"] == OUTSIDE else names.get(one["seen_by"], "a mediator")


async def see(request: web.Request) -> web.StreamResponse:
    """Whoever told it has a tick, and nobody else is called about it."""
    form = await read(request, SeenForm)
    async with change(request) as made:
        meeting, case = await meeting_and_case(request, made.db)
        seen = SeenTold(by=OUTSIDE, number=int(form.number))
        await take_turn(made.db, meeting.id, seen, now=now(request))
        about = f"meeting:{meeting.id}"
        await audit.note(made.db, person(request), "meeting.seen", about, case_id=case.case.id, now=now(request))
        return await made.to("desk-live", meeting=meeting.id)


PAGES = (
    Page(name="desk-live", path=f"{ONE}/live", who=COORDINATOR, get=show),
    Page(name="desk-live-seen", path=f"{ONE}/live/seen", who=COORDINATOR, post=see, form="desk-live"),
)
