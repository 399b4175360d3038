"""what is marked before it is wiped, and the newest time seen"""

import sqlalchemy as sa
from alembic import op


revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('seen_time',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('newest', sa.DateTime(timezone=True), nullable=True),
    sa.Column('doubt_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('doubt_last', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seen_time'))
    )
    for table in ('conversations', 'registrations', 'callbacks'):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column('marked_at', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('registrations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('erasures', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(length=20), nullable=True))
    op.execute("UPDATE registrations SET withdrawn_at = updated_at WHERE status = 'withdrawn'")


def downgrade() -> None:
    with op.batch_alter_table('erasures', schema=None) as batch_op:
        batch_op.drop_column('kind')
    with op.batch_alter_table('registrations', schema=None) as batch_op:
        batch_op.drop_column('withdrawn_at')
    for table in ('conversations', 'registrations', 'callbacks'):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column('marked_at')
    op.drop_table('seen_time')
