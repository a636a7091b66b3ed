"""The seeds' graph in Python and under its shapes: two libraries agree, and no part can be taken away unnoticed."""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import networkx
import pytest
import rdflib
from rdflib.namespace import DCTERMS, ORG, PROV, RDF, SKOS
from running import Done
from told import KG, RELATIONS, Told, told

import kg as package
from kg.config import BASE
from kg.errors import KgError
from kg.exports.select import Filter
from kg.opened import OpenGraph
from kg.rdf.query import Answer, Rows
from kg.rdf.store import write_store
from kg.rdf.validate import Breach, check

Kg = Callable[..., Done]
PATTERNS = ["?s a kg:Official", "?s kg:leads ?o", "?s kg:locatedIn+ ?o", "?f a kg:Assertion ; kg:evidence/kg:rule ?r"]


@pytest.fixture(scope="module")
def opened(seed_graph: Path) -> Iterator[OpenGraph]:
    with package.open(seed_graph) as found:
        yield found


@pytest.fixture
def graph(seed_graph: Path) -> Told:
    return told(seed_graph)


class TestRdflib:
    def test_as_many_triples(self, opened: OpenGraph, graph: Told) -> None:
        assert len(opened) == len(opened.rdflib) == len(graph.graph)

    def test_the_same_subjects_and_predicates(self, opened: OpenGraph, graph: Told) -> None:
        assert set(opened.rdflib.subjects()) == set(graph.graph.subjects())
        assert Counter(opened.rdflib.predicates()) == Counter(graph.graph.predicates())

    @pytest.mark.parametrize("pattern", PATTERNS)
    def test_both_engines_answer_alike(self, opened: OpenGraph, graph: Told, pattern: str) -> None:
        sparql = f"SELECT * {{ {pattern} }}"
        ours = opened.query(sparql)
        assert isinstance(ours, Rows)
        theirs = graph.graph.query(sparql, initNs={"kg": KG})
        assert len(ours.rows) == len(theirs) > 0

    @pytest.mark.parametrize("relation", RELATIONS)
    def test_each_relation(self, opened: OpenGraph, graph: Told, relation: str) -> None:
        found = {(str(s), relation, str(o)) for s, o in opened.rdflib.subject_objects(KG[relation])}
        assert found == {edge for edge in graph.edges if edge[1] == relation}

    def test_it_is_only_read(self, opened: OpenGraph) -> None:
        triple = (rdflib.URIRef("urn:a"), RDF.type, KG.Official)
        for change in (lambda: opened.rdflib.add(triple), lambda: opened.rdflib.remove((None, None, None))):
            with pytest.raises(KgError, match="only read"):
                change()
        assert opened.query("ASK { <urn:a> ?p ?o }") == Answer(value=False)


class TestNetworkx:
    def test_the_same_nodes_and_edges(self, opened: OpenGraph, graph: Told) -> None:
        found = opened.networkx
        assert {node: data["label"] for node, data in found.nodes(data=True)} == graph.name
        assert {(s, relation, o) for s, o, relation in found.edges(keys=True)} == graph.edges

    def test_parts_hang_together_as_places_say(self, opened: OpenGraph, graph: Told) -> None:
        inside = networkx.DiGraph((s, o) for s, r, o in graph.edges if r == "locatedIn")
        assert networkx.is_directed_acyclic_graph(inside)
        for node in inside:
            assert networkx.descendants(inside, node) == graph.above(node)

    def test_confidence_is_that_of_the_best_fact(self, opened: OpenGraph, graph: Told) -> None:
        for s, o, relation, data in opened.networkx.edges(keys=True, data=True):
            own = [
                f.confidence for f in graph.facts if (f.subject, f.relation, f.object) == (s, relation, o) and f.stands
            ]
            assert data["confidence"] == pytest.approx(max(own))

    def test_a_part_is_a_part(self, opened: OpenGraph, graph: Told, tmp_path: Path) -> None:
        opened.export(tmp_path / "part.ttl", "turtle", Filter(relations=("leads",)))
        part = Told(tmp_path / "part.ttl")
        assert part.edges == {edge for edge in graph.edges if edge[1] == "leads"}


