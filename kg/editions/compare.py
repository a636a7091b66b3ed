"""What changed from one edition of a graph to the next.

Entities of the two are one when they have the same IRI, the same number, the same kind
and name, or when one is called what the other is also called, and nothing else is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from kg.editions.edition import Edition, Fact, Thing
from kg.model import OFFICIAL, PROGRAM, STANDARD
from kg.rdf.vocabulary import vocabulary

_Key = tuple[str, str]  # kind, and what things of it are known by
_Keys = Callable[[Thing], list[_Key]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHead:
    """A body that was in the old graph too has a head that it did not have there."""

    body: Thing
    head: Thing
    title: str | None
    before: tuple[Thing, ...]  # its heads in the old graph


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPost:
    """A person holds a post, and it is not that of a new head."""

    person: Thing
    body: Thing
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewName:
    """One thing, called otherwise."""

    before: Thing
    now: Thing


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Everything that changed; each list sorted by names."""

    heads: tuple[NewHead, ...]
    posts: tuple[NewPost, ...]
    standards: tuple[Thing, ...]  # new
    programs: tuple[Thing, ...]  # no longer mentioned
    names: tuple[NewName, ...]
    came: tuple[Thing, ...]  # other entities
    went: tuple[Thing, ...]
    added: tuple[Fact, ...]  # other facts, by IRIs of the new graph
    removed: tuple[Fact, ...]  # all facts that no longer stand, by IRIs of the old graph
    old: Edition
    new: Edition

    def __bool__(self) -> bool:
        """Whether anything changed."""
        lists = (self.heads, self.posts, self.standards, self.programs, self.names)
        return any((*lists, self.came, self.went, self.added, self.removed))


def compare(old: Edition, new: Edition) -> Changes:
    """What is in `new` and was not in `old`, and the reverse."""
    same = _same(old, new)
    back = {now: before for before, now in same.items()}
    known = frozenset(_moved(fact, same) for fact in old.facts)
    added = new.facts - known
    removed = frozenset(fact for fact in old.facts if _moved(fact, same) not in new.facts)
    heads = _heads(old, new, added, back)
    posts = _posts(old, new, same, {(one.head.iri, one.body.iri) for one in heads})
    came = [thing for iri, thing in new.things.items() if iri not in back]
    went = [thing for iri, thing in old.things.items() if iri not in same]
    told = {(one.head.iri, one.body.iri) for one in heads} | {(one.person.iri, one.body.iri) for one in posts}
    return Changes(
        heads=tuple(heads),
        posts=tuple(posts),
        standards=_by_name(thing for thing in came if thing.kind == STANDARD),
        programs=_by_name(thing for thing in went if thing.kind == PROGRAM),
        names=_names(old, new, same),
        came=_by_name(thing for thing in came if thing.kind != STANDARD),
        went=_by_name(thing for thing in went if thing.kind != PROGRAM),
        added=tuple(sorted(fact for fact in added if not _is_post(fact) or (fact.subject, fact.object) not in told)),
        removed=tuple(sorted(removed)),
        old=old,
        new=new,
    )


def _same(old: Edition, new: Edition) -> dict[str, str]:
    """IRIs of the old graph with those of the same things in the new one."""
    found = {iri: iri for iri in old.things if iri in new.things}
    taken = set(found)  # of the new graph

    def pair(before: _Keys, now: _Keys) -> None:
        left = _by(before, (thing for iri, thing in old.things.items() if iri not in found))
        right = _by(now, (thing for iri, thing in new.things.items() if iri not in taken))
        for key, things in sorted(left.items()):
            others = right.get(key, [])
            if len(things) == len(others) == 1 and things[0].iri not in found and others[0].iri not in taken:
                found[things[0].iri] = others[0].iri
                taken.add(others[0].iri)

    pair(_code, _code)
    pair(_name, _name)
    pair(_name, _aliases)
    pair(_aliases, _name)
    return found


def _code(thing: Thing) -> list[_Key]:
    return [(thing.kind, thing.code)] if thing.code else []


def _name(thing: Thing) -> list[_Key]:
    return [(thing.kind, thing.name)]


def _aliases(thing: Thing) -> list[_Key]:
    """Other names, but not those of people: several bear one."""
    return [(thing.kind, alias) for alias in thing.aliases] if thing.kind != OFFICIAL else []


def _by(keys: _Keys, things: Iterable[Thing]) -> dict[_Key, list[Thing]]:
    found: dict[_Key, list[Thing]] = defaultdict(list)
    for thing in things:
        for key in keys(thing):
            found[key].append(thing)
    return found


def _moved(fact: Fact, same: Mapping[str, str]) -> Fact:
    return replace(fact, subject=same.get(fact.subject, fact.subject), object=same.get(fact.object, fact.object))


def _is_post(fact: Fact) -> bool:
    return fact.relation in {vocabulary().relation(name).iri for name in ("leads", "holds_post")}


def _heads(old: Edition, new: Edition, added: Iterable[Fact], back: Mapping[str, str]) -> list[NewHead]:
    leads = vocabulary().relation("leads").iri
    before: dict[str, list[Thing]] = defaultdict(list)
    for fact in old.facts:
        if fact.relation == leads and old.things[fact.subject].kind == OFFICIAL:
            before[fact.object].append(old.things[fact.subject])
    found = [
        NewHead(
            body=new.things[fact.object],
            head=new.things[fact.subject],
            title=fact.title,
            before=_by_name(before[back[fact.object]]),
        )
        for fact in added
        if fact.relation == leads and new.things[fact.subject].kind == OFFICIAL and fact.object in back
    ]
    return sorted(found, key=lambda one: (one.body.name, one.head.name, one.body.iri, one.head.iri))


def _posts(old: Edition, new: Edition, same: Mapping[str, str], heads: set[tuple[str, str]]) -> list[NewPost]:
    known = {(same.get(person, person), same.get(body, body), title) for person, body, title in old.posts}
    found = [
        NewPost(person=new.things[person], body=new.things[body], title=title)
        for person, body, title in new.posts - known
        if (person, body) not in heads
    ]
    return sorted(found, key=lambda one: (one.body.name, one.person.name, one.title, one.body.iri, one.person.iri))


def _names(old: Edition, new: Edition, same: Mapping[str, str]) -> tuple[NewName, ...]:
    pairs = [NewName(before=old.things[before], now=new.things[now]) for before, now in same.items()]
    return tuple(sorted((p for p in pairs if p.before.name != p.now.name), key=lambda p: (p.now.name, p.now.iri)))


def _by_name(things: Iterable[Thing]) -> tuple[Thing, ...]:
    return tuple(sorted(things, key=lambda thing: (thing.kind, thing.name, thing.iri)))


def counted(facts: Iterable[Fact]) -> Counter[str]:
    """How many facts there are of each relation, by the IRI of its property."""
    return Counter(fact.relation for fact in facts)
