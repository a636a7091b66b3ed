"""The ontology is what the program may say, and says itself in two languages."""

from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS

from kg.config import ONTOLOGY
from kg.errors import GraphError, VocabularyError
from kg.rdf.vocabulary import STANDARD_PREFIXES, ontology_folder, read_vocabulary, vocabulary

RELATIONS = {
    "leads": "leads",
    "holds_post": "holdsPostIn",
    "organizes": "organizes",
    "located_in": "locatedIn",
    "part_of": "partOf",
    "issues": "issues",
    "drafts": "drafts",
    "guides": "guides",
    "establishes": "establishes",
    "participates_in": "participatesIn",
    "cooperates_with": "cooperatesWith",
}


def test_kinds_and_relations_are_the_contract() -> None:
    terms = vocabulary()
    assert list(terms.kinds) == ["organization", "official", "place", "program", "standard", "event"]
    assert {notation: term.name for notation, term in terms.relations.items()} == RELATIONS
    assert terms.relation("leads").domains == ("Official", "Organization")
    assert terms.relation("leads").ranges == ("Organization", "Program", "Standard", "Event")
    assert terms.define("GovernmentBody").parents == ("Organization",)
    assert terms["title"] == ONTOLOGY + "title"


def test_unknown_terms_raise() -> None:
    for ask, message in (
        (lambda: vocabulary()["leeds"], "kg:leeds is not in the ontology; did you mean 'leads'"),
        (lambda: vocabulary().relation("holds"), "no relation 'holds'"),
        (lambda: vocabulary().kind("ghost"), "no kind 'ghost'; there are: organization"),
    ):
        with pytest.raises(VocabularyError, match=message):
            ask()


def test_every_term_speaks_both_languages() -> None:
    for term in vocabulary().terms.values():
        assert set(term.labels) == {"zh", "en"}, term.name
        assert term.parents or set(term.comments) == {"zh", "en"}, term.name


def test_another_reader_agrees() -> None:
    graph = rdflib.Graph().parse(ontology_folder() / "kg.ttl")
    defined = {str(term).removeprefix(ONTOLOGY) for term in graph.subjects(RDFS.label, None)}
    assert defined == set(vocabulary().terms)
    for term in vocabulary().relations.values():
        iri = rdflib.URIRef(term.iri)
        assert (iri, RDF.type, OWL.ObjectProperty) in graph
        for predicate in (RDFS.domain, RDFS.range):
            assert len(list(graph.objects(iri, predicate))) == 1  # several would mean all of them at once


def test_alignments_reach_the_vocabularies_named() -> None:
    graph = rdflib.Graph().parse(ontology_folder() / "kg.ttl")
    objects = {str(end) for end in graph.objects()}
    for name in ("org", "foaf", "schema", "prov", "skos", "dcterms"):
        used = {str(term) for triple in graph for term in triple}
        assert any(term.startswith(STANDARD_PREFIXES[name]) for term in used), name
    assert any(end.startswith("http://www.w3.org/ns/oa#") for end in objects)


def test_a_malformed_ontology_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("kg:leads a", encoding="utf-8")
    with pytest.raises(GraphError, match=r"a\.ttl: cannot be read"):
        read_vocabulary(tmp_path / "a.ttl")
    (tmp_path / "b.ttl").write_text("", encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"b\.ttl: defines no term"):
        read_vocabulary(tmp_path / "b.ttl")
