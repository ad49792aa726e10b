"""Store: the audit list: one line an event, never its content, chained so that a change, a gap or a swap is found.

Each case has a chain of its own (what belongs to none is in the chain `house`): SHA-256 over the line in canonical JSON
and the hash before it. The tables refuse UPDATE and DELETE (`people/schema.py`).
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from database.base import INSERT
from database.engine import Transaction
from people.access import Person
from people.schema import audit, audit_head

HOUSE = "house"
BEGINNING = "0" * 64
CHAINED = ("chain", "place", "at", "actor", "role", "action", "resource", "outcome", "request_id", "proof", "previous")


def _hash(line: Mapping[str, object]) -> str:
    values = ((name, line[name]) for name in CHAINED)
    words = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values}
    text = json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _held(make: Any) -> Any:
    """The head of a chain, begun where there was none; to write it, even unchanged, holds it."""
    begun = make(audit_head)
    kept = begun.on_conflict_do_update(index_elements=["chain"], set_={"chain": begun.excluded.chain})
    return kept.returning(audit_head.c.place, audit_head.c.hash)


HEAD = {name: _held(make) for name, make in INSERT.items()}
MOVED = update(audit_head).where(audit_head.c.chain == bindparam("of_chain"))


async def _head(db: Transaction, chain: str) -> tuple[int, str]:
    """The last place and hash of the chain, held until this transaction ends so that no two lines share a place."""
    row = (await db.execute(HEAD[db.dialect], {"chain": chain, "place": 0, "hash": BEGINNING})).one()
    return int(row.place), str(row.hash)


async def note(
    db: Transaction,
    person: Person,
    action: str,
    *resources: str,
    case_id: str | None = None,
    outcome: str = "done",
    now: datetime,
) -> None:
    """The event is the next line of its chain, in this transaction: if it cannot be noted, it does not happen.

    `resources` are kinds and ids ("matter:…"), never names or words.
    """
    chain = case_id or HOUSE
    place, previous = await _head(db, chain)
    line: dict[str, object] = {
        "chain": chain,
        "place": place + 1,
        "at": now.astimezone(UTC),
        "actor": person.actor,
        "role": " ".join(person.codes)[:20] or person.kind,
        "action": action[:60],
        "resource": " ".join(resources)[:80],
        "outcome": outcome,
        "request_id": person.request_id,
        "proof": person.proof,
        "previous": previous,
    }
    line["hash"] = _hash(line)
    await db.execute(insert(audit), line)
    await db.execute(MOVED, {"of_chain": chain, "place": line["place"], "hash": line["hash"]})


async def verify(db: Transaction, chain: str) -> int | None:
    """The first place of the chain that is not as it was written; None when all is whole."""
    previous, place = BEGINNING, 0
    for row in await db.all(select(audit).where(audit.c.chain == chain).order_by(audit.c.place)):
        place += 1
        line = {name: getattr(row, name) for name in CHAINED}
        if row.place != place or row.previous != previous or _hash(line) != row.hash:
            return place
        previous = row.hash
    head = await db.first(select(audit_head).where(audit_head.c.chain == chain))
    last = (head.place, head.hash) if head else (0, BEGINNING)
    return None if last == (place, previous) else place + 1


async def lines_of(db: Transaction, chain: str) -> list[Mapping[str, object]]:
    """The chain's lines, oldest first."""
    rows = await db.all(select(audit).where(audit.c.chain == chain).order_by(audit.c.place))
    return [{name: getattr(row, name) for name in CHAINED} for row in rows]
