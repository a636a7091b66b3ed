"""Compares one built graph with the gold facts of its text.

A node is right when a gold node has its kind and one of its names; each gold
node is given to one node at most, so that a split entity costs precision. An
edge is right when both ends are, and the gold has it. What is optional counts
neither way, nor do places that only contain other places: a gazetteer adds those.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.evaluate.gold import Edge, GoldDocument

SYMMETRIC = frozenset({"cooperates_with"})
PLACE = "Place"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltNode:
    """An entity of a built graph; `labels` and `names` in the spelling of `gold.same`."""

    kind: str
    label: str  # as written
    labels: frozenset[str]
    names: frozenset[str]
    codes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What of a built graph counts. Nodes are known by their IRIs."""

    nodes: Mapping[str, BuiltNode]
    edges: frozenset[tuple[str, str, str]]
    titles: Mapping[tuple[str, str], frozenset[str]]


@dataclass(slots=True, kw_only=True)
class Counts:
    """What one document adds to the score: how many of each kind and relation, and the errors."""

    right: Counter[str] = field(default_factory=Counter)
    predicted: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    named: int = 0
    codes: tuple[int, int] = (0, 0)  # right, of so many
    titles: tuple[int, int] = (0, 0)
    errors: list[tuple[str, ...]] = field(default_factory=list)


def compare(gold: GoldDocument, built: Built, relations: frozenset[str]) -> Counts:
    """Counts for one document; `relations` are those that the gold set uses at all."""
    counts = Counts()
    pairs = match(gold, built)
    _nodes(counts, gold, built, pairs)
    _edges(counts, gold, built, pairs, relations)
    return counts


def match(gold: GoldDocument, built: Built) -> dict[str, int]:
    """Gives gold nodes (by position) to built ones (by IRI), those with the full name first."""
    pairs: dict[str, int] = {}
    for strict in (True, False):
        taken = set(pairs.values())
        for iri in sorted(built.nodes):
            if iri in pairs:
                continue
            node = built.nodes[iri]
            for position, wanted in enumerate(gold.nodes):
                shared = wanted.full & node.labels if strict else wanted.names & node.names
                if position not in taken and wanted.kind == node.kind and shared:
                    pairs[iri] = position
                    taken.add(position)
                    break
    return pairs


def _nodes(counts: Counts, gold: GoldDocument, built: Built, pairs: Mapping[str, int]) -> None:
    optional = gold.optional
    firm = [position for position in range(len(gold.nodes)) if position not in optional]
    counts.gold.update(gold.nodes[position].kind for position in firm)
    containers = {
        o for s, r, o in built.edges if r == "located_in" and built.nodes[s].kind == built.nodes[o].kind == PLACE
    }
    for iri, node in built.nodes.items():
        if iri not in pairs:
            if iri not in containers:
                counts.predicted[node.kind] += 1
                counts.errors.append(("extra node", gold.id, node.kind, node.label))
        elif pairs[iri] not in optional:
            counts.predicted[node.kind] += 1
            counts.right[node.kind] += 1
            counts.named += bool(gold.nodes[pairs[iri]].full & node.labels)
    coded = [(iri, gold.nodes[position].code) for iri, position in pairs.items() if gold.nodes[position].code]
    counts.codes = sum(code in built.nodes[iri].codes for iri, code in coded), len(coded)
    met = set(pairs.values())
    for wanted in (gold.nodes[position] for position in firm if position not in met):
        counts.errors.append(("missed node", gold.id, wanted.kind, wanted.name))


def _edges(
    counts: Counts, gold: GoldDocument, built: Built, pairs: Mapping[str, int], relations: frozenset[str]
) -> None:
    optional = gold.optional
    counts.gold.update(relation for _, relation, _ in gold.edges)
    found: set[Edge] = set()
    titled = [0, 0]
    for s, relation, o in sorted(built.edges):
        ends = pairs.get(s), pairs.get(o)
        if relation not in relations or _is_free(gold, ends, relation) or optional & {*ends}:
            continue
        edge = next((edge for edge in _both_ways(ends, relation) if edge in gold.edges), None)
        one, other = built.nodes[s], built.nodes[o]
        if edge in found or (edge is None and one.kind == other.kind == PLACE):
            continue
        counts.predicted[relation] += 1
        if edge is None:
            counts.errors.append(("extra edge", gold.id, one.label, relation, other.label))
            continue
        found.add(edge)
        counts.right[relation] += 1
        if relation == "holds_post" and (edge[0], edge[2]) in gold.titles:
            titled[0] += bool(gold.titles[edge[0], edge[2]] & built.titles.get((s, o), frozenset()))
            titled[1] += 1
    counts.titles = titled[0], titled[1]
    for subject, relation, object_ in sorted(gold.edges - found):
        names = gold.nodes[subject].name, relation, gold.nodes[object_].name
        counts.errors.append(("missed edge", gold.id, *names))


def _both_ways(ends: tuple[int | None, int | None], relation: str) -> list[Edge]:
    one, other = ends
    if one is None or other is None:
        return []
    return [(one, relation, other), *([(other, relation, one)] if relation in SYMMETRIC else [])]


def _is_free(gold: GoldDocument, ends: tuple[int | None, int | None], relation: str) -> bool:
    return any(edge in gold.free for edge in _both_ways(ends, relation))


def total(parts: Iterable[Counts]) -> Counts:
    """The counts of several documents together."""
    result = Counts()
    for part in parts:
        result.right.update(part.right)
        result.predicted.update(part.predicted)
        result.gold.update(part.gold)
        result.named += part.named
        result.codes = result.codes[0] + part.codes[0], result.codes[1] + part.codes[1]
        result.titles = result.titles[0] + part.titles[0], result.titles[1] + part.titles[1]
        result.errors.extend(part.errors)
    return result


def f1(right: float, predicted: float, gold: float) -> float:
    """The harmonic mean of precision and recall, 0 where nothing is right."""
    return 2 * right / (predicted + gold) if right else 0.0


def sums(counts: Counts, keys: Sequence[str]) -> tuple[int, int, int]:
    """Right, predicted and gold over some kinds or relations."""
    return (
        sum(counts.right[key] for key in keys),
        sum(counts.predicted[key] for key in keys),
        sum(counts.gold[key] for key in keys),
    )
