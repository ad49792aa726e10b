"""Act: those of our own at a desk of the room: mediator, co-mediator, and a trainee who sees and does nothing.

The mediator is on the floor from the moment it is opened, a colleague from when they first come in. A trainee comes in
once every side has said yes.
"""

from collections.abc import Mapping
from datetime import datetime

from cases.case import Side, Standing
from database.engine import Transaction
from database.refusal import Refusal
from meetings import attending, register, staff
from meetings.meeting import MeetingState, Mode, Part
from meetings.register import Meeting
from meetings.room import admission, floors
from meetings.room.asks import Departed, Seated
from meetings.room.floor import Seat, SeatKey
from meetings.room.seats import Office
from meetings.room.turns import MEDIATOR, take_turn
from people import accounts
from people.access import NotFound, Person

DESKS: Mapping[Office, SeatKey] = {
    Office.MEDIATOR: MEDIATOR,
    Office.CO_MEDIATOR: SeatKey("co-mediator"),
    Office.TRAINEE: SeatKey("trainee"),
}

TAGS: Mapping[Office, str] = {Office.CO_MEDIATOR: "Co-mediator", Office.TRAINEE: "Trainee"}


class NotEverySideAgreed(Refusal):
    """Not every side has said yes to your being there yet. Ask the coordinator."""


def office_of(meeting: Meeting, person: Person) -> Office:
    """What this person is at this meeting for; NotFound for everybody who is not of the house's own at it."""
    found = {
        meeting.trainee_id: Office.TRAINEE,
        meeting.co_mediator_id: Office.CO_MEDIATOR,
        meeting.mediator_id: Office.MEDIATOR,
    }
    if person.account_id is None or person.account_id not in found:
        raise NotFound
    return found[person.account_id]


async def asked_for(db: Transaction, meeting: Meeting) -> tuple[Side, ...]:
    """The sides whose yes to the trainee is not written down yet."""
    said = {side for one in await staff.of_meeting(db, meeting.id) if one.part is Part.TRAINEE for side in one.agreed}
    return tuple(side for side in await attending.sides(db, meeting) if side not in said)


async def come_in(db: Transaction, meeting_id: str, *, person: Person, now: datetime) -> SeatKey:
    """The person has a seat on the floor of this open meeting; its key. Coming in twice changes nothing.

    NotFound before it was opened and for strangers, NotEverySideAgreed for a trainee whom a side has not said yes to.
    """
    meeting = await register.load(db, meeting_id)
    office = office_of(meeting, person)
    floor = await floors.load(db, meeting_id)
    if floor is None or meeting.state is not MeetingState.OPEN:
        raise NotFound
    if office is Office.TRAINEE and await asked_for(db, meeting):
        raise NotEverySideAgreed
    key = DESKS[office]
    if not floor.has(key):
        seat = await _seat(db, meeting, office, person=person)
        await take_turn(db, meeting_id, Seated(by=key, seat=seat), now=now)
    return key


async def _seat(db: Transaction, meeting: Meeting, office: Office, *, person: Person) -> Seat:
    account = await accounts.by_id(db, person.account_id or "")
    if account is None:
        raise NotFound
    return Seat(
        key=DESKS[office],
        label=account.initialled,
        side=Side.NOBODY,
        standing=Standing.PROCESS,
        office=office,
        tag=TAGS.get(office),
        screen=meeting.mode is Mode.ONLINE,
    )


async def go_out(db: Transaction, meeting_id: str, *, person: Person, now: datetime) -> None:
    """A colleague has left the room, and may come in again; the mediator's own place stays."""
    meeting = await register.load(db, meeting_id)
    key, floor = DESKS[office_of(meeting, person)], await floors.load(db, meeting_id)
    if key != MEDIATOR and floor is not None and floor.has(key):
        await take_turn(db, meeting_id, Departed(by=key), now=now)


async def take_off(db: Transaction, meeting_id: str, part: Part, *, now: datetime) -> None:
    """Who was this at the meeting is out of its room, if they were in it."""
    key, floor = DESKS[Office(part.value)], await floors.load(db, meeting_id)
    if floor is not None and floor.has(key):
        await admission.off_the_floor(db, meeting_id, key, now=now)
