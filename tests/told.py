"""A built graph told by another program: rdflib's reading of its Turtle file, in plain Python values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import rdflib
from rdflib.namespace import DCTERMS, ORG, PROV, RDF, SKOS

from kg.config import ONTOLOGY

KG, SCHEMA = rdflib.Namespace(ONTOLOGY), rdflib.Namespace("https://schema.org/")
KINDS = ("Organization", "Official", "Place", "Program", "Standard", "Event")
RELATIONS = ("leads", "holdsPostIn", "organizes", "locatedIn", "partOf", "issues", "drafts", "guides", "establishes",
             "participatesIn", "cooperatesWith")  # fmt: skip
Node = rdflib.term.Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A sentence that says a fact."""

    quote: str
    rule: str
    line: int
    start: int
    stop: int
    ends: tuple[int, int, int, int]  # subject from, to, object from, to
    document: str
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """An assertion."""

    iri: str
    subject: str
    relation: str  # local name
    object: str
    modality: str
    tenure: str
    title: str | None
    confidence: float
    reference: bool
    proofs: tuple[Proof, ...]

    @property
    def stands(self) -> bool:
        return self.modality in ("done", "ongoing") and self.tenure == "current"


class Told:
    """What a graph says."""

    def __init__(self, turtle: Path) -> None:
        self.graph = rdflib.Graph().parse(turtle, format="turtle")
        self.name = {str(node): self.text(node, SKOS.prefLabel) for node in self.entities()}
        self.kind = {str(node): kind for kind in KINDS for node in self.graph.subjects(RDF.type, KG[kind])}
        self.aliases = {
            iri: {str(one) for one in self.graph.objects(rdflib.URIRef(iri), SKOS.altLabel)} for iri in self.name
        }
        self.facts = tuple(sorted(self._facts(), key=lambda fact: fact.iri))
        self.edges = {
            (str(s), relation, str(o)) for relation in RELATIONS for s, o in self.graph.subject_objects(KG[relation])
        }

    def entities(self) -> Iterator[Node]:
        for kind in KINDS:
            yield from self.graph.subjects(RDF.type, KG[kind])

    def text(self, node: Node, predicate: Node) -> str:
        return str(self.graph.value(node, predicate, default="", any=False))

    def maybe(self, node: Node, predicate: Node) -> str | None:
        found = self.graph.value(node, predicate, any=False)
        return None if found is None else str(found)

    def documents(self) -> list[Node]:
        return sorted(self.graph.subjects(RDF.type, KG.Document))

    def posts(self) -> dict[str, list[tuple[str, str]]]:
        """Bodies and titles of the posts that each person holds now."""
        found = defaultdict(list)
        for post in self.graph.subjects(RDF.type, ORG.Membership):
            if self.text(post, KG.tenure) == "current":
                person, body = self.text(post, ORG.member), self.text(post, ORG.organization)
                found[person].append((self.name[body], self.text(post, KG.title)))
        return dict(found)

    def above(self, iri: str) -> set[str]:
        """Everything that a thing is located in, however far up."""
        found, waiting = set[str](), [iri]
        while waiting:
            here = waiting.pop()
            fresh = {o for s, r, o in self.edges if r == "locatedIn" and s == here} - found
            found |= fresh
            waiting += fresh
        return found

    def _facts(self) -> Iterator[Fact]:
        for node in self.graph.subjects(RDF.type, KG.Assertion):
            yield Fact(
                iri=str(node),
                subject=self.text(node, RDF.subject),
                relation=self.text(node, RDF.predicate).removeprefix(ONTOLOGY),
                object=self.text(node, RDF.object),
                modality=self.text(node, KG.modality),
                tenure=self.maybe(node, KG.tenure) or "current",
                title=self.maybe(node, KG.title),
                confidence=float(self.text(node, KG.confidence)),
                reference=self.maybe(node, KG.reference) == "true",
                proofs=tuple(sorted(map(self._proof, self.graph.objects(node, KG.evidence)), key=lambda p: p.start)),
            )

    def _proof(self, node: Node) -> Proof:
        document = self.graph.value(node, PROV.wasDerivedFrom, any=False)
        assert document is not None
        names = ("subjectStart", "subjectStop", "objectStart", "objectStop")
        one, two, three, four = (int(self.text(node, KG[name])) for name in names)
        return Proof(
            quote=self.text(node, KG.quote),
            rule=self.text(node, KG.rule),
            line=int(self.text(node, KG.line)),
            start=int(self.text(node, KG.start)),
            stop=int(self.text(node, KG.stop)),
            ends=(one, two, three, four),
            document=str(document),
            file=min(str(one) for one in self.graph.objects(document, DCTERMS.source)).rpartition(":")[0],
        )


@cache
def told(folder: Path) -> Told:
    """The graph in a folder, read once."""
    return Told(folder / "graph.ttl")
