"""Those of our own who sit beside the mediator, each with an account, a diary and a desk of their own."""

from datetime import datetime, time

from cases.case import Side
from database.engine import Transaction
from meetings.meeting import Part
from meetings.room import desks
from people import accounts, sessions
from people.roles import AccountId, Role
from people.signin import as_person
from scheduler import colleagues, diaries
from scheduler.diaries import Kind
from scheduler.slots import Opening
from tests.cases.house import OFFICE, staff
from tests.servers.sitting import STAFF_COOKIE, Sitting, Way

ALWAYS = [Opening(weekday=day, opens=time(0), closes=time(23, 45)) for day in range(7)]


async def colleague(db: Transaction, sitting: Sitting, name: str, part: Part, *, now: datetime) -> Way:
    """This person has come in as the sitting's co-mediator or trainee: their way to their line."""
    (mina,) = await accounts.all_with_role(db, Role.COORDINATOR)
    who, then = as_person(mina, proof="mail"), now + sitting.ahead
    one = await staff(db, name, Role.MEDIATOR, now=now)
    account = AccountId(str(one.account_id))
    await diaries.set_hours(db, await diaries.diary_for(db, account, Kind.MEDIATOR), ALWAYS)
    await colleagues.add(db, OFFICE, sitting.meeting_id, account_id=account, part=part, person=who, now=now)
    if part is Part.TRAINEE:
        for side in (Side.FAMILY, Side.COUNCIL):
            await colleagues.say_yes(db, OFFICE, sitting.meeting_id, side=side, person=who, now=now)
    key = await desks.come_in(db, sitting.meeting_id, person=one, now=then)
    secret = await sessions.open_staff(db, account, second_factor=True, device="test", now=then)
    return Way(seat=key, path=sitting.mediator.path, cookie=f"{STAFF_COOKIE}={secret}")
