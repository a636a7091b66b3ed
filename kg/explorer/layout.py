"""Where the nodes stand: deterministic, communities apart, links short, no node on another.

Small components are laid out by stress, large ones from the coarsest communities down to
the nodes; then everything is packed side by side. The unit is a pixel at zoom 1, y points down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from kg.explorer.communities import flatten, louvain
from kg.explorer.forces import Links, Points, spread, stress
from kg.explorer.packing import Plane, box

SMALL = 320  # nodes up to which stress is quick
ROOMY = 400  # nodes up to which every label gets room of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Positions, radii and communities, in the order of the nodes."""

    points: tuple[tuple[int, int], ...]
    radii: tuple[float, ...]
    communities: tuple[int, ...]


def layout(
    keys: Sequence[str],
    names: Sequence[str],
    links: Sequence[tuple[int, int]],
    previous: Mapping[str, tuple[float, float]] | None = None,
) -> Layout:
    """Lays out the graph; `previous` positions (by key) are starting points, so that a grown graph looks familiar."""
    count = len(keys)
    degree = [0] * count
    for a, b in links:
        degree[a] += 1
        degree[b] += 1
    radii = [radius(one, count) for one in degree]
    levels = louvain(count, links)
    at = np.zeros((count, 2))
    start = _start(keys, previous or {})
    parts = _components(count, links)
    for nodes, own in parts:
        at[nodes] = _component(start[nodes], nodes, own, degree, levels)
    points = _pack(at, parts, radii, names)
    return Layout(points=tuple(points), radii=tuple(radii), communities=tuple(flatten(levels)))


def radius(degree: int, count: int) -> float:
    """The radius of a node: its area grows with its links."""
    base, growth, most = (5.0, 2.0, 22.0) if count <= ROOMY else (3.0, 1.3, 20.0)
    return round(min(most, base + growth * sqrt(degree)), 1)


def _start(keys: Sequence[str], previous: Mapping[str, tuple[float, float]]) -> Points:
    """A place for every node from its key alone, so that it does not depend on what else there is."""
    start = np.empty((len(keys), 2))
    for index, key in enumerate(keys):
        if key in previous:
            start[index] = previous[key]
        else:
            digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
            start[index] = (int.from_bytes(digest[:4]) / 2**22 - 512.0, int.from_bytes(digest[4:]) / 2**22 - 512.0)
    return start


def _components(count: int, links: Sequence[tuple[int, int]]) -> list[tuple[list[int], list[tuple[int, int]]]]:
    """Connected parts with their links (in numbers of the part), largest first."""
    root = list(range(count))

    def find(node: int) -> int:
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for a, b in links:
        high, low = sorted((find(a), find(b)), reverse=True)
        root[high] = low
    nodes: dict[int, list[int]] = {}
    number = [0] * count
    for node in range(count):
        part = nodes.setdefault(find(node), [])
        number[node] = len(part)
        part.append(node)
    own: dict[int, list[tuple[int, int]]] = {one: [] for one in nodes}
    for a, b in links:
        own[find(a)].append((number[a], number[b]))
    return sorted(((nodes[one], own[one]) for one in nodes), key=lambda part: (-len(part[0]), part[0][0]))


def _component(
    start: Points, nodes: list[int], links: list[tuple[int, int]], degree: list[int], levels: list[list[int]]
) -> Points:
    if len(nodes) == 1:
        return np.zeros((1, 2))
    pairs = np.array(links, dtype=np.int64).reshape(-1, 2)
    if len(nodes) <= SMALL:
        most = np.array([degree[one] for one in nodes], dtype=np.float64)
        ends = np.maximum(most[pairs[:, 0]], most[pairs[:, 1]])
        return stress(start, pairs, 44.0 + 18.0 * np.sqrt(ends))
    member = [levels[0][one] for one in nodes]
    return _coarse_first(
        start, pairs, _renumbered(member), [_renumbered_level(levels, nodes, step) for step in range(1, len(levels))]
    )


