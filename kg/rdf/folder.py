"""The folder of a built graph: replaced whole or not at all, one writer at a time, readers see one state.

A build writes into `.new` inside the folder. When it is complete and on the disk,
`.new` is renamed to `.commit`: from that moment the new state is the graph. Then each
output is moved into its place. Whoever comes upon a `.commit` left by a process that
died finishes the moves; a `.new` left behind is thrown away.

Locks are the kernel's (flock), so a dead process keeps none: `.writing` is held by a
build for its whole time, `.lock` is shared by readers and held alone for the moves.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from kg.errors import GraphError

STORE = "store"
_NEW, _COMMIT, _OLD = ".new", ".commit", ".old"
_LOCK, _WRITING = ".lock", ".writing"


@contextmanager
def claimed(folder: Path, *, new: bool = True) -> Iterator[None]:
    """Hold the folder for writing, made where it is missing unless `new` is False.

    Raises GraphError when another process writes there, the folder cannot be written, or
    `new` is False and there is no graph in it.
    """
    if not new:
        _check_stands(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _held(folder / _WRITING, fcntl.LOCK_EX | fcntl.LOCK_NB):
            _finish(folder)
            if not new:
                _with_store(folder)
            yield
    except BlockingIOError as error:
        raise GraphError(f"{folder}: another process is building there; wait until it is done") from error
    except OSError as error:
        raise GraphError(f"{error.filename or folder}: cannot be written: {error.strerror or error}") from error


@contextmanager
def writing(folder: Path, *, claim: bool = True) -> Iterator[Path]:
    """An empty folder to write outputs into; on leaving they replace those of the same names in `folder`.

    Everything else in `folder` stays. On an exception nothing is replaced. `claim` is False
    for who holds the folder already. Raises as `claimed`.
    """
    with claimed(folder) if claim else nullcontext():
        try:
            yield from _staged(folder)
        except OSError as error:
            raise GraphError(f"{error.filename or folder}: cannot be written: {error.strerror or error}") from error


def discard(folder: Path) -> None:
    """Take away a folder in which nothing was built; anything of the user's in it stays."""
    for name in (_WRITING, _LOCK):
        (folder / name).unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()


def _staged(folder: Path) -> Iterator[Path]:
    _finish(folder)
    staged = folder / _NEW
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir()
    try:
        yield staged
        _sync(staged)
        staged.rename(folder / _COMMIT)
        _sync_one(folder)
    finally:
        shutil.rmtree(staged, ignore_errors=True)  # gone already when all went well
    _finish(folder)


@contextmanager
def reading(folder: Path) -> Iterator[Path]:
    """The folder, in one state as long as the block lasts.

    Raises GraphError when there is no graph in it.
    """
    _check_stands(folder)
    if not os.access(folder, os.W_OK) and not (folder / _COMMIT).exists():
        yield _with_store(folder)  # nobody who sees it like this can write there
        return
    while True:
        _finish(folder)
        with _held(folder / _LOCK, fcntl.LOCK_SH):
            if (folder / _COMMIT).exists():
                continue
            yield _with_store(folder)
            return


def _check_stands(folder: Path) -> None:
    if not folder.is_dir():
        raise GraphError(f"{folder}: no such folder; build a graph with: kg build PATH... --out {folder}")


def _with_store(folder: Path) -> Path:
    if not (folder / STORE).is_dir():
        raise GraphError(f"{folder}: holds no graph; build one with: kg build PATH... --out {folder}")
    return folder


def _finish(folder: Path) -> None:
    """Move the outputs of a complete build into their places; safe to repeat at any point."""
    commit, old = folder / _COMMIT, folder / _OLD
    if not commit.exists() and not old.exists():
        return
    with _held(folder / _LOCK, fcntl.LOCK_EX):
        shutil.rmtree(old, ignore_errors=True)
        if commit.exists():
            old.mkdir(exist_ok=True)
            for output in sorted(commit.iterdir()):
                place = folder / output.name
                if place.is_dir():
                    place.rename(old / place.name)  # a folder cannot be replaced in one step
                output.replace(place)
            _sync_one(folder)
            commit.rmdir()
        shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _held(path: Path, how: int) -> Iterator[None]:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise GraphError(f"{path}: cannot be opened to lock the folder: {error.strerror}") from error
    try:
        fcntl.flock(handle, how)
        yield
    finally:
        os.close(handle)


def _sync(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        _sync_one(path)
    _sync_one(folder)


def _sync_one(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
