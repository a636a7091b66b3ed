"""`kg.open`: the graph for rdflib and networkx."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import networkx
import pytest
import rdflib
from toygraph import build, document, entity, toy

import kg
from kg.config import BASE, ONTOLOGY
from kg.errors import GraphError, QueryError
from kg.explorer.figure import write_figure
from kg.exports.select import Filter
from kg.graph import Graph
from kg.opened import OpenGraph
from kg.rdf.query import Answer, Rows

KG = rdflib.Namespace(ONTOLOGY)
HEAD, BUREAU = rdflib.URIRef(f"{BASE}official/甘雨田"), rdflib.URIRef(f"{BASE}organization/云岭省民政厅")
ROOT = Path(__file__).parents[1]


@pytest.fixture
def graph(toy_graph: Path) -> Iterator[OpenGraph]:
    with kg.open(toy_graph) as found:
        yield found


def plain(found: rdflib.Graph) -> set[tuple[str, ...]]:
    """Triples by value: rdflib writes the decimal 1 as 1.0."""
    return {
        tuple(f"{float(str(t))}" if getattr(t, "datatype", None) == rdflib.XSD.decimal else t.n3() for t in triple)
        for triple in found
    }


class TestRdflib:
    def test_it_is_the_graph(self, graph: OpenGraph, toy_graph: Path) -> None:
        assert isinstance(graph.rdflib, rdflib.Graph)
        assert len(graph.rdflib) == len(graph) > 300
        assert plain(graph.rdflib) == plain(rdflib.Graph().parse(toy_graph / "graph.ttl"))

    def test_patterns(self, graph: OpenGraph) -> None:
        found = graph.rdflib
        assert (HEAD, KG.leads, BUREAU) in found
        assert found.value(BUREAU, rdflib.SKOS.prefLabel) == rdflib.Literal("云岭省民政厅", lang="zh")
        assert set(found.objects(HEAD, KG.leads)) == {BUREAU}
        assert len(list(found.subjects(rdflib.RDF.type, KG.Assertion))) == len(toy().assertions)
        assert set(found.objects(HEAD, KG.holdsPostIn / KG.partOf)) == set()

    def test_queries_know_the_prefixes(self, graph: OpenGraph) -> None:
        rows = graph.rdflib.query("SELECT ?n { ?p kg:leads ?b ; skos:prefLabel ?n } ORDER BY ?n")
        assert [str(row[0]) for row in rows] == ["甘雨田", "钱可风"]
        bound = graph.rdflib.query("SELECT ?b { ?p kg:leads ?b }", initBindings={"p": HEAD})
        assert [row[0] for row in bound] == [BUREAU]
        assert graph.rdflib.query("ASK { official:甘雨田 kg:leads organization:云岭省民政厅 }").askAnswer
        assert len(graph.rdflib.query("CONSTRUCT WHERE { ?s kg:leads ?o }").graph or ()) == 2

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
            "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
            "INSERT DATA { <a:a> <a:b> <a:c> }",
            "LOAD <http://127.0.0.1:9/>",
        ],
    )
    def test_nothing_reaches_out(self, graph: OpenGraph, query: str) -> None:
        with pytest.raises(QueryError):
            graph.rdflib.query(query)

    def test_nothing_is_changed(self, graph: OpenGraph) -> None:
        found, before = graph.rdflib, len(graph)
        triple = (HEAD, KG.leads, HEAD)
        for change in (
            lambda: found.add(triple), lambda: found.remove(triple), lambda: found.addN([(*triple, found)]),
            lambda: found.set(triple), lambda: found.update("CLEAR ALL"), lambda: found.parse(data="", format="nt"),
            lambda: found.__iadd__([triple]), lambda: found.__isub__([triple]),
        ):  # fmt: skip
            with pytest.raises(GraphError, match="only read; copy it first"):
                change()
        assert len(found) == before

    def test_a_copy_can_be_changed(self, graph: OpenGraph) -> None:
        copy = rdflib.Graph() + graph.rdflib
        copy.add((HEAD, KG.leads, HEAD))
        assert len(copy) == len(graph) + 1

    def test_it_can_be_written(self, graph: OpenGraph, tmp_path: Path) -> None:
        graph.rdflib.serialize(tmp_path / "g.ttl", format="turtle")
        assert plain(rdflib.Graph().parse(tmp_path / "g.ttl")) == plain(graph.rdflib)


class TestNetworkx:
    def test_entities_and_what_stands(self, graph: OpenGraph) -> None:
        found = graph.networkx
        assert isinstance(found, networkx.MultiDiGraph)
        assert found.number_of_nodes() == len(toy().entities)
        assert found.nodes[str(BUREAU)]["label"] == "云岭省民政厅"
        assert found.edges[str(HEAD), str(BUREAU), "leads"]["title"] == "厅长"

    def test_it_outlives_the_snapshot(self, toy_graph: Path) -> None:
        with kg.open(toy_graph) as graph:
            found = graph.networkx
        assert networkx.has_path(found, str(HEAD), f"{BASE}place/990000")


def test_queries_and_exports(graph: OpenGraph, tmp_path: Path) -> None:
    assert graph.query("ASK { ?s kg:leads ?o }") == Answer(value=True)
    rows = graph.query("SELECT ?s { ?s a kg:Official }")
    assert isinstance(rows, Rows)
    assert len(rows.rows) == 2
    graph.export(tmp_path / "part.nt", "nt", Filter(kinds=("official",)))
    assert len(rdflib.Graph().parse(tmp_path / "part.nt")) < len(graph)


def test_figures_are_a_form_too(graph: OpenGraph, toy_graph: Path, tmp_path: Path) -> None:
    graph.export(tmp_path / "part.svg", "svg", Filter(around="甘雨田"))
    write_figure(toy_graph, tmp_path / "same.svg", "svg", Filter(around="甘雨田"))
    assert (tmp_path / "part.svg").read_bytes() == (tmp_path / "same.svg").read_bytes()
    graph.export(str(tmp_path / "whole.png"), "png", others=True)
    assert (tmp_path / "whole.png").read_bytes()[:4] == b"\x89PNG"


def test_a_form_that_is_none(graph: OpenGraph, tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"no form 'pdf'; there are: turtle, .*csv.*xlsx, svg, png"):
        graph.export(tmp_path / "a.pdf", "pdf")


def test_a_later_build_changes_nothing_and_waits_for_nobody(tmp_path: Path) -> None:
    folder = build(toy(), tmp_path / "g")
    with kg.open(folder) as graph:
        build(Graph(documents=(document("另一篇。"),), entities=(entity("place", "别处"),)), folder)
        assert graph.query("ASK { ?s a kg:Official }") == Answer(value=True)
        assert (HEAD, KG.leads, BUREAU) in graph.rdflib
        with kg.open(str(folder)) as newer:
            assert newer.query("ASK { ?s a kg:Official }") == Answer(value=False)
    assert not (folder / ".serving").exists()


def test_closing_twice_is_fine_and_nothing_is_left(tmp_path: Path) -> None:
    folder = build(toy(), tmp_path / "g")
    graph = kg.open(folder)
    assert list((folder / ".serving").iterdir())
    graph.close()
    graph.close()
    assert not (folder / ".serving").exists()


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no such folder; build a graph with"):
        kg.open(tmp_path / "none")
    with pytest.raises(GraphError, match="holds no graph"):
        kg.open(tmp_path)
    folder = build(toy(), tmp_path / "g")
    for path in (folder / "store").glob("*.sst"):
        path.write_bytes(b"no such thing" * 999)
    with pytest.raises(GraphError, match="is damaged"):
        kg.open(folder)
    assert not (folder / ".serving").exists()


def test_the_examples_of_the_documentation_run(
    seed_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(seed_graph, tmp_path / "exports")
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs/python.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 6
    names: dict[str, object] = {"kg": kg, "Path": Path}
    for block in blocks:
        if "pandas" in block:  # not among our dependencies
            block = re.sub(r".*pandas.*", "", block)
        exec(compile(block, "python.md", "exec"), names)
    assert (tmp_path / "tables/facts.csv").is_file()
