"""Follows the changes of divisions from a former name to the division of today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

FIRST_YEAR = 1984  # earlier rows are noisy, says their source
_IGNORED = frozenset(["码位改派"])  # a code that was given to another place
_ABOLISHED = "撤销"


class State(NamedTuple):
    """A division as it was at some time."""

    code: str
    name: str


class Former(NamedTuple):
    """A former name, and what it means today."""

    code: str  # the former one
    name: str
    until: int
    today: str  # code of the division of today
    merged: bool  # the division itself is gone; otherwise it only has another name


class _Step(NamedTuple):
    year: int
    old: State
    new: State
    merged: bool


def former_names(rows: Iterable[Mapping[str, str]], today: Mapping[str, str]) -> list[Former]:
    """Former names whose division of today is known; `today` gives the name of each code."""
    kept = [row for row in rows if row["kind"] not in _IGNORED and row["new_code"]]
    steps = sorted(_steps(kept))
    onward: dict[State, list[_Step]] = {}
    for step in steps:
        onward.setdefault(step.old, []).append(step)
    found = {}
    for step in steps:
        end = _follow(step, onward, today)
        if step.year >= FIRST_YEAR and end is not None and step.old.name != today[end[0]]:
            found[step.old.name, end[0]] = Former(step.old.code, step.old.name, step.year, *end)
    return sorted(found.values())


def _steps(rows: Iterable[Mapping[str, str]]) -> list[_Step]:
    """An abolished division is merged, unless a new one came of it alone (绍兴县 → 柯桥区)."""
    rows = list(rows)
    born: dict[str, int] = {}
    for row in rows:
        born[row["new_code"]] = min(int(row["year"]), born.get(row["new_code"], 9999))
    into = Counter((row["year"], row["new_code"]) for row in rows if row["old_code"])
    return [
        _Step(
            int(row["year"]),
            State(row["old_code"], row["old_name"]),
            State(row["new_code"], row["new_name"]),
            row["kind"] == _ABOLISHED
            and (into[row["year"], row["new_code"]] > 1 or born[row["new_code"]] < int(row["year"])),
        )
        for row in rows
        if row["old_code"]
    ]


def _follow(step: _Step, onward: Mapping[State, list[_Step]], today: Mapping[str, str]) -> tuple[str, bool] | None:
    """Code of today, and whether a merger lies on the way there; None where the way is lost."""
    merged = step.merged
    while today.get(step.new.code) != step.new.name:
        later = [s for s in onward.get(step.new, ()) if s.year >= step.year and s.new != s.old]
        if not later:
            return None
        step = _Step(later[0].year, step.new, later[0].new, later[0].merged)
        merged = merged or step.merged
        if step.new == step.old:
            return None
    return step.new.code, merged
