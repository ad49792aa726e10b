"""Rules: the calendar part of a message: one person, one meeting, one UID for ever (RFC 5545, RFC 5546).

Nothing is in it but when, where and the person's own link: no child, school, authority or other person. The zone is
Europe/London by two rules, which Outlook reads rightly where lists of dates made it an hour wrong (libraries.md 3.1).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache

from icalendar import Alarm, Component, Event, vCalAddress, vUri

from notifications.plain import address, display_name, one_line
from notifications.when import LONDON, london, span

PRODUCT = "-//Evenhand//Mediation meetings//EN"
SUMMARY = "Mediation meeting"
REMIND_BEFORE = timedelta(hours=1)
HEAD = f"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:{PRODUCT}
CALSCALE:GREGORIAN
METHOD:{{method}}
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19810329T010000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
""".replace("\n", "\r\n")
TAIL = "END:VCALENDAR\r\n"


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """One person's meeting as their calendar keeps it.

    `uid` and `sequence` come from the database and `stamp` is the moment the message was made, so that the same row
    always gives the same text. `organizer` is this person's own reply address. Online there is `join_url`; in person
    `place`, and `join_url` leads to the person's page.
    """

    uid: str
    sequence: int
    starts: datetime
    ends: datetime
    stamp: datetime
    organizer: str
    attendee_name: str
    attendee_email: str
    join_url: str | None = None
    place: str | None = None
    organizer_name: str = "Evenhand"
    phone: str | None = None

    def __post_init__(self) -> None:
        if None in {self.starts.tzinfo, self.ends.tzinfo, self.stamp.tzinfo}:
            raise ValueError("a moment without a zone")
        if self.ends <= self.starts:
            raise ValueError("a meeting that ends before it begins")

    @property
    def where(self) -> str:
        """Online, or the address."""
        return one_line(self.place) if self.place else "Online"


def _zoned(moment: datetime) -> datetime:
    """On London's clock; in UTC where that clock shows the same hour twice, since a calendar could not tell which."""
    local = london(moment).replace(microsecond=0)
    twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    return local.astimezone(UTC) if twice else local.replace(tzinfo=LONDON)


def _person(mailbox: str, name: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{address(mailbox)}")
    person.params["CN"] = display_name(name) or mailbox
    return person


def _words(sitting: Sitting) -> str:
    lines = [span(sitting.starts, sitting.ends)]
    if sitting.place:
        lines.append(f"Where: {sitting.where}")
    if sitting.join_url:
        lines.append(f"My page: {sitting.join_url}")
    if sitting.phone:
        lines.append(f"Questions? Ring free: {one_line(sitting.phone)}")
    lines.append("Accepting this in your calendar does not mean you have agreed to anything else.")
    return "\n".join(lines)


def _attendee(sitting: Sitting) -> vCalAddress:
    attendee = _person(sitting.attendee_email, sitting.attendee_name)
    attendee.params.update({"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT"})
    # Outlook ignores an answer given beforehand, so none is (libraries.md 3.3).
    attendee.params.update({"PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"})
    return attendee


def _lines(component: Component) -> str:
    """What is written in a component, without its own first and last line."""
    text: bytes = component.to_ical()
    return "".join(text.decode().splitlines(keepends=True)[1:-1])


@dataclass(frozen=True, kw_only=True)
class _Shared:
    """What the calendar entries of everybody at one meeting have in common."""

    starts: datetime
    ends: datetime
    stamp: datetime
    sequence: int
    where: str
    summary: str
    status: str


@lru_cache(maxsize=32)
def _shared(shared: _Shared) -> str:
    """Written once for all who are told of a meeting, as they are told in one go."""
    event = Event()
    event.add("sequence", shared.sequence)
    event.add("dtstamp", shared.stamp.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", _zoned(shared.starts))
    event.add("dtend", _zoned(shared.ends))
    event.add("summary", shared.summary)
    event.add("status", shared.status)
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE" if shared.status == "CONFIRMED" else "TRANSPARENT")
    event.add("location", shared.where)
    return _lines(event)


def _own(sitting: Sitting) -> Event:
    event = Event()
    event.add("uid", sitting.uid)
    event.add("organizer", _person(sitting.organizer, sitting.organizer_name))
    event.add("attendee", _attendee(sitting))
    return event


@cache
def _alarm() -> str:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -REMIND_BEFORE)
    alarm.add("description", SUMMARY)
    text: bytes = alarm.to_ical()
    return text.decode()


def _calendar(method: str, sitting: Sitting, own: Event, *, summary: str, status: str, alarm: str = "") -> str:
    """The event in its calendar. What is around it never changes, so only the event is written anew each time."""
    shared = _Shared(
        starts=sitting.starts,
        ends=sitting.ends,
        stamp=sitting.stamp,
        sequence=sitting.sequence,
        where=sitting.where,
        summary=summary,
        status=status,
    )
    event = f"BEGIN:VEVENT\r\n{_shared(shared)}{_lines(own)}{alarm}END:VEVENT\r\n"
    return f"{HEAD.format(method=method)}{event}{TAIL}"


def request(sitting: Sitting) -> str:
    """The invitation, or its update when `sequence` is higher than before: METHOD:REQUEST, not yet answered."""
    own = _own(sitting)
    own.add("description", _words(sitting))
    if sitting.join_url:
        own.add("url", sitting.join_url)
    if sitting.join_url and not sitting.place:
        link = vUri(sitting.join_url, params={"VALUE": "URI", "FEATURE": ["AUDIO", "VIDEO"], "LABEL": "Join"})
        own.add("conference", link)
    return _calendar("REQUEST", sitting, own, summary=SUMMARY, status="CONFIRMED", alarm=_alarm())


def cancel(sitting: Sitting) -> str:
    """Takes the meeting out of this person's calendar: METHOD:CANCEL, the same UID, a higher SEQUENCE."""
    summary = f"Cancelled: {SUMMARY.lower()}"
    return _calendar("CANCEL", sitting, _own(sitting), summary=summary, status="CANCELLED")
