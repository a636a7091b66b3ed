"""What the page knows about a graph: columns of numbers and names, small enough to be read at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.explorer.evidence import Evidence
from kg.explorer.layout import layout
from kg.explorer.marks import KINDS
from kg.explorer.pinyin import readings
from kg.graph import Graph
from kg.model import Assertion, Modality, Tenure

MODALITIES = tuple(one.value for one in Modality)
TENURES = tuple(one.value for one in Tenure)
_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-3][0-9])?)?")  # nothing else can stand on the timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class PageData:
    """`graph` is read when the page opens, `evidence` and `readings` when they are first needed."""

    graph: dict[str, object]
    evidence: dict[str, object]
    readings: dict[str, str]


def page_data(graph: Graph, previous: Mapping[str, tuple[float, float]] | None = None) -> PageData:
    """Columns for the page. Facts whose ends the graph does not hold raise KeyError."""
    kinds = (*KINDS, *sorted({one.kind for one in graph.entities} - {*KINDS}))
    entities = sorted(graph.entities, key=lambda one: (kinds.index(one.kind), one.key))
    number = {one.key: index for index, one in enumerate(entities)}
    facts = sorted(
        graph.assertions, key=lambda one: (number[one.subject], one.relation, number[one.object], _rank(one))
    )
    relations = sorted({one.relation for one in facts})
    pairs = [(number[one.subject], number[one.object]) for one in facts]
    names = [one.name for one in entities]
    laid = layout([one.key for one in entities], names, sorted({(min(p), max(p)) for p in pairs}), previous)
    evidence = Evidence(graph.documents)
    for fact in facts:
        evidence.add(fact)
    columns: dict[str, object] = {
        "kinds": kinds,
        "relations": relations,
        "modalities": MODALITIES,
        "tenures": TENURES,
        "documents": len(graph.documents),
        "name": names,
        "kind": [kinds.index(one.kind) for one in entities],
        "x": [x for x, _ in laid.points],
        "y": [y for _, y in laid.points],
        "r": laid.radii,
        "group": laid.communities,
        "key": {i: one.key for i, one in enumerate(entities) if one.key != f"{one.kind}/{one.name}"},
        "aliases": {i: one.aliases for i, one in enumerate(entities) if one.aliases},
        "code": {i: one.code for i, one in enumerate(entities) if one.code},
        "subclass": {i: one.subclass for i, one in enumerate(entities) if one.subclass},
        "facts": _facts(facts, pairs, relations),
    }
    texts = [text for one in entities for text in (one.name, *one.aliases)]
    return PageData(graph=columns, evidence=evidence.tables(), readings=readings(texts))


def _facts(facts: list[Assertion], pairs: list[tuple[int, int]], relations: list[str]) -> dict[str, object]:
    place = {name: index for index, name in enumerate(relations)}
    spans = [_span(fact) for fact in facts]
    return {
        "s": [s for s, _ in pairs],
        "o": [o for _, o in pairs],
        "r": [place[fact.relation] for fact in facts],
        "confidence": [round(fact.confidence * 1000) for fact in facts],
        "modality": [MODALITIES.index(fact.modality.value) for fact in facts],
        "tenure": [TENURES.index(fact.tenure.value) for fact in facts],
        "since": [since for since, _ in spans],
        "until": [until for _, until in spans],
        "title": {i: fact.title for i, fact in enumerate(facts) if fact.title},
        "reference": [i for i, fact in enumerate(facts) if fact.reference],
    }


def _span(fact: Assertion) -> tuple[str, str]:
    """First and last date of a fact: its own, else those of its claims, else those of its documents; "" if unknown."""
    claims = fact.claims
    choices = ((fact.since, fact.until), [one.date for one in claims], [one.sentence.document.date for one in claims])
    dates = next((found for one in choices if (found := [d for d in one if d and _DATE.fullmatch(d)])), None)
    return (min(dates), max(dates)) if dates else ("", "")


def _rank(fact: Assertion) -> tuple[str, str, str, str, str, float]:
    """Sorts facts that share their ends and relation."""
    return (fact.modality, fact.tenure, fact.title or "", fact.since or "", fact.until or "", fact.confidence)
