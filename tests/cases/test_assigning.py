"""A mediator who is independent gets the case; everybody who must know is told."""

from datetime import datetime

import pytest

from cases import assigning, board, work
from cases.advising import MeetingStillBooked
from cases.assigning import NotTheirWork
from cases.dossier import Duty
from cases.file import move_matter
from cases.independence import NotIndependent
from cases.lifecycle import MoveRefused
from cases.states import Event, MatterState
from database.engine import Database
from people import accounts
from people.access import NotFound, Relation
from people.roles import Role
from tests.cases.house import OFFICE, Walk, enquire, mails, staff, walk_to


async def assign(database: Database, walk: Walk, account_id: str, duty: Duty = Duty.MEDIATOR) -> None:
    async with database.write() as db:
        await assigning.assign(
            db, OFFICE, walk.matter.id, account_id=account_id, duty=duty, person=walk.house.coordinator, now=walk.now
        )


@pytest.fixture
async def walk(database: Database, moment: datetime) -> Walk:
    found = await walk_to(database, now=moment)
    async with database.write() as db:
        return await (await found.advised(db)).chose(db)


async def test_mediator_and_family_are_told_and_the_matter_moves(database: Database, walk: Walk) -> None:
    async with database.write() as db:
        moved = (await walk.assigned(db)).matter
        holder = (await work.holders_of(db, walk.matter.id))[Duty.MEDIATOR]
        posted = await mails(db)
        relation = await work.relation(db, walk.house.mediator, walk.case.id)
        (row,) = await board.of_account(db, walk.house.mediator_id, Duty.MEDIATOR)
    assert moved.state is MatterState.ASSIGNED
    assert (holder.account_id, holder.name, relation) == (walk.house.mediator_id, "Idris Vaughan", Relation.ASSIGNED)
    assert ("mediator_assigned", "idris@evenhand.example") in posted
    assert ("mediator_introduction", "tessa@example.org") in posted
    assert row.matter.id == walk.matter.id


async def test_who_had_it_before_has_it_no_longer(database: Database, walk: Walk) -> None:
    await assign(database, walk, walk.house.mediator_id)
    await assign(database, walk, str(walk.house.other_mediator.account_id))
    async with database.read() as db:
        holder = (await work.holders_of(db, walk.matter.id))[Duty.MEDIATOR]
        relation = await work.relation(db, walk.house.mediator, walk.case.id)
    assert (holder.name, relation) == ("Ruth Sandhu", Relation.NONE)


async def test_an_adviser_is_assigned_without_moving_the_matter(
    database: Database, walk: Walk, moment: datetime
) -> None:
    async with database.write() as db:
        other = await staff(db, "Ada Lindqvist", Role.ADVISER, now=moment)
    await assign(database, walk, str(other.account_id), Duty.ADVISER)
    async with database.read() as db:
        holders = await work.holders_of(db, walk.matter.id)
    assert {duty: holder.name for duty, holder in holders.items()} == {Duty.ADVISER: "Ada Lindqvist"}


async def test_the_wrong_work_the_wrong_house_and_nobody_are_refused(
    database: Database, walk: Walk, moment: datetime
) -> None:
    async with database.write() as db:
        officer = await accounts.make(
            db, name="Dana Whitlock", email="dana@northmere.example", roles=[Role.MEDIATOR], now=moment
        )
        gone = await staff(db, "Pim Achterberg", Role.MEDIATOR, now=moment)
        await accounts.change(db, str(gone.account_id), active=False)
    for account_id, refusal in (
        (str(walk.house.adviser.account_id), NotTheirWork),
        (str(gone.account_id), NotTheirWork),
        (officer.id, NotIndependent),
        ("a" * 26, NotFound),
    ):
        with pytest.raises(refusal):
            await assign(database, walk, account_id)
    async with database.read() as db:
        assert Duty.MEDIATOR not in await work.holders_of(db, walk.matter.id)


async def test_a_mediator_gives_nobody_a_case(database: Database, walk: Walk) -> None:
    async with database.write() as db:
        with pytest.raises(NotFound):
            await assigning.assign(
                db,
                OFFICE,
                walk.matter.id,
                account_id=walk.house.mediator_id,
                duty=Duty.MEDIATOR,
                person=walk.house.mediator,
                now=walk.now,
            )


async def test_before_a_yes_and_while_a_meeting_is_booked_nobody_is_assigned(
    database: Database, walk: Walk, moment: datetime
) -> None:
    async with database.write() as db:
        early = await enquire(db, walk.house, now=moment, email="other@example.org")
        with pytest.raises(MoveRefused):
            await early.assigned(db)
        ready = await (await walk.assigned(db)).reached(db)
        await move_matter(db, ready.matter, Event.BOOKED, person=walk.house.coordinator, now=moment)
        with pytest.raises(MeetingStillBooked):
            await walk.assigned(db)
