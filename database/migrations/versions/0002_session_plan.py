"""The plan of a sitting, made before it."""

from alembic import op
import sqlalchemy as sa
import database.base

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('session_plan',
    sa.Column('meeting_id', database.base.Id(length=26), nullable=False),
    sa.Column('key_id', database.base.Id(length=26), nullable=False),
    sa.Column('body_sealed', database.base.Sealed(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('made_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('changed_at', database.base.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['key_id'], ['data_key.id'], name=op.f('fk_session_plan_key_id_data_key')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_session_plan_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('meeting_id', name=op.f('pk_session_plan'))
    )


def downgrade() -> None:
    op.drop_table('session_plan')
