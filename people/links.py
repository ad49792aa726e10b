"""Store: the links of seats: addresses that mean nothing alone, one for a seat's page and one for each meeting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from database.engine import Transaction
from database.ids import new_id
from people.schema import link


@dataclass(frozen=True, kw_only=True)
class Link:
    """Where a locator leads."""

    locator: str
    seat_id: str
    case_id: str
    attendance_id: str | None
    over_at: datetime | None
    revoked_at: datetime | None

    def works(self, now: datetime) -> bool:
        """Whether it still leads anywhere."""
        return self.revoked_at is None and (self.over_at is None or now <= self.over_at)


FIELDS = ("locator", "seat_id", "case_id", "attendance_id", "over_at", "revoked_at")


async def make(
    db: Transaction,
    *,
    seat_id: str,
    case_id: str,
    attendance_id: str | None = None,
    over_at: datetime | None = None,
    now: datetime,
) -> str:
    """A fresh link of this seat; its locator."""
    locator = new_id()
    await db.execute(
        insert(link).values(
            locator=locator, seat_id=seat_id, case_id=case_id, attendance_id=attendance_id, over_at=over_at, made_at=now
        )
    )
    return locator


async def make_all(
    db: Transaction, places: Mapping[str, str], *, case_id: str, over_at: datetime, now: datetime
) -> dict[str, str]:
    """Each of these attendances has a fresh link for its seat (`places`: attendance to seat); its locator."""
    locators = {attendance_id: new_id() for attendance_id in places}
    fixed = {"case_id": case_id, "over_at": over_at, "made_at": now}
    rows = [
        {"locator": locators[attendance_id], "seat_id": seat_id, "attendance_id": attendance_id, **fixed}
        for attendance_id, seat_id in places.items()
    ]
    await db.execute(insert(link), rows)
    return locators


async def find(db: Transaction, locator: str) -> Link | None:
    """Where it leads, or None."""
    row = await db.first(select(link).where(link.c.locator == locator))
    return Link(**{name: getattr(row, name) for name in FIELDS}) if row else None


async def of_attendance(db: Transaction, attendance_id: str) -> Link | None:
    """The newest link to this person's place in this meeting, or None."""
    found = select(link).where(link.c.attendance_id == attendance_id).order_by(link.c.made_at.desc())
    row = await db.first(found)
    return Link(**{name: getattr(row, name) for name in FIELDS}) if row else None


async def of_attendances(db: Transaction, attendance_ids: Sequence[str]) -> dict[str, str]:
    """The locator of the newest link to each of these places; a place that has none is left out."""
    found = select(link.c.attendance_id, link.c.locator).where(link.c.attendance_id.in_(list(attendance_ids)))
    return {row.attendance_id: row.locator for row in await db.all(found.order_by(link.c.made_at))}


async def of_seat(db: Transaction, seat_id: str) -> Link | None:
    """The newest link to this seat's own page, or None."""
    found = select(link).where(link.c.seat_id == seat_id, link.c.attendance_id.is_(None))
    row = await db.first(found.order_by(link.c.made_at.desc()))
    return Link(**{name: getattr(row, name) for name in FIELDS}) if row else None


async def last_until(db: Transaction, attendance_id: str, over_at: datetime) -> None:
    """The links to this place work until this moment."""
    await db.execute(update(link).where(link.c.attendance_id == attendance_id).values(over_at=over_at))


async def revoke(db: Transaction, seat_id: str, *, now: datetime) -> None:
    """No link of this seat leads anywhere any more."""
    await db.execute(update(link).where(link.c.seat_id == seat_id, link.c.revoked_at.is_(None)).values(revoked_at=now))
