"""Drawings made on the server: an entity among its neighbours, and posts along the years. Numbers only; no markup."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from kg.rdf.render import width
from kg.server.facts import Fact

MOST = 24  # neighbours that can be told apart
_RING = 12  # neighbours on one ring; more stand on two
ROWS = 40  # posts in a timeline
_LAST_YEAR = 9998  # a year must follow
_LETTERS = 18  # columns of a label

# Corners for a radius of 1, as in the explorer's page: a shape for each kind beside its colour.
_CORNERS = {
    "official": (4, 45.0, 1.22),
    "place": (3, -90.0, 1.35),
    "program": (6, 0.0, 1.1),
    "standard": (4, -90.0, 1.3),
}
_KINDS = ("organization", "official", "place", "program", "standard", "event")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A neighbour at a point, with its label cut to what fits."""

    key: str
    kind: str
    name: str
    label: str
    relation: str
    way: str
    standing: bool
    x: float
    y: float
    shape: str  # points of a polygon around (0, 0); empty for a circle


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A post from its first to its last date, as percentages of the timeline."""

    fact: Fact
    other: str
    name: str
    left: float
    width: float
    first: str
    last: str


def shape(kind: str, size: float) -> str:
    """The outline of a kind's mark; empty for a circle."""
    if kind == "event":
        points = [(size * (1.4 if i % 2 == 0 else 0.68), -90.0 + i * 36) for i in range(10)]
    elif kind in _CORNERS:
        count, turn, radius = _CORNERS[kind]
        points = [(size * radius, turn + i * 360 / count) for i in range(count)]
    else:
        return ""
    return " ".join(f"{r * math.cos(math.radians(a)):.1f},{r * math.sin(math.radians(a)):.1f}" for r, a in points)


def neighbours(iri: str, facts: Iterable[Fact], base: str) -> tuple[Node, ...]:
    """Who stands around an entity, each once, those of one relation side by side."""
    found: dict[str, tuple[Fact, str]] = {}
    for fact in sorted(facts, key=lambda one: not one.standing):
        other, way = (fact.object, "out") if fact.subject == iri else (fact.subject, "in")
        if other != iri and len(found) < MOST:
            found.setdefault(other, (fact, way))
    placed = sorted(found.items(), key=lambda item: (item[1][0].relation, item[1][1], item[0]))
    count = len(placed)
    return tuple(_node(number, count, other, fact, way, base) for number, (other, (fact, way)) in enumerate(placed))


def _node(number: int, count: int, other: str, fact: Fact, way: str, base: str) -> Node:
    angle = math.radians((-180 if count < 4 else -90) + 360 * number / count)
    far = 1.0 if count <= _RING or number % 2 else 0.66
    key = other.removeprefix(base)
    kind = key.partition("/")[0] if key.partition("/")[0] in _KINDS else "organization"
    name = fact.object_name if way == "out" else fact.subject_name
    return Node(
        key=key, kind=kind, name=name, label=short(name), relation=fact.relation, way=way, standing=fact.standing,
        x=round(330 * far * math.cos(angle), 1), y=round(205 * far * math.sin(angle), 1), shape=shape(kind, 9),
    )  # fmt: skip


def short(name: str, columns: int = _LETTERS) -> str:
    """A name cut in its middle to so many columns; its end, which tells bodies apart, is kept."""
    if width(name) <= columns:
        return name
    head, tail = columns // 2 - 1, columns // 2
    front = _fitting(name, head)
    back = _fitting(name[::-1], tail)[::-1]
    return f"{front}…{back}"


def _fitting(name: str, columns: int) -> str:
    while width(name) > columns:
        name = name[:-1]
    return name


def timeline(facts: Iterable[Fact], iri: str) -> tuple[tuple[Bar, ...], tuple[tuple[float, str], ...]]:
    """Posts by their dates, the earliest first, and the years below them; empty where no post has a date."""
    dated = [fact for fact in facts if _day(fact.dates[0]) is not None]
    best = [max(same, key=lambda fact: len(fact.proofs)) for same in _same(dated)]
    best.sort(key=lambda fact: (fact.dates, fact.subject_name, fact.object_name, fact.title))
    best = best[-ROWS:]
    days = [day for fact in best for day in (_day(fact.dates[0]), _day(fact.dates[1], last=True)) if day is not None]
    if not days:
        return (), ()
    low, high = _span(min(days), max(days))
    bars = tuple(_bar(fact, iri, low, high) for fact in best)
    step = max(1, math.ceil((high.year - low.year) / 10))
    years = range(low.year, high.year + 1, step)
    return bars, tuple((round(100 * _part(date(year, 1, 1).toordinal(), low, high), 2), str(year)) for year in years)


def _same(facts: Sequence[Fact]) -> Iterable[list[Fact]]:
    """Facts of one person, body and title together: leading a body is holding a post in it."""
    key = attrgetter("subject", "object", "title", "tenure", "modality")
    return [list(same) for _, same in groupby(sorted(facts, key=key), key=key)]


def _span(low: int, high: int) -> tuple[date, date]:
    return date(date.fromordinal(low).year, 1, 1), date(date.fromordinal(high).year + 1, 1, 1)


def _part(day: int, low: date, high: date) -> float:
    return (day - low.toordinal()) / max(1, high.toordinal() - low.toordinal())


def _bar(fact: Fact, iri: str, low: date, high: date) -> Bar:
    first, last = fact.dates
    left = 100 * _part(_day(first) or low.toordinal(), low, high)
    right = 100 * _part(_day(last, last=True) or high.toordinal(), low, high)
    other, name = (fact.object, fact.object_name) if fact.subject == iri else (fact.subject, fact.subject_name)
    return Bar(
        fact=fact, other=other, name=name, left=round(left, 2), width=round(max(right - left, 0.8), 2),
        first=first, last=last,
    )  # fmt: skip


def _day(text: str, *, last: bool = False) -> int | None:
    """The first or last day of a date as precise as it is; None when it is none."""
    parts = text.split("-")
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts) > 3 or int(parts[0]) > _LAST_YEAR:
        return None
    try:
        if len(parts) == 3:
            return date(*map(int, parts)).toordinal()
        year, month = int(parts[0]), int(parts[1]) if len(parts) == 2 else (12 if last else 1)
        if not last:
            return date(year, month, 1).toordinal()
        return (date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)).toordinal() - 1
    except ValueError:
        return None
