"""What a worker answers: a query in the form that was agreed on, or a page."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import GraphError, QueryError
from kg.rdf.formats import as_turtle
from kg.rdf.layout import prefixes
from kg.rdf.query import ask, base_of
from kg.rdf.store import Store
from kg.rdf.syntax import check_allowed, explain
from kg.server import description
from kg.server.index import Index
from kg.server.negotiate import GRAPH, MEDIA, ROWS, choose, media_type, named
from kg.server.reply import Reply, Sink, TooLarge
from kg.server.settings import MIB
from kg.server.snapshot import FILES

Request = Mapping[str, Any]


class NotAcceptable(Exception):
    """The answer cannot take any form that the client accepts."""


class Answers:
    """A snapshot, open."""

    def __init__(self, snapshot: Path, *, result: int) -> None:
        """`result` limits the size of an answer in bytes.

        Raises GraphError when the snapshot is damaged or of another version.
        """
        self._snapshot, self._limit = snapshot, result
        self.store = Store(snapshot / "store")
        self.base = base_of(self.store)
        self.prefixes = prefixes(self.base)

    def reply(self, request: Request) -> Reply:
        """The answer to one request; whatever goes wrong on purpose is an answer too."""
        try:
            return {"query": self._query, "graph": self._graph, "page": self._page}[request["do"]](request)
        except QueryError as error:
            return _plain(400, f"the query cannot be answered: {error}")
        except NotAcceptable as error:
            return _plain(406, str(error))
        except TooLarge:
            return _plain(400, f"the answer has more than {self._limit // MIB} MiB; ask for less, say with LIMIT")
        except MemoryError:
            return _plain(503, "the query needs more memory than one may take; ask for less")
        except GraphError as error:
            return _plain(500, str(error))
        except OSError as error:
            if error.errno == errno.ENOSPC:
                return _plain(503, "the server's disk is full, so that the answer cannot be kept; try again later")
            return _plain(500, f"the store cannot be read ({' '.join(str(error).split())}); build the graph again")

    def _query(self, request: Request) -> Reply:
        sparql, chosen = request["sparql"], [""]
        sink = Sink(Path(request["spill"]), self._limit)

        def form(is_graph: bool) -> str:
            chosen[0] = agreed(request["accept"], request["format"], GRAPH if is_graph else ROWS)
            if chosen[0] in ("xml", "rdfxml"):
                sink.keep_xml()
            return chosen[0]

        if request["do"] == "query":
            check_allowed(sparql)
        try:
            self.store.write(sparql, self.prefixes, form, sink)  # type: ignore[arg-type]
        except QueryError as error:
            raise explain(sparql, str(error), self.prefixes) from error
        return sink.reply(type=media_type(chosen[0]), zipped=request["gzip"], headers=dict(request["headers"]))

    def _graph(self, request: Request) -> Reply:
        """A description of the server or its data, or what is said of a resource."""
        what, origin = request["what"], request["origin"]
        if what == "resource":
            iri = self.base + request["key"]
            found = self.store.query(f"ASK {{ <{iri}> ?p ?o }}", {})
            if not found:
                return _plain(404, f"the graph says nothing of <{iri}>")
            return self._described(request, description.resource(iri))
        index = Index(self._snapshot)
        if what == "service":
            return self._described(request, description.service(origin, index.counts("triples").get("", 0)))
        counts = {name: index.counts(name) for name in ("triples", "relation", "class")}
        dumps = [path.name for path in (self._snapshot / FILES).glob("graph.ttl")]
        return self._described(request, description.void(origin, self.base, counts, dumps))

    def _described(self, request: Request, sparql: str) -> Reply:
        """As `_query`, but Turtle is sorted and grouped, for people to read."""
        if agreed(request["accept"], request["format"], GRAPH) != "turtle":
            return self._query({**request, "sparql": sparql})
        sink = Sink(Path(request["spill"]), self._limit)
        sink.write(as_turtle(ask(self.store, sparql)).encode())
        return sink.reply(type=media_type("turtle"), zipped=request["gzip"], headers=dict(request["headers"]))

    def _page(self, request: Request) -> Reply:
        from kg.server.pages import Pages

        sink = Sink(Path(request["spill"]), self._limit)
        page = Pages(self, self._snapshot).page(request)
        sink.write(page.text.encode("utf-8", "replace"))
        made = sink.reply(type=page.type, zipped=request["gzip"], headers={**request["headers"], **page.headers})
        return Reply(status=page.status, type=made.type, body=made.body, file=made.file, headers=made.headers)


@lru_cache(maxsize=1024)
def agreed(accept: str, wanted: str, kind: str) -> str:
    """The form of an answer. Raises NotAcceptable, naming what there is."""
    offers = MEDIA[kind]
    found = named(wanted, offers) or choose(accept, offers)  # names of formats are many
    if found is None:
        what = "a graph" if kind == GRAPH else "rows, or yes or no"
        there = ", ".join(types[0] for types in offers.values())
        raise NotAcceptable(f"the answer is {what}; it can be sent as {there}")
    return found


def _plain(status: int, text: str) -> Reply:
    return Reply(status=status, body=f"{text}\n".encode("utf-8", "replace"), headers={"vary": "Accept"})
