"""Questions to a built graph, in SPARQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from kg.config import ONTOLOGY
from kg.errors import GraphError, QueryError
from kg.rdf.folder import STORE, reading
from kg.rdf.graph import FORMAT
from kg.rdf.layout import prefixes
from kg.rdf.store import Row, Store
from kg.rdf.syntax import check_allowed, explain, tokens
from kg.rdf.terms import Literal, Triple
from kg.rdf.vocabulary import OWL, VOID, vocabulary

_ABOUT = f"SELECT ?base ?version {{ ?g <{VOID}uriSpace> ?base ; <{OWL}versionInfo> ?version }}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to ASK."""

    value: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The answer to SELECT; None stands for an unbound variable."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]
    prefixes: Mapping[str, str]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """The answer to CONSTRUCT or DESCRIBE: triples, sorted, none twice."""

    triples: tuple[Triple, ...]
    prefixes: Mapping[str, str]
    notes: tuple[str, ...] = ()


Result: TypeAlias = Answer | Rows | Statements


def run_query(folder: Path, sparql: str) -> Result:
    """Ask the graph in `folder`; the prefixes of `kg.rdf.layout.prefixes` need no declaration.

    Raises GraphError when there is no graph, QueryError (with line and column) on a
    query that cannot be read, and on updates, SERVICE and FROM, which are refused.
    """
    check_allowed(sparql)
    with reading(folder):
        return ask(Store(folder / STORE), sparql)


def ask(store: Store, sparql: str) -> Result:
    """As `run_query`, on a store that is open."""
    check_allowed(sparql)
    known, notes = prefixes(base_of(store)), _notes(sparql)
    try:
        found = store.query(sparql, known)
    except QueryError as error:
        raise explain(sparql, str(error), known) from error
    if isinstance(found, bool):
        return Answer(value=found, notes=notes)
    if isinstance(found, list):
        return Statements(triples=tuple(sorted(set(found), key=_written)), prefixes=known, notes=notes)
    return Rows(variables=found[0], rows=tuple(found[1]), prefixes=known, notes=notes)


def base_of(store: Store) -> str:
    """What the IRIs of a graph begin with; raises GraphError when another version of the program wrote it."""
    found = store.query(_ABOUT, {})
    assert isinstance(found, tuple)
    for base, version in found[1]:
        if isinstance(base, Literal) and version == Literal(FORMAT):
            return base.value
        raise GraphError(
            f"the graph is of format {version and version[0]}, this program reads {FORMAT}; build it again"
        )
    raise GraphError("the store holds no graph of kg; build it again")


def _written(triple: Triple) -> tuple[str, str, tuple[str, ...]]:
    end = triple.object
    return triple.subject, triple.predicate, (*end,) if isinstance(end, Literal) else (end,)


def _notes(sparql: str) -> tuple[str, ...]:
    """A remark on each name under kg: that the ontology does not know: such a query finds nothing."""
    terms = vocabulary().terms
    names = (t.text[3:] for t in tokens(sparql) if t.kind == "name" and t.text.startswith("kg:"))
    full = (t.text[1:-1].removeprefix(ONTOLOGY) for t in tokens(sparql) if t.text.startswith(f"<{ONTOLOGY}"))
    unknown = dict.fromkeys(name for name in (*names, *full) if name and name not in terms)
    return tuple(f"kg:{name} is not in the ontology" for name in unknown)
