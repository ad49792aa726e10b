"""Store: what the video server has reported, each once: all tries of one report carry the same id."""

from datetime import datetime, timedelta

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError

from database.engine import Transaction
from meetings.schema import webhook_event

REPORTS_KEPT = timedelta(days=7)


async def keep(db: Transaction, *, report_id: str, event: str, room: str, now: datetime) -> bool:
    """Whether this report is new; from now on it is known."""
    try:
        async with db.savepoint():
            await db.execute(
                insert(webhook_event).values(id=report_id[:80], event=event[:40], room=room[:80], received_at=now)
            )
    except IntegrityError:
        return False
    return True


async def sweep(db: Transaction, *, now: datetime) -> int:
    """Reports of more than a week ago are forgotten: a replay is refused for longer than its signature holds."""
    return await db.changed(delete(webhook_event).where(webhook_event.c.received_at < now - REPORTS_KEPT))
