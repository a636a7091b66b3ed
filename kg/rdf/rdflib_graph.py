"""The store as rdflib sees it, for reading: rdflib's own ways of reaching out and of losing data are shut.

- oxrdflib makes the default graph a graph of its own unless it is named as rdflib names it.
- rdflib parses what FROM names over the network, and the engine asks what SERVICE names: both are refused,
  as are updates.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

import oxrdflib
import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.query import Result

from kg.errors import GraphError
from kg.rdf.layout import prefixes
from kg.rdf.store import Store
from kg.rdf.syntax import check_allowed


def _values(bindings: Mapping[str, rdflib.term.Identifier]) -> str:
    """Bindings as part of the query: the engine takes them only for what is selected, rdflib for any variable."""
    names = " ".join(f"?{str(name).lstrip('?')}" for name in bindings)
    return f"\nVALUES ({names}) {{ ({' '.join(term.n3() for term in bindings.values())}) }}" if bindings else ""


def _plain(end: Any) -> Any:
    typed = isinstance(end, rdflib.Literal) and end.datatype == rdflib.XSD.string
    return rdflib.Literal(str(end)) if typed else end


class ReadOnlyGraph(rdflib.Graph):
    """An rdflib Graph whose triples stay in the store; everything that would change it raises GraphError."""

    def __init__(self, store: Store, base: str) -> None:
        engine = oxrdflib.OxigraphStore(store=store.engine)
        super().__init__(store=engine, identifier=DATASET_DEFAULT_GRAPH_ID, bind_namespaces="none")
        for prefix, iri in prefixes(base).items():
            self.namespace_manager.bind(prefix, iri, override=True, replace=True)

    def triples(self, triple: Any) -> Any:
        """As rdflib's; plain texts come without a datatype, so that they equal rdflib's own."""
        for subject, predicate, end in super().triples(triple):
            yield subject, predicate, _plain(end)

    def query(self, query_object: Any, *args: Any, initBindings: Any = None, **kwargs: Any) -> Result:
        """As rdflib's; the usual prefixes need no declaration.

        Raises QueryError on updates, SERVICE and FROM, which are refused.
        """
        check_allowed(str(query_object))
        return super().query(f"{query_object}{_values(initBindings or {})}", *args, **kwargs)

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise GraphError("a built graph is only read; copy it first: rdflib.Graph() + graph")

    add = addN = remove = set = update = parse = load = _refuse
    __iadd__ = __isub__ = commit = rollback = destroy = _refuse
