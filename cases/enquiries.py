"""Store: enquiries that are still being written: kept sealed for the browser that writes them, for thirty days."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from cases.schema import unfinished_enquiry as table
from database.base import INSERT
from database.engine import Transaction

KEPT = timedelta(days=30)  # reliability 3.7
RECEIPT_SHOWN = timedelta(hours=1)

Answers = dict[str, dict[str, list[str]]]


@dataclass(frozen=True, kw_only=True)
class Unfinished:
    """What one browser has written so far, step by step; `case_id` once it was sent."""

    answers: Answers
    case_id: str | None
    sent_at: datetime | None


async def find(db: Transaction, browser: str) -> Unfinished | None:
    """What this browser has written; None when nothing."""
    row = await db.first(select(table).where(table.c.browser == browser))
    if row is None:
        return None
    box = await db.box(row.key_id)
    answers: Answers = json.loads(box.open("unfinished_enquiry.answers", browser, row.answers_sealed))
    return Unfinished(answers=answers, case_id=row.case_id, sent_at=row.sent_at)


async def keep(db: Transaction, browser: str, answers: Answers, *, now: datetime) -> None:
    """These answers are kept in place of the earlier ones, under a key of their own; the earlier key is destroyed.

    Two that are kept at one instant wait for each other: a button pressed twice is no fault.
    """
    box, make = await db.new_box(now=now), INSERT[db.dialect]
    sealed = box.seal("unfinished_enquiry.answers", browser, json.dumps(answers))
    values = {"key_id": box.key_id, "answers_sealed": sealed, "changed_at": now, "case_id": None, "sent_at": None}
    first = make(table).values(browser=browser, **values).on_conflict_do_nothing(index_elements=["browser"])
    mine = table.c.browser == browser
    if await db.scalar(first.returning(table.c.browser)) is not None:
        return
    earlier = await db.scalar(select(table.c.key_id).where(mine).with_for_update())
    await db.execute(update(table).where(mine).values(**values))
    if earlier is not None:
        await db.destroy_key(earlier)


async def mark_sent(db: Transaction, browser: str, *, case_id: str, now: datetime) -> None:
    """The answers are gone; for an hour the browser may see the receipt of this case."""
    await keep(db, browser, {}, now=now)
    await db.execute(update(table).where(table.c.browser == browser).values(case_id=case_id, sent_at=now))


async def forget(db: Transaction, browser: str) -> None:
    """Nothing of this browser is kept, and its key is destroyed."""
    key_id = await db.scalar(select(table.c.key_id).where(table.c.browser == browser))
    if key_id is not None:
        await db.execute(delete(table).where(table.c.browser == browser))
        await db.destroy_key(key_id)


async def sweep(db: Transaction, *, now: datetime) -> int:
    """Enquiries untouched for thirty days, and receipts of more than an hour ago, are gone; how many."""
    old = select(table.c.browser).where((table.c.changed_at < now - KEPT) | (table.c.sent_at < now - RECEIPT_SHOWN))
    browsers = [row.browser for row in await db.all(old)]
    for browser in browsers:
        await forget(db, browser)
    return len(browsers)
