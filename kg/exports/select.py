"""A part of a graph: what the user's filters leave, closed, so that it is a graph again.

Facts are chosen first; entities are their ends. A fact keeps its evidence and the documents
that it comes from, and nothing refers to what was left out.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.errors import GraphError
from kg.exports.said import ALIAS, CODES, LABEL, MEMBERSHIP, TYPE, Said, said, term
from kg.exports.source import Again
from kg.exports.terms import Terms, packaged
from kg.rdf.terms import Iri, Resource, Term
from kg.rdf.vocabulary import ORG, PROV, SCHEMA, Definition, vocabulary

_FROM, _MENTIONS = Iri(PROV + "wasDerivedFrom"), Iri(SCHEMA + "mentions")
_MEMBER, _BODY = Iri(ORG + "member"), Iri(ORG + "organization")

_Ends = tuple[Iri, Iri, Iri]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What to keep; everything where nothing is given.

    `kinds`: facts between entities of these kinds. `relations`: facts of these. `place`: facts
    with an end in it, or in a place that it contains. `since`, `until`: facts that the sources
    show at some date between the two (both included, as precise as given); those without a date
    are left out. `confidence`: at least this. `around`, `steps`: what lies within so many facts
    of an entity.
    """

    kinds: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    place: str | None = None
    since: str | None = None
    until: str | None = None
    confidence: float = 0.0
    around: str | None = None
    steps: int = 1

    @property
    def of_facts(self) -> bool:
        """Whether it chooses by something that only facts have."""
        return bool(self.relations or self.since or self.until or self.confidence or self.around)


@dataclass(frozen=True, slots=True)
class Selection:
    """What was kept."""

    entities: frozenset[Iri]
    facts: frozenset[Iri]
    ends: frozenset[_Ends]  # of the facts kept
    inferred: frozenset[tuple[Iri, Iri, Term]]


