"""Files that take the place of older ones whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.errors import GraphError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path to write to, beside `path`, which it replaces when all went well.

    Raises GraphError when the file cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        raise GraphError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write_text(path: Path, pieces: Iterable[str], *, encoding: str = "utf-8") -> None:
    """Write a text piece by piece; what is no regular file (a pipe, a device) is written to directly.

    Raises GraphError when the file cannot be written.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        _into(path, pieces, encoding)
        return
    with replacing(path) as part:
        _into(part, pieces, encoding)


def _into(path: Path, pieces: Iterable[str], encoding: str) -> None:
    with path.open("w", encoding=encoding, newline="") as out:
        out.writelines(pieces)
        out.flush()
        with suppress(OSError):  # pipes and devices cannot be flushed to a disk
            os.fsync(out.fileno())


def make_folder(path: Path) -> None:
    """Make a folder where there is none; raises GraphError when that cannot be done."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GraphError(f"{path}: cannot be made a folder: {error.strerror or error}") from error
