"""Takes apart what was taken for one: two of one name, told apart by what the other is tied to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.ids import entity_key
from kg.model import Assertion, Claim, Correction, Entity, Mention
from kg.resolve.across import merged_entity, merged_fact
from kg.resolve.correcting import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class _Split:
    """What of an entity belongs to its namesake."""

    entity: Entity
    tie: Entity  # what the namesake is tied to
    documents: frozenset[str]  # that tie the two
    by_fact: bool  # one text names both: only the facts with the tie tell them apart

    def theirs(self, fact: Assertion) -> tuple[Claim, ...]:
        """The claims of a fact that speak of the namesake."""
        if self.by_fact:
            return fact.claims if self.tie.key in (fact.subject, fact.object) else ()
        return tuple(claim for claim in fact.claims if _document(claim) in self.documents)

    def mentions(self, *, theirs: bool) -> tuple[Mention, ...]:
        """Those of one of the two; of both where nothing tells."""
        return tuple(
            one
            for one in self.entity.mentions
            if self.by_fact or (one.sentence.document.id in self.documents) is theirs
        )


def split(work: Work, entity: Entity, tie: Entity, one: Correction) -> None:
    """Make the `entity` that is tied to `tie` another one, with its own key; nothing where no text ties them."""
    documents = frozenset(_document(claim) for fact in work.between(entity, tie) for claim in fact.claims)
    if not documents:
        return
    all_documents = {_document(claim) for fact in work.of(entity) for claim in fact.claims}
    told = _Split(entity=entity, tie=tie, documents=documents, by_fact=documents >= all_documents)
    other_key = entity_key(entity.kind, entity.name, owner=tie.name)
    own_key = entity.key if entity.key != other_key else _free_key(work, told)
    del work.entities[entity.key]
    for key, theirs in ((own_key, False), (other_key, True)):
        part = replace(entity, key=key, mentions=told.mentions(theirs=theirs))
        known = work.entities.get(key)
        work.mark(merged_entity(key, [known, part]) if known else part, one)
    work.facts = [part for fact in work.facts for part in _parts(fact, told)]
    work.move({entity.key: own_key, _apart(entity.key): other_key})


def _free_key(work: Work, told: _Split) -> str:
    """A key for the one that stays, when its own is the namesake's by right."""
    own = told.entity.key
    ends = {end for fact in work.of(told.entity) for end in (fact.subject, fact.object)} - {own, told.tie.key}
    owner = min((work.entities[end].name for end in ends if end in work.entities), default="")
    return entity_key(told.entity.kind, told.entity.name, owner=owner or None)


def _parts(fact: Assertion, told: _Split) -> Iterator[Assertion]:
    """A fact as each of the two has it; the namesake's hangs on a key of its own until it is moved."""
    own = told.entity.key
    if own not in (fact.subject, fact.object):
        yield fact
        return
    theirs = told.theirs(fact)
    ours = tuple(claim for claim in fact.claims if claim not in theirs)
    if ours or not fact.claims:
        yield _with_claims(fact, ours)
    if theirs:
        subject, object_ = (_apart(end) if end == own else end for end in (fact.subject, fact.object))
        yield _with_claims(replace(fact, subject=subject, object=object_), theirs)


def _with_claims(fact: Assertion, claims: tuple[Claim, ...]) -> Assertion:
    if claims == fact.claims:
        return fact
    dates = sorted(claim.date for claim in claims if claim.date)
    since, until = (dates[0], dates[-1]) if dates else (None, None)
    return merged_fact([replace(fact, claims=claims, since=since, until=until)])


def _apart(key: str) -> str:
    """Where a namesake's facts hang meanwhile; no key looks like this."""
    return f"{key}//"


def _document(claim: Claim) -> str:
    return claim.sentence.document.id
