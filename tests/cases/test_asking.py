"""A family for whom somebody else wrote: nothing goes on, and nobody has a way in, before it has said yes."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from cases import asking, file, written_for
from cases.asking import BeforeWeKnew, NotYet
from cases.case import Channel, Choice, Side
from cases.helper import FamilyNotAsked, Helper
from cases.intake import NoWayToReach, SameAddress
from database.engine import Database, Transaction
from notifications.schema import message
from people import audit, links
from people.access import NotAllowed, NotFound, Relation
from people.roles import Party
from records import certifying
from records.certificate import Kind
from tests.cases.house import OFFICE, Walk, enquire, furnish, mails, sitting_in, walk_to

NORA = Helper(name="Nora Neighbour", email="nora@post.example", phone="+447700900111")


async def helped(db: Transaction, *, now: datetime, **changes: object) -> Walk:
    return await enquire(db, await furnish(db, now=now), now=now, **{"helper": NORA, **changes})


async def yes(db: Transaction, walk: Walk, *, at: datetime | None = None) -> None:
    await asking.note_yes(
        db, OFFICE, walk.case.id, at=at or walk.now, channel=Channel.PHONE, person=walk.house.adviser, now=walk.now
    )


async def letters(db: Transaction) -> list[str]:
    rows = await db.all(select(message).order_by(message.c.created_at))
    return [(await db.box(row.key_id)).open_bytes("message.raw", row.id, row.raw_sealed).decode() for row in rows]


async def test_the_seat_is_the_familys_and_the_helper_is_a_contact_without_a_way_in(
    database: Database, moment: datetime
) -> None:
    async with database.write() as db:
        walk = await helped(db, now=moment)
        family, posted = await walk.family(db), await letters(db)
        case = await file.load_case(db, walk.case.id)

        assert (family.name, family.email, family.party) == ("Tessa Alderton", "tessa@example.org", Party.PARENT)
        assert [seat.side for seat in await file.seats_of(db, case.id)] == [Side.FAMILY, Side.COUNCIL]
        assert (walk.case.helper, case.helper, case.asks_first) == (NORA, NORA, True)
        assert await links.of_seat(db, family.id) is None
        assert await mails(db) == [("helper_receipt", "nora@post.example")]
        assert "/j/" not in posted[0]
        assert [word for word in ("Nora", "Tessa", "Rowan", "Northmere") if word in posted[0]] == []


async def test_nothing_is_said_or_chosen_for_a_family_that_was_not_asked(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        walk = await helped(db, now=moment)
    with pytest.raises(FamilyNotAsked):
        async with database.write() as db:
            await walk.advised(db)
    async with database.write() as db:
        await yes(db, walk)
        chose = await (await walk.advised(db)).chose(db)
    assert chose.matter.choice is Choice.MEDIATION


async def test_a_choice_waits_for_the_yes_also_where_advice_was_given(database: Database, moment: datetime) -> None:
    walk = await walk_to(database, now=moment)
    async with database.write() as db:
        walk = await walk.advised(db)
        await written_for.keep(db, walk.case, NORA)
    with pytest.raises(FamilyNotAsked):
        async with database.write() as db:
            await walk.chose(db)


async def test_no_certificate_is_issued_before_the_yes(database: Database, moment: datetime) -> None:
    walk = await walk_to(database, now=moment)
    async with database.write() as db:
        walk = await (await walk.advised(db)).chose(db, Choice.DECLINED)
        await written_for.keep(db, walk.case, NORA)
    with pytest.raises(FamilyNotAsked):
        async with database.write() as db:
            await certify(db, walk)
    async with database.write() as db:
        await yes(db, walk)
        await certify(db, walk)


async def certify(db: Transaction, walk: Walk) -> None:
    await certifying.issue(db, OFFICE, walk.matter.id, kind=Kind.DECLINED, person=walk.house.adviser, now=walk.now)


async def test_with_the_yes_the_family_has_its_own_page_and_its_receipt(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        walk = await helped(db, now=moment)
        await yes(db, walk)
        await yes(db, walk, at=moment)
        case, lines = await file.load_case(db, walk.case.id), await audit.lines_of(db, walk.case.id)
        link = await links.of_seat(db, (await walk.family(db)).id)
        posted = await mails(db)

    assert case.helper is not None
    assert (case.asks_first, case.helper.yes_at, case.helper.yes_channel) == (False, moment, Channel.PHONE)
    assert link is not None
    assert posted == [("enquiry_receipt", "tessa@example.org"), ("helper_receipt", "nora@post.example")]
    assert [line["action"] for line in lines] == ["intake.submit", "family.yes"]


async def test_a_yes_has_a_likely_moment(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        walk = await helped(db, now=moment)
    for at, refusal in ((moment + timedelta(minutes=1), NotYet), (moment - timedelta(days=1), BeforeWeKnew)):
        with pytest.raises(refusal):
            async with database.write() as db:
                await yes(db, walk, at=at)
    async with database.read() as db:
        assert (await file.load_case(db, walk.case.id)).asks_first


async def test_only_a_coordinator_or_the_adviser_may_note_it(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        walk = await helped(db, now=moment)
        seats = [sitting_in(await walk.family(db)), sitting_in(await walk.council(db))]
    for person in (walk.house.mediator, *seats):
        with pytest.raises((NotAllowed, NotFound)):
            async with database.write() as db:
                await asking.note_yes(
                    db, OFFICE, walk.case.id, at=moment, channel=Channel.PHONE, person=person, now=moment
                )
    async with database.write() as db:
        await asking.note_yes(
            db, OFFICE, walk.case.id, at=moment, channel=Channel.EMAIL, person=walk.house.coordinator, now=moment
        )


async def test_a_family_that_wrote_itself_is_not_asked(database: Database, moment: datetime) -> None:
    walk = await walk_to(database, now=moment)
    assert (walk.case.helper, walk.case.asks_first) == (None, False)
    with pytest.raises(NotFound):
        async with database.write() as db:
            await yes(db, walk)


async def test_the_familys_mail_is_not_the_helpers(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        with pytest.raises(SameAddress):
            await helped(db, now=moment, email="Nora@post.example")


async def test_a_family_may_be_out_of_reach_but_not_its_helper_too(database: Database, moment: datetime) -> None:
    nobody = {"email": None, "phone": None}
    async with database.write() as db:
        walk = await helped(db, now=moment, **nobody)
        assert (await walk.family(db)).phone is None
        with pytest.raises(NoWayToReach):
            await enquire(db, walk.house, now=moment, **nobody, helper=Helper(name="Nora", email=None, phone=None))


async def test_a_helpers_address_is_not_flooded_either(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        house = await furnish(db, now=moment)
        for day in range(6):
            now = moment + timedelta(days=day)
            await enquire(db, house, now=now, helper=NORA)
            await enquire(db, house, now=now + timedelta(hours=5), email="Nora@post.example")
        assert [to.casefold() for _, to in await mails(db)] == ["nora@post.example"] * 3


async def test_an_adviser_asks_where_another_adviser_does_not_have_it(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        walk = await helped(db, now=moment)
        assert await asking.relation(db, walk.house.adviser, walk.case) is Relation.OWN
        assert await asking.relation(db, walk.house.mediator, walk.case) is Relation.NONE
