"""Inference: what follows by the rules, marked as such, off unless asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from running import Done
from toygraph import build as build_toy
from toygraph import toy

from kg.build import add, build, forget
from kg.config import BASE, ONTOLOGY, Config
from kg.errors import GraphError
from kg.exports.formats import Order, export
from kg.rdf import infer
from kg.rdf.query import Answer, Rows, run_query
from kg.rdf.store import Store, read_turtle
from kg.rdf.terms import Iri, Literal, Triple
from kg.rdf.validate import check
from kg.rdf.vocabulary import ORG, RDF, SCHEMA, ontology_folder, vocabulary

Kg = Callable[..., Done]
CITY, PROVINCE, COUNTRY = (Iri(f"{BASE}place/{key}") for key in ("990100", "990000", "中国"))
EVENT = Iri(f"{BASE}event/2024年云岭省社工宣传周启动仪式")
BUREAU, UNION = (Iri(f"{BASE}organization/{name}") for name in ("云岭省民政厅", "云岭省慈善联合会"))
HEAD = Iri(f"{BASE}official/甘雨田")


@pytest.fixture
def found(toy_graph: Path) -> dict[Triple, str]:
    return dict(infer.inferred(Store(toy_graph / "store"), BASE))


@pytest.mark.parametrize(
    ("triple", "rule"),
    [
        (Triple(EVENT, vocabulary()["locatedIn"], PROVINCE), "containment"),
        (Triple(EVENT, vocabulary()["locatedIn"], COUNTRY), "containment"),
        (Triple(HEAD, Iri(ORG + "memberOf"), BUREAU), "superproperties"),
        (Triple(PROVINCE, Iri("http://purl.org/dc/terms/identifier"), Literal("990000")), "superproperties"),
        (Triple(BUREAU, Iri(ORG + "hasMember"), HEAD), "inverse"),
        (Triple(EVENT, Iri(SCHEMA + "organizer"), UNION), "inverse"),
        (Triple(UNION, vocabulary()["cooperatesWith"], BUREAU), "symmetric"),
    ],
)
def test_what_follows(found: dict[Triple, str], triple: Triple, rule: str) -> None:
    assert found[triple] == rule


def test_what_does_not_follow(found: dict[Triple, str], toy_graph: Path) -> None:
    assert Triple(EVENT, vocabulary()["locatedIn"], CITY) not in found, "that is stated"
    chair = Iri(f"{BASE}official/钱可风")
    assert Triple(chair, Iri(ORG + "memberOf"), BUREAU) not in found, "a former post"
    assert not [t for t in found if t.subject == t.object]
    assert not set(found) & set(Store(toy_graph / "store").triples())


def test_the_rules_agree_with_the_ontology() -> None:
    ontology = rdflib.Graph().parse(ontology_folder() / "kg.ttl")
    relations = {rdflib.URIRef(term.iri) for term in vocabulary().relations.values()}
    codes = {rdflib.URIRef(vocabulary()[name]) for name in ("divisionCode", "standardNumber", "documentNumber")}
    meant = {(p, q) for p, q in ontology.subject_objects(rdflib.RDFS.subPropertyOf) if p in relations | codes}
    text = infer.rules()["superproperties"]
    for special, general in meant:
        assert f"({special.n3(ontology.namespace_manager)} {general.n3(ontology.namespace_manager)})" in text
    assert text.count("(kg:") == len(meant)
    for relation, note in ontology.subject_objects(rdflib.SKOS.note):
        assert f"({relation.n3(ontology.namespace_manager)} {str(note).split(',')[0]})" in infer.rules()["inverse"]


def test_every_rule_says_what_it_does_in_both_languages() -> None:
    assert len(infer.rules()) >= 4
    for name, text in infer.rules().items():
        said = text.split("\n")[0]
        assert said.startswith("# "), name
        assert any("\u4e00" <= sign <= "\u9fff" for sign in said), name
        assert any(word in said for word in ("in", "under", "with")), name


def test_a_rule_that_constructs_nothing(toy_graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(infer, "rules", lambda: {"odd": "ASK {}"})
    with pytest.raises(GraphError, match=r"odd is no CONSTRUCT query"):
        infer.inferred(Store(toy_graph / "store"), BASE)


def test_each_inferred_triple_is_marked_once(toy_graph: Path, tmp_path: Path, found: dict[Triple, str]) -> None:
    export(toy_graph, Order(format="turtle", path=tmp_path / "all.ttl", infer=True))
    triples, stated = set(read_turtle(tmp_path / "all.ttl")), set(Store(toy_graph / "store").triples())
    assert stated < triples
    nodes = {t.subject for t in triples if t.object == vocabulary()["Inference"]}
    marked = set()
    for node in nodes:
        said = {t.predicate: t.object for t in triples if t.subject == node}
        s, p, o = (said[Iri(RDF + part)] for part in ("subject", "predicate", "object"))
        assert isinstance(s, Iri)
        assert isinstance(p, Iri)
        marked.add(Triple(s, p, o))
        assert said[vocabulary()["rule"]] == Literal(found[Triple(s, p, o)])
    assert marked == set(found)
    assert {t for t in triples - stated if t.subject not in nodes} == marked
    assert len(nodes) == len(marked)


def test_a_graph_with_inferences_conforms_and_stays_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("河北省民政厅厅长甘雨田主持会议。石家庄市民政局举办敬老节。", encoding="utf-8")
    Path("b.txt").write_text("石家庄市长安区民政局局长钱可风调研。", encoding="utf-8")
    config = Config(jobs=1)
    build([Path("a.txt")], out=Path("g"), config=config, infer=True)
    assert check(Path("g")) == ()
    asked = "ASK { ?s org:hasMember ?o . ?i a kg:Inference ; rdf:subject ?s ; rdf:object ?o ; kg:rule 'inverse' }"
    assert run_query(Path("g"), asked) == Answer(value=True)
    before = (Path("g") / "graph.ttl").read_bytes()
    assert build([Path("a.txt")], out=Path("g"), config=config, infer=True).changed is False
    add([Path("b.txt")], out=Path("g"), config=config)
    counted = run_query(Path("g"), "SELECT (COUNT(*) AS ?n) { ?i a kg:Inference }")
    assert isinstance(counted, Rows)
    forget([Path("b.txt")], out=Path("g"), config=config)
    assert (Path("g") / "graph.ttl").read_bytes() == before
    assert build([Path("a.txt")], out=Path("g"), config=config).changed is True
    assert run_query(Path("g"), "ASK { ?i a kg:Inference }") == Answer(value=False)


def test_the_commands_infer_when_asked(kg: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("河北省民政厅厅长甘雨田主持会议。", encoding="utf-8")
    assert kg("build", "a.txt", "--out", "g").status == 0
    assert kg("export", "--format", "nt", "-o", "plain.nt", "--graph", "g").status == 0
    assert kg("export", "--format", "nt", "-o", "more.nt", "--infer", "--graph", "g").status == 0
    plain, more = (set(Path(name).read_text(encoding="utf-8").splitlines()) for name in ("plain.nt", "more.nt"))
    assert plain < more
    assert not any(f"{ONTOLOGY}Inference" in line for line in plain)
    assert kg("build", "a.txt", "--out", "h", "--infer").status == 0
    assert kg("export", "--format", "nt", "-o", "built.nt", "--graph", "h").status == 0
    assert set(Path("built.nt").read_text(encoding="utf-8").splitlines()) == more


def test_inference_of_an_empty_graph(tmp_path: Path) -> None:
    from kg.graph import Graph

    assert infer.inferred(Store(build_toy(Graph(), tmp_path / "g") / "store"), BASE) == {}
    assert toy().assertions
