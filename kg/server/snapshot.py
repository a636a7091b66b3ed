"""Snapshots of a built graph: what is served stays readable while the next graph takes its place.

A snapshot is a folder of its own inside `.serving` of the graph's folder (or, where
nobody may write there, in the system's folder for temporary files). Files that are
never written again are hard links, the rest are copies. A snapshot that a dead server
left behind is removed by the next one.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from kg.errors import GraphError
from kg.rdf.folder import STORE, reading

SERVING = ".serving"
FILES = "files"  # the other outputs of the build
_LOCK = "lock"
State: TypeAlias = tuple[tuple[str, int, int], ...]


def state(folder: Path) -> State:
    """What tells one build of a graph from the next; empty while there is none."""
    found = []
    for name in ("CURRENT", "IDENTITY"):
        with suppress(OSError):
            known = (folder / STORE / name).stat()
            found.append((name, known.st_ino, known.st_mtime_ns))
    return tuple(found)


class Snapshot:
    """A state of a graph, kept until `remove`."""

    def __init__(self, folder: Path) -> None:
        """Raises GraphError when there is no graph in `folder`, or no room for a snapshot."""
        try:
            with reading(folder):
                self.state = state(folder)
                self.path = _room(folder)
                self._lock = os.open(self.path / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
                fcntl.flock(self._lock, fcntl.LOCK_EX)
                _copy(folder, self.path)
        except OSError as error:
            raise GraphError(
                f"{error.filename or folder}: the graph cannot be copied for serving: {error.strerror or error}"
            ) from error

    @property
    def store(self) -> Path:
        """The folder of the store."""
        return self.path / STORE

    def file(self, name: str) -> Path | None:
        """An output of the build (graph.ttl), None when there is none of that name."""
        path = self.path / FILES / name
        return path if "/" not in name and path.is_file() else None

    def remove(self) -> None:
        """Delete the snapshot; whoever still has a file of it open may read on."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)
        with suppress(OSError):
            self.path.parent.rmdir()  # the last one leaves nothing behind


def _room(folder: Path) -> Path:
    try:
        serving = folder / SERVING
        serving.mkdir(exist_ok=True)
        _sweep(serving)
        return Path(tempfile.mkdtemp(dir=serving))
    except OSError:
        return Path(tempfile.mkdtemp(dir=_own_temporary()))


def _own_temporary() -> Path:
    path = Path(tempfile.gettempdir()) / f"kg-serving-{os.getuid()}"
    path.mkdir(mode=0o700, exist_ok=True)
    _sweep(path)
    return path


def _sweep(serving: Path) -> None:
    """Remove snapshots whose server is dead: nobody holds their lock."""
    for path in serving.iterdir():
        with suppress(OSError):
            lock = os.open(path / _LOCK, os.O_RDWR | os.O_CLOEXEC)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(path, ignore_errors=True)
            finally:
                os.close(lock)


def _copy(folder: Path, to: Path) -> None:
    (to / STORE).mkdir()
    (to / FILES).mkdir()
    for path in folder.iterdir():
        if path.is_file() and not path.name.startswith("."):
            _link(path, to / FILES / path.name)
    for path in (folder / STORE).iterdir():
        # The engine never changes a table once written; logs and manifests it may append to.
        if path.suffix == ".sst":
            _link(path, to / STORE / path.name)
        else:
            shutil.copyfile(path, to / STORE / path.name)


def _link(path: Path, to: Path) -> None:
    try:
        os.link(path, to)
    except OSError:  # another disk, or a system without links
        shutil.copyfile(path, to)
