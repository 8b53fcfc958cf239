"""Sites, days with their rows and persons, the record of every change, and clashes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_SEQ = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables of the first version."""
    op.create_table("meta", sa.Column("name", sa.String, primary_key=True), sa.Column("value", sa.Text, nullable=False))
    op.create_table(
        "site",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("constructed", sa.Boolean, nullable=False),
        sa.Column("tasks", sa.Text, nullable=False),
        sa.Column("reported", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    _days()
    _record()
    _guard()


def _days() -> None:
    op.create_table(
        "day",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("site", sa.String, sa.ForeignKey("site.id"), nullable=False),
        sa.Column("date", sa.String, nullable=False),
        sa.Column("unit", sa.String, nullable=False),
        sa.Column("observer", sa.String, nullable=False),
        sa.Column("complete", sa.Boolean, nullable=False),
        sa.Column("removed", sa.Boolean, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("head_version", sa.Integer, nullable=False),
        sa.Column("head_seq", _SEQ, nullable=False),
        sa.Column("people", sa.Integer, nullable=False),
    )
    op.create_index("day_of_site", "day", ["site", "date"])
    op.create_table(
        "day_row",
        sa.Column("day", sa.String, sa.ForeignKey("day.key"), primary_key=True),
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("position", sa.Double, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer),
        sa.Column("task", sa.String, nullable=False),
        sa.Column("staff", sa.Text, nullable=False),
        sa.Column("trigger", sa.String),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("seq", _SEQ, nullable=False),
        sa.Column("removed", sa.Boolean, nullable=False),
    )
    op.create_table(
        "day_person",
        sa.Column("day", sa.String, sa.ForeignKey("day.key"), primary_key=True),
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("on_duty", sa.Text, nullable=False),
        sa.Column("seq", _SEQ, nullable=False),
        sa.Column("removed", sa.Boolean, nullable=False),
    )


def _record() -> None:
    op.create_table(
        "change",
        sa.Column("seq", _SEQ, primary_key=True, autoincrement=True),
        sa.Column("edit", sa.String, nullable=False, unique=True),
        sa.Column("site", sa.String),
        sa.Column("day", sa.String),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("who", sa.String, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("of", _SEQ),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("done", sa.Boolean, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("change_of_day", "change", ["day", "seq"])
    op.create_index("change_of_person", "change", ["day", "who", "seq"])
    op.create_index("change_of_site", "change", ["site", "kind", "seq"])
    op.create_table(
        "clash",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("day", sa.String, sa.ForeignKey("day.key"), nullable=False),
        sa.Column("seq", _SEQ, sa.ForeignKey("change.seq"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("settled", _SEQ),
    )
    op.create_index("clash_of_day", "clash", ["day", "settled"])
    op.create_index("clash_of_change", "clash", ["seq"])


def _guard() -> None:
    """The record is only ever added to, whoever writes to the database."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER change_no_{verb.lower()} BEFORE {verb} ON change "
                "BEGIN SELECT RAISE(ABORT, 'the record is only ever added to'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION carveout_keep_record() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the record is only ever added to'; END $$"
    )
    op.execute(
        "CREATE TRIGGER change_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON change "
        "FOR EACH STATEMENT EXECUTE FUNCTION carveout_keep_record()"
    )
