"""Schema: what was agreed: drafts and marks, sealed records, certificates, and papers as made."""

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from database.base import Id, Sealed, UtcDateTime, metadata

draft = Table(
    "draft",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_id", Id, ForeignKey("case_file.id"), nullable=False, index=True),
    Column("meeting_id", Id, ForeignKey("meeting.id"), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("body_sealed", Sealed, nullable=False),  # canonical JSON of records/agreement.py
    Column("hash", String(64), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("made_by", Id, ForeignKey("account.id"), nullable=False),
    Column("sent_at", UtcDateTime),  # shown to the parties; from then on never changed
    UniqueConstraint("meeting_id", "version"),
)

mark = Table(
    "mark",
    metadata,
    Column("id", Id, primary_key=True),
    Column("draft_id", Id, ForeignKey("draft.id"), nullable=False, index=True),
    Column("seat_id", Id, ForeignKey("seat.id"), nullable=False),
    Column("mark", String(10), nullable=False),  # yes, reword, not_agreed
    Column("words_sealed", Sealed),
    Column("hash", String(64), nullable=False),  # of the text that was on the screen
    Column("channel", String(12), nullable=False),  # online, phone, room
    Column("witness", Id, ForeignKey("account.id")),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("draft_id", "seat_id"),
)

record = Table(
    "record",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_id", Id, ForeignKey("case_file.id"), nullable=False, index=True),
    Column("meeting_id", Id, ForeignKey("meeting.id"), nullable=False, unique=True),
    Column("draft_id", Id, ForeignKey("draft.id"), nullable=False, unique=True),
    Column("agreed_on", Date, nullable=False),  # the last confirmation
    Column("hash", String(64), nullable=False),
    Column("check_code", String(12), nullable=False),
    Column("sealed_at", UtcDateTime, nullable=False),
    Column("sealed_by", Id, ForeignKey("account.id"), nullable=False),
)

certificate = Table(
    "certificate",
    metadata,
    Column("id", Id, primary_key=True),
    Column("number", String(24), nullable=False, unique=True),  # EH-2026-00017-P
    Column("check_code", String(12), nullable=False),
    Column("kind", String(14), nullable=False),  # declined, participated, deemed
    Column("case_id", Id, ForeignKey("case_file.id"), nullable=False, index=True),
    Column("matter_id", Id, ForeignKey("matter.id"), nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("issued_by", Id, ForeignKey("account.id"), nullable=False),
    Column("facts_sealed", Sealed, nullable=False),  # JSON of what the paper says
    UniqueConstraint("matter_id", "kind"),
)

paper = Table(
    "paper",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_id", Id, ForeignKey("case_file.id"), nullable=False, index=True),
    Column("kind", String(14), nullable=False),  # certificate, record, record_large
    Column("source_id", Id, nullable=False),  # the certificate or the record
    Column("readers", String(80), nullable=False),  # sides that may read it, joined by one space
    Column("facts_sealed", Sealed, nullable=False),  # JSON for the template
    Column("state", String(8), nullable=False),  # waiting, made, failed
    Column("attempt", Integer, nullable=False),
    Column("lease_until", UtcDateTime),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("made_at", UtcDateTime),
    Column("pdf_sealed", Sealed),
    Column("sha256", String(64)),  # of the PDF as handed out
    Column("size", Integer),
    UniqueConstraint("source_id", "kind"),
)
Index(
    "ix_paper_waiting",
    paper.c.asked_at,
    sqlite_where=text("state = 'waiting'"),
    postgresql_where=text("state = 'waiting'"),
)
