"""Places for the names in a drawing: what matters more first, none on another, none on a node.

As labels.js does in the page; here nothing can measure a text, so its width is taken rather too large.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_SIGNS, _LINES = 10, 3  # wide signs a line, lines a label
LEADING = 1.2  # from line to line, in sizes of the letters


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the drawing, in its units; y points down."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two have a point in common that is not on an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )  # fmt: skip

    def touches(self, line: Segment) -> bool:
        """Whether a part of a line lies in this (Liang and Barsky)."""
        ax, ay, bx, by = line
        dx, dy, first, last = bx - ax, by - ay, 0.0, 1.0
        rooms = ((-dx, ax - self.left), (dx, self.right - ax), (-dy, ay - self.top), (dy, self.bottom - ay))
        for step, room in rooms:
            if step < 0:
                first = max(first, room / step)
            elif step > 0:
                last = min(last, room / step)
            elif room < 0:
                return False
        return first <= last

    def within(self, other: Box) -> bool:
        """Whether this lies in the other whole."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )  # fmt: skip


Segment = tuple[float, float, float, float]  # x and y of its two ends


class Sheet:
    """Which parts of a drawing are written on, and the lines in it that names should keep clear of."""

    def __init__(self, whole: Box, lines: Sequence[Segment] = ()) -> None:
        self.whole = whole
        self._lines = tuple(lines)
        self._cells: dict[tuple[int, int], list[Box]] = {}

    def free(self, box: Box) -> bool:
        """Whether the box lies in the drawing and on nothing that was taken."""
        near = (one for cell in _cells(box) for one in self._cells.get(cell, ()))
        return box.within(self.whole) and not any(box.meets(one) for one in near)

    def take(self, box: Box) -> None:
        """Keep a box from being written on."""
        for cell in _cells(box):
            self._cells.setdefault(cell, []).append(box)

    def beside(self, x: float, y: float, radius: float, width: float, height: float) -> Box | None:
        """Takes a free box of this size below, beside or above a node: the one that the fewest lines cross.

        None when there is none.
        """
        spots = _spots(x, y, radius + 2, width, height)
        free = [box for left, top in spots if self.free(box := Box(left, top, left + width, top + height))]
        if not free:
            return None
        best = min(free, key=self._crossed)  # of several, the first
        self.take(best)
        return best

    def _crossed(self, box: Box) -> int:
        return sum(box.touches(line) for line in self._lines)


def lines(name: str) -> tuple[str, ...]:
    """A name as it is lettered: at most three lines, what is longer ends in an ellipsis."""
    signs = [" " if _invisible(sign) else sign for sign in name[:200]]
    narrow = sum(sign < "\u2000" for sign in signs) > len(signs) / 2
    most = 2 * _SIGNS if narrow else _SIGNS
    count = min(_LINES, -(-len(signs) // most)) or 1
    each = min(most, -(-len(signs) // count))
    found = ["".join(signs[i * each : (i + 1) * each]) for i in range(count)]
    if count * each < len(signs):
        found[-1] = found[-1][:-1] + "…"
    return tuple(found)


def width(text: str, size: float) -> float:
    """No less than what a text takes in letters of this size."""
    return size * sum(_ems(sign) for sign in text)


def _ems(sign: str) -> float:
    if sign > "\uffff":
        return 1.4  # emoji and rare characters, often from another typeface
    if unicodedata.category(sign) in ("Mn", "Me"):
        return 0.0
    if unicodedata.east_asian_width(sign) in "WFA":
        return 1.0
    return 0.96 if sign in "MWmw@%—" else 0.72 if sign.isupper() else 0.6


def _invisible(sign: str) -> bool:
    """Control characters, marks of direction, and what else would not be seen or would turn the line."""
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for x in range(int(box.left // 80), int(box.right // 80) + 1):
        for y in range(int(box.top // 40), int(box.bottom // 40) + 1):
            yield x, y


def _spots(x: float, y: float, gap: float, w: float, h: float) -> Iterable[tuple[float, float]]:
    found: list[tuple[float, float]] = [
        (x - w / 2, y + gap), (x + gap, y - h / 2), (x - gap - w, y - h / 2), (x - w / 2, y - gap - h),
    ]  # fmt: skip
    shares: Sequence[float] = (0.25, 0.75, 0.0, 1.0)
    for share in shares:
        found += [(x - w * share, y + gap), (x - w * share, y - gap - h)]
    for share in shares:
        found += [(x + gap, y - h * share), (x - gap - w, y - h * share)]
    return found
