"""The directory of councils: who may keep it, and that a name stands in it once."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from cases import authorities, directory
from cases.directory import CouncilKnown
from database.engine import Database
from people import audit
from people.access import VISITOR, NotFound, Person
from people.roles import AccountId, Role

MINA = Person(kind="staff", account_id=AccountId("a" * 26), name="Mina", roles=frozenset({Role.COORDINATOR}))
JOY = replace(MINA, roles=frozenset({Role.ADVISER}))
EASTLEA: dict[str, Any] = {
    "name": "Eastlea Council",
    "team": "SEND team",
    "email": "send@eastlea.example.org",
    "phone": None,
}


async def test_a_council_comes_in_once_and_is_reached_anew(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        made = await directory.add(db, **EASTLEA, person=MINA, now=moment)
        with pytest.raises(CouncilKnown) as known:
            await directory.add(db, **EASTLEA, person=MINA, now=moment)
        reached = {"team": "Mediation", "email": "m@eastlea.example.org", "phone": "+441632960233"}
        await directory.change(db, made.id, **reached, person=MINA, now=moment)
    async with database.read() as db:
        (kept,) = await authorities.all_active(db)
        actions = [line["action"] for line in await audit.lines_of(db, "house")]

    assert known.value.field == "name"
    assert (kept.name, kept.team, kept.email, kept.phone) == ("Eastlea Council", *reached.values())
    assert actions == ["council.add", "council.change"]


@pytest.mark.parametrize("who", [JOY, VISITOR])
async def test_nobody_else_keeps_the_directory(database: Database, moment: datetime, who: Person) -> None:
    async with database.write() as db:
        with pytest.raises(NotFound):
            await directory.add(db, **EASTLEA, person=who, now=moment)
        assert await authorities.all_active(db) == []
