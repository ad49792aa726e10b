"""A co-mediator and a trainee on the coordinators' pages: added with reasons, told, agreed to, and taken away."""

import re
from datetime import datetime, timedelta

from database.engine import Database
from people import accounts
from people.roles import Role
from scheduler import diaries
from scheduler.diaries import Kind
from scheduler.spans import Span
from tests.pages.coordinator.desk import NINE_TO_FIVE, Desk, opened_desk
from tests.pages.test_coordinator_booking import NOVEMBER, booked, kinds, meetings, ready

YES = "yes"


async def one_more(desk: Desk, name: str, email: str, *, works: bool = True) -> str:
    """One more mediator of the house; their account."""
    async with desk.database.write() as db:
        made = await accounts.make(db, name=name, email=email, roles=[Role.MEDIATOR], now=desk.now)
        if works:
            number = await diaries.diary_for(db, made.id, Kind.MEDIATOR)
            await diaries.set_hours(db, number, NINE_TO_FIVE)
    return made.id


async def busy(desk: Desk, account_id: str) -> None:
    """They have another meeting in the middle of this one."""
    async with desk.database.write() as db:
        number = await diaries.diary_for(db, account_id, Kind.MEDIATOR)
        span = Span(starts=NOVEMBER + timedelta(hours=1), ends=NOVEMBER + timedelta(hours=2))
        await diaries.claim_all(db, [number], span, meeting_id="m" * 26, now=desk.now)


async def test_who_cannot_be_chosen_stands_there_with_the_reason(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        page = await booked(desk, await ready(desk))
        await busy(desk, await one_more(desk, "Nell Orr", "nell@example.org"))
        await one_more(desk, "Lea Moss", "lea@example.org", works=False)
        await one_more(desk, "Nia Coe", "nia@northmere.test")
        text = await desk.get(f"{page}/add/co-mediator")

    assert re.findall(r'type="radio" value="(\w+)"', text) == [desk.staff["ruth"].id]
    cannot = text.partition("Who cannot be chosen")[2]
    assert 'Nell Orr</strong><br><span class="eh-soft">They are at another meeting at that time.' in cannot
    assert 'Lea Moss</strong><br><span class="eh-soft">They do not work at that time.' in cannot
    assert 'Nia Coe</strong><br><span class="eh-soft">This person cannot have this case' in cannot
    assert "Idris" not in text.partition("<main")[2]


async def test_a_co_mediator_is_added_told_and_taken_away_again(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await ready(desk)
        page, ruth = await booked(desk, matter), desk.staff["ruth"].id
        assert "Nobody. The mediator is there alone." in await desk.get(page)
        assert await desk.done(f"{page}/add/co-mediator", account=ruth, independent=YES) == page
        text, sent = await desk.get(page), await kinds(desk, matter, "invitation")
        cancel, diary = await desk.get(f"{page}/cancel"), await desk.get("/desk/diary?week=2026-11-03")
        assert await desk.done(f"{page}/without", account=ruth) == page
        after, gone = await desk.get(page), await kinds(desk, matter, "stood_down")
        (meeting,) = await meetings(desk, matter)

    assert "Ruth Sandhu" in text
    assert "Co-mediator" in text
    assert f"{page}/add/co-mediator" not in text
    assert f"{page}/add/trainee" in text
    assert sent == 4  # the family, the council, the mediator, and now Ruth
    assert "Ruth Sandhu" in cancel
    assert diary.count("online, co-mediator") == 1
    assert "Ruth Sandhu" not in after.partition("<main")[2]
    assert (meeting.colleague_ids, gone) == ((), 1)


async def test_the_form_says_what_to_mend(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        page, ruth = await booked(desk, await ready(desk)), desk.staff["ruth"].id
        add = f"{page}/add/trainee"
        assert await desk.refused(add, 422, account="", independent=YES) == ["Choose somebody"]
        assert await desk.refused(add, 422, account=ruth) == ["Ask them first, and tick this when they have said so"]
        idris = desk.staff["idris"].id
        assert await desk.refused(add, 422, account=idris, independent=YES) == [
            "They are at this meeting already. Choose somebody else."
        ]
        await busy(desk, ruth)
        assert await desk.refused(add, 422, account=ruth, independent=YES) == [
            "They are at another meeting at that time. Choose somebody else."
        ]
        await desk.get(f"{page}/add/chief", 404)


async def test_each_sides_yes_to_a_trainee_is_written_down_once(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        page, ruth = await booked(desk, await ready(desk)), desk.staff["ruth"].id
        await desk.done(f"{page}/add/trainee", account=ruth, independent=YES)
        before = await desk.get(page)
        await desk.done(f"{page}/trainee-yes", side="family")
        between = await desk.get(page)
        await desk.done(f"{page}/trainee-yes", side="council")
        after = await desk.get(page)
        await desk.refused(f"{page}/trainee-yes", 404, side="school")
        await desk.refused(f"{page}/trainee-yes", 422, side="everybody")

    asked = re.compile(r'name="side" value="(\w+)"')
    assert asked.findall(before) == ["family", "council"]
    assert asked.findall(between) == ["council"]
    assert asked.findall(after) == []
    assert "asked by Mina Farrow" in between
    assert "Only watches" in after


async def test_a_meeting_that_was_cancelled_takes_nobody(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await ready(desk)
        page, ruth = await booked(desk, matter), desk.staff["ruth"].id
        await desk.done(f"{page}/cancel", reason="illness")
        answer = await desk.client.get(f"{page}/add/co-mediator", allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, page)
        await desk.post(f"{page}/add/co-mediator", account=ruth, independent=YES)
        (meeting,) = await meetings(desk, matter)
        text = await desk.get(page)
    assert f"{page}/add/" not in text
    assert meeting.colleague_ids == ()
