"""What a figure shows and where: the entities of a graph, what joins them, and the names there is room for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import hypot, sqrt

from kg.explorer.layout import ROOMY, layout
from kg.explorer.lettering import LEADING, Box, Sheet, lines, width
from kg.explorer.marks import KINDS
from kg.exports.rows import Node, Rows
from kg.exports.said import said
from kg.exports.terms import Terms, packaged
from kg.rdf.terms import Resource

WIDE, HIGH = 1400.0, 1900.0  # at most; letters stay legible on a printed page
SIDE, TOP = 70.0, 44.0  # room for names at the edges
SMALL = 11.0  # letters of the relations
_MOST = 160  # names in a graph too large to name everything
_STATES = {"planned": "计划", "called-for": "要求", "denied": "否定", "former": "曾", "coming": "将"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """An entity as it is drawn."""

    kind: str
    name: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """All that joins two entities; one line."""

    start: Spot
    stop: Spot
    labels: tuple[str, ...]  # of the relations
    inferred: bool = False  # nothing but inferred
    loose: bool = False  # nothing of it holds: planned, called for, denied, over or to come


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A text and the room that it has to itself."""

    lines: tuple[str, ...]
    size: float  # of the letters
    box: Box
    soft: bool = False  # a relation, not a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A figure without its legend, larger entities first."""

    kinds: Mapping[str, Mapping[str, str]]  # what each is called, by language, in the order of their marks
    spots: tuple[Spot, ...]
    ways: tuple[Way, ...]
    labels: tuple[Label, ...]
    relations: int
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    """One relation between two entities."""

    ends: tuple[str, str]
    label: str
    inferred: bool = False
    loose: bool = False


def plan(resources: Iterable[Resource], base: str, terms: Terms | None = None, *, others: bool = False) -> Plan:
    """Lays a graph out as the page does; `base` begins its IRIs.

    `terms` are its kinds and relations, the ontology's if not given. `others` adds facts that
    are planned, called for, denied, over or to come.
    """
    terms = terms or packaged()
    named = {kind.notation or "": kind.labels for kind in terms.kinds.values()}
    kinds = {one: named[one] for one in (*KINDS, *sorted(named.keys() - {*KINDS}))}
    order, loose = list(kinds), list[_Link]()
    rows = Rows(_watched(resources, terms, loose) if others else resources, terms)
    nodes = sorted(rows.nodes(), key=lambda one: (order.index(one.kind), one.iri))
    edges = [_Link(ends=(one.source, one.target), label=one.label, inferred=one.inferred) for one in rows.edges()]
    edges += dict.fromkeys(loose)
    number = {one.iri: index for index, one in enumerate(nodes)}
    pairs = ((number[one.ends[0]], number[one.ends[1]]) for one in edges)
    links = sorted({(min(pair), max(pair)) for pair in pairs})
    laid = layout([one.iri.removeprefix(base) for one in nodes], [one.label for one in nodes], links)
    spots, wide, high = _spots(nodes, laid.points, laid.radii)
    ways = tuple(_ways(edges, {one.iri: spots[index] for index, one in enumerate(nodes)}))
    ordered = tuple(sorted(spots, key=lambda one: -one.radius))
    lines = [(one.start.x, one.start.y, one.stop.x, one.stop.y) for one in ways] if len(spots) <= ROOMY else []
    labels = tuple(_labels(ordered, ways, Sheet(Box(0, 0, wide, high), lines)))
    return Plan(kinds=kinds, spots=ordered, ways=ways, labels=labels, relations=len(edges), width=wide, height=high)


def _watched(resources: Iterable[Resource], terms: Terms, loose: list[_Link]) -> Iterator[Resource]:
    """The resources, keeping the relations that do not hold as they go by; what was found wrong is nowhere drawn."""
    for resource in resources:
        one = said(resource)
        if one.is_a("Assertion") and not one.stands and one.own("verdict") != "wrong":
            subject, relation, target = one.ends
            if relation in terms.relations:
                state = one.own("tenure") or one.own("modality")
                label = f"{_STATES[state]}：{terms.relations[relation].labels['zh']}"
                loose.append(_Link(ends=(subject, target), label=label, loose=True))
        yield resource


def _spots(
    nodes: Sequence[Node], points: Sequence[tuple[int, int]], radii: Sequence[float]
) -> tuple[list[Spot], float, float]:
    """The entities on a sheet just large enough, with its width and height."""
    xs, ys = [x for x, _ in points] or [0], [y for _, y in points] or [0]
    across, down = max(xs) - min(xs) or 1, max(ys) - min(ys) or 1
    k = min(1.25, (WIDE - 2 * SIDE) / across, (HIGH - 2 * TOP) / down)
    spots = [
        Spot(
            kind=node.kind,
            name=node.label,
            x=round((x - min(xs)) * k + SIDE, 1),
            y=round((y - min(ys)) * k + TOP, 1),
            radius=round(max(1.1, radius * sqrt(k)), 1),
        )
        for node, (x, y), radius in zip(nodes, points, radii, strict=True)
    ]
    return spots, max(420.0, round(across * k + 2 * SIDE)), round(down * k + 2 * TOP + 16)


def _ways(links: Iterable[_Link], spots: dict[str, Spot]) -> Iterator[Way]:
    joined: dict[tuple[str, str], list[_Link]] = {}
    for one in links:
        if one.ends[0] != one.ends[1]:
            joined.setdefault((min(one.ends), max(one.ends)), []).append(one)
    for same in joined.values():
        yield Way(
            start=spots[same[0].ends[0]],
            stop=spots[same[0].ends[1]],
            labels=tuple(dict.fromkeys(one.label for one in same)),
            inferred=all(one.inferred for one in same),
            loose=all(one.loose for one in same),
        )


def _labels(spots: Sequence[Spot], ways: Sequence[Way], sheet: Sheet) -> Iterator[Label]:
    for spot in spots[:ROOMY]:  # smaller ones may be written over
        if spot.radius >= 1.5:
            sheet.take(Box(spot.x - spot.radius, spot.y - spot.radius, spot.x + spot.radius, spot.y + spot.radius))
    left = len(spots) if len(spots) <= ROOMY else _MOST
    for spot in spots:
        size = round(2 * min(16.0, max(11.5, 9 + spot.radius * 0.3))) / 2
        text = lines(spot.name)
        box = sheet.beside(
            spot.x,
            spot.y,
            spot.radius,
            max(width(line, size) for line in text) + 4,
            len(text) * size * LEADING + 1,
        )
        if box:
            left -= 1
            yield Label(lines=text, size=size, box=box)
        if not left:
            break
    if len(spots) <= ROOMY:
        yield from _relations(ways, sheet)


def _relations(ways: Iterable[Way], sheet: Sheet) -> Iterator[Label]:
    """What the lines mean, where they are long enough to say it."""
    for way in ways:
        text = " · ".join(way.labels)
        w, (a, b) = width(text, SMALL) + 6, (way.start, way.stop)
        if hypot(a.x - b.x, a.y - b.y) < min(w, 60) + a.radius + b.radius:
            continue
        for part in (0.5, 0.4, 0.6, 0.3, 0.7):
            x, y = a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part
            box = Box(x - w / 2, y - 8, x + w / 2, y + 8)
            if sheet.free(box):
                sheet.take(box)
                yield Label(lines=(text,), size=SMALL, box=box, soft=True)
                break
