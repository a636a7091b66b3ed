"""The graph as networkx knows it: entities as nodes, what is done or standing as edges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.config import ONTOLOGY
from kg.rdf.terms import Iri, Literal, Resource, Term
from kg.rdf.vocabulary import RDF, SKOS, Definition, vocabulary

if TYPE_CHECKING:
    import networkx

_Said = dict[str, list[Term]]
_End = tuple[str, str, str]  # subject, relation's local name, object
_CODES = ("divisionCode", "standardNumber", "documentNumber")


def network(resources: Iterable[Resource]) -> networkx.MultiDiGraph:
    """A MultiDiGraph whose nodes are IRIs and whose edges have the relation as key, both sorted.

    Nodes bear `label`, `kind` and `kind_label`, `subclass`, `code`, `aliases` (joined by |).
    Edges bear `relation` and `label`, `sentences` (how many say so), `confidence` (the highest
    of the facts behind the edge), `title` (joined by 、) and `reference`.
    """
    import networkx

    nodes: dict[str, dict[str, str]] = {}
    edges: set[_End] = set()
    facts: dict[_End, list[_Said]] = defaultdict(list)
    relations = {term.iri: term for term in vocabulary().relations.values()}
    kinds = {term.iri: term for term in vocabulary().kinds.values()}
    for subject, properties in resources:
        said: _Said = defaultdict(list)
        for predicate, end in properties:
            if predicate in relations:
                edges.add((subject, relations[predicate].name, str(end)))
            said[predicate].append(end)
        kind = next((kinds[one] for one in said[RDF + "type"] if isinstance(one, Iri) and one in kinds), None)
        if kind:
            nodes[subject] = _node(kind, said)
        elif vocabulary()["Assertion"] in said[RDF + "type"]:
            facts[_ends(said)].append(said)
    graph = networkx.MultiDiGraph()
    graph.add_nodes_from(sorted(nodes.items()))
    for one, relation, other in sorted(edges):
        graph.add_edge(one, other, key=relation, **_edge(relation, facts[one, relation, other]))
    return graph


def _node(kind: Definition, said: _Said) -> dict[str, str]:
    types = [str(one).removeprefix(ONTOLOGY) for one in said[RDF + "type"]]
    return {
        "label": min(_texts(said, SKOS + "prefLabel"), default=""),
        "kind": kind.notation or "",
        "kind_label": kind.labels["zh"],
        "subclass": "|".join(sorted(one for one in types if one != kind.name)),
        "code": "|".join(sorted(code for name in _CODES for code in _texts(said, vocabulary()[name]))),
        "aliases": "|".join(sorted(_texts(said, SKOS + "altLabel"))),
    }


def _edge(relation: str, facts: list[_Said]) -> dict[str, str | int | float | bool]:
    term = vocabulary()
    standing = [said for said in facts if _stands(said)]
    return {
        "relation": relation,
        "label": term.define(relation).labels["zh"],
        "sentences": sum(len(said[term["evidence"]]) for said in standing),
        "confidence": max((float(text) for said in standing for text in _texts(said, term["confidence"])), default=0.0),
        "title": "、".join(sorted({text for said in standing for text in _texts(said, term["title"])})),
        "reference": any(_texts(said, term["reference"]) for said in standing),
    }


def _stands(said: _Said) -> bool:
    term = vocabulary()
    return _texts(said, term["modality"])[0] in ("done", "ongoing") and not said[term["tenure"]]


def _ends(said: _Said) -> _End:
    subject, predicate, end = (str(said[RDF + part][0]) for part in ("subject", "predicate", "object"))
    return subject, predicate.removeprefix(ONTOLOGY), end


def _texts(said: _Said, predicate: str) -> list[str]:
    return [term.value for term in said[predicate] if isinstance(term, Literal)]
