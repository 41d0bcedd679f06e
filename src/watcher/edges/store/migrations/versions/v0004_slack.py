"""An alert in the form that Slack shows; those from before have none, and are shown as text."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("alert", sa.Column("slack", sa.JSON(), nullable=False, server_default="[]"))
