"""A folder of the user's own kinds and relations, in the form that the package's own have.

    my_rules/
      kinds/NAME.py  relations/NAME.py    rules; files whose name begins with _ only serve others
      lexicons/NAME.txt|tsv               words, for view.hits(NAME) and view.lexicon(NAME)
      *.ttl                               the terms: a class for each kind, a property for each relation

What goes wrong in such a file is told with its file and line, when it is loaded and when
its rules run.
"""

from __future__ import annotations

import hashlib
import importlib.util
import sys
import traceback
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any

from kg.errors import ExtractorError, KgError
from kg.modules import Declared
from kg.view import Link, Span, View

ROOMS = ("kinds", "relations")


def modules(folder: Path, room: str) -> list[ModuleType]:
    """The files of a room of the folder, loaded, by name. Raises ExtractorError where one cannot be loaded."""
    files = sorted((folder / room).glob("*.py"))
    return [_loaded(folder, room, file) for file in files if not file.name.startswith("_")]


def _loaded(folder: Path, room: str, file: Path) -> ModuleType:
    """A module under a name that no other folder's has, so that `from ._words import x` finds its neighbours."""
    package = f"kg_extension_{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]}"
    for name, place in ((package, folder), (f"{package}.{room}", folder / room)):
        parent = sys.modules.setdefault(name, ModuleType(name))
        parent.__path__ = [str(place)]
    if not file.stem.isidentifier():
        raise ExtractorError(f"{file}: its name cannot be that of a kind or relation; use letters, digits and _")
    name = f"{package}.{room}.{file.stem}"
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise ExtractorError(f"{file}: cannot be loaded as Python")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    with _Told(file):
        spec.loader.exec_module(module)
    return module


def guarded(one: Declared) -> Declared:
    """An extractor whose rules name file and line when they fail or yield what no rule may."""
    return replace(one, rules=tuple(_guarded(rule, one.file) for rule in one.rules))


def _guarded(rule: Callable[..., Iterable[Any]], file: Path) -> Callable[[View], Iterable[Any]]:
    code = getattr(rule, "__code__", None)
    where = f"{file}:{code.co_firstlineno}" if code else str(file)

    @wraps(rule)
    def run(view: View) -> Iterable[Any]:
        with _Told(file):
            found = tuple(rule(view))
        for one in found:
            _check(one, view, f"{where}: rule {rule.__name__}")
        return found

    return run


def _check(one: object, view: View, who: str) -> None:
    if isinstance(one, Span):
        if not view.start <= one.start < one.stop <= view.stop:
            raise ExtractorError(
                f"{who} yields a span {one.start}–{one.stop} outside its sentence {view.start}–{view.stop}; "
                "offsets are the document's"
            )
    elif not isinstance(one, Link):
        raise ExtractorError(f"{who} yields {one!r}, expected a Span (of a kind) or a Link (of a relation)")


class _Told:
    """Whatever is raised in the block comes out as one line that names the user's file and line."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __enter__(self) -> _Told:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not isinstance(error, Exception) or isinstance(error, KgError):
            return
        if isinstance(error, SyntaxError):
            raise ExtractorError(f"{error.filename}:{error.lineno}: is not Python: {error.msg}") from error
        own = [at.lineno for at in traceback.extract_tb(trace) if Path(at.filename) == self._file]
        line = f":{own[-1]}" if own else ""
        raise ExtractorError(f"{self._file}{line}: {type(error).__name__}: {error}") from error
