"""Store: messages enter the outbox in their final bytes, each effect once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from database.base import INSERT
from database.engine import Transaction
from notifications.retries import State
from notifications.schema import message

# Somebody sits before a screen and waits for a code: it counts as due since yesterday, so it is first in line.
AT_ONCE = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A message to be entered, already in its final bytes."""

    id: str
    key: str
    kind: str
    case_id: str | None
    seat_id: str | None
    account_id: str | None
    key_id: str
    to: str
    raw: bytes
    message_id: str
    method: str | None
    uid: str | None
    sequence: int | None
    once: bool
    useless_after: datetime | None


ENTER = {name: make(message).on_conflict_do_nothing(index_elements=["key"]) for name, make in INSERT.items()}


async def enter(db: Transaction, entries: Sequence[Entry], *, now: datetime) -> dict[str, str]:
    """The messages are queued, due now, but for those whose keys are known; the id of the one message of each key."""
    if not entries:
        return {}
    once = ENTER[db.dialect].returning(message.c.key, message.c.id)
    entered = await db.all(once, [await _row(db, entry, now=now) for entry in entries])
    ids = {row.key: row.id for row in entered}
    return ids | await known(db, [entry.key for entry in entries if entry.key not in ids])


async def _row(db: Transaction, entry: Entry, *, now: datetime) -> dict[str, Any]:
    box = await db.box(entry.key_id)
    values = {name: getattr(entry, name) for name in Entry.__dataclass_fields__ if name not in {"to", "raw"}}
    values |= {"channel": "mail", "state": State.QUEUED, "attempt": 0, "created_at": now}
    values["next_at"] = now - AT_ONCE if entry.once else now
    values["to_sealed"] = box.seal("message.to", entry.id, entry.to)
    values["raw_sealed"] = box.seal_bytes("message.raw", entry.id, entry.raw)
    return values


async def known(db: Transaction, keys: Sequence[str]) -> dict[str, str]:
    """The ids of the messages that already have these effects, by key."""
    if not keys:
        return {}
    found = select(message.c.key, message.c.id).where(message.c.key.in_(list(keys)))
    return {row.key: row.id for row in await db.all(found)}
