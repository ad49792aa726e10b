"""Store: what was issued: sealed records and certificates. Nothing here is ever changed.

The database allows one record of a meeting, one certificate of a kind for a matter, and one certificate of a number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, func, insert, select
from sqlalchemy.exc import IntegrityError

from cases.schema import case_file
from database.engine import Transaction
from database.vault import Box
from people.access import NotFound
from records.certificate import Kind
from records.schema import certificate, record


@dataclass(frozen=True, kw_only=True)
class SealedRecord:
    """A record that everybody has confirmed: which version, on which day, with which hash."""

    id: str
    case_id: str
    meeting_id: str
    draft_id: str
    agreed_on: date
    hash: str
    check_code: str
    sealed_at: datetime
    sealed_by: str


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A certificate that was issued."""

    id: str
    number: str
    check_code: str
    kind: Kind
    case_id: str
    matter_id: str
    issued_on: date
    issued_at: datetime
    issued_by: str


async def _box(db: Transaction, case_id: str) -> Box:
    return await db.box(await db.scalar(select(case_file.c.key_id).where(case_file.c.id == case_id)))


async def enter_record(db: Transaction, sealed: SealedRecord) -> None:
    """The record is sealed; sqlalchemy.exc.IntegrityError when its meeting has one already."""
    await db.execute(insert(record).values({name: getattr(sealed, name) for name in SealedRecord.__dataclass_fields__}))


async def record_of(db: Transaction, meeting_id: str) -> SealedRecord | None:
    """The sealed record of a meeting; None while there is none."""
    row = await db.first(select(record).where(record.c.meeting_id == meeting_id))
    return None if row is None else SealedRecord(**row._mapping)  # noqa: SLF001 - the row's public mapping


async def records_of(db: Transaction, case_id: str) -> Sequence[SealedRecord]:
    """The sealed records of a case, the oldest first."""
    rows = await db.all(select(record).where(record.c.case_id == case_id).order_by(record.c.sealed_at))
    return [SealedRecord(**row._mapping) for row in rows]  # noqa: SLF001 - the row's public mapping


def _issued(row: Row[tuple[object, ...]]) -> Issued:
    return Issued(
        **{name: getattr(row, name) for name in Issued.__dataclass_fields__ if name != "kind"}, kind=Kind(row.kind)
    )


async def enter_certificate(db: Transaction, issued: Issued, facts: str) -> bool:
    """Whether this call issued it; False, with nothing changed, when its kind or its number is there already."""
    box = await _box(db, issued.case_id)
    values = {name: getattr(issued, name) for name in Issued.__dataclass_fields__}
    sealed = box.seal("certificate.facts", issued.id, facts)
    try:
        async with db.savepoint():
            await db.execute(insert(certificate).values(**values, facts_sealed=sealed))
    except IntegrityError:
        return False
    return True


async def certificate_of(db: Transaction, matter_id: str, kind: Kind) -> Issued | None:
    """The certificate of this kind for this matter; None while there is none."""
    row = await db.first(select(certificate).where(certificate.c.matter_id == matter_id, certificate.c.kind == kind))
    return None if row is None else _issued(row)


async def certificate_with(db: Transaction, certificate_id: str) -> Issued:
    """The certificate with this id; NotFound when there is none."""
    row = await db.first(select(certificate).where(certificate.c.id == certificate_id))
    if row is None:
        raise NotFound
    return _issued(row)


async def certificates_of(db: Transaction, matter_id: str) -> Sequence[Issued]:
    """Every certificate issued for this matter, the oldest first."""
    found = select(certificate).where(certificate.c.matter_id == matter_id).order_by(certificate.c.issued_at)
    return [_issued(row) for row in await db.all(found)]


async def certificate_numbered(db: Transaction, number: str) -> Issued | None:
    """The certificate with this number; None when none has it."""
    row = await db.first(select(certificate).where(certificate.c.number == number))
    return None if row is None else _issued(row)


async def how_many(db: Transaction, case_id: str, kind: Kind) -> int:
    """How many certificates of this kind the case has."""
    count = select(func.count()).select_from(certificate)
    return int(await db.scalar(count.where(certificate.c.case_id == case_id, certificate.c.kind == kind)))


async def facts_of(db: Transaction, issued: Issued) -> str:
    """The JSON of what the certificate says, as it was frozen at its issue."""
    sealed = await db.scalar(select(certificate.c.facts_sealed).where(certificate.c.id == issued.id))
    return (await _box(db, issued.case_id)).open("certificate.facts", issued.id, sealed) or ""
