"""What lives around the days: overridden verdicts, mappings of other programs' files, shaped jobs, members."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_SEQ = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the tables of the second version."""
    op.create_table(
        "verdict_override",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("site", sa.String, sa.ForeignKey("site.id"), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("seq", _SEQ, nullable=False),
    )
    op.create_index("override_of_site", "verdict_override", ["site"])
    op.create_table(
        "mapping",
        sa.Column("site", sa.String, primary_key=True),
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "draft",
        sa.Column("site", sa.String, sa.ForeignKey("site.id"), primary_key=True),
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("who", sa.String, nullable=False),
        sa.Column("at", sa.String, nullable=False),
    )
    op.create_table(
        "member",
        sa.Column("subject", sa.String, primary_key=True),
        sa.Column("label", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("sites", sa.Text),
    )
