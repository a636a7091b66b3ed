"""A figure for a report: the graph as SVG, with the page's layout, marks and colours; or that as PNG.

Numbers have one decimal and nothing is measured on the machine, so the same graph gives the
same SVG everywhere. Typefaces are those of whoever looks at it.
"""

from __future__ import annotations

from collections import Counter
from math import hypot
from pathlib import Path

from kg.errors import GraphError
from kg.explorer.layout import ROOMY
from kg.explorer.lettering import LEADING, width
from kg.explorer.marks import colour, colours, mark
from kg.explorer.plan import SIDE, Label, Plan, Spot, Way, plan
from kg.exports.files import replacing, write_text
from kg.exports.formats import filtered
from kg.exports.select import Filter
from kg.exports.source import source
from kg.exports.xml import attribute, content

_ROW, _LEGEND = 22.0, 12.0  # height of a row of the legend, its letters
_DASHES, _DOTS = ' stroke-dasharray="4 4"', ' stroke-dasharray="1.5 3"'


def write_figure(
    folder: Path, path: Path, form: str, keep: Filter | None = None, *, infer: bool = False, others: bool = False
) -> None:
    """Draw the graph in `folder`, or what the filter leaves of it, as "svg" or "png".

    `infer` adds what follows by the rules of inference, `others` what is planned, called for,
    denied, over or to come.

    Raises GraphError when there is no graph, nothing is left, the file cannot be written,
    or what PNG needs is not installed.
    """
    if form == "png":
        from kg.explorer.raster import check

        check()  # before the work
    with source(folder, infer=infer) as whole:
        text = svg(plan(filtered(whole, keep or Filter()).again(), whole.base, whole.terms, others=others))
    if form == "svg":
        write_text(path, [text])
        return
    from kg.explorer.raster import png

    picture = png(text)
    with replacing(path) as part:
        part.write_bytes(picture)


def svg(drawn: Plan) -> str:
    """The whole figure; raises GraphError when there is nothing to draw."""
    if not drawn.spots:
        raise GraphError("the graph holds no entity; there is nothing to draw")
    order = list(drawn.kinds)
    legend, height = _legend(drawn)
    size = f'width="{drawn.width:.0f}" height="{height:.0f}" viewBox="0 0 {drawn.width:.0f} {height:.0f}"'
    parts = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size} font-family={attribute(colours()["sans"])}>',
        f"<title>{_said(drawn)}</title>",
        '<rect width="100%" height="100%" fill="#fff"/>',
        f'<g fill="none" stroke="{colours()["link"]}" opacity="{0.45 if len(drawn.ways) > 1200 else 1}">',
        *(_line(one) for one in drawn.ways),
        "</g>",
        f'<path fill="{colours()["link"]}" d="{_tips(drawn)}"/>',
        f'<path fill="#fff" d="{_plates(drawn)}"/>',  # no line runs through a name
        '<g stroke="#fff">',
        *(_node(one, order.index(one.kind)) for one in reversed(drawn.spots)),  # larger ones on top
        "</g>",
        '<g text-anchor="middle" stroke="#fff" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke">',
        *(_text(one) for one in drawn.labels),
        "</g>",
        *legend,
        "</svg>\n",
    )
    return "\n".join(parts)


def _line(way: Way) -> str:
    a, b = way.start, way.stop
    dash = _DASHES if way.inferred else _DOTS if way.loose else ""
    return f'<line x1="{a.x:.1f}" y1="{a.y:.1f}" x2="{b.x:.1f}" y2="{b.y:.1f}"{dash}/>'


def _tips(drawn: Plan) -> str:
    """The heads of all arrows; in a graph from afar they would hide the hubs."""
    return "".join(map(_tip, drawn.ways)) if len(drawn.spots) <= ROOMY else ""


def _plates(drawn: Plan) -> str:
    boxes = (one.box for one in drawn.labels)
    return "".join(f"M{b.left:.1f} {b.top:.1f}H{b.right:.1f}V{b.bottom:.1f}H{b.left:.1f}Z" for b in boxes)


def _tip(way: Way) -> str:
    """The arrow's head before the mark it points at; none where there is no room."""
    a, b = way.start, way.stop
    far = hypot(b.x - a.x, b.y - a.y)
    if far < a.radius + b.radius + 12:
        return ""
    ux, uy = (b.x - a.x) / far, (b.y - a.y) / far
    x, y = b.x - ux * (b.radius + 1.5), b.y - uy * (b.radius + 1.5)
    wings = [(x - ux * 7 - side * uy * 2.8, y - uy * 7 + side * ux * 2.8) for side in (1, -1)]
    return f"M{x:.1f} {y:.1f}" + "".join(f"L{wx:.1f} {wy:.1f}" for wx, wy in wings) + "Z"


def _node(spot: Spot, kind: int) -> str:
    shape = mark(kind, spot.x, spot.y, spot.radius)
    return f'{shape} fill="{colour(spot.kind)}"><title>{content(spot.name[:300])}</title>{_end(shape)}'


def _end(shape: str) -> str:
    return f"</{shape[1:].partition(' ')[0]}>"


def _text(label: Label) -> str:
    x = (label.box.left + label.box.right) / 2
    rows = [
        f'<tspan x="{x:.1f}" y="{label.box.top + 1 + label.size * (0.86 + i * LEADING):.1f}">{content(line)}</tspan>'
        for i, line in enumerate(label.lines)
    ]
    ink = colours()["soft" if label.soft else "ink"]
    return f'<text font-size="{label.size:g}" fill="{ink}">{"".join(rows)}</text>'


def _said(drawn: Plan) -> str:
    named = sum(not one.soft for one in drawn.labels)
    counts = len(drawn.spots), drawn.relations
    text = "{} 个实体，{} 条关系 · {} entities, {} relations".format(*counts, *counts)
    return text if named == len(drawn.spots) else f"{text}；标出名称 {named} 个 · {named} named"


def _legend(drawn: Plan) -> tuple[list[str], float]:
    """What the marks mean, and how high the figure is with it."""
    found, counts, x, y = [], Counter(one.kind for one in drawn.spots), SIDE / 2, drawn.height + 8
    for number, (kind, names) in enumerate(drawn.kinds.items()):
        if not counts[kind]:
            continue
        text = f"{names['zh']} {names['en']} {counts[kind]}"
        wide = width(text, _LEGEND) + 34
        if x + wide > drawn.width and x > SIDE / 2:
            x, y = SIDE / 2, y + _ROW
        found.append(f'{mark(number, x + 6, y, 6)} fill="{colour(kind)}"/>{_caption(text, x + 17, y + 4.3)}')
        x += wide
    for dash, text, drawn_so in (
        (_DASHES, "推断所得 inferred", any(way.inferred for way in drawn.ways)),
        (_DOTS, "计划、要求、否定、已结束或将有 not holding", any(way.loose for way in drawn.ways)),
    ):
        if drawn_so:
            y += _ROW
            line = f'<line x1="{SIDE / 2:.1f}" x2="{SIDE / 2 + 14:.1f}" y1="{y:.1f}" y2="{y:.1f}"{dash}'
            found.append(f'{line} stroke="{colours()["link"]}"/>{_caption(text, SIDE / 2 + 20, y + 4.3)}')
    y += _ROW
    found.append(_caption(_said(drawn), SIDE / 2, y + 2))
    return found, round(y + _ROW - 4)


def _caption(text: str, x: float, y: float) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{_LEGEND:g}" fill="{colours()["soft"]}">{content(text)}</text>'
