"""Rules: what the coordinators' pages call things: sides with their letters, messages, access needs, events."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from cases.case import Side
from cases.dossier import Happened, Seat
from cases.states import Event
from meetings.meeting import AttendanceState, MeetingState, Mode
from pages.days import clock, short_day
from pages.enquiry_words import NEEDS
from pages.spelling import first_down, first_up, national

Tag = tuple[str, str]  # kind and words, as parts/marks.html shows them

LETTERS = "abcd"
NOBODY = "n"
REST = "d"  # a fifth side; no case has had one


def letters(sides: Iterable[Side]) -> Mapping[Side, str]:
    """The letter, so shape and colour, of each side, by order of arrival in the case, which is no rank."""
    given: dict[Side, str] = {Side.NOBODY: NOBODY}
    # The family's seat and the council's come at one instant; the family is who wrote.
    for side in sorted(sides, key=lambda side: side is not Side.FAMILY):
        free = LETTERS[len(given) - 1 :] or REST
        given.setdefault(side, free[0])
    return given


def side_word(side: Side) -> str:
    """The side as the word beside its shape: Family, Council, School, Local NHS, Social care, On nobody’s side."""
    word = side.words.removeprefix("the ")
    return first_up(word)


MESSAGES: Mapping[str, str] = {
    "enquiry_receipt": "Receipt of the enquiry",
    "helper_receipt": "Receipt for who wrote for the family",
    "staff_code": "Sign-in code",
    "seat_code": "Code",
    "advice_summary": "What the adviser said",
    "choice_confirmed": "The family’s choice said back",
    "council_notice": "Notice that mediation is wanted",
    "mediator_assigned": "New case",
    "mediator_introduction": "Who the mediator is",
    "invitation": "Invitation",
    "moved": "Change of time or place",
    "cancelled": "Cancellation",
    "stood_down": "Not needed at a meeting",
    "unanswered": "Somebody waits for an answer in a meeting",
    "contact_reminder": "Reminder to ring the family",
    "reminder": "Reminder",
    "draft_ready": "Draft to read",
    "paper_ready": "A paper is ready",
    "certificate_letter": "Letter with the certificate",
    "staff_invitation": "Invitation to sign in",
    "contact_late": "The promise of contact is late",
    "delivery_failed": "A message did not arrive",
}


def message_word(kind: str) -> str:
    """What a message is, never what is in it."""
    return MESSAGES.get(kind, first_up(kind.replace("_", " ")))


def phone_word(number: str | None) -> str | None:
    """A number as one dials it from here: 07700 900142; another country's stays as it is."""
    return None if number is None else national(number)


def moment_word(moment: datetime) -> str:
    """Thu 15 Oct, 14:11."""
    return f"{short_day(moment)}, {clock(moment)}"


def needs_words(seat: Seat) -> str:
    """What would make it easier for this person, in one line; empty when they have said nothing."""
    chosen = [first_down(NEEDS[need][0]) if need in NEEDS else need for need in seat.needs if need != "nothing"]
    own = [seat.needs_words] if seat.needs_words else []
    return "; ".join([", ".join(chosen), *own] if chosen else own)


EVENTS: Mapping[Event, str] = {
    Event.RECEIVED: "Enquiry",
    Event.ADVISED: "Information and advice given",
    Event.CONSIDERING: "The family wants time to think",
    Event.DECLINED: "The family said no to mediation",
    Event.CHOSE_MEDIATION: "The family chose mediation",
    Event.CHOSE_DR: "The family chose disagreement resolution",
    Event.NOT_OURS: "Not something we can help with",
    Event.LAPSED: "The time to reach an adviser passed",
    Event.ASSIGNED: "A mediator was named",
    Event.ATTEMPTED: "Somebody tried to reach the family, and nobody answered",
    Event.CONTACTED: "The family was reached",
    Event.SCHEDULING: "A time is being looked for",
    Event.BOOKED: "The meeting was booked",
    Event.MOVED: "The meeting was moved",
    Event.CANCELLED: "The meeting was cancelled",
    Event.PREPARING: "The mediator prepares the meeting",
    Event.OPENED: "The meeting began",
    Event.ADJOURNED: "The meeting goes on another day",
    Event.CONCLUDED: "The mediation ended",
    Event.DRAFTED: "A version of the record was written",
    Event.CONFIRMED: "One side answered a version of the record",
    Event.SEALED: "The record was sealed",
    Event.FOLLOWING: "What was agreed is followed up",
    Event.CLOSED: "The case was closed",
    Event.CERTIFIED: "The certificate was issued",
    Event.COUNCIL_TOLD: "The council was told that mediation is wanted",
    Event.CANNOT_ARRANGE: "The council said that 30 days will not be enough",
    Event.SCREENED: "Looked at: nothing here can be appealed",
    Event.INVITED: "The others were asked whether they take part",
    Event.ALL_AGREED: "Everybody agreed to take part",
    Event.REFUSED: "Somebody decided not to take part",
    Event.NO_REPLY: "Somebody has not answered",
    Event.OPTIONS_GIVEN: "The family was told of its other ways forward",
}
CAME_BY: Mapping[str, str] = {"web": "on our website", "phone": "by phone", "email": "by email", "post": "by post"}


def happened_words(line: Happened, *, came_by: str, helped: bool = False) -> str:
    """One line of the story."""
    if line.event is Event.RECEIVED:
        whose = "Somebody wrote for the family" if helped else EVENTS[line.event]
        return f"{whose} {CAME_BY.get(came_by, '')}".strip()
    return EVENTS[line.event]


HOW: Mapping[Mode, str] = {Mode.ONLINE: "online", Mode.IN_PERSON: "in person"}
MEETING_TAGS: Mapping[MeetingState, Tag] = {
    MeetingState.BOOKED: ("calm", "Booked"),
    MeetingState.OPEN: ("keeps", "Going on now"),
    MeetingState.ADJOURNED: ("wait", "Goes on another day"),
    MeetingState.CONCLUDED: ("done", "Over"),
    MeetingState.CANCELLED: ("wait", "Cancelled"),
}
THERE: Mapping[AttendanceState, str] = {
    AttendanceState.INVITED: "Not there yet",
    AttendanceState.ARRIVED: "In the waiting room",
    AttendanceState.ADMITTED: "In the meeting",
    AttendanceState.AWAY: "Away for a moment",
    AttendanceState.LEFT: "Has left",
    AttendanceState.WITHDRAWN: "Does not come",
}
AGREED_HOW: Mapping[str, str] = {"online": "online", "phone": "by phone", "table": "at the table"}


def agreed(at: datetime | None, how: str | None) -> Tag:
    """Whether somebody has accepted the Agreement to Mediate."""
    if at is None:
        return "wait", "Not yet"
    return "done", f"{short_day(at)}, {AGREED_HOW.get(how or '', 'online')}"
