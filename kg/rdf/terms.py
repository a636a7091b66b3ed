"""RDF as plain values, so that nothing but the store knows the engine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple, TypeAlias

XSD = "http://www.w3.org/2001/XMLSchema#"
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Iri(str):
    """An IRI."""

    __slots__ = ()


class Blank(str):
    """A blank node, by its label; only results of CONSTRUCT hold any."""

    __slots__ = ()


class Literal(NamedTuple):
    """A literal: with a language, or with a datatype other than xsd:string, or plain."""

    value: str
    language: str = ""
    datatype: str = ""


Subject: TypeAlias = Iri | Blank
Term: TypeAlias = Iri | Blank | Literal


class Triple(NamedTuple):
    """One RDF triple."""

    subject: Subject
    predicate: Iri
    object: Term


class Resource(NamedTuple):
    """A subject with all that is said of it: (predicate, object) pairs, none twice."""

    subject: Subject
    properties: tuple[tuple[Iri, Term], ...]


def integer(number: int) -> Literal:
    """An xsd:integer."""
    return Literal(str(number), "", XSD + "integer")


def boolean(value: bool) -> Literal:
    """An xsd:boolean."""
    return Literal("true" if value else "false", "", XSD + "boolean")


def decimal(number: float) -> Literal:
    """An xsd:decimal of four places, in the form that engines keep: 0.9, never 0.900."""
    return Literal(f"{number:.4f}".rstrip("0").rstrip("."), "", XSD + "decimal")


@lru_cache(maxsize=4096)
def date(text: str) -> Literal:
    """An ISO 8601 date, as precise as it is: a year, a month or a day; a plain literal when it is none of these."""
    for kind, form in (("gYear", "%Y"), ("gYearMonth", "%Y-%m"), ("date", "%Y-%m-%d")):
        try:
            if datetime.strptime(text, form).strftime(form).zfill(len(text)) == text:
                return Literal(text, "", XSD + kind)
        except ValueError:  # not of this form, or no such day: the next form may fit
            continue
    return Literal(text)


def flat(resources: Iterable[Resource]) -> Iterator[Triple]:
    """The triples of resources, in order."""
    for subject, properties in resources:
        for predicate, object_ in properties:
            yield Triple(subject, predicate, object_)


def xml_text(text: str) -> str:
    """A text that XML 1.0 can hold: control characters become U+FFFD."""
    return _NO_XML.sub("\ufffd", text)
