"""what Telegram brought to the webhook"""

import sqlalchemy as sa
from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('telegram_updates',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('handled_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_telegram_updates'))
    )
    op.create_index(op.f('ix_telegram_updates_received_at'), 'telegram_updates', ['received_at'], unique=False)


def downgrade() -> None:
    op.drop_table('telegram_updates')
