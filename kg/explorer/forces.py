"""Places for the nodes of a connected graph: by stress when it is small, by forces on a mesh when it is large.

After every step positions are rounded to 1/1024: machines differ in the last bits of a
Fourier transform or a division, and rounding keeps such differences from growing, so that
a page is the same wherever it is built.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]  # (n, 2)
Links = NDArray[np.int64]  # (m, 2), indices into the points


def settled(points: Points) -> Points:
    """Positions on the grid of 1/1024."""
    return np.rint(points * 1024.0) / 1024.0


def stress(start: Points, links: Links, lengths: NDArray[np.float64], rounds: int = 120) -> Points:
    """Stress majorization: straight-line distances come close to distances along links.

    `lengths` are the wished lengths of the links. Cost grows with the square of the count; for a few hundred nodes.
    """
    wished = _distances(len(start), links, lengths)
    np.fill_diagonal(wished, 1.0)
    weights = 1.0 / (wished * wished)
    np.fill_diagonal(weights, 0.0)
    whole = weights.sum(axis=0)
    at = start.copy()
    for _ in range(rounds):
        dx = at[:, 0][None, :] - at[:, 0][:, None]
        dy = at[:, 1][None, :] - at[:, 1][:, None]
        far = np.sqrt(dx * dx + dy * dy)
        far[far < 1e-3] = 1e-3
        pull = weights * wished / far
        x = (weights * at[:, 0][:, None] + pull * dx).sum(axis=0) / whole
        y = (weights * at[:, 1][:, None] + pull * dy).sum(axis=0) / whole
        at = settled(np.stack([x, y], axis=1))
    return at


def _distances(count: int, links: Links, lengths: NDArray[np.float64]) -> NDArray[np.float64]:
    """All shortest ways along links (Floyd and Warshall); the graph is connected."""
    far = np.full((count, count), np.inf)
    np.minimum.at(far, (links[:, 0], links[:, 1]), lengths)
    np.minimum.at(far, (links[:, 1], links[:, 0]), lengths)
    np.fill_diagonal(far, 0.0)
    for middle in range(count):
        np.minimum(far, far[:, middle, None] + far[None, middle, :], out=far)
    return far


def spread(start: Points, links: Links, mass: NDArray[np.float64], *, length: float, rounds: int) -> Points:
    """Springs along links against repulsion on a mesh (force 1/distance²), cooling over `rounds` steps.

    `length` is about how long a single link becomes; `mass` weighs the repulsion of each node.
    """
    kernel = _kernel(64 if len(start) < 1000 else 96 if len(start) < 4000 else 256)  # cells a side
    at = start.copy()
    a, b = links[:, 0], links[:, 1]
    count = len(at)
    degree = np.bincount(links.ravel(), minlength=count).astype(np.float64)
    for turn in range(rounds):
        push = _repulsion(at, mass, kernel) * (length * length * length)
        gap = at[b] - at[a]
        for axis in (0, 1):
            push[:, axis] += np.bincount(a, weights=gap[:, axis], minlength=count)
            push[:, axis] -= np.bincount(b, weights=gap[:, axis], minlength=count)
        push /= (1.0 + degree)[:, None]  # a damped Jacobi step: hubs do not overshoot
        size = np.sqrt(push[:, 0] * push[:, 0] + push[:, 1] * push[:, 1])
        limit = length * (0.05 + 3.0 * (1.0 - turn / rounds))
        push *= np.minimum(1.0, limit / np.maximum(size, 1e-9))[:, None]
        at = settled(at + push)
    return at


def _kernel(mesh: int) -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    """The transformed field of a unit mass, (x, y)/r³ in cells, on a mesh twice as wide so that nothing wraps."""
    side = np.arange(2 * mesh, dtype=np.float64)
    side[side > mesh] -= 2 * mesh
    x, y = np.meshgrid(side, side, indexing="ij")
    square = x * x + y * y + 0.5
    cube = square * np.sqrt(square)
    return np.fft.rfft2(x / cube), np.fft.rfft2(y / cube)


def _repulsion(at: Points, mass: NDArray[np.float64], kernel: tuple[NDArray[np.complex128], ...]) -> Points:
    mesh = len(kernel[0]) // 2
    low = at.min(axis=0)
    cell = max(float((at.max(axis=0) - low).max()) / (mesh - 3), 1e-6)
    scaled = (at - low) / cell + 0.5
    corner = scaled.astype(np.int64)
    part = scaled - corner
    shares = [
        ((corner[:, 0] + i) * mesh + corner[:, 1] + j, _share(part[:, 0], i) * _share(part[:, 1], j))
        for i in (0, 1)
        for j in (0, 1)
    ]
    grid = sum(np.bincount(index, weights=mass * share, minlength=mesh * mesh) for index, share in shares)
    wave = np.fft.rfft2(np.asarray(grid).reshape(mesh, mesh), s=(2 * mesh, 2 * mesh))
    push = np.empty_like(at)
    for axis in (0, 1):
        field = np.fft.irfft2(wave * kernel[axis], s=(2 * mesh, 2 * mesh))[:mesh, :mesh].ravel()
        push[:, axis] = sum(field[index] * share for index, share in shares)
    return push / (cell * cell)


def _share(part: NDArray[np.float64], side: int) -> NDArray[np.float64]:
    return part if side else 1.0 - part
