"""Act: a message that did not arrive is put right by a person, who has rung or written another way."""

from datetime import datetime

from database.engine import Transaction
from notifications import outbox
from people import audit
from people.access import Person, require


async def put_right(db: Transaction, message_id: str, *, person: Person, now: datetime) -> None:
    """The failure has left the list, and who said so is written down; nothing happens to what has not failed."""
    require(person, "delivery.read")
    await outbox.deal_with(db, message_id, now=now)
    await audit.note(db, person, "message.put_right", f"message:{message_id}", now=now)
