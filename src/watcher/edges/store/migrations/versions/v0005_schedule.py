"""What decides when a feed is polled, and the history of what happened to it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    for column in (
        sa.Column("failing_since", sa.DateTime(), nullable=True),
        sa.Column("unreached_since", sa.DateTime(), nullable=True),
        sa.Column("interval", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(), nullable=False, server_default=""),
        sa.Column("pace", sa.Float(), nullable=True),
        sa.Column("counted_at", sa.DateTime(), nullable=True),
        sa.Column("last_entry_at", sa.DateTime(), nullable=True),
        sa.Column("gap_at", sa.DateTime(), nullable=True),
        sa.Column("renamed_at", sa.DateTime(), nullable=True),
        sa.Column("clock_off", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("moved_to", sa.String(), nullable=True),
        sa.Column("asks", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("told", sa.String(), nullable=True),
    ):
        op.add_column("source", column)
    op.create_index("ix_source_unreached_since_polled_at", "source", ["unreached_since", "polled_at"])
    op.create_table(
        "history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("says", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_history_source_at", "history", ["source", "at"])
    op.create_index("ix_history_at", "history", ["at"])
    op.create_index("ix_article_source_published_at", "article", ["source", "published_at", "seen_at"])
    op.create_index("ix_page_fetched_at", "page", ["fetched_at"])
    op.execute("UPDATE source SET failing_since = coalesce(succeeded_at, polled_at) WHERE failures > 0")
