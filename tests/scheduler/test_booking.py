"""Booking, moving and cancelling: all of it or nothing, and one slot for one meeting."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from cases import file
from cases.case import Channel, SeatId
from cases.entrance import OVER_AFTER
from cases.in_order import TooSoon
from cases.lifecycle import MoveRefused
from cases.states import MatterState
from database.engine import Database
from meetings import register
from meetings.exceptional import NotYoursToDecide, WordsMissing
from meetings.meeting import MeetingNotSo, MeetingState, Mode, NoticeTooShort, Waiver
from meetings.venues import NotEnoughRooms
from notifications.schema import message
from people import links
from people.access import NotAllowed, NotFound
from scheduler import booking, diaries
from scheduler.booking import Change, NothingChanges, NotTheirMediator, Reason
from scheduler.diaries import SlotTaken
from scheduler.finding import NotWorking
from scheduler.placing import NobodyInvited, NotTheFamilysWord, OddLength, TimeIsPast
from scheduler.spans import Span
from tests.cases.house import OFFICE, mails, sitting_in
from tests.scheduler.booked import (
    MINUTES,
    TUESDAY_10,
    Ready,
    another,
    counts,
    get_ready,
    in_person,
    meadow_hall,
    waiver_of,
)

NOTHING = {"meetings": 0, "attendances": 0, "claims": 0, "links": 0, "invitations": 0, "audit": 0}
ONE = {"meetings": 1, "attendances": 2, "claims": 1, "links": 2, "invitations": 3, "audit": 1}
FAMILY, COUNCIL, MEDIATOR = "parent0@example.org", "send@northmere.example", "idris@evenhand.example"


@pytest.fixture
async def ready(database: Database, moment: datetime) -> Ready:
    return await get_ready(database, now=moment)


async def move(database: Database, ready: Ready, meeting_id: str, **changes: object) -> register.Meeting:
    wanted = replace(Change(meeting_id=meeting_id, starts=TUESDAY_10), **changes)  # type: ignore[arg-type]
    async with database.write() as db:
        return await booking.move(db, OFFICE, wanted, person=ready.house.coordinator, now=ready.walk.now)


async def cancel(database: Database, ready: Ready, meeting_id: str) -> register.Meeting:
    async with database.write() as db:
        return await booking.cancel(
            db, OFFICE, meeting_id, reason=Reason.ILLNESS, person=ready.house.coordinator, now=ready.walk.now
        )


async def test_a_booking_is_all_of_it(database: Database, ready: Ready) -> None:
    meeting_id = await ready.book(database)

    async with database.read() as db:
        meeting = await register.load(db, meeting_id)
        expected = await register.attendances(db, meeting_id)
        over = [(await links.of_attendance(db, each.id)) for each in expected]
        matter = await file.load_matter(db, ready.walk.matter.id)
        assert await counts(db) == ONE
        assert await mails(db, "invitation") == sorted(("invitation", to) for to in (FAMILY, COUNCIL, MEDIATOR))
        claimed = await diaries.claimed_by(db, meeting_id)
    assert (meeting.starts, meeting.ends) == (TUESDAY_10, TUESDAY_10 + timedelta(minutes=MINUTES))
    assert (meeting.mode, meeting.state, meeting.sequence) == (Mode.ONLINE, MeetingState.BOOKED, 0)
    assert [each.uid for each in expected] == [f"{each.id}@{OFFICE.reply_domain}" for each in expected]
    assert {link.over_at for link in over if link} == {meeting.ends + OVER_AFTER}
    assert matter.state is MatterState.BOOKED
    assert claimed == [ready.house.mediator_id]


async def test_fifty_who_want_one_time_are_one_booking_and_forty_nine_refusals(
    database: Database, ready: Ready, moment: datetime
) -> None:
    async with database.write() as db:
        others = [await another(db, ready.house, now=moment, number=number) for number in range(1, 50)]

    async def want(who: Ready) -> str | SlotTaken:
        try:
            return await who.book(database)
        except SlotTaken as taken:
            return taken

    answers = await asyncio.gather(*map(want, [ready, *others]))

    refused = [answer for answer in answers if isinstance(answer, SlotTaken)]
    async with database.read() as db:
        assert await counts(db) == ONE
    assert len(refused) == 49
    assert all(len(each.alternatives) == 3 for each in refused)


@pytest.mark.parametrize("minutes", [-120, -60, 0, 15, 59])
async def test_any_overlap_is_refused_with_times_that_are_free(
    database: Database, ready: Ready, moment: datetime, minutes: int
) -> None:
    async with database.write() as db:
        other = await another(db, ready.house, now=moment)
    await ready.book(database, starts=TUESDAY_10 + timedelta(hours=1), minutes=60)

    start = TUESDAY_10 + timedelta(hours=1, minutes=minutes)
    with pytest.raises(SlotTaken) as taken:
        await other.book(database, starts=start, minutes=180)

    near = taken.value.alternatives[0]
    assert near.mediator_ids == (ready.house.mediator_id,)
    await other.book(database, starts=near.starts, minutes=180)


@pytest.mark.parametrize("hours", [-1, 1])
async def test_times_that_only_touch_are_two_bookings(
    database: Database, ready: Ready, moment: datetime, hours: int
) -> None:
    async with database.write() as db:
        other = await another(db, ready.house, now=moment)
    middle = TUESDAY_10 + timedelta(hours=2)
    await ready.book(database, starts=middle, minutes=60)
    await other.book(database, starts=middle + timedelta(hours=hours), minutes=60)
    async with database.read() as db:
        assert (await counts(db))["meetings"] == 2


async def test_the_same_form_twice_is_one_booking(database: Database, ready: Ready) -> None:
    answers = await asyncio.gather(*(ready.book(database) for _ in range(5)), return_exceptions=True)
    async with database.read() as db:
        assert await counts(db) == ONE
    assert [type(answer) for answer in answers if isinstance(answer, BaseException)] == [MoveRefused] * 4


async def test_without_five_working_days_the_family_must_have_said_so(
    database: Database, ready: Ready, moment: datetime
) -> None:
    soon = moment + timedelta(days=5)  # Tuesday 13 October
    with pytest.raises(NoticeTooShort):
        await ready.book(database, starts=soon)
    async with database.read() as db:
        assert await counts(db) == NOTHING
        waiver = await waiver_of(db, ready.walk)

    meeting_id = await ready.book(database, starts=soon, waiver=waiver)

    async with database.read() as db:
        meeting = await register.load(db, meeting_id)
    assert (meeting.waived_at, meeting.waived_by, meeting.waived_channel) == (moment, waiver.by, "phone")


async def test_nobody_else_can_let_the_five_days_go(database: Database, ready: Ready, moment: datetime) -> None:
    async with database.read() as db:
        council = (await ready.walk.council(db)).id
        family = (await ready.walk.family(db)).id
    for by, at in ((council, moment), ("a" * 26, moment), (family, moment + timedelta(hours=1))):
        waiver = Waiver(by=SeatId(by), at=at, channel=Channel.PHONE)
        with pytest.raises(NotTheFamilysWord):
            await ready.book(database, starts=moment + timedelta(days=5), waiver=waiver)


async def test_the_family_lets_the_five_days_go_after_its_choice(
    database: Database, ready: Ready, moment: datetime
) -> None:
    soon, later = moment + timedelta(days=5), moment + timedelta(days=6)
    async with database.read() as db:
        waiver = await waiver_of(db, ready.walk)
    long_ago = replace(waiver, at=moment - timedelta(days=1))

    with pytest.raises(TooSoon):
        await ready.book(database, starts=soon, waiver=long_ago)
    meeting_id = await ready.book(database, starts=soon, waiver=waiver)
    with pytest.raises(TooSoon):
        await move(database, ready, meeting_id, starts=later, waiver=long_ago)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"starts": TUESDAY_10 - timedelta(days=90)}, TimeIsPast),
        ({"starts": TUESDAY_10 - timedelta(hours=2)}, NotWorking),
        ({"starts": TUESDAY_10 + timedelta(days=4)}, NotWorking),
        ({"minutes": 5}, OddLength),
        ({"minutes": 100_000}, OddLength),
        ({"seat_ids": ()}, NobodyInvited),
        ({"seat_ids": ("a" * 26,)}, NotFound),
        ({"mediator_id": "a" * 26}, NotTheirMediator),
        ({"matter_id": "a" * 26}, NotFound),
    ],
)
async def test_a_proposal_that_cannot_be_leaves_nothing_behind(
    database: Database, ready: Ready, changes: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        await ready.book(database, **changes)
    async with database.read() as db:
        assert await counts(db) == NOTHING


async def test_who_has_not_the_case_and_who_holds_a_seat_book_nothing(database: Database, ready: Ready) -> None:
    async with database.write() as db:
        seat = sitting_in(await ready.walk.family(db))
        for person, refusal in ((ready.house.other_mediator, NotFound), (seat, NotAllowed)):
            with pytest.raises(refusal):
                await booking.book(db, OFFICE, ready.proposal, person=person, now=ready.walk.now)
        mine = await booking.book(db, OFFICE, ready.proposal, person=ready.house.mediator, now=ready.walk.now)
        assert (await register.load(db, mine)).made_by == ready.house.mediator_id


async def test_an_absence_is_no_time_for_a_meeting(database: Database, ready: Ready) -> None:
    async with database.write() as db:
        (number,) = (await diaries.numbers(db, [ready.house.mediator_id])).values()
        hour = timedelta(hours=1)
        await diaries.close(db, number, Span(starts=TUESDAY_10 - hour, ends=TUESDAY_10 + hour))
    with pytest.raises(NotWorking):
        await ready.book(database)


async def test_a_move_keeps_everybodys_entry_and_raises_its_sequence(database: Database, ready: Ready) -> None:
    meeting_id = await ready.book(database)
    later = TUESDAY_10 + timedelta(days=3)

    moved = await move(database, ready, meeting_id, starts=later)

    async with database.read() as db:
        uids = {each.uid for each in await register.attendances(db, meeting_id)}
        posted = await db.all(select(message).where(message.c.kind.in_(("invitation", "moved"))))
        expected = await register.attendances(db, meeting_id)
        over = {link.over_at for each in expected if (link := await links.of_attendance(db, each.id))}
        assert (await counts(db))["claims"] == 1
    told = {(row.kind, row.method, row.sequence) for row in posted}
    assert (moved.starts, moved.ends, moved.sequence) == (later, later + timedelta(minutes=MINUTES), 1)
    assert told == {("invitation", "REQUEST", 0), ("moved", "REQUEST", 1)}
    assert {row.uid for row in posted if row.kind == "moved"} == uids | {f"{meeting_id}@{OFFICE.reply_domain}"}
    assert over == {moved.ends + OVER_AFTER}


async def test_a_move_may_overlap_its_own_old_time_and_frees_it(
    database: Database, ready: Ready, moment: datetime
) -> None:
    async with database.write() as db:
        other = await another(db, ready.house, now=moment)
    meeting_id = await ready.book(database)
    await move(database, ready, meeting_id, starts=TUESDAY_10 + timedelta(hours=1))
    await other.book(database, minutes=60)
    async with database.read() as db:
        assert (await counts(db))["claims"] == 2


async def test_a_move_to_a_taken_time_changes_nothing(database: Database, ready: Ready, moment: datetime) -> None:
    async with database.write() as db:
        other = await another(db, ready.house, now=moment)
    meeting_id = await ready.book(database)
    await other.book(database, starts=TUESDAY_10 + timedelta(days=1))

    with pytest.raises(SlotTaken) as taken:
        await move(database, ready, meeting_id, starts=TUESDAY_10 + timedelta(days=1, hours=1))

    async with database.read() as db:
        meeting = await register.load(db, meeting_id)
        assert await mails(db, "moved") == []
    assert (meeting.starts, meeting.sequence) == (TUESDAY_10, 0)
    assert len(taken.value.alternatives) == 3


async def test_a_move_is_told_in_time_or_waived_again(database: Database, ready: Ready, moment: datetime) -> None:
    meeting_id = await ready.book(database)
    with pytest.raises(NoticeTooShort):
        await move(database, ready, meeting_id, starts=moment + timedelta(days=5))
    with pytest.raises(NothingChanges):
        await move(database, ready, meeting_id)


async def test_a_cancelled_meeting_frees_its_time_and_leaves_every_calendar(
    database: Database, ready: Ready, moment: datetime
) -> None:
    async with database.write() as db:
        other = await another(db, ready.house, now=moment)
    meeting_id = await ready.book(database)

    cancelled = await cancel(database, ready, meeting_id)

    async with database.read() as db:
        matter = await file.load_matter(db, ready.walk.matter.id)
        rows = await db.all(select(message).where(message.c.kind == "cancelled"))
        uids = {each.uid for each in await register.attendances(db, meeting_id)}
    assert (cancelled.state, cancelled.sequence) == (MeetingState.CANCELLED, 1)
    assert matter.state is MatterState.SCHEDULING
    assert {(row.method, row.sequence) for row in rows} == {("CANCEL", 1)}
    assert {row.uid for row in rows} == uids | {f"{meeting_id}@{OFFICE.reply_domain}"}
    await other.book(database)
    await ready.book(database, starts=TUESDAY_10 + timedelta(days=1))


async def test_what_is_cancelled_is_neither_moved_nor_cancelled_again(database: Database, ready: Ready) -> None:
    meeting_id = await ready.book(database)
    await cancel(database, ready, meeting_id)
    with pytest.raises(MeetingNotSo):
        await cancel(database, ready, meeting_id)
    with pytest.raises(MeetingNotSo):
        await move(database, ready, meeting_id, starts=TUESDAY_10 + timedelta(days=1))


async def test_moved_and_cancelled_at_once_are_one_after_the_other(database: Database, ready: Ready) -> None:
    meeting_id = await ready.book(database)
    answers = await asyncio.gather(
        cancel(database, ready, meeting_id),
        move(database, ready, meeting_id, starts=TUESDAY_10 + timedelta(days=1)),
        cancel(database, ready, meeting_id),
        return_exceptions=True,
    )
    refused = [answer for answer in answers if isinstance(answer, BaseException)]
    async with database.read() as db:
        meeting = await register.load(db, meeting_id)
        assert (await counts(db))["claims"] == 0
    assert meeting.state is MeetingState.CANCELLED
    assert {type(each) for each in refused} <= {MeetingNotSo, MoveRefused}
    assert meeting.sequence == 3 - len(refused)


async def test_in_person_all_rooms_are_claimed_and_the_decision_is_kept(
    database: Database, ready: Ready, moment: datetime
) -> None:
    async with database.write() as db:
        place = await meadow_hall(db, now=moment)
        other = await another(db, ready.house, now=moment)

    meeting_id = await ready.book(database, in_person=in_person(place))

    async with database.read() as db:
        meeting = await register.load(db, meeting_id)
        claimed = await diaries.claimed_by(db, meeting_id)
        assert (await counts(db))["links"] == 2
    assert (meeting.mode, meeting.venue_id, meeting.decided_by) == (
        Mode.IN_PERSON,
        place.venue.id,
        ready.house.coordinator.account_id,
    )
    assert (meeting.exception, meeting.exception_words, meeting.decided_at) == (
        "access_need",
        "Maya uses a communication aid.",
        moment,
    )
    assert meeting.room_id in claimed
    assert set(claimed) == {ready.house.mediator_id, *(room.id for room in place.venue.rooms)}
    later = TUESDAY_10 + timedelta(hours=3)
    with pytest.raises(SlotTaken):
        await other.book(database, starts=TUESDAY_10 + timedelta(hours=2), in_person=in_person(place))
    await other.book(database, starts=later, in_person=in_person(place))


async def test_in_person_needs_a_coordinator_words_and_rooms(
    database: Database, ready: Ready, moment: datetime
) -> None:
    async with database.write() as db:
        place = await meadow_hall(db, now=moment)
        wanted = replace(ready.proposal, in_person=in_person(place))
        with pytest.raises(NotYoursToDecide):
            await booking.book(db, OFFICE, wanted, person=ready.house.mediator, now=moment)
    with pytest.raises(WordsMissing):
        await ready.book(database, in_person=replace(in_person(place), words="  "))
    with pytest.raises(NotFound):
        await ready.book(database, in_person=replace(in_person(place), venue_id="a" * 26))


async def test_a_place_with_one_room_does_not_do(database: Database, ready: Ready, moment: datetime) -> None:
    async with database.write() as db:
        place = await meadow_hall(db, now=moment, rooms=1)
    with pytest.raises(NotEnoughRooms):
        await ready.book(database, in_person=in_person(place))
    async with database.read() as db:
        assert await counts(db) == NOTHING


async def test_the_format_may_change_and_its_rooms_with_it(database: Database, ready: Ready, moment: datetime) -> None:
    async with database.write() as db:
        place = await meadow_hall(db, now=moment)
    meeting_id = await ready.book(database)

    there = await move(database, ready, meeting_id, in_person=in_person(place))
    async with database.read() as db:
        with_rooms = await diaries.claimed_by(db, meeting_id)
    moved = await move(database, ready, meeting_id, starts=TUESDAY_10 + timedelta(days=1))
    async with database.read() as db:
        still = await diaries.claimed_by(db, meeting_id)
    back = await move(database, ready, meeting_id, starts=moved.starts, mode=Mode.ONLINE)
    async with database.read() as db:
        without = await diaries.claimed_by(db, meeting_id)

    assert [each.mode for each in (there, moved, back)] == [Mode.IN_PERSON, Mode.IN_PERSON, Mode.ONLINE]
    assert (with_rooms, without) == (still, [ready.house.mediator_id])
    assert (len(with_rooms), back.room_id, back.exception, back.sequence) == (4, None, None, 3)
