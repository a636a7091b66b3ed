"""How sure a fact is: each rule's measured precision, combined over the sentences that say it.

`rule_precision.tsv` holds, for each rule, how often it fired on the annotated texts
and how often it was right. Its precision is smoothed with a Beta(PRIOR_RIGHT,
PRIOR_WRONG) prior, so that a rule seen twice is not thought perfect; a rule never
seen has the prior's mean. Claims from different sentences count as independent.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from kg.lexicon import read_lexicon
from kg.model import Claim

PRIOR_RIGHT, PRIOR_WRONG = 4.0, 1.0
COUNTS = Path(__file__).parent / "rule_precision.tsv"


@cache
def precision(rule: str) -> float:
    """Smoothed precision of a rule, between 0 and 1."""
    counts = read_lexicon(COUNTS).entries.get(rule) if COUNTS.exists() else None
    right, fired = (int(counts["right"]), int(counts["fired"])) if counts else (0, 0)
    return (right + PRIOR_RIGHT) / (fired + PRIOR_RIGHT + PRIOR_WRONG)


def combined(claims: Iterable[Claim]) -> float:
    """1 − Π(1 − p) over the sentences, each counted with its best rule; three decimals."""
    best: dict[int, float] = {}
    for claim in claims:
        start = claim.sentence.start
        best[start] = max(best.get(start, 0.0), precision(claim.rule))
    wrong = 1.0
    for value in best.values():
        wrong *= 1.0 - value
    return round(min(1.0 - wrong, 0.999), 3)
