"""A link is an address: it is found, it runs out, it is taken back."""

from datetime import datetime, timedelta

from database.engine import Database
from people import links
from people.links import Link

HOUR = timedelta(hours=1)


async def test_a_link_leads_to_its_seat_and_an_unknown_one_nowhere(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        locator = await links.make(db, seat_id="seat", case_id="case", now=moment)
        assert len(locator) == 26
        assert await links.find(db, locator) == Link(
            locator=locator, seat_id="seat", case_id="case", attendance_id=None, over_at=None, revoked_at=None
        )
        assert await links.find(db, "a" * 26) is None


async def test_the_link_of_a_meeting_works_until_it_is_over_and_moves_with_it(
    database: Database, moment: datetime
) -> None:
    async with database.write() as db:
        locator = await links.make(
            db, seat_id="seat", case_id="case", attendance_id="place", over_at=moment, now=moment - HOUR
        )
        link = await links.of_attendance(db, "place")
        assert link is not None
        assert (link.locator, link.works(moment), link.works(moment + HOUR)) == (locator, True, False)
        await links.last_until(db, "place", moment + 2 * HOUR)
        link = await links.of_attendance(db, "place")
        assert link is not None
        assert link.works(moment + HOUR)
        assert await links.of_seat(db, "seat") is None  # its own page has a link of its own


async def test_the_newest_link_of_a_seat_is_the_one_to_send(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        await links.make(db, seat_id="seat", case_id="case", now=moment)
        newest = await links.make(db, seat_id="seat", case_id="case", now=moment + HOUR)
        link = await links.of_seat(db, "seat")
    assert link is not None
    assert link.locator == newest


async def test_a_seat_taken_back_has_no_link_that_works(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        mine = await links.make(db, seat_id="seat", case_id="case", now=moment)
        others = await links.make(db, seat_id="other", case_id="case", now=moment)
        await links.revoke(db, "seat", now=moment)
        found = [await links.find(db, mine), await links.find(db, others)]
    assert [link is not None and link.works(moment) for link in found] == [False, True]
