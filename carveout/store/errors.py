"""What can go wrong with a store, told to a person: cause, remedy, and whether trying again may help.

Nothing of a write that failed is in the store, or all of it is: trying again with the same edit id is always right.
"""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from carveout.errors import CarveoutError
from carveout.language import Language, Text
from carveout.observations.text import shown
from carveout.store.messages import MESSAGES

_BY_SQLITE_NAME = {
    "SQLITE_FULL": "disk_full",
    "SQLITE_READONLY": "read_only",
    "SQLITE_PERM": "read_only",
    "SQLITE_BUSY": "locked",
    "SQLITE_LOCKED": "locked",
    "SQLITE_CANTOPEN": "cannot_open",
    "SQLITE_AUTH": "cannot_open",
    "SQLITE_IOERR": "disk_error",
    "SQLITE_CORRUPT": "damaged",
    "SQLITE_NOTADB": "not_a_store",
    "SQLITE_TOOBIG": "too_large",
}
_BY_SQLSTATE = {
    "53100": "disk_full",
    "25006": "read_only",
    "42501": "read_only",
    "55P03": "locked",
    "40001": "locked",
    "40P01": "locked",
    "53300": "connection_lost",
    "28P01": "no_entry",
    "28000": "no_entry",
    "3D000": "no_database",
}
# A refused connection has no code, only words; a server that speaks another language is taken for an absent one.
_BY_WORDS = {
    "password authentication failed": "no_entry",
    "no pg_hba.conf entry": "no_entry",
    "FATAL:  role ": "no_entry",
    "FATAL:  database ": "no_database",
}


class StoreError(CarveoutError):
    """The store could not do what was asked; nothing of it was written.

    code: names the kind for programs. cause, remedy: for people. retry: the same again may well succeed.
    """

    def __init__(self, code: str, **values: object):
        message = MESSAGES[code]
        ja = {name: value.ja if isinstance(value, Text) else shown(value) for name, value in values.items()}
        en = {name: value.en if isinstance(value, Text) else shown(value) for name, value in values.items()}
        self.code, self.retry = code, message.retry
        self.cause, self.remedy = message.cause.format(ja, en), message.remedy.format(ja, en)
        super().__init__(self.message("en"))

    @property
    def text(self) -> Text:
        """Cause and remedy in one wording."""
        return Text(f"{self.cause.ja} → {self.remedy.ja}", f"{self.cause.en} → {self.remedy.en}")

    def message(self, language: Language) -> str:
        """Cause and remedy on one line."""
        return self.text.in_(language)


def told(error: SQLAlchemyError) -> StoreError:
    """What a database's error means to a person."""
    if isinstance(error, PoolTimeoutError):
        return StoreError("locked")
    if not isinstance(error, DBAPIError) or error.orig is None:
        return StoreError("database", reason=type(error).__name__)
    if isinstance(error.orig, sqlite3.Error):
        return told_by_sqlite(error.orig)
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        refused = next((code for word, code in _BY_WORDS.items() if word in str(error.orig)), None)
        if refused is not None:
            return _told(refused, error.orig)
    lost = error.connection_invalidated or (state is None and isinstance(error, OperationalError))
    if lost or str(state).startswith(("08", "57P")):
        return _told("connection_lost", error.orig)
    return _told(_BY_SQLSTATE.get(str(state), "database"), error.orig)


def told_by_sqlite(error: sqlite3.Error) -> StoreError:
    """What an error of SQLite means to a person."""
    name = getattr(error, "sqlite_errorname", "")
    return _told(next((code for known, code in _BY_SQLITE_NAME.items() if name.startswith(known)), "database"), error)


def _told(code: str, error: BaseException) -> StoreError:
    return StoreError(code, reason=(str(error).splitlines() or [""])[0])


def worth_another_try(error: SQLAlchemyError) -> bool:
    """Whether two writers merely got in each other's way, so that the same transaction will do at once.

    Two who add the same line at the same moment are such writers: the second one finds it there.
    """
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    return state in ("40001", "40P01", "23505")
