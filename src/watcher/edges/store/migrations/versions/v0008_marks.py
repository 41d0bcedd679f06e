"""The marks of a feed's entries, by which they are known before they are parsed; from before there are none."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("source", sa.Column("marks", sa.String(), nullable=True))
