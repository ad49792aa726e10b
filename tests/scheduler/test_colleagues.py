"""A co-mediator or a trainee at a meeting: their time, their mail, what keeps them away, and how it is undone."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from cases import work
from cases.assigning import NotTheirWork
from cases.case import Side
from cases.independence import NotIndependent
from database.engine import Database
from meetings import register, staff
from meetings.meeting import MeetingNotSo, MeetingState, Part
from meetings.register import Meeting
from meetings.staff import PartTaken
from people import accounts
from people.access import NotFound, Person, Relation
from people.roles import Role
from people.schema import audit as audit_lines
from scheduler import booking, colleagues, diaries
from scheduler.booking import Change, Reason
from scheduler.colleagues import BusyThen, NotAtWorkThen, ThereAlready
from scheduler.diaries import Kind, SlotTaken
from scheduler.spans import Span
from tests.cases.house import OFFICE
from tests.cases.house import staff as hire
from tests.scheduler.booked import TUESDAY_10, WORKDAYS, Ready, another, get_ready
from tests.scheduler.test_inviting import event, sent, words

RUTH, IDRIS = "ruth@evenhand.example", "idris@evenhand.example"
LATER = TUESDAY_10 + timedelta(days=1)


@pytest.fixture
async def ready(database: Database, moment: datetime) -> Ready:
    return await get_ready(database, now=moment)


def ruth_of(ready: Ready) -> str:
    return str(ready.house.other_mediator.account_id)


async def add(database: Database, ready: Ready, meeting_id: str, who: str, part: Part = Part.CO_MEDIATOR) -> None:
    async with database.write() as db:
        person, now = ready.house.coordinator, ready.walk.now
        await colleagues.add(db, OFFICE, meeting_id, account_id=who, part=part, person=person, now=now)


async def take_away(database: Database, ready: Ready, meeting_id: str, who: str) -> None:
    async with database.write() as db:
        person, now = ready.house.coordinator, ready.walk.now
        await colleagues.take_away(db, OFFICE, meeting_id, account_id=who, person=person, now=now)


async def loaded(database: Database, meeting_id: str) -> Meeting:
    async with database.read() as db:
        return await register.load(db, meeting_id)


async def claims_of(database: Database, owner: str) -> list[datetime]:
    """When this person's time is taken."""
    async with database.read() as db:
        number = (await diaries.numbers(db, [owner]))[owner]
        span = Span(starts=TUESDAY_10 - timedelta(days=30), ends=TUESDAY_10 + timedelta(days=30))
        return [one.starts for one in (await diaries.claims(db, [number], span))[number].values()]


async def mediator_named(database: Database, name: str, now: datetime) -> Person:
    """One more mediator who works from Monday to Friday."""
    async with database.write() as db:
        person = await hire(db, name, Role.MEDIATOR, now=now)
        number = await diaries.diary_for(db, str(person.account_id), Kind.MEDIATOR)
        await diaries.set_hours(db, number, WORKDAYS)
        return person


async def test_a_co_mediator_has_the_time_the_invitation_and_the_case(database: Database, ready: Ready) -> None:
    meeting_id = await ready.book(database)
    await add(database, ready, meeting_id, ruth_of(ready))
    meeting, mails = await loaded(database, meeting_id), await sent(database, "invitation")
    async with database.read() as db:
        case = await work.relation(db, ready.house.other_mediator, meeting.case_id)
        actions = [row.action for row in await db.all(select(audit_lines.c.action))]

    assert (meeting.co_mediator_id, meeting.trainee_id) == (ruth_of(ready), None)
    assert meeting.led_by(ruth_of(ready))
    assert await claims_of(database, ruth_of(ready)) == [TUESDAY_10]
    assert case is Relation.ASSIGNED
    assert "You mediate a meeting with a colleague" in words(mails[RUTH])
    assert event(mails[RUTH])["method"] == "REQUEST"
    assert event(mails[RUTH])["UID"] != event(mails[IDRIS])["UID"]
    assert "meeting.add.co_mediator" in actions


async def test_a_trainee_has_the_time_and_the_invitation_but_not_the_case(database: Database, ready: Ready) -> None:
    meeting_id = await ready.book(database)
    await add(database, ready, meeting_id, ruth_of(ready), Part.TRAINEE)
    meeting, mail = await loaded(database, meeting_id), (await sent(database, "invitation"))[RUTH]
    async with database.read() as db:
        case = await work.relation(db, ready.house.other_mediator, meeting.case_id)

    assert (meeting.trainee_id, meeting.led_by(ruth_of(ready)), case) == (ruth_of(ready), False, Relation.NONE)
    assert await claims_of(database, ruth_of(ready)) == [TUESDAY_10]
    assert "You are at a meeting as a trainee" in words(mail)


