"""The floor is sealed with its case: it holds names, notes of hands, text turns and a recap.

Expand: `state_sealed` comes beside `state`. A migration has no key to seal with, and a floor lives for one sitting, so
the text of a floor from before is read once more, and emptied by the turn that next writes it, sealed. A worker of the
version before finds no text in a floor that was written since, and answers that the room is not open: its screens come
back by themselves and meet a worker of this version. The next migration contracts: it takes `state` away, with what is
left in it of sittings that were over by now.
"""

from alembic import op
import sqlalchemy as sa
import database.base

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('floor', schema=None) as batch_op:
        batch_op.add_column(sa.Column('state_sealed', database.base.Sealed(), nullable=True))
        batch_op.alter_column('state', existing_type=sa.Text(), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM floor WHERE state IS NULL")
    with op.batch_alter_table('floor', schema=None) as batch_op:
        batch_op.alter_column('state', existing_type=sa.Text(), nullable=False)
        batch_op.drop_column('state_sealed')
