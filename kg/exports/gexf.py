"""GEXF 1.3, Gephi's own format: kinds in colour, each relation a kind of edge of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.exports.network import edge_data, node_data
from kg.exports.rows import Rows
from kg.exports.xml import attribute
from kg.rdf.terms import Resource

_NODE = {"kind": "string", "kind_label": "string", "subclass": "string", "code": "string", "aliases": "string"}
_EDGE = {
    "relation": "string",
    "sentences": "integer",
    "confidence": "double",
    "title": "string",
    "reference": "boolean",
    "inferred": "boolean",
}
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
  <graph mode="static" defaultedgetype="directed">
"""
_COLOURS = {  # of kinds, told apart by those who see no red or green too
    "organization": (0, 114, 178),
    "official": (213, 94, 0),
    "place": (0, 158, 115),
    "program": (204, 121, 167),
    "standard": (86, 180, 233),
    "event": (230, 159, 0),
}


def gexf(resources: Iterable[Resource]) -> Iterator[str]:
    """The file piece by piece; `resources` come in the order of exports.

    A character that XML cannot hold becomes U+FFFD.
    """
    yield _HEAD
    yield from _attributes("node", _NODE)
    yield from _attributes("edge", _EDGE)
    rows = Rows(resources)
    yield "    <nodes>\n"
    for node in rows.nodes():
        red, green, blue = _COLOURS[node.kind]
        yield f"      <node id={attribute(node.iri)} label={attribute(node.label)}>\n"
        yield (
            _values(_NODE, node_data(node)) + f'        <viz:color r="{red}" g="{green}" b="{blue}"/>\n      </node>\n'
        )
    yield "    </nodes>\n    <edges>\n"
    for number, edge in enumerate(rows.edges(), 1):
        ends = f"source={attribute(edge.source)} target={attribute(edge.target)}"
        about = f'label={attribute(edge.label)} kind="{edge.relation}" weight="{max(edge.sentences, 1)}"'
        yield f'      <edge id="e{number}" {ends} {about}>\n{_values(_EDGE, edge_data(edge))}      </edge>\n'
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _attributes(bearer: str, names: Mapping[str, str]) -> Iterator[str]:
    yield f'    <attributes class="{bearer}">\n'
    for name, kind in names.items():
        yield f'      <attribute id="{name}" title="{name}" type="{kind}"/>\n'
    yield "    </attributes>\n"


def _values(names: Mapping[str, str], found: Mapping[str, str | int | float | bool]) -> str:
    rows = (
        f'          <attvalue for="{name}" value={attribute(_plain(found[name]))}/>\n'
        for name in names
        if name in found
    )
    return f"        <attvalues>\n{''.join(rows)}        </attvalues>\n"


def _plain(value: str | int | float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
