"""Letters about a case: to whom they go, and where their buttons lead."""

from dataclasses import replace
from datetime import datetime

import pytest

from cases import mailing
from database.engine import Database
from notifications import messages
from people import links
from people.access import NotFound
from people.roles import Role
from tests.cases.house import OFFICE, mails, staff, walk_to


async def test_a_seat_is_written_to_under_its_own_name_or_not_at_all(database: Database, moment: datetime) -> None:
    walk = await walk_to(database, now=moment)
    async with database.read() as db:
        seat = await walk.family(db)
    to = mailing.recipient(walk.case, seat)
    assert to is not None
    assert (to.email, to.greeting, to.key_id, to.seat_id) == ("tessa@example.org", "Tessa", walk.case.key_id, seat.id)
    assert mailing.recipient(walk.case, replace(seat, email=None)) is None
    assert mailing.recipient(walk.case, replace(seat, revoked_at=moment)) is None


async def test_a_seats_own_page_stays_at_one_address_until_it_is_taken_back(
    database: Database, moment: datetime
) -> None:
    walk = await walk_to(database, now=moment)
    async with database.write() as db:
        seat = await walk.family(db)
        first = await mailing.own_page(db, OFFICE, seat, now=moment)
        again = await mailing.own_page(db, OFFICE, seat, now=moment)
        await links.revoke(db, seat.id, now=moment)
        fresh = await mailing.own_page(db, OFFICE, seat, now=moment)
    assert first == again
    assert first.startswith("https://evenhand.example/j/")
    assert fresh != first


async def test_each_coordinator_gets_one_and_nobody_who_is_not_there(database: Database, moment: datetime) -> None:
    walk = await walk_to(database, now=moment)
    letter = messages.contact_late(
        matter_id="m",
        number=walk.case.number,
        link=mailing.desk_page(OFFICE, walk.case.id),
        mediator="I",
        due_at=moment,
    )
    async with database.write() as db:
        await staff(db, "Sam Brook", Role.COORDINATOR, Role.ADVISER, now=moment)
        for _ in range(2):
            await mailing.to_coordinators(db, OFFICE, letter, case=walk.case, now=moment)
        found = await mails(db, "contact_late")
        with pytest.raises(NotFound):
            await mailing.to_staff(db, OFFICE, letter, case=walk.case, account_id="a" * 26, now=moment)
    assert found == [("contact_late", "mina@evenhand.example"), ("contact_late", "sam@evenhand.example")]
