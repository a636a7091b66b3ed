"""What follows from a graph by the rules of `ontology/rules`, each triple marked as inferred.

A rule is a CONSTRUCT query over what the graph states; its file's name is its name. Every
triple that it adds gets a node of its own, so that nobody takes it for something a text says:

    inference:… a kg:Inference ; rdf:subject …; rdf:predicate …; rdf:object … ; kg:rule "containment" .
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from itertools import groupby
from operator import attrgetter

from kg.errors import GraphError
from kg.ids import digest
from kg.rdf.layout import prefixes, subject_order
from kg.rdf.store import Store
from kg.rdf.terms import Iri, Literal, Resource, Term, Triple
from kg.rdf.vocabulary import RDF, ontology_folder, vocabulary


def rules() -> Mapping[str, str]:
    """The queries by the names of the rules."""
    files = sorted((ontology_folder() / "rules").glob("*.rq"))
    return {file.stem: file.read_text(encoding="utf-8") for file in files}


def inferred(store: Store, base: str) -> Mapping[Triple, str]:
    """The triples that follow and are not stated, each with the first rule that gives it."""
    found: dict[Triple, str] = {}
    for name, query in rules().items():
        made = store.query(query, prefixes(base))
        if not isinstance(made, list):
            raise GraphError(f"the rule {name} is no CONSTRUCT query; correct ontology/rules/{name}.rq")
        for triple in made:
            if triple not in found and not store.states(triple):
                found[triple] = name
    return found


def with_inferred(resources: Iterable[Resource], found: Mapping[Triple, str], base: str) -> Iterator[Resource]:
    """Resources with what was inferred about them, and the inferences, in the order of exports."""
    order = subject_order(base)
    more = sorted(_resources(found, base), key=lambda resource: order(resource.subject))
    both = merge(resources, more, key=lambda resource: order(resource.subject))
    for subject, parts in groupby(both, key=attrgetter("subject")):
        pairs = dict.fromkeys(pair for part in parts for pair in part.properties)
        yield Resource(subject, tuple(pairs))


def _resources(found: Mapping[Triple, str], base: str) -> Iterator[Resource]:
    term = vocabulary()
    for triple, rule in found.items():
        subject, predicate, end = triple
        yield Resource(subject, ((predicate, end),))
        yield Resource(
            Iri(f"{base}inference/{digest(subject, predicate, *_parts(end))}"),
            (
                (Iri(RDF + "type"), term["Inference"]),
                (Iri(RDF + "subject"), subject),
                (Iri(RDF + "predicate"), predicate),
                (Iri(RDF + "object"), end),
                (term["rule"], Literal(rule)),
            ),
        )


def _parts(end: Term) -> tuple[str, ...]:
    return tuple(end) if isinstance(end, Literal) else (end,)
