"""what became of an answer that is brought to a chat; those of before count as brought"""

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('exchanges', sa.Column('due_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('exchanges', sa.Column('claimed_until', sa.DateTime(timezone=True), nullable=True))
    op.add_column('exchanges', sa.Column('tries', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('exchanges', sa.Column('arrived', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('exchanges', sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('exchanges', sa.Column('problem', sa.String(length=60), nullable=True))
    op.create_index(op.f('ix_exchanges_due_at'), 'exchanges', ['due_at'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_exchanges_due_at'), 'exchanges')
    for name in ('due_at', 'claimed_until', 'tries', 'arrived', 'delivered_at', 'problem'):
        op.drop_column('exchanges', name)
