"""The people of a case: seats given, corrected and taken back; and who of the staff takes it."""

from datetime import datetime

from cases import file, work
from cases.case import Side, Standing
from cases.dossier import Duty
from database.engine import Database
from notifications import outbox
from people import audit
from people.roles import Party
from tests.pages.coordinator.desk import advised, opened_desk, rowan, with_mediator

BEALE = {"name": "Colin Beale", "kind": "LA", "side": "council", "title": "SEN manager", "email": "c@north.example.org"}


async def test_an_officer_gets_a_seat_and_a_mistake_is_corrected_and_taken_back(
    database: Database, moment: datetime
) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await rowan(desk)
        page = f"/desk/case/{matter.case_id}/people"
        await desk.done(page, **BEALE)
        async with database.read() as db:
            beale = next(seat for seat in await file.seats_of(db, matter.case_id) if seat.name == "Colin Beale")
        assert (beale.party, beale.side, beale.standing) == (Party.COUNCIL, Side.COUNCIL, Standing.PRINCIPAL)

        one = f"{page}/{beale.id}"
        assert "SEN manager" in await desk.get(one)
        await desk.done(one, **{**BEALE, "name": "Colin Beal"})
        assert "Colin Beal" in await desk.get(page)

        await desk.done(f"{one}/revoke")
        assert "Colin Beal" not in await desk.get(page)
        await desk.get(one, 404)
        async with database.read() as db:
            lines = [line["action"] for line in await audit.lines_of(db, matter.case_id)]
    assert lines[-3:] == ["seat.add", "seat.edit", "seat.revoke"]


async def test_correcting_a_parent_keeps_what_they_told_us(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await rowan(desk)
        seat_id = (await desk.seat_ids(matter.case_id))[0]
        told = {"name": "Tess Arden", "kind": "PA", "side": "family", "email": "tess@example.org"}
        await desk.done(f"/desk/case/{matter.case_id}/people/{seat_id}", **told)
        async with database.read() as db:
            seat = await file.load_seat(db, seat_id)

    assert (seat.name, seat.needs, seat.reach_note) == (
        "Tess Arden",
        ("time", "somebody"),
        "Messages are safe; 9:30 to 2:30",
    )


async def test_a_seat_that_cannot_be_is_refused_at_its_field(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await rowan(desk)
        page = f"/desk/case/{matter.case_id}/people"
        said = [
            await desk.refused(page, 422),
            await desk.refused(page, 422, **{**BEALE, "side": "family"}),
            await desk.refused(page, 422, name="Jo", kind="SU", side="nobody", email="jo@example.org"),
            await desk.refused(page, 422, **{**BEALE, "email": "", "phone": ""}),
            await desk.refused(page, 422, **{**BEALE, "title": "x" * 100}),
            await desk.refused(page, 422, **{**BEALE, "kind": "KING", "side": "moon"}),
        ]
        text = await (await desk.post(page, **{**BEALE, "side": "family"})).text()
        assert len(await desk.seat_ids(matter.case_id)) == 2

    assert set(said[0]) == {"Write their name", "Say who they are", "Say whose side they are on"}
    assert said[1] == ["A council officer is here for the council"]
    assert said[2] == ["A supporter belongs to one side. Say whose"]
    assert said[3] == ["Write an email or a phone number, so that we can reach them"]
    assert said[4] == ["This is too long. Use 80 letters at the most."]
    assert len(said[5]) == 2
    assert 'value="Colin Beale"' in text


async def test_a_seat_of_another_case_is_not_found(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        matter, other = await rowan(desk), await rowan(desk)
        theirs = (await desk.seat_ids(other.case_id))[0]
        await desk.get(f"/desk/case/{matter.case_id}/people/{theirs}", 404)
        await desk.refused(f"/desk/case/{matter.case_id}/people/{theirs}/revoke", 404)
        assert theirs in await desk.seat_ids(other.case_id)


async def test_the_mediator_is_chosen_told_and_introduced_once(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await rowan(desk)
        await advised(desk, matter)
        page = f"/desk/case/{matter.case_id}/assign"
        given = {"duty": "mediator", "account": desk.staff["idris"].id, "independent": "yes"}
        given["form_key"] = await desk.key_of(f"{page}?duty=mediator")
        assert await desk.done(page, **given) == await desk.done(page, **given)
        async with database.read() as db:
            holders = await work.holders_of(db, matter.id)
            kinds = [message.kind for message in await outbox.for_case(db, matter.case_id)]

    assert holders[Duty.MEDIATOR].name == "Idris Vaughan"
    assert kinds.count("mediator_assigned") == kinds.count("mediator_introduction") == 1


async def test_nobody_is_given_a_case_that_is_not_theirs_to_take(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await rowan(desk)
        page = f"/desk/case/{matter.case_id}/assign"
        idris, joy = desk.staff["idris"].id, desk.staff["joy"].id
        said = [
            await desk.refused(page, 422, duty="adviser"),
            await desk.refused(page, 422, duty="adviser", account=idris),
            await desk.refused(page, 404, duty="adviser", account="a" * 26),
            await desk.refused(page, 422, duty="adviser", account="'; drop table \0account"),
            await desk.refused(page, 422, duty="mediator", account=idris),
            await desk.refused(page, 409, duty="mediator", account=idris, independent="yes"),
            await desk.refused(page, 422, duty="king", account=joy),
        ]
        async with database.read() as db:
            assert await work.holders_of(db, matter.id) == {}

    assert said[0] == ["Choose somebody"]
    assert said[1] == ["This person does not do this work here, or no longer. Choose somebody else."]
    assert said[4] == ["Ask them first, and tick this when they have said so"]
    assert said[5] == ["This cannot be done now: the family has written to us and has not had its advice yet."]


async def test_a_mediator_is_not_changed_under_a_booked_meeting(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await rowan(desk)
        await advised(desk, matter)
        await with_mediator(desk, matter)
        seats = await desk.seat_ids(matter.case_id)
        when = {"mediator": desk.staff["idris"].id, "starts": "2026-11-03T10:00+00:00", "minutes": 180}
        await desk.done(f"/desk/case/{matter.case_id}/book", seats=seats, **when)
        ruth = {"duty": "mediator", "account": desk.staff["ruth"].id, "independent": "yes"}
        said = await desk.refused(f"/desk/case/{matter.case_id}/assign", 409, **ruth)

    assert len(said) == 1


async def test_an_interpreter_is_entered_with_whom_they_interpret_for(database: Database, moment: datetime) -> None:
    ines = {"name": "Ines Roa", "kind": "IN", "side": "nobody", "email": "i@example.org"}
    async with opened_desk(database, moment) as desk:
        matter = await rowan(desk)
        page = f"/desk/case/{matter.case_id}/people"
        tessa = (await desk.seat_ids(matter.case_id))[0]
        said = await desk.refused(page, 422, **ines, helps="a" * 26)
        await desk.done(page, **ines, helps=tessa)
        await desk.done(page, **BEALE, helps=tessa)
        async with database.read() as db:
            helps = {seat.name: seat.helps for seat in await file.seats_of(db, matter.case_id)}

    assert said == ["Choose one of the people of this case"]
    assert (helps["Ines Roa"], helps["Colin Beale"]) == (tessa, None)
