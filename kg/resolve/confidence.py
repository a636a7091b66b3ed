"""How sure a fact is: each rule's measured precision, combined over the sources that say it.

`rule_precision.tsv` holds, for each rule, how often it fired on the annotated texts
and how often it was right. Its precision is smoothed with a Beta(PRIOR_RIGHT,
PRIOR_WRONG) prior, as if it had been seen that often before, so that a rule seen twice
is not thought perfect; a rule never seen has the prior's mean. Documents are the
independent sources: within one, a fact said twice is as sure as its best rule, for the
same misreading of a name would spoil both sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from kg.lexicon import read_lexicon
from kg.model import Claim

PRIOR_RIGHT, PRIOR_WRONG = 4.0, 1.0
COUNTS = Path(__file__).parent / "rule_precision.tsv"


def smoothed(right: int, fired: int) -> float:
    """The mean of the Beta distribution after so many firings, between 0 and 1."""
    return (right + PRIOR_RIGHT) / (fired + PRIOR_RIGHT + PRIOR_WRONG)


@cache
def precision(rule: str) -> float:
    """Smoothed precision of a rule, between 0 and 1."""
    counts = read_lexicon(COUNTS).entries.get(rule) if COUNTS.exists() else None
    return smoothed(int(counts["right"]), int(counts["fired"])) if counts else smoothed(0, 0)


def combined(claims: Iterable[Claim], precision: Callable[[str], float] = precision) -> float:
    """1 − Π(1 − p) over the documents, each counted with its best rule; three decimals."""
    best: dict[str, float] = {}
    for claim in claims:
        document = claim.sentence.document.id
        best[document] = max(best.get(document, 0.0), precision(claim.rule))
    wrong = 1.0
    for value in best.values():
        wrong *= 1.0 - value
    return round(min(1.0 - wrong, 0.999), 3)