class TestThatItHangsTogether:
    def test_names_are_told_twice_and_alike(self, graph: Told) -> None:
        for node in graph.entities():
            (label,) = graph.graph.objects(node, SKOS.prefLabel)
            assert isinstance(label, rdflib.Literal)
            assert label.language == "zh"
            assert set(graph.graph.objects(node, rdflib.RDFS.label)) == {label}
            assert label not in set(graph.graph.objects(node, SKOS.altLabel))

    def test_each_entity_is_of_one_kind(self, graph: Told) -> None:
        assert len(list(graph.entities())) == len(graph.kind)

    def test_nothing_refers_to_what_is_not_there(self, graph: Told) -> None:
        for s, p, o in graph.graph:
            if isinstance(o, rdflib.URIRef) and str(o).startswith(BASE):
                assert (o, None, None) in graph.graph, (s, p)

    def test_each_post_is_a_fact(self, graph: Told) -> None:
        held = {(f.subject, f.object, f.title) for f in graph.facts if f.relation == "holdsPostIn"}
        for post in graph.graph.subjects(RDF.type, ORG.Membership):
            ends = graph.text(post, ORG.member), graph.text(post, ORG.organization)
            assert (*ends, graph.text(post, KG.title)) in held

    def test_who_leads_a_body_holds_a_post_in_it(self, graph: Told) -> None:
        held = {(s, o) for s, r, o in graph.edges if r == "holdsPostIn"}
        assert {(s, o) for s, r, o in graph.edges if r == "leads" and graph.kind[s] == "Official"} <= held

    def test_documents_say_where_they_come_from(self, graph: Told) -> None:
        for node in graph.documents():
            assert re.fullmatch(r".+\.txt:\d+", graph.text(node, DCTERMS.source))
            assert re.fullmatch(r"sha256:[0-9a-f]{64}", graph.text(node, KG.contentHash))
            assert str(node).endswith(graph.text(node, KG.contentHash)[7:23])

    def test_ends_of_relations_are_of_the_kinds_that_the_ontology_names(self, graph: Told) -> None:
        from kg.rdf.vocabulary import vocabulary

        for s, relation, o in graph.edges:
            term = vocabulary().define(relation)
            assert graph.kind[s] in term.domains, (relation, graph.name[s])
            assert graph.kind[o] in term.ranges, (relation, graph.name[o])


def without(graph: Told, folder: Path, *triples: tuple[rdflib.term.Node | None, ...]) -> tuple[Breach, ...]:
    """What the shapes say of a copy of the graph from which something was taken."""
    copy = rdflib.Graph() + graph.graph
    for triple in triples:
        assert triple in copy
        copy.remove(triple)  # type: ignore[arg-type]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    copy.serialize(folder / "graph.ttl", format="turtle", encoding="utf-8")
    write_store(folder / "store", folder / "graph.ttl")
    return check(folder)


class TestShapes:
    def test_as_it_stands_it_conforms(self, seed_graph: Path) -> None:
        assert check(seed_graph) == ()

    @pytest.mark.parametrize("seed", range(3))
    def test_an_assertion_that_loses_any_part(self, graph: Told, tmp_path: Path, seed: int) -> None:
        draw = random.Random(seed)
        told_by_text = [fact for fact in graph.facts if fact.proofs and fact.stands]
        node = rdflib.URIRef(draw.choice(told_by_text).iri)
        part = draw.choice([RDF.subject, RDF.object, KG.confidence, KG.modality, KG.evidence])
        found = without(graph, tmp_path / "g", (node, part, None))
        assert found, f"{node} without {part}"
        assert all(one.chinese and one.english for one in found)

    @pytest.mark.parametrize("part", [KG.quote, KG.rule, KG.start, PROV.wasDerivedFrom], ids=str)
    def test_evidence_that_loses_any_part(self, graph: Told, tmp_path: Path, part: rdflib.URIRef) -> None:
        node = min(graph.graph.subjects(RDF.type, KG.Evidence))
        assert str(node) in {one.subject for one in without(graph, tmp_path / "g", (node, part, None))}

    def test_an_entity_that_loses_its_name(self, graph: Told, tmp_path: Path) -> None:
        node = min(graph.entities())
        assert str(node) in {one.subject for one in without(graph, tmp_path / "g", (node, SKOS.prefLabel, None))}

    def test_an_end_of_a_relation_that_loses_its_kind(self, graph: Told, tmp_path: Path) -> None:
        subject, _, end = min(edge for edge in graph.edges if edge[1] == "leads")
        for node in map(rdflib.URIRef, (subject, end)):
            assert without(graph, tmp_path / "g", (node, RDF.type, None))

    def test_an_end_of_a_mere_fact_that_loses_its_kind(self, tmp_path: Path, toy_graph: Path) -> None:
        plan = rdflib.URIRef(f"{BASE}program/暖阳行动")  # only planned
        assert without(told(toy_graph), tmp_path / "g", (plan, RDF.type, None))

    def test_a_relation_that_loses_its_fact(self, kg: Kg, graph: Told, tmp_path: Path) -> None:
        fact = next(fact for fact in graph.facts if fact.stands and fact.proofs)
        same = [
            f for f in graph.facts if (f.subject, f.relation, f.object) == (fact.subject, fact.relation, fact.object)
        ]
        found = without(graph, tmp_path / "g", *((rdflib.URIRef(one.iri), None, None) for one in same))
        assert fact.subject in {one.subject for one in found}
        done = kg("check", "--graph", tmp_path / "g")
        assert done.status == 1
        assert done.out.splitlines()[-1] == f"{len(found)} 处不符 · breaches"
        assert graph.name[fact.subject] in done.out
