"""From the readings of many documents to one graph: which entities are one.

Organizations, standards and places carry what identifies them in their key (full
name, code), so equal keys are one entity. Persons, programs and events share names
too easily: two of one name are one only if they also share a body or a place they
are tied to, or stand in the same document. What is doubtful stays apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

from kg.gazetteer import gazetteer
from kg.graph import Graph
from kg.ids import entity_key
from kg.model import EVENT, OFFICIAL, PLACE, PROGRAM, Assertion, Claim, Document, Entity, Reading
from kg.resolve.confidence import combined

TIED = (OFFICIAL, PROGRAM, EVENT)  # kinds whose name alone does not identify
TIES = ("holds_post", "organizes", "located_in", "participates_in")

Local = tuple[str, str]  # document id, key within the document


def merge(readings: Iterable[Reading]) -> Graph:
    """One graph of all readings: the same, whatever their order."""
    documents: dict[str, Document] = {}
    entities: dict[Local, Entity] = {}
    facts: list[tuple[str, Assertion]] = []
    for reading in sorted(readings, key=lambda r: (r.document.id, r.document.source)):
        if reading.document.id in documents:
            continue  # the same text in two files is one document
        documents[reading.document.id] = reading.document
        entities.update({(reading.document.id, entity.key): entity for entity in reading.entities})
        facts.extend((reading.document.id, fact) for fact in reading.assertions)
    keys = _global_keys(entities, facts)
    assertions = _merged_facts(facts, keys)
    merged = _merged_entities(entities, keys)
    merged, containment = _with_containers(merged)
    known = {(fact.subject, fact.relation, fact.object) for fact in assertions}
    assertions += [fact for fact in containment if (fact.subject, fact.relation, fact.object) not in known]
    return Graph(
        documents=tuple(sorted(documents.values(), key=lambda d: (d.source, d.paragraphs[0].line, d.id))),
        entities=tuple(merged[key] for key in sorted(merged)),
        assertions=tuple(sorted(assertions, key=fact_order)),
    )


def fact_order(fact: Assertion) -> tuple[str, ...]:
    """What identifies a fact; facts are sorted by it."""
    return fact.subject, fact.relation, fact.object, fact.title or "", fact.modality.value, fact.tenure.value


def _global_keys(entities: Mapping[Local, Entity], facts: Iterable[tuple[str, Assertion]]) -> dict[Local, str]:
    """Key in the graph of every entity of every document."""
    ties: dict[Local, set[str]] = defaultdict(set)
    for document, fact in facts:
        if fact.relation in TIES:
            for one, other in ((fact.subject, fact.object), (fact.object, fact.subject)):
                if entities[document, other].kind not in TIED:
                    ties[document, one].add(other)
    keys = {local: entity.key for local, entity in entities.items() if entity.kind not in TIED}
    by_name: dict[tuple[str, str], list[Local]] = defaultdict(list)
    for local, entity in entities.items():
        if entity.kind in TIED:
            by_name[entity.kind, entity.name].append(local)
    for (kind, name), locals_ in by_name.items():
        for group in _tied_groups(locals_, ties):
            owner = min((tie.partition("/")[2] for local in group for tie in ties[local]), default=min(group)[0])
            keys.update(dict.fromkeys(group, entity_key(kind, name, owner=owner)))
    return keys


def _tied_groups(locals_: list[Local], ties: Mapping[Local, set[str]]) -> list[list[Local]]:
    """Groups in which each member shares a tie with another one."""
    groups: list[tuple[set[str], list[Local]]] = []
    for local in sorted(locals_):
        shared = [group for group in groups if group[0] & ties[local]]
        members = [member for group in shared for member in group[1]] + [local]
        bonds = set(ties[local]).union(*(group[0] for group in shared))
        groups = [group for group in groups if group not in shared] + [(bonds, members)]
    return [members for _, members in groups]


def _merged_entities(entities: Mapping[Local, Entity], keys: Mapping[Local, str]) -> dict[str, Entity]:
    groups: dict[str, list[Entity]] = defaultdict(list)
    for local in sorted(entities):
        groups[keys[local]].append(entities[local])
    return {key: merged_entity(key, group) for key, group in groups.items()}


def merged_entity(key: str, group: list[Entity]) -> Entity:
    """The longest name leads; every other form is an alias."""
    name = max((entity.name for entity in group), key=lambda form: (len(form), form))
    forms = {form for entity in group for form in (entity.name, *entity.aliases)}
    return replace(
        group[0],
        key=key,
        name=name,
        aliases=tuple(sorted(forms - {name})),
        code=next((entity.code for entity in group if entity.code), None),
        subclass=next((entity.subclass for entity in group if entity.subclass), None),
        mentions=tuple(mention for entity in group for mention in entity.mentions),
    )


def _merged_facts(facts: Iterable[tuple[str, Assertion]], keys: Mapping[Local, str]) -> list[Assertion]:
    groups: dict[tuple[str, ...], list[Assertion]] = defaultdict(list)
    for document, fact in facts:
        moved = replace(fact, subject=keys[document, fact.subject], object=keys[document, fact.object])
        groups[fact_order(moved)].append(moved)
    return [merged_fact(group) for group in groups.values()]


def merged_fact(group: list[Assertion]) -> Assertion:
    """One fact with the claims of several, which share what identifies them."""
    claims = tuple(sorted((claim for fact in group for claim in fact.claims), key=_claim_order))
    since = min((fact.since for fact in group if fact.since), default=None)
    until = max((fact.until for fact in group if fact.until), default=None)
    return replace(group[0], claims=claims, confidence=combined(claims), since=since, until=until)


def _claim_order(claim: Claim) -> tuple[str, int, int, int, str]:
    span = claim.sentence
    return span.document.id, span.start, claim.subject.start, claim.object.start, claim.rule


def _with_containers(entities: dict[str, Entity]) -> tuple[dict[str, Entity], list[Assertion]]:
    """The divisions that contain a place, up to its province: reference facts of the gazetteer."""
    found, facts = dict(entities), dict[tuple[str, str], Assertion]()
    for entity in entities.values():
        if entity.kind != PLACE or not entity.code:
            continue
        for inner, outer in pairwise(gazetteer().chain(entity.code)):
            pair = f"place/{inner.code}", f"place/{outer.code}"
            facts.setdefault(pair, _containment(*pair))
            found.setdefault(pair[1], Entity(key=pair[1], kind=PLACE, name=outer.name, code=outer.code))
    return found, list(facts.values())


def _containment(inner: str, outer: str) -> Assertion:
    return Assertion(subject=inner, relation="located_in", object=outer, claims=(), confidence=1.0, reference=True)
