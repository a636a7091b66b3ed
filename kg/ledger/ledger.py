"""What has been read already: the readings of each file, by its content and the version of the rules.

An SQLite file in the graph's folder, a cache alone: whoever deletes it loses time, nothing
else. Each file's readings are written in a transaction of their own as they come, so work
that was done before a process died is not done again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import GraphError

FILE = ".ledger.sqlite"
_MADE = """
CREATE TABLE IF NOT EXISTS readings (
  content TEXT NOT NULL, rules TEXT NOT NULL, readings BLOB NOT NULL, PRIMARY KEY (content, rules)
)
"""


class Ledger:
    """The readings of files under one version of the rules; one process at a time writes.

    Every method raises GraphError when the disk is full or the file cannot be used.
    """

    def __init__(self, database: sqlite3.Connection, path: Path, rules: str) -> None:
        self._database, self._path, self._rules = database, path, rules

    def known(self, contents: Iterable[str]) -> set[str]:
        """Those of `contents` whose readings are kept."""
        wanted = set(contents)
        with _told(self._path):
            rows = self._database.execute("SELECT content FROM readings WHERE rules = ?", (self._rules,))
            return {content for (content,) in rows if content in wanted}

    def put(self, content: str, readings: bytes) -> None:
        """Keep the readings of a file; on the return they outlive this process."""
        with _told(self._path):
            row = (content, self._rules, readings)
            self._database.execute("INSERT OR REPLACE INTO readings VALUES (?, ?, ?)", row)

    def get(self, content: str) -> bytes:
        """The readings of a file; raises GraphError when there are none."""
        with _told(self._path):
            asked = "SELECT readings FROM readings WHERE content = ? AND rules = ?"
            row = self._database.execute(asked, (content, self._rules)).fetchone()
        if row is None:
            raise GraphError(f"{self._path}: does not know {content}; build the graph again")
        return bytes(row[0])

    def drop(self, content: str) -> None:
        """Forget what turned out to be damaged."""
        with _told(self._path):
            self._database.execute("DELETE FROM readings WHERE content = ?", (content,))

    def keep_only(self, contents: Iterable[str]) -> None:
        """Forget every other file, and what older rules read."""
        with _told(self._path):
            self._database.execute("CREATE TEMP TABLE kept (content TEXT PRIMARY KEY)")
            self._database.executemany("INSERT OR IGNORE INTO kept VALUES (?)", ((one,) for one in contents))
            self._database.execute(
                "DELETE FROM readings WHERE rules <> ? OR content NOT IN (SELECT content FROM kept)", (self._rules,)
            )
            self._database.execute("DROP TABLE kept")


@contextmanager
def open_ledger(folder: Path, rules: str) -> Iterator[Ledger]:
    """The ledger in `folder`, made where there is none; one that is damaged is begun anew."""
    path = folder / FILE
    with _told(path):
        database = _opened(path)
    try:
        yield Ledger(database, path, rules)
    finally:
        database.close()


def remove_ledger(folder: Path) -> None:
    """Take the ledger away, with the files that SQLite keeps beside it."""
    for path in folder.glob(f"{FILE}*"):
        path.unlink()


def _opened(path: Path) -> sqlite3.Connection:
    try:
        return _connected(path)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:  # no database, or a damaged one: it is a cache
        remove_ledger(path.parent)
        return _connected(path)


def _connected(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None)
    try:
        # With a log, a transaction that was written outlives a killed process, and costs no flush.
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("PRAGMA secure_delete = ON")  # what is forgotten leaves the disk
        database.execute(_MADE)
    except sqlite3.Error:
        database.close()
        raise
    return database


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise GraphError(
            f"{path}: cannot be used ({error}); see to its permissions and the space on the disk"
        ) from error
    except sqlite3.DatabaseError as error:
        raise GraphError(f"{path}: is damaged ({error}); delete it and run the command again") from error
