"""Edge: the steps from the door to the room: equipment, who will be there, who can hear, the waiting room.

Every page reads what is so; only the answers about privacy and the Agreement to Mediate change something. The waiting
room looks again by itself (a Refresh header), so that it works without script.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar

from aiohttp import web
from pydantic import AfterValidator

from cases import file, names
from cases.case import Side
from cases.dossier import Seat
from meetings import attending, register, staff
from meetings.attending import PlaceTaken
from meetings.meeting import OVER, AttendanceState, MeetingState, Mode, Part, ProofLevel
from meetings.register import Attendance, Meeting
from pages.case_view import LETTERS, SIDE_NAMES
from pages.changes import change
from pages.forms import Form, read
from pages.keys import DATABASE, SETTINGS, now, person
from pages.page import SEAT, Page, see_other
from pages.rendering import render
from people import accounts
from people.access import NotFound
from people.proofs import Shown, short_of

PLACE = "{attendance:[a-z2-7]{26}}"
LOOKS_AGAIN = {"Refresh": "5"}
HERE = (AttendanceState.ARRIVED, AttendanceState.ADMITTED, AttendanceState.AWAY)
INSIDE = (AttendanceState.ADMITTED, AttendanceState.AWAY)


@dataclass(frozen=True, kw_only=True)
class Place:
    """One person's place in one meeting, and who else is in it."""

    attendance: Attendance
    meeting: Meeting
    seat: Seat
    others: dict[str, tuple[Attendance, Seat]]
    mediator: str
    colleagues: tuple[tuple[str, Part], ...]

    @property
    def mediator_first(self) -> str:
        """The mediator's first name."""
        return names.first(self.mediator)


async def place(request: web.Request) -> Place:
    """The place at this address, for whoever holds its seat; NotFound for everybody else.

    PlaceTaken for somebody not confirmed where somebody who is has come already.
    """
    who, attendance_id = person(request), request.match_info["attendance"]
    async with request.app[DATABASE].read() as db:
        attendance = await register.load_attendance(db, attendance_id)
        if attendance.seat_id != who.seat_id or attendance.state is AttendanceState.WITHDRAWN:
            raise NotFound
        if who.attendance_id not in (None, attendance_id):
            raise NotFound  # a session opened at another meeting's door stays there
        if who.proof == ProofLevel.NOT_CONFIRMED and attendance.proof not in (None, ProofLevel.NOT_CONFIRMED):
            raise PlaceTaken  # a link that was passed on: whoever has shown who they are is there already
        meeting = await register.load(db, attendance.meeting_id)
        seats = {seat.id: seat for seat in await file.seats_of(db, meeting.case_id)}
        others = {
            one.id: (one, seats[one.seat_id])
            for one in await register.attendances(db, meeting.id)
            if one.state is not AttendanceState.WITHDRAWN and one.seat_id in seats
        }
        mediator = await accounts.by_id(db, meeting.mediator_id)
        beside = [
            (await accounts.by_id(db, one.account_id), one.part) for one in await staff.of_meeting(db, meeting.id)
        ]
    return Place(
        attendance=attendance,
        meeting=meeting,
        seat=seats[attendance.seat_id],
        others=others,
        mediator=mediator.initialled if mediator else "The mediator",
        colleagues=tuple((account.initialled, part) for account, part in beside if account),
    )


def initials(name: str) -> str:
    """The letters of a face whose camera is off."""
    words = name.split()
    return "".join(word[0].upper() for word in (words[:1] + words[-1:] if len(words) > 1 else words))


def _over(found: Place) -> bool:
    return found.meeting.state in OVER


def _step(found: Place) -> str:
    """The page of the way in where this person stands."""
    if _over(found):
        return "meeting-over"
    if found.attendance.state in INSIDE:
        return "room"
    return "waiting" if found.attendance.state is AttendanceState.ARRIVED else "equipment"


async def door(request: web.Request) -> web.StreamResponse:
    """The person goes on from where they were."""
    found = await place(request)
    return see_other(request.app.router[_step(found)].url_for(attendance=found.attendance.id))


def _to(request: web.Request, name: str) -> str:
    return str(request.app.router[name].url_for(attendance=request.match_info["attendance"]))


def _confirmed(request: web.Request) -> bool:
    """Whether the person has shown who they are, or somebody else has vouched for them."""
    return not short_of(person(request), Shown.KNOWN)


async def equipment(request: web.Request) -> web.StreamResponse:
    """Sound, microphone and camera, tried by the person alone; going on is always possible."""
    found = await place(request)
    no_video = request.app[SETTINGS].media_url is None and found.meeting.mode is Mode.ONLINE
    after = "who" if _confirmed(request) else "hearing"  # who is invited is told to those whom we know
    return render(request, "room/equipment.html", next_address=_to(request, after), no_video=no_video)


BESIDE: Mapping[Part, str] = {
    Part.CO_MEDIATOR: "Co-mediator. Runs the meeting together with the mediator, and works for no side.",
    Part.TRAINEE: "Trainee. Watches to learn, and comes in only if every side has said yes. Does not speak.",
}


