"""Applies what a user states to the merged graph: entities first, then facts.

Corrections are matched by names, not by keys or documents, so they hold after a rebuild
and when more documents arrive. One that matches nothing changes nothing; it stays among
`Graph.corrections`, where nothing points at it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.graph import Graph
from kg.ids import entity_key
from kg.model import Assertion, Claim, Correction, Entity, Modality, Tenure, Verdict
from kg.resolve.across import fact_order, merged_entity, merged_fact
from kg.resolve.finder import Finder

SURE, NEVER = 1.0, 0.0  # confidence of what a user states
_ORDER = (Verdict.TWO, Verdict.ONE, Verdict.NAME, Verdict.WRONG, Verdict.RIGHT)
_STANDING = (Modality.DONE, Modality.ONGOING)


def corrected(graph: Graph, corrections: Sequence[Correction]) -> Graph:
    """The graph as the user states it; the same for any order of the lines."""
    work = _Work(graph)
    for one in sorted(corrections, key=lambda one: (_ORDER.index(one.verdict), one.on, str(one))):
        work.apply(one)
    return Graph(
        documents=graph.documents,
        entities=tuple(work.entities[key] for key in sorted(work.entities)),
        assertions=tuple(sorted(work.facts, key=fact_order)),
        corrections=tuple(corrections),
    )


def unmatched(graph: Graph) -> tuple[Correction, ...]:
    """The corrections of a graph that match nothing in it, by line."""
    used = {one for entity in graph.entities for one in entity.corrections}
    used |= {one for fact in graph.assertions for one in fact.corrections}
    return tuple(sorted((one for one in graph.corrections if one not in used), key=lambda one: one.line))


def as_stated(graph: Graph) -> Graph:
    """The graph without the facts that a user calls wrong."""
    if not graph.corrections:
        return graph
    return replace(graph, assertions=tuple(fact for fact in graph.assertions if not fact.is_wrong))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Split:
    """What of an entity belongs to its namesake."""

    entity: Entity
    tie: Entity  # what the namesake is tied to
    documents: frozenset[str]


class _Work:
    """The graph while it is being corrected."""

    def __init__(self, graph: Graph) -> None:
        self.entities = {entity.key: entity for entity in graph.entities}
        self.facts = list(graph.assertions)
        self._finder: Finder | None = None  # of the present state; entities that change make it stale

    def apply(self, one: Correction) -> None:
        """Do what a correction says, and mark what it touched."""
        finder = self._finder or Finder(self.entities.values(), self.facts)
        self._finder = finder if one.verdict in (Verdict.WRONG, Verdict.RIGHT) else None
        if one.verdict is Verdict.TWO:
            self._two(one, finder)
        elif one.verdict is Verdict.ONE:
            self._one(one, finder)
        elif one.verdict is Verdict.NAME:
            self._name(one, finder)
        elif one.verdict is Verdict.WRONG:
            self._wrong(one, finder)
        else:
            self._right(one, finder)

    # ---- Entities

    def _mark(self, entity: Entity, one: Correction) -> Entity:
        marked = replace(entity, corrections=(*entity.corrections, one))
        self.entities[entity.key] = marked
        return marked

    def _one(self, one: Correction, finder: Finder) -> None:
        stays, goes = finder.find(one.subject), finder.find(one.object)
        if len(stays) == len(goes) == 1 and stays[0].kind == goes[0].kind:
            self._join(stays[0], goes[0], one)

    def _join(self, stays: Entity, goes: Entity, one: Correction) -> None:
        """Put everything of `goes` into `stays`, which keeps its key and name."""
        if stays.key != goes.key:
            forms = {goes.name, *goes.aliases, *stays.aliases} - {stays.name}
            whole = merged_entity(stays.key, [stays, goes])
            marks = (*stays.corrections, *goes.corrections)
            stays = replace(whole, name=stays.name, aliases=tuple(sorted(forms)), corrections=marks)
            del self.entities[goes.key]
            self._move({goes.key: stays.key})
        self._mark(stays, one)

    def _name(self, one: Correction, finder: Finder) -> None:
        found = finder.find(one.subject)
        if len(found) != 1:
            found = finder.find(one.object)  # more documents may have brought the full name itself
            if len(found) == 1 and one.subject.rpartition("/")[2] in found[0].aliases:
                self._mark(found[0], one)
            return
        (entity,) = found
        same = [other for other in finder.called(entity.kind, one.object) if other.key != entity.key]
        if same:
            if len(same) == 1:
                self._join(same[0], entity, one)
            return
        aliases = tuple(sorted({*entity.aliases, entity.name} - {one.object}))
        self._mark(replace(entity, name=one.object, aliases=aliases), one)

    def _two(self, one: Correction, finder: Finder) -> None:
        found, others = finder.find(one.subject), finder.find(one.object)
        _, _, rest = one.object.partition("/")
        if len(found) == len(others) == 1 and found[0].kind == others[0].kind and found[0].key != others[0].key:
            self._mark(found[0], one)  # they stand apart already
            return
        ties = finder.find(rest.rpartition("/")[2]) if others == found else others
        if len(ties) != 1:
            return
        tied = [entity for entity in found if self._between(entity, ties[0])]
        if len(tied) == 1 < len(found):
            self._mark(tied[0], one)  # likewise
        elif len(tied) == 1:
            entity, tie = tied[0], ties[0]
            documents = frozenset(_document(claim) for fact in self._between(entity, tie) for claim in fact.claims)
            if documents:
                self._split(_Split(entity=entity, tie=tie, documents=documents), one)

    def _between(self, one: Entity, other: Entity) -> list[Assertion]:
        ends = {one.key, other.key}
        return [fact for fact in self.facts if {fact.subject, fact.object} == ends]

    def _split(self, split: _Split, one: Correction) -> None:
        """Give the namesake a key of its own, with its documents' mentions and claims."""
        entity, whole = split.entity, {_document(claim) for fact in self._of(split.entity) for claim in fact.claims}
        other_key = entity_key(entity.kind, entity.name, owner=split.tie.name)
        by_fact = split.documents >= whole  # one text names both: only the facts with the tie tell them apart
        kept: list[Assertion] = []
        for fact in self.facts:
            kept += (
                _shared(fact, split, other_key, by_fact=by_fact)
                if entity.key in (fact.subject, fact.object)
                else [fact]
            )
        own_key = entity.key if entity.key != other_key else self._free_key(entity, split)
        del self.entities[entity.key]
        for key, inside in ((own_key, False), (other_key, True)):
            named = [m for m in entity.mentions if (m.sentence.document.id in split.documents) is inside or by_fact]
            part = replace(entity, key=key, mentions=tuple(named))
            known = self.entities.get(key)
            self._mark(merged_entity(key, [known, part]) if known else part, one)
        self.facts = kept
        self._move({entity.key: own_key, _other(entity.key): other_key})

    def _of(self, entity: Entity) -> list[Assertion]:
        return [fact for fact in self.facts if entity.key in (fact.subject, fact.object)]

    def _free_key(self, entity: Entity, split: _Split) -> str:
        """A key for the one that stays, when its own is the namesake's by right."""
        ends = {end for fact in self._of(entity) for end in (fact.subject, fact.object)} - {entity.key, split.tie.key}
        owner = min((self.entities[end].name for end in ends if end in self.entities), default="")
        return entity_key(entity.kind, entity.name, owner=owner or None)

    def _move(self, keys: dict[str, str]) -> None:
        """Point facts at other entities; those that became one are merged, one with itself is none."""
        groups: dict[tuple[str, ...], list[Assertion]] = defaultdict(list)
        for fact in self.facts:
            subject, object_ = (keys.get(end, end) for end in (fact.subject, fact.object))
            if subject != object_:
                moved = replace(fact, subject=subject, object=object_)
                groups[fact_order(moved)].append(moved)
        self.facts = [_one_fact(group) for group in groups.values()]

    # ---- Facts

    def _said(self, one: Correction, finder: Finder) -> list[Assertion]:
        subjects = {entity.key for entity in finder.find(one.subject)}
        objects = {entity.key for entity in finder.find(one.object)}
        return [
            fact
            for fact in self.facts
            if fact.relation == one.relation
            and fact.subject in subjects
            and fact.object in objects
            and one.title in (None, fact.title)
        ]

    def _judge(self, facts: Iterable[Assertion], one: Correction, confidence: float) -> None:
        chosen = {fact_order(fact) for fact in facts}
        for place, fact in enumerate(self.facts):
            if fact_order(fact) in chosen:
                self.facts[place] = replace(fact, corrections=(*fact.corrections, one), confidence=confidence)

    def _wrong(self, one: Correction, finder: Finder) -> None:
        self._judge(self._said(one, finder), one, NEVER)

    def _right(self, one: Correction, finder: Finder) -> None:
        standing = [
            fact for fact in self._said(one, finder) if fact.modality in _STANDING and fact.tenure is Tenure.CURRENT
        ]
        standing = [fact for fact in standing if not fact.is_wrong]
        self._judge(standing, one, SURE)
        subjects, objects = finder.find(one.subject), finder.find(one.object)
        if not standing and len(subjects) == len(objects) == 1 and subjects[0].key != objects[0].key:
            fact = Assertion(
                subject=subjects[0].key,
                relation=one.relation or "",
                object=objects[0].key,
                claims=(),
                confidence=SURE,
                title=one.title,
                corrections=(one,),
            )
            self.facts.append(fact)


