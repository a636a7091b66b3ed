"""The graph as networkx knows it: entities as nodes, what is done or standing as edges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

from kg.exports.rows import Edge, Node, Rows
from kg.rdf.terms import Resource

if TYPE_CHECKING:
    import networkx


def network(resources: Iterable[Resource]) -> networkx.MultiDiGraph:
    """A MultiDiGraph whose nodes are IRIs and whose edges have the relation as key, both sorted.

    Nodes bear `label`, `kind` and `kind_label`, `subclass`, `code`, `aliases` (joined by |).
    Edges bear `relation` and `label`, `sentences` (how many say so), `confidence` (the highest
    of the facts behind the edge), `title` (joined by 、), `reference`, and `inferred` where it is.
    """
    import networkx

    rows = Rows(resources)
    graph = networkx.MultiDiGraph()
    graph.add_nodes_from(sorted((node.iri, node_data(node)) for node in rows.nodes()))
    for edge in rows.edges():
        graph.add_edge(edge.source, edge.target, key=edge.relation, **edge_data(edge))
    return graph


def node_data(node: Node) -> dict[str, str]:
    """What a node bears, by name."""
    return {
        "label": node.label,
        "kind": node.kind,
        "kind_label": node.kind_label,
        "subclass": node.subclass,
        "code": node.code,
        "aliases": "|".join(node.aliases),
    }


def edge_data(edge: Edge) -> dict[str, str | int | float | bool]:
    """What an edge bears, by name."""
    found = {name: value for name, value in asdict(edge).items() if name not in ("source", "target")}
    if not edge.inferred:
        del found["inferred"]
    return found
