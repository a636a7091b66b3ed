"""The values of the gazetteer: divisions, and where their names stand in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Level = Literal["province", "prefecture", "county", "township"]
How = Literal["full", "short", "former"]
LEVELS: tuple[Level, ...] = ("province", "prefecture", "county", "township")


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division of China.

    `code` has six digits, nine for townships. `parent` is the code of the
    containing division, None for provinces. `until` is the year in which a
    former division was merged into another, `successor` the code of that one.
    """

    code: str
    name: str
    level: Level
    parent: str | None
    short: str  # 常德 for 常德市; the name itself where it cannot be shortened
    until: int | None = None
    successor: str | None = None

    @property
    def former(self) -> bool:
        return self.until is not None


class PlaceHit(NamedTuple):
    """A name of the gazetteer in a text; half-open code-point offsets."""

    start: int
    stop: int
    form: str  # in simplified characters, as the gazetteer has it
    how: How
