"""Accounts are found by address whatever its capitals, and their addresses are not readable where they lie."""

from datetime import datetime

import pytest
from sqlalchemy import select

from database.engine import Database
from people import accounts
from people.accounts import AddressTaken
from people.roles import Role
from people.schema import account
from tests.people.samples import TOTP_SECRET, colleague, idris, with_app


async def test_an_account_is_found_by_its_address_whatever_the_capitals(database: Database, moment: datetime) -> None:
    made = await idris(database, moment)
    async with database.read() as db:
        assert await accounts.by_email(db, " IDRIS@Provider.example") == made
        assert await accounts.by_id(db, made.id) == made
        assert await accounts.by_email(db, "nobody@provider.example") is None
        assert await accounts.by_id(db, "nobody") is None
    assert (made.email, made.roles, made.initialled) == (
        "idris@provider.example",
        frozenset({Role.MEDIATOR}),
        "Idris V.",
    )
    assert not made.has_second_factor


async def test_an_address_is_used_once(database: Database, moment: datetime) -> None:
    await idris(database, moment)
    async with database.write() as db:
        with pytest.raises(AddressTaken) as refused:
            await accounts.make(db, name="Other", email="Idris@provider.example", roles=[], now=moment)
        assert refused.value.field == "email"
        assert [one.name for one in await accounts.everybody(db)] == ["Idris Vaughan"]


async def test_nothing_private_lies_in_the_row(database: Database, moment: datetime) -> None:
    made = await idris(database, moment)
    async with database.write() as db:
        await with_app(db, made, moment)
        row = await db.first(select(account))
        assert row is not None
        lying = repr(tuple(row))
        assert "idris@provider" not in lying
        assert TOTP_SECRET not in lying
        assert await accounts.totp_secret(db, made.id) == TOTP_SECRET
        assert await accounts.totp_secret(db, "nobody") is None


async def test_only_those_whose_account_is_on_are_listed_for_a_role(database: Database, moment: datetime) -> None:
    for name in ("Wren Osei", "Amal Haddad", "Cai Pritchard"):
        await colleague(database, moment, name, Role.ADVISER, Role.COORDINATOR)
    await idris(database, moment)
    async with database.write() as db:
        off = await accounts.by_email(db, "cai@provider.example")
        assert off is not None
        await accounts.change(db, off.id, active=False)
        assert [one.name for one in await accounts.all_with_role(db, Role.ADVISER)] == ["Amal Haddad", "Wren Osei"]


async def test_a_step_of_an_app_is_used_once_and_never_an_earlier_one(database: Database, moment: datetime) -> None:
    made = await idris(database, moment)
    async with database.write() as db:
        taken = [await accounts.use_step(db, made.id, step) for step in (7, 7, 6, 8)]
    assert taken == [True, False, False, True]
