"""A file of rules as Python knows it: what it declares, checked, and on which lines."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from kg.errors import ExtractorError

Rule = Callable[..., Iterable[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A kind or a relation with its rules, as its file declares it."""

    name: str
    needs: tuple[str, ...]
    rules: tuple[Rule, ...]
    file: Path

    def where(self, name: str) -> str:
        """FILE:LINE of what the file calls so in capitals."""
        return _where(self.file, name)


def packaged(package: str) -> list[ModuleType]:
    """The modules of one of our own folders, by name; those whose name begins with _ only serve others."""
    folder = importlib.import_module(package)
    names = sorted(info.name for info in pkgutil.iter_modules(folder.__path__) if not info.name.startswith("_"))
    return [importlib.import_module(f"{package}.{name}") for name in names]


def declared(module: ModuleType, what: str) -> Declared:
    """What a file declares as its KIND or RELATION. Raises ExtractorError, naming file and line."""
    own, file = module.__name__.rpartition(".")[2], Path(str(module.__file__))
    name = getattr(module, what, None)
    rules, needs = getattr(module, "RULES", ()), getattr(module, "NEEDS", ())
    if name != own:
        raise ExtractorError(f"{_where(file, what)}: {what} is {name!r}, expected the file's own name {own!r}")
    if not isinstance(needs, tuple | list) or not all(isinstance(need, str) for need in needs):
        raise ExtractorError(f"{_where(file, 'NEEDS')}: NEEDS is {needs!r}, expected a tuple of kinds")
    if not isinstance(rules, tuple | list) or not rules:
        raise ExtractorError(f"{_where(file, 'RULES')}: RULES is missing or empty; list the rule functions in it")
    for rule in rules:
        if not callable(rule) or not hasattr(rule, "__name__"):
            raise ExtractorError(f"{_where(file, 'RULES')}: RULES holds {rule!r}, expected functions")
    return Declared(name=own, needs=tuple(needs), rules=tuple(rules), file=file)


def _where(file: Path, name: str) -> str:
    """FILE:LINE of an assignment; line 1 where there is none."""
    for node in ast.parse(file.read_text(encoding="utf-8-sig")).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            return f"{file}:{node.lineno}"
    return f"{file}:1"
