"""Turtle and GraphML: readable, sorted, byte-identical, and nothing lost on the way back."""

import re
from dataclasses import replace
from pathlib import Path

import networkx
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from toygraph import build, entity, toy

from kg.config import Config
from kg.errors import GraphError
from kg.exports.graphml import write_graphml
from kg.exports.network import network
from kg.exports.turtle import turtle, write_turtle
from kg.graph import Graph
from kg.ids import entity_key, iri
from kg.rdf.graph import is_standing, resources
from kg.rdf.layout import subject_order
from kg.rdf.store import Store, read_turtle
from kg.rdf.terms import XSD, Iri, Literal, Resource, Term, Triple, flat

CONFIG = Config()


def text_of(graph: Graph) -> str:
    return "".join(turtle(resources(graph, CONFIG), base=CONFIG.base))


def by_rdflib(path: Path) -> set[Triple]:
    """The triples as rdflib reads them, lexical forms untouched."""
    found = set()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rdflib, "NORMALIZE_LITERALS", False)
        graph = rdflib.Graph().parse(path, format="turtle")
    for s, p, o in graph:
        assert isinstance(s, rdflib.URIRef)
        if isinstance(o, rdflib.Literal):
            value: Term = Literal(str(o), o.language or "", str(o.datatype or "").replace(XSD + "string", ""))
        else:
            value = Iri(str(o))
        found.add(Triple(Iri(str(s)), Iri(str(p)), value))
    return found


def test_the_toy_graph_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    write_turtle(resources(toy(), CONFIG), path, base=CONFIG.base)
    meant = set(flat(resources(toy(), CONFIG)))
    assert set(read_turtle(path)) == meant
    assert by_rdflib(path) == meant


def test_the_same_bytes_in_any_order() -> None:
    graph = toy()
    turned = Graph(documents=graph.documents, entities=graph.entities[::-1], assertions=graph.assertions[::-1])
    assert text_of(graph) == text_of(turned)


def test_it_reads_well() -> None:
    text = text_of(toy())
    assert (
        """
organization:云岭省民政厅慈善处 a kg:Organization ;
    skos:prefLabel "云岭省民政厅慈善处"@zh ;
    rdfs:label "云岭省民政厅慈善处"@zh ;
    kg:partOf organization:云岭省民政厅 .
"""
        in text
    )
    assert "<https://w3id.org/govkg/id/standard/关于“暖阳行动”的通知> a kg:Standard ;" in text
    headings = [line for line in text.split("\n") if line.startswith("# ----")]
    assert [heading.split()[-1] for heading in headings] == [
        *("Dataset", "Organization", "Official", "Place", "Program", "Standard", "Event"),
        *("Facts", "Posts", "Evidence", "Documents"),
    ]
    assert len(headings) == len(set(headings))


def test_blocks_are_sorted_within_their_section() -> None:
    blocks = re.findall(r"^(\w+:\S+) a ", text_of(toy()), re.M)
    assert len(blocks) > 50
    for section in {block.partition(":")[0] for block in blocks}:
        own = [block for block in blocks if block.startswith(section + ":")]
        assert own == sorted(own)


# Characters that break careless writers, beside any text at all.
NASTY = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\"\\\n\r\t\x00\x7f\u2028“”:;.-·/#%'@ "))
LITERALS = st.one_of(
    NASTY.map(Literal),
    st.tuples(NASTY, st.sampled_from(["zh", "en", "zh-hant"])).map(lambda pair: Literal(*pair)),
    st.integers().map(lambda n: Literal(str(n), "", XSD + "integer")),
    st.floats(0, 1).map(lambda n: Literal(f"{n:.3f}", "", XSD + "decimal")),
    st.sampled_from(["1", "0.50", "-.5", "+3.0"]).map(lambda v: Literal(v, "", XSD + "decimal")),
    st.sampled_from(["true", "false", "1"]).map(lambda v: Literal(v, "", XSD + "boolean")),
    st.sampled_from(["2024-03", "2025-12"]).map(lambda v: Literal(v, "", XSD + "gYearMonth")),
)
NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), min_size=1)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(NAMES, st.lists(LITERALS, min_size=1, unique=True), min_size=1))
def test_nothing_is_lost_on_nasty_text(
    tmp_path_factory: pytest.TempPathFactory, said: dict[str, list[Literal]]
) -> None:
    made = [
        Resource(Iri(iri(CONFIG.base, entity_key("program", name))), tuple((Iri(CONFIG.base + "p"), v) for v in values))
        for name, values in said.items()
    ]
    path = tmp_path_factory.mktemp("nasty") / "graph.ttl"
    write_turtle(made, path, base=CONFIG.base)
    assert set(read_turtle(path)) == set(flat(made))
    assert by_rdflib(path) == set(flat(made))


