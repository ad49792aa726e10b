"""Schema: diaries, working hours, absences and claims; the database itself refuses two claims on one diary at once."""

from sqlalchemy import (
    DDL,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Time,
    event,
    func,
    literal_column,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint

from database.base import Id, UtcDateTime, metadata

CLAIM_OVERLAP = "ex_claim_overlap"

diary = Table(
    "diary",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(10), nullable=False),  # mediator, room
    Column("owner_id", Id, nullable=False, unique=True),  # an account or a venue room
)

hours = Table(
    "hours",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("diary_id", Integer, ForeignKey("diary.id"), nullable=False, index=True),
    Column("weekday", Integer, nullable=False),  # Monday is 0
    Column("opens", Time, nullable=False),  # wall time in Europe/London
    Column("closes", Time, nullable=False),
)

absence = Table(
    "absence",
    metadata,
    Column("id", Id, primary_key=True),
    Column("diary_id", Integer, ForeignKey("diary.id"), nullable=False, index=True),
    Column("starts", UtcDateTime, nullable=False),
    Column("ends", UtcDateTime, nullable=False),
)

claim = Table(
    "claim",
    metadata,
    Column("id", Id, primary_key=True),
    Column("diary_id", Integer, ForeignKey("diary.id"), nullable=False),
    Column("meeting_id", Id, nullable=False, index=True),
    Column("starts", UtcDateTime, nullable=False),
    Column("ends", UtcDateTime, nullable=False),
    Column("state", String(10), nullable=False),  # booked, given_back
    Column("made_at", UtcDateTime, nullable=False),
    Index("ix_claim_diary_starts", "diary_id", "starts"),
)
claim.append_constraint(
    ExcludeConstraint(
        (func.int8range(claim.c.diary_id, claim.c.diary_id, literal_column("'[]'")), "&&"),
        (func.tstzrange(claim.c.starts, claim.c.ends, literal_column("'[)'")), "&&"),
        name=CLAIM_OVERLAP,
        using="gist",
        where=claim.c.state != literal_column("'given_back'"),
    ).ddl_if(dialect="postgresql"),
)

_OVERLAPS = f"""
WHEN NEW.state <> 'given_back' AND EXISTS (
  SELECT 1 FROM claim AS other
  WHERE other.diary_id = NEW.diary_id AND other.id <> NEW.id AND other.state <> 'given_back'
    AND other.starts < NEW.ends AND NEW.starts < other.ends)
BEGIN SELECT RAISE(ABORT, '{CLAIM_OVERLAP}'); END
"""
CLAIM_TRIGGERS = {
    "tr_claim_insert": f"CREATE TRIGGER tr_claim_insert BEFORE INSERT ON claim {_OVERLAPS}",
    "tr_claim_update": f"CREATE TRIGGER tr_claim_update BEFORE UPDATE ON claim {_OVERLAPS}",
}
for _statement in CLAIM_TRIGGERS.values():
    event.listen(claim, "after_create", DDL(_statement).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]

round_lease = Table(
    "round_lease",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("worker", String(40), nullable=False),
    Column("lease_until", UtcDateTime, nullable=False),
    Column("turned_at", UtcDateTime),
)
