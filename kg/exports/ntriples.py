"""N-Triples: one triple a line, nothing shortened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from kg.rdf.terms import Blank, Iri, Literal, Resource, Term
from kg.rdf.writer import Writer

TermText = Callable[[Term], str]


def term_text() -> TermText:
    """A function that writes a term; it raises GraphError on what is no IRI."""
    full = Writer({})
    iri = lru_cache(maxsize=65536)(full.iri)

    def text(term: Term) -> str:
        if isinstance(term, Iri):
            return iri(term)
        if isinstance(term, Blank):
            return f"_:{term}"
        value, language, datatype = term
        # A literal without its datatype: that of a bare number would be told by its form.
        quoted = full.literal(Literal(value, language))
        return f"{quoted}^^{iri(datatype)}" if datatype else quoted

    return text


def ntriples(resources: Iterable[Resource]) -> Iterator[str]:
    """The file line by line, sorted within each subject."""
    text = term_text()
    for resource in resources:
        yield "".join(f"{line} .\n" for line in lines(resource, text))


def lines(resource: Resource, text: TermText) -> list[str]:
    """The triples of a resource, sorted, without the final dot."""
    subject = text(resource.subject)
    return sorted(f"{subject} {text(predicate)} {text(end)}" for predicate, end in resource.properties)
