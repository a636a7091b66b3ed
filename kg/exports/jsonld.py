"""JSON-LD in the terms of `ontology/context.jsonld`, one thing a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.config import ONTOLOGY
from kg.rdf.layout import predicate_order
from kg.rdf.terms import Iri, Literal, Resource, Term
from kg.rdf.vocabulary import RDF, ontology_folder

_TYPE = Iri(RDF + "type")


@dataclass(frozen=True, slots=True)
class _Alias:
    """What the context calls a property, and how it takes its values."""

    name: str
    type: str = ""  # "@id", an IRI, or nothing
    language: str = ""


def context() -> Mapping[str, Any]:
    """The context file, as JSON."""
    found: Mapping[str, Any] = json.loads((ontology_folder() / "context.jsonld").read_text(encoding="utf-8"))
    return found


@cache
def _aliases() -> Mapping[str, _Alias]:
    """Names by the IRI of the property."""
    terms: Mapping[str, Any] = context()["@context"]
    spaces = {name: iri for name, iri in terms.items() if isinstance(iri, str) and iri.endswith(("#", "/"))}

    def full(short: str) -> str:
        prefix, colon, name = short.partition(":")
        return spaces[prefix] + name if colon else short

    found = {}
    for name, told in terms.items():
        if name.startswith("@") or name in spaces or (isinstance(told, str) and told.startswith("@")):
            continue
        about = {"@id": told} if isinstance(told, str) else told
        found[full(about["@id"])] = _Alias(name, full(about.get("@type", "")), about.get("@language", ""))
    return found


def jsonld(resources: Iterable[Resource]) -> Iterator[str]:
    """The file piece by piece; the context stands in it, so that nothing need be fetched."""
    inside = json.dumps(context()["@context"], ensure_ascii=False, indent=1)
    yield f'{{"@context": {inside},\n"@graph": ['
    between = "\n"
    for resource in resources:
        yield between + json.dumps(_node(resource), ensure_ascii=False, separators=(",", ":"))
        between = ",\n"
    yield "\n]}\n"


def _node(resource: Resource) -> dict[str, Any]:
    node: dict[str, Any] = {"id": resource.subject}
    ordered = sorted(
        resource.properties, key=lambda pair: (predicate_order(pair[0]), isinstance(pair[1], Literal), pair[1])
    )
    for predicate, end in ordered:
        name, value = _pair(predicate, end)
        node.setdefault(name, []).append(value)
    return {name: found[0] if isinstance(found, list) and len(found) == 1 else found for name, found in node.items()}


def _pair(predicate: Iri, end: Term) -> tuple[str, Any]:
    if predicate == _TYPE:
        return "type", f"kg:{end[len(ONTOLOGY) :]}" if isinstance(end, Iri) and end.startswith(ONTOLOGY) else end
    alias = _aliases().get(predicate, _Alias(predicate))
    if not isinstance(end, Literal):
        return alias.name, end if alias.type == "@id" else {"@id": end}
    return alias.name, _value(alias, end)


def _value(alias: _Alias, end: Literal) -> Any:
    if end.language == alias.language and end.datatype == alias.type:
        return end.value
    more = {"@language": end.language, "@type": end.datatype}
    return {"@value": end.value, **{name: value for name, value in more.items() if value}}
