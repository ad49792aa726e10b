"""Free times: within hours, off holidays, with a rest between meetings, and near what was taken."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from cases import holiday_list
from database.engine import Database
from scheduler import diaries, finding
from scheduler.diaries import REST, Free, Kind
from scheduler.finding import NotWorking, Wanted
from scheduler.spans import Span, lasting
from tests.scheduler.booked import TUESDAY_10, Ready, get_ready, meadow_hall

DAY = timedelta(days=1)
MONDAY = datetime(2026, 11, 2, 0, 0, tzinfo=UTC)


@pytest.fixture
async def ready(database: Database, moment: datetime) -> Ready:
    return await get_ready(database, now=moment)


async def times(database: Database, wanted: Wanted, *, after: datetime, days: int, now: datetime) -> tuple[Free, ...]:
    async with database.read() as db:
        return await finding.free_times(db, wanted, after=after, before=after + days * DAY, now=now)


def of(ready: Ready, minutes: int = 180) -> Wanted:
    return Wanted(mediator_ids=(ready.house.mediator_id, str(ready.house.other_mediator.account_id)), minutes=minutes)


async def test_an_open_day_is_free_from_nine_until_the_meeting_no_longer_fits(
    database: Database, ready: Ready, moment: datetime
) -> None:
    found = await times(database, of(ready), after=MONDAY, days=1, now=moment)
    both = of(ready).mediator_ids
    nine = MONDAY + timedelta(hours=9)
    assert found[0] == Free(starts=nine, ends=nine + timedelta(hours=3), mediator_ids=both)
    assert (found[-1].ends, len(found)) == (MONDAY + timedelta(hours=17), 21)


async def test_nobody_works_on_weekends_bank_holidays_closures_or_in_the_past(
    database: Database, ready: Ready, moment: datetime
) -> None:
    async with database.write() as db:
        await holiday_list.close(db, MONDAY.date(), "A royal day")
    assert await times(database, of(ready), after=MONDAY, days=1, now=moment) == ()
    assert await times(database, of(ready), after=datetime(2026, 12, 25, tzinfo=UTC), days=4, now=moment) == ()
    assert await times(database, of(ready), after=MONDAY + DAY, days=1, now=MONDAY + 3 * DAY) == ()


async def test_a_mediator_rests_before_and_after_a_meeting(database: Database, ready: Ready, moment: datetime) -> None:
    await ready.book(database, minutes=60)
    wanted = Wanted(mediator_ids=(ready.house.mediator_id,), minutes=60)
    found = [free.starts for free in await times(database, wanted, after=MONDAY + DAY, days=1, now=moment)]
    assert not [starts for starts in found if TUESDAY_10 - 2 * REST < starts < TUESDAY_10 + 2 * REST]
    assert TUESDAY_10 + 2 * REST in found


async def test_the_meeting_that_is_to_move_does_not_stand_in_its_own_way(
    database: Database, ready: Ready, moment: datetime
) -> None:
    meeting_id = await ready.book(database)
    own = Wanted(mediator_ids=(ready.house.mediator_id,), minutes=180, but=meeting_id)
    found = await times(database, own, after=MONDAY + DAY, days=1, now=moment)
    assert TUESDAY_10 in [free.starts for free in found]


async def test_in_person_the_rooms_must_be_free_too(database: Database, ready: Ready, moment: datetime) -> None:
    async with database.write() as db:
        place = await meadow_hall(db, now=moment, rooms=2)
        rooms = tuple(room.id for room in place.venue.rooms)
        number = await diaries.diary_for(db, rooms[1], Kind.ROOM)
        await diaries.claim_all(db, [number], lasting(TUESDAY_10, 420), meeting_id="m" * 26, now=moment)
    wanted = Wanted(mediator_ids=(ready.house.mediator_id,), minutes=180, room_ids=rooms)
    found = {free.starts.date() for free in await times(database, wanted, after=MONDAY, days=3, now=moment)}
    assert found == {MONDAY.date(), (MONDAY + 2 * DAY).date()}


async def test_what_is_near_a_taken_time_does_not_overlap_and_comes_in_order(
    database: Database, ready: Ready, moment: datetime
) -> None:
    await ready.book(database)
    wanted = Wanted(mediator_ids=(ready.house.mediator_id,), minutes=180)
    async with database.read() as db:
        near = await finding.nearest(db, wanted, TUESDAY_10, now=moment)
    assert [free.starts for free in near] == sorted(free.starts for free in near)
    assert len(near) == 3
    assert all(abs(one.starts - TUESDAY_10) <= 2 * DAY for one in near)
    assert all(later.starts >= earlier.ends for earlier, later in pairwise(near))


async def test_what_is_offered_instead_is_told_in_time_if_the_taken_time_was(
    database: Database, ready: Ready, moment: datetime
) -> None:
    wanted = Wanted(mediator_ids=(ready.house.mediator_id,), minutes=180)
    first_in_time = datetime(2026, 10, 15, 9, 0, tzinfo=UTC)
    async with database.read() as db:
        near = await finding.nearest(db, wanted, first_in_time, now=moment)
        soon = await finding.nearest(db, wanted, moment + DAY, now=moment)
    assert [free.starts.date() >= first_in_time.date() for free in near] == [True, True, True]
    assert soon[0].starts < moment + 3 * DAY


@pytest.mark.parametrize(("hours", "minutes"), [(-2, 60), (6, 120), (24 * 4, 60), (24 * 52, 60)])
async def test_outside_the_hours_nobody_works(database: Database, ready: Ready, hours: int, minutes: int) -> None:
    async with database.read() as db:
        closed = (await holiday_list.calendar(db)).holidays
        span = lasting(TUESDAY_10 + timedelta(hours=hours), minutes)
        with pytest.raises(NotWorking):
            await finding.check_working(db, ready.house.mediator_id, span, closed=closed)
        with pytest.raises(NotWorking):
            await finding.check_working(db, "a" * 26, lasting(TUESDAY_10, 60), closed=closed)
        await finding.check_working(db, ready.house.mediator_id, lasting(TUESDAY_10, 420), closed=closed)


async def test_an_absence_is_no_working_time(database: Database, ready: Ready) -> None:
    async with database.write() as db:
        number = await diaries.diary_for(db, ready.house.mediator_id, Kind.MEDIATOR)
        away = Span(starts=TUESDAY_10, ends=TUESDAY_10 + timedelta(minutes=15))
        absence = await diaries.close(db, number, away)
        with pytest.raises(NotWorking):
            await finding.check_working(db, ready.house.mediator_id, lasting(TUESDAY_10, 60), closed=frozenset())
        await diaries.reopen(db, absence)
        await finding.check_working(db, ready.house.mediator_id, lasting(TUESDAY_10, 60), closed=frozenset())
