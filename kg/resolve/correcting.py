"""A graph while it is being corrected: its entities and facts, and the steps that keep them together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from kg.graph import Graph
from kg.model import Assertion, Correction, Entity
from kg.resolve.across import fact_order, merged_entity, merged_fact


class Work:
    """Entities by key, and facts; `Graph` values go in and come out."""

    def __init__(self, graph: Graph) -> None:
        self.entities = {entity.key: entity for entity in graph.entities}
        self.facts = list(graph.assertions)

    def mark(self, entity: Entity, one: Correction) -> None:
        """Put an entity into its place, with what made it what it is."""
        self.entities[entity.key] = replace(entity, corrections=(*entity.corrections, one))

    def join(self, stays: Entity, goes: Entity, one: Correction) -> None:
        """Put everything of `goes` into `stays`, which keeps its key and name."""
        if stays.key != goes.key:
            forms = {goes.name, *goes.aliases, *stays.aliases} - {stays.name}
            whole = merged_entity(stays.key, [stays, goes])
            marks = (*stays.corrections, *goes.corrections)
            stays = replace(whole, name=stays.name, aliases=tuple(sorted(forms)), corrections=marks)
            del self.entities[goes.key]
            self.move({goes.key: stays.key})
        self.mark(stays, one)

    def move(self, keys: dict[str, str]) -> None:
        """Point facts at other entities; those that became one are merged, one with itself is none."""
        groups: dict[tuple[str, ...], list[Assertion]] = defaultdict(list)
        for fact in self.facts:
            subject, object_ = (keys.get(end, end) for end in (fact.subject, fact.object))
            if subject != object_:
                moved = replace(fact, subject=subject, object=object_)
                groups[fact_order(moved)].append(moved)
        self.facts = [_one_fact(group) for group in groups.values()]

    def of(self, entity: Entity) -> list[Assertion]:
        """The facts of an entity."""
        return [fact for fact in self.facts if entity.key in (fact.subject, fact.object)]

    def between(self, one: Entity, other: Entity) -> list[Assertion]:
        """The facts that join two entities, in either direction."""
        ends = {one.key, other.key}
        return [fact for fact in self.facts if {fact.subject, fact.object} == ends]


def _one_fact(group: list[Assertion]) -> Assertion:
    """Several facts that became one; what a text says goes before what the gazetteer has."""
    said = [fact for fact in group if fact.claims]
    return merged_fact(said) if len(said) > 1 else (said or group)[0]
