"""The queries of the documentation over the graph of the seeds: each answer equals what plain Python finds in the file.

The toy graph's answers are written out, so that a mistake in both ways of asking is seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib.namespace import DCTERMS
from running import ROOT, Done
from told import KG, SCHEMA, Told, told

from kg.rdf.query import Rows, run_query
from kg.rdf.terms import Literal

Kg = Callable[..., Done]
QUERIES = sorted((ROOT / "docs" / "queries").glob("*.rq"))
Row = tuple[str | None, ...]


@pytest.fixture(params=["toy_graph", "seed_graph"])
def folder(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(request.param)
    return found


def answer(folder: Path, name: str) -> list[Row]:
    """The rows of an example, None where nothing is bound."""
    (path,) = (path for path in QUERIES if name in path.stem)
    found = run_query(folder, path.read_text(encoding="utf-8"))
    assert isinstance(found, Rows)
    return [tuple(cell.value if isinstance(cell, Literal) else cell for cell in row) for row in found.rows]


def joined(names: set[str]) -> frozenset[str]:
    return frozenset(names)


def split(cell: str | None) -> frozenset[str]:
    return frozenset(cell.split("、")) if cell else frozenset()


def ends(graph: Told, relation: str) -> dict[str, set[str]]:
    """Names of subjects by the object."""
    found = defaultdict(set)
    for s, r, o in graph.edges:
        if r == relation:
            found[o].add(graph.name[s])
    return found


def test_every_query_has_a_test_here() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    for path in QUERIES:
        assert f'answer(folder, "{path.stem}")' in text, path.name


def test_leaders(folder: Path) -> None:
    graph = told(folder)
    meant = set()
    for s, r, o in graph.edges:
        if r == "leads" and graph.kind[s] == "Official" and graph.kind[o] == "Organization":
            facts = [f for f in graph.facts if (f.subject, f.relation, f.object) == (s, r, o) and f.stands]
            meant |= {(graph.name[s], f.title, graph.name[o]) for f in facts}
    found = answer(folder, "01-leaders")
    assert set(found) == meant
    assert len(found) == len(meant) > 0
    assert found == sorted(found, key=lambda row: (row[2], row[0], row[1] or ""))


def test_organizers(folder: Path) -> None:
    graph = told(folder)
    meant = defaultdict(set)
    for s, r, o in graph.edges:
        if r == "organizes" and graph.kind[s] == "Organization":
            label = {"Event": "事件 event", "Program": "项目 program"}[graph.kind[o]]
            meant[graph.name[s], label].add(graph.name[o])
    found = {(row[0], row[1]): split(row[2]) for row in answer(folder, "02-organizers")}
    assert found == {key: joined(names) for key, names in meant.items()}
    assert found


def test_standards(folder: Path) -> None:
    graph = told(folder)
    drafters, issuers = ends(graph, "drafts"), ends(graph, "issues")
    meant = {
        (graph.name[iri], joined(drafters[iri]), joined(issuers[iri]))
        for iri, kind in graph.kind.items()
        if kind == "Standard"
    }
    found = answer(folder, "03-standards")
    assert {(row[0], split(row[2]), split(row[3])) for row in found} == meant
    assert len(found) == len(meant) > 0


def test_what_lies_in_a_province(folder: Path) -> None:
    graph = told(folder)
    provinces = {str(s): graph.name[str(s)] for s, o in graph.graph.subject_objects(KG.divisionCode)
                 if len(str(o)) == 6 and str(o).endswith("0000")}  # fmt: skip
    meant = {
        (provinces[place], graph.kind[iri].lower(), graph.name[iri])
        for iri in graph.name
        for place in graph.above(iri) & provinces.keys()
        if graph.kind[iri] in ("Organization", "Event", "Program", "Place")
    }
    found = {(row[0], str(row[1]).split()[1], row[2]) for row in answer(folder, "04-in-a-province")}
    assert found == meant
    assert found


def test_facts_with_their_sentences(folder: Path) -> None:
    graph = told(folder)
    meant = {
        (graph.name[f.subject], f.relation, graph.name[f.object], f.modality, p.quote, p.rule, p.file, str(p.line))
        for f in graph.facts
        for p in f.proofs
    }
    rows = answer(folder, "05-facts-with-sentence")
    assert {(*row[:4], *row[5:]) for row in rows} == meant
    assert len(rows) == sum(len(f.proofs) for f in graph.facts)
    assert {float(row[4] or 0) for row in rows} == {f.confidence for f in graph.facts if f.proofs}


def test_several_posts(folder: Path) -> None:
    graph = told(folder)
    meant = {
        (graph.name[person], str(len(posts)), "；".join(sorted(f"{body} {title}" for body, title in posts)))
        for person, posts in graph.posts().items()
        if len(posts) > 1
    }
    assert set(answer(folder, "06-several-posts")) == meant


def test_cooperation(folder: Path) -> None:
    graph = told(folder)
    meant = set()
    for s, r, o in graph.edges:
        if r == "cooperatesWith":
            one, other = sorted((s, o))
            meant.add((graph.name[one], graph.name[other], "合作 cooperation"))
        for t, q, p in graph.edges:
            if (r, q) == ("organizes", "organizes") and o == p and s < t:
                meant.add((graph.name[s], graph.name[t], graph.name[o]))
    bodies = {graph.name[iri] for iri, kind in graph.kind.items() if kind == "Organization"}
    assert set(answer(folder, "07-cooperation")) == {row for row in meant if {*row[:2]} <= bodies}


def test_events(folder: Path) -> None:
    graph = told(folder)
    organizers, guests = ends(graph, "organizes"), ends(graph, "participatesIn")
    meant = set()
    for iri, kind in graph.kind.items():
        if kind == "Event":
            places = {graph.name[o] for s, r, o in graph.edges if (s, r) == (iri, "locatedIn")} or {None}
            meant |= {(graph.name[iri], place, joined(organizers[iri]), joined(guests[iri])) for place in places}
    found = answer(folder, "08-events")
    assert {(row[0], row[1], split(row[2]), split(row[3])) for row in found} == meant
    assert len(found) == len(meant) > 0


def test_planned_or_former(folder: Path) -> None:
    graph = told(folder)
    meant = {
        (graph.name[f.subject], f.relation, graph.name[f.object], f.title,
         f.tenure if f.tenure != "current" else f.modality, p.quote)
        for f in graph.facts
        for p in f.proofs
        if not f.stands
    }  # fmt: skip
    found = answer(folder, "09-planned-or-former")
    assert set(found) == meant


def test_documents(folder: Path) -> None:
    graph = told(folder)
    meant = set()
    for node in graph.documents():
        facts = {f.iri for f in graph.facts for p in f.proofs if p.document == str(node)}
        mentioned = {*graph.graph.objects(node, SCHEMA.mentions)}
        about = (graph.text(node, DCTERMS.title), graph.maybe(node, DCTERMS.date), graph.maybe(node, DCTERMS.publisher))
        meant.add((*about, str(len(facts)), str(len(mentioned))))
    found = answer(folder, "10-documents")
    assert set(found) == meant
    assert [int(row[3] or 0) for row in found] == sorted((int(row[3] or 0) for row in found), reverse=True)


class TestTheToyGraphInFull:
    """What the two graphs have in common is checked above; here is what one of them says."""

    def test_events(self, toy_graph: Path) -> None:
        folder = toy_graph
        (row,) = answer(folder, "08-events")
        assert row[:2] == ("2024年云岭省社工宣传周启动仪式", "暖阳市")
        assert split(row[2]) == {"云岭省民政厅", "云岭省慈善联合会"}
        assert split(row[3]) == {"甘雨田"}

    def test_planned_or_former(self, toy_graph: Path) -> None:
        folder = toy_graph
        former, planned = answer(folder, "09-planned-or-former")
        assert former[:5] == ("钱可风", "holdsPostIn", "云岭省民政厅", "副厅长", "former")
        assert planned[:5] == ("云岭省民政厅", "organizes", "暖阳行动", None, "planned")

    def test_cooperation(self, toy_graph: Path) -> None:
        folder = toy_graph
        pair = ("云岭省慈善联合会", "云岭省民政厅")
        assert answer(folder, "07-cooperation") == [
            (*pair, "2024年云岭省社工宣传周启动仪式"),
            (*pair, "合作 cooperation"),
        ]


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_the_command_tells_the_same(kg: Kg, seed_graph: Path, path: Path) -> None:
    done = kg("query", path, "--format", "tsv", "--graph", seed_graph)
    assert (done.status, done.err) == (0, "")
    assert len(done.out.rstrip("\n").split("\n")) - 1 == len(answer(seed_graph, path.stem))
