"""How each receiver fares: since when it fails, whether the operator knows, how long it asked to be left alone."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "receiver",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("failing_since", sa.DateTime(), nullable=True),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.Column("quiet_until", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
