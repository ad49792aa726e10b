"""Colleagues beside the mediator of a meeting, each side's yes to a trainee, and what was told there and not answered.

New tables alone, so that the code before runs on them.
"""

from alembic import op
import sqlalchemy as sa
import database.base

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('escalation',
    sa.Column('meeting_id', database.base.Id(length=26), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('told_at', database.base.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_escalation_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('meeting_id', 'number', name=op.f('pk_escalation'))
    )
    with op.batch_alter_table('escalation', schema=None) as batch_op:
        batch_op.create_index('ix_escalation_untold', ['at'], unique=False, sqlite_where=sa.text('told_at is null'), postgresql_where=sa.text('told_at is null'))

    op.create_table('meeting_staff',
    sa.Column('id', database.base.Id(length=26), nullable=False),
    sa.Column('meeting_id', database.base.Id(length=26), nullable=False),
    sa.Column('account_id', database.base.Id(length=26), nullable=False),
    sa.Column('part', sa.String(length=12), nullable=False),
    sa.Column('added_by', database.base.Id(length=26), nullable=False),
    sa.Column('added_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_meeting_staff_account_id_account')),
    sa.ForeignKeyConstraint(['added_by'], ['account.id'], name=op.f('fk_meeting_staff_added_by_account')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_staff_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_staff')),
    sa.UniqueConstraint('meeting_id', 'account_id', name=op.f('uq_meeting_staff_meeting_id_account_id')),
    sa.UniqueConstraint('meeting_id', 'part', name=op.f('uq_meeting_staff_meeting_id_part'))
    )
    with op.batch_alter_table('meeting_staff', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_staff_account_id'), ['account_id'], unique=False)

    op.create_table('trainee_yes',
    sa.Column('staff_id', database.base.Id(length=26), nullable=False),
    sa.Column('side', sa.String(length=12), nullable=False),
    sa.Column('asked_by', database.base.Id(length=26), nullable=False),
    sa.Column('said_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['asked_by'], ['account.id'], name=op.f('fk_trainee_yes_asked_by_account')),
    sa.ForeignKeyConstraint(['staff_id'], ['meeting_staff.id'], name=op.f('fk_trainee_yes_staff_id_meeting_staff')),
    sa.PrimaryKeyConstraint('staff_id', 'side', name=op.f('pk_trainee_yes'))
    )


def downgrade() -> None:
    op.drop_table('trainee_yes')
    with op.batch_alter_table('meeting_staff', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_staff_account_id'))

    op.drop_table('meeting_staff')
    with op.batch_alter_table('escalation', schema=None) as batch_op:
        batch_op.drop_index('ix_escalation_untold', sqlite_where=sa.text('told_at is null'), postgresql_where=sa.text('told_at is null'))

    op.drop_table('escalation')
