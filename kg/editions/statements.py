"""Changes as RDF: a kg:Change each, with the names of what it speaks of."""

from __future__ import annotations

from collections.abc import Iterator

from kg.editions.compare import Changes
from kg.editions.edition import Edition, Fact, Thing
from kg.ids import digest
from kg.rdf.layout import prefixes
from kg.rdf.terms import Iri, Literal, Resource, Term
from kg.rdf.vocabulary import RDF, RDFS, vocabulary
from kg.rdf.writer import Writer

Said = list[tuple[Iri, Term]]
SECTION = "change"


def turtle(changes: Changes) -> Iterator[str]:
    """A Turtle file piece by piece, sorted; the same graphs give the same bytes."""
    base = changes.new.base
    write = Writer({**prefixes(base), SECTION: f"{base}{SECTION}/"})
    yield from write.head()
    found = {one.subject: one for one in (*_changes(changes), *_things(changes))}
    for subject in sorted(found):
        yield write.block(found[subject])


def _changes(changes: Changes) -> Iterator[Resource]:
    base, leads, post = changes.new.base, *(vocabulary().relation(name).iri for name in ("leads", "holds_post"))
    for head in changes.heads:
        own = _fact(head.head.iri, leads, head.body.iri, head.title)
        yield _change(base, "new-head", [*own, *((_kg("formerly"), Iri(one.iri)) for one in head.before)])
    for one in changes.posts:
        yield _change(base, "new-post", _fact(one.person.iri, post, one.body.iri, one.title))
    for kind, things in (("new-standard", changes.standards), ("program-gone", changes.programs),
                         ("entity-added", changes.came), ("entity-gone", changes.went)):  # fmt: skip
        for thing in things:
            yield _change(base, kind, [(_kg("about"), Iri(thing.iri))])
    for name in changes.names:
        words = [(_kg("oldName"), Literal(name.before.name, "zh")), (_kg("newName"), Literal(name.now.name, "zh"))]
        yield _change(base, "new-name", [(_kg("about"), Iri(name.now.iri)), *words])
    for kind, facts in (("fact-added", changes.added), ("fact-removed", changes.removed)):
        for fact in facts:
            yield _change(base, kind, _fact(fact.subject, fact.relation, fact.object, fact.title))


def _change(base: str, kind: str, said: Said) -> Resource:
    own: Said = [(Iri(RDF + "type"), vocabulary()["Change"]), (_kg("change"), Literal(kind)), *said]
    return Resource(Iri(f"{base}{SECTION}/{digest(kind, *said)}"), tuple(dict.fromkeys(own)))


def _fact(subject: str, relation: str, object_: str, title: str | None) -> Said:
    parts: Said = [(Iri(RDF + "subject"), Iri(subject)), (Iri(RDF + "predicate"), Iri(relation))]
    parts.append((Iri(RDF + "object"), Iri(object_)))
    return [*parts, (_kg("title"), Literal(title))] if title else parts


def _kg(name: str) -> Iri:
    return vocabulary()[name]


def _things(changes: Changes) -> Iterator[Resource]:
    """The names of everything spoken of; where the editions differ, the newer."""
    for edition, facts in ((changes.old, changes.removed), (changes.new, changes.added)):
        for thing in _spoken_of(edition, facts, changes):
            yield Resource(Iri(thing.iri), ((Iri(RDFS + "label"), Literal(thing.name, "zh")),))


def _spoken_of(edition: Edition, facts: tuple[Fact, ...], changes: Changes) -> Iterator[Thing]:
    ends = {iri for fact in facts for iri in (fact.subject, fact.object)}
    ends |= {iri for one in changes.heads for iri in (one.body.iri, one.head.iri, *(p.iri for p in one.before))}
    ends |= {iri for one in changes.posts for iri in (one.person.iri, one.body.iri)}
    listed = (*changes.standards, *changes.programs, *changes.came, *changes.went, *(one.now for one in changes.names))
    ends |= {thing.iri for thing in listed}
    return (edition.things[iri] for iri in ends if iri in edition.things)
