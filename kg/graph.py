"""The graph: what was read in all documents, after entities that are one were merged."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Assertion, Correction, Document, Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """Documents, entities and facts; the ends of facts are keys of `entities`.

    Facts that a user calls wrong are among `assertions`, and say so.
    """

    documents: tuple[Document, ...] = ()
    entities: tuple[Entity, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    corrections: tuple[Correction, ...] = ()  # all that were given, those that match nothing too
