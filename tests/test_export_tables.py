"""`kg export` to tables and networks, read back by csv, openpyxl and networkx; and its filters."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import networkx
import openpyxl
import pytest
from running import Done
from toygraph import build, toy

from kg.config import BASE, Config
from kg.errors import GraphError, VocabularyError
from kg.exports import workbook
from kg.exports.formats import Order, export
from kg.exports.network import network
from kg.exports.select import Filter, pruned, select
from kg.exports.source import source
from kg.graph import Graph
from kg.rdf.graph import is_standing, resources
from kg.rdf.query import Rows, run_query
from kg.rdf.store import read_turtle
from kg.rdf.terms import Iri, flat
from kg.rdf.validate import check
from kg.rdf.vocabulary import vocabulary

Kg = Callable[..., Done]
NASTY = '=1+1;"甲",\n乙'


def table(path: Path, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def nasty(tmp_path: Path) -> Path:
    """The small graph, with an alias that breaks careless tables."""
    graph = toy()
    entities = tuple(replace(e, aliases=(NASTY,)) if e.name == "暖阳行动" else e for e in graph.entities)
    return build(replace(graph, entities=entities), tmp_path / "nasty")


class TestCsv:
    def test_nodes_and_edges_come_back(self, toy_graph: Path, tmp_path: Path) -> None:
        export(toy_graph, Order(format="csv", path=tmp_path / "out"))
        meant = network(resources(toy(), Config()))
        nodes = {row["id"]: row for row in table(tmp_path / "out/nodes.csv")}
        assert {iri: row["name"] for iri, row in nodes.items()} == dict(meant.nodes(data="label"))
        edges = {(row["source"], row["target"], row["relation"]): row for row in table(tmp_path / "out/edges.csv")}
        assert set(edges) == set(meant.edges(keys=True))
        for ends, row in edges.items():
            data = meant.edges[ends]
            assert (row["title"], int(row["sentences"]), float(row["confidence"])) == (
                data["title"], data["sentences"], data["confidence"],
            )  # fmt: skip

    def test_facts_have_their_sentences(self, toy_graph: Path, tmp_path: Path) -> None:
        export(toy_graph, Order(format="csv", path=tmp_path / "out"))
        facts = table(tmp_path / "out/facts.csv")
        assert len(facts) == len(toy().assertions)
        planned = next(row for row in facts if row["modality"] == "planned")
        assert (planned["object"], planned["sentence"]) == ("暖阳行动", "云岭省民政厅将实施“暖阳行动”。")
        assert (planned["source"], planned["line"], planned["document"]) == ("texts/第一期.txt", "6", "社工宣传周启动")
        former = next(row for row in facts if row["tenure"] == "former")
        assert (former["subject"], former["title"]) == ("钱可风", "副厅长")
        assert [row["subject"] for row in facts] == sorted(row["subject"] for row in facts)

    def test_any_text_comes_back(self, nasty: Path, tmp_path: Path) -> None:
        export(nasty, Order(format="csv", path=tmp_path / "out"))
        assert NASTY in {row["aliases"] for row in table(tmp_path / "out/nodes.csv")}

    def test_for_neo4j(self, nasty: Path, tmp_path: Path) -> None:
        export(nasty, Order(format="neo4j", path=tmp_path / "out"))
        nodes = table(tmp_path / "out/nodes.csv", "utf-8")
        assert list(nodes[0]) == ["iri:ID", "name", "kind", "code", "aliases:string[]", ":LABEL"]
        assert {"Organization;GovernmentBody", "Official", "Place"} <= {row[":LABEL"] for row in nodes}
        assert '=1+1；"甲", 乙' in {row["aliases:string[]"] for row in nodes}
        edges = table(tmp_path / "out/relationships.csv", "utf-8")
        known = {row["iri:ID"] for row in nodes}
        assert all({row[":START_ID"], row[":END_ID"]} <= known for row in edges)
        assert len(edges) == sum(map(is_standing, toy().assertions))
        assert all("\n" not in value for row in (*nodes, *edges) for value in row.values())


class TestWorkbook:
    def rows(self, path: Path, sheet: str) -> list[tuple[object, ...]]:
        return list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))

    def test_three_sheets_come_back(self, toy_graph: Path, tmp_path: Path) -> None:
        export(toy_graph, Order(format="xlsx", path=tmp_path / "g.xlsx"))
        entities, facts, documents = (self.rows(tmp_path / "g.xlsx", name) for name in ("实体", "事实", "文档"))
        assert {row[0] for row in entities[1:]} == {entity.name for entity in toy().entities}
        assert len(facts) == 1 + len(toy().assertions)
        assert {row[10] for row in facts[1:] if row[10]} == set(toy().documents[0].text.split("\n"))
        assert documents[1][0] == "社工宣传周启动"
        assert {type(row[8]) for row in facts[1:]} <= {float, int}

    def test_no_text_becomes_a_formula(self, nasty: Path, tmp_path: Path) -> None:
        export(nasty, Order(format="xlsx", path=tmp_path / "g.xlsx"))
        cells = [cell for row in openpyxl.load_workbook(tmp_path / "g.xlsx")["实体"].iter_rows() for cell in row]
        (alias,) = [cell for cell in cells if str(cell.value).startswith("=")]
        assert (alias.value, alias.data_type) == (NASTY, "s")

    def test_what_exceeds_a_sheet_goes_on_in_another(
        self, toy_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(workbook, "_ROWS", 9)
        monkeypatch.setattr(workbook, "_CELL", 5)
        export(toy_graph, Order(format="xlsx", path=tmp_path / "g.xlsx"))
        assert openpyxl.load_workbook(tmp_path / "g.xlsx").sheetnames == [
            "实体",
            "实体 2",
            "事实",
            "事实 2",
            "事实 3",
            "文档",
        ]
        rows = [row for name in ("实体", "实体 2") for row in self.rows(tmp_path / "g.xlsx", name)[1:]]
        assert len(rows) == len(toy().entities)
        assert max(len(str(value)) for row in rows for value in row) == 5

    def test_an_empty_graph(self, tmp_path: Path) -> None:
        export(build(Graph(), tmp_path / "g"), Order(format="xlsx", path=tmp_path / "g.xlsx"))
        assert len(self.rows(tmp_path / "g.xlsx", "事实")) == 1


def test_gexf_comes_back(toy_graph: Path, tmp_path: Path) -> None:
    export(toy_graph, Order(format="gexf", path=tmp_path / "g.gexf"))
    found = networkx.read_gexf(tmp_path / "g.gexf", version="1.3")
    meant = network(resources(toy(), Config()))
    assert {n: (data["label"], data["kind"]) for n, data in found.nodes(data=True)} == {
        n: (data["label"], data["kind"]) for n, data in meant.nodes(data=True)
    }
    edges = {(one, other, data["relation"]): data for one, other, data in found.edges(data=True)}
    assert set(edges) == set(meant.edges(keys=True))
    for ends, data in edges.items():
        assert {name: data[name] for name in ("title", "sentences", "confidence", "reference")} == {
            name: meant.edges[ends][name] for name in ("title", "sentences", "confidence", "reference")
        }


# ---- filters


def names(folder: Path, keep: Filter, tmp_path: Path) -> tuple[set[str], set[str]]:
    """Names of the entities and relations of the facts that a filter leaves; what is left is a graph that conforms."""
    out = tmp_path / "part.ttl"
    export(folder, Order(format="turtle", path=out, keep=keep))
    shutil.rmtree(tmp_path / "part", ignore_errors=True)
    (tmp_path / "part").mkdir()
    from kg.rdf.store import write_store

    write_store(tmp_path / "part/store", out)
    assert check(tmp_path / "part") == ()
    whole = run_query(tmp_path / "part", "SELECT ?n { ?e skos:prefLabel ?n }")
    facts = run_query(tmp_path / "part", "SELECT ?p { ?a a kg:Assertion ; rdf:predicate ?p }")
    dangling = run_query(tmp_path / "part", "SELECT ?o { ?s ?p ?o FILTER (STRSTARTS(STR(?o), STR(organization:)) || "
                         "STRSTARTS(STR(?o), STR(evidence:))) FILTER NOT EXISTS { ?o ?q ?r } }")  # fmt: skip
    assert isinstance(whole, Rows)
    assert isinstance(facts, Rows)
    assert isinstance(dangling, Rows)
    assert not dangling.rows
    return {str(row[0][0]) for row in whole.rows if row[0]}, {str(row[0]).rpartition("#")[2] for row in facts.rows}


BETWEEN = {"leads", "holdsPostIn", "cooperatesWith", "guides", "establishes", "partOf"}
NOTHING = (Filter(since="2024-04"), Filter(until="2023"), Filter(confidence=1.0, relations=("leads",)))


@pytest.mark.parametrize(
    ("keep", "entities", "relations"),
    [
        (Filter(kinds=("official", "organization")), 5, BETWEEN),
        (Filter(kinds=("program",)), 1, set()),
        (Filter(relations=("drafts",)), 2, {"drafts"}),
        (Filter(relations=("holds_post", "issues")), 5, {"holdsPostIn", "issues"}),
        (Filter(place="暖阳市"), 6, {"locatedIn", "organizes", "participatesIn"}),
        (Filter(place="990000", kinds=("place",)), 3, {"locatedIn"}),
        (Filter(since="2024-03"), 2, {"holdsPostIn"}),
        (Filter(since="2024-03-19", until="2024"), 2, {"holdsPostIn"}),
        (Filter(confidence=0.95), 3, {"locatedIn"}),
        (Filter(around="暖阳行动"), 2, {"organizes"}),
        (Filter(around="暖阳行动", steps=9), 11, None),
        (Filter(around="暖阳行动", relations=("leads",)), 1, set()),
    ],
)  # fmt: skip
def test_what_filters_leave(
    keep: Filter, entities: int, relations: set[str] | None, toy_graph: Path, tmp_path: Path
) -> None:
    found, said = names(toy_graph, keep, tmp_path)
    assert len(found) == entities, found
    assert relations is None or said == relations


def test_a_place_holds_what_the_places_in_it_hold(toy_graph: Path, tmp_path: Path) -> None:
    found, _ = names(toy_graph, Filter(place="云岭省"), tmp_path)
    assert {"2024年云岭省社工宣传周启动仪式", "云岭省民政厅", "甘雨田", "暖阳市"} <= found
    assert "关于“暖阳行动”的通知" not in found


@pytest.mark.parametrize(
    "keep", [Filter(since="2024-04"), Filter(until="2023"), Filter(confidence=1.0, relations=("leads",))]
)
def test_when_nothing_is_left(keep: Filter, toy_graph: Path, tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="nothing in the graph fits"):
        export(toy_graph, Order(format="nt", path=tmp_path / "x", keep=keep))
    assert not (tmp_path / "x").exists()


def test_unknown_names(toy_graph: Path, tmp_path: Path) -> None:
    for keep, error, said in (
        (Filter(place="暖洋市"), GraphError, r"no place in the graph is called '暖洋市'; did you mean '暖阳市'"),
        (Filter(around="甘雨天"), GraphError, r"no thing in the graph .* did you mean '甘雨田'"),
        (Filter(kinds=("officials",)), VocabularyError, "did you mean 'official'"),
        (Filter(relations=("leed",)), VocabularyError, "did you mean 'leads'"),
    ):
        with pytest.raises(error, match=said):
            export(toy_graph, Order(format="nt", path=tmp_path / "x", keep=keep))


@pytest.mark.parametrize("form", ["trig", "nq", "graphml", "gexf", "xlsx", "jsonld", "rdfxml"])
def test_every_form_takes_filters(form: str, toy_graph: Path, tmp_path: Path, kg: Kg) -> None:
    out = tmp_path / "part"
    command = ("export", "--format", form, "-o", out, "--graph", toy_graph)
    assert kg(*command).status == 0
    whole = out.stat().st_size
    assert (
        kg(
            *command, "--relation", "leads", "--confidence", "0.5", "--kind", "official", "--kind", "organization"
        ).status
        == 0
    )
    assert out.stat().st_size < whole


def test_inferred_triples_stay_with_their_ends(toy_graph: Path, tmp_path: Path) -> None:
    keep = Filter(relations=("located_in",))
    export(toy_graph, Order(format="turtle", path=tmp_path / "a.ttl", keep=keep, infer=True))
    with source(toy_graph, infer=True) as graph:
        kept = select(graph.again, keep)
        assert set(read_turtle(tmp_path / "a.ttl")) == set(flat(pruned(graph.again, kept)))
    triples = set(read_turtle(tmp_path / "a.ttl"))
    located, event = vocabulary()["locatedIn"], Iri(f"{BASE}event/2024年云岭省社工宣传周启动仪式")
    assert {t.object for t in triples if (t.subject, t.predicate) == (event, located)} == {
        Iri(f"{BASE}place/990100"), Iri(f"{BASE}place/990000"), Iri(f"{BASE}place/中国"),
    }  # fmt: skip


def test_steps_need_a_centre(kg: Kg, toy_graph: Path, tmp_path: Path) -> None:
    done = kg("export", "--format", "nt", "-o", tmp_path / "x", "--steps", "2", "--graph", toy_graph)
    assert (done.status, "--steps needs --around" in done.err) == (2, True)
    done = kg("export", "--format", "nt", "-o", tmp_path / "x", "--since", "May", "--graph", toy_graph)
    assert (done.status, "'May', expected a year" in done.err) == (2, True)
