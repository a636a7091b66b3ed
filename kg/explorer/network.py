"""The graph as a pyvis network: pyvis writes the nodes, edges and options of smaller pages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

SHAPES = ("dot", "square", "triangle", "hexagon", "diamond", "star")  # vis-network's names, in the order of the kinds
OPTIONS = """{
  "physics": {"enabled": false},
  "layout": {"improvedLayout": false},
  "interaction": {"hover": false, "selectable": true, "selectConnectedEdges": false, "multiselect": false,
                  "tooltipDelay": 1000000, "zoomSpeed": 0.7},
  "nodes": {"borderWidth": 0, "labelHighlightBold": false},
  "edges": {"smooth": false, "width": 1, "selectionWidth": 0, "hoverWidth": 0, "chosen": false,
            "color": {"inherit": false}, "arrows": {"to": {"enabled": true, "scaleFactor": 0.35}}}
}"""


def network(columns: Mapping[str, Any]) -> Any:
    """A pyvis Network of the page's columns: integer ids, positions given, physics off, no text in it at all."""
    from pyvis.network import Network

    made = Network(height="100%", width="100%", directed=True)
    rows = zip(columns["kind"], columns["x"], columns["y"], columns["r"], strict=True)
    made.nodes = [
        {"id": i, "x": x, "y": y, "size": r, "shape": SHAPES[kind % len(SHAPES)]}
        for i, (kind, x, y, r) in enumerate(rows)
    ]
    facts = columns["facts"]
    made.edges = [{"id": i, "from": s, "to": o} for i, (s, o) in enumerate(_pairs(facts["s"], facts["o"]))]
    made.set_options(OPTIONS)
    return made


def _pairs(subjects: list[int], objects: list[int]) -> list[tuple[int, int]]:
    """One edge for two things however many facts join them, in the order of their first fact, as the page counts."""
    seen: dict[tuple[int, int], tuple[int, int]] = {}
    for s, o in zip(subjects, objects, strict=True):
        seen.setdefault((min(s, o), max(s, o)), (s, o))
    return list(seen.values())


def library() -> str:
    """The vis-network script that ships inside pyvis, without its pointer to a source map.

    Raises FileNotFoundError when the installed pyvis ships none.
    """
    import pyvis

    found = sorted((Path(pyvis.__file__).parent / "lib").glob("vis-*/vis-network.min.js"))
    if not found:
        raise FileNotFoundError(f"{pyvis.__file__}: this pyvis ships no vis-network; install pyvis 0.3.2 or later")
    text = found[-1].read_text(encoding="utf-8")
    return "\n".join(line for line in text.split("\n") if not line.startswith("//# sourceMappingURL"))
