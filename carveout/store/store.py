"""The store as the rest of the program sees it: one object, one transaction per call, safe from several threads.

Every writing call takes `by`, is whole or not at all, and is on the disk when it returns. Every call may raise
`StoreError`; where `.retry` says so, the same call may succeed later, and an edit of the same id is written once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from secrets import token_urlsafe
from typing import TypeVar

from sqlalchemy import Connection, insert, select

from carveout.model import VerdictOverride
from carveout.store import (
    checking,
    clashes,
    days,
    exporting,
    importing,
    keeping,
    opening,
    overriding,
    papers,
    record_of_changes,
    renaming,
    restoring,
    saving,
    site_record,
    sites,
    tables,
)
from carveout.store.access import Member
from carveout.store.database import Database
from carveout.store.records import (
    By,
    Clash,
    DayHead,
    DayInfo,
    Edit,
    How,
    ImportedDays,
    Keep,
    Paper,
    Recorded,
    Renamed,
    Saved,
    SiteInfo,
    StoredDay,
    StoredDraft,
)
from carveout.store.site_record import SiteEntry
from carveout.workday.record import SiteHead, Workday

_Result = TypeVar("_Result")


def open_store(url: str | None = None, *, patience: float = 5.0) -> Store:
    """The store of an address, made or brought up to date where need be. Raises StoreError.

    url: a SQLite file's path or postgresql://...; None: the environment's CARVEOUT_STORE, else a file of this user's.
    patience: seconds to wait for another writer before saying so.
    """
    return Store(opening.opened(url, patience))


class Store:
    """Sites, days, and the record of every change. Made by `open_store`."""

    def __init__(self, database: Database):
        self.database = database
        self.id = database.read(_identity) or database.write(_name)

    def close(self) -> None:
        """Give the database back."""
        self.database.close()

    @property
    def place(self) -> str:
        """Where the store is, without a password."""
        return self.database.url.render_as_string(hide_password=True)

    # Sites

    def sites(self) -> tuple[SiteInfo, ...]:
        """Every site, by id."""
        return self.database.read(sites.infos)

    def site(self, site: str) -> SiteHead:
        """What is known of a site besides its days."""
        return self.database.read(lambda connection: sites.head_of(sites.line_of(connection, site)))

    def put_site(self, head: SiteHead, by: By, version: int | None = None) -> int:
        """Enter or change a site; gives its version. version: the one it was read at, so that nothing newer is lost."""
        checking.site(head)
        return self._write(by, lambda connection: sites.put(connection, head, by, version))

    def revision(self, site: str) -> int:
        """A number that changes whenever anything analysed of the site changes. Cheap."""
        return self.database.read(lambda connection: sites.revision(connection, site))

    def rename_task(self, site: str, old: str, new: str, by: By) -> Renamed:
        """Give a task of a site another name: rows, declaration, reports and overrides go along, all in the record."""
        for name in (old, new):
            checking.line(name, checking.TASK)
        return self._write(by, lambda connection: renaming.rename(connection, site, old, new, by))

    def overrides(self, site: str) -> tuple[VerdictOverride, ...]:
        """What coordinators say over the rules at a site, the oldest first."""
        return self.database.read(lambda connection: overriding.standing(connection, site))

    def put_override(self, override: VerdictOverride, by: By) -> VerdictOverride:
        """Put an override, or change the one of its id; gives it with its id, who and when."""
        checking.override(override)
        return self._write(by, lambda connection: overriding.put(connection, override, by))

    def withdraw_override(self, override: str, by: By, why: str = "") -> None:
        """Let the rule speak again; the record keeps what was said."""
        checking.note(why, checking.WHY)
        self._write(by, lambda connection: overriding.withdraw(connection, override, by, why))

    # Days

    def days(self, site: str, *, removed: bool = False) -> tuple[DayInfo, ...]:
        """The days of a site by date, unit and observer; `removed` lists those taken away instead."""
        return self.database.read(lambda connection: days.infos(connection, site, removed=removed))

    def open_day(self, day: Workday, by: By) -> str:
        """The key of the day of this date, unit and observer; where there is none, one is made of what `day` holds."""
        head = DayHead.of(day)
        checking.head(head)
        checking.rows(day.rows)
        return self._write(by, lambda connection: saving.open_day(connection, day, by))

    def day(self, key: str) -> StoredDay:
        """A day as it stands."""
        return self.database.read(lambda connection: days.stored(connection, days.head_of(connection, key)))

    def save(self, key: str, edit: Edit, by: By) -> Saved:
        """Write an edit to a day. A repeated edit id gives the first answer and writes nothing.

        What fits is written. A change whose `before` is not what stands is kept as a clash until it is resolved.
        """
        checking.edit(edit)
        return self._write(by, lambda connection: saving.save(connection, key, edit, by))

    def undo(self, key: str, by: By, edit: str = "") -> Saved:
        """Take back the latest step of this person on this day that stands; `edit` makes a repeated call harmless.

        Not done and no clash: there is nothing to take back. Not done with clashes: somebody has built upon the step,
        so it stays (and the next undo takes the step before it).
        """
        return self._step(key, by, edit, saving.undo)

    def redo(self, key: str, by: By, edit: str = "") -> Saved:
        """Do again what this person undid last on this day; answers as `undo` does."""
        return self._step(key, by, edit, saving.redo)

    def can_undo(self, key: str, by: By) -> bool:
        """Whether this person has a step to take back on this day."""
        return bool(self.database.read(lambda connection: record_of_changes.steps(connection, key, by)).undo)

    def can_redo(self, key: str, by: By) -> bool:
        """Whether this person has undone a step that can be done again."""
        return bool(self.database.read(lambda connection: record_of_changes.steps(connection, key, by)).redo)

    def history(self, key: str, limit: int | None = None) -> tuple[Recorded, ...]:
        """The record of a day, the latest entry first."""
        return self.database.read(lambda connection: record_of_changes.history(connection, key, limit))

    def site_history(self, site: str, limit: int = 200) -> tuple[SiteEntry, ...]:
        """What was written about a site beside its days, the latest entry first."""
        return self.database.read(lambda connection: site_record.site_history(connection, site, limit))

    def clashes(self, key: str) -> tuple[Clash, ...]:
        """What two people wanted of one row of this day and nobody has settled, the oldest first."""
        return self.database.read(lambda connection: clashes.open_clashes(connection, key))

    def resolve(self, clash: Clash | str, keep: Keep, by: By) -> Saved:
        """Settle a clash: `mine` over what stands, `theirs` as it stands, or `both`, mine as a row of its own."""
        name = clash if isinstance(clash, str) else clash.id
        return self._write(by, lambda connection: clashes.settle(connection, name, keep, by))

    def import_days(self, head: SiteHead, days: Sequence[Workday], by: By, *, how: How = "skip") -> ImportedDays:
        """Take days in, all or none. how: what becomes of a day that is there already (same date, unit, observer).

        skip: it stays as it is. replace: it holds what is given, which one can undo. beside: the given one is added.
        """
        checking.site(head)
        given = [replace(day, site=head.id) for day in days]
        for day in given:
            checking.head(DayHead.of(day))
            checking.rows(day.rows)
        return self._write(by, lambda connection: importing.import_days(connection, head, given, by, how))

    def remove_day(self, key: str, by: By, why: str = "") -> int:
        """Take a day away; `restore_day` brings it back. Gives its revision."""
        checking.note(why, checking.WHY)
        return self._write(by, lambda connection: importing.remove(connection, key, by, why))

    def restore_day(self, key: str, by: By, why: str = "") -> int:
        """Bring a removed day back as it was. Gives its revision."""
        checking.note(why, checking.WHY)
        return self._write(by, lambda connection: importing.restore(connection, key, by, why))

    # Everything

    def export(self) -> bytes:
        """Everything, as a zip archive of open files."""
        return self.database.read(lambda connection: exporting.zipped(exporting.files(connection)))

    def export_to(self, folder: Path) -> None:
        """Everything, as open files in an empty folder."""
        self.database.read(lambda connection: exporting.into_folder(exporting.files(connection), folder))

    def restore(self, export: bytes | Path) -> None:
        """Make an empty store the one that was exported. export: a zip's bytes, a zip file, or a folder."""
        name, found = restoring.contents(restoring.source(export))
        self.database.write(lambda connection: restoring.fill(connection, name, found))
        self.id = name

    # Beside the days

    def mapping(self, site: str, kind: str) -> str:
        """What was remembered of reading a kind of file at a site; "" for nothing."""
        return self.database.read(lambda connection: keeping.mapping(connection, site, kind))

    def secret(self) -> str:
        """What hides people's names in the mappings of this store; it never leaves it, not even in an export."""
        return self.database.read(_secret) or self.database.write(_made_secret)

    def put_mapping(self, site: str, kind: str, text: str, by: By) -> None:
        """Remember how a kind of file is to be read at a site."""
        checking.line(site, checking.SITE)
        checking.line(kind, checking.KIND)
        checking.text(text, checking.KIND)
        self._write(by, lambda connection: keeping.put_mapping(connection, site, kind, text, by))

    def papers(self, kind: str, site: str | None = None) -> tuple[Paper, ...]:
        """The papers of a kind (exercises, answers, openings), of one site or of all."""
        return self.database.read(lambda connection: papers.papers(connection, kind, site))

    def paper(self, kind: str, name: str) -> Paper | None:
        """One paper, None if there is none."""
        return self.database.read(lambda connection: papers.paper(connection, kind, name))

    def put_paper(self, new: Paper, by: By) -> Paper:
        """Keep a paper; its version is the one that was seen, 0 for a new one. Gives it as it stands now.

        Raises StoreError `changed_since` where somebody else was faster; then nothing is written.
        """
        checking.paper(new)
        return self._write(by, lambda connection: papers.put_paper(connection, new, by))

    def remove_paper(self, kind: str, name: str, version: int, by: By) -> None:
        """Take a paper away. Raises StoreError `changed_since`."""
        self._write(by, lambda connection: papers.remove_paper(connection, kind, name, version, by))

    def drafts(self, site: str) -> tuple[StoredDraft, ...]:
        """The shaped jobs of a site, by name."""
        return self.database.read(lambda connection: keeping.drafts(connection, site))

    def put_draft(self, site: str, name: str, data: bytes, by: By) -> None:
        """Keep a shaped job's file under a name; what stood there before stays in the record."""
        checking.draft(name, data)
        self._write(by, lambda connection: keeping.put_draft(connection, site, name, data, by))

    def remove_draft(self, site: str, name: str, by: By) -> None:
        """Take a shaped job away; the record keeps it."""
        self._write(by, lambda connection: keeping.remove_draft(connection, site, name, by))

    def members(self) -> tuple[Member, ...]:
        """Everybody who may sign in, by account."""
        return self.database.read(keeping.members)

    def member(self, subject: str) -> Member | None:
        """The member of an account; None for a stranger."""
        return self.database.read(lambda connection: keeping.member(connection, subject))

    def put_member(self, member: Member, by: By) -> None:
        """Let somebody in, or change their role and sites."""
        checking.member(member)
        self._write(by, lambda connection: keeping.put_member(connection, member, by))

    def remove_member(self, subject: str, by: By) -> None:
        """Let somebody in no longer."""
        self._write(by, lambda connection: keeping.remove_member(connection, subject, by))

    def _step(self, key: str, by: By, edit: str, step: Callable[[Connection, str, By, str], Saved]) -> Saved:
        checking.line(edit, checking.EDIT, empty=True)
        return self._write(by, lambda connection: step(connection, key, by, edit))

    def _write(self, by: By, work: Callable[[Connection], _Result]) -> _Result:
        checking.by(by)
        return self.database.write(work)


def _known(connection: Connection, name: str) -> str | None:
    known: str | None = connection.execute(select(tables.meta.c.value).where(tables.meta.c.name == name)).scalar()
    return known


def _given_once(connection: Connection, name: str, value: str) -> str:
    known = _known(connection, name)
    if known is None:
        connection.execute(insert(tables.meta).values(name=name, value=value))
    return known or value


def _identity(connection: Connection) -> str | None:
    """The store's own name, for what a browser keeps beside it."""
    return _known(connection, "id")


def _name(connection: Connection) -> str:
    """The store's own name, given once."""
    return _given_once(connection, "id", days.new_key())


def _secret(connection: Connection) -> str | None:
    return _known(connection, "secret")


def _made_secret(connection: Connection) -> str:
    """A secret, made once."""
    return _given_once(connection, "secret", token_urlsafe(32))
