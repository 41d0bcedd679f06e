"""Articles that are kept no longer leave their keys behind, by which their feed's entries are still known."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "former",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("gone_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("source", "key"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_former_source_digest", "former", ["source", "digest"])
    op.drop_index("ix_article_story_id", "article")
    op.create_index("ix_article_story_id_seen_at", "article", ["story_id", "seen_at"])
