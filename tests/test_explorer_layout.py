"""The layout: the same every time, nothing on anything, familiar after growth, quick."""

from __future__ import annotations

import time
from itertools import pairwise

import numpy as np
import pytest
from explorer_graphs import made_graph

from kg.explorer.communities import flatten, louvain
from kg.explorer.forces import spread, stress
from kg.explorer.layout import Layout, layout
from kg.explorer.packing import Plane, box


def laid(nodes: int, **more: object) -> tuple[Layout, list[str], list[tuple[int, int]]]:
    graph = made_graph(nodes)
    keys = [one.key for one in graph.entities]
    number = {key: index for index, key in enumerate(keys)}
    links = sorted({tuple(sorted((number[one.subject], number[one.object]))) for one in graph.assertions})
    return layout(keys, [one.name for one in graph.entities], links, **more), keys, links  # type: ignore[arg-type]


@pytest.mark.parametrize("nodes", [60, 1000])
def test_the_same_graph_is_laid_out_alike(nodes: int) -> None:
    assert laid(nodes)[0] == laid(nodes)[0]


@pytest.mark.parametrize("nodes", [60, 400, 1000, 5000])
def test_no_node_lies_on_another(nodes: int) -> None:
    found = laid(nodes)[0]
    order = np.argsort([x for x, _ in found.points], kind="stable")
    points, radii = np.array(found.points, dtype=float)[order], np.array(found.radii)[order]
    for step in range(1, 60):
        far = np.hypot(*(points[step:] - points[:-step]).T)
        assert (far > np.maximum(radii[step:], radii[:-step])).all()


def test_small_graphs_have_room_for_every_label() -> None:
    graph = made_graph(60)
    found = laid(60)[0]
    boxes = []
    for (x, y), radius, entity in zip(found.points, found.radii, graph.entities, strict=True):
        half = 13.0 * min(len(entity.name), 10) / 2 - 8
        boxes.append((x - half, y - radius + 8, x + half, y + radius + 8))
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_links_are_short_and_communities_apart() -> None:
    found, _, links = laid(1000)
    points = np.array(found.points, dtype=float)
    pairs = np.array(links)
    linked = np.median(np.hypot(*(points[pairs[:, 0]] - points[pairs[:, 1]]).T))
    strangers = np.median(np.hypot(*(points[:500] - points[-500:]).T))
    assert linked * 5 < strangers
    member = np.array(found.communities)
    inside = np.mean([points[member == one].std(axis=0).sum() for one in range(member.max() + 1)])
    assert inside * 2 < points.std(axis=0).sum()


def test_a_grown_graph_looks_familiar() -> None:
    before, keys, _ = laid(60)
    after, more, _ = laid(75, previous=dict(zip(keys, before.points, strict=True)))
    new = dict(zip(more, after.points, strict=True))
    old = np.array([point for key, point in zip(keys, before.points, strict=True) if key in new], dtype=float)
    now = np.array([new[key] for key in keys if key in new], dtype=float)
    old, now = old - old.mean(axis=0), now - now.mean(axis=0)
    moved = np.median(np.hypot(*(now - old).T))
    fresh = np.array([dict(zip(more, laid(75)[0].points, strict=True))[key] for key in keys if key in new], dtype=float)
    assert moved < np.median(np.hypot(*(fresh - fresh.mean(axis=0) - old).T))


@pytest.mark.slow
def test_fifty_thousand_nodes_are_laid_out_in_seconds() -> None:
    start = time.process_time()
    laid(50_000)
    assert time.process_time() - start < 30  # some four seconds on an idle machine, the graph itself two more


def test_one_node_and_none() -> None:
    assert layout([], [], []).points == ()
    assert layout(["a"], ["甲"], []).points == ((0, 0),)
    assert len(set(layout(list("abcd"), list("甲乙丙丁"), []).points)) == 4


def test_communities_of_two_cliques() -> None:
    cliques = [(a, b) for base in (0, 5) for a in range(base, base + 5) for b in range(a + 1, base + 5)]
    member = flatten(louvain(10, [*cliques, (0, 5)]))
    assert member == [0] * 5 + [1] * 5
    assert flatten(louvain(3, [])) == [0, 1, 2]
    assert flatten(louvain(0, [])) == []


def test_every_level_of_communities_is_dense() -> None:
    _, keys, links = laid(1000)
    levels = louvain(len(keys), links)
    sizes = [len(keys), *(max(level) + 1 for level in levels)]
    assert all(len(level) == size for level, size in zip(levels, sizes, strict=False))
    assert all(a > b for a, b in pairwise(sizes))


def test_stress_brings_links_to_their_lengths() -> None:
    start = np.array([[0.0, 1.0], [5.0, 2.0], [1.0, 7.0]])
    links = np.array([[0, 1], [1, 2]])
    found = stress(start, links, np.array([100.0, 50.0]))
    assert np.hypot(*(found[0] - found[1])) == pytest.approx(100, abs=1)
    assert np.hypot(*(found[0] - found[2])) == pytest.approx(150, abs=1)


def test_a_lone_link_comes_to_its_length_on_the_mesh() -> None:
    start = np.array([[0.0, 0.0], [9.0, 4.0]])
    found = spread(start, np.array([[0, 1]]), np.ones(2), length=40.0, rounds=80)
    assert 20 < np.hypot(*(found[0] - found[1])) < 80


def test_the_plane_gives_each_thing_a_place_of_its_own() -> None:
    plane, shape = Plane(), box(20, 8, 8, 4)
    moves = [plane.settle(shape, (0, 0)) for _ in range(40)]
    cells = [(x + a, y + b) for x, y in moves for a, b in shape]
    assert moves[0] == (0, 0)
    assert len(cells) == len(set(cells))
