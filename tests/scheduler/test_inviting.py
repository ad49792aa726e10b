"""What each person is sent about a meeting, and what nobody is sent."""

import re
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from icalendar import Calendar
from sqlalchemy import select

from database.engine import Database
from meetings.meeting import Mode
from notifications.schema import message
from people import links
from scheduler import booking
from scheduler.booking import Change, Reason
from tests.cases.house import OFFICE
from tests.scheduler.booked import TUESDAY_10, Ready, get_ready, in_person, meadow_hall, waiver_of

FAMILY, COUNCIL, MEDIATOR = "parent0@example.org", "send@northmere.example", "idris@evenhand.example"


@pytest.fixture
async def ready(database: Database, moment: datetime) -> Ready:
    return await get_ready(database, now=moment)


async def sent(database: Database, kind: str) -> dict[str, EmailMessage]:
    """Each mail of this kind, by the address that it goes to."""
    async with database.read() as db:
        found = {}
        for row in await db.all(select(message).where(message.c.kind == kind)):
            box = await db.box(row.key_id)
            mail = message_from_bytes(box.open_bytes("message.raw", row.id, row.raw_sealed), policy=policy.default)
            assert isinstance(mail, EmailMessage)
            found[box.open("message.to", row.id, row.to_sealed)] = mail
        return found


def words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def event(mail: EmailMessage) -> dict[str, str]:
    """The calendar part of a mail, unfolded."""
    text = next(part for part in mail.walk() if part.get_content_type() == "text/calendar").get_content()
    calendar = Calendar.from_ical(text)
    (found,) = calendar.walk("VEVENT")
    return {"method": str(calendar["METHOD"])} | {name: str(found[name]) for name in found}


async def test_each_invitation_is_of_one_person(database: Database, ready: Ready) -> None:
    await ready.book(database)
    mails = await sent(database, "invitation")
    assert set(mails) == {FAMILY, COUNCIL, MEDIATOR}
    for to, mail in mails.items():
        whole = mail.as_string() + "".join(event(mail).values()) + words(mail)
        assert mail["To"].addresses[0].addr_spec == to
        assert [other for other in (FAMILY, COUNCIL, MEDIATOR) if other != to and other in whole] == []
        assert [word for word in ("Rowan", "Alderton's", "EHC", "Northmere Council") if word in whole] == []
        assert (event(mail)["method"], event(mail)["SEQUENCE"], event(mail)["ATTENDEE"]) == (
            "REQUEST", "0", f"mailto:{to}",
        )  # fmt: skip


async def test_the_link_is_the_persons_own_and_leads_to_their_place(database: Database, ready: Ready) -> None:
    await ready.book(database)
    mail = (await sent(database, "invitation"))[FAMILY]
    (locator,) = set(re.findall(r"/j/([a-z2-7]{26})", words(mail)))
    assert event(mail)["URL"].endswith(locator)
    async with database.read() as db:
        link = await links.find(db, locator)
        family = await ready.walk.family(db)
    assert link is not None
    assert (link.seat_id, link.attendance_id is not None) == (family.id, True)


async def test_enough_notice_or_a_waiver_is_said_in_the_invitation(
    database: Database, ready: Ready, moment: datetime
) -> None:
    async with database.read() as db:
        waiver = await waiver_of(db, ready.walk)
    await ready.book(database, starts=moment + timedelta(days=5), waiver=waiver)
    assert "later than the usual 5 working days, as agreed" in words((await sent(database, "invitation"))[FAMILY])


async def test_in_person_the_address_stands_where_the_link_would(
    database: Database, ready: Ready, moment: datetime
) -> None:
    async with database.write() as db:
        place = await meadow_hall(db, now=moment)
    await ready.book(database, in_person=in_person(place))
    mails = await sent(database, "invitation")
    for mail in mails.values():
        assert event(mail)["LOCATION"] == "Meadow Hall, 4 Meadow Lane, Northmere NM1 2AB"
        assert "CONFERENCE" not in event(mail)
    family = words(mails[FAMILY])
    assert "Meadow Hall" in family
    assert "green door" in family
    assert "/j/" in family  # papers and the agreement are behind it
    assert "communication aid" not in "".join(map(words, mails.values()))


