"""The directory of councils."""

from datetime import datetime

import pytest
from sqlalchemy import select

from cases import authorities
from cases.authorities import AuthorityUnknown
from cases.schema import authority
from database.engine import Database


async def test_a_council_comes_back_whole_and_is_listed_by_name(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        south = await authorities.add(db, name="Southmoor", team="SEND", email="s@south.example", now=moment)
        north = await authorities.add(
            db, name="Northmere", team="SEND", email="n@north.example", phone="+441632960000", now=moment
        )
        assert await authorities.by_id(db, north.id) == north
        assert [one.name for one in await authorities.all_active(db)] == ["Northmere", "Southmoor"]
        await authorities.retire(db, south.id)
        assert [one.id for one in await authorities.all_active(db)] == [north.id]


async def test_a_change_reaches_the_next_notice(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        made = await authorities.add(db, name="Northmere", team="SEND", email="n@north.example", now=moment)
        await authorities.change(db, made.id, team="Mediation", email="m@north.example", phone=None)
        changed = await authorities.by_id(db, made.id)
        kept = await db.scalar(select(authority.c.email_sealed))
    assert (changed.team, changed.email) == ("Mediation", "m@north.example")
    assert b"north" not in bytes(kept)


@pytest.mark.parametrize("wrong", ["", "a" * 26, "\x00", "\ud800", "x" * 5000, "ä" * 26])
async def test_what_is_no_council_is_refused_at_its_field(database: Database, wrong: str) -> None:
    async with database.read() as db:
        with pytest.raises(AuthorityUnknown) as refused:
            await authorities.by_id(db, wrong)
    assert refused.value.field == "authority"
