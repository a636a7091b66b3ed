"""The terms of `ontology/kg.ttl`: the only names the program may use in its own namespace."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kg.config import ONTOLOGY
from kg.errors import VocabularyError
from kg.rdf.store import read_turtle
from kg.rdf.terms import Blank, Iri, Literal, Term, Triple

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
ORG = "http://www.w3.org/ns/org#"
PROV = "http://www.w3.org/ns/prov#"
DCTERMS = "http://purl.org/dc/terms/"
SCHEMA = "https://schema.org/"
VOID = "http://rdfs.org/ns/void#"
FOAF = "http://xmlns.com/foaf/0.1/"
OWL = "http://www.w3.org/2002/07/owl#"

_TERMS = frozenset({Iri(OWL + "Class"), Iri(OWL + "ObjectProperty"), Iri(OWL + "DatatypeProperty")})

STANDARD_PREFIXES: Mapping[str, str] = {
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "kg": ONTOLOGY,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "void": VOID,
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What the ontology says of one term."""

    name: str  # local name
    iri: Iri
    is_class: bool
    notation: str | None = None  # of a kind or relation: its name in the program
    labels: Mapping[str, str] = field(default_factory=dict)  # by language
    comments: Mapping[str, str] = field(default_factory=dict)
    parents: tuple[str, ...] = ()  # local names of superclasses within the ontology
    domains: tuple[str, ...] = ()  # local names; several: any of them
    ranges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms by local name, in the order of the file."""

    terms: Mapping[str, Definition]
    user: tuple[Triple, ...] = ()  # what files of the user's say of their terms

    def __getitem__(self, name: str) -> Iri:
        """The IRI of a term; raises VocabularyError on one that the ontology does not define."""
        return self.define(name).iri

    def define(self, name: str) -> Definition:
        """What the ontology says of a term; raises VocabularyError on an unknown one."""
        if name not in self.terms:
            raise VocabularyError(f"kg:{name} is not in the ontology; {_nearest(name, self.terms)}")
        return self.terms[name]

    @property
    def kinds(self) -> Mapping[str, Definition]:
        """Classes of entities by the kind's name in the program."""
        return {term.notation: term for term in self.terms.values() if term.is_class and term.notation}

    @property
    def relations(self) -> Mapping[str, Definition]:
        """Properties between entities by the relation's name in the program."""
        return {term.notation: term for term in self.terms.values() if not term.is_class and term.notation}

    def kind(self, name: str) -> Definition:
        """The class of a kind (organization); raises VocabularyError on an unknown one."""
        return _pick(name, self.kinds, "kind")

    def relation(self, name: str) -> Definition:
        """The property of a relation (holds_post); raises VocabularyError on an unknown one."""
        return _pick(name, self.relations, "relation")


def _pick(name: str, among: Mapping[str, Definition], what: str) -> Definition:
    if name not in among:
        raise VocabularyError(f"the ontology has no {what} {name!r}; {_nearest(name, among)}")
    return among[name]


def _nearest(name: str, names: Mapping[str, object]) -> str:
    near = difflib.get_close_matches(name, names, 1)
    return f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(names)}"


def ontology_folder() -> Path:
    """Where kg.ttl and shapes.ttl lie: inside an installed package, beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "ontology"
    return inside if inside.is_dir() else package.parent / "ontology"


@cache
def vocabulary(extensions: Path | None = None) -> Vocabulary:
    """The packaged ontology, with the terms of a folder of the user's; read once.

    Raises VocabularyError, naming the file, on a term that is not in the form.
    """
    packaged = read_vocabulary(ontology_folder() / "kg.ttl")
    files = sorted(extensions.glob("*.ttl")) if extensions else []
    terms, said = dict(packaged.terms), tuple(triple for file in files for triple in read_turtle(file))
    facts = _by_subject(said)
    own = {iri: _local(iri) for file in files for iri in _defined(file, terms)}
    terms |= {name: _definition(iri, facts, own) for iri, name in own.items()}
    return Vocabulary(terms, tuple(triple for triple in said if triple.subject in own and _plain(triple)))


def _defined(file: Path, known: Mapping[str, Definition]) -> Iterator[str]:
    """The classes and properties that a file of the user's defines, checked."""
    for iri, own in _by_subject(read_turtle(file)).items():
        types = {triple.object for triple in own if triple.predicate == RDF + "type"}
        if not types & _TERMS:
            continue
        if iri.startswith(ONTOLOGY):
            raise VocabularyError(
                f"{file}: {iri} lies in the program's own namespace; give your terms one of their own"
            )
        if _local(iri) in known:
            raise VocabularyError(f"{file}: {iri} has the local name of kg:{_local(iri)}; choose another")
        said = {triple.object.language for triple in own if isinstance(triple.object, Literal)
                and triple.predicate == RDFS + "label"}  # fmt: skip
        if not {"zh", "en"} <= said:
            raise VocabularyError(f"{file}: {iri} needs an rdfs:label in zh and one in en")
        yield iri


