"""Store: the work on a matter: who has it in hand, the advice given, what the family chose, each try to reach it.

Rows are only ever added; an assignment ends when another takes its place. Notes are sealed with the case.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, insert, select, update

from cases.case import Channel, Choice
from cases.dossier import Advice, Contact, Duty, Holder, Told
from cases.schema import advice, assignment, case_file, choice, contact, matter
from database.engine import Transaction
from people.access import Person, Relation
from people.proofs import Shown, short_of
from people.schema import account

HOLDERS = (
    select(assignment.c.matter_id, assignment.c.duty, assignment.c.account_id, assignment.c.made_at, account.c.name)
    .join(account, account.c.id == assignment.c.account_id)
    .where(assignment.c.ended_at.is_(None))
)


HOLDERS_OF = HOLDERS.where(assignment.c.matter_id == bindparam("matter")).order_by(assignment.c.made_at)


async def _holders(db: Transaction, statement: Select[Any]) -> Sequence[Holder]:
    return [_holder(row) for row in await db.all(statement.order_by(assignment.c.made_at))]


def _holder(row: Row[Any]) -> Holder:
    return Holder(
        matter_id=row.matter_id,
        duty=Duty(row.duty),
        account_id=row.account_id,
        name=row.name,
        since=row.made_at,
    )


async def holders_of(db: Transaction, matter_id: str) -> dict[Duty, Holder]:
    """Who has this matter now."""
    return {holder.duty: holder for holder in map(_holder, await db.all(HOLDERS_OF, {"matter": matter_id}))}


async def all_holders(db: Transaction) -> Sequence[Holder]:
    """Who has which matter now."""
    return await _holders(db, HOLDERS)


async def held_by(db: Transaction, account_id: str, duty: Duty) -> Sequence[str]:
    """The matters that this member of staff has for this duty."""
    mine = (assignment.c.account_id == account_id) & (assignment.c.duty == duty)
    return [holder.matter_id for holder in await _holders(db, HOLDERS.where(mine))]


async def assign(db: Transaction, assignment_id: str, holder: Holder, *, made_by: str, now: datetime) -> None:
    """This member of staff has the matter for this duty, and nobody else."""
    same = (assignment.c.matter_id == holder.matter_id) & (assignment.c.duty == holder.duty)
    await db.execute(update(assignment).where(same, assignment.c.ended_at.is_(None)).values(ended_at=now))
    values = {"matter_id": holder.matter_id, "duty": holder.duty, "account_id": holder.account_id}
    await db.execute(insert(assignment).values(id=assignment_id, **values, made_at=holder.since, made_by=made_by))


async def release(db: Transaction, matter_id: str, duty: Duty, *, account_id: str, now: datetime) -> None:
    """This member of staff has the matter for this duty no longer."""
    theirs = (assignment.c.duty == duty) & (assignment.c.account_id == account_id) & assignment.c.ended_at.is_(None)
    await db.execute(update(assignment).where(assignment.c.matter_id == matter_id, theirs).values(ended_at=now))


async def relation(db: Transaction, person: Person, case_id: str) -> Relation:
    """How the person stands to a case: own for whose seat is in it and who typed a code, assigned for who
    has one of its matters.
    """
    if person.kind == "seat":
        known = person.case_id == case_id and not short_of(person, Shown.CODE)
        return Relation.OWN if known else Relation.NONE
    if person.account_id is None:
        return Relation.NONE
    mine = (assignment.c.account_id == person.account_id) & assignment.c.ended_at.is_(None)
    found = select(assignment.c.id).join(matter).where(matter.c.case_id == case_id, mine)
    return Relation.ASSIGNED if await db.scalar(found) else Relation.NONE


def _keys(table: Any) -> Select[Any]:
    return select(table, case_file.c.key_id).join(matter, matter.c.id == table.c.matter_id).join(case_file)


async def note_advice(db: Transaction, given: Advice, *, key_id: str, now: datetime) -> None:
    """The advice is written down, with what was said and the adviser's own note."""
    box = await db.box(key_id)
    values = asdict(given) | {"ticks": " ".join(given.ticks), "made_at": now}
    del values["notes"]
    await db.execute(insert(advice).values(**values, notes_sealed=box.seal("advice.notes", given.id, given.notes)))


async def advice_of(db: Transaction, matter_id: str) -> Sequence[Advice]:
    """All advice that was given on the matter, the oldest first; the notes are the adviser's own."""
    rows = await db.all(_keys(advice).where(advice.c.matter_id == matter_id).order_by(advice.c.given_at))
    return [
        Advice(
            id=row.id,
            matter_id=row.matter_id,
            given_at=row.given_at,
            channel=Channel(row.channel),
            account_id=row.account_id,
            ticks=tuple(row.ticks.split()),
            notes=(await db.box(row.key_id)).open("advice.notes", row.id, row.notes_sealed),
        )
        for row in rows
    ]


async def note_choice(db: Transaction, told: Told, *, now: datetime) -> None:
    """What the family said is written down."""
    await db.execute(insert(choice).values(**asdict(told), made_at=now))


async def choices_of(db: Transaction, matter_id: str) -> Sequence[Told]:
    """Everything that the family said that it wants, the oldest first."""
    rows = await db.all(select(choice).where(choice.c.matter_id == matter_id).order_by(choice.c.made_at))
    return [
        Told(
            id=row.id,
            matter_id=row.matter_id,
            choice=Choice(row.choice),
            told_at=row.told_at,
            channel=Channel(row.channel),
            account_id=row.account_id,
        )
        for row in rows
    ]


async def note_contact(db: Transaction, tried: Contact, *, key_id: str, now: datetime) -> None:
    """The try is written down."""
    box = await db.box(key_id)
    values = asdict(tried) | {"made_at": now}
    del values["note"]
    await db.execute(insert(contact).values(**values, note_sealed=box.seal("contact.note", tried.id, tried.note)))


async def contacts_of(db: Transaction, matter_id: str) -> Sequence[Contact]:
    """Every try to reach the family, the oldest first."""
    rows = await db.all(_keys(contact).where(contact.c.matter_id == matter_id).order_by(contact.c.at))
    return [
        Contact(
            id=row.id,
            matter_id=row.matter_id,
            at=row.at,
            channel=Channel(row.channel),
            reached=row.reached,
            account_id=row.account_id,
            note=(await db.box(row.key_id)).open("contact.note", row.id, row.note_sealed),
        )
        for row in rows
    ]
