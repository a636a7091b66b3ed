"""`kg export` to forms of RDF: each read back by another program, triple for triple."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import rdflib
from running import Done
from toygraph import build as build_toy
from toygraph import toy

from kg.build import build
from kg.config import BASE, Config
from kg.exports.formats import Order, export
from kg.exports.jsonld import context
from kg.exports.ntriples import ntriples
from kg.exports.source import source
from kg.exports.spool import Spool
from kg.rdf.terms import XSD, Iri, Literal, Resource, Term, Triple
from kg.rdf.vocabulary import DCTERMS, vocabulary

Kg = Callable[..., Done]
RDFLIB = {"turtle": "turtle", "nt": "nt", "jsonld": "json-ld", "rdfxml": "xml", "trig": "trig", "nq": "nquads"}
ENGINE = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "nq": pyoxigraph.RdfFormat.N_QUADS,
}
TEXTS = ("turtle", "trig", "nt", "nq", "jsonld", "rdfxml", "graphml", "gexf")


def stated(folder: Path) -> set[Triple]:
    with source(folder) as graph:
        return {Triple(one.subject, *pair) for one in graph.again() for pair in one.properties}


def by_rdflib(path: Path, form: str) -> set[Triple]:
    """Triples of all graphs in a file, as rdflib reads them, lexical forms untouched."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rdflib, "NORMALIZE_LITERALS", False)
        dataset = rdflib.Dataset().parse(path, format=RDFLIB[form])
    return {Triple(Iri(str(s)), Iri(str(p)), _value(o)) for s, p, o, _ in dataset.quads()}


def _value(term: Any) -> Term:
    if isinstance(term, rdflib.Literal):
        return Literal(str(term), term.language or "", str(term.datatype or "").replace(XSD + "string", ""))
    assert isinstance(term, rdflib.URIRef)
    return Iri(str(term))


def by_engine(path: Path, form: str) -> set[Triple]:
    found = set()
    for quad in pyoxigraph.parse(path=path, format=ENGINE[form]):
        o = quad.object
        if isinstance(o, pyoxigraph.Literal):
            kind = "" if o.language or o.datatype.value == XSD + "string" else o.datatype.value
            value: Term = Literal(o.value, o.language or "", kind)
        else:
            value = Iri(o.value)
        found.add(Triple(Iri(quad.subject.value), Iri(quad.predicate.value), value))
    return found


