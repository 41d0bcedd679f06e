"""When a source is polled moves to a table of its own: each poll writes it, and the rest is long."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_MOVED = ("next_poll_at", "leased_until", "polled_at", "succeeded_at", "unreached_since", "interval", "why")


def upgrade() -> None:
    op.create_table(
        "turn",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("next_poll_at", sa.DateTime(), nullable=False),
        sa.Column("leased_until", sa.DateTime(), nullable=True),
        sa.Column("polled_at", sa.DateTime(), nullable=True),
        sa.Column("succeeded_at", sa.DateTime(), nullable=True),
        sa.Column("unreached_since", sa.DateTime(), nullable=True),
        sa.Column("interval", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["source"], ["source.name"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("source"),
    )
    columns = ", ".join(_MOVED)
    op.execute(f"INSERT INTO turn (source, {columns}) SELECT name, {columns} FROM source")
    op.create_index("ix_turn_next_poll_at", "turn", ["next_poll_at"])
    op.create_index("ix_turn_unreached_since_polled_at", "turn", ["unreached_since", "polled_at"])
    op.drop_index("ix_source_next_poll_at", "source")
    op.drop_index("ix_source_unreached_since_polled_at", "source")
    with op.batch_alter_table("source") as source:
        for column in _MOVED:
            source.drop_column(column)