def _plain(triple: Triple) -> bool:
    return not isinstance(triple.object, Blank)


def _local(iri: str) -> str:
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2]


def _by_subject(triples: Iterable[Triple]) -> dict[str, list[Triple]]:
    facts: dict[str, list[Triple]] = {}
    for triple in triples:
        facts.setdefault(triple.subject, []).append(triple)
    return facts


def read_vocabulary(path: Path) -> Vocabulary:
    """The terms of an ontology file in the program's own namespace.

    Raises GraphError when the file cannot be read, VocabularyError when it defines none.
    """
    facts = _by_subject(read_turtle(path))
    terms = {_local(iri): _definition(iri, facts, {}) for iri in facts if iri.startswith(ONTOLOGY)}
    if not terms:
        raise VocabularyError(f"{path}: defines no term of {ONTOLOGY}")
    return Vocabulary(terms)


def told_terms(triples: Iterable[Triple]) -> tuple[Definition, ...]:
    """The classes and properties among the subjects of some triples, sorted: the terms that a graph itself defines."""
    facts = _by_subject(triples)
    own = {iri: _local(iri) for iri in facts}
    types = ((iri, {triple.object for triple in facts[iri] if triple.predicate == RDF + "type"}) for iri in sorted(own))
    return tuple(_definition(iri, facts, own) for iri, found in types if found & _TERMS)


def _definition(iri: str, facts: Mapping[str, list[Triple]], others: Mapping[str, str]) -> Definition:
    """`others` are the local names of terms in other namespaces."""

    def values(predicate: str) -> list[Term]:
        return [triple.object for triple in facts[iri] if triple.predicate == predicate]

    def texts(predicate: str) -> dict[str, str]:
        return {term.language: term.value for term in values(predicate) if isinstance(term, Literal)}

    def names(predicate: str) -> tuple[str, ...]:
        members = [member for term in values(predicate) for member in _members(term, facts)]
        known = [others.get(member) or member.removeprefix(ONTOLOGY) for member in members]
        return tuple(name for name, member in zip(known, members, strict=True) if name != member)

    return Definition(
        name=_local(iri),
        iri=Iri(iri),
        is_class=Iri(OWL + "Class") in values(RDF + "type"),
        notation=next(iter(texts(SKOS + "notation").values()), None),
        labels=texts(RDFS + "label"),
        comments=texts(RDFS + "comment"),
        parents=names(RDFS + "subClassOf"),
        domains=names(RDFS + "domain"),
        ranges=names(RDFS + "range"),
    )


def _members(term: Term, facts: Mapping[str, list[Triple]]) -> list[str]:
    """A class itself, or those of the owl:unionOf list a blank node stands for."""
    if isinstance(term, Iri):
        return [term]
    union = _value(term, OWL + "unionOf", facts)
    found = []
    while union and union != RDF + "nil":
        found.append(_value(union, RDF + "first", facts))
        union = _value(union, RDF + "rest", facts)
    return found


def _value(subject: str | Literal, predicate: str, facts: Mapping[str, list[Triple]]) -> str:
    found = (triple.object for triple in facts.get(str(subject), ()) if triple.predicate == predicate)
    return str(next(found, ""))
