"""A SPARQL server somewhere else: one of its graphs cleared, filled and counted, over HTTP."""

from __future__ import annotations

import base64
import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import IO, Any
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from kg.errors import GraphError

_AGAIN = frozenset({429, 502, 503, 504})  # worth another try
_NO_QUERIES = frozenset({400, 404, 405, 415})  # what answers where nothing takes queries
_UPDATING = ("update", "statements")  # last steps of addresses that take updates


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Which graph of which server, and how to reach it."""

    url: str
    graph: str | None  # IRI; None: the server's default graph
    protocol: str  # "gsp": Graph Store Protocol; "update": SPARQL updates
    query_url: str
    headers: Mapping[str, str] = field(default_factory=dict)  # who we are, to the server
    patience: tuple[float, ...] = (0.5, 1.0, 2.0, 4.0)  # seconds before each further try
    timeout: float = 120.0  # seconds


def target(
    url: str,
    *,
    graph: str | None,
    protocol: str | None = None,
    query_url: str | None = None,
    user: str | None = None,
    password: str | None = None,
    token: str | None = None,
) -> Target:
    """A target from what the user says; the rest follows from common forms of addresses.

    Raises GraphError when the address is none of http or https.
    """
    for one in (url, *([query_url] if query_url else [])):
        if not _is_address(one):
            raise GraphError(f"{one!r} is no address of a server; give one that begins with http:// or https://")
    chosen = protocol or ("update" if urlsplit(url).path.rstrip("/").endswith(_UPDATING) else "gsp")
    headers = {"User-Agent": "kg"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    elif user:
        known = base64.b64encode(f"{user}:{password or ''}".encode()).decode()
        headers["Authorization"] = f"Basic {known}"
    return Target(url=url, graph=graph, protocol=chosen, query_url=query_url or _queries(url), headers=headers)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets or a port that are none
        return False


def _queries(url: str) -> str:
    """Where a server that takes data at `url` most likely takes queries."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    for ending in ("/statements", "/rdf-graphs/service"):
        if path.endswith(ending):
            return urlunsplit(parts._replace(path=path.removesuffix(ending)))
    return urlunsplit(parts._replace(path=f"{path.rpartition('/')[0]}/query", query=""))


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirected POST would become a GET and store nothing."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class Server:
    """What can be done with a target; everything raises GraphError, in one line, when the server will not."""

    def __init__(self, where: Target) -> None:
        self.where = where
        self._open = urllib.request.build_opener(_NoRedirects).open

    def clear(self) -> None:
        """Empty the graph."""
        if self.where.protocol == "gsp":
            self._ask(self._graph_url(), method="DELETE", allowed=(404,))
            return
        self._update(f"CLEAR SILENT GRAPH <{self.where.graph}>" if self.where.graph else "CLEAR DEFAULT")

    def add(self, triples: Iterable[str]) -> None:
        """Add triples, in N-Triples; what stands already stays as it is."""
        lines = "".join(triples)
        if self.where.protocol == "gsp":
            self._ask(self._graph_url(), method="POST", data=lines.encode(), kind="application/n-triples")
            return
        inside = f"GRAPH <{self.where.graph}> {{\n{lines}}}" if self.where.graph else lines
        self._update(f"INSERT DATA {{\n{inside}}}")

    def count(self) -> int:
        """How many triples the graph holds."""
        pattern = f"GRAPH <{self.where.graph}> {{ ?s ?p ?o }}" if self.where.graph else "?s ?p ?o"
        data = urlencode({"query": f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}"}).encode()
        allowed = _NO_QUERIES if self.where.protocol == "gsp" else ()
        answer = self._ask(
            self.where.query_url,
            method="POST",
            data=data,
            kind="application/x-www-form-urlencoded",
            accept="application/sparql-results+json",
            allowed=allowed,
        )
        return self._count_lines() if answer is None else _number(answer, self.where.query_url)

    def _count_lines(self) -> int:
        """For servers that take no queries: fetch the graph and count."""
        answer = self._ask(self._graph_url(), method="GET", accept="application/n-triples", allowed=(404,))
        return sum(1 for line in (answer or b"").split(b"\n") if line.strip() and not line.startswith(b"#"))

    def _graph_url(self) -> str:
        graph = "default" if self.where.graph is None else f"graph={quote(self.where.graph, safe='')}"
        return f"{self.where.url}{'&' if '?' in self.where.url else '?'}{graph}"

    def _update(self, text: str) -> None:
        self._ask(self.where.url, method="POST", data=text.encode(), kind="application/sparql-update")

    def _ask(
        self,
        url: str,
        *,
        method: str,
        data: bytes | None = None,
        kind: str = "",
        accept: str = "*/*",
        allowed: Iterable[int] = (),
    ) -> bytes | None:
        """The body of the answer; None for a refusal that is `allowed`."""
        headers = {**self.where.headers, "Accept": accept, **({"Content-Type": kind} if kind else {})}
        request = urllib.request.Request(url, data=data, headers=headers, method=method)
        for wait in (*self.where.patience, None):
            try:
                with self._open(request, timeout=self.where.timeout) as answer:
                    return bytes(answer.read())
            except urllib.error.HTTPError as error:
                if error.code in allowed:
                    return None
                if error.code not in _AGAIN or wait is None:
                    raise GraphError(f"{url}: the server refuses: {_refusal(error)}") from error
            except (OSError, http.client.HTTPException) as error:
                if wait is None:
                    reason = getattr(error, "reason", None) or error
                    raise GraphError(
                        f"{url}: no answer ({reason}); run the command again to go on from here"
                    ) from error
            time.sleep(wait)
        raise AssertionError("the last try returns or raises")


def _refusal(error: urllib.error.HTTPError) -> str:
    where = error.headers.get("Location")
    body: IO[bytes] | None = error.fp
    said = body.read(300).decode("utf-8", "replace") if body else ""
    more = f"it points to {where}, give that address" if where else " ".join(said.split())
    return f"{error.code} {error.reason}{f': {more}' if more else ''}"


def _number(answer: bytes, url: str) -> int:
    try:
        return int(json.loads(answer)["results"]["bindings"][0]["n"]["value"])
    except (ValueError, LookupError, TypeError) as error:
        raise GraphError(f"{url}: answers no query; give the address that does with --query-url") from error
