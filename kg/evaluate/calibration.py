"""Whether confidence keeps its word: of the facts stated with 0.9, how many are right?

Held out: a rule's counts come from the other documents, so that no fact vouches for itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.evaluate.rules import Trial
from kg.resolve.confidence import combined, smoothed

BOUNDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
ENOUGH = 50  # facts of a bin, below which its share says little


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Facts whose confidence lies in [low, high); the last bin holds 1 as well."""

    low: float
    high: float
    facts: int
    stated: float  # mean confidence
    right: float  # share that is right

    @property
    def gap(self) -> float:
        """How far what is stated lies from what is so."""
        return abs(self.stated - self.right)

    @property
    def counts(self) -> bool:
        """Whether the bin holds enough facts to tell."""
        return self.facts >= ENOUGH


def as_stated(trials: Iterable[Trial]) -> tuple[Bin, ...]:
    """Bins of the confidence that the graph states."""
    return _bins([(fact.stated, fact.right) for trial in trials for fact in trial.facts])


def held_out(trials: Sequence[Trial]) -> tuple[Bin, ...]:
    """Bins of the confidence that each document's facts get from the counts of all others."""
    fired, right = Counter[str](), Counter[str]()
    for trial in trials:
        fired.update(trial.fired)
        right.update(trial.right)
    found = []
    for trial in trials:
        found += [(combined(fact.claims, _Others(trial, right, fired)), fact.right) for fact in trial.facts]
    return _bins(found)


class _Others:
    """Precision of a rule by all trials but one."""

    def __init__(self, trial: Trial, right: Counter[str], fired: Counter[str]) -> None:
        self._trial, self._right, self._fired = trial, right, fired

    def __call__(self, rule: str) -> float:
        own = self._trial
        return smoothed(self._right[rule] - own.right[rule], self._fired[rule] - own.fired[rule])


def _bins(facts: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    found = []
    for low, high in pairwise(BOUNDS):
        within = [fact for fact in facts if low <= fact[0] < high or fact[0] == high == BOUNDS[-1]]
        if within:
            stated, right = (sum(column) / len(within) for column in zip(*within, strict=True))
            found.append(Bin(low=low, high=high, facts=len(within), stated=stated, right=right))
    return tuple(found)
