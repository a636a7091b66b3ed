"""Every export of the seeds read back by another program: the same things, the same facts, the same words."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import networkx
import openpyxl
import pytest
import rdflib
from rdflib.compare import isomorphic
from running import Done, one_line
from told import KG, Told, told

from kg.exports.formats import FILES, FOLDERS, TEXTS, Order, export
from kg.rdf.vocabulary import vocabulary

pytestmark = pytest.mark.filterwarnings("ignore:.*is deprecated:DeprecationWarning:rdflib")

Kg = Callable[..., Done]
RDF_FORMS = {"turtle": "turtle", "nt": "nt", "jsonld": "json-ld", "rdfxml": "xml"}
GRAPH_NAMES = ("toy_graph", "seed_graph")
GEXF = "{http://gexf.net/1.3}"


@pytest.fixture(scope="module", params=GRAPH_NAMES)
def folder(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def files(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every form of the graph, in files and folders that bear the form's name."""
    out = tmp_path_factory.mktemp("forms")
    for form in (*TEXTS, *FOLDERS, *FILES):
        export(folder, Order(format=form, path=out / form))
    return out


@pytest.fixture
def graph(folder: Path) -> Told:
    return told(folder)


def sheet(path: Path, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as lines:
        return list(csv.DictReader(lines))


def standing(graph: Told) -> Counter[str]:
    return Counter(relation for _, relation, _ in graph.edges)


class TestRdf:
    @pytest.mark.parametrize("form", RDF_FORMS)
    def test_the_same_triples(self, files: Path, graph: Told, form: str) -> None:
        found = rdflib.Graph().parse(files / form, format=RDF_FORMS[form])
        assert len(found) == len(graph.graph)
        assert isomorphic(found, graph.graph)

    @pytest.mark.parametrize(("form", "reader"), [("trig", "trig"), ("nq", "nquads")])
    def test_a_graph_for_each_document(self, files: Path, graph: Told, form: str, reader: str) -> None:
        found = rdflib.Dataset().parse(files / form, format=reader)
        union = {(s, p, o) for s, p, o, _ in found.quads()}
        assert union == set(graph.graph)
        names = {str(name) for _, _, _, name in found.quads() if name is not None}
        assert {str(document) for document in graph.documents()} <= names

    def test_in_a_document_s_graph_stands_its_own_evidence_alone(self, files: Path, graph: Told) -> None:
        found = rdflib.Dataset().parse(files / "trig", format="trig")
        for document in graph.documents():
            own = {str(quote) for _, _, quote, _ in found.quads((None, KG.quote, None, document))}
            assert own == {p.quote for f in graph.facts for p in f.proofs if p.document == str(document)}

    def test_json_ld_needs_nothing_from_elsewhere(self, files: Path) -> None:
        whole = json.loads((files / "jsonld").read_text(encoding="utf-8"))
        assert isinstance(whole["@context"], dict)
        assert all(not isinstance(one, str) or not one.endswith(".jsonld") for one in whole["@context"].values())
        assert len({node["id"] for node in whole["@graph"]}) == len(whole["@graph"])

    def test_no_fact_is_told_without_its_sentence(self, files: Path) -> None:
        found = rdflib.Graph().parse(files / "nt", format="nt")
        for fact in found.subjects(rdflib.RDF.type, KG.Assertion):
            assert (fact, KG.evidence, None) in found or (fact, KG.reference, None) in found


class TestGraphs:
    def test_graphml_has_the_entities_and_the_standing_relations(self, files: Path, graph: Told) -> None:
        found = networkx.read_graphml(files / "graphml")
        assert {node: data["label"] for node, data in found.nodes(data=True)} == graph.name
        assert {(s, data["relation"], o) for s, o, data in found.edges(data=True)} == graph.edges
        assert found.number_of_edges() == len(graph.edges)

    def test_graphml_counts_the_sentences_behind_an_edge(self, files: Path, graph: Told) -> None:
        sentences: Counter[tuple[str, str, str]] = Counter()
        for fact in graph.facts:
            if fact.stands:
                sentences[fact.subject, fact.relation, fact.object] += len(fact.proofs)
        found = networkx.read_graphml(files / "graphml")
        assert {(s, d["relation"], o): d["sentences"] for s, o, d in found.edges(data=True)} == dict(sentences)

    def test_graphml_tells_kinds_in_chinese_too(self, files: Path, graph: Told) -> None:
        labels = {kind.name: kind.labels["zh"] for kind in vocabulary().kinds.values()}
        found = networkx.read_graphml(files / "graphml")
        assert all(data["kind_label"] == labels[graph.kind[node]] for node, data in found.nodes(data=True))

    def test_gexf_has_the_same(self, files: Path, graph: Told) -> None:
        root = ElementTree.parse(files / "gexf").getroot()
        nodes = {node.get("id"): node.get("label") for node in root.iter(f"{GEXF}node")}
        assert nodes == graph.name
        edges = [(one.get("source"), one.get("kind"), one.get("target")) for one in root.iter(f"{GEXF}edge")]
        assert len(edges) == len(set(edges)) == len(graph.edges)
        assert set(edges) == graph.edges


class TestTables:
    def test_nodes(self, files: Path, graph: Told) -> None:
        rows = sheet(files / "csv" / "nodes.csv")
        assert {row["id"]: row["name"] for row in rows} == graph.name
        assert {row["id"]: set(row["aliases"].split("|")) - {""} for row in rows} == graph.aliases
        assert {row["id"]: row["kind"] for row in rows} == {iri: kind.lower() for iri, kind in graph.kind.items()}

    def test_edges(self, files: Path, graph: Told) -> None:
        rows = sheet(files / "csv" / "edges.csv")
        assert [(row["source"], row["relation"], row["target"]) for row in rows] == sorted(
            graph.edges, key=lambda edge: (edge[0], edge[2], edge[1])
        )
        assert Counter(row["relation"] for row in rows) == standing(graph)

    def test_facts_with_their_sentences(self, files: Path, graph: Told) -> None:
        rows = sheet(files / "csv" / "facts.csv")
        assert len(rows) == sum(max(1, len(fact.proofs)) for fact in graph.facts)
        meant = {
            (graph.name[f.subject], f.relation, graph.name[f.object], f.title or "", p.quote, p.rule, str(p.line))
            for f in graph.facts
            for p in f.proofs
        }
        names = ("subject", "relation", "object", "title", "sentence", "rule", "line")
        assert {tuple(row[name] for name in names) for row in rows if row["sentence"]} == meant

    def test_excel_knows_the_encoding(self, files: Path) -> None:
        for path in (files / "csv").iterdir():
            assert path.read_bytes().startswith(b"\xef\xbb\xbf")
            assert path.read_bytes().endswith(b"\r\n")

    def test_neo4j(self, files: Path, graph: Told) -> None:
        nodes = sheet(files / "neo4j" / "nodes.csv", "utf-8")
        edges = sheet(files / "neo4j" / "relationships.csv", "utf-8")
        assert {row["iri:ID"] for row in nodes} == graph.name.keys()
        assert {(row[":START_ID"], row[":TYPE"], row[":END_ID"]) for row in edges} == graph.edges
        assert all(graph.kind[row["iri:ID"]] == row[":LABEL"].split(";")[0] for row in nodes)

    def test_a_workbook_of_three_sheets(self, files: Path, graph: Told) -> None:
        with (files / "xlsx").open("rb") as data:
            book = openpyxl.load_workbook(data)
        entities, facts, documents = (list(one.values) for one in book.worksheets)
        assert len(entities) - 1 == len(graph.name)
        assert len(facts) - 1 == sum(max(1, len(fact.proofs)) for fact in graph.facts)
        assert len(documents) - 1 == len(graph.documents())
        assert not [cell for one in book.worksheets for row in one.iter_rows() for cell in row if cell.data_type == "f"]


class TestPartsOfTheGraph:
    @pytest.mark.parametrize("relation", [term.name for term in vocabulary().relations.values()])
    def test_one_relation(self, kg: Kg, folder: Path, graph: Told, relation: str, tmp_path: Path) -> None:
        done = kg("export", "--format", "turtle", "-o", tmp_path / "t", "--relation", relation, "--graph", folder)
        meant = {fact.iri for fact in graph.facts if fact.relation == relation}
        if not meant:
            one_line(done, "nothing in the graph fits these filters")
            return
        part = Told(tmp_path / "t")
        assert {fact.iri for fact in part.facts} == meant
        assert part.name.keys() == {end for fact in part.facts for end in (fact.subject, fact.object)}
        assert part.edges == {edge for edge in graph.edges if edge[1] == relation}

    @pytest.mark.parametrize("least", [0.5, 0.8, 0.95])
    def test_the_surest(self, kg: Kg, folder: Path, graph: Told, least: float, tmp_path: Path) -> None:
        kg("export", "--format", "turtle", "-o", tmp_path / "t", "--confidence", least, "--graph", folder)
        meant = {fact.iri for fact in graph.facts if fact.confidence >= least}
        assert {fact.iri for fact in Told(tmp_path / "t").facts} == meant

    def test_around_each_official(self, kg: Kg, folder: Path, graph: Told, tmp_path: Path) -> None:
        for iri in [one for one, kind in graph.kind.items() if kind == "Official"]:
            kg("export", "--format", "turtle", "-o", tmp_path / "t", "--around", iri, "--graph", folder)
            own = {fact.iri for fact in graph.facts if iri in (fact.subject, fact.object)}
            assert own <= {fact.iri for fact in Told(tmp_path / "t").facts}

    @pytest.mark.parametrize("kind", ["organization", "place"])
    def test_one_kind(self, kg: Kg, folder: Path, graph: Told, kind: str, tmp_path: Path) -> None:
        kg("export", "--format", "turtle", "-o", tmp_path / "t", "--kind", kind, "--graph", folder)
        part = Told(tmp_path / "t")
        assert {one.lower() for one in part.kind.values()} == {kind}
        assert part.name == {iri: name for iri, name in graph.name.items() if graph.kind[iri].lower() == kind}
