"""Act: a mediator's hours and time off are kept, by them or by a coordinator; booked meetings stay as they are."""

from collections.abc import Iterable
from datetime import datetime

from database.engine import Transaction
from people import accounts, audit
from people.access import NotFound, Person, Relation, require
from people.roles import Role
from scheduler import diaries
from scheduler.diaries import Kind
from scheduler.slots import Opening
from scheduler.spans import Span


async def _diary(db: Transaction, account_id: str, person: Person) -> int:
    """The mediator's diary, for who may keep it; NotFound for anybody who is no mediator."""
    require(person, "slots.publish", relation=Relation.OWN if person.account_id == account_id else Relation.NONE)
    account = await accounts.by_id(db, account_id)
    if account is None or Role.MEDIATOR not in account.roles:
        raise NotFound
    return await diaries.diary_for(db, account_id, Kind.MEDIATOR)


async def set_hours(
    db: Transaction, account_id: str, openings: Iterable[Opening], *, person: Person, now: datetime
) -> None:
    """Meetings are offered at these hours of the week, and at no others."""
    number = await _diary(db, account_id, person)
    await diaries.set_hours(db, number, openings)
    await audit.note(db, person, "diary.hours", f"account:{account_id}", now=now)


async def take_off(db: Transaction, account_id: str, span: Span, *, person: Person, now: datetime) -> None:
    """No meeting is offered in this time."""
    number = await _diary(db, account_id, person)
    await diaries.close(db, number, span)
    await audit.note(db, person, "diary.away", f"account:{account_id}", now=now)


async def take_back(db: Transaction, account_id: str, absence_id: str, *, person: Person, now: datetime) -> None:
    """The absence is gone; NotFound when it is not one of this mediator's."""
    number = await _diary(db, account_id, person)
    if absence_id not in await diaries.absence_ids(db, number):
        raise NotFound
    await diaries.reopen(db, absence_id)
    await audit.note(db, person, "diary.back", f"account:{account_id}", now=now)
