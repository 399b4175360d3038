"""turns and the buttons under them"""

import sqlalchemy as sa
from alembic import op


revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('buttons', schema=None) as batch_op:
        batch_op.add_column(sa.Column('turn', sa.String(length=40), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('buttons', schema=None) as batch_op:
        batch_op.drop_column('turn')
