"""What the graph says of one entity or one document, read from the store for the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from kg.config import ONTOLOGY
from kg.rdf.store import Row
from kg.rdf.terms import Literal

Ask = Callable[[str], list[Row]]
SHOWN = 30  # facts of one relation on a page
PROOFS = 40  # sentences of one fact

_HEAD = "SELECT ?p ?o { <%s> ?p ?o }"
_GROUPS = """SELECT ?p ?way (COUNT(?a) AS ?n) {
  { ?a rdf:subject <%(e)s> ; rdf:predicate ?p . BIND("out" AS ?way) }
  UNION { ?a rdf:object <%(e)s> ; rdf:predicate ?p . BIND("in" AS ?way) }
  FILTER NOT EXISTS { ?a kg:verdict "wrong" }
} GROUP BY ?p ?way"""
_FACTS = """SELECT ?a ?s ?p ?o ?sn ?on ?modality ?tenure ?title ?since ?until ?confidence ?reference {
  %s
  ?a rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:modality ?modality ; kg:confidence ?confidence .
  ?s skos:prefLabel ?sn . ?o skos:prefLabel ?on .
  FILTER NOT EXISTS { ?a kg:verdict "wrong" }
  OPTIONAL { ?a kg:tenure ?tenure } OPTIONAL { ?a kg:title ?title } OPTIONAL { ?a kg:reference ?reference }
  OPTIONAL { ?a kg:since ?since } OPTIONAL { ?a kg:until ?until }
} ORDER BY (?modality NOT IN ("done", "ongoing")) BOUND(?tenure) DESC(?confidence) ?sn ?on ?a LIMIT %d OFFSET %d"""
_PROOFS = """SELECT ?a ?quote ?rule ?line ?start ?ss ?se ?os ?oe ?d ?title ?date ?source {
  VALUES ?a { %s } ?a kg:evidence ?e .
  ?e kg:quote ?quote ; kg:rule ?rule ; kg:line ?line ; kg:start ?start ; kg:subjectStart ?ss ; kg:subjectStop ?se ;
     kg:objectStart ?os ; kg:objectStop ?oe ; prov:wasDerivedFrom ?d .
  ?d dcterms:title ?title . OPTIONAL { ?d dcterms:date ?date }
  { SELECT ?d (MIN(?file) AS ?source) { ?d a kg:Document ; dcterms:source ?file } GROUP BY ?d }
} ORDER BY ?a DESC(?date) ?d ?start ?rule"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A sentence, cut into pieces marked `subject`, `object` or not at all, and where it stands."""

    pieces: tuple[tuple[str, str], ...]
    rule: str
    line: str
    start: int
    document: str
    title: str
    date: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact with its sentences."""

    iri: str
    relation: str  # local name of the property
    subject: str
    object: str
    subject_name: str
    object_name: str
    modality: str
    tenure: str
    title: str
    since: str
    until: str
    confidence: float
    reference: bool
    proofs: tuple[Proof, ...] = ()

    @property
    def standing(self) -> bool:
        """Whether it is so now."""
        return self.modality in ("done", "ongoing") and not self.tenure

    @property
    def dates(self) -> tuple[str, str]:
        """First and last date; those of its documents where it has none of its own."""
        known = sorted(proof.date for proof in self.proofs if proof.date)
        first = self.since or self.until or (known[0] if known else "")
        return first, self.until or self.since or (known[-1] if known else "")


def text(term: object) -> str:
    """The text of a term, empty for an unbound one."""
    return "" if term is None else term.value if isinstance(term, Literal) else str(term)


def properties(ask: Ask, iri: str) -> dict[str, list[str]]:
    """All that is said of a resource, by predicate; empty when nothing is."""
    found: dict[str, list[str]] = {}
    for predicate, value in ask(_HEAD % iri):
        found.setdefault(str(predicate), []).append(text(value))
    return {name: sorted(values) for name, values in sorted(found.items())}


def groups(ask: Ask, iri: str) -> dict[tuple[str, str], int]:
    """How many facts there are of each relation and direction (`out`: the entity is the subject)."""
    rows = ask(_GROUPS % {"e": iri})
    return {(str(p).removeprefix(ONTOLOGY), text(way)): int(text(n)) for p, way, n in rows if p is not None}


def facts(ask: Ask, iri: str, relation: str, way: str, *, start: int = 0, count: int = SHOWN) -> tuple[Fact, ...]:
    """Some facts of one relation and direction, standing ones first, with their sentences."""
    end = "subject" if way == "out" else "object"
    predicate = relation if "://" in relation else ONTOLOGY + relation  # one of the user's own is told in full
    return _facts(ask, f"?a rdf:{end} <{iri}> ; rdf:predicate <{predicate}> .", start, count)


def facts_of_document(ask: Ask, iri: str, *, count: int) -> tuple[Fact, ...]:
    """The facts that a document proves, with their sentences in it, in the order of the text."""
    where = f"{{ SELECT DISTINCT ?a {{ ?e prov:wasDerivedFrom <{iri}> . ?a kg:evidence ?e }} }}"
    found = (
        replace(fact, proofs=tuple(proof for proof in fact.proofs if proof.document == iri))
        for fact in _facts(ask, where, 0, count)
    )
    return tuple(sorted(found, key=lambda fact: (fact.proofs[0].start if fact.proofs else 0, fact.relation, fact.iri)))


def _facts(ask: Ask, where: str, start: int, count: int) -> tuple[Fact, ...]:
    found = [_fact(row) for row in ask(_FACTS % (where, count, start))]
    proofs = _proofs(ask, [fact.iri for fact in found])
    return tuple(replace(fact, proofs=tuple(proofs.get(fact.iri, ())[:PROOFS])) for fact in found)


def _fact(row: Row) -> Fact:
    iri, s, p, o, s_name, o_name, modality, tenure, title, since, until, confidence, reference = map(text, row)
    return Fact(
        iri=iri, relation=p.removeprefix(ONTOLOGY), subject=s, object=o, subject_name=s_name, object_name=o_name,
        modality=modality, tenure=tenure, title=title, since=since, until=until,
        confidence=float(confidence or 0), reference=reference == "true",
    )  # fmt: skip


def _proofs(ask: Ask, iris: Iterable[str]) -> dict[str, list[Proof]]:
    found: dict[str, list[Proof]] = {}
    listed = " ".join(f"<{iri}>" for iri in iris)
    for row in ask(_PROOFS % listed) if listed else ():
        iri, quote, rule, line, start, s1, s2, o1, o2, document, title, date, source = map(text, row)
        spans = [("subject", int(s1), int(s2)), ("object", int(o1), int(o2))]
        pieces = marked(quote, [(kind, a - int(start), b - int(start)) for kind, a, b in spans])
        found.setdefault(iri, []).append(
            Proof(
                pieces=pieces, rule=rule, line=line, start=int(start), document=document, title=title, date=date,
                source=source.rpartition(":")[0],
            )
        )  # fmt: skip
    return found


def marked(quote: str, spans: list[tuple[str, int, int]]) -> tuple[tuple[str, str], ...]:
    """A sentence in pieces with their marks; spans outside it, empty ones and overlaps are left out."""
    pieces, at = [], 0
    for kind, start, stop in sorted(spans, key=lambda span: span[1:]):
        if at <= start < stop <= len(quote):
            pieces += [(quote[at:start], ""), (quote[start:stop], kind)]
            at = stop
    return tuple(piece for piece in (*pieces, (quote[at:], "")) if piece[0])