async def test_a_move_says_what_it_does_to_the_familys_dates_and_to_nobody_elses(
    database: Database, ready: Ready
) -> None:
    meeting_id = await ready.book(database)
    async with database.write() as db:
        change = Change(meeting_id=meeting_id, starts=TUESDAY_10 + timedelta(days=3))
        await booking.move(db, OFFICE, change, person=ready.house.coordinator, now=ready.walk.now)
    mails = await sent(database, "moved")
    assert "still inside the council’s 30 days" in words(mails[FAMILY])
    assert "by Wednesday 11 November" in words(mails[FAMILY])
    assert "30 days" not in words(mails[COUNCIL]) + words(mails[MEDIATOR])
    before, after = event((await sent(database, "invitation"))[FAMILY]), event(mails[FAMILY])
    assert (after["UID"], after["SEQUENCE"]) == (before["UID"], "1")


async def test_a_change_of_place_alone_names_both_places_and_no_new_time(
    database: Database, ready: Ready, moment: datetime
) -> None:
    meeting_id = await ready.book(database)
    async with database.write() as db:
        there = in_person(await meadow_hall(db, now=moment))
        change = Change(meeting_id=meeting_id, starts=TUESDAY_10, in_person=there)
        await booking.move(db, OFFICE, change, person=ready.house.coordinator, now=ready.walk.now)
    mails, before = await sent(database, "moved"), await sent(database, "invitation")
    assert set(mails) == {FAMILY, COUNCIL, MEDIATOR}
    for to, mail in mails.items():
        assert mail["Subject"] == "Now in person: mediation meeting on Tuesday 3 November 2026, 10 am"
        assert "Old place: Online" in words(mail)
        assert "new time" not in words(mail)
        part, old = event(mail), event(before[to])
        assert (part["method"], part["SEQUENCE"], part["UID"]) == ("REQUEST", "1", old["UID"])
        assert part["LOCATION"] == "Meadow Hall, 4 Meadow Lane, Northmere NM1 2AB"
    assert "your dates stay as they are" in words(mails[FAMILY])


async def test_back_online_an_hour_later_both_are_new(database: Database, ready: Ready, moment: datetime) -> None:
    async with database.write() as db:
        there = in_person(await meadow_hall(db, now=moment))
    meeting_id = await ready.book(database, in_person=there)
    async with database.write() as db:
        change = Change(meeting_id=meeting_id, starts=TUESDAY_10 + timedelta(hours=1), mode=Mode.ONLINE)
        await booking.move(db, OFFICE, change, person=ready.house.coordinator, now=ready.walk.now)
    mail = (await sent(database, "moved"))[COUNCIL]
    assert mail["Subject"] == "New time and place: mediation meeting, Tuesday 3 November 2026, 11 am"
    assert "Old place: Meadow Hall, 4 Meadow Lane" in words(mail)
    assert event(mail)["LOCATION"] == "Online"


async def test_a_cancellation_leads_to_a_page_that_still_opens(database: Database, ready: Ready) -> None:
    meeting_id = await ready.book(database)
    async with database.write() as db:
        await booking.cancel(
            db, OFFICE, meeting_id, reason=Reason.FAMILY_ASKED, person=ready.house.coordinator, now=ready.walk.now
        )
    mails = await sent(database, "cancelled")
    (locator,) = set(re.findall(r"/j/([a-z2-7]{26})", words(mails[FAMILY])))
    async with database.read() as db:
        link = await links.find(db, locator)
    assert link is not None
    assert (link.attendance_id, link.over_at) == (None, None)
    assert {event(mail)["method"] for mail in mails.values()} == {"CANCEL"}
    assert f"by {date(2026, 11, 11):%A} 11 November" in words(mails[FAMILY])
    assert "asked" not in "".join(map(words, mails.values()))
