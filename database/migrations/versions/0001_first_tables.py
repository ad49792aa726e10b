"""The first tables of every room, with what guards them on each database."""

from alembic import op
import sqlalchemy as sa
import database.base

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


GUARDS_SQLITE = (
    """
    CREATE TRIGGER tr_claim_insert BEFORE INSERT ON claim 
    WHEN NEW.state <> 'given_back' AND EXISTS (
      SELECT 1 FROM claim AS other
      WHERE other.diary_id = NEW.diary_id AND other.id <> NEW.id AND other.state <> 'given_back'
        AND other.starts < NEW.ends AND NEW.starts < other.ends)
    BEGIN SELECT RAISE(ABORT, 'ex_claim_overlap'); END
    """,
    """
    CREATE TRIGGER tr_claim_update BEFORE UPDATE ON claim 
    WHEN NEW.state <> 'given_back' AND EXISTS (
      SELECT 1 FROM claim AS other
      WHERE other.diary_id = NEW.diary_id AND other.id <> NEW.id AND other.state <> 'given_back'
        AND other.starts < NEW.ends AND NEW.starts < other.ends)
    BEGIN SELECT RAISE(ABORT, 'ex_claim_overlap'); END
    """,
    """
    CREATE TRIGGER tr_audit_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit list is never changed'); END
    """,
    """
    CREATE TRIGGER tr_audit_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit list is never changed'); END
    """,
)
GUARDS_POSTGRESQL = (
    """
    ALTER TABLE claim ADD CONSTRAINT ex_claim_overlap EXCLUDE USING gist (
      int8range(diary_id, diary_id, '[]') WITH &&, tstzrange(starts, ends, '[)') WITH &&
    ) WHERE (state <> 'given_back')
    """,
    """
    CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit list is never changed'; END $$
    """,
    """
    CREATE TRIGGER tr_audit_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept()
    """,
)


