"""The graph: what was read in all documents, after entities that are one were merged."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Assertion, Document, Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """Documents, entities and facts; the ends of facts are keys of `entities`."""

    documents: tuple[Document, ...] = ()
    entities: tuple[Entity, ...] = ()
    assertions: tuple[Assertion, ...] = ()
