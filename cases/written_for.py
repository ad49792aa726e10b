"""Store: who wrote for a family, sealed with the case, and the yes that the family gave to it."""

from datetime import datetime

from sqlalchemy import update

from cases.case import Channel
from cases.dossier import CaseFile
from cases.helper import Helper
from cases.schema import case_file
from database.engine import Transaction


async def keep(db: Transaction, case: CaseFile, helper: Helper) -> None:
    """The case was opened by this helper, and nothing goes on in it before the family's yes."""
    box = await db.box(case.key_id)
    values = {
        "helper_sealed": box.seal("case_file.helper", case.id, helper.as_kept()),
        "helper_digest": db.digest(helper.email.casefold()) if helper.email else None,
    }
    await db.execute(update(case_file).where(case_file.c.id == case.id).values(**values))


async def say_yes(db: Transaction, case_id: str, *, at: datetime, channel: Channel) -> bool:
    """The family's yes is kept; False where it was already, or where the family wrote to us itself."""
    waits = (case_file.c.id == case_id) & case_file.c.helper_sealed.is_not(None) & case_file.c.yes_at.is_(None)
    return await db.changed(update(case_file).where(waits).values(yes_at=at, yes_channel=channel)) == 1
