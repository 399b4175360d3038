"""where the last part of an answer stands in its chat"""

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('exchanges', sa.Column('place', sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column('exchanges', 'place')
