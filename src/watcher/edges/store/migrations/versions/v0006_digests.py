"""Several alerts go as one message: which rows of the outbox a digest settles, and what a person wants sent at once."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    with op.batch_alter_table("delivery") as delivery:
        delivery.add_column(sa.Column("digest_id", sa.Integer(), nullable=True))
        delivery.add_column(sa.Column("by_hand", sa.Boolean(), nullable=False, server_default=sa.false()))
        delivery.create_foreign_key("fk_delivery_digest_id", "alert", ["digest_id"], ["id"])
        delivery.create_index("ix_delivery_digest_id", ["digest_id"])
        delivery.drop_index("ix_delivery_receiver")
        delivery.create_index("ix_delivery_receiver_sent_at", ["receiver", "sent_at"])
