"""Store: each floor as one versioned row and its list of events; no event holds a name or a word that was said."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from database.engine import Transaction
from database.refusal import Refusal
from meetings.room.floor import wakes_at
from meetings.room.saved import from_json, to_json
from meetings.room.state import Floor
from meetings.schema import floor, floor_event

BELL = "floor:"


class FloorMoved(Refusal):
    """Somebody was quicker. This is how it is now."""


async def load(db: Transaction, meeting_id: str, *, held: bool = False) -> Floor | None:
    """The floor of this meeting, None before it was opened. `held`: nobody else changes it in this transaction."""
    found = select(floor.c.state).where(floor.c.meeting_id == meeting_id)
    text = await db.scalar(found.with_for_update() if held else found)
    return None if text is None else from_json(text)


async def enter(db: Transaction, meeting_id: str, first: Floor, *, now: datetime) -> None:
    """The meeting has this floor; FloorMoved when it has one already."""
    try:
        async with db.savepoint():
            await db.execute(insert(floor).values(meeting_id=meeting_id, **_row(first, now)))
    except IntegrityError as quicker:
        raise FloorMoved from quicker
    await _write_down(db, meeting_id, first, now=now)


def _row(kept: Floor, now: datetime) -> dict[str, object]:
    return {"version": kept.version, "state": to_json(kept), "wakes_at": wakes_at(kept), "saved_at": now}


async def save(db: Transaction, meeting_id: str, before: Floor, *, after: Floor, now: datetime) -> None:
    """The floor is as given, if it is still the one that was read; FloorMoved otherwise. Its bell rings."""
    if after is before:
        return
    mine = (floor.c.meeting_id == meeting_id) & (floor.c.version == before.version)
    if await db.changed(update(floor).where(mine).values(_row(after, now))) != 1:
        raise FloorMoved
    await _write_down(db, meeting_id, after, now=now)


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
