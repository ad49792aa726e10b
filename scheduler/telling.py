"""Act: coordinators hear of every mail that could not be delivered, with what to do (reliability I8)."""

from datetime import datetime

from database.engine import Database
from notifications import messages, outbox, posting
from notifications.posting import Recipient
from notifications.wording import Office
from people import accounts
from people.roles import Role

OWN_KIND = "delivery_failed"  # a failure to tell of a failure is not told again


async def tell_failures(database: Database, office: Office, *, now: datetime) -> int:
    """Every coordinator has a mail about each failure that nobody has dealt with; how many failures there are."""
    async with database.read() as db:
        failed = [one for one in await outbox.failed(db) if one.kind != OWN_KIND]
    if not failed:
        return 0
    async with database.write() as db:
        for coordinator in await accounts.all_with_role(db, Role.COORDINATOR):
            to = Recipient(
                email=coordinator.email, name=coordinator.name, key_id=coordinator.key_id, account_id=coordinator.id
            )
            for one in failed:
                letter = messages.delivery_failed(
                    message_id=one.id,
                    kind=one.kind,
                    reason=one.error or "",
                    link=office.house.address("/desk/messages"),
                )
                await posting.post(db, office, letter, to=to, now=now)
    return len(failed)
