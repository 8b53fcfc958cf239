"""The tables, as SQLAlchemy Core sees them. `migrations` makes them; a test holds the two against each other.

`change` is the record: only ever added to, the truth. The other tables say what stands now and are written in the same
transaction. Rows and persons taken away stay as tombstones, so that bringing one back finds its place and number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    RowMapping,
    String,
    Table,
    Text,
)

# One line of a table by the names of its columns: as the database gives it, or as an export holds it.
Line: TypeAlias = RowMapping | Mapping[str, Any]
metadata = MetaData()
# SQLite numbers by itself only what is exactly INTEGER PRIMARY KEY.
_SEQ = BigInteger().with_variant(Integer, "sqlite")

meta = Table(
    "meta",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)

site = Table(
    "site",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("name", String, nullable=False),
    Column("constructed", Boolean, nullable=False),
    Column("tasks", Text, nullable=False),
    Column("reported", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
)

day = Table(
    "day",
    metadata,
    Column("key", String, primary_key=True),
    Column("site", ForeignKey("site.id"), nullable=False),
    Column("date", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("observer", String, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("removed", Boolean, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("head_version", Integer, nullable=False),
    Column("head_seq", _SEQ, nullable=False),
    Column("people", Integer, nullable=False),
    Index("day_of_site", "site", "date"),
)

day_row = Table(
    "day_row",
    metadata,
    Column("day", ForeignKey("day.key"), primary_key=True),
    Column("id", String, primary_key=True),
    Column("position", Double, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer),
    Column("task", String, nullable=False),
    Column("staff", Text, nullable=False),
    Column("trigger", String),
    Column("note", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("seq", _SEQ, nullable=False),
    Column("removed", Boolean, nullable=False),
)

day_person = Table(
    "day_person",
    metadata,
    Column("day", ForeignKey("day.key"), primary_key=True),
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("role", String, nullable=False),
    Column("on_duty", Text, nullable=False),
    Column("seq", _SEQ, nullable=False),
    Column("removed", Boolean, nullable=False),
)

change = Table(
    "change",
    metadata,
    Column("seq", _SEQ, primary_key=True, autoincrement=True),
    Column("edit", String, nullable=False, unique=True),
    Column("site", String),
    Column("day", String),
    Column("kind", String, nullable=False),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("what", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("of", _SEQ),
    Column("revision", Integer, nullable=False),
    Column("done", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    Index("change_of_day", "day", "seq"),
    Index("change_of_person", "day", "who", "seq"),
    Index("change_of_site", "site", "kind", "seq"),
    sqlite_autoincrement=True,
)

clash = Table(
    "clash",
    metadata,
    Column("id", String, primary_key=True),
    Column("day", ForeignKey("day.key"), nullable=False),
    Column("seq", ForeignKey("change.seq"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("settled", _SEQ),
    Index("clash_of_day", "day", "settled"),
    Index("clash_of_change", "seq"),
)

verdict_override = Table(
    "verdict_override",
    metadata,
    Column("id", String, primary_key=True),
    Column("site", ForeignKey("site.id"), nullable=False),
    Column("body", Text, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("seq", _SEQ, nullable=False),
    Index("override_of_site", "site"),
)

mapping = Table(
    "mapping",
    metadata,
    Column("site", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("text", Text, nullable=False),
)

draft = Table(
    "draft",
    metadata,
    Column("site", ForeignKey("site.id"), primary_key=True),
    Column("name", String, primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Column("who", String, nullable=False),
    Column("at", String, nullable=False),
)

member = Table(
    "member",
    metadata,
    Column("subject", String, primary_key=True),
    Column("label", String, nullable=False),
    Column("role", String, nullable=False),
    Column("sites", Text),
)

paper = Table(
    "paper",
    metadata,
    Column("kind", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("site", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("who", String, nullable=False),
    Column("at", String, nullable=False),
    Column("removed", Boolean, nullable=False),
    Index("paper_of_kind", "kind", "site"),
)
