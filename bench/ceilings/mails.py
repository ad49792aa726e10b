"""Five invitations by the materials: icalendar for the calendar part, the standard library for the mail around it."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Component, Event, vCalAddress

LONDON = ZoneInfo("Europe/London")
WORDS = "\n\n".join(
    f"{number}. The meeting is fixed, online, and this is how to find it, who will be there, and whom to ring."
    for number in range(1, 20)
)


def _add(component: Component, **properties: object) -> None:
    for name, value in properties.items():
        component.add(name, value)


def calendar_part(uid: str, *, starts: datetime, ends: datetime, now: datetime, email: str, link: str) -> str:
    """The REQUEST of one person, with the properties that ours has."""
    calendar, event, alarm = Calendar(), Event(), Alarm()
    _add(calendar, version="2.0", prodid="-//bench//", method="REQUEST", calscale="GREGORIAN")
    organizer, attendee = vCalAddress("mailto:replies@house.example"), vCalAddress(f"mailto:{email}")
    organizer.params["CN"], attendee.params["CN"] = "Evenhand", "Somebody Else"
    attendee.params.update({"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"})
    _add(
        event,
        uid=uid,
        sequence=0,
        dtstamp=now.astimezone(UTC).replace(microsecond=0),
        dtstart=starts.astimezone(LONDON),
        dtend=ends.astimezone(LONDON),
        summary="Mediation meeting",
        status="CONFIRMED",
        transp="OPAQUE",
        organizer=organizer,
        attendee=attendee,
        location="Online",
        description=f"My page: {link}",
        url=link,
        **{"class": "PRIVATE"},
    )
    _add(alarm, action="DISPLAY", trigger=-timedelta(hours=1), description="Mediation meeting")
    event.add_component(alarm)
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written.decode()


def mail(message_id: str, calendar: str, *, email: str, link: str) -> bytes:
    """Text, HTML and the calendar part, twice as clients want it."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = "Evenhand <replies@house.example>", f"Somebody Else <{email}>"
    message["Subject"], message["Message-ID"] = "Your mediation meeting", message_id
    message.set_content(f"{WORDS}\n\n{link}\n")
    message.add_alternative(f"<html><body><p>{WORDS}</p><a href='{link}'>My page</a></body></html>", subtype="html")
    message.add_alternative(calendar, subtype="calendar", params={"method": "REQUEST"})
    message.add_attachment(calendar.encode(), maintype="application", subtype="ics", filename="invite.ics")
    return message.as_bytes()
