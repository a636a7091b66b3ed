"""GraphML, for Gephi, yEd, Cytoscape and networkx: sorted, the same bytes in every run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kg.exports.files import write_text
from kg.exports.network import edge_data, node_data
from kg.exports.rows import Rows
from kg.exports.xml import attribute, content
from kg.rdf.terms import Resource

_NODE = ("label", "kind", "kind_label", "subclass", "code", "aliases")
_EDGE = {
    "relation": "string",
    "label": "string",
    "sentences": "int",
    "confidence": "double",
    "title": "string",
    "reference": "boolean",
    "inferred": "boolean",
}
_KEYS = {"node": dict.fromkeys(_NODE, "string"), "edge": _EDGE}


def write_graphml(resources: Iterable[Resource], path: Path) -> None:
    """Write entities and standing relations to a file; see `network` for what nodes and edges bear.

    A character that XML cannot hold becomes U+FFFD. Raises GraphError when the file cannot be written.
    """
    write_text(path, graphml(resources))


def graphml(resources: Iterable[Resource]) -> Iterator[str]:
    """The file piece by piece; `resources` come in the order of exports."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for bearer, keys in _KEYS.items():
        for name, kind in keys.items():
            yield f'  <key id="{bearer}-{name}" for="{bearer}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '  <graph edgedefault="directed">\n'
    rows = Rows(resources)
    for node in rows.nodes():
        yield f"    <node id={attribute(node.iri)}>\n{_data('node', node_data(node))}    </node>\n"
    for number, edge in enumerate(rows.edges(), 1):  # programs drop edges that share an id
        ends = f"source={attribute(edge.source)} target={attribute(edge.target)}"
        yield f'    <edge id="e{number}" {ends}>\n{_data("edge", edge_data(edge))}    </edge>\n'
    yield "  </graph>\n</graphml>\n"


def _data(bearer: str, found: Mapping[str, str | int | float | bool]) -> str:
    return "".join(
        f'      <data key="{bearer}-{name}">{content(_plain(value))}</data>\n' for name, value in found.items()
    )


def _plain(value: str | int | float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
