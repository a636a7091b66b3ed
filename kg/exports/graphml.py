"""GraphML, for Gephi, yEd, Cytoscape and networkx: sorted, the same bytes in every run."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.errors import GraphError
from kg.exports.network import network
from kg.rdf.terms import Resource, xml_text


def write_graphml(resources: Iterable[Resource], path: Path) -> None:
    """Write entities and standing relations to a file; see `network` for what nodes and edges bear.

    A character that XML cannot hold becomes U+FFFD. Raises GraphError when the file cannot be written.
    """
    import networkx

    graph = network(resources)
    bearers = [*(data for _, data in graph.nodes(data=True)), *(data for *_, data in graph.edges(data=True))]
    for data in bearers:
        data.update({name: xml_text(text) for name, text in data.items() if isinstance(text, str)})
    try:
        with path.open("wb") as out:
            # Not write_graphml: that takes lxml where it is installed, and writes other bytes.
            networkx.write_graphml_xml(graph, out)
    except OSError as error:
        raise GraphError(f"{path}: cannot be written: {error.strerror}") from error
