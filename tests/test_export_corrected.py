"""Exports of a graph that its user has corrected: corrections go with what they correct, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_export_rdf import by_engine, stated
from toygraph import build, toy

from kg.exports.formats import Order, export
from kg.exports.select import Filter
from kg.model import Correction, Verdict
from kg.rdf.store import read_turtle
from kg.rdf.vocabulary import vocabulary
from kg.resolve.corrections import corrected


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """The small graph, in which one fact was called wrong and another was stated."""
    wrong = Correction(
        verdict=Verdict.WRONG, subject="甘雨田", relation="leads", object="云岭省民政厅", by="王", on="2025-03-31"
    )
    right = Correction(
        verdict=Verdict.RIGHT, subject="云岭省民政厅", relation="guides", object="暖阳行动", by="王", on="2025-03-31"
    )
    return build(corrected(toy(), (wrong, right)), tmp_path / "graph")


@pytest.mark.parametrize("form", ["trig", "nq", "nt", "jsonld", "rdfxml"])
def test_nothing_is_lost(graph: Path, form: str, tmp_path: Path) -> None:
    export(graph, Order(format=form, path=tmp_path / "out"))
    assert by_engine(tmp_path / "out", form) == stated(graph)


@pytest.mark.parametrize(("relation", "corrections"), [("drafts", 0), ("leads", 1), ("guides", 1)])
def test_corrections_stay_with_their_facts(graph: Path, relation: str, corrections: int, tmp_path: Path) -> None:
    export(graph, Order(format="turtle", path=tmp_path / "out", keep=Filter(relations=(relation,))))
    found = set(read_turtle(tmp_path / "out"))
    nodes = {triple.subject for triple in found if triple.object == vocabulary()["Correction"]}
    assert len(nodes) == corrections
    assert {triple.object for triple in found if triple.predicate == vocabulary()["correction"]} == nodes


def test_a_fact_called_wrong_is_no_edge(graph: Path, tmp_path: Path) -> None:
    export(graph, Order(format="csv", path=tmp_path / "out"))
    edges = (tmp_path / "out/edges.csv").read_text(encoding="utf-8-sig").splitlines()
    assert not [line for line in edges if "甘雨田" in line and ",leads," in line]
    assert [line for line in edges if "暖阳行动" in line and ",guides," in line]