@pytest.mark.parametrize("form", RDFLIB)
@pytest.mark.parametrize("graph", ["toy_graph", "seed_graph"])
def test_nothing_is_lost(form: str, graph: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    folder: Path = request.getfixturevalue(graph)
    path = tmp_path / f"graph.{form}"
    export(folder, Order(format=form, path=path))
    meant = stated(folder)
    assert by_rdflib(path, form) == meant
    assert by_engine(path, form) == meant


@pytest.mark.parametrize("form", RDFLIB)
def test_nasty_texts(form: str, tmp_path: Path) -> None:
    nasty = "a\"b\\c\nd\re\tf<&>]]>\u2028“”'{}@zh ^^\u00a0"
    paper, *_ = toy().documents
    from dataclasses import replace

    graph = replace(toy(), documents=(replace(paper, title=nasty, publisher=f"{nasty}甲"),))
    folder = build_toy(graph, tmp_path / "g")
    export(folder, Order(format=form, path=tmp_path / "out"))
    found = by_rdflib(tmp_path / "out", form)
    assert found == stated(folder)
    assert Literal(nasty) in {t.object for t in found if t.predicate == DCTERMS + "title"}


def test_turtle_is_the_file_of_the_build(seed_graph: Path, tmp_path: Path) -> None:
    export(seed_graph, Order(format="turtle", path=tmp_path / "a.ttl"))
    assert (tmp_path / "a.ttl").read_bytes() == (seed_graph / "graph.ttl").read_bytes()


def test_a_turtle_file_that_was_touched_does_not_count(seed_graph: Path, tmp_path: Path) -> None:
    shutil.copytree(seed_graph, tmp_path / "g")
    (tmp_path / "g/graph.ttl").write_text("<a:a> <a:b> <a:c> .\n", encoding="utf-8")
    export(tmp_path / "g", Order(format="turtle", path=tmp_path / "a.ttl"))
    assert (tmp_path / "a.ttl").read_bytes() == (seed_graph / "graph.ttl").read_bytes()


@pytest.mark.parametrize("form", [*TEXTS, "xlsx", "csv", "neo4j"])
def test_the_same_bytes_in_any_process(form: str, seed_graph: Path, tmp_path: Path) -> None:
    sums = set()
    for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai")):
        out = tmp_path / seed
        command = [sys.executable, "-m", "kg", "export", "--format", form, "-o", str(out), "--graph", str(seed_graph)]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        subprocess.run(command, check=True, env=environment, cwd=Path(__file__).parents[1])
        files = sorted(out.iterdir()) if out.is_dir() else [out]
        sums.add(tuple(hashlib.sha256(file.read_bytes()).hexdigest() for file in files))
    assert len(sums) == 1


def test_lines_of_ntriples_are_whole_and_sorted_within_a_subject() -> None:
    end = Literal("5", "", XSD + "integer")
    made = Resource(Iri("https://a/s"), ((Iri("https://a/q"), end), (Iri("https://a/p"), Literal("甲\n", "zh"))))
    assert "".join(ntriples([made])) == (
        '<https://a/s> <https://a/p> "甲\\n"@zh .\n'
        f'<https://a/s> <https://a/q> "5"^^<{XSD}integer> .\n'
    )  # fmt: skip


# ---- a graph for each document


def test_each_document_has_its_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("texts").mkdir()
    Path("texts/a.txt").write_text("河北省民政厅厅长甘雨田主持会议。河北省民政厅位于石家庄市。", encoding="utf-8")
    Path("texts/b.txt").write_text("河北省民政厅厅长甘雨田调研。钱可风担任河北省民政厅副厅长。", encoding="utf-8")
    build([Path("texts")], out=Path("g"), config=Config(jobs=1), infer=True)
    export(Path("g"), Order(format="trig", path=Path("g.trig")))
    export(Path("g"), Order(format="nq", path=Path("g.nq")))
    dataset = rdflib.Dataset().parse("g.trig", format="trig")
    assert set(dataset.quads()) == set(rdflib.Dataset().parse("g.nq", format="nquads").quads())
    documents = set(dataset.subjects(rdflib.RDF.type, rdflib.URIRef(vocabulary()["Document"]))) or {
        s for s, _, _, _ in dataset.quads((None, rdflib.RDF.type, rdflib.URIRef(vocabulary()["Document"]), None))
    }
    names = {graph.identifier for graph in dataset.graphs() if len(graph)}
    assert len(documents) == 2
    assert names >= documents
    extra = {str(name).removeprefix(BASE) for name in names - documents if isinstance(name, rdflib.URIRef)}
    assert extra - {"urn:x-rdflib:default"} == {"dataset/gazetteer", "dataset/inferences"}
    leads = rdflib.URIRef(vocabulary()["leads"])
    said_by = {str(graph.identifier) for graph in dataset.graphs() if (None, leads, None) in graph}
    assert said_by == set(map(str, documents)), "a fact of two documents stands in both graphs"
    for one in documents:
        evidence = set(dataset.graph(one).objects(None, rdflib.URIRef(vocabulary()["evidence"])))
        assert evidence
        assert all((end, None, one) in dataset.graph(one) for end in evidence)


# ---- JSON-LD


def test_the_context_knows_the_ontology_and_nothing_else() -> None:
    terms = {name: told for name, told in context()["@context"].items() if isinstance(told, dict)}
    ours = {told["@id"].removeprefix("kg:") for told in terms.values() if told["@id"].startswith("kg:")}
    ours |= {told.removeprefix("kg:") for told in context()["@context"].values() if str(told).startswith("kg:")}
    assert len(ours) > 30
    assert ours <= {term.name for term in vocabulary().terms.values() if not term.is_class}


def test_jsonld_reads_well(toy_graph: Path, tmp_path: Path) -> None:
    export(toy_graph, Order(format="jsonld", path=tmp_path / "g.jsonld"))
    nodes = {n["id"]: n for n in json.loads((tmp_path / "g.jsonld").read_text(encoding="utf-8"))["@graph"]}
    union = nodes[f"{BASE}organization/云岭省慈善联合会"]
    assert (union["prefLabel"], union["drafts"]) == ("云岭省慈善联合会", f"{BASE}standard/社区助老服务规范")
    assert union["type"] == ["kg:Organization", "kg:SocialOrganization"]


# ---- the command


def one_line(done: Done, *parts: str) -> None:
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
    assert all(part in done.err for part in parts), done.err


def test_what_cannot_be_written_is_one_line(kg: Kg, toy_graph: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    graph = ("--graph", toy_graph)
    one_line(kg("export", "--format", "nt", "-o", tmp_path / "none/g.nt", *graph), "g.nt: cannot be written")
    one_line(kg("export", "--format", "csv", "-o", tmp_path / "file", *graph), "written to a folder")
    one_line(kg("export", "--format", "nt", "-o", tmp_path, *graph), "written to a file")
    one_line(kg("export", "--format", "pdf", "-o", tmp_path / "x", *graph), "'pdf'", "turtle")
    one_line(kg("export", "--format", "nt", "-o", tmp_path / "x", "--graph", tmp_path), "holds no graph")
    assert {path.name for path in tmp_path.iterdir()} - {".lock"} == {"file"}


def test_a_failure_leaves_the_older_file(
    kg: Kg, toy_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "g.nq"
    out.write_text("mine", encoding="utf-8")

    def full(_: Spool) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Spool, "_flush", full)
    one_line(kg("export", "--format", "nq", "-o", out, "--graph", toy_graph), "No space left")
    assert out.read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["g.nq"]


def test_to_a_pipe(toy_graph: Path) -> None:
    command = [sys.executable, "-m", "kg", "export", "--format", "nt", "-o", "/dev/stdout", "--graph", str(toy_graph)]
    done = subprocess.run(command, capture_output=True, check=True, cwd=Path(__file__).parents[1])
    assert len(done.stdout.splitlines()) == len(stated(toy_graph))


def test_a_spool_sorts_and_keeps_the_order_of_equals() -> None:
    spool = Spool()
    for number in range(25_000):
        spool.put("乙甲"[number % 2], str(number))
    pieces = list(spool)
    assert [key for key, _ in pieces] == sorted(key for key, _ in pieces)
    assert [int(text) for key, text in pieces if key == "甲"] == list(range(1, 25_000, 2))
