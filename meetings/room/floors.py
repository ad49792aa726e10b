"""Store: each floor as one versioned row, sealed with its case, and its list of events.

No event holds a name or a word that was said: those are in the floor alone, and gone with the key of the case.
"""

import contextlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from cases.schema import case_file
from database.base import data_key
from database.engine import Transaction
from database.refusal import Refusal
from database.vault import Box, KeyGone
from meetings.meeting import MeetingState
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
    """A floor as it was read, the box in which it is kept, and whether its meeting is over."""

    meeting_id: str
    floor: Floor
    box: Box
    over: bool = False


@dataclass(frozen=True, kw_only=True)
class Turned:
    """A floor as it was read, and each version that came after it; the last of them stays."""

    before: Kept
    after: Sequence[Floor]


FLOORS = (
    select(
        floor.c.meeting_id,
        floor.c.state_sealed,
        case_file.c.key_id,
        meeting.c.state.label("meeting_state"),
    )
    .join(meeting, meeting.c.id == floor.c.meeting_id)
    .join(case_file, case_file.c.id == meeting.c.case_id)
)
FLOOR = FLOORS.where(floor.c.meeting_id == bindparam("meeting"))
READ = FLOORS.where(floor.c.meeting_id.in_(bindparam("meetings", expanding=True)))
HELD = READ.order_by(floor.c.meeting_id).with_for_update(of=floor)
KEY = (
    select(case_file.c.key_id)
    .join(meeting, meeting.c.case_id == case_file.c.id)
    .where(meeting.c.id == bindparam("meeting"))
)
DUE = (
    select(floor.c.meeting_id)
    .join(meeting, meeting.c.id == floor.c.meeting_id)
    .join(case_file, case_file.c.id == meeting.c.case_id)
    .join(data_key, data_key.c.id == case_file.c.key_id)
    .where(floor.c.wakes_at <= bindparam("now"), func.length(data_key.c.wrapped) > 0)
    .order_by(floor.c.wakes_at)
)
# A name that is no column's, or SQLAlchemy takes it for the value that is set.
SAVED = update(floor).where(floor.c.meeting_id == bindparam("meeting"), floor.c.version == bindparam("seen"))
WRITTEN = insert(floor_event)


def rung(topic: str) -> tuple[str, int | None]:
    """Of which meeting a bell speaks, of all where it names none, and of which version, if of one."""
    meeting_id, _, version = topic.partition(":")[2].partition(":")
    return meeting_id, int(version) if version else None


async def load(db: Transaction, meeting_id: str) -> Floor | None:
    """The floor of this meeting, None before it was opened; database.vault.KeyGone once its key was destroyed."""
    kept = await find(db, meeting_id)
    return kept.floor if kept else None


async def find(db: Transaction, meeting_id: str) -> Kept | None:
    """The floor as it is kept."""
    row = await db.first(FLOOR, {"meeting": meeting_id})
    return None if row is None else await _read(db, row)


async def find_all(db: Transaction, meeting_ids: Iterable[str]) -> Mapping[str, Kept]:
    """Those of these meetings' floors that were opened and can be read, as they are kept."""
    return await _read_all(db, await db.all(READ, {"meetings": list(meeting_ids)}))


async def hold(db: Transaction, meeting_ids: Iterable[str]) -> Mapping[str, Kept]:
    """Those of these meetings' floors that were opened, to be changed: nobody else changes them in this transaction.

    They are held in one order, so that of two who hold several none waits for the other.
    """
    return await _read_all(db, await db.all(HELD, {"meetings": list(meeting_ids)}))


async def _read_all(db: Transaction, rows: Sequence[Row[Any]]) -> Mapping[str, Kept]:
    """One whose key was destroyed is as if it had never been opened, and stands in nobody else's way."""
    found: dict[str, Kept] = {}
    for row in rows:
        with contextlib.suppress(KeyGone):
            found[row.meeting_id] = await _read(db, row)
    return found


async def _read(db: Transaction, row: Row[Any]) -> Kept:
    box = await db.box(row.key_id)
    text = box.open(SEALED, row.meeting_id, row.state_sealed)
    over = row.meeting_state == MeetingState.CONCLUDED
    return Kept(meeting_id=row.meeting_id, floor=from_json(text), box=box, over=over)


async def enter(db: Transaction, meeting_id: str, first: Floor, *, now: datetime) -> None:
    """The meeting has this floor; FloorMoved when it has one already."""
    box = await db.box((await db.execute(KEY, {"meeting": meeting_id})).scalar_one())
    row = {"meeting_id": meeting_id, **_row(meeting_id, box, first, now=now)}
    try:
        async with db.savepoint():
            await db.execute(insert(floor).values(row))
    except IntegrityError as quicker:
        raise FloorMoved from quicker
    await _write_down(db, [(meeting_id, first)], now=now)


def _row(meeting_id: str, box: Box, kept: Floor, *, now: datetime) -> dict[str, object]:
    return {
        "version": kept.version,
        "state_sealed": box.seal(SEALED, meeting_id, to_json(kept)),
        "wakes_at": wakes_at(kept),
        "saved_at": now,
    }


async def save(db: Transaction, turned: Iterable[Turned], *, now: datetime) -> None:
    """Each floor is as given, if it still is the one that was read, and its bell rings; else FloorMoved for all.

    They are written in one order too.
    """
    moved = sorted((one for one in turned if one.after), key=lambda one: one.before.meeting_id)
    if not moved:
        return
    rows = [
        {
            "meeting": one.before.meeting_id,
            "seen": one.before.floor.version,
            **_row(one.before.meeting_id, one.before.box, one.after[-1], now=now),
        }
        for one in moved
    ]
    if (await db.execute(SAVED, rows)).rowcount != len(rows):
        raise FloorMoved
    await _write_down(db, [(one.before.meeting_id, after) for one in moved for after in one.after], now=now)


async def _write_down(db: Transaction, happened: Sequence[tuple[str, Floor]], *, now: datetime) -> None:
    lines = [
        {
            "meeting_id": meeting_id,
            "version": after.version,
            "at": now,
            "body": json.dumps([dict(event) for event in after.events], separators=(",", ":")),
        }
        for meeting_id, after in happened
    ]
    await db.execute(WRITTEN, lines)
    for meeting_id, after in happened:
        db.ring(f"{BELL}{meeting_id}:{after.version}")


async def due(db: Transaction, *, now: datetime) -> Sequence[str]:
    """The meetings whose floor time itself changes by now, and can still be read."""
    rows = await db.all(DUE, {"now": now})
    return [row.meeting_id for row in rows]


async def events(db: Transaction, meeting_id: str) -> Sequence[dict[str, object]]:
    """Everything that has happened on this floor, oldest first."""
    found = select(floor_event.c.body).where(floor_event.c.meeting_id == meeting_id).order_by(floor_event.c.version)
    return [event for row in await db.all(found) for event in json.loads(row.body)]
