"""Finds the extractors: one file a kind in `kinds/`, one file a relation in `relations/`.

A file declares, in capitals:

    KIND = "organization"            # or RELATION = "leads": the file's own name
    NEEDS = ("place", "title")       # kinds whose mentions its rules look at
    RULES = (named, section, …)      # functions, in the order in which they are tried

Nothing is registered anywhere else.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from types import ModuleType
from typing import Any

from kg.errors import ExtractorError
from kg.view import Link, Span, View


@dataclass(frozen=True, slots=True, kw_only=True)
class KindExtractor:
    """The rules that find mentions of one kind."""

    name: str
    needs: tuple[str, ...]
    rules: tuple[Callable[[View], Iterable[Span]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationExtractor:
    """The rules that find claims of one relation."""

    name: str
    needs: tuple[str, ...]
    rules: tuple[Callable[[View], Iterable[Link]], ...]


def _modules(package: str) -> list[ModuleType]:
    folder = importlib.import_module(package)
    names = sorted(info.name for info in pkgutil.iter_modules(folder.__path__) if not info.name.startswith("_"))
    return [importlib.import_module(f"{package}.{name}") for name in names]


def _declared(module: ModuleType, what: str) -> tuple[str, tuple[str, ...], tuple[Callable[..., Iterable[Any]], ...]]:
    own = module.__name__.rpartition(".")[2]
    name = getattr(module, what, None)
    rules = getattr(module, "RULES", ())
    if name != own:
        raise ExtractorError(f"{module.__file__}: {what} is {name!r}, expected the file's own name {own!r}")
    if not rules:
        raise ExtractorError(f"{module.__file__}: RULES is missing or empty; list the rule functions in it")
    return name, tuple(getattr(module, "NEEDS", ())), tuple(rules)


@cache
def kind_extractors() -> tuple[KindExtractor, ...]:
    """Extractors of all kinds, each after those it needs.

    Raises ExtractorError on a malformed file, an unknown need or a cycle.
    """
    found = {}
    for module in _modules("kg.kinds"):
        name, needs, rules = _declared(module, "KIND")
        found[name] = KindExtractor(name=name, needs=needs, rules=rules)
    for extractor in found.values():
        _known(extractor.name, extractor.needs, found)
    try:
        order = TopologicalSorter({name: e.needs for name, e in sorted(found.items())}).static_order()
        return tuple(found[name] for name in order)
    except CycleError as error:
        raise ExtractorError(f"kinds need each other in a circle: {' → '.join(error.args[1])}") from error


@cache
def relation_extractors() -> tuple[RelationExtractor, ...]:
    """Extractors of all relations, by name.

    Raises ExtractorError on a malformed file or an unknown need.
    """
    kinds = [extractor.name for extractor in kind_extractors()]
    found = []
    for module in _modules("kg.relations"):
        name, needs, rules = _declared(module, "RELATION")
        _known(name, needs, kinds)
        found.append(RelationExtractor(name=name, needs=needs, rules=rules))
    return tuple(found)


def _known(name: str, needs: tuple[str, ...], kinds: Iterable[str]) -> None:
    for need in needs:
        if need not in kinds:
            raise ExtractorError(
                f"extractor {name!r} needs unknown kind {need!r}; there are: {', '.join(sorted(kinds))}"
            )