@pytest.mark.parametrize("part", list(Part))
async def test_nobody_is_at_two_meetings_at_once(
    database: Database, ready: Ready, moment: datetime, part: Part
) -> None:
    meeting_id = await ready.book(database)
    await add(database, ready, meeting_id, ruth_of(ready), part)
    async with database.write() as db:
        other = await another(db, ready.house, now=moment)
    elsewhere = await other.book(database, starts=LATER)
    span = Span(starts=TUESDAY_10 + timedelta(hours=1), ends=TUESDAY_10 + timedelta(hours=2))
    async with database.read() as db:
        number = (await diaries.numbers(db, [ruth_of(ready)]))[ruth_of(ready)]
    with pytest.raises(SlotTaken):
        async with database.write() as db:
            await diaries.claim_all(db, [number], span, meeting_id=elsewhere, now=moment)


async def test_who_is_busy_away_or_not_independent_cannot_be_chosen_and_the_list_says_why(
    database: Database, ready: Ready, moment: datetime
) -> None:
    meeting_id = await ready.book(database)
    ada = await mediator_named(database, "Ada Quinn", moment)
    async with database.write() as db:
        lazy = await hire(db, "Lea Moss", Role.MEDIATOR, now=moment)
        inside = await accounts.make(
            db, name="Nia Coe", email="nia@northmere.example", roles=[Role.MEDIATOR], now=moment
        )
        other = await another(db, ready.house, now=moment)
    second = await other.book(database, starts=LATER)
    async with database.write() as db:
        number = (await diaries.numbers(db, [str(ada.account_id)]))[str(ada.account_id)]
        span = Span(starts=TUESDAY_10, ends=TUESDAY_10 + timedelta(hours=1))
        await diaries.claim_all(db, [number], span, meeting_id=second, now=moment)
    async with database.read() as db:
        found = await colleagues.candidates(db, OFFICE, meeting_id, person=ready.house.coordinator, now=moment)

    assert {one.account.name: one.why_not for one in found} == {
        "Ada Quinn": BusyThen().words,
        "Lea Moss": NotAtWorkThen().words,
        "Nia Coe": NotIndependent().words,
        "Ruth Sandhu": None,
    }
    refusals = {
        str(ada.account_id): BusyThen,
        str(lazy.account_id): NotAtWorkThen,
        inside.id: NotIndependent,
        ready.house.mediator_id: ThereAlready,
        str(ready.house.adviser.account_id): NotTheirWork,
        "a" * 26: NotFound,
    }
    for who, refusal in refusals.items():
        with pytest.raises(refusal):
            await add(database, ready, meeting_id, who)
    assert (await loaded(database, meeting_id)).colleague_ids == ()


async def test_one_person_is_not_both_and_one_part_is_for_one_person(
    database: Database, ready: Ready, moment: datetime
) -> None:
    meeting_id = await ready.book(database)
    ada = await mediator_named(database, "Ada Quinn", moment)
    await add(database, ready, meeting_id, ruth_of(ready))
    with pytest.raises(ThereAlready):
        await add(database, ready, meeting_id, ruth_of(ready), Part.TRAINEE)
    with pytest.raises(PartTaken):
        await add(database, ready, meeting_id, str(ada.account_id))
    assert (await loaded(database, meeting_id)).colleague_ids == (ruth_of(ready),)
    assert await claims_of(database, str(ada.account_id)) == []


async def test_taking_somebody_away_gives_their_time_back_and_tells_them_alone(
    database: Database, ready: Ready
) -> None:
    meeting_id = await ready.book(database)
    await add(database, ready, meeting_id, ruth_of(ready))
    await take_away(database, ready, meeting_id, ruth_of(ready))
    meeting, gone = await loaded(database, meeting_id), await sent(database, "stood_down")
    async with database.read() as db:
        case = await work.relation(db, ready.house.other_mediator, meeting.case_id)

    assert (meeting.colleague_ids, meeting.state, case) == ((), MeetingState.BOOKED, Relation.NONE)
    assert await claims_of(database, ruth_of(ready)) == []
    assert await claims_of(database, ready.house.mediator_id) == [TUESDAY_10]
    assert set(gone) == {RUTH}
    assert (event(gone[RUTH])["method"], event(gone[RUTH])["SEQUENCE"]) == ("CANCEL", "1")
    with pytest.raises(NotFound):
        await take_away(database, ready, meeting_id, ruth_of(ready))

    await add(database, ready, meeting_id, ruth_of(ready))  # and it was a mistake after all: a fresh entry
    again = (await sent(database, "invitation"))[RUTH]
    assert event(again)["UID"] != event(gone[RUTH])["UID"]
    assert await claims_of(database, ruth_of(ready)) == [TUESDAY_10]


