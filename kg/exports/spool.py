"""Texts put in any order and given back sorted, on the disk: exports stay small in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from kg.errors import GraphError

_MANY = 10_000


class Spool:
    """Pieces of text under keys, in a file without a name that vanishes with the process."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute(
            "CREATE TABLE pieces (key TEXT NOT NULL, number INTEGER PRIMARY KEY, text TEXT NOT NULL)"
        )
        self._database.execute("BEGIN")
        self._waiting: list[tuple[str, str]] = []

    def put(self, key: str, text: str) -> None:
        """Raises GraphError when the disk is full."""
        self._waiting.append((key, text))
        if len(self._waiting) >= _MANY:
            self._flush()

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Keys and texts: by key in the order of code points, those of one key as they came."""
        self._flush()
        try:
            yield from self._database.execute("SELECT key, text FROM pieces ORDER BY key, number")
        except sqlite3.OperationalError as error:
            raise _full(error) from error

    def _flush(self) -> None:
        try:
            self._database.executemany("INSERT INTO pieces (key, text) VALUES (?, ?)", self._waiting)
        except sqlite3.OperationalError as error:
            raise _full(error) from error
        self._waiting.clear()


def _full(error: sqlite3.Error) -> GraphError:
    return GraphError(f"temporary files cannot be written ({error}); free space, or set TMPDIR to a larger disk")
