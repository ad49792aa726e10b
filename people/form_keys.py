"""Store: a form is carried out once, however often it is sent: its key, what was in it, and where it led."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from database.base import INSERT
from database.engine import Transaction
from database.refusal import Refusal
from people.schema import form_key

KEPT = timedelta(days=2)


class StillWorking(Refusal):
    """We are still working on what you sent a moment ago. Nothing is done twice."""


class OtherBody(Refusal):
    """This form was already sent, with other answers. Open the page again and send it from there."""

    def __init__(self) -> None:
        super().__init__(field="form")


CLAIM = {
    name: make(form_key).on_conflict_do_nothing(index_elements=["key"]).returning(form_key.c.key)
    for name, make in INSERT.items()
}


async def claim(db: Transaction, key: str, *, body_digest: str, now: datetime) -> str | None:
    """None, and the key is ours; or where the same form led before. OtherBody when it now says something else."""
    fresh = {"key": key, "body_digest": body_digest, "made_at": now}
    if await db.first(CLAIM[db.dialect], fresh) is not None:
        return None
    row = await db.first(select(form_key).where(form_key.c.key == key))
    if row is None or (row.body_digest == body_digest and row.location is None):
        raise StillWorking
    if row.body_digest != body_digest:
        raise OtherBody
    return str(row.location)


async def answered(db: Transaction, key: str, *, location: str) -> None:
    """The form led here."""
    await db.execute(update(form_key).where(form_key.c.key == key).values(location=location))


async def sweep(db: Transaction, *, now: datetime) -> int:
    """Keys of more than two days ago are gone; how many."""
    return await db.changed(delete(form_key).where(form_key.c.made_at < now - KEPT))
