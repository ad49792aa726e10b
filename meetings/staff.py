"""Store: colleagues who are at a meeting beside its mediator, and the yes of each side to a trainee."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from cases.case import Side
from database.base import INSERT
from database.engine import Transaction
from database.refusal import Refusal
from meetings.meeting import Part
from meetings.schema import meeting_staff, trainee_yes


class PartTaken(Refusal):
    """Somebody is at this meeting for that already. Take them away first, then choose somebody else."""


@dataclass(frozen=True, kw_only=True)
class Yes:
    """A side's yes: who of us asked it, and when it was written down."""

    asked_by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """Somebody of our own at one meeting; `agreed` holds the yes of each side, which a trainee needs."""

    id: str
    meeting_id: str
    account_id: str
    part: Part
    added_by: str
    added_at: datetime
    agreed: Mapping[Side, Yes] = field(default_factory=dict)

    def uid(self, domain: str) -> str:
        """The UID of their calendar entry."""
        return f"{self.id}@{domain}"


async def of_meeting(db: Transaction, meeting_id: str) -> Sequence[Colleague]:
    """The colleagues at this meeting, the co-mediator first."""
    found = select(meeting_staff).where(meeting_staff.c.meeting_id == meeting_id).order_by(meeting_staff.c.part)
    rows = await db.all(found)
    said = select(trainee_yes).where(trainee_yes.c.staff_id.in_([row.id for row in rows]))
    agreed: dict[str, dict[Side, Yes]] = {row.id: {} for row in rows}
    for row in await db.all(said) if rows else ():
        agreed[row.staff_id][Side(row.side)] = Yes(asked_by=row.asked_by, at=row.said_at)
    return [
        Colleague(
            id=row.id,
            meeting_id=row.meeting_id,
            account_id=row.account_id,
            part=Part(row.part),
            added_by=row.added_by,
            added_at=row.added_at,
            agreed=agreed[row.id],
        )
        for row in rows
    ]


async def enter(db: Transaction, one: Colleague) -> None:
    """The colleague is at this meeting; PartTaken when another is there for the same, or they for something else."""
    values = {name: getattr(one, name) for name in Colleague.__dataclass_fields__ if name != "agreed"}
    try:
        async with db.savepoint():
            await db.execute(insert(meeting_staff).values(values))
    except IntegrityError as taken:
        raise PartTaken(field="account") from taken


async def remove(db: Transaction, staff_id: str) -> None:
    """The colleague is at this meeting no longer, and what the sides said to them goes with that."""
    await db.execute(delete(trainee_yes).where(trainee_yes.c.staff_id == staff_id))
    await db.execute(delete(meeting_staff).where(meeting_staff.c.id == staff_id))


async def note_yes(db: Transaction, staff_id: str, side: Side, *, asked_by: str, now: datetime) -> None:
    """This side has said yes to the trainee; the first yes stays."""
    said = INSERT[db.dialect](trainee_yes).values(staff_id=staff_id, side=side, asked_by=asked_by, said_at=now)
    await db.execute(said.on_conflict_do_nothing(index_elements=["staff_id", "side"]))
