"""A built graph in Python: as an rdflib Graph over the same store, and as a networkx MultiDiGraph."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kg.errors import GraphError, KgError
from kg.exports.formats import FIGURES, FORMS, Order, export
from kg.exports.network import network
from kg.exports.select import Filter
from kg.exports.source import source
from kg.rdf.query import Result, ask, base_of
from kg.rdf.store import Store
from kg.rdf.terms import Resource
from kg.server.snapshot import Snapshot

if TYPE_CHECKING:
    import networkx

    from kg.rdf.rdflib_graph import ReadOnlyGraph


class OpenGraph:
    """The graph in a folder as it was when it was opened; later builds neither change it nor wait for it.

    Close it, or use it in a `with` block: it keeps a snapshot in the folder until then.
    """

    def __init__(self, folder: Path) -> None:
        """Raises GraphError when there is no graph, or a damaged one."""
        self._snapshot: Snapshot | None = Snapshot(folder)
        try:
            self._store = Store(self._snapshot.store)
            self.base = base_of(self._store)
        except KgError:
            self.close()
            raise
        self.folder = folder

    def query(self, sparql: str) -> Result:
        """The answer to a query, as `kg query` gives it; raises QueryError as it does."""
        return ask(self._store, sparql)

    @cached_property
    def rdflib(self) -> ReadOnlyGraph:
        """The graph for rdflib, without a copy: the store answers. Reading alone."""
        from kg.rdf.rdflib_graph import ReadOnlyGraph

        return ReadOnlyGraph(self._store, self.base)

    @cached_property
    def networkx(self) -> networkx.MultiDiGraph:
        """Entities as nodes, relations that stand as edges, in memory: see `kg.exports.network.network`."""
        return network(self._resources())

    def export(
        self, path: str | Path, form: str, keep: Filter | None = None, *, infer: bool = False, others: bool = False
    ) -> None:
        """Write the graph, or what a filter leaves of it, as `kg export` does, in any of its forms.

        `others` is for the figures, "svg" and "png": see `kg.explorer.figure.write_figure`. Raises GraphError.
        """
        assert self._snapshot, "closed"
        if form in FIGURES:
            from kg.explorer.figure import write_figure

            write_figure(self._snapshot.path, Path(path), form, keep, infer=infer, others=others)
        elif form in FORMS:
            order = Order(format=form, path=Path(path), keep=keep or Filter(), infer=infer)
            export(self._snapshot.path, order)
        else:
            raise GraphError(f"no form {form!r}; there are: {', '.join((*FORMS, *FIGURES))}")

    def _resources(self) -> Iterator[Resource]:
        assert self._snapshot, "closed"
        with source(self._snapshot.path) as graph:
            yield from graph.again()

    def close(self) -> None:
        """Give the snapshot back; what was read from it into memory stays."""
        if self._snapshot:
            self._snapshot.remove()
            self._snapshot = None

    def __enter__(self) -> OpenGraph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self._store)


def open_graph(folder: str | Path) -> OpenGraph:
    """Open a built graph; raises GraphError when there is none."""
    return OpenGraph(Path(folder))
