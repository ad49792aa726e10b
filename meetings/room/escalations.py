"""Store: what was told in a room and not answered in time, by meeting and number; never what it was, or whose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from database.base import INSERT
from database.engine import Transaction
from meetings.schema import escalation, meeting


@dataclass(frozen=True, kw_only=True)
class Escalation:
    """One signal that waited too long, and since when coordinators know of it, if they do."""

    meeting_id: str
    number: int
    at: datetime


async def enter(db: Transaction, meeting_id: str, numbers: Sequence[int], *, now: datetime) -> None:
    """These wait for a coordinator, each once."""
    rows = [{"meeting_id": meeting_id, "number": number, "at": now} for number in numbers]
    once = INSERT[db.dialect](escalation).on_conflict_do_nothing(index_elements=["meeting_id", "number"])
    await db.execute(once, rows)


async def untold(db: Transaction) -> Sequence[Escalation]:
    """Those of which no coordinator has been told, the oldest first."""
    found = select(escalation).where(escalation.c.told_at.is_(None)).order_by(escalation.c.at)
    return [Escalation(meeting_id=row.meeting_id, number=row.number, at=row.at) for row in await db.all(found)]


async def tell(db: Transaction, one: Escalation, *, now: datetime) -> bool:
    """Whether it is this transaction that tells the coordinators of it."""
    this = (escalation.c.meeting_id == one.meeting_id) & (escalation.c.number == one.number)
    return await db.changed(update(escalation).where(this, escalation.c.told_at.is_(None)).values(told_at=now)) == 1


async def in_open_meetings(db: Transaction) -> Sequence[str]:
    """The meetings that go on now and in which something ever waited too long."""
    mine = select(escalation.c.meeting_id).join(meeting, meeting.c.id == escalation.c.meeting_id)
    rows = await db.all(mine.where(meeting.c.state == "open").distinct())
    return sorted(row.meeting_id for row in rows)
