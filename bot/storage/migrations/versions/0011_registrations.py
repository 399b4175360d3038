"""who looks like somebody else, whose address is proven, what was decided"""

import sqlalchemy as sa
from alembic import op


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

ONE_ADDRESS = 'uq_registrations_intake_email_index'
ONE_PERSON = 'uq_registrations_intake_email_index_name_index'
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    # Names of before have no index: those rows were one to an address, and are compared unsealed.
    with op.batch_alter_table('registrations') as table:
        table.add_column(sa.Column('name_index', sa.String(length=64), server_default='', nullable=False))
        table.add_column(sa.Column('looks_like', sa.String(length=20), nullable=True))
        table.add_column(sa.Column('likeness', sa.String(length=20), nullable=True))
        table.add_column(sa.Column('needs_proof', sa.Boolean(), server_default=sa.false(), nullable=False))
        table.add_column(sa.Column('takes_place', sa.Boolean(), server_default=sa.false(), nullable=False))
        table.add_column(sa.Column('proof_digits', sa.String(length=64), nullable=True))
        table.add_column(sa.Column('proof_tries', sa.Integer(), server_default='0', nullable=False))
        table.add_column(sa.Column('proven_at', MOMENT, nullable=True))
        table.add_column(sa.Column('vouched_at', MOMENT, nullable=True))
        table.add_column(sa.Column('decision', sa.String(length=20), nullable=True))
        table.add_column(sa.Column('decision_reason', sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column('decided_at', MOMENT, nullable=True))
        table.drop_constraint(ONE_ADDRESS, type_='unique')
        table.create_unique_constraint(ONE_PERSON, ['intake', 'email_index', 'name_index'])
    op.execute("UPDATE registrations SET takes_place = true WHERE status IN ('registered', 'review')")
    with op.batch_alter_table('intakes') as table:
        table.add_column(sa.Column('sequence', sa.Integer(), server_default='0', nullable=False))
        table.add_column(sa.Column('changed_at', MOMENT, nullable=True))
    op.execute('UPDATE intakes SET sequence = 1 WHERE starts_on IS NOT NULL OR closes_on IS NOT NULL')


def downgrade() -> None:
    with op.batch_alter_table('intakes') as table:
        table.drop_column('changed_at')
        table.drop_column('sequence')
    with op.batch_alter_table('registrations') as table:
        table.drop_constraint(ONE_PERSON, type_='unique')
        table.create_unique_constraint(ONE_ADDRESS, ['intake', 'email_index'])
        for name in (
            'decided_at', 'decision_reason', 'decision', 'vouched_at', 'proven_at', 'proof_tries',
            'proof_digits', 'takes_place', 'needs_proof', 'likeness', 'looks_like', 'name_index',
        ):
            table.drop_column(name)
