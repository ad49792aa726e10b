"""The lists that a coordinator keeps: messages, the diary and its hours, venues, councils, colleagues."""

from datetime import datetime, timedelta

from sqlalchemy import update

from cases import authorities
from database.engine import Database
from meetings import venue_list
from notifications import outbox
from notifications.schema import message
from people import accounts
from people.roles import Role
from tests.pages.coordinator.desk import Desk, council, opened_desk, rowan


async def fail_everything(desk: Desk) -> None:
    """Every message has come back."""
    async with desk.database.write() as db:
        values = {"state": "failed", "error": "address unknown (550 5.1.1)", "seat_id": None}
        await db.execute(update(message).values(**values))


async def test_what_did_not_arrive_stands_first_until_somebody_has_dealt_with_it(
    database: Database, moment: datetime
) -> None:
    async with opened_desk(database, moment) as desk:
        matter = await rowan(desk)
        seat_id = (await desk.seat_ids(matter.case_id))[0]
        waiting = await desk.get("/desk/messages")
        await fail_everything(desk)
        async with database.write() as db:
            await db.execute(update(message).values(seat_id=seat_id))
            (posted,) = await outbox.failed(db)
        failed, board = await desk.get("/desk/messages"), await desk.get("/desk")
        await desk.done(f"/desk/messages/{posted.id}/done")
        await desk.done(f"/desk/messages/{posted.id}/done")
        after = await desk.get("/desk/messages")
        missing = await desk.done(f"/desk/messages/{'a' * 26}/done")

    assert "Receipt of the enquiry" in waiting
    assert "Every message has arrived or is on its way." in waiting
    assert "address unknown (550 5.1.1)" in failed
    assert "Ring Tessa Arden:" in failed
    assert 'href="tel:07700900142"' in failed
    assert 'Messages <span class="eh-nav__count">1</span>' in failed
    assert "Receipt of the enquiry to Tessa Arden" in board
    assert "address unknown" not in after
    assert missing == "/desk/messages"


