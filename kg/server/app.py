"""The application: which address is answered by what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from kg import ids
from kg.rdf.vocabulary import ontology_folder
from kg.server.graphs import Graphs
from kg.server.headers import Headers
from kg.server.negotiate import GRAPH, HTML, MEDIA, PAGE, choose, named
from kg.server.protocol import Refused, asked
from kg.server.relay import ReplyResponse, plain, refusal, relay
from kg.server.settings import Settings
from kg.server.statics import asset

_ORIGIN = re.compile(r"https?://[A-Za-z0-9.\-]+(:\d+)?/|https?://\[[0-9a-fA-F:]+\](:\d+)?/")
LANGUAGES = ("zh", "en")
LANGUAGE = "kg_lang"  # the cookie
_PAGES = {"/": "home", "/search": "search", "/documents": "documents", "/query": "query", "/downloads": "downloads"}


def application(graphs: Graphs, settings: Settings) -> Starlette:
    """The whole application over the graphs of a folder."""
    site = _Site(graphs, settings)
    routes = [
        Route("/sparql", site.sparql, methods=["GET", "POST"]),
        Route("/.well-known/void", site.void),
        Route("/id/{key:path}", site.resource),
        Route("/ontology", site.ontology),
        Route("/explore", site.explore),
        Route("/download/{name}", site.download),
        Route("/assets/{name:path}", asset),
        *(Route(path, site.page) for path in _PAGES),
    ]
    middleware = [Middleware(Headers)]
    if settings.cors:
        middleware.append(
            Middleware(CORSMiddleware, allow_origins=settings.cors, allow_methods=["GET", "POST"], allow_headers=["*"])
        )
    return Starlette(routes=routes, middleware=middleware, exception_handlers={Refused: _refused, 404: site.missing})


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return ReplyResponse(refusal(error))


class _Site:
    def __init__(self, graphs: Graphs, settings: Settings) -> None:
        self.graphs, self.settings = graphs, settings

    async def _answer(self, request: Request, wanted: Mapping[str, Any]) -> Response:
        with self.graphs.use() as current:
            return await relay(request, current, wanted)

    async def sparql(self, request: Request) -> Response:
        found = await asked(request, most=self.settings.query)
        accept = request.headers.get("accept", "")
        if found is None:
            if choose(accept, {**MEDIA[GRAPH], **HTML}) == PAGE:
                return RedirectResponse("/query", 303, {"vary": "Accept"})
            return await self._graph(request, "service")
        return await self._answer(request, found.wanted(accept))

    async def void(self, request: Request) -> Response:
        return await self._graph(request, "void")

    async def _graph(self, request: Request, what: str, key: str = "") -> Response:
        wanted = {
            "do": "graph", "what": what, "key": key, "origin": _origin(request),
            "format": request.query_params.get("format", ""), "accept": request.headers.get("accept", ""),
            "headers": {"vary": "Accept, Accept-Encoding"},
        }  # fmt: skip
        return await self._answer(request, wanted)

    async def resource(self, request: Request) -> Response:
        """An IRI under the base: its page for people, RDF for programs."""
        key, accept = _key(request), request.headers.get("accept", "")
        wanted = request.query_params.get("format", "")
        form = named(wanted, {**HTML, **MEDIA[GRAPH]}) or choose(accept, {**MEDIA[GRAPH], **HTML})
        if form == PAGE:
            return await self.page(request, key)
        return await self._graph(request, "resource", key)

    async def page(self, request: Request, key: str = "") -> Response:
        lang, chosen = _language(request)
        headers = {"vary": "Accept, Accept-Encoding, Accept-Language, Cookie", "content-language": lang}
        if chosen:
            headers["set-cookie"] = f"{LANGUAGE}={lang}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly"
        wanted = {
            "do": "page", "path": "id" if key else _PAGES.get(request.url.path, ""), "key": key, "lang": lang,
            "params": dict(request.query_params), "headers": headers, "folder": str(self.graphs.folder),
            "address": _without_language(request),
        }  # fmt: skip
        return await self._answer(request, wanted)

    async def missing(self, request: Request, error: Exception) -> Response:
        if choose(request.headers.get("accept", ""), {"plain": ("text/plain",), **HTML}) == PAGE:
            return await self.page(request)
        return plain(404, "there is nothing at this address; SPARQL is at /sparql, entities at /id/")

    async def explore(self, request: Request) -> Response:
        return await self.download(request, "graph.html")

    async def download(self, request: Request, name: str = "") -> Response:
        """A file of the build, from the snapshot; it can be read on when a new build takes over."""
        with self.graphs.use() as current:
            path = current.snapshot.file(name or request.path_params["name"])
            if path is None:
                return plain(404, "the build has made no such file; see /downloads")
            return _Held(path, name)

    async def ontology(self, request: Request) -> Response:
        return FileResponse(ontology_folder() / "kg.ttl", media_type="text/turtle")


class _Held(FileResponse):
    """A file that is open already, so that it may be deleted while it is sent."""

    def __init__(self, path: Path, shown: str) -> None:
        self._kept = path.open("rb")
        suffixes = {".ttl": "text/turtle", ".html": "text/html", ".nt": "application/n-triples"}
        media = suffixes.get(path.suffix, "application/octet-stream")
        super().__init__(f"/dev/fd/{self._kept.fileno()}", media_type=media, stat_result=path.stat(),
                         filename=None if shown else path.name)  # fmt: skip

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        with self._kept:
            await super().__call__(scope, receive, send)


def _key(request: Request) -> str:
    """The key of an entity from the address, however much of it the client has percent-encoded."""
    raw = request.scope.get("raw_path", b"").decode("latin-1").removeprefix("/id/")
    try:
        return "/".join(ids.segment(unquote(part, errors="strict")) for part in raw.split("/"))
    except (UnicodeDecodeError, ValueError) as error:
        raise Refused(404, "there is nothing at this address: it is no IRI of this graph") from error


def _origin(request: Request) -> str:
    """What our own addresses begin with, as the client sees them."""
    found = str(request.base_url)
    return found if _ORIGIN.fullmatch(found) else "http://localhost/"


def _language(request: Request) -> tuple[str, bool]:
    """The language of pages, and whether it was chosen just now."""
    chosen = request.query_params.get("lang", "")
    if chosen in LANGUAGES:
        return chosen, True
    kept = request.cookies.get(LANGUAGE, "")
    if kept in LANGUAGES:
        return kept, False
    offers = {"zh": ("zh/x",), "en": ("en/x",)}
    asked_for = request.headers.get("accept-language", "")
    wanted = ",".join(re.sub(r"^\s*([a-zA-Z]+)[a-zA-Z0-9-]*", r"\1/x", part) for part in asked_for.split(","))
    return choose(wanted, offers) or "zh", False


def _without_language(request: Request) -> str:
    """This address without its choice of language, ready for one to be added."""
    kept = [part for part in request.url.query.split("&") if part and not part.startswith("lang=")]
    return "&".join([*kept, "lang="])
