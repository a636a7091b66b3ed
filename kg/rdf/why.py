"""Why the graph says something: the facts between two names, each with its sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.config import ONTOLOGY
from kg.errors import GraphError
from kg.rdf.folder import STORE, reading
from kg.rdf.layout import prefixes
from kg.rdf.query import base_of
from kg.rdf.store import Row, Store
from kg.rdf.terms import Literal, Term
from kg.rdf.vocabulary import vocabulary

_NAMED = "SELECT DISTINCT ?e WHERE { VALUES ?name { %s } ?e skos:prefLabel|skos:altLabel ?name } ORDER BY ?e"
_FACTS = """
SELECT DISTINCT ?a ?subject ?s ?p ?object ?o ?confidence ?modality ?tenure ?title ?since ?until ?reference WHERE {
  %s
  ?a a kg:Assertion ; rdf:subject ?subject ; rdf:predicate ?p ; rdf:object ?object ;
     kg:confidence ?confidence ; kg:modality ?modality .
  ?subject skos:prefLabel ?s . ?object skos:prefLabel ?o .
  OPTIONAL { ?a kg:tenure ?tenure } OPTIONAL { ?a kg:title ?title } OPTIONAL { ?a kg:reference ?reference }
  OPTIONAL { ?a kg:since ?since } OPTIONAL { ?a kg:until ?until }
} ORDER BY ?subject ?p ?object ?a
"""
_PROOFS = """
SELECT ?quote ?rule ?line ?document ?title (MIN(?file) AS ?source) WHERE {
  <%s> kg:evidence ?e .
  ?e kg:quote ?quote ; kg:rule ?rule ; kg:line ?line ; kg:start ?start ; prov:wasDerivedFrom ?document .
  ?document dcterms:title ?title ; dcterms:source ?file .
} GROUP BY ?e ?quote ?rule ?line ?start ?document ?title ORDER BY ?document ?start ?rule ?e
"""
_CORRECTIONS = """
SELECT ?said ?who ?when ?note WHERE {
  <%s> kg:correction ?c . ?c dcterms:description ?said ; dcterms:creator ?who ; dcterms:date ?when .
  OPTIONAL { ?c rdfs:comment ?note }
} ORDER BY ?when ?said
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One sentence that says a fact."""

    sentence: str
    rule: str
    document: str  # its title
    document_iri: str
    source: str  # FILE:LINE of the sentence's paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact of the graph, in words, with what proves it."""

    iri: str
    subject: str
    relation: str  # local name of the property
    label: Mapping[str, str]  # its labels by language
    object: str
    confidence: float
    modality: str
    tenure: str
    title: str | None
    since: str | None
    until: str | None
    reference: bool
    proofs: tuple[Proof, ...]
    corrections: tuple[str, ...] = ()  # what users say of it, with who and when


def why(folder: Path, one: str, other: str | None = None) -> tuple[Fact, ...]:
    """The facts between two things, in either direction; of one thing; or of one assertion.

    A thing is given by any of its names or by its IRI, an assertion by its IRI; prefixed
    names (organization:…) count as IRIs. Facts that are planned or former are told too.
    Raises GraphError when there is no graph, or nothing in it bears a name.
    """
    with reading(folder):
        store = Store(folder / STORE)
        ask = _Asker(store)
        ends = [ask.find(name) for name in (one, other) if name is not None]
        return tuple(ask.fact(row) for row in ask.rows(_FACTS % _between(*ends)))


def _between(some: tuple[str, ...], others: tuple[str, ...] | None = None) -> str:
    """The part of the query that picks assertions."""
    first = " ".join(f"<{iri}>" for iri in some)
    if others is None:
        return f"{{ VALUES ?x {{ {first} }} ?a rdf:subject|rdf:object ?x }} UNION {{ VALUES ?a {{ {first} }} }}"
    second = " ".join(f"<{iri}>" for iri in others)
    forth = "?a rdf:subject ?x ; rdf:object ?y"
    back = "?a rdf:subject ?y ; rdf:object ?x"
    return f"VALUES ?x {{ {first} }} VALUES ?y {{ {second} }} {{ {forth} }} UNION {{ {back} }}"


class _Asker:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._prefixes = prefixes(base_of(store))

    def rows(self, sparql: str) -> list[Row]:
        found = self._store.query(sparql, self._prefixes)
        assert isinstance(found, tuple)
        return found[1]

    def find(self, name: str) -> tuple[str, ...]:
        """The IRIs of what bears a name, or of what an IRI names."""
        prefix, colon, rest = name.strip("<>").partition(":")
        iri = self._prefixes[prefix] + rest if colon and prefix in self._prefixes else name.strip("<>")
        if "://" in iri and not set(iri) & set('<>"{}|^`\\ \n') and self.rows(f"SELECT ?p {{ <{iri}> ?p ?o }} LIMIT 1"):
            return (iri,)
        quoted = name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
        found = tuple(str(row[0]) for row in self.rows(_NAMED % f'"{quoted}"@zh'))
        if not found:
            raise GraphError(f"nothing in the graph is called {name!r}; kg query finds names that are near")
        return found

    def fact(self, row: Row) -> Fact:
        iri, _, subject, predicate, _, object_, confidence, modality, tenure, title, since, until, reference = row
        relation = str(predicate).removeprefix(ONTOLOGY).replace("#", "/").rpartition("/")[2]
        return Fact(
            iri=str(iri),
            subject=_text(subject) or "",
            relation=relation,
            label=self.labels(str(predicate)),
            object=_text(object_) or "",
            confidence=float(_text(confidence) or 0),
            modality=_text(modality) or "",
            tenure=_text(tenure) or "current",
            title=_text(title),
            since=_text(since),
            until=_text(until),
            reference=_text(reference) == "true",
            proofs=tuple(self.proof(proof) for proof in self.rows(_PROOFS % iri)),
            corrections=tuple(
                " · ".join(text for text in map(_text, row) if text) for row in self.rows(_CORRECTIONS % iri)
            ),
        )

    def labels(self, iri: str) -> Mapping[str, str]:
        """What a relation is called, by language; those of the user's own the graph itself tells."""
        name = iri.removeprefix(ONTOLOGY)
        if name in vocabulary().terms:
            return vocabulary().define(name).labels
        said = (label for (label,) in self.rows(f"SELECT ?label {{ <{iri}> rdfs:label ?label }}"))
        return {label.language: label.value for label in said if isinstance(label, Literal)}

    def proof(self, row: Row) -> Proof:
        quote, rule, line, document, title, source = (_text(term) or "" for term in row)
        file = source.rpartition(":")[0]
        return Proof(sentence=quote, rule=rule, document=title, document_iri=document, source=f"{file}:{line}")


def _text(term: Term | None) -> str | None:
    return term.value if isinstance(term, Literal) else term
