"""Votes get rows of their own, stories an index and a way to be merged, and pages a place."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("story_id", "number"),
    )
    op.create_index("ix_vote_at", "vote", ["at"])
    op.create_table(
        "position",
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"]),
        sa.PrimaryKeyConstraint("vote_id", "country"),
    )
    op.create_index("ix_position_country", "position", ["country"])
    op.create_table(
        "trace",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("trace", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"]),
        sa.PrimaryKeyConstraint("story_id", "trace"),
    )
    op.create_index("ix_trace_trace_at", "trace", ["trace", "at", "story_id"])
    op.create_table(
        "page",
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("url"),
    )
    _move_votes()
    with op.batch_alter_table("story") as story:
        story.drop_column("votes")
        story.add_column(sa.Column("merged_into", sa.Integer(), nullable=True))
        story.create_foreign_key("fk_story_merged_into", "story", ["merged_into"], ["id"])
    with op.batch_alter_table("article") as article:
        article.add_column(sa.Column("rank", sa.Integer(), nullable=False, server_default="0"))
        article.add_column(sa.Column("by_hand", sa.Boolean(), nullable=False, server_default=sa.false()))


def _move_votes() -> None:
    """The votes of each story become rows, and the words by which it is known its index."""
    connection = op.get_bind()
    stories = connection.execute(sa.text("SELECT id, first_at, words, votes FROM story")).all()
    for story_id, first_at, words, votes in stories:
        known = {"story_id": story_id, "at": first_at}
        for number, facts in enumerate(json.loads(votes)):
            vote_id = connection.execute(
                sa.text(
                    "INSERT INTO vote (story_id, number, at, facts) VALUES (:story_id, :number, :at, :facts)"
                ),
                {**known, "number": number, "facts": json.dumps(facts)},
            ).lastrowid
            for country, position in facts.get("positions", {}).items():
                connection.execute(
                    sa.text("INSERT INTO position VALUES (:vote_id, :country, :position)"),
                    {"vote_id": vote_id, "country": country, "position": position},
                )
        for word in set(json.loads(words)):
            connection.execute(
                sa.text("INSERT INTO trace (story_id, trace, at) VALUES (:story_id, :trace, :at)"),
                {**known, "trace": word},
            )
