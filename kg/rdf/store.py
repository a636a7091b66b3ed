"""The only importer of the engine: Oxigraph, in memory for reading files, on disk for a built graph."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import IO, Any, TypeAlias

import pyoxigraph as ox

from kg.errors import GraphError, QueryError
from kg.rdf.terms import XSD, Blank, Iri, Literal, Resource, Subject, Term, Triple

Row: TypeAlias = tuple[Term | None, ...]
Table: TypeAlias = tuple[tuple[str, ...], list[Row]]  # variables, rows

ROW_FORMS: Mapping[str, ox.QueryResultsFormat] = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPH_FORMS: Mapping[str, ox.RdfFormat] = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}

_PLAIN = frozenset({XSD + "string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"})


# Triples loaded at a time. `bulk_load` holds a million of them before it writes: 840 MB, where these need 160.
_PART = 100_000


def _term(term: object) -> Term:
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if isinstance(term, ox.Literal):
        datatype = term.datatype.value
        return Literal(term.value, term.language or "", "" if datatype in _PLAIN else datatype)
    if isinstance(term, ox.BlankNode):
        return Blank(term.value)
    raise GraphError(f"a term that is neither IRI, literal nor blank node: {term}")


def _subject(term: object) -> Subject:
    found = _term(term)
    if isinstance(found, Literal):
        raise GraphError(f"a literal stands as subject: {found.value!r}")
    return found


def _triple(found: ox.Triple | ox.Quad) -> Triple:
    return Triple(_subject(found.subject), Iri(found.predicate.value), _term(found.object))


def _node(term: Term) -> Any:
    if isinstance(term, Literal):
        datatype = ox.NamedNode(term.datatype) if term.datatype else None
        return ox.Literal(term.value, datatype=datatype, language=term.language or None)
    return ox.BlankNode(term) if isinstance(term, Blank) else ox.NamedNode(term)


def _named(sparql: str, prefixes: Mapping[str, str]) -> dict[str, str]:
    """The prefixes that a query may use: the engine checks each IRI anew for every query."""
    if "\\u" in sparql or "\\U" in sparql:  # escapes, which may stand in names too
        return dict(prefixes)
    return {name: iri for name, iri in prefixes.items() if f"{name}:" in sparql}


def read_turtle(path: Path) -> Iterator[Triple]:
    """The triples of a Turtle file, in its order.

    Raises GraphError, naming the file and the position, when it is missing or malformed.
    """
    try:
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            yield _triple(quad)
    except (SyntaxError, OSError) as error:
        raise GraphError(f"{path}: cannot be read as Turtle: {error}") from error


def write_store(folder: Path, turtle: Path) -> None:
    """Make a store in `folder`, which must not exist, with what a Turtle file holds.

    Raises GraphError when the folder exists, the file is malformed or the disk is full.
    """
    if folder.exists():
        raise GraphError(f"{folder}: exists; a store is only written into a new folder")
    try:
        store = ox.Store(str(folder))
        quads = ox.parse(path=turtle, format=ox.RdfFormat.TURTLE)
        while part := list(islice(quads, _PART)):
            store.bulk_extend(part)
        store.optimize()
        store.flush()
    except (SyntaxError, OSError, RuntimeError) as error:
        raise GraphError(f"{folder}: the store cannot be written: {' '.join(str(error).split())}") from error


def _damaged(folder: Path, error: Exception) -> GraphError:
    return GraphError(f"{folder}: the store is damaged ({' '.join(str(error).split())}); build the graph again")


class Store:
    """A store on disk, opened for reading alone.

    Nobody may write into the folder meanwhile: `kg.rdf.folder` sees to that.
    """

    def __init__(self, folder: Path) -> None:
        """Raises GraphError when `folder` holds no store, or a damaged one."""
        if not (folder / "CURRENT").is_file():
            raise GraphError(f"{folder}: holds no graph; build one with: kg build PATH... --out {folder.parent}")
        try:
            self._store = ox.Store.read_only(os.fspath(folder))
        except (OSError, RuntimeError) as error:
            raise _damaged(folder, error) from error
        self._folder = folder

    def __len__(self) -> int:
        return len(self._store)

    @property
    def engine(self) -> Any:
        """The engine's own store, for other libraries that stand on it."""
        return self._store

    def triples(self) -> Iterator[Triple]:
        """All triples, in no order."""
        try:
            yield from map(_triple, self._store)
        except (OSError, RuntimeError) as error:
            raise _damaged(self._folder, error) from error

    def subjects(self) -> set[Subject]:
        """Every subject once."""
        rows = self._store.query("SELECT DISTINCT ?s WHERE { ?s ?p ?o }")
        assert isinstance(rows, ox.QuerySolutions)
        return {_subject(row[0]) for row in rows}

    def resource(self, subject: Subject) -> Resource:
        """All that is said of a subject; without properties when nothing is."""
        quads = self._store.quads_for_pattern(_node(subject), None, None, ox.DefaultGraph())
        return Resource(subject, tuple((Iri(quad.predicate.value), _term(quad.object)) for quad in quads))

    def states(self, triple: Triple) -> bool:
        """Whether a triple stands here."""
        subject, predicate, end = (_node(term) for term in triple)
        return next(self._store.quads_for_pattern(subject, predicate, end, ox.DefaultGraph()), None) is not None

    def query(self, sparql: str, prefixes: Mapping[str, str]) -> bool | Table | list[Triple]:
        """The answer of ASK; variables and rows of SELECT; triples of CONSTRUCT and DESCRIBE.

        Raises QueryError with the engine's message when the query is malformed or cannot be
        evaluated, GraphError when the store is damaged. Checks nothing else: SERVICE is for
        the caller to refuse.
        """
        try:
            found = self._store.query(sparql, prefixes=_named(sparql, prefixes))
            if isinstance(found, ox.QueryBoolean):
                return bool(found)
            if isinstance(found, ox.QueryTriples):
                return [_triple(triple) for triple in found]
            names = tuple(variable.value for variable in found.variables)
            width = range(len(names))
            return names, [tuple(None if row[i] is None else _term(row[i]) for i in width) for row in found]
        except (SyntaxError, ValueError) as error:
            raise QueryError(str(error)) from error
        except (OSError, RuntimeError) as error:  # RuntimeError: damage, or a function that there is not
            if isinstance(error, OSError) or "orruption" in str(error):
                raise _damaged(self._folder, error) from error
            raise QueryError(str(error)) from error

    def write(self, sparql: str, prefixes: Mapping[str, str], choose: Callable[[bool], str], out: IO[bytes]) -> None:
        """Write the answer to a query as the engine finds it, in no order but the query's.

        `choose` is told whether the answer is a graph, and names one of GRAPH_FORMS or of
        ROW_FORMS; what it or `out` raises comes through. Raises as `query` does, though
        some of it only after a part has been written.
        """
        try:
            found = self._store.query(sparql, prefixes=_named(sparql, prefixes))
            if isinstance(found, ox.QueryTriples):
                ox.serialize(found, out, format=GRAPH_FORMS[choose(True)], prefixes=dict(prefixes))
            else:
                found.serialize(out, format=ROW_FORMS[choose(False)])
        except (SyntaxError, ValueError) as error:
            raise QueryError(str(error)) from error
        except RuntimeError as error:
            if "orruption" in str(error):
                raise _damaged(self._folder, error) from error
            raise QueryError(str(error)) from error
