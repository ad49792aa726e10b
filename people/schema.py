"""Schema: who someone is: staff accounts, sessions, one-time codes, links, the audit list."""

from sqlalchemy import (
    DDL,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
)

from database.base import Id, Sealed, UtcDateTime, case_key_column, metadata

account = Table(
    "account",
    metadata,
    Column("id", Id, primary_key=True),
    case_key_column(),
    Column("name", String(120), nullable=False),
    Column("email_digest", String(64), nullable=False, unique=True),
    Column("email_sealed", Sealed, nullable=False),
    Column("roles", String(120), nullable=False),  # words of people/roles.py, joined by one space
    Column("active", Boolean, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("first_signed_in_at", UtcDateTime),
    Column("totp_sealed", Sealed),
    Column("totp_confirmed_at", UtcDateTime),
    Column("totp_last_step", Integer),
)

passkey = Table(
    "passkey",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", Id, ForeignKey("account.id"), nullable=False, index=True),
    Column("credential_id", LargeBinary, nullable=False, unique=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", Integer, nullable=False),
    Column("label", String(80), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)

staff_session = Table(
    "staff_session",
    metadata,
    Column("id", String(64), primary_key=True),  # SHA-256 of the cookie
    Column("account_id", Id, ForeignKey("account.id"), nullable=False, index=True),
    Column("second_factor", Boolean, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("stepped_up_at", UtcDateTime),
    Column("challenge", String(200)),  # of a passkey ceremony in progress
    Column("device", String(80), nullable=False),
    Column("ended_at", UtcDateTime),
)

seat_session = Table(
    "seat_session",
    metadata,
    Column("id", String(64), primary_key=True),  # SHA-256 of the cookie
    Column("seat_id", Id, nullable=False, index=True),
    Column("case_id", Id, nullable=False),
    Column("attendance_id", Id),
    Column("proof", String(16), nullable=False),  # ProofLevel of meetings/meeting.py
    Column("made_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
)

link = Table(
    "link",
    metadata,
    Column("locator", Id, primary_key=True),  # an address, not a key
    Column("seat_id", Id, index=True),
    Column("case_id", Id, nullable=False),
    Column("attendance_id", Id, index=True),
    Column("made_at", UtcDateTime, nullable=False),
    Column("over_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
)

challenge = Table(
    "challenge",
    metadata,
    Column("id", Id, primary_key=True),
    Column("purpose", String(16), nullable=False),  # staff, seat
    Column("subject", Id, nullable=False, index=True),  # account id or locator
    Column("browser", String(64), nullable=False),  # SHA-256 of the browser's own cookie
    Column("code_digest", String(64), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("used_at", UtcDateTime),
)

attempt = Table(
    "attempt",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("bucket", String(120), nullable=False),  # what is counted: a word and a keyed hash
    Column("at", UtcDateTime, nullable=False),
    Index("ix_attempt_bucket_at", "bucket", "at"),
)

form_key = Table(
    "form_key",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("body_digest", String(64), nullable=False),
    Column("location", Text),  # where the first answer led; none while the first is still at work
    Column("made_at", UtcDateTime, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("chain", String(26), nullable=False),  # a case id, or house
    Column("place", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("actor", String(40), nullable=False),  # account:(id), seat:(id), service or visitor
    Column("role", String(20), nullable=False),
    Column("action", String(60), nullable=False),
    Column("resource", String(80), nullable=False),
    Column("outcome", String(12), nullable=False),  # done, refused
    Column("request_id", String(26), nullable=False),
    Column("proof", String(16), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("chain", "place"),
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("chain", String(26), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

# The audit list is written, never changed: the database itself refuses (reliability 3.6).
_REFUSE = "BEGIN SELECT RAISE(ABORT, 'the audit list is never changed'); END"
AUDIT_TRIGGERS_SQLITE = {
    "tr_audit_update": f"CREATE TRIGGER tr_audit_update BEFORE UPDATE ON audit {_REFUSE}",
    "tr_audit_delete": f"CREATE TRIGGER tr_audit_delete BEFORE DELETE ON audit {_REFUSE}",
}
AUDIT_TRIGGERS_POSTGRESQL = {
    "audit_is_kept": """
        CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the audit list is never changed'; END $$
    """,
    "tr_audit_kept": """
        CREATE TRIGGER tr_audit_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
        FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept()
    """,
}
for _dialect, _statements in (("sqlite", AUDIT_TRIGGERS_SQLITE), ("postgresql", AUDIT_TRIGGERS_POSTGRESQL)):
    for _statement in _statements.values():
        event.listen(audit, "after_create", DDL(_statement).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]
