"""Act: coordinators are called to a meeting in which something was told and nobody saw it in time (3.3).

That it waits is written down in the transaction that passed it on; a round then writes to every coordinator, and a kill
between the two costs no more than a second. Nothing that is sent says who, on which side, or in which case.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from database.engine import Database, Transaction
from meetings.room import escalations, floors
from meetings.room.floor import Floor
from meetings.room.numbers import USUAL
from notifications import messages, posting
from notifications.posting import Recipient
from notifications.wording import Office
from people import accounts
from people.roles import Role

BELL = "escalated"
OF_USE = timedelta(hours=1)  # later than this nobody needs to be called any more


async def note(db: Transaction, meeting_id: str, after: Floor, *, now: datetime) -> None:
    """What this step of the floor has passed on waits for a coordinator."""
    numbers = [int(event["number"]) for event in after.events if event["kind"] == "escalated"]
    if numbers:
        await escalations.enter(db, meeting_id, numbers, now=now)
        db.ring(BELL)


def page_of(office: Office, meeting_id: str) -> str:
    """The address of the coordinators' view of this room, behind their sign-in."""
    return office.house.address(f"/desk/meeting/{meeting_id}/live")


async def call_due(database: Database, office: Office, *, now: datetime) -> int:
    """Every coordinator has a mail about each signal that waits, once, whichever worker wrote it; how many waited."""
    async with database.read() as db:
        due = await escalations.untold(db)
    for one in due:
        async with database.write() as db:
            if await escalations.tell(db, one, now=now):
                await _call(db, office, one, now=now)
    return len(due)


async def _call(db: Transaction, office: Office, one: escalations.Escalation, *, now: datetime) -> None:
    floor = await floors.load(db, one.meeting_id)
    letter = messages.unanswered(
        meeting_id=one.meeting_id,
        told=one.number,
        link=page_of(office, one.meeting_id),
        waited=floor.numbers.unseen if floor else USUAL.unseen,
        useless_after=one.at + OF_USE,
    )
    coordinators = await accounts.all_with_role(db, Role.COORDINATOR)
    to = [Recipient(email=who.email, name=who.name, key_id=who.key_id, account_id=who.id) for who in coordinators]
    await posting.post_all(db, office, [(letter, each) for each in to], now=now)


async def waiting(db: Transaction) -> Sequence[str]:
    """The meetings that go on now and in which somebody has waited too long for an answer."""
    found = [(one, await floors.load(db, one)) for one in await escalations.in_open_meetings(db)]
    return [one for one, floor in found if floor and any(told.escalated and told.open for told in floor.told)]