@dataclass(frozen=True, slots=True)
class _Fact:
    ends: _Ends
    confidence: float
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one pass through a graph finds that filters ask for."""

    kinds: dict[Iri, str] = field(default_factory=dict)
    names: dict[str, list[Iri]] = field(default_factory=lambda: defaultdict(list))
    inside: dict[Iri, list[Iri]] = field(default_factory=lambda: defaultdict(list))  # by the place that holds it
    facts: dict[Iri, _Fact] = field(default_factory=dict)
    inferred: set[tuple[Iri, Iri, Term]] = field(default_factory=set)


def select(again: Again, wanted: Filter, terms: Terms | None = None) -> Selection:
    """What the filter leaves of a graph, whose kinds and relations are `terms`.

    Raises GraphError when nothing is left or a name is unknown, VocabularyError on an unknown
    kind or relation.
    """
    terms = terms or packaged()
    kinds, predicates = _kinds(wanted.kinds, terms), _predicates(wanted.relations, terms)
    seen = _look(again(), terms)
    kept = {
        iri: fact
        for iri, fact in seen.facts.items()
        if (not predicates or fact.ends[1] in predicates)
        and fact.confidence >= wanted.confidence
        and (not kinds or {seen.kinds[fact.ends[0]], seen.kinds[fact.ends[2]]} <= kinds)
        and _dated(fact, wanted)
    }
    single = set() if wanted.of_facts else {iri for iri, kind in seen.kinds.items() if not kinds or kind in kinds}
    if wanted.place is not None:
        there = _contained(seen, _named(seen, wanted.place, "place"))
        kept = {iri: fact for iri, fact in kept.items() if {fact.ends[0], fact.ends[2]} & there}
        single &= there
    if wanted.around is not None:
        centre = _named(seen, wanted.around)
        near = _near(kept.values(), centre, wanted.steps)
        kept = {iri: fact for iri, fact in kept.items() if {fact.ends[0], fact.ends[2]} <= near}
        single = centre
    entities = single | {end for fact in kept.values() for end in (fact.ends[0], fact.ends[2])}
    if not entities:
        raise GraphError("nothing in the graph fits these filters; take one of them away")
    ends = frozenset(fact.ends for fact in kept.values())
    return Selection(frozenset(entities), frozenset(kept), ends, frozenset(seen.inferred))


def pruned(again: Again, kept: Selection, terms: Terms | None = None) -> Iterator[Resource]:
    """The resources of a selection, each without what refers to something left out."""
    terms = terms or packaged()
    evidence: set[Term] = set()
    documents: set[Term] = set()
    corrections: set[Term] = set()
    posts: set[tuple[str, ...]] = set()
    for resource in again():
        one = said(resource)
        if one.subject in kept.entities or one.subject in kept.facts:
            corrections.update(one.all(term("correction")))
        if one.kind_among(terms):
            if one.subject in kept.entities:
                yield _entity(resource, kept, terms)
        elif one.is_a("Assertion"):
            if one.subject in kept.facts:
                evidence.update(one.all(term("evidence")))
                posts.add((one.ends[0], one.ends[2], one.own("title"), one.own("tenure") or "current"))
                yield resource
        elif MEMBERSHIP in one.all(TYPE):
            if (one.iris(_MEMBER)[0], one.iris(_BODY)[0], one.own("title"), one.own("tenure")) in posts:
                yield resource
        elif one.is_a("Inference"):
            if _both(one, kept):
                yield resource
        elif one.is_a("Evidence"):
            if one.subject in evidence:
                documents.update(one.all(_FROM))
                yield resource
        elif one.is_a("Document"):
            if one.subject in documents:
                left = tuple(p for p in resource.properties if p[0] != _MENTIONS or p[1] in kept.entities)
                yield Resource(resource.subject, left)
        elif not one.is_a("Correction") or one.subject in corrections:
            yield resource


def _entity(resource: Resource, kept: Selection, terms: Terms) -> Resource:
    subject = Iri(resource.subject)

    def stays(predicate: Iri, end: Term) -> bool:
        if (subject, predicate, end) in kept.inferred:
            return not isinstance(end, Iri) or end in kept.entities
        return predicate not in terms.relations or (subject, predicate, end) in kept.ends

    return Resource(subject, tuple(pair for pair in resource.properties if stays(*pair)))


def _both(one: Said, kept: Selection) -> bool:
    subject, _, end = one.parts
    return subject in kept.entities and (not isinstance(end, Iri) or end in kept.entities)


def _look(resources: Iterable[Resource], terms: Terms) -> _Seen:
    seen = _Seen()
    for resource in resources:
        one = said(resource)
        kind = one.kind_among(terms)
        if kind:
            _look_at_entity(one, kind, seen)
        elif one.is_a("Assertion"):
            confidence, since, until = (one.own(name) for name in ("confidence", "since", "until"))
            seen.facts[one.subject] = _Fact(one.ends, float(confidence or 0), since, until)
        elif one.is_a("Inference"):
            seen.inferred.add(one.parts)
    return seen


def _look_at_entity(one: Said, kind: Definition, seen: _Seen) -> None:
    seen.kinds[one.subject] = kind.notation or ""
    codes = [code for name in CODES for code in one.texts(term(name))]
    for name in {*one.texts(LABEL), *one.texts(ALIAS), *codes, one.subject}:
        seen.names[name].append(one.subject)
    for place in one.iris(term("locatedIn")):
        seen.inside[place].append(one.subject)


def _kinds(names: Iterable[str], terms: Terms) -> set[str]:
    own = {kind.notation for kind in terms.kinds.values()}
    return {name if name in own else vocabulary().kind(name).notation or "" for name in names}


def _predicates(names: Iterable[str], terms: Terms) -> set[Iri]:
    """Relations by the program's names (holds_post) or the ontology's (holdsPostIn)."""
    known = {name: told.iri for told in terms.relations.values() for name in (told.name, told.notation)}
    return {known[name] if name in known else vocabulary().relation(name).iri for name in names}


def _named(seen: _Seen, name: str, kind: str | None = None) -> set[Iri]:
    found = {iri for iri in seen.names.get(name, ()) if kind in (None, seen.kinds[iri])}
    if not found:
        known = [one for one, iris in seen.names.items() if any(kind in (None, seen.kinds[iri]) for iri in iris)]
        near = difflib.get_close_matches(name, known, 1)
        hint = f"did you mean {near[0]!r}?" if near else "kg query finds names that are near"
        raise GraphError(f"no {kind or 'thing'} in the graph is called {name!r}; {hint}")
    return found


def _contained(seen: _Seen, places: set[Iri]) -> set[Iri]:
    """Places with all that lies in them, in what they contain, and so on."""
    found, waiting = set(places), list(places)
    while waiting:
        fresh = [one for one in seen.inside.get(waiting.pop(), ()) if one not in found]
        found.update(fresh)
        waiting += fresh
    return found


def _near(facts: Iterable[_Fact], centre: set[Iri], steps: int) -> set[Iri]:
    beside: dict[Iri, set[Iri]] = defaultdict(set)
    for fact in facts:
        one, _, other = fact.ends
        beside[one].add(other)
        beside[other].add(one)
    found, edge = set(centre), set(centre)
    for _ in range(steps):
        edge = {other for one in edge for other in beside.get(one, ())} - found
        found |= edge
    return found


def _dated(fact: _Fact, wanted: Filter) -> bool:
    """Dates of different precision: a year begins before its first day and ends after its last."""
    if not wanted.since and not wanted.until:
        return True
    first, last = fact.since or fact.until, fact.until or fact.since
    if not first:
        return False
    after = not wanted.since or last + "-99" >= wanted.since
    return after and (not wanted.until or first <= wanted.until + "-99")
