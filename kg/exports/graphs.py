"""A graph for each document: what it says of whom, with its evidence. TriG and N-Quads.

A triple stands in the graph of every document that supports it. What comes from the
gazetteer stands in the gazetteer's graph, what was inferred in that of the inferences,
what is said of the data as a whole in the default graph. All graphs together are the graph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

from kg.exports.ntriples import lines, term_text
from kg.exports.said import MEMBERSHIP, TYPE, Said, relations, said, term
from kg.exports.source import Again
from kg.exports.spool import Spool
from kg.rdf.layout import DATASET, prefixes
from kg.rdf.terms import Iri, Resource, Term
from kg.rdf.vocabulary import ORG, PROV, SCHEMA
from kg.rdf.writer import Writer

_FROM, _MENTIONS = Iri(PROV + "wasDerivedFrom"), Iri(SCHEMA + "mentions")
_MEMBER, _BODY = Iri(ORG + "member"), Iri(ORG + "organization")
DEFAULT = Iri("")

_Post = tuple[Iri, Iri, str, str]  # person, body, title, tenure


class _Places:
    """In which graphs everything belongs: gathered in one pass, told in the next."""

    def __init__(self, base: str, again: Again) -> None:
        self.gazetteer = Iri(f"{base}{DATASET}/gazetteer")
        self.inferences = Iri(f"{base}{DATASET}/inferences")
        self.document_of: dict[Iri, Iri] = {}  # of evidence
        self.facts: dict[Iri, set[Iri]] = defaultdict(set)
        self.triples: dict[tuple[Iri, Iri, Term], set[Iri]] = defaultdict(set)
        self.posts: dict[_Post, set[Iri]] = defaultdict(set)
        self.entities: dict[Iri, set[Iri]] = defaultdict(set)
        for resource in again():
            self._evidence(said(resource))
        for resource in again():
            self._gather(said(resource))

    def _evidence(self, one: Said) -> None:
        if one.is_a("Evidence"):
            self.document_of[one.subject] = one.iris(_FROM)[0]

    def _gather(self, one: Said) -> None:
        if one.is_a("Assertion"):
            where = {self.document_of[evidence] for evidence in one.iris(term("evidence"))}
            where |= {self.gazetteer} if one.own("reference") == "true" else set()
            self.facts[one.subject] |= where
            subject, predicate, end = one.ends
            self.posts[subject, end, one.own("title"), one.own("tenure") or "current"] |= where
            for entity in (subject, end):
                self.entities[entity] |= where
            if one.stands:
                self.triples[subject, predicate, end] |= where
        elif one.is_a("Document"):
            for entity in one.iris(_MENTIONS):
                self.entities[entity].add(one.subject)
        elif one.is_a("Inference"):
            self.triples[one.parts].add(self.inferences)

    def of(self, subject: Iri, predicate: Iri, end: Term, node: set[Iri]) -> set[Iri]:
        """The graphs of one triple, where those of its subject are `node`."""
        if predicate == term("evidence") and isinstance(end, Iri):
            return {self.document_of[end]}
        own = self.triples.get((subject, predicate, end), set())
        return own if own or predicate in relations() else node

    def of_node(self, one: Said) -> set[Iri]:
        """The graphs of what is said of a subject, but for its relations."""
        if one.kind:
            return self.entities.get(one.subject, set())
        if one.is_a("Assertion"):
            return self.facts[one.subject]
        if one.is_a("Evidence"):
            return {self.document_of[one.subject]}
        if one.is_a("Document"):
            return {one.subject}
        if one.is_a("Inference"):
            return {self.inferences}
        if MEMBERSHIP in one.all(TYPE):
            post = (one.iris(_MEMBER)[0], one.iris(_BODY)[0], one.own("title"), one.own("tenure"))
            return self.posts.get(post, set())
        return set()


def _parts(places: _Places, resource: Resource) -> Iterator[tuple[Iri, Resource]]:
    """A resource as each graph has it; what belongs nowhere else stands in the default graph."""
    subject, node, parts = Iri(resource.subject), places.of_node(said(resource)), defaultdict(list)
    for predicate, end in resource.properties:
        for graph in places.of(subject, predicate, end, node) or {DEFAULT}:
            parts[graph].append((predicate, end))
    for graph, properties in parts.items():
        yield graph, Resource(resource.subject, tuple(properties))


def trig(again: Again, *, base: str) -> Iterator[str]:
    """TriG piece by piece: the default graph, then the named ones, sorted."""
    names = prefixes(base)
    write, places, spool = Writer(names), _Places(base, again), Spool()
    for resource in again():
        for graph, part in _parts(places, resource):
            spool.put(graph, write.block(part))
    yield from write.head()
    for name, blocks in groupby(spool, key=lambda piece: piece[0]):
        yield f"\n{write.iri(name)} {{\n" if name else ""
        yield from (block for _, block in blocks)
        yield "}\n" if name else ""


def nquads(again: Again, *, base: str) -> Iterator[str]:
    """N-Quads line by line, in the order of `trig`."""
    text, places, spool = term_text(), _Places(base, again), Spool()
    for resource in again():
        for graph, part in _parts(places, resource):
            ending = f" {text(graph)} .\n" if graph else " .\n"
            spool.put(graph, "".join(f"{line}{ending}" for line in lines(part, text)))
    yield from (piece for _, piece in spool)
