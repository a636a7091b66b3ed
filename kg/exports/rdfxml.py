"""RDF/XML, for tools that read nothing newer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.exports.xml import attribute, content
from kg.rdf.layout import predicate_order
from kg.rdf.terms import Iri, Literal, Resource, Term
from kg.rdf.vocabulary import STANDARD_PREFIXES


def rdfxml(resources: Iterable[Resource]) -> Iterator[str]:
    """The file piece by piece; a character that XML cannot hold becomes U+FFFD."""
    spaces = "".join(f"\n    xmlns:{name}={attribute(iri)}" for name, iri in STANDARD_PREFIXES.items())
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}>\n'
    for subject, properties in resources:
        found = sorted(properties, key=lambda pair: (predicate_order(pair[0]), isinstance(pair[1], Literal), pair[1]))
        rows = "".join(_row(predicate, end) for predicate, end in found)
        yield f"  <rdf:Description rdf:about={attribute(subject)}>\n{rows}  </rdf:Description>\n"
    yield "</rdf:RDF>\n"


def _row(predicate: Iri, end: Term) -> str:
    tag, space = _tag(predicate)
    if not isinstance(end, Literal):
        return f"    <{tag}{space} rdf:resource={attribute(end)}/>\n"
    more = f" xml:lang={attribute(end.language)}" if end.language else ""
    more += f" rdf:datatype={attribute(end.datatype)}" if end.datatype else ""
    return f"    <{tag}{space}{more}>{content(end.value)}</{tag}>\n"


def _tag(predicate: Iri) -> tuple[str, str]:
    """The name of a property, and the declaration that it needs where its namespace has no prefix."""
    cut = max(predicate.rfind("/"), predicate.rfind("#")) + 1
    for name, iri in STANDARD_PREFIXES.items():
        if iri == predicate[:cut]:
            return f"{name}:{predicate[cut:]}", ""
    return f"p:{predicate[cut:]}", f" xmlns:p={attribute(predicate[:cut])}"
