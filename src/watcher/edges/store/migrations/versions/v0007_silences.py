"""Silences, and the rows of the outbox that they hide."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "silence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("receivers", sa.JSON(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_silence_ended_at", "silence", ["ended_at"])
    with op.batch_alter_table("delivery") as delivery:
        delivery.add_column(sa.Column("silence_id", sa.Integer(), nullable=True))
        delivery.create_foreign_key("fk_delivery_silence_id", "silence", ["silence_id"], ["id"])
        delivery.create_index("ix_delivery_silence_id", ["silence_id"])
