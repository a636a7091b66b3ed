"""Finds the extractors: one file a kind in `kinds/`, one file a relation in `relations/`.

A file declares, in capitals:

    KIND = "organization"            # or RELATION = "leads": the file's own name
    NEEDS = ("place", "title")       # kinds whose mentions its rules look at
    RULES = (named, section, …)      # functions, in the order in which they are tried

Nothing is registered anywhere else. A folder of the user's in the same form (`extensions`
in kg.toml) is looked through after the package's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from kg.errors import ExtractorError
from kg.extension import guarded, modules
from kg.model import TITLE
from kg.modules import Declared, declared, packaged
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


@cache
def kind_extractors(extensions: Path | None = None) -> tuple[KindExtractor, ...]:
    """Extractors of all kinds, each after those it needs; those of a folder of the user's too.

    Raises ExtractorError on a malformed file, an unknown need or a cycle.
    """
    found = _found("kinds", "KIND", extensions)
    for one in found.values():
        _check_needs(one, found)
    try:
        order = tuple(TopologicalSorter({name: one.needs for name, one in sorted(found.items())}).static_order())
    except CycleError as error:
        ring = error.args[1]
        where = ", ".join(dict.fromkeys(found[name].where("NEEDS") for name in ring))
        raise ExtractorError(f"{where}: kinds need each other in a circle: {' → '.join(ring)}; take one out") from error
    return tuple(KindExtractor(name=name, needs=found[name].needs, rules=found[name].rules) for name in order)


@cache
def relation_extractors(extensions: Path | None = None) -> tuple[RelationExtractor, ...]:
    """Extractors of all relations, by name; those of a folder of the user's too.

    Raises ExtractorError on a malformed file or an unknown need.
    """
    kinds = [extractor.name for extractor in kind_extractors(extensions)]
    found = _found("relations", "RELATION", extensions)
    for one in found.values():
        _check_needs(one, kinds)
    return tuple(RelationExtractor(name=name, needs=one.needs, rules=one.rules) for name, one in sorted(found.items()))


def kinds_of_entities(extensions: Path | None = None) -> tuple[str, ...]:
    """All kinds but titles, which relations carry."""
    return tuple(one.name for one in kind_extractors(extensions) if one.name != TITLE)


def _found(room: str, what: str, extensions: Path | None) -> Mapping[str, Declared]:
    """What the files of a room declare, by name."""
    found = {one.name: one for one in (declared(module, what) for module in packaged(f"kg.{room}"))}
    for own in _of_user(room, what, extensions):
        if own.name in found:
            raise ExtractorError(
                f"{own.where(what)}: there is a {what.lower()} {own.name!r} already, "
                f"in {found[own.name].file}; choose another name"
            )
        found[own.name] = own
    return found


def _of_user(room: str, what: str, extensions: Path | None) -> Iterator[Declared]:
    if extensions is not None:
        for module in modules(extensions, room):
            yield guarded(declared(module, what))


def _check_needs(one: Declared, kinds: Iterable[str]) -> None:
    for need in one.needs:
        if need not in kinds:
            raise ExtractorError(
                f"{one.where('NEEDS')}: extractor {one.name!r} needs unknown kind {need!r}; "
                f"there are: {', '.join(sorted(kinds))}"
            )
