"""Checks a built graph against `ontology/shapes.ttl`, and tells each breach in plain words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.rdf.folder import STORE, reading
from kg.rdf.layout import prefixes
from kg.rdf.query import base_of
from kg.rdf.store import Store, read_turtle
from kg.rdf.terms import Blank, Iri, Literal, Resource, Subject, Term, Triple, flat
from kg.rdf.vocabulary import RDF, ontology_folder, vocabulary
from kg.rdf.writer import Writer

if TYPE_CHECKING:
    import rdflib

BATCH = 20_000  # subjects that the shapes look at together: some hundred megabytes
_UNSUPPORTED = ("关系没有对应的事实和证据。", "A relation stands without a fact that proves it.")
_ITSELF = ("实体与自身有关系。", "An entity stands in a relation to itself.")

# The sentence nearest to a node: its own, its fact's, or one of a fact in which it is an end.
_SENTENCE = """
SELECT ?quote ?source ?line WHERE {
  { BIND(%s AS ?evidence) } UNION { %s kg:evidence ?evidence }
  UNION { ?fact rdf:subject|rdf:object %s ; kg:evidence ?evidence }
  UNION { %s org:member ?person ; org:organization ?body .
          ?fact rdf:subject ?person ; rdf:object ?body ; kg:evidence ?evidence }
  ?evidence kg:quote ?quote .
  OPTIONAL { ?evidence kg:line ?line } OPTIONAL { ?evidence prov:wasDerivedFrom/dcterms:source ?source }
} ORDER BY ?source ?line ?quote LIMIT 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One place where the graph is not as it must be."""

    subject: str  # IRI
    name: str  # what people call it: its label, else its short IRI
    path: str  # the property at fault, "" where it is the node as a whole
    value: str  # the value at fault, "" where it is missing
    chinese: str
    english: str
    sentence: str  # behind it, "" where there is none
    where: str  # FILE:LINE of the sentence, "" where there is none

    def __str__(self) -> str:
        found = f" [{self.path} {self.value}]".replace(" ]", "]") if self.path else ""
        behind = f" ← “{self.sentence}” ({self.where})" if self.sentence else ""
        return f"{self.name}{found}: {self.chinese} {self.english}{behind}"


def check(folder: Path, *, sample: int | None = None) -> tuple[Breach, ...]:
    """All breaches in the graph of `folder`, sorted; none when it conforms.

    With `sample`, the shapes look at so many subjects alone: always the same ones of a graph,
    spread evenly over it. Raises GraphError when there is no graph.
    """
    with reading(folder):
        store = Store(folder / STORE)
        chosen = sorted(store.subjects(), key=_spread)[:sample]
        found = {*_unsupported(store)}
        for at in range(0, len(chosen), BATCH):
            found.update(_by_shapes(store, chosen[at : at + BATCH]))
        tell = _Teller(store)
        return tuple(tell.breach(*one) for one in sorted(found))


def _spread(subject: Subject) -> str:
    """An order that has nothing to do with what subjects are."""
    return hashlib.sha256(subject.encode()).hexdigest()


Finding = tuple[str, str, str, str, str]  # subject, path, value, Chinese, English


def _by_shapes(store: Store, focus: Sequence[Subject]) -> Iterator[Finding]:
    """Breaches of some subjects; memory grows with them, not with the graph."""
    import pyshacl
    import rdflib
    from rdflib.namespace import SH

    data = _rdflib(flat(_around(store, focus)))
    # Not its focus_nodes: with them it passes over breaches that it finds without.
    _, report, _ = pyshacl.validate(data, shacl_graph=_shapes())
    wanted = frozenset(focus)
    assert isinstance(report, rdflib.Graph)
    for result in report.subjects(rdflib.RDF.type, SH.ValidationResult):
        spoken = [term for term in report.objects(result, SH.resultMessage) if isinstance(term, rdflib.Literal)]
        words = {term.language: str(term) for term in spoken}
        subject = report.value(result, SH.focusNode)
        if str(subject) not in wanted:  # a neighbour, of which not everything is here
            continue
        path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
        shown = str(path) if isinstance(path, rdflib.URIRef) else ""
        end = "" if value is None or value == subject else str(value)
        yield str(subject), shown, end, words.get("zh", ""), words.get("en", "")


def _around(store: Store, focus: Iterable[Subject]) -> Iterator[Resource]:
    """What is said of some subjects, and the classes and texts of the things that they refer to."""
    known: set[Subject] = set(focus)
    others: set[Iri] = set()
    for subject in known:
        resource = store.resource(subject)
        others.update(end for _, end in resource.properties if isinstance(end, Iri) and end not in known)
        yield resource
    for other in others:
        own = store.resource(other).properties
        yield Resource(other, tuple((p, end) for p, end in own if p == RDF + "type" or isinstance(end, Literal)))


@cache
def _shapes() -> rdflib.Graph:
    return _rdflib(read_turtle(ontology_folder() / "shapes.ttl"))


def _rdflib(triples: Iterable[Triple]) -> rdflib.Graph:
    import rdflib

    def term(one: Term) -> rdflib.term.Identifier:
        if isinstance(one, Literal):
            kind = rdflib.URIRef(one.datatype) if one.datatype else None
            return rdflib.Literal(one.value, lang=one.language or None, datatype=kind)
        return rdflib.BNode(one) if isinstance(one, Blank) else rdflib.URIRef(one)

    graph = rdflib.Graph(bind_namespaces="none")
    for triple in triples:
        graph.add((term(triple.subject), rdflib.URIRef(triple.predicate), term(triple.object)))
    return graph


def _unsupported(store: Store) -> Iterator[Finding]:
    """Straight triples that no assertion proves, or whose ends are one: SHACL cannot join three variables quickly."""
    relations = " ".join(f"<{relation.iri}>" for relation in vocabulary().relations.values())
    each = f"SELECT ?s ?p ?o {{ VALUES ?p {{ {relations} }} ?s ?p ?o . FILTER %s }}"
    proof = "NOT EXISTS { ?a rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"
    for condition, words in ((proof, _UNSUPPORTED), ("(?s = ?o)", _ITSELF)):
        for row in _rows(store, each % condition):
            subject, path, value = (str(term) for term in row)
            yield subject, path, value, *words


def _rows(store: Store, sparql: str) -> list[tuple[Term | None, ...]]:
    found = store.query(sparql, prefixes(base_of(store)))
    assert isinstance(found, tuple)
    return found[1]


class _Teller:
    """Puts names and sentences to findings."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._write = Writer(prefixes(base_of(store)))

    def breach(self, subject: str, path: str, value: str, chinese: str, english: str) -> Breach:
        sentence, where = self._sentence(subject)
        return Breach(
            subject=subject,
            name=self._name(subject),
            path=self._write.iri(path) if path else "",
            value=self._name(value) if "://" in value else value,
            chinese=chinese,
            english=english,
            sentence=sentence,
            where=where,
        )

    def _name(self, iri: str) -> str:
        labels = [end for p, end in self._store.resource(Iri(iri)).properties if p.endswith("#prefLabel")]
        named = [label.value for label in labels if isinstance(label, Literal)]
        return min(named, default=None) or self._write.iri(iri)

    def _sentence(self, iri: str) -> tuple[str, str]:
        node = f"<{iri}>"
        for quote, source, line in _rows(self._store, _SENTENCE % (node, node, node, node)):
            file = source.value.rpartition(":")[0] if isinstance(source, Literal) else ""
            number = line.value if isinstance(line, Literal) else ""
            return (quote.value if isinstance(quote, Literal) else "", f"{file}:{number}".strip(":"))
        return "", ""
