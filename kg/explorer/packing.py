"""Puts things on a plane so that none lies on another: nodes with their labels, and whole components."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

Cell = tuple[int, int]


@cache
def spiral(rings: int = 90) -> tuple[Cell, ...]:
    """Steps from a cell outwards, nearest first; wide things lie better beside each other, so x counts less."""
    steps = [(x, y) for x in range(-rings, rings + 1) for y in range(-rings, rings + 1)]
    steps.sort(key=lambda step: (4 * step[0] * step[0] + 9 * step[1] * step[1], step))
    return tuple(steps[: 2 * rings * rings])


class Plane:
    """Which cells of an endless grid are taken."""

    def __init__(self) -> None:
        self._taken: set[Cell] = set()

    def settle(self, cells: Sequence[Cell], wish: Cell, stride: int = 1) -> Cell:
        """Takes `cells`, moved to the free place nearest to `wish` in steps of `stride`; gives the move."""
        while True:
            for x, y in spiral():
                move = (wish[0] + x * stride, wish[1] + y * stride)
                if self._free(cells, move):
                    self._taken.update((a + move[0], b + move[1]) for a, b in cells)
                    return move
            stride *= 4

    def _free(self, cells: Iterable[Cell], move: Cell) -> bool:
        taken, dx, dy = self._taken, move[0], move[1]
        return all((a + dx, b + dy) not in taken for a, b in cells)


def box(width: float, above: float, below: float, cell: float) -> tuple[Cell, ...]:
    """The cells of a box around a node at (0, 0): its border first, so that a clash shows at once."""
    half = max(0, round(width / 2 / cell))
    top, bottom = max(0, round(above / cell)), max(0, round(below / cell))
    cells = [(x, y) for x in range(-half, half + 1) for y in range(-top, bottom + 1)]
    cells.sort(key=lambda one: (-abs(one[0]) - abs(one[1]), one))
    return tuple(cells)
