"""Rules: the calendar part of a message: one person, one meeting, one UID for ever (RFC 5545, RFC 5546).

Nothing is in it but when, where and the person's own link: no child, school, authority or other person. The zone is
Europe/London by two rules, which Outlook reads rightly where lists of dates made it an hour wrong (libraries.md 3.1).

Written by hand, as a booking waits for five of these and the icalendar package took a sixth of its time for them; that
package reads every one of them in the tests.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from notifications.plain import address, display_name, one_line
from notifications.when import london, span

PRODUCT = "-//Evenhand//Mediation meetings//EN"
SUMMARY = "Mediation meeting"
REMIND_BEFORE = "-PT1H"
LONGEST_LINE = 74  # octets; RFC 5545 3.1 allows 75
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})  # 3.3.11
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


def _line(name: str, value: str, *params: str) -> str:
    """One content line, folded between characters and not behind a backslash."""
    octets = f"{';'.join((name, *params))}:{value}".encode()
    parts, at, room = [], 0, LONGEST_LINE
    while len(octets) - at > room:
        end = at + room
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        end -= octets[end - 1 : end] == b"\\"
        parts.append(octets[at:end])
        at, room = end, LONGEST_LINE - 1
    return b"\r\n ".join([*parts, octets[at:]]).decode() + "\r\n"


def _text(name: str, value: str) -> str:
    return _line(name, value.translate(ESCAPES))


def _moment(name: str, moment: datetime) -> str:
    """On London's clock; in UTC where that clock shows the same hour twice, since a calendar could not tell which."""
    local = london(moment)
    if local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset():
        return _line(name, f"{local.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    return _line(name, f"{local:%Y%m%dT%H%M%S}", "TZID=Europe/London")


def _person(role: str, mailbox: str, called: str, *params: str) -> str:
    # A display name holds no quote, so that none can end this one.
    name = display_name(called) or mailbox
    shown = name if name.isascii() and name.isalnum() else f'"{name}"'
    return _line(role, f"mailto:{address(mailbox)}", f"CN={shown}", *params)


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


# Outlook ignores an answer given beforehand, so none is (libraries.md 3.3).
UNANSWERED = ("CUTYPE=INDIVIDUAL", "PARTSTAT=NEEDS-ACTION", "ROLE=REQ-PARTICIPANT", "RSVP=TRUE")


def _event(sitting: Sitting, *, summary: str, status: str) -> list[str]:
    return [
        _text("SUMMARY", summary),
        _moment("DTSTART", sitting.starts),
        _moment("DTEND", sitting.ends),
        _line("DTSTAMP", f"{sitting.stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"),
        _text("UID", sitting.uid),
        _line("SEQUENCE", str(sitting.sequence)),
        _person("ATTENDEE", sitting.attendee_email, sitting.attendee_name, *UNANSWERED),
        _person("ORGANIZER", sitting.organizer, sitting.organizer_name),
        _line("CLASS", "PRIVATE"),
        _text("LOCATION", sitting.where),
        _line("STATUS", status),
        _line("TRANSP", "OPAQUE" if status == "CONFIRMED" else "TRANSPARENT"),
    ]


ALARM = f"BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:{SUMMARY}\r\nTRIGGER:{REMIND_BEFORE}\r\nEND:VALARM\r\n"


def _calendar(method: str, lines: Sequence[str]) -> str:
    """The event in its calendar. What is around it never changes."""
    return f"{HEAD.format(method=method)}BEGIN:VEVENT\r\n{''.join(lines)}END:VEVENT\r\n{TAIL}"


def request(sitting: Sitting) -> str:
    """The invitation, or its update when `sequence` is higher than before: METHOD:REQUEST, not yet answered."""
    lines = [*_event(sitting, summary=SUMMARY, status="CONFIRMED"), _text("DESCRIPTION", _words(sitting))]
    if sitting.join_url:
        lines.append(_line("URL", sitting.join_url))
    if sitting.join_url and not sitting.place:
        lines.append(_line("CONFERENCE", sitting.join_url, "FEATURE=AUDIO,VIDEO", "LABEL=Join", "VALUE=URI"))
    return _calendar("REQUEST", [*lines, ALARM])


def cancel(sitting: Sitting) -> str:
    """Takes the meeting out of this person's calendar: METHOD:CANCEL, the same UID, a higher SEQUENCE."""
    return _calendar("CANCEL", _event(sitting, summary=f"Cancelled: {SUMMARY.lower()}", status="CANCELLED"))