def upgrade() -> None:
    op.create_table('attempt',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('bucket', sa.String(length=120), nullable=False),
    sa.Column('at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt'))
    )
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.create_index('ix_attempt_bucket_at', ['bucket', 'at'], unique=False)

    op.create_table('audit',
    sa.Column('number', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('chain', sa.String(length=26), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('actor', sa.String(length=40), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('action', sa.String(length=60), nullable=False),
    sa.Column('resource', sa.String(length=80), nullable=False),
    sa.Column('outcome', sa.String(length=12), nullable=False),
    sa.Column('request_id', sa.String(length=26), nullable=False),
    sa.Column('proof', sa.String(length=16), nullable=False),
    sa.Column('previous', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_audit')),
    sa.UniqueConstraint('chain', 'place', name=op.f('uq_audit_chain_place'))
    )
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_at'), ['at'], unique=False)

    op.create_table('audit_head',
    sa.Column('chain', sa.String(length=26), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('chain', name=op.f('pk_audit_head'))
    )
    op.create_table('challenge',
    sa.Column('id', database.base.Id(length=26), nullable=False),
    sa.Column('purpose', sa.String(length=16), nullable=False),
    sa.Column('subject', database.base.Id(length=26), nullable=False),
    sa.Column('browser', sa.String(length=64), nullable=False),
    sa.Column('code_digest', sa.String(length=64), nullable=False),
    sa.Column('made_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('expires_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('used_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_challenge'))
    )
    with op.batch_alter_table('challenge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_challenge_subject'), ['subject'], unique=False)

    op.create_table('closure',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('reason', sa.String(length=120), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_closure'))
    )
    op.create_table('counter',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_counter'))
    )
    op.create_table('data_key',
    sa.Column('id', database.base.Id(length=26), nullable=False),
    sa.Column('wrapped', sa.LargeBinary(), nullable=False),
    sa.Column('made_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_data_key'))
    )
    op.create_table('diary',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('owner_id', database.base.Id(length=26), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_diary')),
    sa.UniqueConstraint('owner_id', name=op.f('uq_diary_owner_id'))
    )
    op.create_table('form_key',
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('body_digest', sa.String(length=64), nullable=False),
    sa.Column('location', sa.Text(), nullable=True),
    sa.Column('made_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_form_key'))
    )
    op.create_table('link',
    sa.Column('locator', database.base.Id(length=26), nullable=False),
    sa.Column('seat_id', database.base.Id(length=26), nullable=True),
    sa.Column('case_id', database.base.Id(length=26), nullable=False),
    sa.Column('attendance_id', database.base.Id(length=26), nullable=True),
    sa.Column('made_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('over_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('locator', name=op.f('pk_link'))
    )
    with op.batch_alter_table('link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_link_attendance_id'), ['attendance_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_link_seat_id'), ['seat_id'], unique=False)

    op.create_table('round_lease',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('worker', sa.String(length=40), nullable=False),
    sa.Column('lease_until', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('turned_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_round_lease'))
    )
    op.create_table('seat_session',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('seat_id', database.base.Id(length=26), nullable=False),
    sa.Column('case_id', database.base.Id(length=26), nullable=False),
    sa.Column('attendance_id', database.base.Id(length=26), nullable=True),
    sa.Column('proof', sa.String(length=16), nullable=False),
    sa.Column('made_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('seen_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('ends_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('ended_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seat_session'))
    )
    with op.batch_alter_table('seat_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_seat_session_seat_id'), ['seat_id'], unique=False)

    op.create_table('venue',
    sa.Column('id', database.base.Id(length=26), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('address', sa.String(length=300), nullable=False),
    sa.Column('directions', sa.Text(), nullable=False),
    sa.Column('step_free', sa.Boolean(), nullable=False),
    sa.Column('hearing_loop', sa.Boolean(), nullable=False),
    sa.Column('parking', sa.Boolean(), nullable=False),
    sa.Column('quiet_space', sa.Boolean(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('made_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_venue')),
    sa.UniqueConstraint('name', name=op.f('uq_venue_name'))
    )
    op.create_table('webhook_event',
    sa.Column('id', sa.String(length=80), nullable=False),
    sa.Column('event', sa.String(length=40), nullable=False),
    sa.Column('room', sa.String(length=80), nullable=False),
    sa.Column('received_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('done_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_webhook_event'))
    )
    op.create_table('absence',
    sa.Column('id', database.base.Id(length=26), nullable=False),
    sa.Column('diary_id', sa.Integer(), nullable=False),
    sa.Column('starts', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('ends', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['diary_id'], ['diary.id'], name=op.f('fk_absence_diary_id_diary')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_absence'))
    )
    with op.batch_alter_table('absence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_absence_diary_id'), ['diary_id'], unique=False)

    op.create_table('account',
    sa.Column('id', database.base.Id(length=26), nullable=False),
    sa.Column('key_id', database.base.Id(length=26), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('email_digest', sa.String(length=64), nullable=False),
    sa.Column('email_sealed', database.base.Sealed(), nullable=False),
    sa.Column('roles', sa.String(length=120), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('made_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('first_signed_in_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('totp_sealed', database.base.Sealed(), nullable=True),
    sa.Column('totp_confirmed_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('totp_last_step', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['key_id'], ['data_key.id'], name=op.f('fk_account_key_id_data_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('email_digest', name=op.f('uq_account_email_digest'))
    )
    op.create_table('authority',
    sa.Column('id', database.base.Id(length=26), nullable=False),
    sa.Column('key_id', database.base.Id(length=26), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('team', sa.String(length=120), nullable=False),
    sa.Column('email_sealed', database.base.Sealed(), nullable=False),
    sa.Column('phone_sealed', database.base.Sealed(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('made_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['key_id'], ['data_key.id'], name=op.f('fk_authority_key_id_data_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_authority')),
    sa.UniqueConstraint('name', name=op.f('uq_authority_name'))
    )
    op.create_table('claim',
    sa.Column('id', database.base.Id(length=26), nullable=False),
    sa.Column('diary_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', database.base.Id(length=26), nullable=False),
    sa.Column('starts', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('ends', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('made_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['diary_id'], ['diary.id'], name=op.f('fk_claim_diary_id_diary')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_claim'))
    )
    with op.batch_alter_table('claim', schema=None) as batch_op:
        batch_op.create_index('ix_claim_diary_starts', ['diary_id', 'starts'], unique=False)
        batch_op.create_index(batch_op.f('ix_claim_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('hours',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('diary_id', sa.Integer(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('opens', sa.Time(), nullable=False),
    sa.Column('closes', sa.Time(), nullable=False),
    sa.ForeignKeyConstraint(['diary_id'], ['diary.id'], name=op.f('fk_hours_diary_id_diary')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hours'))
    )
    with op.batch_alter_table('hours', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hours_diary_id'), ['diary_id'], unique=False)

    op.create_table('message',
    sa.Column('id', database.base.Id(length=26), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('channel', sa.String(length=10), nullable=False),
    sa.Column('case_id', database.base.Id(length=26), nullable=True),
    sa.Column('seat_id', database.base.Id(length=26), nullable=True),
    sa.Column('account_id', database.base.Id(length=26), nullable=True),
    sa.Column('key_id', database.base.Id(length=26), nullable=False),
    sa.Column('to_sealed', database.base.Sealed(), nullable=False),
    sa.Column('message_id', sa.String(length=120), nullable=False),
    sa.Column('method', sa.String(length=10), nullable=True),
    sa.Column('uid', sa.String(length=120), nullable=True),
    sa.Column('sequence', sa.Integer(), nullable=True),
    sa.Column('once', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('attempt', sa.Integer(), nullable=False),
    sa.Column('lease_until', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('worker', sa.String(length=40), nullable=True),
    sa.Column('next_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('useless_after', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('sent_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('error', sa.String(length=200), nullable=True),
    sa.Column('dealt_with_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('raw_sealed', database.base.Sealed(), nullable=False),
    sa.ForeignKeyConstraint(['key_id'], ['data_key.id'], name=op.f('fk_message_key_id_data_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message')),
    sa.UniqueConstraint('key', name=op.f('uq_message_key')),
    sa.UniqueConstraint('message_id', name=op.f('uq_message_message_id'))
    )
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_message_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_message_seat_id'), ['seat_id'], unique=False)
        batch_op.create_index('ix_message_waiting', ['next_at'], unique=False, sqlite_where=sa.text("state in ('queued', 'claimed', 'handing_over')"), postgresql_where=sa.text("state in ('queued', 'claimed', 'handing_over')"))

    op.create_table('venue_room',
    sa.Column('id', database.base.Id(length=26), nullable=False),
    sa.Column('venue_id', database.base.Id(length=26), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['venue_id'], ['venue.id'], name=op.f('fk_venue_room_venue_id_venue')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_venue_room')),
    sa.UniqueConstraint('venue_id', 'name', name=op.f('uq_venue_room_venue_id_name'))
    )
    with op.batch_alter_table('venue_room', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_venue_room_venue_id'), ['venue_id'], unique=False)

    op.create_table('case_file',
    sa.Column('id', database.base.Id(length=26), nullable=False),
    sa.Column('key_id', database.base.Id(length=26), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('authority_id', database.base.Id(length=26), nullable=False),
    sa.Column('subject_kind', sa.String(length=12), nullable=False),
    sa.Column('subject_sealed', database.base.Sealed(), nullable=False),
    sa.Column('came_by', sa.String(length=12), nullable=False),
    sa.Column('helper_sealed', database.base.Sealed(), nullable=True),
    sa.Column('helper_digest', sa.String(length=64), nullable=True),
    sa.Column('yes_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('yes_channel', sa.String(length=12), nullable=True),
    sa.Column('opened_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('closed_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authority.id'], name=op.f('fk_case_file_authority_id_authority')),
    sa.ForeignKeyConstraint(['key_id'], ['data_key.id'], name=op.f('fk_case_file_key_id_data_key')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_file')),
    sa.UniqueConstraint('number', name=op.f('uq_case_file_number'))
    )
    with op.batch_alter_table('case_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_file_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_file_helper_digest'), ['helper_digest'], unique=False)

    op.create_table('passkey',
    sa.Column('id', database.base.Id(length=26), nullable=False),
    sa.Column('account_id', database.base.Id(length=26), nullable=False),
    sa.Column('credential_id', sa.LargeBinary(), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('sign_count', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(length=80), nullable=False),
    sa.Column('made_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('used_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_passkey_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passkey')),
    sa.UniqueConstraint('credential_id', name=op.f('uq_passkey_credential_id'))
    )
    with op.batch_alter_table('passkey', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_passkey_account_id'), ['account_id'], unique=False)

    op.create_table('staff_session',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('account_id', database.base.Id(length=26), nullable=False),
    sa.Column('second_factor', sa.Boolean(), nullable=False),
    sa.Column('made_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('seen_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('ends_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('stepped_up_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('challenge', sa.String(length=200), nullable=True),
    sa.Column('device', sa.String(length=80), nullable=False),
    sa.Column('ended_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_staff_session_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_session'))
    )
    with op.batch_alter_table('staff_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_session_account_id'), ['account_id'], unique=False)

    op.create_table('matter',
    sa.Column('id', database.base.Id(length=26), nullable=False),
    sa.Column('case_id', database.base.Id(length=26), nullable=False),
    sa.Column('decision', sa.String(length=24), nullable=False),
    sa.Column('letter_date', sa.Date(), nullable=True),
    sa.Column('sent_date', sa.Date(), nullable=True),
    sa.Column('education', sa.Boolean(), nullable=False),
    sa.Column('health', sa.Boolean(), nullable=False),
    sa.Column('social_care', sa.Boolean(), nullable=False),
    sa.Column('about_sealed', database.base.Sealed(), nullable=True),
    sa.Column('state', sa.String(length=24), nullable=False),
    sa.Column('received_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('advised_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('choice', sa.String(length=24), nullable=True),
    sa.Column('chosen_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('council_told_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('contacted_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('concluded_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('outcome', sa.String(length=20), nullable=True),
    sa.Column('agreed_on', sa.Date(), nullable=True),
    sa.Column('certified_on', sa.Date(), nullable=True),
    sa.Column('next_due_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_matter_case_id_case_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_matter'))
    )
    with op.batch_alter_table('matter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_matter_case_id'), ['case_id'], unique=False)
        batch_op.create_index('ix_matter_next_due', ['next_due_at'], unique=False, sqlite_where=sa.text('next_due_at is not null'), postgresql_where=sa.text('next_due_at is not null'))

    op.create_table('paper',
    sa.Column('id', database.base.Id(length=26), nullable=False),
    sa.Column('case_id', database.base.Id(length=26), nullable=False),
    sa.Column('kind', sa.String(length=14), nullable=False),
    sa.Column('source_id', database.base.Id(length=26), nullable=False),
    sa.Column('readers', sa.String(length=80), nullable=False),
    sa.Column('facts_sealed', database.base.Sealed(), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('attempt', sa.Integer(), nullable=False),
    sa.Column('lease_until', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('asked_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('made_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('pdf_sealed', database.base.Sealed(), nullable=True),
    sa.Column('sha256', sa.String(length=64), nullable=True),
    sa.Column('size', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_paper_case_id_case_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper')),
    sa.UniqueConstraint('source_id', 'kind', name=op.f('uq_paper_source_id_kind'))
    )
    with op.batch_alter_table('paper', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_case_id'), ['case_id'], unique=False)
        batch_op.create_index('ix_paper_waiting', ['asked_at'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))

    op.create_table('seat',
    sa.Column('id', database.base.Id(length=26), nullable=False),
    sa.Column('case_id', database.base.Id(length=26), nullable=False),
    sa.Column('side', sa.String(length=12), nullable=False),
    sa.Column('standing', sa.String(length=16), nullable=False),
    sa.Column('party', sa.String(length=4), nullable=False),
    sa.Column('name_sealed', database.base.Sealed(), nullable=False),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('email_sealed', database.base.Sealed(), nullable=True),
    sa.Column('email_digest', sa.String(length=64), nullable=True),
    sa.Column('phone_sealed', database.base.Sealed(), nullable=True),
    sa.Column('address_sealed', database.base.Sealed(), nullable=True),
    sa.Column('reach', sa.String(length=24), nullable=False),
    sa.Column('reach_sealed', database.base.Sealed(), nullable=True),
    sa.Column('needs_sealed', database.base.Sealed(), nullable=True),
    sa.Column('made_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_seat_case_id_case_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seat'))
    )
    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_seat_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_seat_email_digest'), ['email_digest'], unique=False)

    op.create_table('unfinished_enquiry',
    sa.Column('browser', sa.String(length=64), nullable=False),
    sa.Column('key_id', database.base.Id(length=26), nullable=False),
    sa.Column('answers_sealed', database.base.Sealed(), nullable=False),
    sa.Column('changed_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('case_id', database.base.Id(length=26), nullable=True),
    sa.Column('sent_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_unfinished_enquiry_case_id_case_file')),
    sa.ForeignKeyConstraint(['key_id'], ['data_key.id'], name=op.f('fk_unfinished_enquiry_key_id_data_key')),
    sa.PrimaryKeyConstraint('browser', name=op.f('pk_unfinished_enquiry'))
    )
    with op.batch_alter_table('unfinished_enquiry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unfinished_enquiry_changed_at'), ['changed_at'], unique=False)

    op.create_table('advice',
    sa.Column('id', database.base.Id(length=26), nullable=False),
    sa.Column('matter_id', database.base.Id(length=26), nullable=False),
    sa.Column('given_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('channel', sa.String(length=12), nullable=False),
    sa.Column('account_id', database.base.Id(length=26), nullable=False),
    sa.Column('ticks', sa.String(length=400), nullable=False),
    sa.Column('notes_sealed', database.base.Sealed(), nullable=True),
    sa.Column('made_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_advice_account_id_account')),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_advice_matter_id_matter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_advice'))
    )
    with op.batch_alter_table('advice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_advice_matter_id'), ['matter_id'], unique=False)

    op.create_table('assignment',
    sa.Column('id', database.base.Id(length=26), nullable=False),
    sa.Column('matter_id', database.base.Id(length=26), nullable=False),
    sa.Column('account_id', database.base.Id(length=26), nullable=False),
    sa.Column('duty', sa.String(length=10), nullable=False),
    sa.Column('made_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('made_by', database.base.Id(length=26), nullable=False),
    sa.Column('ended_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_assignment_account_id_account')),
    sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('fk_assignment_made_by_account')),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_assignment_matter_id_matter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment'))
    )
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assignment_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_assignment_matter_id'), ['matter_id'], unique=False)

    op.create_table('certificate',
    sa.Column('id', database.base.Id(length=26), nullable=False),
    sa.Column('number', sa.String(length=24), nullable=False),
    sa.Column('check_code', sa.String(length=12), nullable=False),
    sa.Column('kind', sa.String(length=14), nullable=False),
    sa.Column('case_id', database.base.Id(length=26), nullable=False),
    sa.Column('matter_id', database.base.Id(length=26), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('issued_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('issued_by', database.base.Id(length=26), nullable=False),
    sa.Column('facts_sealed', database.base.Sealed(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_certificate_case_id_case_file')),
    sa.ForeignKeyConstraint(['issued_by'], ['account.id'], name=op.f('fk_certificate_issued_by_account')),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_certificate_matter_id_matter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate')),
    sa.UniqueConstraint('matter_id', 'kind', name=op.f('uq_certificate_matter_id_kind')),
    sa.UniqueConstraint('number', name=op.f('uq_certificate_number'))
    )
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificate_case_id'), ['case_id'], unique=False)

    op.create_table('choice',
    sa.Column('id', database.base.Id(length=26), nullable=False),
    sa.Column('matter_id', database.base.Id(length=26), nullable=False),
    sa.Column('choice', sa.String(length=24), nullable=False),
    sa.Column('told_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('channel', sa.String(length=12), nullable=False),
    sa.Column('account_id', database.base.Id(length=26), nullable=False),
    sa.Column('made_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_choice_account_id_account')),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_choice_matter_id_matter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_choice'))
    )
    with op.batch_alter_table('choice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_choice_matter_id'), ['matter_id'], unique=False)

    op.create_table('contact',
    sa.Column('id', database.base.Id(length=26), nullable=False),
    sa.Column('matter_id', database.base.Id(length=26), nullable=False),
    sa.Column('at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('channel', sa.String(length=12), nullable=False),
    sa.Column('reached', sa.Boolean(), nullable=False),
    sa.Column('account_id', database.base.Id(length=26), nullable=False),
    sa.Column('note_sealed', database.base.Sealed(), nullable=True),
    sa.Column('made_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_contact_account_id_account')),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_contact_matter_id_matter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact'))
    )
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contact_matter_id'), ['matter_id'], unique=False)

    op.create_table('matter_event',
    sa.Column('number', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('matter_id', database.base.Id(length=26), nullable=False),
    sa.Column('event', sa.String(length=24), nullable=False),
    sa.Column('state', sa.String(length=24), nullable=False),
    sa.Column('at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('actor', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_matter_event_matter_id_matter')),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_matter_event'))
    )
    with op.batch_alter_table('matter_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_matter_event_matter_id'), ['matter_id'], unique=False)

    op.create_table('meeting',
    sa.Column('id', database.base.Id(length=26), nullable=False),
    sa.Column('case_id', database.base.Id(length=26), nullable=False),
    sa.Column('matter_id', database.base.Id(length=26), nullable=False),
    sa.Column('mediator_id', database.base.Id(length=26), nullable=False),
    sa.Column('mode', sa.String(length=10), nullable=False),
    sa.Column('starts', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('ends', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('venue_id', database.base.Id(length=26), nullable=True),
    sa.Column('room_id', database.base.Id(length=26), nullable=True),
    sa.Column('exception', sa.String(length=32), nullable=True),
    sa.Column('exception_sealed', database.base.Sealed(), nullable=True),
    sa.Column('decided_by', database.base.Id(length=26), nullable=True),
    sa.Column('decided_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('waived_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('waived_by', database.base.Id(length=26), nullable=True),
    sa.Column('waived_channel', sa.String(length=12), nullable=True),
    sa.Column('made_by', database.base.Id(length=26), nullable=False),
    sa.Column('made_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('opened_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('ended_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('outcome', sa.String(length=20), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_meeting_case_id_case_file')),
    sa.ForeignKeyConstraint(['decided_by'], ['account.id'], name=op.f('fk_meeting_decided_by_account')),
    sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('fk_meeting_made_by_account')),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_meeting_matter_id_matter')),
    sa.ForeignKeyConstraint(['mediator_id'], ['account.id'], name=op.f('fk_meeting_mediator_id_account')),
    sa.ForeignKeyConstraint(['room_id'], ['venue_room.id'], name=op.f('fk_meeting_room_id_venue_room')),
    sa.ForeignKeyConstraint(['venue_id'], ['venue.id'], name=op.f('fk_meeting_venue_id_venue')),
    sa.ForeignKeyConstraint(['waived_by'], ['seat.id'], name=op.f('fk_meeting_waived_by_seat')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting'))
    )
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_matter_id'), ['matter_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_mediator_id'), ['mediator_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_starts'), ['starts'], unique=False)

    op.create_table('attendance',
    sa.Column('id', database.base.Id(length=26), nullable=False),
    sa.Column('meeting_id', database.base.Id(length=26), nullable=False),
    sa.Column('seat_id', database.base.Id(length=26), nullable=False),
    sa.Column('uid', sa.String(length=120), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('proof', sa.String(length=16), nullable=True),
    sa.Column('arrived_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('agreed_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('agreed_how', sa.String(length=8), nullable=True),
    sa.Column('agreed_witness', database.base.Id(length=26), nullable=True),
    sa.Column('admitted_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('admitted_by', database.base.Id(length=26), nullable=True),
    sa.Column('left_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('made_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['admitted_by'], ['account.id'], name=op.f('fk_attendance_admitted_by_account')),
    sa.ForeignKeyConstraint(['agreed_witness'], ['account.id'], name=op.f('fk_attendance_agreed_witness_account')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_attendance_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_attendance_seat_id_seat')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attendance')),
    sa.UniqueConstraint('meeting_id', 'seat_id', name=op.f('uq_attendance_meeting_id_seat_id')),
    sa.UniqueConstraint('uid', name=op.f('uq_attendance_uid'))
    )
    with op.batch_alter_table('attendance', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attendance_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attendance_seat_id'), ['seat_id'], unique=False)

    op.create_table('draft',
    sa.Column('id', database.base.Id(length=26), nullable=False),
    sa.Column('case_id', database.base.Id(length=26), nullable=False),
    sa.Column('meeting_id', database.base.Id(length=26), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('body_sealed', database.base.Sealed(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('made_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('made_by', database.base.Id(length=26), nullable=False),
    sa.Column('sent_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_draft_case_id_case_file')),
    sa.ForeignKeyConstraint(['made_by'], ['account.id'], name=op.f('fk_draft_made_by_account')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_draft_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft')),
    sa.UniqueConstraint('meeting_id', 'version', name=op.f('uq_draft_meeting_id_version'))
    )
    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_draft_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('floor',
    sa.Column('meeting_id', database.base.Id(length=26), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('wakes_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('saved_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_floor_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('meeting_id', name=op.f('pk_floor'))
    )
    with op.batch_alter_table('floor', schema=None) as batch_op:
        batch_op.create_index('ix_floor_wakes', ['wakes_at'], unique=False, sqlite_where=sa.text('wakes_at is not null'), postgresql_where=sa.text('wakes_at is not null'))

    op.create_table('floor_event',
    sa.Column('meeting_id', database.base.Id(length=26), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_floor_event_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('meeting_id', 'version', name=op.f('pk_floor_event'))
    )
    op.create_table('live_line',
    sa.Column('id', database.base.Id(length=26), nullable=False),
    sa.Column('meeting_id', database.base.Id(length=26), nullable=False),
    sa.Column('seat_key', sa.String(length=40), nullable=False),
    sa.Column('worker', sa.String(length=40), nullable=False),
    sa.Column('opened_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('seen_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_live_line_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_live_line'))
    )
    with op.batch_alter_table('live_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_live_line_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('media_identity',
    sa.Column('identity', sa.String(length=40), nullable=False),
    sa.Column('meeting_id', database.base.Id(length=26), nullable=False),
    sa.Column('seat_key', sa.String(length=40), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('minted_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('seen_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_media_identity_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('identity', name=op.f('pk_media_identity'))
    )
    with op.batch_alter_table('media_identity', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_media_identity_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('media_room',
    sa.Column('meeting_id', database.base.Id(length=26), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('claimed_until', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('made_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_media_room_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('meeting_id', name=op.f('pk_media_room')),
    sa.UniqueConstraint('name', name=op.f('uq_media_room_name'))
    )
    op.create_table('mark',
    sa.Column('id', database.base.Id(length=26), nullable=False),
    sa.Column('draft_id', database.base.Id(length=26), nullable=False),
    sa.Column('seat_id', database.base.Id(length=26), nullable=False),
    sa.Column('mark', sa.String(length=10), nullable=False),
    sa.Column('words_sealed', database.base.Sealed(), nullable=True),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('channel', sa.String(length=12), nullable=False),
    sa.Column('witness', database.base.Id(length=26), nullable=True),
    sa.Column('at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], name=op.f('fk_mark_draft_id_draft')),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_mark_seat_id_seat')),
    sa.ForeignKeyConstraint(['witness'], ['account.id'], name=op.f('fk_mark_witness_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mark')),
    sa.UniqueConstraint('draft_id', 'seat_id', name=op.f('uq_mark_draft_id_seat_id'))
    )
    with op.batch_alter_table('mark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mark_draft_id'), ['draft_id'], unique=False)

    op.create_table('record',
    sa.Column('id', database.base.Id(length=26), nullable=False),
    sa.Column('case_id', database.base.Id(length=26), nullable=False),
    sa.Column('meeting_id', database.base.Id(length=26), nullable=False),
    sa.Column('draft_id', database.base.Id(length=26), nullable=False),
    sa.Column('agreed_on', sa.Date(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('check_code', sa.String(length=12), nullable=False),
    sa.Column('sealed_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('sealed_by', database.base.Id(length=26), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_record_case_id_case_file')),
    sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], name=op.f('fk_record_draft_id_draft')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_record_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['sealed_by'], ['account.id'], name=op.f('fk_record_sealed_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_record')),
    sa.UniqueConstraint('draft_id', name=op.f('uq_record_draft_id')),
    sa.UniqueConstraint('meeting_id', name=op.f('uq_record_meeting_id'))
    )
    with op.batch_alter_table('record', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_record_case_id'), ['case_id'], unique=False)
    sqlite = op.get_context().dialect.name == "sqlite"
    for guard in GUARDS_SQLITE if sqlite else GUARDS_POSTGRESQL:
        op.execute(sa.text(guard.replace(":", "\\:")))


def downgrade() -> None:
    with op.batch_alter_table('record', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_record_case_id'))

    op.drop_table('record')
    with op.batch_alter_table('mark', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mark_draft_id'))

    op.drop_table('mark')
    op.drop_table('media_room')
    with op.batch_alter_table('media_identity', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_media_identity_meeting_id'))

    op.drop_table('media_identity')
    with op.batch_alter_table('live_line', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_live_line_meeting_id'))

    op.drop_table('live_line')
    op.drop_table('floor_event')
    with op.batch_alter_table('floor', schema=None) as batch_op:
        batch_op.drop_index('ix_floor_wakes', sqlite_where=sa.text('wakes_at is not null'), postgresql_where=sa.text('wakes_at is not null'))

    op.drop_table('floor')
    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_draft_case_id'))

    op.drop_table('draft')
    with op.batch_alter_table('attendance', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attendance_seat_id'))
        batch_op.drop_index(batch_op.f('ix_attendance_meeting_id'))

    op.drop_table('attendance')
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_starts'))
        batch_op.drop_index(batch_op.f('ix_meeting_mediator_id'))
        batch_op.drop_index(batch_op.f('ix_meeting_matter_id'))
        batch_op.drop_index(batch_op.f('ix_meeting_case_id'))

    op.drop_table('meeting')
    with op.batch_alter_table('matter_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_matter_event_matter_id'))

    op.drop_table('matter_event')
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contact_matter_id'))

    op.drop_table('contact')
    with op.batch_alter_table('choice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_choice_matter_id'))

    op.drop_table('choice')
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_certificate_case_id'))

    op.drop_table('certificate')
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assignment_matter_id'))
        batch_op.drop_index(batch_op.f('ix_assignment_account_id'))

    op.drop_table('assignment')
    with op.batch_alter_table('advice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_advice_matter_id'))

    op.drop_table('advice')
    with op.batch_alter_table('unfinished_enquiry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_unfinished_enquiry_changed_at'))

    op.drop_table('unfinished_enquiry')
    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_seat_email_digest'))
        batch_op.drop_index(batch_op.f('ix_seat_case_id'))

    op.drop_table('seat')
    with op.batch_alter_table('paper', schema=None) as batch_op:
        batch_op.drop_index('ix_paper_waiting', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
        batch_op.drop_index(batch_op.f('ix_paper_case_id'))

    op.drop_table('paper')
    with op.batch_alter_table('matter', schema=None) as batch_op:
        batch_op.drop_index('ix_matter_next_due', sqlite_where=sa.text('next_due_at is not null'), postgresql_where=sa.text('next_due_at is not null'))
        batch_op.drop_index(batch_op.f('ix_matter_case_id'))

    op.drop_table('matter')
    with op.batch_alter_table('staff_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_session_account_id'))

    op.drop_table('staff_session')
    with op.batch_alter_table('passkey', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_passkey_account_id'))

    op.drop_table('passkey')
    with op.batch_alter_table('case_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_file_authority_id'))

    op.drop_table('case_file')
    with op.batch_alter_table('venue_room', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_venue_room_venue_id'))

    op.drop_table('venue_room')
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_index('ix_message_waiting', sqlite_where=sa.text("state in ('queued', 'claimed', 'handing_over')"), postgresql_where=sa.text("state in ('queued', 'claimed', 'handing_over')"))
        batch_op.drop_index(batch_op.f('ix_message_seat_id'))
        batch_op.drop_index(batch_op.f('ix_message_case_id'))

    op.drop_table('message')
    with op.batch_alter_table('hours', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hours_diary_id'))

    op.drop_table('hours')
    with op.batch_alter_table('claim', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_claim_meeting_id'))
        batch_op.drop_index('ix_claim_diary_starts')

    op.drop_table('claim')
    op.drop_table('authority')
    op.drop_table('account')
    with op.batch_alter_table('absence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_absence_diary_id'))

    op.drop_table('absence')
    op.drop_table('webhook_event')
    op.drop_table('venue')
    with op.batch_alter_table('seat_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_seat_session_seat_id'))

    op.drop_table('seat_session')
    op.drop_table('round_lease')
    with op.batch_alter_table('link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_link_seat_id'))
        batch_op.drop_index(batch_op.f('ix_link_attendance_id'))

    op.drop_table('link')
    op.drop_table('form_key')
    op.drop_table('diary')
    op.drop_table('data_key')
    op.drop_table('counter')
    op.drop_table('closure')
    with op.batch_alter_table('challenge', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_challenge_subject'))

    op.drop_table('challenge')
    op.drop_table('audit_head')
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_at'))

    op.drop_table('audit')
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.drop_index('ix_attempt_bucket_at')

    op.drop_table('attempt')
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_is_kept()")
