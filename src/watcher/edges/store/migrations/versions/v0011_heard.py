"""What the reports of a story say is kept with it in short; of those from before it is made when it is asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("story", sa.Column("heard", sa.String(), nullable=True))
