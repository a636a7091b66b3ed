"""Applies what a user states to the merged graph: entities first, then facts.

Corrections are matched by names, not by keys or documents, so they hold after a rebuild
and when more documents arrive. One that matches nothing changes nothing; it stays among
`Graph.corrections`, where nothing points at it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from kg.graph import Graph
from kg.model import Assertion, Correction, Modality, Tenure, Verdict
from kg.resolve.across import fact_order
from kg.resolve.correcting import Work
from kg.resolve.finder import Finder
from kg.resolve.namesakes import split

SURE, NEVER = 1.0, 0.0  # confidence of what a user states
SYMMETRIC = frozenset({"cooperates_with"})  # relations that are stated once, in either direction
_ORDER = (Verdict.TWO, Verdict.ONE, Verdict.NAME, Verdict.WRONG, Verdict.RIGHT)
_STANDING = (Modality.DONE, Modality.ONGOING)


def corrected(graph: Graph, corrections: Sequence[Correction]) -> Graph:
    """The graph as the user states it; the same for any order of the lines."""
    work = Work(graph)
    ordered = sorted(corrections, key=lambda one: (_ORDER.index(one.verdict), one.on, str(one)))
    for one in ordered:
        if one.verdict in _ENTITIES:
            _ENTITIES[one.verdict](work, one, Finder(work.entities.values(), work.facts))
    _judge(work, [one for one in ordered if one.verdict not in _ENTITIES])
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


def _one(work: Work, one: Correction, finder: Finder) -> None:
    stays, goes = finder.find(one.subject), finder.find(one.object)
    if len(stays) == len(goes) == 1 and stays[0].kind == goes[0].kind:
        work.join(stays[0], goes[0], one)


def _name(work: Work, one: Correction, finder: Finder) -> None:
    found = finder.find(one.subject)
    if len(found) != 1:
        found = finder.find(one.object)  # more documents may have brought the full name itself
        if len(found) == 1 and one.subject.rpartition("/")[2] in found[0].aliases:
            work.mark(found[0], one)
        return
    (entity,) = found
    same = [other for other in finder.called(entity.kind, one.object) if other.key != entity.key]
    if len(same) == 1:
        work.join(same[0], entity, one)
    elif not same:
        aliases = tuple(sorted({*entity.aliases, entity.name} - {one.object}))
        work.mark(replace(entity, name=one.object, aliases=aliases), one)


def _two(work: Work, one: Correction, finder: Finder) -> None:
    found, others = finder.find(one.subject), finder.find(one.object)
    if len(found) == len(others) == 1 and found[0].kind == others[0].kind and found[0].key != others[0].key:
        work.mark(found[0], one)  # they stand apart already
        return
    # official/甲/丁局 may mean the one that is to be two; then 丁局 is what tells them apart.
    ties = finder.find(one.object.partition("/")[2].rpartition("/")[2]) if others == found else others
    tied = [entity for entity in found if len(ties) == 1 and work.between(entity, ties[0])]
    if len(tied) == 1 < len(found):
        work.mark(tied[0], one)  # likewise
    elif len(tied) == 1:
        split(work, tied[0], ties[0], one)


_ENTITIES: Mapping[Verdict, Callable[[Work, Correction, Finder], None]] = {
    Verdict.ONE: _one,
    Verdict.TWO: _two,
    Verdict.NAME: _name,
}


def _judge(work: Work, corrections: Sequence[Correction]) -> None:
    """Call facts wrong or right; a right one that nothing states is added."""
    finder = Finder(work.entities.values(), work.facts)
    places: dict[tuple[str, str | None, str], list[int]] = defaultdict(list)
    for place, fact in enumerate(work.facts):
        places[fact.subject, fact.relation, fact.object].append(place)
    for one in corrections:
        ends = [(s.key, o.key) for s in finder.find(one.subject) for o in finder.find(one.object)]
        if one.relation in SYMMETRIC:
            ends += [(o, s) for s, o in ends]
        said = [place for s, o in dict.fromkeys(ends) for place in places[s, one.relation, o]]
        said = [place for place in said if one.title in (None, work.facts[place].title)]
        standing = [place for place in said if _stands(work.facts[place]) and not work.facts[place].is_wrong]
        wrong = one.verdict is Verdict.WRONG
        if not wrong and not standing:  # 甲 holds no post there, but that of 局长 he does
            standing = [place for place in said if _stands(work.facts[place]) and work.facts[place].title == one.title]
        for place in standing or (said if wrong else []):
            fact, sure = work.facts[place], NEVER if wrong else SURE
            work.facts[place] = replace(fact, corrections=(*fact.corrections, one), confidence=sure)
        if not wrong and not standing and len({frozenset(pair) for pair in ends}) == 1 and ends[0][0] != ends[0][1]:
            work.facts.append(_added(one, *ends[0]))


def _stands(fact: Assertion) -> bool:
    return fact.modality in _STANDING and fact.tenure is Tenure.CURRENT


def _added(one: Correction, subject: str, object_: str) -> Assertion:
    return Assertion(
        subject=subject,
        relation=one.relation or "",
        object=object_,
        claims=(),
        confidence=SURE,
        title=one.title,
        corrections=(one,),
    )
