"""Schema: the outbox: every message as the bytes that are (or were) handed over, and how far it has come."""

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text, text

from database.base import Id, Sealed, UtcDateTime, case_key_column, metadata

message = Table(
    "message",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),  # the effect, once: invitation:(attendance):(sequence)
    Column("kind", String(40), nullable=False),
    Column("channel", String(10), nullable=False),  # mail
    Column("case_id", Id, index=True),
    Column("seat_id", Id, index=True),
    Column("account_id", Id),
    case_key_column(),
    Column("to_sealed", Sealed, nullable=False),
    Column("message_id", String(120), nullable=False, unique=True),
    Column("method", String(10)),  # iTIP method of the calendar part: REQUEST, CANCEL
    Column("uid", String(120)),
    Column("sequence", Integer),
    Column("once", Boolean, nullable=False),  # a one-time code: never handed over a second time
    Column("state", String(12), nullable=False),  # queued claimed handing_over sent failed held
    Column("attempt", Integer, nullable=False),
    Column("lease_until", UtcDateTime),
    Column("worker", String(40)),
    Column("next_at", UtcDateTime, nullable=False),
    Column("useless_after", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("error", String(200)),
    Column("dealt_with_at", UtcDateTime),  # a coordinator has dealt with a failure
    # The bytes stand last: SQLite reads past them for every column behind them.
    Column("raw_sealed", Sealed, nullable=False),
)
Index(
    "ix_message_waiting",
    message.c.next_at,
    sqlite_where=text("state in ('queued', 'claimed', 'handing_over')"),
    postgresql_where=text("state in ('queued', 'claimed', 'handing_over')"),
)
