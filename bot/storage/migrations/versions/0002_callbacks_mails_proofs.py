"""call-back requests, outgoing mail, proofs of identity, and what was erased"""

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('callbacks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('conversation_id', sa.String(length=64), nullable=False),
    sa.Column('way', sa.String(length=10), nullable=False),
    sa.Column('address', sa.LargeBinary(), nullable=False),
    sa.Column('name', sa.LargeBinary(), nullable=True),
    sa.Column('moment', sa.LargeBinary(), nullable=True),
    sa.Column('question', sa.LargeBinary(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_callbacks')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_callbacks_conversation_id'), 'callbacks', ['conversation_id'], unique=False)
    op.create_table('mails',
    sa.Column('id', sa.String(length=40), nullable=False),
    sa.Column('conversation_id', sa.String(length=64), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('problem', sa.String(length=60), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mails'))
    )
    op.create_index(op.f('ix_mails_conversation_id'), 'mails', ['conversation_id'], unique=False)
    op.create_index(op.f('ix_mails_due_at'), 'mails', ['due_at'], unique=False)
    op.create_table('proofs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('conversation_id', sa.String(length=64), nullable=False),
    sa.Column('registration_code', sa.String(length=20), nullable=True),
    sa.Column('digits', sa.String(length=64), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('proven_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proofs')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_proofs_conversation_id'), 'proofs', ['conversation_id'], unique=False)
    op.create_index(op.f('ix_proofs_registration_code'), 'proofs', ['registration_code'], unique=False)
    op.create_table('erasures',
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('conversation_id', sa.String(length=64), nullable=False),
    sa.Column('registration_code', sa.String(length=20), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_erasures'))
    )


def downgrade() -> None:
    for table in ('erasures', 'proofs', 'mails', 'callbacks'):
        op.drop_table(table)
