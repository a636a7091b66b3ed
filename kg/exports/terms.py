"""The kinds and relations of a graph: the ontology's, and those of the user's own, which the graph itself tells of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.rdf.store import Store
from kg.rdf.terms import Iri, Triple
from kg.rdf.vocabulary import SKOS, Definition, told_terms, vocabulary


@dataclass(frozen=True, slots=True)
class Terms:
    """Classes of entities and relations between them, by IRI."""

    kinds: Mapping[Iri, Definition]
    relations: Mapping[Iri, Definition]


@cache
def packaged() -> Terms:
    """The ontology's alone."""
    kinds, relations = vocabulary().kinds.values(), vocabulary().relations.values()
    return Terms({kind.iri: kind for kind in kinds}, {relation.iri: relation for relation in relations})


def terms_of(store: Store) -> Terms:
    """The ontology's, then those that a graph defines."""
    found = store.query(f"SELECT DISTINCT ?term {{ ?term <{SKOS}notation> ?name }}", {})
    assert isinstance(found, tuple)
    named = (store.resource(term) for (term,) in found[1] if isinstance(term, Iri))
    own = told_terms(Triple(one.subject, *pair) for one in named for pair in one.properties)
    return Terms(
        {**packaged().kinds, **{term.iri: term for term in own if term.is_class}},
        {**packaged().relations, **{term.iri: term for term in own if not term.is_class}},
    )