def _renumbered(member: Sequence[int]) -> NDArray[np.int64]:
    return np.unique(np.asarray(member), return_inverse=True)[1].astype(np.int64)


def _renumbered_level(levels: list[list[int]], nodes: list[int], step: int) -> NDArray[np.int64]:
    """The community at `step` of each community one step below that has members among `nodes`."""
    below = np.asarray([levels[0][one] for one in nodes])
    for level in range(1, step):
        below = np.asarray(levels[level])[below]
    return _renumbered(np.asarray(levels[step])[np.unique(below)])


def _coarse_first(start: Points, links: Links, member: NDArray[np.int64], above: list[NDArray[np.int64]]) -> Points:
    """Lays out the communities, then places the members around the middle of theirs and lets them settle."""
    count = int(member.max()) + 1
    if count == len(start):
        return spread(start, links, np.ones(len(start)), length=40.0, rounds=60)
    size = np.bincount(member, minlength=count).astype(np.float64)
    middle = np.stack([np.bincount(member, weights=start[:, axis], minlength=count) / size for axis in (0, 1)], axis=1)
    between = np.unique(np.sort(member[links], axis=1), axis=0)
    between = between[between[:, 0] != between[:, 1]]
    if count > SMALL and above:
        middle = _coarse_first(middle, between, above[0], above[1:])
    elif len(between) and count <= SMALL:
        reach = 26.0 * np.sqrt(size)
        middle = stress(middle, between, reach[between[:, 0]] + reach[between[:, 1]])
    jitter = (start - start.mean(axis=0)) / 1024.0
    inside = middle[member] + jitter * (24.0 * np.sqrt(size))[member][:, None]
    return spread(inside, links, np.ones(len(start)), length=34.0, rounds=48)


def _pack(
    at: Points, parts: list[tuple[list[int], list[tuple[int, int]]]], radii: list[float], names: Sequence[str]
) -> list[tuple[int, int]]:
    """Moves nodes off each other within their component, and the components off each other."""
    roomy = len(names) <= ROOMY
    cell = 8.0 if roomy else 6.0
    shape = [_footprint(name, size, roomy, cell) for name, size in zip(names, radii, strict=True)]
    whole = Plane()
    points = [(0, 0)] * len(names)
    for nodes, _ in parts:
        own = Plane()
        middle = (at[nodes].min(axis=0) + at[nodes].max(axis=0)) / 2
        order = sorted(nodes, key=lambda node: (-radii[node], node))
        spot = {
            node: own.settle(
                shape[node], (round((at[node, 0] - middle[0]) / cell), round((at[node, 1] - middle[1]) / cell))
            )
            for node in order
        }
        taken = sorted({(x + a, y + b) for node, (x, y) in spot.items() for a, b in shape[node]})
        blocks = _coarsened(taken)
        move = whole.settle(blocks, (0, 0), stride=max(1, round(sqrt(len(blocks)) / 12)))
        for node, (x, y) in spot.items():
            points[node] = (round((x + move[0] * GAP) * cell), round((y + move[1] * GAP) * cell))
    return points


GAP = 5  # cells in a block when components are packed: keeps them visibly apart


def _coarsened(cells: list[tuple[int, int]]) -> list[tuple[int, int]]:
    blocks = {(x // GAP, y // GAP) for x, y in cells}
    wider = {(x + i, y + j) for x, y in blocks for i in (0, 1) for j in (0, 1)}
    return sorted(wider, key=lambda one: ((one[0] * 7919 + one[1] * 104729) % 1009, one))  # mixed: clashes show soon


def _footprint(name: str, size: float, roomy: bool, cell: float) -> tuple[tuple[int, int], ...]:
    if not roomy:
        return box(2 * size, size, size, cell)
    lines = min(3, -(-len(name) // 10))
    return box(max(2 * size, 13.0 * min(len(name), 10)), size, size + 16.0 * lines + 4.0, cell)