async def test_a_meeting_moves_and_is_cancelled_with_everybody_who_is_at_it(database: Database, ready: Ready) -> None:
    meeting_id = await ready.book(database)
    await add(database, ready, meeting_id, ruth_of(ready))
    async with database.write() as db:
        change, mina = Change(meeting_id=meeting_id, starts=LATER), ready.house.coordinator
        await booking.move(db, OFFICE, change, person=mina, now=ready.walk.now)
    first, moved = (await sent(database, "invitation"))[RUTH], (await sent(database, "moved"))[RUTH]
    assert await claims_of(database, ruth_of(ready)) == [LATER]
    assert (event(moved)["UID"], event(moved)["SEQUENCE"]) == (event(first)["UID"], "1")

    async with database.write() as db:
        await booking.cancel(db, OFFICE, meeting_id, reason=Reason.OTHER, person=mina, now=ready.walk.now)
        case = await work.relation(db, ready.house.other_mediator, (await register.load(db, meeting_id)).case_id)
    assert await claims_of(database, ruth_of(ready)) == []
    assert RUTH in await sent(database, "cancelled")
    assert case is Relation.NONE
    with pytest.raises(MeetingNotSo):
        await add(database, ready, meeting_id, ruth_of(ready), Part.TRAINEE)


async def test_a_meeting_does_not_move_to_where_a_colleague_is_busy_and_is_offered_times_that_suit_all(
    database: Database, ready: Ready, moment: datetime
) -> None:
    meeting_id = await ready.book(database)
    await add(database, ready, meeting_id, ruth_of(ready))
    async with database.write() as db:
        number = (await diaries.numbers(db, [ruth_of(ready)]))[ruth_of(ready)]
        busy = Span(starts=LATER, ends=LATER + timedelta(hours=3))
        await diaries.claim_all(db, [number], busy, meeting_id="m" * 26, now=moment)
    change, mina = Change(meeting_id=meeting_id, starts=LATER), ready.house.coordinator
    with pytest.raises(SlotTaken) as taken:
        async with database.write() as db:
            await booking.move(db, OFFICE, change, person=mina, now=ready.walk.now)
    offered = taken.value.alternatives
    assert offered
    assert all(one.ends <= busy.starts - diaries.REST or one.starts >= busy.ends + diaries.REST for one in offered)
    assert await claims_of(database, ready.house.mediator_id) == [TUESDAY_10]


async def test_each_sides_yes_to_a_trainee_is_kept_with_who_asked(
    database: Database, ready: Ready, moment: datetime
) -> None:
    meeting_id = await ready.book(database)
    mina = ready.house.coordinator

    async def said(side: Side, person: Person = mina) -> None:
        async with database.write() as db:
            await colleagues.say_yes(db, OFFICE, meeting_id, side=side, person=person, now=moment)

    with pytest.raises(NotFound):
        await said(Side.FAMILY)  # there is no trainee yet
    await add(database, ready, meeting_id, ruth_of(ready), Part.TRAINEE)
    with pytest.raises(NotFound):
        await said(Side.SCHOOL)  # nobody of the school is invited
    await said(Side.FAMILY)
    await said(Side.FAMILY)
    async with database.read() as db:
        (trainee,) = await staff.of_meeting(db, meeting_id)
    assert {side: (yes.asked_by, yes.at) for side, yes in trainee.agreed.items()} == {
        Side.FAMILY: (mina.account_id, moment)
    }
    await take_away(database, ready, meeting_id, ruth_of(ready))
    await add(database, ready, meeting_id, ruth_of(ready), Part.TRAINEE)
    async with database.read() as db:
        (anew,) = await staff.of_meeting(db, meeting_id)
    assert dict(anew.agreed) == {}


async def test_a_mediator_of_another_case_adds_nobody(database: Database, ready: Ready) -> None:
    meeting_id = await ready.book(database)
    ruth, now = ready.house.other_mediator, ready.walk.now
    with pytest.raises(NotFound):
        async with database.write() as db:
            await colleagues.add(
                db, OFFICE, meeting_id, account_id=ruth_of(ready), part=Part.CO_MEDIATOR, person=ruth, now=now
            )
