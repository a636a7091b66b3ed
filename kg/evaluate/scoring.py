"""Compares one built graph with the gold facts of its text.

A node is right when a gold node has its kind and one of its names; each gold
node is given to one node at most, so that a split entity costs precision. An
edge is right when both ends are, and the gold has it. What is optional counts
neither way, nor do places that only contain other places: a gazetteer adds those.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.evaluate.gold import Edge, GoldDocument

SYMMETRIC = frozenset({"cooperates_with"})
PLACE, POST = "Place", "holds_post"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What one document adds to the score: how many of each kind and relation, and the errors."""

    right: Counter[str] = field(default_factory=Counter)
    predicted: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    named: int = 0
    codes: tuple[int, int] = (0, 0)  # right, of so many
    titles: tuple[int, int] = (0, 0)
    errors: tuple[tuple[str, ...], ...] = ()


def compare(gold: GoldDocument, built: Built, relations: frozenset[str]) -> Counts:
    """Counts for one document; `relations` are those that the gold set uses at all."""
    pairs = match(gold, built)
    return total([_nodes(gold, built, pairs), _edges(gold, built, pairs, relations)])


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


def node_right(gold: GoldDocument, built: Built, pairs: Mapping[str, int], iri: str) -> bool | None:
    """Whether the gold has a built node; None where it counts neither way."""
    if iri in pairs:
        return None if gold.nodes[pairs[iri]].optional else True
    return None if iri in _containers(built) else False


def edge_right(gold: GoldDocument, built: Built, pairs: Mapping[str, int], edge: tuple[str, str, str]) -> bool | None:
    """Whether the gold has a built edge; None where it counts neither way."""
    subject, relation, object_ = edge
    ends = pairs.get(subject), pairs.get(object_)
    if _is_free(gold, ends, relation):
        return None
    if any(one in gold.edges for one in _both_ways(ends, relation)):
        return True
    return None if built.nodes[subject].kind == built.nodes[object_].kind == PLACE else False


def _containers(built: Built) -> set[str]:
    return {o for s, r, o in built.edges if r == "located_in" and built.nodes[s].kind == built.nodes[o].kind == PLACE}


def _nodes(gold: GoldDocument, built: Built, pairs: Mapping[str, int]) -> Counts:
    optional, met = gold.optional, set(pairs.values())
    containers = _containers(built)
    right = [(node, gold.nodes[pairs[iri]]) for iri, node in built.nodes.items() if iri in pairs]
    firm = [(node, wanted) for node, wanted in right if not wanted.optional]
    extra = [node for iri, node in built.nodes.items() if iri not in pairs and iri not in containers]
    missed = [node for position, node in enumerate(gold.nodes) if position not in met | optional]
    coded = [(node, wanted.code) for node, wanted in right if wanted.code]
    return Counts(
        right=Counter(node.kind for node, _ in firm),
        predicted=Counter([*(node.kind for node, _ in firm), *(node.kind for node in extra)]),
        gold=Counter(node.kind for node in gold.nodes if not node.optional),
        named=sum(bool(wanted.full & node.labels) for node, wanted in firm),
        codes=(sum(code in node.codes for node, code in coded), len(coded)),
        errors=(
            *(("extra node", gold.id, node.kind, node.label) for node in extra),
            *(("missed node", gold.id, node.kind, node.name) for node in missed),
        ),
    )


def _edges(gold: GoldDocument, built: Built, pairs: Mapping[str, int], relations: frozenset[str]) -> Counts:
    found: dict[Edge, tuple[str, str]] = {}  # a gold edge, and the ends by which it was found
    extra: list[tuple[str, str, str]] = []
    for s, relation, o in sorted(built.edges):
        ends = pairs.get(s), pairs.get(o)
        if relation not in relations or _is_free(gold, ends, relation):
            continue
        edge = next((edge for edge in _both_ways(ends, relation) if edge in gold.edges), None)
        if edge is not None:
            found.setdefault(edge, (s, o))
        elif not built.nodes[s].kind == built.nodes[o].kind == PLACE:
            extra.append((s, relation, o))
    missed = sorted(gold.edges - found.keys())
    return Counts(
        right=Counter(relation for _, relation, _ in found),
        predicted=Counter(relation for _, relation, _ in [*found, *extra]),
        gold=Counter(relation for _, relation, _ in gold.edges),
        titles=_titled(gold, built, found),
        errors=(
            *(("extra edge", gold.id, built.nodes[s].label, r, built.nodes[o].label) for s, r, o in extra),
            *(("missed edge", gold.id, gold.nodes[s].name, r, gold.nodes[o].name) for s, r, o in missed),
        ),
    )


def _titled(gold: GoldDocument, built: Built, found: Mapping[Edge, tuple[str, str]]) -> tuple[int, int]:
    """How many posts bear a title of the gold, of those for which the gold has one."""
    posts = [(gold.titles[s, o], ends) for (s, r, o), ends in found.items() if r == POST and (s, o) in gold.titles]
    return sum(bool(wanted & built.titles.get(ends, frozenset())) for wanted, ends in posts), len(posts)


def _both_ways(ends: tuple[int | None, int | None], relation: str) -> list[Edge]:
    one, other = ends
    if one is None or other is None:
        return []
    return [(one, relation, other), *([(other, relation, one)] if relation in SYMMETRIC else [])]


def _is_free(gold: GoldDocument, ends: tuple[int | None, int | None], relation: str) -> bool:
    return bool(gold.optional & {*ends}) or any(edge in gold.free for edge in _both_ways(ends, relation))


def total(parts: Sequence[Counts]) -> Counts:
    """Several counts together."""
    return Counts(
        right=sum((part.right for part in parts), Counter()),
        predicted=sum((part.predicted for part in parts), Counter()),
        gold=sum((part.gold for part in parts), Counter()),
        named=sum(part.named for part in parts),
        codes=(sum(part.codes[0] for part in parts), sum(part.codes[1] for part in parts)),
        titles=(sum(part.titles[0] for part in parts), sum(part.titles[1] for part in parts)),
        errors=tuple(error for part in parts for error in part.errors),
    )


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