async def test_any_week_of_the_diary_can_be_asked_for(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        for asked in ("", "?week=2026-12-24", "?week=0001-01-01", "?week=9999-12-31", "?week=soon", "?week=%00"):
            await desk.get(f"/desk/diary{asked}")
        christmas = await desk.get("/desk/diary?week=2026-12-24")
        await desk.get(f"/desk/diary/{desk.staff['joy'].id}", 404)
        await desk.get(f"/desk/diary/{'a' * 26}", 404)

    assert "Friday 25 December" in christmas


async def test_a_venue_comes_in_gets_rooms_and_is_offered_no_more(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        assert "There is no venue yet." in await desk.get("/desk/venues")
        told = {"name": "Larkfield House", "address": "2 Elm Lane\nNorthmere", "suits": ["step_free"]}
        page = await desk.done("/desk/venues/new", **told)
        await desk.done(f"{page}/rooms", room="Oak", seats=12)
        said = [
            await desk.refused("/desk/venues/new", 422),
            await desk.refused("/desk/venues/new", 422, **told),
            await desk.refused("/desk/venues/new", 422, name="x" * 150, address="y" * 400),
            await desk.refused(f"{page}/rooms", 422, room="Oak", seats=4),
            await desk.refused(f"{page}/rooms", 422, room="Elm", seats="many"),
            await desk.refused(f"{page}/rooms", 422, room="Elm", seats=0),
            await desk.refused(f"{page}/rooms", 422, room="", seats=4),
        ]
        kept = await (await desk.post(f"{page}/rooms", room="Elm", seats="many")).text()
        await desk.done(page, **{**told, "name": "Larkfield", "active": "no", "suits": []})
        listed = await desk.get("/desk/venues")
        async with database.read() as db:
            (place,) = await venue_list.everywhere(db)
            active = await venue_list.all_active(db)
        await desk.get(f"/desk/venues/{'a' * 26}", 404)

    assert len(said[0]) == 2
    assert said[1] == ["A place with this name is on the list already. Give this one another name."]
    assert len(said[2]) == 2
    assert said[3] == ["This place has a room with that name already. Give this one another name."]
    assert said[4] == ["Write how many people can sit in the room, as a number"]
    assert said[5] == ["Write how many people can sit in the room, from 1 to 200."]
    assert len(said[6]) == 1
    assert 'value="Elm"' in kept
    assert 'value="Larkfield House"' in kept
    assert (place.venue.name, place.address, place.active) == ("Larkfield", "2 Elm Lane, Northmere", False)
    assert [room.name for room in place.venue.rooms] == ["Oak"]
    assert active == []
    assert "Larkfield" in listed


async def test_a_council_comes_in_once_and_its_team_is_changed(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        assert "There is no council yet." in await desk.get("/desk/councils")
        told = {"name": "Eastlea Council", "team": "SEND team", "email": "send@eastlea.example.org"}
        await desk.done("/desk/councils/new", **told)
        said = [
            await desk.refused("/desk/councils/new", 422),
            await desk.refused("/desk/councils/new", 422, **told),
            await desk.refused("/desk/councils/new", 422, **{**told, "name": "x" * 200, "email": "nowhere"}),
        ]
        async with database.read() as db:
            (known,) = await authorities.all_active(db)
        page = f"/desk/councils/{known.id}"
        await desk.done(page, team="Mediation team", email="m@eastlea.example.org", phone="01632 960233")
        shown = await desk.get("/desk/councils")
        await desk.get(f"/desk/councils/{'a' * 26}", 404)

    assert len(said[0]) == 3
    assert said[1] == ["This council is in the directory already. Open it there to change it."]
    assert len(said[2]) == 2
    assert "Mediation team" in shown
    assert "m@eastlea.example.org" in shown


async def test_a_colleague_is_invited_given_roles_and_switched_off(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        await council(desk)
        told = {"name": "Pim Achterberg", "email": "pim@example.org", "roles": ["mediator"]}
        await desk.done("/desk/people", **told)
        said = [
            await desk.refused("/desk/people", 422),
            await desk.refused("/desk/people", 422, **told),
            await desk.refused("/desk/people", 422, **{**told, "email": "p@example.org", "roles": ["administrator"]}),
        ]
        async with database.read() as db:
            pim = await accounts.by_email(db, "pim@example.org")
            waiting = [message.kind for message in await outbox.waiting(db)]
        assert pim is not None
        page = f"/desk/people/{pim.id}"
        await desk.done(page, roles=["mediator", "adviser"])
        await desk.done(f"{page}/off")
        off = await desk.get(page)
        await desk.done(f"{page}/on")
        await desk.done(f"{page}/reset")
        async with database.read() as db:
            after = await accounts.by_id(db, pim.id)
        await desk.get(f"/desk/people/{'a' * 26}", 404)

    assert len(said[0]) == 2
    assert said[1] == ["Somebody here already has that email."]
    assert said[2] == ["Tick what they do here"]
    assert waiting == ["staff_invitation"]
    assert "No, they are switched off." in off
    assert after is not None
    assert (after.roles, after.active) == (frozenset({Role.MEDIATOR, Role.ADVISER}), True)


async def test_the_last_coordinator_stays(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        page = f"/desk/people/{desk.staff['mina'].id}"
        said = [
            await desk.refused(page, 422, roles=["mediator"]),
            await desk.refused(f"{page}/off", 422),
        ]
        await desk.get("/desk")

    assert said == [["Somebody must stay coordinator. Give another person that role first."]] * 2


async def test_somebody_who_was_switched_off_is_out_at_once(database: Database, moment: datetime) -> None:
    async with opened_desk(database, moment) as desk:
        await desk.sign_in("idris")
        theirs = desk.secret
        await desk.sign_in("mina")
        await desk.done(f"/desk/people/{desk.staff['idris'].id}/off")
        desk.clock.moment = moment + timedelta(seconds=1)
        desk.client.session.cookie_jar.update_cookies({"evenhand-staff": theirs}, desk.client.make_url("/"))
        answer = await desk.client.get("/desk/diary", allow_redirects=False)

    assert (answer.status, answer.headers["Location"]) == (303, "/sign-in")
