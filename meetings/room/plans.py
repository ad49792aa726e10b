"""Store: the plan of each sitting, as one versioned row sealed under the key of its case."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from cases.schema import case_file
from database.engine import Transaction
from database.refusal import Refusal
from meetings.room.plan import Plan
from meetings.room.saved import text_of, value_of
from meetings.schema import session_plan

PLACE = "session_plan.body"


class PlanMoved(Refusal):
    """The plan was changed in another window. Nothing you wrote is lost: look at the plan now, then save again."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A plan as it is kept. The version of one that nobody has saved yet is 0."""

    plan: Plan
    version: int
    changed_at: datetime | None = None


UNSAVED = Kept(plan=Plan(), version=0)


async def load(db: Transaction, meeting_id: str) -> Kept:
    """The plan of this meeting; the usual one where nobody has saved another."""
    row = await db.first(select(session_plan).where(session_plan.c.meeting_id == meeting_id))
    if row is None:
        return UNSAVED
    text = (await db.box(row.key_id)).open(PLACE, meeting_id, row.body_sealed)
    return Kept(plan=value_of(Plan, text), version=row.version, changed_at=row.changed_at)


async def keep(db: Transaction, plan: Plan, *, meeting_id: str, case_id: str, seen: int, now: datetime) -> None:
    """The plan of this meeting is as given, if the version that was seen still counts; PlanMoved otherwise."""
    key_id = await db.scalar(select(case_file.c.key_id).where(case_file.c.id == case_id))
    body = (await db.box(key_id)).seal(PLACE, meeting_id, text_of(plan))
    values = {"key_id": key_id, "body_sealed": body, "version": seen + 1, "changed_at": now}
    if seen == UNSAVED.version:
        await _enter(db, {"meeting_id": meeting_id, "made_at": now, **values})
        return
    mine = (session_plan.c.meeting_id == meeting_id) & (session_plan.c.version == seen)
    if await db.changed(update(session_plan).where(mine).values(values)) != 1:
        raise PlanMoved


async def _enter(db: Transaction, values: dict[str, object]) -> None:
    try:
        async with db.savepoint():
            await db.execute(insert(session_plan).values(values))
    except IntegrityError as quicker:
        raise PlanMoved from quicker
