"""The floor's clear text goes: what 0004 began is brought to its end.

Contract: `state` is taken away, and every floor is sealed. A floor that was never written since 0004 is still in clear.
Of a sitting that is over, nobody reads it any more, and it goes with the column. Of one that goes on it is needed: the
migration is refused, nothing is changed, and the message says what to do. A worker of the version before asks for the
column that is gone and can show no room: stop those first, as for every contract.
"""

from alembic import op
import sqlalchemy as sa
import database.base

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


class FloorInClear(RuntimeError):  # noqa: N818 - it names what was found
    """A sitting that goes on has a floor which was not sealed yet."""


GOING_ON = """
    SELECT count(*) FROM floor JOIN meeting ON meeting.id = floor.meeting_id
    WHERE floor.state_sealed IS NULL AND meeting.state NOT IN ('concluded', 'cancelled')
"""


def upgrade() -> None:
    if going_on := op.get_bind().execute(sa.text(GOING_ON)).scalar_one():
        raise FloorInClear(
            f"{going_on} of the open meetings have a floor that is not sealed yet. Nothing was changed. "
            "Start the version before this one, conclude these meetings or go on with them by one turn, and try again."
        )
    op.execute("DELETE FROM floor WHERE state_sealed IS NULL")
    with op.batch_alter_table('floor', schema=None) as batch_op:
        batch_op.drop_column('state')
        batch_op.alter_column('state_sealed', existing_type=database.base.Sealed(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table('floor', schema=None) as batch_op:
        batch_op.alter_column('state_sealed', existing_type=database.base.Sealed(), nullable=True)
        batch_op.add_column(sa.Column('state', sa.Text(), nullable=True))
