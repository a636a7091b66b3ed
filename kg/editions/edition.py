"""What of a built graph is compared: its entities, and the facts that texts state as done or standing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.config import ONTOLOGY
from kg.rdf.folder import STORE, reading
from kg.rdf.layout import prefixes
from kg.rdf.query import base_of
from kg.rdf.store import Row, Store
from kg.rdf.terms import Literal
from kg.rdf.vocabulary import vocabulary

_THINGS = """
SELECT ?thing ?type ?name (MIN(?number) AS ?code) {
  ?thing a ?type ; skos:prefLabel ?name .
  OPTIONAL { ?thing kg:divisionCode|kg:standardNumber|kg:documentNumber ?number }
} GROUP BY ?thing ?type ?name
"""
_ALIASES = "SELECT ?thing ?alias { ?thing skos:altLabel ?alias }"
_FACTS = """
SELECT ?subject ?predicate ?object ?title {
  ?fact a kg:Assertion ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; kg:modality ?modality .
  OPTIONAL { ?fact kg:title ?title }
  FILTER (?modality IN ("done", "ongoing"))
  FILTER NOT EXISTS { ?fact kg:tenure ?tenure }
  FILTER NOT EXISTS { ?fact kg:verdict "wrong" }
  FILTER NOT EXISTS { ?fact kg:reference true }
}
"""
_TERMS = "SELECT ?term ?notation ?label { ?term skos:notation ?notation ; rdfs:label ?label }"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """An entity."""

    iri: str
    kind: str  # as the program names it: organization
    name: str
    aliases: frozenset[str]
    code: str | None


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Fact:
    """A fact that stands; its ends are IRIs."""

    subject: str
    relation: str  # IRI of the property
    object: str
    title: str | None = field(default=None, compare=False)  # the first, where there are several


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One state of a graph."""

    base: str
    things: Mapping[str, Thing]  # by IRI
    facts: frozenset[Fact]
    posts: frozenset[tuple[str, str, str]]  # official, organization, title
    labels: Mapping[str, Mapping[str, str]]  # of kinds and relations: by IRI or name, then by language


def read_edition(folder: Path) -> Edition:
    """What is compared of the graph in a folder. Raises GraphError when there is none."""
    with reading(folder):
        store = Store(folder / STORE)
        base = base_of(store)
        known = prefixes(base)
        things, aliases, facts, terms = (_rows(store, asked, known) for asked in (_THINGS, _ALIASES, _FACTS, _TERMS))
    labels, kinds = _labels(terms)
    stated = [tuple(_text(term) for term in row) for row in facts]
    titled: dict[tuple[str, str, str], list[str]] = {}
    for subject, predicate, object_, title in stated:
        titled.setdefault((subject, predicate, object_), []).extend([title] if title else [])
    post = vocabulary().relation("holds_post").iri
    return Edition(
        base=base,
        things=_things(things, aliases, kinds),
        facts=frozenset(
            Fact(subject=s, relation=p, object=o, title=min(titles, default=None))
            for (s, p, o), titles in titled.items()
        ),
        posts=frozenset((s, o, title) for (s, p, o), titles in titled.items() if p == post for title in titles),
        labels=labels,
    )


def _labels(rows: list[Row]) -> tuple[dict[str, Mapping[str, str]], dict[str, str]]:
    """Labels of kinds and relations, and the names of kinds by class; those of the user's own the graph tells."""
    terms = vocabulary()
    labels: dict[str, Mapping[str, str]] = {}
    kinds = {str(term.iri): name for name, term in terms.kinds.items()}
    for name, term in (*terms.kinds.items(), *terms.relations.items()):
        labels[name] = labels[term.iri] = term.labels
    own: dict[str, dict[str, str]] = {}
    for term_, notation, label in rows:
        if isinstance(label, Literal) and not str(term_).startswith(ONTOLOGY):
            kinds[str(term_)] = _text(notation)
            own.setdefault(str(term_), {})[label.language] = label.value
    for iri, words in own.items():
        labels[iri] = labels[kinds[iri]] = words
    return labels, kinds


def _things(rows: list[Row], aliases: list[Row], kinds: Mapping[str, str]) -> dict[str, Thing]:
    others: dict[str, set[str]] = {}
    for thing, alias in aliases:
        others.setdefault(str(thing), set()).add(_text(alias))
    return {
        str(thing): Thing(
            iri=str(thing),
            kind=kinds[str(type_)],
            name=_text(name),
            aliases=frozenset(others.get(str(thing), ())),
            code=_text(code) or None,
        )
        for thing, type_, name, code in rows
        if str(type_) in kinds
    }


def _rows(store: Store, sparql: str, known: Mapping[str, str]) -> list[Row]:
    found = store.query(sparql, known)
    assert isinstance(found, tuple)
    return found[1]


def _text(term: object) -> str:
    if isinstance(term, Literal):
        return term.value
    return "" if term is None else str(term)
