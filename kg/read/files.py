"""Finds the files that the user's paths name."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import InputError
from kg.lexicon import lexicon


def find_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files of `paths`, each once: a file as it is, a folder with all below it, sorted.

    Within folders, hidden files and those with the suffix of another kind of
    file (pictures, archives, data, code) are left out. Raises InputError for a
    path that does not exist or a folder that cannot be listed.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _files_of(path):
            found.setdefault(file.absolute(), file)
    return tuple(found.values())


def _files_of(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(_walk(path), key=Path.as_posix)
    elif path.exists():
        yield path
    else:
        raise InputError(f"{path}: no such file or folder; check the spelling")


def _walk(folder: Path) -> Iterator[Path]:
    skipped = lexicon("read_skipped_suffixes")
    for parent, folders, files in os.walk(folder, onerror=_unlistable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if not name.startswith(".") and Path(name).suffix.lower() not in skipped:
                yield Path(parent, name)


def _unlistable(error: OSError) -> None:
    raise InputError(f"{error.filename}: cannot be listed ({error.strerror}); check its permissions")
