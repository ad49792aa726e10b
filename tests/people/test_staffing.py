"""Who works here: invited by mail, given roles, switched off at once; somebody always stays coordinator."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from database.engine import Database
from notifications.schema import message
from people import accounts, audit, sessions, staffing
from people.access import NotFound, Person
from people.accounts import AddressTaken
from people.audit import HOUSE
from people.roles import AccountId, Role
from people.second_factor import ShowProofAgain
from people.staffing import AlreadyBegun, LastCoordinator
from tests.notifications.samples import office
from tests.people.samples import colleague, idris, session, with_app

OFFICE = office()


async def wren(database: Database, moment: datetime) -> Person:
    """The coordinator, signed in."""
    return await session(database, await colleague(database, moment, "Wren Osei", Role.COORDINATOR), now=moment)


async def test_the_first_coordinator_is_made_once(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        assert not await staffing.has_coordinator(db)
        made = await staffing.first_coordinator(db, "Wren Osei", "wren@provider.example", now=moment)
        assert made.roles == frozenset({Role.COORDINATOR})
        assert await staffing.has_coordinator(db)
        with pytest.raises(AlreadyBegun):
            await staffing.first_coordinator(db, "Other", "other@provider.example", now=moment)
        assert [(line["actor"], line["action"]) for line in await audit.lines_of(db, HOUSE)] == [
            ("service", "account.made")
        ]


async def test_an_invited_colleague_has_an_account_and_a_mail(database: Database, moment: datetime) -> None:
    person = await wren(database, moment)
    async with database.write() as db:
        made = await staffing.invite(
            db,
            OFFICE,
            name="Idris Vaughan",
            email="idris@provider.example",
            roles=[Role.MEDIATOR, Role.ADVISER],
            person=person,
            now=moment,
        )
        assert await accounts.by_email(db, "idris@provider.example") == made
        posted = [(row.kind, row.account_id) for row in await db.all(select(message))]
        last = (await audit.lines_of(db, HOUSE))[-1]
    assert posted == [("staff_invitation", made.id)]
    assert (last["actor"], last["action"], last["resource"]) == (person.actor, "account.made", f"account:{made.id}")


async def test_an_address_in_use_is_refused_and_nothing_is_sent(database: Database, moment: datetime) -> None:
    person = await wren(database, moment)
    async with database.write() as db:
        with pytest.raises(AddressTaken):
            await staffing.invite(
                db, OFFICE, name="Wren", email="Wren@provider.example", roles=[], person=person, now=moment
            )
        assert await db.all(select(message)) == []


async def test_roles_change_at_once(database: Database, moment: datetime) -> None:
    person, account = await wren(database, moment), await idris(database, moment)
    theirs = await session(database, account, now=moment)
    async with database.write() as db:
        roles = frozenset({Role.MEDIATOR, Role.COORDINATOR})
        await staffing.give_roles(db, account.id, roles, person=person, now=moment)
        seen = await sessions.staff_person(db, theirs.session_id, request_id="", now=moment)
        assert (await audit.lines_of(db, HOUSE))[-1]["action"] == "account.roles"
    assert seen is not None
    assert seen.roles == roles


async def test_an_account_switched_off_is_signed_out_everywhere_and_may_be_switched_on(
    database: Database, moment: datetime
) -> None:
    person, account = await wren(database, moment), await idris(database, moment)
    theirs = [await session(database, account, now=moment) for _ in range(2)]
    async with database.write() as db:
        await staffing.switch(db, account.id, on=False, person=person, now=moment)
        for one in theirs:
            assert await sessions.staff_person(db, one.session_id, request_id="", now=moment) is None
        await staffing.switch(db, account.id, on=True, person=person, now=moment)
        for one in theirs:  # the sessions of before stay over
            assert await sessions.staff_person(db, one.session_id, request_id="", now=moment) is None
        actions = [line["action"] for line in await audit.lines_of(db, HOUSE)]
    assert actions == ["account.off", "account.on"]


async def test_somebody_stays_coordinator(database: Database, moment: datetime) -> None:
    person = await wren(database, moment)
    async with database.write() as db:
        with pytest.raises(LastCoordinator):
            await staffing.give_roles(db, person.account_id or "", frozenset({Role.ADVISER}), person=person, now=moment)
        with pytest.raises(LastCoordinator):
            await staffing.switch(db, person.account_id or "", on=False, person=person, now=moment)


async def test_two_coordinators_who_switch_each_other_off_at_once_leave_one(
    database: Database, moment: datetime
) -> None:
    one = await wren(database, moment)
    other = await session(database, await colleague(database, moment, "Amal Haddad", Role.COORDINATOR), now=moment)

    async def switch(person: Person, whom: Person) -> bool:
        try:
            async with database.write() as db:
                await staffing.switch(db, whom.account_id or "", on=False, person=person, now=moment)
        except LastCoordinator:
            return False
        return True

    assert sorted(await asyncio.gather(switch(one, other), switch(other, one))) == [False, True]


@pytest.mark.parametrize("roles", [{Role.MEDIATOR}, {Role.ADVISER}, {Role.DATA_LEAD}, set()])
async def test_nobody_else_changes_accounts(database: Database, moment: datetime, roles: set[Role]) -> None:
    account = await idris(database, moment)
    person = Person(kind="staff", account_id=AccountId("other"), roles=frozenset(roles))
    async with database.write() as db:
        with pytest.raises(NotFound):
            await staffing.invite(db, OFFICE, name="N", email="n@e.example", roles=[], person=person, now=moment)
        with pytest.raises(NotFound):
            await staffing.give_roles(db, account.id, frozenset({Role.COORDINATOR}), person=person, now=moment)
        with pytest.raises(NotFound):
            await staffing.switch(db, account.id, on=False, person=person, now=moment)


async def test_an_account_that_is_not_there_is_not_found(database: Database, moment: datetime) -> None:
    person = await wren(database, moment)
    async with database.write() as db:
        with pytest.raises(NotFound):
            await staffing.switch(db, "nobody", on=True, person=person, now=moment)


async def test_whoever_has_a_second_proof_shows_it_before_accounts_change(database: Database, moment: datetime) -> None:
    person, account = await wren(database, moment), await idris(database, moment)
    async with database.write() as db:
        mine = await accounts.by_id(db, person.account_id or "")
        assert mine is not None
        await with_app(db, mine, moment)
        with pytest.raises(ShowProofAgain):
            await staffing.switch(db, account.id, on=False, person=person, now=moment)
        await sessions.step_up(db, person.session_id, now=moment - timedelta(minutes=6))
        with pytest.raises(ShowProofAgain):
            await staffing.switch(db, account.id, on=False, person=person, now=moment)
