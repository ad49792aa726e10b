"""Schema: what the dispute is: authorities, cases, matters, seats, advice, choices, assignments, contacts."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    text,
)

from database.base import Id, Sealed, UtcDateTime, case_key_column, metadata

authority = Table(
    "authority",
    metadata,
    Column("id", Id, primary_key=True),
    case_key_column(),
    Column("name", String(120), nullable=False, unique=True),  # Northmere Borough Council
    Column("team", String(120), nullable=False),  # whom a notice goes to: SEND mediation team
    Column("email_sealed", Sealed, nullable=False),
    Column("phone_sealed", Sealed),
    Column("active", Boolean, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)

case_file = Table(
    "case_file",
    metadata,
    Column("id", Id, primary_key=True),
    case_key_column(),
    Column("number", String(20), nullable=False, unique=True),  # EH-2026-00017
    Column("authority_id", Id, ForeignKey("authority.id"), nullable=False, index=True),
    Column("subject_kind", String(12), nullable=False),  # child, young_person
    Column("subject_sealed", Sealed, nullable=False),  # JSON: first_name, last_name, born (ISO date or null)
    Column("came_by", String(12), nullable=False),  # web, phone, email, post
    Column("helper_sealed", Sealed),  # JSON of who wrote for the family; null where it wrote itself
    Column("helper_digest", String(64), index=True),
    Column("yes_at", UtcDateTime),  # when the family said yes to what a helper wrote
    Column("yes_channel", String(12)),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("version", Integer, nullable=False),
)

unfinished_enquiry = Table(
    "unfinished_enquiry",
    metadata,
    Column("browser", String(64), primary_key=True),  # SHA-256 of the browser's own cookie
    case_key_column(),
    Column("answers_sealed", Sealed, nullable=False),  # JSON: step -> field -> list of what was typed
    Column("changed_at", UtcDateTime, nullable=False, index=True),
    Column("case_id", Id, ForeignKey("case_file.id")),  # sent: what the receipt is about, for an hour
    Column("sent_at", UtcDateTime),
)

matter = Table(
    "matter",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_id", Id, ForeignKey("case_file.id"), nullable=False, index=True),
    Column("decision", String(24), nullable=False),
    Column("letter_date", Date),
    Column("sent_date", Date),
    Column("education", Boolean, nullable=False),
    Column("health", Boolean, nullable=False),
    Column("social_care", Boolean, nullable=False),
    Column("about_sealed", Sealed),  # the family's own words
    Column("state", String(24), nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("advised_at", UtcDateTime),
    Column("choice", String(24)),
    Column("chosen_at", UtcDateTime),  # when the family told us; starts D1, D3
    Column("council_told_at", UtcDateTime),  # starts D8
    Column("contacted_at", UtcDateTime),  # ends D1
    Column("concluded_at", UtcDateTime),  # starts D4
    Column("outcome", String(20)),
    Column("agreed_on", Date),
    Column("certified_on", Date),
    Column("next_due_at", UtcDateTime),
    Column("version", Integer, nullable=False),
)
Index(
    "ix_matter_next_due",
    matter.c.next_due_at,
    sqlite_where=text("next_due_at is not null"),
    postgresql_where=text("next_due_at is not null"),
)

matter_event = Table(
    "matter_event",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("matter_id", Id, ForeignKey("matter.id"), nullable=False, index=True),
    Column("event", String(24), nullable=False),
    Column("state", String(24), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(40), nullable=False),
)

seat = Table(
    "seat",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_id", Id, ForeignKey("case_file.id"), nullable=False, index=True),
    Column("side", String(12), nullable=False),
    Column("standing", String(16), nullable=False),
    Column("party", String(4), nullable=False),  # PA YP LA SU IN PR HB ED, as reliability 3.1
    Column("name_sealed", Sealed, nullable=False),
    Column("title", String(80), nullable=False),  # what they are: Parent; SEN manager
    Column("email_sealed", Sealed),
    Column("email_digest", String(64), index=True),
    Column("phone_sealed", Sealed),
    Column("address_sealed", Sealed),  # where a letter reaches them
    Column("reach", String(24), nullable=False),  # how they like to hear: words of Way, joined by one space
    Column("reach_sealed", Sealed),  # when and how not to
    Column("needs_sealed", Sealed),  # JSON: chosen access needs and own words, and whom an interpreter helps
    Column("made_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
)

advice = Table(
    "advice",
    metadata,
    Column("id", Id, primary_key=True),
    Column("matter_id", Id, ForeignKey("matter.id"), nullable=False, index=True),
    Column("given_at", UtcDateTime, nullable=False),
    Column("channel", String(12), nullable=False),
    Column("account_id", Id, ForeignKey("account.id"), nullable=False),
    Column("ticks", String(400), nullable=False),  # words of the script that were said, joined by one space
    Column("notes_sealed", Sealed),
    Column("made_at", UtcDateTime, nullable=False),
)

choice = Table(
    "choice",
    metadata,
    Column("id", Id, primary_key=True),
    Column("matter_id", Id, ForeignKey("matter.id"), nullable=False, index=True),
    Column("choice", String(24), nullable=False),
    Column("told_at", UtcDateTime, nullable=False),
    Column("channel", String(12), nullable=False),
    Column("account_id", Id, ForeignKey("account.id"), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)

assignment = Table(
    "assignment",
    metadata,
    Column("id", Id, primary_key=True),
    Column("matter_id", Id, ForeignKey("matter.id"), nullable=False, index=True),
    Column("account_id", Id, ForeignKey("account.id"), nullable=False, index=True),
    Column("duty", String(10), nullable=False),  # adviser, mediator, comediator
    Column("made_at", UtcDateTime, nullable=False),
    Column("made_by", Id, ForeignKey("account.id"), nullable=False),
    Column("ended_at", UtcDateTime),
)

contact = Table(
    "contact",
    metadata,
    Column("id", Id, primary_key=True),
    Column("matter_id", Id, ForeignKey("matter.id"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("channel", String(12), nullable=False),
    Column("reached", Boolean, nullable=False),
    Column("account_id", Id, ForeignKey("account.id"), nullable=False),
    Column("note_sealed", Sealed),
    Column("made_at", UtcDateTime, nullable=False),
)

closure = Table(
    "closure",
    metadata,
    Column("day", Date, primary_key=True),
    Column("reason", String(120), nullable=False),
)
