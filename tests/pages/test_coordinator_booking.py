"""Booking: free times with what they do, one booking for one time, short notice, in person, moved and cancelled."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

from cases import file
from cases.dossier import Matter
from cases.states import MatterState
from database.engine import Database
from meetings import register
from meetings.meeting import MeetingState, Mode
from meetings.register import Meeting
from notifications import outbox
from tests.pages.coordinator.desk import Desk, advised, opened_desk, rowan, with_mediator

NOVEMBER = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
SOON = datetime(2026, 10, 13, 9, 0, tzinfo=UTC)  # three working days ahead: short notice
WAIVED = {"waived_channel": "phone", "waived__day": 8, "waived__month": 10, "waived__year": 2026}


async def ready(desk: Desk) -> Matter:
    """A case that waits for a time."""
    matter = await rowan(desk)
    await advised(desk, matter)
    await with_mediator(desk, matter)
    return matter


def when(desk: Desk, starts: datetime, **more: object) -> dict[str, object]:
    return {"mediator": desk.staff["idris"].id, "starts": starts.isoformat(), "minutes": 180, **more}


async def booked(desk: Desk, matter: Matter, starts: datetime = NOVEMBER, **more: object) -> str:
    """The address of the meeting that is booked."""
    seats = await desk.seat_ids(matter.case_id)
    return await desk.done(f"/desk/case/{matter.case_id}/book", **when(desk, starts, seats=seats, **more))


async def meetings(desk: Desk, matter: Matter) -> list[Meeting]:
    async with desk.database.read() as db:
        return list(await register.of_case(db, matter.case_id))


async def kinds(desk: Desk, matter: Matter, kind: str) -> int:
    async with desk.database.read() as db:
        return [message.kind for message in await outbox.for_case(db, matter.case_id)].count(kind)


async def venue(desk: Desk) -> str:
    """The id of a place with two rooms."""
    told = {"name": "Larkfield House", "address": "2 Elm Lane, Northmere", "suits": ["step_free"]}
    page = await desk.done("/desk/venues/new", **told)
    await desk.done(f"{page}/rooms", room="Oak", seats=12)
    await desk.done(f"{page}/rooms", room="Ash", seats=8)
    return page.rpartition("/")[2]


async def test_free_times_say_what_they_do_to_each_date_and_lead_to_a_booking(
    database: Database, moment: datetime
) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await ready(desk)
        text = await desk.get(f"/desk/case/{matter.case_id}/times?from=2026-11-02")
        link = re.search(r'href="(/desk/case/[a-z2-7]{26}/book\?[^"]+)"', text)
        assert link is not None
        page = await desk.get(link.group(1).replace("&amp;", "&"))

    assert "Mon 2 Nov" in text
    assert "<strong>30 days.</strong> Day 25" in text
    assert "Send by Mon 26 Oct" in text
    assert "Misses" in text
    assert "A certificate is then owed by Wed 11 Nov, meeting or not" in text
    assert "Monday 2 November 2026" in page
    assert "Whom this tells" in page
    assert "Tessa Arden" in page


async def test_a_booking_is_a_meeting_with_an_invitation_to_each(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await ready(desk)
        page = await booked(desk, matter)
        text = await desk.get(page)
        case = await desk.get(f"/desk/case/{matter.case_id}")
        times = await desk.get(f"/desk/case/{matter.case_id}/times")
        (meeting,) = await meetings(desk, matter)
        sent = await kinds(desk, matter, "invitation")

    assert (meeting.starts, meeting.ends) == (NOVEMBER, NOVEMBER + timedelta(hours=3))
    assert (meeting.mode, meeting.state, sent) == (Mode.ONLINE, MeetingState.BOOKED, 3)
    assert "Tuesday 3 November 2026, 10:00 to 13:00" in text
    assert text.count("On its way") == 3
    assert "The meeting is on day 26" in text
    assert "Now: the meeting is booked" in case
    assert "A meeting is booked on Tuesday 3 November 2026, 10:00 to 13:00." in times


async def test_a_booking_that_is_sent_twice_is_one(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await ready(desk)
        key = "a" * 26
        assert await booked(desk, matter, form_key=key) == await booked(desk, matter, form_key=key)
        assert len(await meetings(desk, matter)) == 1


async def test_of_two_who_want_one_time_one_has_it_and_the_other_is_offered_others(
    database: Database, moment: datetime
) -> None:
    async with opened_desk(database, moment) as desk:
        first, second = await ready(desk), await ready(desk)
        pages = [f"/desk/case/{matter.case_id}/book" for matter in (first, second)]
        seats = [await desk.seat_ids(matter.case_id) for matter in (first, second)]
        answers = await asyncio.gather(
            *(desk.post(page, **when(desk, NOVEMBER, seats=theirs)) for page, theirs in zip(pages, seats, strict=True))
        )
        refused = next(answer for answer in answers if answer.status != 303)
        text = await refused.text()
        both = [*await meetings(desk, first), *await meetings(desk, second)]

    assert sorted(answer.status for answer in answers) == [303, 409]
    assert "Somebody was a little quicker" in text
    assert "Free, and nearest to it" in text
    assert len(re.findall(r"/book\?[^\"]*starts=", text)) == 3
    assert len(both) == 1


async def test_short_notice_needs_the_family_s_word(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await ready(desk)
        page = f"/desk/case/{matter.case_id}/book"
        seats = await desk.seat_ids(matter.case_id)
        asked = f"{page}?mediator={desk.staff['idris'].id}&minutes=180&starts=2026-10-13T09:00%2B00:00"
        text = await desk.get(asked)
        said = [
            await desk.refused(asked, 422, **when(desk, SOON, seats=seats)),
            await desk.refused(asked, 422, **when(desk, SOON, seats=seats, waived_by=seats[1], **WAIVED)),
            await desk.refused(
                asked, 422, **when(desk, SOON, seats=seats, waived_by=seats[0], **{**WAIVED, "waived__year": 2027})
            ),
        ]
        assert await meetings(desk, matter) == []
        location = await booked(desk, matter, SOON, waived_by=seats[0], **WAIVED)
        shown = await desk.get(location)

    assert "Shorter notice than 5 working days" in text
    assert "This is 2 working days short" in text
    assert set(said[0]) == {
        "Say who of the family agreed",
        "Say how they said so",
        "Write the day on which they said so",
    }
    assert said[1] == ["Only the family can let the five working days go. Say who of them said so, and when."]
    assert said[2] == ["Write the day on which they said so"]
    assert "Tessa Arden said by phone" in shown


def wrongs(desk: Desk, seats: list[str]) -> list[dict[str, object]]:
    """What cannot be booked, each in one way."""
    return [
        {"starts": "tomorrow"},
        {"starts": "2026-11-03T10:00"},
        {"starts": "9999-12-31T23:59+00:00"},
        {"starts": "2026-10-01T10:00+00:00"},
        {"starts": "2026-11-03T03:00+00:00"},
        {"starts": "2026-11-07T10:00+00:00"},
        {"minutes": 7},
        {"minutes": "long"},
        {"minutes": "9" * 5000},
        {"mediator": desk.staff["ruth"].id},
        {"mediator": "nobody"},
        {"seats": []},
        {"seats": [seats[1]]},
        {"seats": ["a" * 26]},
        {"venue": "nowhere"},
    ]


async def test_a_time_that_cannot_be_is_refused(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await ready(desk)
        page = f"/desk/case/{matter.case_id}/book"
        seats = await desk.seat_ids(matter.case_id)
        good = when(desk, NOVEMBER, seats=seats)
        statuses = [(await desk.post(page, **{**good, **wrong})).status for wrong in wrongs(desk, seats)]
        assert await meetings(desk, matter) == []

    assert all(status in (404, 409, 422) for status in statuses), statuses


async def test_what_no_page_of_ours_asks_is_not_found(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await ready(desk)
        page = f"/desk/case/{matter.case_id}"
        idris = desk.staff["idris"].id
        for query in (
            "",
            "?starts=x",
            f"?mediator={idris}&minutes=180&starts=2026-11-03",
            f"?mediator={idris}&minutes=17&starts=2026-11-03T10:00%2B00:00",
            "?mediator=nobody&minutes=180&starts=2026-11-03T10:00%2B00:00",
            f"?mediator={idris}&minutes=180&starts=2026-11-03T10:00%2B00:00&venue={'a' * 26}",
        ):
            await desk.get(f"{page}/book{query}", 404)
        for query in ("?from=yesterday", "?from=9999-12-31", "?minutes=0", "?mediator=%00", "?from=%F0%9F%98%80"):
            await desk.get(f"{page}/times{query}")
        await desk.get(f"{page}/times?venue=nowhere", 404)


async def test_a_meeting_in_person_has_a_reason_a_decision_and_an_address(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await ready(desk)
        venue_id = await venue(desk)
        places = await desk.get(f"/desk/case/{matter.case_id}/in-person")
        page = f"/desk/case/{matter.case_id}/book"
        seats = await desk.seat_ids(matter.case_id)
        asked = when(desk, NOVEMBER, seats=seats, venue=venue_id)
        said = await desk.refused(page, 422, **asked)
        why = {"reason": "access_need", "words": "A communication aid needs a partner beside her"}
        lacking = await desk.refused(page, 422, **{**asked, **why, "need": ["hearing_loop"]})
        assert await meetings(desk, matter) == []
        location = await desk.done(page, **{**asked, **why, "need": ["step_free"]})
        text = await desk.get(location)
        (meeting,) = await meetings(desk, matter)

    assert "Larkfield House" in places
    assert "A way in without steps" in places
    assert "No hearing loop" in places
    assert set(said) == {"Choose the reason that is nearest", "Write in a sentence or two why"}
    assert lacking == ["This place lacks a hearing loop. Please choose another."]
    assert (meeting.mode, meeting.exception, meeting.decided_by) == (
        Mode.IN_PERSON,
        "access_need",
        desk.staff["mina"].id,
    )
    assert "A communication aid needs a partner beside her" in text
    assert "2 Elm Lane, Northmere" in text


async def test_a_meeting_is_moved_and_everybody_is_told(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await ready(desk)
        page = await booked(desk, matter)
        choices = await desk.get(f"{page}/move?from=2026-11-02")
        confirm = await desk.get(f"{page}/move?starts=2026-11-05T10:00%2B00:00")
        same = await desk.refused(f"{page}/move", 409, starts=NOVEMBER.isoformat())
        await desk.done(f"{page}/move", starts="2026-11-05T10:00+00:00")
        (meeting,) = await meetings(desk, matter)
        sent = await kinds(desk, matter, "moved")

    assert "Move it here" in choices
    assert "Until now it was Tuesday 3 November 2026, 10:00 to 13:00." in confirm
    assert same == ["The meeting is already at this time and place. Nobody was written to."]
    assert (meeting.starts, meeting.sequence, sent) == (NOVEMBER + timedelta(days=2), 1, 3)


async def test_a_meeting_goes_from_online_to_a_place_and_back(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await ready(desk)
        page, venue_id = await booked(desk, matter), await venue(desk)
        assert f"/move?venue={venue_id}" in await desk.get(f"/desk/case/{matter.case_id}/in-person")
        there = {"starts": NOVEMBER.isoformat(), "venue": venue_id}
        confirm = await desk.get(f"{page}/move?venue={venue_id}&starts=2026-11-03T10:00%2B00:00")
        both = await desk.get(f"{page}/move?venue={venue_id}&starts=2026-11-03T11:00%2B00:00")
        assert "Why in person" in confirm
        assert len(await desk.refused(f"{page}/move", 422, **there)) == 2
        await desk.done(f"{page}/move", **there, reason="safety", words="They asked for a room of their own")
        (in_person,) = await meetings(desk, matter)
        assert "Hold it online instead" in await desk.get(page)
        back = await desk.get(f"{page}/move?venue=online&starts=2026-11-03T10:00%2B00:00")
        await desk.done(f"{page}/move", starts=NOVEMBER.isoformat(), venue="online")
        (online,) = await meetings(desk, matter)

    assert "Only the place changes: until now it was online. The time stays" in confirm
    assert "Change the place and tell everybody" in confirm
    assert "Until now it was Tuesday 3 November 2026, 10:00 to 13:00, online. Everybody reads" in both
    assert "Move it and tell everybody" in both
    assert "Only the place changes: until now it was in person, Larkfield House." in back
    assert (in_person.mode, in_person.venue_id) == (Mode.IN_PERSON, venue_id)
    assert (online.mode, online.venue_id, online.sequence) == (Mode.ONLINE, None, 2)


async def test_a_meeting_is_cancelled_once_with_a_reason(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await ready(desk)
        page = await booked(desk, matter)
        assert "Keep the meeting" in await desk.get(f"{page}/cancel")
        missing = await desk.refused(f"{page}/cancel", 422)
        await desk.done(f"{page}/cancel", reason="illness")
        again = await desk.refused(f"{page}/cancel", 409, reason="illness")
        moved = await desk.refused(f"{page}/move", 409, starts="2026-11-05T10:00+00:00")
        shown = await desk.get(page)
        (meeting,) = await meetings(desk, matter)
        async with database.read() as db:
            state = (await file.load_matter(db, matter.id)).state
        sent = await kinds(desk, matter, "cancelled")

    assert missing == ["Choose the reason that is nearest"]
    assert len(again) == len(moved) == 1
    assert (meeting.state, state, sent) == (MeetingState.CANCELLED, MatterState.SCHEDULING, 3)
    assert "Move it" not in shown


async def test_somebody_else_s_mediator_is_given_the_case_first(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await ready(desk)
        text = await desk.get(f"/desk/case/{matter.case_id}/times?mediator={desk.staff['ruth'].id}")
        said = await desk.refused(
            f"/desk/case/{matter.case_id}/book",
            422,
            **when(desk, NOVEMBER, seats=await desk.seat_ids(matter.case_id)) | {"mediator": desk.staff["ruth"].id},
        )

    assert "Give them the case" in text
    assert "Book this" not in text
    assert said == ["This mediator does not have the case. Give it to them first, then book."]
