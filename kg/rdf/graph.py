"""From values to RDF: what a graph says, one resource after another.

A fact becomes a straight triple when it is done or standing and, for a post, held
now; in any case it becomes a node with its confidence and its evidence.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import PurePosixPath

from kg import ids
from kg.config import ONTOLOGY, Config
from kg.errors import GraphError
from kg.graph import Graph
from kg.model import PLACE, STANDARD, Assertion, Claim, Correction, Document, Entity, Modality, Tenure
from kg.rdf.layout import DATASET, subject_order
from kg.rdf.terms import Iri, Literal, Resource, Term, Triple, boolean, date, decimal, flat, integer
from kg.rdf.vocabulary import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SCHEMA, SKOS, VOID, vocabulary

_STANDING = frozenset({Modality.DONE, Modality.ONGOING})
_POST = "holds_post"
_DOCUMENT_NUMBER = re.compile(r".*号")  # 民发〔2020〕1号; anything else is a standard's number
GAZETTEER = f"{DATASET}/gazetteer"
GRAPH = f"{DATASET}/graph"
FORMAT = "1"  # rises when graphs of an older program can no longer be read

Properties = list[tuple[Iri, Term]]


def triples(graph: Graph, config: Config) -> Iterator[Triple]:
    """Everything the graph says, each triple once, subject by subject in the order of exports.

    Raises GraphError on a fact without evidence, without its ends, or that stands twice;
    VocabularyError on a kind, subclass or relation that the ontology does not define.
    """
    return flat(resources(graph, config))


def resources(graph: Graph, config: Config) -> Iterator[Resource]:
    """As `triples`, grouped by subject."""
    build = _Builder(config)
    for entity in graph.entities:
        build.entity(entity)
    for fact in graph.assertions:
        build.fact(fact)
    for _, same in groupby(sorted(graph.documents, key=attrgetter("id", "source")), key=attrgetter("id")):
        build.document(tuple(same))
    build.memberships()
    for one in graph.corrections:
        build.correction(one)
    build.datasets()
    return build.resources()


def is_standing(fact: Assertion) -> bool:
    """Whether a fact is also stated as a straight triple between its ends."""
    return fact.modality in _STANDING and fact.tenure is Tenure.CURRENT and not fact.is_wrong


class _Builder:
    """Collects the properties of each subject, then hands them out in order."""

    def __init__(self, config: Config) -> None:
        self.base = config.base
        self.terms = vocabulary(config.extensions)
        self.found: dict[Iri, Properties] = {}
        self.mentioned: dict[str, set[Iri]] = {}
        self.posts: dict[str, list[Assertion]] = {}

    def iri(self, key: str) -> Iri:
        return Iri(ids.iri(self.base, key))

    def kg(self, name: str) -> Iri:
        return self.terms[name]

    def new(self, key: str, *types: Iri) -> Properties:
        """The properties of a new subject; GraphError where it stands already."""
        subject = self.iri(key)
        if subject in self.found:
            raise GraphError(f"{key}: stands twice in the graph; merge what is one before writing it")
        self.found[subject] = [(Iri(RDF + "type"), one) for one in types]
        return self.found[subject]

    def entity(self, entity: Entity) -> None:
        kind = self.terms.kind(entity.kind)
        own = self.new(entity.key, kind.iri, *([self.kg(entity.subclass)] if entity.subclass else []))
        label = Literal(entity.name, "zh")
        own += [(Iri(SKOS + "prefLabel"), label), (Iri(RDFS + "label"), label)]
        own += [(Iri(SKOS + "altLabel"), Literal(alias, "zh")) for alias in entity.aliases if alias != entity.name]
        if entity.code:
            own.append((self.kg(_code_property(entity)), Literal(entity.code)))
        own += self.corrections(entity.corrections)
        for mention in entity.mentions:
            self.mentioned.setdefault(mention.sentence.document.id, set()).add(self.iri(entity.key))

    def fact(self, fact: Assertion) -> None:
        subject, object_ = self.iri(fact.subject), self.iri(fact.object)
        predicate = self.terms.relation(fact.relation).iri
        _check_ends(fact, subject in self.found, object_ in self.found)
        if is_standing(fact):
            self.found[subject].append((predicate, object_))
        key = ids.assertion_key(fact)
        own = self.new(key, self.kg("Assertion"))
        own += [(Iri(RDF + "subject"), subject), (Iri(RDF + "predicate"), predicate), (Iri(RDF + "object"), object_)]
        own += [(self.kg("confidence"), decimal(fact.confidence)), (self.kg("modality"), Literal(fact.modality.value))]
        own += [(self.kg("tenure"), Literal(fact.tenure.value))] if fact.tenure is not Tenure.CURRENT else []
        own += self.held([fact])
        if fact.reference:
            own += [(self.kg("reference"), boolean(True)), (Iri(PROV + "wasDerivedFrom"), self.iri(GAZETTEER))]
        own += [(self.kg("evidence"), self.evidence(key, claim)) for claim in fact.claims]
        own += self.corrections(fact.corrections)
        own += [(self.kg("verdict"), Literal(one.verdict.value)) for one in fact.corrections[-1:]]
        if fact.relation == _POST and fact.title and fact.modality in _STANDING and not fact.is_wrong:
            self.posts.setdefault(ids.membership_key(fact), []).append(fact)

    def held(self, facts: list[Assertion]) -> Properties:
        """What an assertion, or the membership of several, says of title and time."""
        since = min((fact.since for fact in facts if fact.since), default=None)
        until = max((fact.until for fact in facts if fact.until), default=None)
        found: Properties = [(self.kg("title"), Literal(facts[0].title))] if facts[0].title else []
        found += [(self.kg("since"), date(since))] if since else []
        return found + ([(self.kg("until"), date(until))] if until else [])

    def memberships(self) -> None:
        for key, facts in self.posts.items():
            own = self.new(key, Iri(ORG + "Membership"))
            own += [(Iri(ORG + "member"), self.iri(facts[0].subject)), *self.held(facts)]
            own.append((Iri(ORG + "organization"), self.iri(facts[0].object)))
            own.append((self.kg("tenure"), Literal(facts[0].tenure.value)))
            normal = {claim.title.name for fact in facts for claim in fact.claims if claim.title}
            own += [(self.kg("normalTitle"), Literal(name)) for name in normal if name and name != facts[0].title]

    def evidence(self, assertion: str, claim: Claim) -> Iri:
        sentence, subject = claim.sentence, self.iri(ids.evidence_key(assertion, claim))
        if subject not in self.found:
            numbers = {
                "start": sentence.start,
                "stop": sentence.stop,
                "subjectStart": claim.subject.start,
                "subjectStop": claim.subject.stop,
                "objectStart": claim.object.start,
                "objectStop": claim.object.stop,
                "line": sentence.document.line_of(sentence.start),
            }
            source = self.iri(ids.document_key(sentence.document.id))
            own = self.found[subject] = [(Iri(RDF + "type"), self.kg("Evidence"))]
            own += [(self.kg("quote"), Literal(sentence.text)), (self.kg("rule"), Literal(claim.rule))]
            own += [(self.kg(name), integer(number)) for name, number in numbers.items()]
            own.append((Iri(PROV + "wasDerivedFrom"), source))
        return subject

    def document(self, same: tuple[Document, ...]) -> None:
        """One document, which several files may hold."""
        first = same[0]
        own = self.new(ids.document_key(first.id), self.kg("Document"))
        title = first.title or PurePosixPath(first.source).stem
        content = hashlib.sha256(first.text.encode()).hexdigest()
        own += [(Iri(DCTERMS + "title"), Literal(title)), (self.kg("contentHash"), Literal(f"sha256:{content}"))]
        own += [(Iri(DCTERMS + "date"), date(first.date))] if first.date else []
        own += [(Iri(DCTERMS + "publisher"), Literal(first.publisher))] if first.publisher else []
        own += [(Iri(DCTERMS + "source"), Literal(f"{one.source}:{one.line_of(0)}")) for one in same]
        own += [(Iri(SCHEMA + "mentions"), entity) for entity in self.mentioned.get(first.id, ())]

    def corrections(self, made: tuple[Correction, ...]) -> Properties:
        return [(self.kg("correction"), self.iri(ids.correction_key(one))) for one in made]

    def correction(self, one: Correction) -> None:
        own = self.new(ids.correction_key(one), self.kg("Correction"))
        own += [(self.kg("verdict"), Literal(one.verdict.value)), (Iri(DCTERMS + "description"), Literal(str(one)))]
        own += [(Iri(DCTERMS + "creator"), Literal(one.by)), (Iri(DCTERMS + "date"), date(one.on))]
        own += [(Iri(RDFS + "comment"), Literal(one.note))] if one.note else []

    def datasets(self) -> None:
        about = {GRAPH: ("知识图谱", "Knowledge graph"), GAZETTEER: ("行政区划数据", "Administrative divisions")}
        for key, (chinese, english) in about.items():
            own = self.new(key, Iri(VOID + "Dataset"))
            own += [(Iri(DCTERMS + "title"), Literal(chinese, "zh")), (Iri(DCTERMS + "title"), Literal(english, "en"))]
        own = self.found[self.iri(GRAPH)]
        own += [(Iri(VOID + "uriSpace"), Literal(self.base)), (Iri(VOID + "vocabulary"), Iri(ONTOLOGY))]
        own.append((Iri(OWL + "versionInfo"), Literal(FORMAT)))

    def resources(self) -> Iterator[Resource]:
        for subject, predicate, end in self.terms.user:  # readers of the graph need no file of the user's
            self.found.setdefault(Iri(subject), []).append((predicate, end))
        for subject in sorted(self.found, key=subject_order(self.base)):
            yield Resource(subject, tuple(dict.fromkeys(self.found[subject])))


def _code_property(entity: Entity) -> str:
    if entity.kind == PLACE:
        return "divisionCode"
    if entity.kind == STANDARD:
        return "documentNumber" if _DOCUMENT_NUMBER.fullmatch(entity.code or "") else "standardNumber"
    raise GraphError(f"{entity.key}: bears the code {entity.code!r}; only places and standards have codes")


def _check_ends(fact: Assertion, *known: bool) -> None:
    for key, stands in zip((fact.subject, fact.object), known, strict=True):
        if not stands:
            raise GraphError(f"{fact.subject} {fact.relation} {fact.object}: the graph has no entity {key!r}")
    if not fact.claims and not fact.reference and not fact.corrections:
        raise GraphError(f"{fact.subject} {fact.relation} {fact.object}: no claim supports this fact")
