"""Communities by the Louvain method, in plain Python so that the result is the same on every machine."""

from __future__ import annotations

from collections.abc import Sequence

Neighbours = list[dict[int, float]]


def louvain(count: int, links: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The hierarchy of communities, finest first: for each level, the community of every node of the level below.

    The first list has `count` entries; the numbers of a level are dense, in order of their
    lowest member. Nothing is random: nodes are visited in their order. Without links every
    node stays alone and there is one level.
    """
    graph: Neighbours = [{} for _ in range(count)]
    for a, b in links:
        if a != b:
            graph[a][b] = graph[a].get(b, 0.0) + 1.0
            graph[b][a] = graph[b].get(a, 0.0) + 1.0
    loops = [0.0] * count
    levels: list[list[int]] = []
    while True:
        member = _dense(_move(graph, loops))
        merged = max(member, default=-1) + 1
        if levels and merged == len(graph):
            return levels
        levels.append(member)
        if merged == len(graph):
            return levels
        graph, loops = _merge(graph, loops, member, merged)


def flatten(levels: Sequence[Sequence[int]]) -> list[int]:
    """The coarsest community of each node of the finest level."""
    member = list(levels[0])
    for level in levels[1:]:
        member = [level[one] for one in member]
    return member


def _move(graph: Neighbours, loops: list[float], rounds: int = 12) -> list[int]:
    """Moves single nodes to the neighbouring community with the highest gain until few move."""
    member = list(range(len(graph)))
    degree = [sum(row.values()) + loop for row, loop in zip(graph, loops, strict=True)]
    total, whole = list(degree), sum(degree) or 1.0
    for _ in range(rounds):
        moved = 0
        for node, row in enumerate(graph):
            here, own = member[node], degree[node]
            total[here] -= own
            best = _best(row, member, total, here, own / whole)
            total[best] += own
            if best != here:
                member[node] = best
                moved += 1
        if moved * 200 <= len(graph):
            break
    return member


def _best(row: dict[int, float], member: list[int], total: list[float], here: int, share: float) -> int:
    weights: dict[int, float] = {here: 0.0}
    for other, weight in row.items():
        community = member[other]
        weights[community] = weights.get(community, 0.0) + weight
    best, gain = here, weights[here] - total[here] * share
    for community, weight in weights.items():
        value = weight - total[community] * share
        if value > gain + 1e-9 or (community < best and value > gain - 1e-9 and best != here):
            best, gain = community, value
    return best


def _dense(member: list[int]) -> list[int]:
    numbers: dict[int, int] = {}
    return [numbers.setdefault(one, len(numbers)) for one in member]


def _merge(graph: Neighbours, loops: list[float], member: list[int], count: int) -> tuple[Neighbours, list[float]]:
    merged: Neighbours = [{} for _ in range(count)]
    inner = [0.0] * count
    for node, row in enumerate(graph):
        here = member[node]
        inner[here] += loops[node]
        for other, weight in row.items():
            there = member[other]
            if here == there:
                inner[here] += weight
            else:
                merged[here][there] = merged[here].get(there, 0.0) + weight
    return merged, inner
