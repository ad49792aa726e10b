"""Schema: the sitting: meetings, who attends, venues, and the room's floor, screens and media."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from database.base import Id, Sealed, UtcDateTime, case_key_column, metadata

venue = Table(
    "venue",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(120), nullable=False, unique=True),
    Column("address", String(300), nullable=False),
    Column("directions", Text, nullable=False),
    Column("step_free", Boolean, nullable=False),
    Column("hearing_loop", Boolean, nullable=False),
    Column("parking", Boolean, nullable=False),
    Column("quiet_space", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)

venue_room = Table(
    "venue_room",
    metadata,
    Column("id", Id, primary_key=True),
    Column("venue_id", Id, ForeignKey("venue.id"), nullable=False, index=True),
    Column("name", String(80), nullable=False),
    Column("seats", Integer, nullable=False),
    UniqueConstraint("venue_id", "name"),
)

meeting = Table(
    "meeting",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_id", Id, ForeignKey("case_file.id"), nullable=False, index=True),
    Column("matter_id", Id, ForeignKey("matter.id"), nullable=False, index=True),
    Column("mediator_id", Id, ForeignKey("account.id"), nullable=False, index=True),
    Column("mode", String(10), nullable=False),  # online, in_person
    Column("starts", UtcDateTime, nullable=False, index=True),
    Column("ends", UtcDateTime, nullable=False),
    Column("state", String(12), nullable=False),  # booked open adjourned concluded cancelled
    Column("sequence", Integer, nullable=False),  # iTIP SEQUENCE, shared by all seats of the meeting
    Column("venue_id", Id, ForeignKey("venue.id")),
    Column("room_id", Id, ForeignKey("venue_room.id")),
    Column("exception", String(32)),  # reason code of meeting in person
    Column("exception_sealed", Sealed),  # the reason in words
    Column("decided_by", Id, ForeignKey("account.id")),
    Column("decided_at", UtcDateTime),
    Column("waived_at", UtcDateTime),  # the family let the five working days go
    Column("waived_by", Id, ForeignKey("seat.id")),
    Column("waived_channel", String(12)),
    Column("made_by", Id, ForeignKey("account.id"), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("opened_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("outcome", String(20)),
    Column("version", Integer, nullable=False),
)

attendance = Table(
    "attendance",
    metadata,
    Column("id", Id, primary_key=True),
    Column("meeting_id", Id, ForeignKey("meeting.id"), nullable=False, index=True),
    Column("seat_id", Id, ForeignKey("seat.id"), nullable=False, index=True),
    Column("uid", String(120), nullable=False, unique=True),  # calendar UID of this seat and sitting
    Column("state", String(12), nullable=False),  # invited arrived admitted left withdrawn
    Column("proof", String(16)),
    Column("arrived_at", UtcDateTime),
    Column("agreed_at", UtcDateTime),  # the Agreement to Mediate
    Column("agreed_how", String(8)),  # online, phone, table
    Column("agreed_witness", Id, ForeignKey("account.id")),
    Column("admitted_at", UtcDateTime),
    Column("admitted_by", Id, ForeignKey("account.id")),
    Column("left_at", UtcDateTime),
    Column("made_at", UtcDateTime, nullable=False),
    UniqueConstraint("meeting_id", "seat_id"),
)

session_plan = Table(
    "session_plan",
    metadata,
    Column("meeting_id", Id, ForeignKey("meeting.id"), primary_key=True),
    case_key_column(),
    Column("body_sealed", Sealed, nullable=False),  # JSON: stages, ground rules, what the room does for each person
    Column("version", Integer, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
)

meeting_staff = Table(
    "meeting_staff",
    metadata,
    Column("id", Id, primary_key=True),  # of their calendar entry as well: somebody added anew has a new one
    Column("meeting_id", Id, ForeignKey("meeting.id"), nullable=False),
    Column("account_id", Id, ForeignKey("account.id"), nullable=False, index=True),
    Column("part", String(12), nullable=False),  # co_mediator, trainee
    Column("added_by", Id, ForeignKey("account.id"), nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    UniqueConstraint("meeting_id", "part"),
    UniqueConstraint("meeting_id", "account_id"),
)

trainee_yes = Table(
    "trainee_yes",
    metadata,
    Column("staff_id", Id, ForeignKey("meeting_staff.id"), primary_key=True),
    Column("side", String(12), primary_key=True),
    Column("asked_by", Id, ForeignKey("account.id"), nullable=False),
    Column("said_at", UtcDateTime, nullable=False),
)

escalation = Table(
    "escalation",
    metadata,
    Column("meeting_id", Id, ForeignKey("meeting.id"), primary_key=True),
    Column("number", Integer, primary_key=True),  # of what was told and not answered; never what it was, or whose
    Column("at", UtcDateTime, nullable=False),
    Column("told_at", UtcDateTime),  # when the coordinators were written to
)
Index(
    "ix_escalation_untold",
    escalation.c.at,
    sqlite_where=text("told_at is null"),
    postgresql_where=text("told_at is null"),
)

floor = Table(
    "floor",
    metadata,
    Column("meeting_id", Id, ForeignKey("meeting.id"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state_sealed", Sealed, nullable=False),  # the whole floor: names, notes, text turns, the recap
    Column("wakes_at", UtcDateTime),
    Column("saved_at", UtcDateTime, nullable=False),
)
Index(
    "ix_floor_wakes",
    floor.c.wakes_at,
    sqlite_where=text("wakes_at is not null"),
    postgresql_where=text("wakes_at is not null"),
)

floor_event = Table(
    "floor_event",
    metadata,
    Column("meeting_id", Id, ForeignKey("meeting.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("body", Text, nullable=False),  # JSON list of events, without content or names
)

live_line = Table(
    "live_line",
    metadata,
    Column("id", Id, primary_key=True),  # one open socket
    Column("meeting_id", Id, ForeignKey("meeting.id"), nullable=False, index=True),
    Column("seat_key", String(40), nullable=False),  # attendance id, or mediator
    Column("worker", String(40), nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
)

media_room = Table(
    "media_room",
    metadata,
    Column("meeting_id", Id, ForeignKey("meeting.id"), primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("name", String(40), nullable=False, unique=True),  # random; says nothing
    Column("claimed_until", UtcDateTime),
    Column("made_at", UtcDateTime, nullable=False),
)

media_identity = Table(
    "media_identity",
    metadata,
    Column("identity", String(40), primary_key=True),  # random per join
    Column("meeting_id", Id, ForeignKey("meeting.id"), nullable=False, index=True),
    Column("seat_key", String(40), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("minted_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime),
)

webhook_event = Table(
    "webhook_event",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("event", String(40), nullable=False),
    Column("room", String(80), nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
)
