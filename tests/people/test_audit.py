"""The audit list: one unbroken chain a case, written and never changed; every change to it is found."""

import asyncio
import random
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Table, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from database.engine import Database
from people import audit
from people.access import SERVICE, VISITOR, Person
from people.audit import CHAINED, HOUSE
from people.roles import AccountId, Party, Role
from people.schema import audit as audit_table
from people.schema import audit_head
from tests.conftest import faults_in_full

WREN = Person(
    kind="staff",
    account_id=AccountId("wren"),
    name="Wren Osei",
    roles=frozenset({Role.ADVISER, Role.COORDINATOR}),
    proof="second_factor",
    request_id="request",
)
TESSA = Person(kind="seat", seat_id="tessa", case_id="case", party=Party.PARENT, name="Tessa A.", proof="mail")
WRITERS, EACH = (4, 2500) if faults_in_full() else (4, 50)
CHANGES = 200 if faults_in_full() else 15


async def noted(database: Database, moment: datetime, lines: int = 3) -> None:
    async with database.write() as db:
        for number in range(lines):
            await audit.note(db, TESSA, "draft.confirm", f"draft:{number}", case_id="case", now=moment)


async def test_a_line_says_who_did_what_when_and_with_what_proof(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        await audit.note(db, WREN, "case.read", "case:1", case_id="case", now=moment)
        await audit.note(db, VISITOR, "case.read", "case:1", case_id="case", outcome="refused", now=moment)
        first, second = await audit.lines_of(db, "case")
        row = await db.first(select(audit_table).where(audit_table.c.place == 1))
    assert {name: first[name] for name in CHAINED[:-1]} == {
        "chain": "case",
        "place": 1,
        "at": moment,
        "actor": "account:wren",
        "role": "CO MA",
        "action": "case.read",
        "resource": "case:1",
        "outcome": "done",
        "request_id": "request",
        "proof": "second_factor",
    }
    assert (second["actor"], second["role"], second["outcome"]) == ("visitor", "visitor", "refused")
    assert row is not None
    assert second["previous"] == row.hash
    assert "Wren" not in repr(tuple(row))


async def test_each_case_has_a_chain_and_the_house_has_one(database: Database, moment: datetime) -> None:
    await noted(database, moment)
    async with database.write() as db:
        await audit.note(db, SERVICE, "account.made", "account:1", now=moment)
        assert [line["place"] for line in await audit.lines_of(db, "case")] == [1, 2, 3]
        assert [line["place"] for line in await audit.lines_of(db, HOUSE)] == [1]
        assert [await audit.verify(db, chain) for chain in ("case", HOUSE, "unknown")] == [None, None, None]


async def test_a_moment_in_another_zone_is_the_same_moment(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        summer = moment.astimezone(timezone(timedelta(hours=1)))
        await audit.note(db, WREN, "case.read", "case:1", now=summer)
        assert await audit.verify(db, HOUSE) is None
        (line,) = await audit.lines_of(db, HOUSE)
    assert line["at"] == moment
    assert moment.tzinfo is UTC


async def test_the_database_refuses_to_change_the_list(database: Database, moment: datetime) -> None:
    await noted(database, moment)
    changes = [update(audit_table).values(outcome="refused"), delete(audit_table)]
    if database.engine.dialect.name == "postgresql":
        changes.append(text("TRUNCATE audit"))  # type: ignore[arg-type]
    for change in changes:
        with pytest.raises(DBAPIError, match="never changed"):
            async with database.write() as db:
                await db.execute(change)
    async with database.read() as db:
        assert await audit.verify(db, "case") is None


async def unlock(database: Database) -> None:
    """Somebody with every right on the database takes the locks off."""
    async with database.write() as db:
        if db.dialect == "postgresql":
            await db.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
        else:
            for name in ("tr_audit_update", "tr_audit_delete"):
                await db.execute(text(f"DROP TRIGGER {name}"))


def otherwise(value: object, chance: random.Random) -> object:
    if isinstance(value, datetime):
        return value + timedelta(microseconds=1)
    if isinstance(value, int):
        return value + 1000
    signs = list(str(value) or "?")
    place = chance.randrange(len(signs))
    signs[place] = "x" if signs[place] != "x" else "y"
    return "".join(signs)


async def test_one_byte_changed_in_any_row_is_found_at_its_place(database: Database, moment: datetime) -> None:
    seed = random.randrange(10**6)
    chance, lines = random.Random(seed), 20
    await noted(database, moment, lines)
    await unlock(database)
    for _ in range(CHANGES):
        place, field = chance.randint(1, lines), chance.choice([*CHAINED[2:], "hash"])
        this = (audit_table.c.chain == "case", audit_table.c.place == place)
        async with database.write() as db:
            true = await db.scalar(select(audit_table.c[field]).where(*this))
            await db.execute(update(audit_table).where(*this).values({field: otherwise(true, chance)}))
            assert await audit.verify(db, "case") == place, (seed, field, place)
            await db.execute(update(audit_table).where(*this).values({field: true}))
            assert await audit.verify(db, "case") is None


@pytest.mark.parametrize("gone", [1, 2, 3])
async def test_a_line_taken_out_is_found(database: Database, moment: datetime, gone: int) -> None:
    await noted(database, moment)
    await unlock(database)
    async with database.write() as db:
        await db.execute(delete(audit_table).where(audit_table.c.place == gone))
        assert await audit.verify(db, "case") == gone


@pytest.mark.parametrize("gone", [audit_head, audit_table], ids=["head", "lines"])
async def test_a_head_without_lines_and_lines_without_a_head_are_found(
    database: Database, moment: datetime, gone: Table
) -> None:
    await noted(database, moment)
    await unlock(database)
    async with database.write() as db:
        await db.execute(delete(gone))
        assert await audit.verify(db, "case") == (4 if gone is audit_head else 1)


async def test_two_lines_that_changed_places_are_found(database: Database, moment: datetime) -> None:
    await noted(database, moment)
    await unlock(database)
    async with database.write() as db:
        for was, becomes in ((2, 99), (3, 2), (99, 3)):
            await db.execute(update(audit_table).where(audit_table.c.place == was).values(place=becomes))
        assert await audit.verify(db, "case") == 2


async def test_a_line_put_in_is_found(database: Database, moment: datetime) -> None:
    await noted(database, moment)
    async with database.write() as db:
        (*_, last) = await audit.lines_of(db, "case")
        await db.execute(insert(audit_table).values(**{**last, "place": 4}, hash="0" * 64))
        assert await audit.verify(db, "case") == 4


async def test_what_was_undone_is_not_noted(database: Database, moment: datetime) -> None:
    async def fail() -> None:
        async with database.write() as db:
            await audit.note(db, WREN, "case.read", "case:1", case_id="case", now=moment)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with database.read() as db:
        assert await audit.lines_of(db, "case") == []


async def test_many_writers_make_one_unbroken_chain(database: Database, moment: datetime) -> None:
    async def write(writer: int) -> None:
        for number in range(EACH):
            async with database.write() as db:
                resource = f"thing:{writer}:{number}"
                await audit.note(db, WREN, "case.read", resource, case_id="case", now=moment)

    await asyncio.gather(*map(write, range(WRITERS)))
    async with database.read() as db:
        lines = await audit.lines_of(db, "case")
        assert await audit.verify(db, "case") is None
    assert [line["place"] for line in lines] == list(range(1, WRITERS * EACH + 1))
    assert len({line["resource"] for line in lines}) == WRITERS * EACH
