"""Finds entities of a graph by what a user calls them.

A reference is a name (any of an entity's), `kind/name`, or `kind/name/owner`, where the
owner is a body or place that a fact ties it to; a place may be given by its code. A
reference says nothing of documents or keys, so that it still holds when more come in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.ids import entity_key
from kg.model import Assertion, Entity


class Finder:
    """Looks up the entities of one state of a graph."""

    def __init__(self, entities: Iterable[Entity], facts: Iterable[Assertion]) -> None:
        self._by_key = {entity.key: entity for entity in entities}
        self._names: dict[str, list[Entity]] = defaultdict(list)
        self._aliases: dict[str, list[Entity]] = defaultdict(list)
        for entity in self._by_key.values():
            for name in {entity.name, entity.code or entity.name}:
                self._names[name].append(entity)
            for alias in entity.aliases:
                self._aliases[alias].append(entity)
        self._ties: dict[str, set[str]] = defaultdict(set)
        for fact in facts:
            self._ties[fact.subject].add(fact.object)
            self._ties[fact.object].add(fact.subject)
        self._kinds = {entity.kind for entity in self._by_key.values()}

    def find(self, reference: str) -> tuple[Entity, ...]:
        """What a reference may mean: full names before aliases, and by key where several share the name."""
        if reference in self._by_key and reference.count("/") > 1:
            return (self._by_key[reference],)
        kind, slash, rest = reference.partition("/")
        if not slash or kind not in self._kinds:
            return self._named(reference)
        return self._of_kind(kind, rest) or self._owned(kind, rest)

    def called(self, kind: str, name: str) -> tuple[Entity, ...]:
        """The entities of a kind whose full name this is."""
        return tuple(entity for entity in self._names.get(name, ()) if entity.kind == kind)

    def _named(self, name: str) -> tuple[Entity, ...]:
        return tuple(self._names.get(name, ())) or tuple(self._aliases.get(name, ()))

    def _of_kind(self, kind: str, name: str) -> tuple[Entity, ...]:
        found = tuple(entity for entity in self._names.get(name, ()) if entity.kind == kind)
        found = found or tuple(entity for entity in self._aliases.get(name, ()) if entity.kind == kind)
        exact = self._by_key.get(entity_key(kind, name)) if name else None
        return found or ((exact,) if exact else ())

    def _owned(self, kind: str, rest: str) -> tuple[Entity, ...]:
        """Of the things of one name, those that a fact ties to the owner."""
        name, slash, owner = rest.rpartition("/")
        if not slash:
            return ()
        owners = {entity.key for entity in self._named(owner)}
        return tuple(entity for entity in self._of_kind(kind, name) if self._ties[entity.key] & owners)
