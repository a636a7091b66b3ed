"""What is said of one subject, by property: how exports look at a resource."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.exports.terms import Terms, packaged
from kg.rdf.terms import Iri, Literal, Resource, Term
from kg.rdf.vocabulary import ORG, RDF, SKOS, Definition, vocabulary

TYPE, SUBJECT, PREDICATE, OBJECT = (Iri(RDF + name) for name in ("type", "subject", "predicate", "object"))
LABEL, ALIAS = Iri(SKOS + "prefLabel"), Iri(SKOS + "altLabel")
MEMBERSHIP = Iri(ORG + "Membership")
CODES = ("divisionCode", "standardNumber", "documentNumber")


@dataclass(frozen=True, slots=True)
class Said:
    """The properties of a subject."""

    subject: Iri
    values: Mapping[Iri, list[Term]]

    def all(self, predicate: Iri) -> list[Term]:
        """Everything under a property."""
        return self.values.get(predicate, [])

    def iris(self, predicate: Iri) -> list[Iri]:
        """The things under a property."""
        return [end for end in self.all(predicate) if isinstance(end, Iri)]

    def texts(self, predicate: Iri) -> list[str]:
        """The values of the literals under a property, sorted."""
        return sorted(end.value for end in self.all(predicate) if isinstance(end, Literal))

    def text(self, predicate: Iri) -> str:
        """The first of the texts; empty when there is none."""
        return next(iter(self.texts(predicate)), "")

    def own(self, name: str) -> str:
        """The first of the texts under a term of our ontology."""
        return self.text(term(name))

    def is_a(self, name: str) -> bool:
        """Whether this is of a class of our ontology."""
        return term(name) in self.all(TYPE)

    @property
    def kind(self) -> Definition | None:
        """The kind of an entity of the ontology's kinds; None for anything else."""
        return self.kind_among(packaged())

    def kind_among(self, terms: Terms) -> Definition | None:
        """The kind of an entity; None for anything else."""
        known = terms.kinds
        return next((known[one] for one in self.iris(TYPE) if one in known), None)

    @property
    def ends(self) -> tuple[Iri, Iri, Iri]:
        """Subject, predicate and object that an assertion speaks of."""
        subject, predicate, object_ = (self.iris(part)[0] for part in (SUBJECT, PREDICATE, OBJECT))
        return subject, predicate, object_

    @property
    def parts(self) -> tuple[Iri, Iri, Term]:
        """As `ends`, of an inference, whose object may be a literal."""
        subject, predicate = (self.iris(part)[0] for part in (SUBJECT, PREDICATE))
        return subject, predicate, self.all(OBJECT)[0]

    @property
    def stands(self) -> bool:
        """Whether an assertion is done or standing, of now, and nobody calls it wrong: it is a straight triple too."""
        return self.own("modality") in ("done", "ongoing") and not self.own("tenure") and self.own("verdict") != "wrong"


def said(resource: Resource) -> Said:
    """A resource by its properties."""
    found: dict[Iri, list[Term]] = {}
    for predicate, end in resource.properties:
        found.setdefault(predicate, []).append(end)
    return Said(Iri(resource.subject), found)


@cache
def term(name: str) -> Iri:
    """The IRI of a term of our ontology; raises VocabularyError on an unknown one."""
    return vocabulary()[name]


def relations() -> Mapping[Iri, Definition]:
    """The ontology's relations between entities by IRI."""
    return packaged().relations
