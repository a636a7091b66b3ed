"""Which corrections do nothing in a built graph, and which names it does not know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.model import Correction
from kg.rdf.folder import STORE, reading
from kg.rdf.layout import prefixes
from kg.rdf.query import base_of
from kg.rdf.store import Row, Store
from kg.rdf.terms import Literal

_USED = "SELECT DISTINCT ?said { ?thing kg:correction/dcterms:description ?said }"
_NAMES = """
SELECT DISTINCT ?name { { ?thing skos:prefLabel|skos:altLabel ?name } UNION
{ ?thing kg:divisionCode|kg:standardNumber|kg:documentNumber ?name } }
"""


def idle(folder: Path, said: Sequence[Correction]) -> tuple[Correction, ...]:
    """Those of the corrections that a graph was built with which match nothing in it. Raises GraphError."""
    used = _texts(_rows(folder, _USED)) if said else set()
    return tuple(one for one in said if str(one) not in used)


def unknown(folder: Path, references: Iterable[str]) -> tuple[str, ...]:
    """Those of the references of corrections by which nothing in a graph is called. Raises GraphError."""
    known = _texts(_rows(folder, _NAMES))
    return tuple(one for one in references if not known & set(_names(one)))


def _names(reference: str) -> tuple[str, ...]:
    """What a reference may name: itself, or without its kind and its owner."""
    rest = reference.partition("/")[2]
    return reference, rest, rest.rpartition("/")[0]


def _rows(folder: Path, sparql: str) -> list[Row]:
    with reading(folder):
        store = Store(folder / STORE)
        found = store.query(sparql, prefixes(base_of(store)))
    assert isinstance(found, tuple)
    return found[1]


def _texts(rows: Iterable[Row]) -> set[str]:
    return {term.value for (term,) in rows if isinstance(term, Literal)}
