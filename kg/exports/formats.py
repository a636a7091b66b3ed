"""Every form in which a graph can be handed on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.exports.files import write_text
from kg.exports.gexf import gexf
from kg.exports.graphml import graphml
from kg.exports.graphs import nquads, trig
from kg.exports.jsonld import jsonld
from kg.exports.ntriples import ntriples
from kg.exports.rdfxml import rdfxml
from kg.exports.select import Filter, pruned, select
from kg.exports.source import Source, source
from kg.exports.tables import write_csv, write_neo4j
from kg.exports.turtle import turtle
from kg.exports.workbook import write_workbook

Pieces = Callable[[Source], Iterator[str]]
TEXTS: Mapping[str, Pieces] = {
    "turtle": lambda graph: turtle(graph.again(), base=graph.base),
    "trig": lambda graph: trig(graph.again, base=graph.base),
    "nt": lambda graph: ntriples(graph.again()),
    "nq": lambda graph: nquads(graph.again, base=graph.base),
    "jsonld": lambda graph: jsonld(graph.again()),
    "rdfxml": lambda graph: rdfxml(graph.again()),
    "graphml": lambda graph: graphml(graph.again()),
    "gexf": lambda graph: gexf(graph.again()),
}
FOLDERS: Mapping[str, Callable[[Source, Path], None]] = {
    "csv": lambda graph, path: write_csv(graph.again, path),
    "neo4j": lambda graph, path: write_neo4j(graph.again, path),
}
FILES: Mapping[str, Callable[[Source, Path], None]] = {"xlsx": lambda graph, path: write_workbook(graph.again, path)}
FORMS = (*TEXTS, *FOLDERS, *FILES)
FIGURES = ("svg", "png")  # drawn by `kg.explorer.figure`


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to write where."""

    format: str  # a key of TEXTS, FOLDERS or FILES
    path: Path
    keep: Filter = field(default_factory=Filter)
    infer: bool = False  # add what follows by the rules of inference


def export(folder: Path, order: Order) -> None:
    """Write the graph in `folder`, or what the filter leaves of it; the same graph gives the same bytes.

    Raises GraphError when there is no graph, nothing is left, or the file cannot be written.
    """
    with source(folder, infer=order.infer) as whole:
        graph = filtered(whole, order.keep)
        if order.format in TEXTS:
            write_text(order.path, TEXTS[order.format](graph))
        else:
            {**FOLDERS, **FILES}[order.format](graph, order.path)


def filtered(graph: Source, keep: Filter) -> Source:
    """What a filter leaves of a graph."""
    if keep == Filter():
        return graph
    kept = select(graph.again, keep, graph.terms)
    return Source(graph.base, lambda: pruned(graph.again, kept, graph.terms), graph.terms)
