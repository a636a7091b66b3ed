"""The graph as nodes and edges: entities, and what is done or standing between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.config import ONTOLOGY
from kg.exports.said import ALIAS, CODES, LABEL, TYPE, Said, said, term
from kg.exports.terms import Terms, packaged
from kg.rdf.terms import Iri, Resource
from kg.rdf.vocabulary import Definition


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An entity."""

    iri: str
    label: str
    kind: str
    kind_label: str
    subclass: str
    code: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A relation between two entities, with what its facts say together."""

    source: str
    target: str
    relation: str  # local name
    label: str
    sentences: int  # how many say so
    confidence: float  # the highest of the facts'
    title: str  # titles joined by 、
    reference: bool  # from the gazetteer
    inferred: bool  # by a rule of inference alone


@dataclass(frozen=True, slots=True)
class _Facts:
    """Facts behind one edge, gathered as they come."""

    sentences: list[int] = field(default_factory=list)
    confidences: list[float] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    references: list[bool] = field(default_factory=list)

    def gather(self, fact: Said) -> None:
        self.sentences.append(len(fact.all(term("evidence"))))
        self.confidences.append(float(fact.own("confidence") or 0))
        self.titles.update(fact.texts(term("title")))
        self.references.append(fact.own("reference") == "true")


_End = tuple[str, str, str]


class Rows:
    """Nodes as they come by, then the edges, sorted; memory grows with the edges alone."""

    def __init__(self, resources: Iterable[Resource], terms: Terms | None = None) -> None:
        """`resources` come in the order of exports; what is of no kind or relation of `terms` is passed over."""
        self._resources = resources
        self._terms = terms or packaged()
        self._facts: dict[_End, _Facts] = {}

    def nodes(self) -> Iterator[Node]:
        """Every entity; to be gone through before `edges` is asked."""
        assertion, relations = term("Assertion"), self._terms.relations
        for resource in self._resources:
            one = said(resource)
            kind = one.kind_among(self._terms)
            if kind:
                for predicate, end in resource.properties:
                    if predicate in relations and isinstance(end, Iri):
                        self._facts[one.subject, predicate, end] = _Facts()
                yield _node(one, kind)
            elif assertion in one.all(TYPE) and one.stands and one.ends[1] in relations:
                self._facts.setdefault(one.ends, _Facts()).gather(one)

    def edges(self) -> Iterator[Edge]:
        """Every relation, by its two ends and its name."""
        for ends in sorted(self._facts, key=lambda ends: (ends[0], ends[2], ends[1])):
            yield _edge(ends, self._facts[ends], self._terms.relations[Iri(ends[1])])


def _node(one: Said, kind: Definition) -> Node:
    types = sorted(str(type_).removeprefix(ONTOLOGY) for type_ in one.all(TYPE))
    return Node(
        iri=one.subject,
        label=one.text(LABEL),
        kind=kind.notation or "",
        kind_label=kind.labels["zh"],
        subclass="|".join(type_ for type_ in types if type_ != kind.name),
        code="|".join(sorted(code for name in CODES for code in one.texts(term(name)))),
        aliases=tuple(one.texts(ALIAS)),
    )


def _edge(ends: _End, facts: _Facts, told: Definition) -> Edge:
    return Edge(
        source=ends[0],
        target=ends[2],
        relation=told.name,
        label=told.labels["zh"],
        sentences=sum(facts.sentences),
        confidence=max(facts.confidences, default=0.0),
        title="、".join(sorted(facts.titles)),
        reference=any(facts.references),
        inferred=not facts.sentences,
    )
