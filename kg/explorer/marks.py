"""The marks of the kinds and the colours of the page, for drawings that Python makes."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from kg.model import EVENT, OFFICIAL, ORGANIZATION, PLACE, PROGRAM, STANDARD

KINDS = (ORGANIZATION, OFFICIAL, PLACE, PROGRAM, STANDARD, EVENT)
_ASSETS = Path(__file__).parent / "assets"

# As shapes.js: corners, turn in degrees, and the distances of the corners from the middle, for a radius of 1.
_CORNERS: tuple[tuple[int, float, tuple[float, ...]], ...] = (
    (0, 0.0, ()),  # a circle
    (4, 45.0, (1.22,)),
    (3, -90.0, (1.35,)),
    (6, 0.0, (1.1,)),
    (4, -90.0, (1.35, 1.05)),
    (10, -90.0, (1.4, 0.68)),
)


@cache
def colours() -> Mapping[str, str]:
    """The page's light colours and its typefaces, by the names that its style sheet gives them."""
    light = (_ASSETS / "base.css").read_text(encoding="utf-8").partition("}")[0]
    return dict(re.findall(r"--([\w-]+): ([^;]+);", light))


def colour(kind: str) -> str:
    """The colour of a kind; one of the user's own has none of its own."""
    return colours()[kind] if kind in KINDS else colours()["soft"]


def mark(kind: int, x: float, y: float, radius: float) -> str:
    """The beginning of the SVG element that marks the kind of this number, as far as its shape goes."""
    count, turn, far = _CORNERS[kind % len(_CORNERS)]
    if not count:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"'
    spots = []
    for corner in range(count):
        angle, away = math.radians(turn + 360 * corner / count), radius * far[corner % len(far)]
        spots.append(f"{x + away * math.cos(angle):.1f} {y + away * math.sin(angle):.1f}")
    return f'<path d="M{"L".join(spots)}Z"'
