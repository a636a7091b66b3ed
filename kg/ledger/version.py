"""Which rules read a text: a hash over all that its reading depends on, and one over the whole program."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
# From a file's bytes to its Reading; `ledger` because it writes the Reading down.
ROOMS = (
    "model.py", "ids.py", "lexicon.py", "lexicons", "gazetteer", "read", "segment.py", "view.py",
    "script.py", "modules.py", "extension.py", "discover.py",
    "kinds", "recognisers", "arbiter.py", "relations", "resolve", "pipeline.py", "ledger",
)  # fmt: skip
ENGINES = ("jieba", "rjieba", "ahocorasick-rs")
AFTER = ("rdf", "exports", "explorer", "build.py", "config.py", "graph.py")


@cache
def rules_version() -> str:
    """32 hex digits: the same as long as the same bytes give the same readings.

    Made from the contents of code, word lists and gazetteer, and the versions of Python
    and of the engines for words; read once in a process.
    """
    return _digest([*(PACKAGE / room for room in ROOMS)], [*ENGINES])


def version_with(version: str, *more: Path | None) -> str:
    """A version that depends on files and folders of the user's too, each there or not."""
    given = [path for path in more if path is not None and path.exists()]
    return hashlib.sha256(f"{version} {_digest(given, [])}".encode()).hexdigest()[:32] if given else version


@cache
def program_version() -> str:
    """32 hex digits: the same as long as the same readings give the same outputs."""
    ontology = next(folder for folder in (PACKAGE / "ontology", PACKAGE.parent / "ontology") if folder.is_dir())
    rooms = [PACKAGE / room for room in AFTER]
    return hashlib.sha256(f"{rules_version()} {_digest([*rooms, ontology], ['pyoxigraph'])}".encode()).hexdigest()[:32]


def _digest(rooms: Iterable[Path], packages: Iterable[str]) -> str:
    found = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for package in packages:
        found.update(f"\n{package} {version(package)}".encode())
    for room in rooms:
        for file in _files(room):
            found.update(f"\n{file.relative_to(room.parent).as_posix()} ".encode())
            found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()[:32]


def _files(room: Path) -> Iterator[Path]:
    if room.is_file():
        yield room
        return
    for path in sorted(room.rglob("*")):
        own = path.relative_to(room).parts
        if path.is_file() and path.suffix != ".pyc" and not any(part.startswith((".", "__pycache__")) for part in own):
            yield path
