"""Turtle that people can read: sorted, grouped by subject, the same bytes in every run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from kg.exports.files import write_text
from kg.rdf.layout import prefixes, section_of, sections
from kg.rdf.terms import Resource
from kg.rdf.writer import Writer


def write_turtle(resources: Iterable[Resource], path: Path, *, base: str) -> None:
    """Write resources, which come in the order of `kg.rdf.layout.subject_order`, to a file.

    Raises GraphError when a term cannot stand in Turtle or the file cannot be written.
    """
    write_text(path, turtle(resources, base=base))


def turtle(resources: Iterable[Resource], *, base: str) -> Iterator[str]:
    """The file piece by piece: prefixes, then a block a subject, with a heading before each section."""
    write, names = Writer(prefixes(base)), sections()
    section = section_of(base)
    yield from write.head()
    for name, group in groupby(resources, key=lambda resource: section(resource.subject)):
        yield f"\n# ---- {names.get(name, '其他 Other')}\n"
        for resource in group:
            yield write.block(resource)
