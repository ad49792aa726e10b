"""Store: how many receipts an unverified address was sent, so that our form cannot be used to flood it (M9)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from cases.case import Side
from cases.schema import case_file, seat
from database.engine import Transaction
from notifications.schema import message

AT_MOST = 3
APART = timedelta(hours=24)


@dataclass(frozen=True, kw_only=True)
class Receipts:
    """How many receipts were written to one address, and when the last was."""

    count: int
    last_at: datetime | None

    def one_more(self, now: datetime) -> bool:
        """Whether another may be written: one in 24 hours, and three ever."""
        return self.count < AT_MOST and (self.last_at is None or now - self.last_at >= APART)


async def receipts(db: Transaction, email: str) -> Receipts:
    """The receipts written to this address so far."""
    digest = db.digest(email.casefold())
    families = select(seat.c.case_id).where(seat.c.email_digest == digest, seat.c.side == Side.FAMILY)
    helpers = select(case_file.c.id).where(case_file.c.helper_digest == digest)
    sent = select(func.count().label("written"), func.max(message.c.created_at).label("last_at")).where(
        ((message.c.kind == "enquiry_receipt") & message.c.case_id.in_(families))
        | ((message.c.kind == "helper_receipt") & message.c.case_id.in_(helpers))
    )
    row = await db.first(sent)
    assert row is not None  # noqa: S101 - a count is always a row
    return Receipts(count=row.written, last_at=row.last_at)