@pytest.mark.parametrize("text", ["https://example.org/a b", "https://example.org/<", "https://example.org/\n"])
def test_what_is_no_iri_is_refused(text: str, tmp_path: Path) -> None:
    made = [Resource(Iri(text), ((Iri("https://example.org/p"), Literal("x")),))]
    with pytest.raises(GraphError, match="is no IRI"):
        write_turtle(made, tmp_path / "graph.ttl", base=CONFIG.base)


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"graph.ttl: cannot be written"):
        write_turtle([], tmp_path / "none" / "graph.ttl", base=CONFIG.base)


def test_an_empty_graph_is_a_file_too() -> None:
    text = text_of(Graph())
    assert text.startswith("@prefix assertion:")
    assert "kg:Organization" not in text


def test_another_base_has_readable_names_too() -> None:
    base = "https://example.org/ns#"
    text = "".join(turtle(resources(toy(), replace(CONFIG, base=base)), base=base))
    assert "@prefix place: <https://example.org/ns#place/> ." in text
    assert "\nplace:990000 a kg:Place ;" in text


# ---- GraphML


def graphml(graph: Graph, path: Path) -> networkx.MultiDiGraph:
    write_graphml(resources(graph, CONFIG), path)
    return networkx.read_graphml(path, force_multigraph=True)


def by_relation(graph: networkx.MultiDiGraph) -> dict[tuple[str, str, str], dict[str, object]]:
    return {(one, other, data["relation"]): data for one, other, data in graph.edges(data=True)}


def test_graphml_comes_back(tmp_path: Path) -> None:
    found = graphml(toy(), tmp_path / "g.graphml")
    meant = network(resources(toy(), CONFIG))
    assert dict(found.nodes(data=True)) == dict(meant.nodes(data=True))
    assert by_relation(found) == by_relation(meant)
    assert len({key for *_, key in found.edges(keys=True)}) == meant.number_of_edges(), "ids of edges must differ"
    assert found.number_of_nodes() == len(toy().entities)


def test_what_nodes_and_edges_bear(tmp_path: Path) -> None:
    found = graphml(toy(), tmp_path / "g.graphml")
    bureau, head = CONFIG.base + "organization/云岭省民政厅", CONFIG.base + "official/甘雨田"
    assert found.nodes[bureau] == {
        "label": "云岭省民政厅",
        "kind": "organization",
        "kind_label": "机构",
        "subclass": "GovernmentBody",
        "code": "",
        "aliases": "省民政厅",
    }
    assert found.nodes[CONFIG.base + "place/990000"]["code"] == "990000"
    assert by_relation(found)[head, bureau, "holdsPostIn"] == {
        "relation": "holdsPostIn",
        "label": "任职于",
        "sentences": 1,
        "confidence": 0.9,
        "title": "厅长",
        "reference": False,
    }
    city, province = CONFIG.base + "place/990100", CONFIG.base + "place/990000"
    assert by_relation(found)[city, province, "locatedIn"]["reference"] is True


def test_only_standing_facts_are_edges_and_each_is_one(tmp_path: Path) -> None:
    graph = toy()
    again = next(f for f in graph.assertions if f.title == "名誉会长")
    both = replace(again, title="理事", confidence=0.5, claims=(replace(again.claims[0], rule="holds_post.other"),))
    found = graphml(replace(graph, assertions=(*graph.assertions, both)), tmp_path / "g.graphml")
    head, union = CONFIG.base + "official/甘雨田", CONFIG.base + "organization/云岭省慈善联合会"
    edge = by_relation(found)[head, union, "holdsPostIn"]
    assert (edge["sentences"], edge["confidence"], edge["title"]) == (2, 0.9, "名誉会长、理事")
    assert found.number_of_edges() == sum(is_standing(fact) for fact in graph.assertions)


def test_graphml_is_the_same_in_any_order_and_from_the_store(tmp_path: Path) -> None:
    graph = toy()
    turned = Graph(documents=graph.documents, entities=graph.entities[::-1], assertions=graph.assertions[::-1])
    graphml(graph, tmp_path / "a.graphml")
    graphml(turned, tmp_path / "b.graphml")
    store = Store(build(graph, tmp_path / "g") / "store")
    ordered = sorted(store.subjects(), key=subject_order(CONFIG.base))
    write_graphml(map(store.resource, ordered), tmp_path / "c.graphml")
    a, b, c = ((tmp_path / f"{name}.graphml").read_bytes() for name in "abc")
    assert a == b == c


def test_what_xml_cannot_hold(tmp_path: Path) -> None:
    odd = replace(entity("program", "甲"), name="甲\x01<&>乙")
    found = graphml(Graph(entities=(odd,)), tmp_path / "g.graphml")
    assert found.nodes[CONFIG.base + "program/甲"]["label"] == "甲\ufffd<&>乙"
    with pytest.raises(GraphError, match="cannot be written"):
        write_graphml([], tmp_path / "none" / "g.graphml")
