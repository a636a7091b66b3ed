"""Reads every text of a gold folder by itself and scores what comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kg.errors import InputError
from kg.evaluate.gold import GoldDocument, read_gold
from kg.evaluate.scoring import Built, Counts, compare, f1, sums, total

KINDS = ("Event", "Official", "Organization", "Place", "Program", "Standard")
CORE_KINDS = ("Official", "Organization", "Place", "Program", "Standard")
CORE_RELATIONS = ("leads", "holds_post", "organizes", "located_in")
SAMPLES = 1000
SEED = 20_250_409  # any fixed number: the same graphs give the same intervals


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Precision, recall and F1 of a group, with the 95% interval of F1 over resampled documents."""

    p: float
    r: float
    f1: float
    right: int
    predicted: int
    gold: int
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The score of a set of documents; shares are between 0 and 1, 0 where there is nothing to share."""

    documents: int
    not_built: tuple[tuple[str, str], ...]  # id and reason
    named: float
    codes: float
    titles: float
    groups: Mapping[str, Row]  # nodes, nodes_core, edges, edges_core
    kinds: Mapping[str, Row]
    relations: Mapping[str, Row]
    errors: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One gold document with what it adds to the score, or the reason why it was not built."""

    gold: GoldDocument
    counts: Counts
    failure: str | None = None


Reader = Callable[[Path], Built]


def measure(folder: Path, read: Reader) -> tuple[Outcome, ...]:
    """Counts for each document of the folder; a text that cannot be read counts as if nothing was found in it."""
    golds = read_gold(folder)
    relations = frozenset(relation for gold in golds for relation in gold.relations)
    return tuple(_outcome(gold, relations, read) for gold in golds)


def _outcome(gold: GoldDocument, relations: frozenset[str], read: Reader) -> Outcome:
    failure = None
    try:
        built = read(gold.text)
    except InputError as error:
        built, failure = Built(nodes={}, edges=frozenset(), titles={}), str(error)
    return Outcome(gold=gold, counts=compare(gold, built, relations), failure=failure)


def scores(outcomes: Sequence[Outcome]) -> Scores:
    """The score of these documents together."""
    parts = [outcome.counts for outcome in outcomes]
    whole = total(parts)
    relations = sorted({*(r for outcome in outcomes for r in outcome.gold.relations), *whole.predicted} - {*KINDS})
    groups = {"nodes": KINDS, "nodes_core": CORE_KINDS, "edges": relations, "edges_core": CORE_RELATIONS}
    return Scores(
        documents=len(outcomes),
        not_built=tuple((outcome.gold.id, outcome.failure) for outcome in outcomes if outcome.failure),
        named=_share(whole.named, sum(whole.right[kind] for kind in KINDS)),
        codes=_share(*whole.codes),
        titles=_share(*whole.titles),
        groups={name: _row(parts, keys) for name, keys in groups.items()},
        kinds={kind: _row(parts, [kind]) for kind in KINDS},
        relations={relation: _row(parts, [relation]) for relation in relations},
        errors=whole.errors,
    )


def folds(outcomes: Iterable[Outcome]) -> tuple[list[Outcome], list[Outcome]]:
    """The open part, whose errors may be looked at, and the sealed third, which is only counted."""
    both: tuple[list[Outcome], list[Outcome]] = [], []
    for outcome in outcomes:
        both[outcome.gold.sealed].append(outcome)
    return both


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _row(parts: Sequence[Counts], keys: Sequence[str]) -> Row:
    each = np.array([sums(part, keys) for part in parts], dtype=np.int64).reshape(-1, 3)
    right, predicted, gold = (int(number) for number in each.sum(axis=0))
    low, high = _interval(each)
    return Row(
        p=_share(right, predicted),
        r=_share(right, gold),
        f1=f1(right, predicted, gold),
        right=right,
        predicted=predicted,
        gold=gold,
        low=low,
        high=high,
    )


def _interval(each: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> tuple[float, float]:
    """The middle 95% of F1 when as many documents are drawn again and again, with repetition."""
    if not len(each):
        return 0.0, 0.0
    drawn = np.random.default_rng(SEED).integers(len(each), size=(SAMPLES, len(each)))
    right, predicted, gold = each[drawn].sum(axis=1).T
    values = 2 * right / np.maximum(predicted + gold, 1)
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)