async def who_page(request: web.Request) -> web.StreamResponse:
    """Everyone who is invited, by side, by first name and initial, with what they are."""
    found = await place(request)
    sides = [
        {
            "letter": "n",
            "word": SIDE_NAMES[Side.NOBODY],
            "people": [
                {
                    "label": found.mediator,
                    "initials": initials(found.mediator),
                    "you": False,
                    "title": "Mediator. Runs the meeting. Decides nothing and works for no side.",
                },
                *(
                    {"label": name, "initials": initials(name), "you": False, "title": BESIDE[part]}
                    for name, part in found.colleagues
                ),
            ],
        }
    ]
    for side in Side:
        people = [
            {
                "label": seat.label,
                "initials": initials(seat.name),
                "you": seat.id == found.seat.id,
                "title": seat.title if seat.after_name else "",
            }
            for _, seat in found.others.values()
            if seat.side is side
        ]
        if people:
            sides.append({"letter": LETTERS[side], "word": SIDE_NAMES[side], "people": people})
    return render(
        request, "room/who.html", sides=sides, mediator=found.mediator_first, next_address=_to(request, "hearing")
    )


def _hears(value: str) -> str:
    if value not in ("nobody", "named", "other"):
        raise ValueError("Say who can hear you")
    return value


def _agrees(value: str) -> str:
    if value != "yes":
        raise ValueError("Tick this to go on, or ring us and agree by phone")
    return value


class HearingForm(Form):
    """Who can hear, and the Agreement to Mediate."""

    WORDS: ClassVar = {"hear": "Say who can hear you", "agree": "Tick this to go on, or ring us and agree by phone"}
    hear: Annotated[str, AfterValidator(_hears)]
    agree: Annotated[str, AfterValidator(_agrees)]


async def hearing(request: web.Request) -> web.StreamResponse:
    """Who can hear you where you are? And what everyone agrees to."""
    await place(request)
    return render(request, "room/hearing.html")


async def answer(request: web.Request) -> web.StreamResponse:
    """The person has agreed, and waits with their own side."""
    form, found = await read(request, HearingForm), await place(request)
    async with change(request) as made:
        if found.attendance.agreed_at is None:
            await attending.agree(made.db, found.attendance.id, how="online", person=person(request), now=now(request))
        await attending.arrive(made.db, found.attendance.id, hears=form.hear, person=person(request), now=now(request))
        return await made.to("waiting", attendance=found.attendance.id)


async def waiting(request: web.Request) -> web.StreamResponse:
    """Who of the own side is here, whether the mediator is, and the way in once it is open."""
    found = await place(request)
    if _over(found) or found.attendance.state is AttendanceState.INVITED:
        return see_other(_to(request, _step(found)))
    mine = [
        {
            "label": seat.label,
            "initials": initials(seat.name),
            "you": seat.id == found.seat.id,
            "here": one.state in HERE,
        }
        for one, seat in found.others.values()
        if seat.side is found.seat.side and (_confirmed(request) or seat.id == found.seat.id)
    ]
    response = render(
        request,
        "room/waiting.html",
        admitted=found.attendance.state in INSIDE,
        people=mine,
        mediator=found.mediator_first,
        mediator_here=found.meeting.state is MeetingState.OPEN,
        starts=found.meeting.starts,
        first_side=found.seat.side is Side.FAMILY,
        confirmed=found.attendance.proof is not ProofLevel.NOT_CONFIRMED,
        side_word=SIDE_NAMES[found.seat.side],
        side_letter=LETTERS[found.seat.side],
        room_address=_to(request, "room"),
    )
    response.headers.update(LOOKS_AGAIN)
    return response


async def over(request: web.Request) -> web.StreamResponse:
    """The meeting is over: what comes next."""
    found = await place(request)
    name = "seat-code" if short_of(person(request), Shown.CODE) else "seat-home"
    home = str(request.app.router[name].url_for())
    return render(request, "room/over.html", home_address=home, family=found.seat.side is Side.FAMILY)


PAGES = (
    Page(name="door", path=f"/room/{PLACE}", who=SEAT, get=door, shows=False, proof=Shown.NOTHING),
    Page(name="equipment", path=f"/room/{PLACE}/equipment", who=SEAT, get=equipment, proof=Shown.NOTHING),
    Page(name="who", path=f"/room/{PLACE}/who", who=SEAT, get=who_page, proof=Shown.KNOWN),
    Page(name="hearing", path=f"/room/{PLACE}/hearing", who=SEAT, get=hearing, post=answer, proof=Shown.NOTHING),
    Page(name="waiting", path=f"/room/{PLACE}/waiting", who=SEAT, get=waiting, proof=Shown.NOTHING),
    Page(name="meeting-over", path=f"/room/{PLACE}/over", who=SEAT, get=over, proof=Shown.NOTHING),
)
