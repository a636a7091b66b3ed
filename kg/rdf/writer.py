"""Terms and resources as Turtle text, in a form that every reader gives back unchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.errors import GraphError
from kg.rdf.layout import predicate_order
from kg.rdf.terms import XSD, Blank, Iri, Literal, Resource, Term

# What a local name may hold without escapes (PN_LOCAL of Turtle 1.1, the part that
# every reader takes): anything else is written as a full IRI.
_LETTER = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LOCAL = re.compile(f"[{_LETTER}_0-9](?:[{_LETTER}_0-9\u00b7\u0300-\u036f\u203f-\u2040.-]*[{_LETTER}_0-9\u00b7-])?")
_BAD_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
_SPECIAL = re.compile(r'["\\\x00-\x1f\x7f]')
_NAMED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_BARE = {  # only forms that no reader changes: rdflib reads a bare -.5 as -0.5
    XSD + "integer": re.compile(r"0|-?[1-9][0-9]*"),
    XSD + "decimal": re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]{1,6}"),
    XSD + "boolean": re.compile(r"true|false"),
}


class Writer:
    """Writes terms and blocks, remembering how IRIs are written."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = prefixes
        self._names = {iri: name for name, iri in prefixes.items()}
        self._predicates: dict[str, tuple[tuple[int, str], str]] = {}

    def head(self) -> Iterator[str]:
        for name, iri in self._prefixes.items():
            yield f"@prefix {name}: <{iri}> .\n"

    def block(self, resource: Resource) -> str:
        """A subject with its predicates and objects, sorted."""
        rows = sorted((*self._predicate(p), self.term(o)) for p, o in resource.properties)
        if not rows:
            return ""
        lines, last = [], ""
        for _, predicate, term in rows:
            lines.append(f",\n        {term}" if predicate == last else f" ;\n    {predicate} {term}")
            last = predicate
        lines[0] = lines[0][7:]
        return f"\n{self.term(resource.subject)} {''.join(lines)} .\n"

    def _predicate(self, iri: Iri) -> tuple[tuple[int, str], str]:
        if iri not in self._predicates:
            self._predicates[iri] = predicate_order(iri), "a" if iri == _TYPE else self.iri(iri)
        return self._predicates[iri]

    def term(self, term: Term) -> str:
        """A term in Turtle."""
        if type(term) is Iri:
            return self.iri(term)
        if isinstance(term, Literal):
            return self.literal(term)
        return f"_:{term}" if isinstance(term, Blank) else self.iri(term)

    def iri(self, iri: str) -> str:
        """`prefix:name` where Turtle allows it without escapes, else the full IRI."""
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        name = self._names.get(iri[:cut])
        if name is not None and _LOCAL.fullmatch(iri, cut):
            return f"{name}:{iri[cut:]}"
        if _BAD_IRI.search(iri):
            raise GraphError(f"{iri!r} is no IRI: it holds a character that must be percent-encoded")
        return f"<{iri}>"

    def literal(self, literal: Literal) -> str:
        value, language, datatype = literal
        if datatype in _BARE and _BARE[datatype].fullmatch(value):
            return value
        quoted = f'"{_SPECIAL.sub(_escape, value)}"' if _SPECIAL.search(value) else f'"{value}"'
        if language:
            return f"{quoted}@{language}"
        return f"{quoted}^^{self.iri(datatype)}" if datatype else quoted


def _escape(match: re.Match[str]) -> str:
    return _NAMED.get(match.group()) or f"\\u{ord(match.group()):04X}"
