"""Cases, matters and seats: what goes in comes out, sealed in between, and nobody overwrites another's change."""

import json
from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import select

from cases import file
from cases.case import Decision, Side, Standing
from cases.dossier import Child, Happened, NewSeat
from cases.file import StaleCase
from cases.lifecycle import MoveRefused
from cases.schema import case_file, matter, seat
from cases.states import Event, MatterState
from database.engine import Database
from people.access import VISITOR, NotFound
from people.roles import Party
from tests.cases.house import ENQUIRY, enquire, furnish, walk_to


async def test_a_case_comes_back_as_it_was_told(database: Database, moment: datetime) -> None:
    walk = await walk_to(database, now=moment)
    async with database.read() as db:
        case = await file.load_case(db, walk.case.id)
        (told,) = await file.matters_of(db, case.id)
        family, council = await file.seats_of(db, case.id)

    assert (case.number, case.label, case.council) == ("EH-2026-00001", "Rowan A.", "Northmere Council")
    assert case.child == Child(first_name="Rowan", last_name="Alderton", born=date(2016, 5, 19))
    assert (told.decision, told.state, told.letter_date) == (
        Decision.CONTENTS_B_F_I, MatterState.ENQUIRY, date(2026, 9, 14),
    )  # fmt: skip
    assert (family.label, family.side, family.party, family.needs) == (
        "Tessa A.", Side.FAMILY, Party.PARENT, ("time", "somebody"),
    )  # fmt: skip
    assert (family.email, family.phone, family.needs_words) == (ENQUIRY.email, ENQUIRY.phone, "I am dyslexic.")
    assert (council.name, council.side, council.email) == (
        "SEND mediation team", Side.COUNCIL, "send@northmere.example",
    )  # fmt: skip


async def test_numbers_run_on_and_are_no_two_alike(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        house = await furnish(db, now=moment)
        found = [(await enquire(db, house, now=moment, email=f"p{n}@example.org")).case.number for n in range(3)]
    assert found == ["EH-2026-00001", "EH-2026-00002", "EH-2026-00003"]


async def test_nothing_private_is_stored_in_clear(database: Database, moment: datetime) -> None:
    await walk_to(database, now=moment)
    async with database.read() as db:
        kept = [str(row) for table in (case_file, matter, seat) for row in await db.all(select(table))]
    private = ("Alderton", "Rowan", "tessa@example.org", "7700900142", "dyslexic", "2016-05-19")
    assert [word for word in private for row in kept if word in row] == []


async def test_a_sealed_name_does_not_open_in_another_seat(database: Database, moment: datetime) -> None:
    walk = await walk_to(database, now=moment)
    async with database.write() as db:
        family, council = await walk.family(db), await walk.council(db)
        stolen = select(seat.c.name_sealed).where(seat.c.id == family.id).scalar_subquery()
        await db.execute(seat.update().where(seat.c.id == council.id).values(name_sealed=stolen))
        with pytest.raises(Exception, match=r"seat\.name"):
            await file.load_seat(db, council.id)


async def test_each_move_is_an_event_with_its_actor(database: Database, moment: datetime) -> None:
    walk = await walk_to(database, now=moment)
    async with database.write() as db:
        await walk.advised(db)
        story = await file.history(db, walk.matter.id)
    adviser = walk.house.adviser.actor
    assert story == [
        Happened(event=Event.RECEIVED, state=MatterState.ENQUIRY, at=moment, actor=VISITOR.actor),
        Happened(event=Event.ADVISED, state=MatterState.ADVISED, at=moment, actor=adviser),
    ]


async def test_of_two_changes_to_the_same_matter_the_second_is_refused(database: Database, moment: datetime) -> None:
    walk = await walk_to(database, now=moment)
    async with database.write() as db:
        await file.move_matter(db, walk.matter, Event.ADVISED, person=walk.house.adviser, now=moment)
    async with database.write() as db:
        with pytest.raises(StaleCase):
            await file.move_matter(db, walk.matter, Event.ADVISED, person=walk.house.adviser, now=moment)


async def test_a_move_that_the_table_does_not_hold_is_refused(database: Database, moment: datetime) -> None:
    walk = await walk_to(database, now=moment)
    async with database.write() as db:
        with pytest.raises(MoveRefused):
            await file.move_matter(db, walk.matter, Event.BOOKED, person=walk.house.adviser, now=moment)
        assert len(await file.history(db, walk.matter.id)) == 1


async def test_what_is_not_there_is_not_found(database: Database) -> None:
    async with database.read() as db:
        for load in (file.load_case, file.load_matter, file.load_seat):
            with pytest.raises(NotFound):
                await load(db, "a" * 26)


async def test_a_seat_is_edited_whole_and_revoked_for_good(database: Database, moment: datetime) -> None:
    walk = await walk_to(database, now=moment)
    new = NewSeat(
        side=Side.FAMILY, standing=Standing.SUPPORTER, party=Party.SUPPORTER, name="Jo Ash", title="Friend",
        email="jo@example.org",
    )  # fmt: skip
    async with database.write() as db:
        made = await file.add_seat(db, walk.case, new, now=moment)
        changed = replace(new, name="Jo Ashe", email=None)
        edited = await file.edit_seat(db, walk.case, made.id, changed=changed)
        await file.revoke_seat(db, made.id, now=moment)
        left = [seat.id for seat in await file.seats_of(db, walk.case.id)]
        kept = await file.load_seat(db, made.id)
    assert (edited.name, edited.email, edited.side) == ("Jo Ashe", None, Side.FAMILY)
    assert made.id not in left
    assert kept.revoked_at == moment


async def test_what_is_kept_of_a_child_without_a_birthday_is_readable(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        house = await furnish(db, now=moment)
        walk = await enquire(db, house, now=moment, born=None, child_last_name="")
    assert walk.case.child == Child(first_name="Rowan", last_name="", born=None)
    assert json.dumps(walk.case.child.as_kept()) == '{"first_name": "Rowan", "last_name": "", "born": null}'
