"""Store: running numbers, one row each: a number is never given twice, and a failed transaction gives none."""

from sqlalchemy import select, update

from database.base import INSERT, counter
from database.engine import Transaction


async def next_number(db: Transaction, name: str) -> int:
    """The next number of this series, from 1; it is taken when the transaction commits."""
    make = INSERT[db.dialect]
    await db.execute(make(counter).values(name=name, value=0).on_conflict_do_nothing(index_elements=["name"]))
    await db.execute(update(counter).where(counter.c.name == name).values(value=counter.c.value + 1))
    return int(await db.scalar(select(counter.c.value).where(counter.c.name == name)))
