"""A failed message leaves the list when a person has dealt with it, and it is noted who."""

from dataclasses import replace
from datetime import datetime

import pytest

from cases import put_right
from database.engine import Database
from people import audit
from people.access import NotFound, Person
from people.roles import AccountId, Role

MINA = Person(kind="staff", account_id=AccountId("a" * 26), name="Mina", roles=frozenset({Role.COORDINATOR}))


async def test_who_put_it_right_is_written_down(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        await put_right.put_right(db, "m" * 26, person=MINA, now=moment)
        lines = await audit.lines_of(db, "house")

    assert [(line["action"], line["resource"]) for line in lines] == [("message.put_right", f"message:{'m' * 26}")]


async def test_a_mediator_does_not(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        with pytest.raises(NotFound):
            await put_right.put_right(db, "m" * 26, person=replace(MINA, roles=frozenset({Role.MEDIATOR})), now=moment)