def _document(claim: Claim) -> str:
    return claim.sentence.document.id


def _other(key: str) -> str:
    """Where a namesake's facts hang until it has its key; no key looks like this."""
    return f"{key}//"


def _shared(fact: Assertion, split: _Split, other_key: str, *, by_fact: bool) -> list[Assertion]:
    """A fact of an entity that is two: the claims of each."""
    other = {split.entity.key: _other(split.entity.key)}
    if by_fact:
        theirs = fact.claims if split.tie.key in (fact.subject, fact.object) else ()
    else:
        theirs = tuple(claim for claim in fact.claims if _document(claim) in split.documents)
    ours = tuple(claim for claim in fact.claims if claim not in theirs)
    found = [_with_claims(fact, ours)] if ours or not fact.claims else []
    if theirs:
        moved = replace(fact, subject=other.get(fact.subject, fact.subject), object=other.get(fact.object, fact.object))
        found.append(_with_claims(moved, theirs))
    return found


def _with_claims(fact: Assertion, claims: tuple[Claim, ...]) -> Assertion:
    if claims == fact.claims:
        return fact
    dates = sorted(claim.date for claim in claims if claim.date)
    since, until = (dates[0], dates[-1]) if dates else (None, None)
    return merged_fact([replace(fact, claims=claims, since=since, until=until)])


def _one_fact(group: list[Assertion]) -> Assertion:
    """Several facts that became one; what a text says goes before what the gazetteer has."""
    said = [fact for fact in group if fact.claims]
    return merged_fact(said) if len(said) > 1 else (said or group)[0]
