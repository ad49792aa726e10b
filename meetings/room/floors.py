"""Store: each floor as one versioned row, sealed with its case, and its list of events.

No event holds a name or a word that was said: those are in the floor alone, and gone with the key of the case.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from cases.schema import case_file
from database.engine import Transaction
from database.refusal import Refusal
from database.vault import Box
from meetings.room.floor import wakes_at
from meetings.room.saved import from_json, to_json
from meetings.room.state import Floor
from meetings.schema import floor, floor_event, meeting

BELL = "floor:"
SEALED = "floor.state"


class FloorMoved(Refusal):
    """Somebody was quicker. This is how it is now."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A floor as it was read, and the box in which it is kept."""

    meeting_id: str
    floor: Floor
    box: Box


FLOOR = (
    select(floor.c.meeting_id, floor.c.state, floor.c.state_sealed, case_file.c.key_id)
    .join(meeting, meeting.c.id == floor.c.meeting_id)
    .join(case_file, case_file.c.id == meeting.c.case_id)
    .where(floor.c.meeting_id == bindparam("meeting"))
)
HELD = FLOOR.with_for_update(of=floor)
KEY = (
    select(case_file.c.key_id)
    .join(meeting, meeting.c.case_id == case_file.c.id)
    .where(meeting.c.id == bindparam("meeting"))
)


async def load(db: Transaction, meeting_id: str) -> Floor | None:
    """The floor of this meeting, None before it was opened."""
    row = await db.first(FLOOR, {"meeting": meeting_id})
    return None if row is None else (await _read(db, row)).floor


async def hold(db: Transaction, meeting_id: str) -> Kept | None:
    """The same, to be changed: nobody else changes it in this transaction."""
    row = await db.first(HELD, {"meeting": meeting_id})
    return None if row is None else await _read(db, row)


async def _read(db: Transaction, row: Row[Any]) -> Kept:
    box = await db.box(row.key_id)
    text = box.open(SEALED, row.meeting_id, row.state_sealed) if row.state is None else row.state
    return Kept(meeting_id=row.meeting_id, floor=from_json(text), box=box)


async def enter(db: Transaction, meeting_id: str, first: Floor, *, now: datetime) -> None:
    """The meeting has this floor; FloorMoved when it has one already."""
    box = await db.box((await db.execute(KEY, {"meeting": meeting_id})).scalar_one())
    kept = Kept(meeting_id=meeting_id, floor=first, box=box)
    try:
        async with db.savepoint():
            await db.execute(insert(floor).values(meeting_id=meeting_id, **_row(kept, now)))
    except IntegrityError as quicker:
        raise FloorMoved from quicker
    await _write_down(db, meeting_id, first, now=now)


def _row(kept: Kept, now: datetime) -> dict[str, object]:
    return {
        "version": kept.floor.version,
        "state": None,
        "state_sealed": kept.box.seal(SEALED, kept.meeting_id, to_json(kept.floor)),
        "wakes_at": wakes_at(kept.floor),
        "saved_at": now,
    }


async def save(db: Transaction, before: Kept, after: Floor, *, now: datetime) -> None:
    """The floor is as given, if it is still the one that was read; FloorMoved otherwise. Its bell rings."""
    if after is before.floor:
        return
    mine = (floor.c.meeting_id == before.meeting_id) & (floor.c.version == before.floor.version)
    row = _row(replace(before, floor=after), now)
    if await db.changed(update(floor).where(mine).values(row)) != 1:
        raise FloorMoved
    await _write_down(db, before.meeting_id, after, now=now)


async def _write_down(db: Transaction, meeting_id: str, after: Floor, *, now: datetime) -> None:
    events = json.dumps([dict(event) for event in after.events], separators=(",", ":"))
    line = {"meeting_id": meeting_id, "version": after.version, "at": now, "body": events}
    await db.execute(insert(floor_event).values(line))
    db.ring(f"{BELL}{meeting_id}")


async def due(db: Transaction, *, now: datetime) -> Sequence[str]:
    """The meetings whose floor time itself changes by now."""
    rows = await db.all(select(floor.c.meeting_id).where(floor.c.wakes_at <= now).order_by(floor.c.wakes_at))
    return [row.meeting_id for row in rows]


async def events(db: Transaction, meeting_id: str) -> Sequence[dict[str, object]]:
    """Everything that has happened on this floor, oldest first."""
    found = select(floor_event.c.body).where(floor_event.c.meeting_id == meeting_id).order_by(floor_event.c.version)
    return [event for row in await db.all(found) for event in json.loads(row.body)]
