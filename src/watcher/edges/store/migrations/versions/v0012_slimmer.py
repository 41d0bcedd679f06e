"""What nobody asks is written no more: positions beside the votes that say them, an index; traces are kept twice."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.drop_table("position")
    op.drop_index("ix_delivery_due_at", "delivery")
    op.drop_index("ix_delivery_state", "delivery")
    op.create_index("ix_delivery_state_receiver_due_at", "delivery", ["state", "receiver", "due_at"])
    op.drop_index("ix_trace_trace_at", "trace")
    op.rename_table("trace", "trace_before")
    op.create_table(
        "trace",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("trace", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"]),
        sa.PrimaryKeyConstraint("story_id", "trace"),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO trace SELECT story_id, trace, at FROM trace_before ORDER BY story_id, trace")
    op.drop_table("trace_before")
    op.create_index("ix_trace_trace_at", "trace", ["trace", "at", "story_id"])
