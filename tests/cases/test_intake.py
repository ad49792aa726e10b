"""An enquiry becomes a case with two seats, their links and one receipt, and nothing less."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from cases import file, intake
from cases.authorities import AuthorityUnknown
from cases.case import Decision, Side
from cases.facts import BornLater
from cases.intake import NoWayToReach
from cases.letter import DayNotLikely
from cases.schema import case_file
from database.engine import Database
from notifications.schema import message
from people import audit, links
from people.access import VISITOR, NotFound
from people.roles import Party
from tests.cases.house import ENQUIRY, OFFICE, House, enquire, furnish, mails, walk_to


@pytest.fixture
async def house(database: Database, moment: datetime) -> House:
    async with database.write() as db:
        return await furnish(db, now=moment)


async def test_the_case_has_seats_links_a_receipt_and_a_line_in_the_audit(database: Database, moment: datetime) -> None:
    walk = await walk_to(database, now=moment)
    async with database.read() as db:
        sides = [seat.side for seat in await file.seats_of(db, walk.case.id)]
        family = await links.of_seat(db, (await walk.family(db)).id)
        council = await links.of_seat(db, (await walk.council(db)).id)
        lines = [line["action"] for line in await audit.lines_of(db, walk.case.id)]
        posted = await mails(db)
    assert sides == [Side.FAMILY, Side.COUNCIL]
    assert (family is not None, council is not None) == (True, True)
    assert lines == ["intake.submit"]
    assert posted == [("enquiry_receipt", "tessa@example.org")]


async def test_a_young_person_writes_for_themselves(database: Database, house: House, moment: datetime) -> None:
    async with database.write() as db:
        walk = await enquire(db, house, now=moment, told_by="YP", born=date(2009, 5, 19))
        family = await walk.family(db)
    assert (walk.case.subject_kind, family.party, family.title) == ("young_person", Party.YOUNG_PERSON, "Young person")


@pytest.mark.parametrize(
    ("decision", "issues"),
    [
        (Decision.PLACEMENT_ONLY, (True, False, False)),
        (Decision.HEALTH_ONLY, (False, True, False)),
        (Decision.SOCIAL_CARE_ONLY, (False, False, True)),
    ],
)
async def test_every_decision_is_taken_with_what_it_is_about(
    database: Database, house: House, moment: datetime, decision: Decision, issues: tuple[bool, bool, bool]
) -> None:
    async with database.write() as db:
        matter = (await enquire(db, house, now=moment, decision=decision)).matter
    assert (matter.education, matter.health, matter.social_care) == issues


async def test_without_an_address_nobody_is_written_to(database: Database, house: House, moment: datetime) -> None:
    async with database.write() as db:
        await enquire(db, house, now=moment, email=None)
        assert await mails(db) == []


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"email": None, "phone": None}, NoWayToReach),
        ({"authority_id": "a" * 26}, AuthorityUnknown),
        ({"sent_date": date(2026, 10, 9)}, DayNotLikely),
        ({"born": date(2026, 10, 9)}, BornLater),
    ],
)
async def test_a_refusal_leaves_nothing_behind(
    database: Database, house: House, moment: datetime, changes: dict[str, object], refusal: type[Exception]
) -> None:
    enquiry = replace(ENQUIRY, **{"authority_id": house.council.id} | changes)  # type: ignore[arg-type]
    with pytest.raises(refusal):
        async with database.write() as db:
            await intake.receive(db, OFFICE, enquiry, person=VISITOR, now=moment)
    async with database.read() as db:
        assert await db.scalar(select(func.count()).select_from(case_file)) == 0
        assert await mails(db) == []


async def test_a_mediator_takes_no_enquiries(database: Database, house: House, moment: datetime) -> None:
    enquiry = replace(ENQUIRY, authority_id=house.council.id)
    async with database.write() as db:
        with pytest.raises(NotFound):
            await intake.receive(db, OFFICE, enquiry, person=house.mediator, now=moment)
        assert (await intake.receive(db, OFFICE, enquiry, person=house.coordinator, now=moment)).label == "Rowan A."


async def test_an_address_gets_one_receipt_a_day_and_three_ever(
    database: Database, house: House, moment: datetime
) -> None:
    async with database.write() as db:
        for day in range(6):
            for hour in (0, 5):
                await enquire(db, house, now=moment + timedelta(days=day, hours=hour), email="Victim@example.org")
        assert len(await mails(db, "enquiry_receipt")) == 3


async def test_many_enquiries_at_once_for_one_address_are_one_receipt(
    database: Database, house: House, moment: datetime
) -> None:
    async def flood(number: int) -> None:
        async with database.write() as db:
            await enquire(db, house, now=moment, name=f"Sender {number}")

    await asyncio.gather(*(flood(number) for number in range(20)))
    async with database.read() as db:
        assert await mails(db) == [("enquiry_receipt", "tessa@example.org")]


async def test_the_receipt_repeats_nothing_that_was_typed(database: Database, house: House, moment: datetime) -> None:
    async with database.write() as db:
        await enquire(db, house, now=moment, name="Buy Now", child_first_name="Cheap", about="http://spam.example")
        row = await db.first(select(message))
        assert row is not None
        raw = (await db.box(row.key_id)).open_bytes("message.raw", row.id, row.raw_sealed).decode()
    assert [word for word in ("Buy Now", "Cheap", "spam.example", "Northmere", "Rowan") if word in raw] == []
