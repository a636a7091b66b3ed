"""The pages, made by a worker from its snapshot: what each shows, and in which template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.config import ONTOLOGY
from kg.rdf.store import Row
from kg.rdf.vocabulary import DCTERMS, RDF, SKOS, vocabulary
from kg.server import article, drawing, index
from kg.server.examples import examples
from kg.server.facts import SHOWN, Fact, facts, facts_of_document, groups, properties, text
from kg.server.rendering import render
from kg.server.snapshot import FILES

if TYPE_CHECKING:
    from kg.server.answers import Answers

PER_PAGE = 30
MOST_FACTS = 400  # of one document, beside its text
_FEW = 8  # neighbours whose lines have room for a name each
_RECENT = """SELECT ?d ?title ?date ?publisher { ?d a kg:Document ; dcterms:title ?title .
  OPTIONAL { ?d dcterms:date ?date } OPTIONAL { ?d dcterms:publisher ?publisher } }
  ORDER BY DESC(STR(?date)) ?title ?d LIMIT %d OFFSET %d"""
_POSTS = frozenset({"leads", "holdsPostIn"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as text."""

    text: str
    status: int = 200
    type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Facts of one relation and direction: some of them, and how many there are."""

    relation: str
    way: str
    facts: tuple[Fact, ...]
    number: int
    start: int


class Pages:
    """The pages of one snapshot."""

    def __init__(self, answers: Answers, snapshot: Path) -> None:
        self._answers, self._snapshot, self.base = answers, snapshot, answers.base

    def ask(self, sparql: str) -> list[Row]:
        """The rows of a SELECT."""
        found = self._answers.store.query(sparql, self._answers.prefixes)
        assert isinstance(found, tuple)
        return found[1]

    def page(self, request: Mapping[str, Any]) -> Page:
        """The page that is asked for; a page that says so where there is none."""
        if request["path"] == "index":
            index.make(self.ask, self.base, self._snapshot / index.FILE)
            return Page(text="")
        makers: Mapping[str, Callable[[Mapping[str, Any]], Page]] = {
            "home": self._home, "search": self._search, "documents": self._documents, "query": self._query,
            "downloads": self._downloads, "id": self._resource,
        }  # fmt: skip
        return makers.get(request["path"], self._missing)(request)

    def _render(self, template: str, request: Mapping[str, Any], *, status: int = 200, **values: Any) -> Page:
        shared: dict[str, Any] = {"lang": request["lang"], "base": self.base, "address": request["address"]}
        shared["iri_of"] = lambda key: self.base + key
        return Page(text=render(template, {**shared, **values}), status=status)

    def _missing(self, request: Mapping[str, Any]) -> Page:
        return self._render("missing.html", request, status=404)

    def _index(self) -> index.Index:
        return index.Index(self._snapshot)

    def _home(self, request: Mapping[str, Any]) -> Page:
        found = self._index()
        classes = found.counts("class")
        kinds = {name: classes.get(str(term.iri).rpartition("#")[2], 0) for name, term in vocabulary().kinds.items()}
        return self._render(
            "home.html", request, kinds=kinds, relations=found.counts("relation"), documents=classes.get("Document", 0),
            busiest=[(kind, found.all(kind, count=6)[1]) for kind in kinds], recent=self._listed(0, 8),
            explorer=(self._snapshot / FILES / "graph.html").is_file(),
        )  # fmt: skip

    def _search(self, request: Mapping[str, Any]) -> Page:
        given = request["params"]
        wanted, kind, at = given.get("q", "")[:200], given.get("kind", ""), _number(given.get("page"))
        kind = kind if kind in vocabulary().kinds else ""
        count, hits = self._index().find(wanted, kind, start=at * PER_PAGE, count=PER_PAGE)
        found = {"q": wanted, "kind": kind, "hits": hits, "count": count, "at": at, "pages": _pages(count)}
        return self._render("search.html", request, **found)

    def _listed(self, start: int, count: int) -> list[tuple[str, ...]]:
        return [tuple(map(text, row)) for row in self.ask(_RECENT % (count, start))]

    def _documents(self, request: Mapping[str, Any]) -> Page:
        at, count = _number(request["params"].get("page")), self._index().counts("class").get("Document", 0)
        rows = self._listed(at * PER_PAGE, PER_PAGE)
        return self._render("documents.html", request, rows=rows, count=count, at=at, pages=_pages(count))

    def _query(self, request: Mapping[str, Any]) -> Page:
        return self._render("query.html", request, examples=examples(), prefixes=self._answers.prefixes)

    def _downloads(self, request: Mapping[str, Any]) -> Page:
        files = sorted((self._snapshot / FILES).iterdir())
        return self._render("downloads.html", request, files=[(one.name, one.stat().st_size) for one in files])

    def _resource(self, request: Mapping[str, Any]) -> Page:
        iri = self.base + request["key"]
        said = properties(self.ask, iri)
        if not said:
            return self._render("missing.html", request, status=404, iri=iri)
        kind = request["key"].partition("/")[0]
        if kind in vocabulary().kinds and SKOS + "prefLabel" in said:
            return self._entity(request, iri, kind, said)
        return self._document(request, iri, said) if kind == "document" else self._plain(request, iri, said)

    def _plain(self, request: Mapping[str, Any], iri: str, said: dict[str, list[str]]) -> Page:
        return self._render("resource.html", request, iri=iri, said=said)

    def _entity(self, request: Mapping[str, Any], iri: str, kind: str, said: dict[str, list[str]]) -> Page:
        given = request["params"]
        at, only = _number(given.get("page")), (given.get("relation", ""), given.get("way", ""))
        counts = {pair: n for pair, n in groups(self.ask, iri).items() if only in (("", ""), pair)}
        order = list(vocabulary().relations.values())
        rank = {(term.name, way): (at, way) for at, term in enumerate(order) for way in ("out", "in")}
        shown = [
            Group(relation=r, way=w, number=n, start=at * SHOWN, facts=facts(self.ask, iri, r, w, start=at * SHOWN))
            for (r, w), n in sorted(counts.items(), key=lambda item: rank.get(item[0], (len(order), "")))
        ]
        posts = [fact for one in shown if one.relation in _POSTS and one.way == ("out" if kind == "official" else "in")
                 for fact in one.facts]  # fmt: skip
        bars, years = drawing.timeline(posts, iri)
        around = drawing.neighbours(iri, _mixed([one.facts for one in shown]), self.base)
        classes = [name for one in said.get(RDF + "type", ()) if (name := one.rpartition("#")[2]) in vocabulary().terms]
        return self._render(
            "entity.html", request, iri=iri, key=request["key"], kind=kind, name=said[SKOS + "prefLabel"][0], said=said,
            aliases=said.get(SKOS + "altLabel", []), classes=classes, groups=shown, only=only, at=at, size=SHOWN,
            bars=bars, years=years, around=around, spans=_spans(around),
            top=min([0.0, *(node.y for node in around)]) - 53, height=_height(around),
        )  # fmt: skip

    def _document(self, request: Mapping[str, Any], iri: str, said: dict[str, list[str]]) -> Page:
        found = facts_of_document(self.ask, iri, count=MOST_FACTS)
        sources, digest = said.get(DCTERMS + "source", []), said.get(ONTOLOGY + "contentHash", [""])[0]
        body = article.content(sources, digest, Path(request["folder"]))
        known, called = article.marks(found), article.names(self.ask, iri, found)
        said_there = article.sentences(self.ask, iri)
        anchors = [start for start, _ in said_there]
        parts = [(0, body)] if body is not None else said_there
        pieces = [article.pieces(part, start, known, called, anchors) for start, part in parts]
        return self._render(
            "document.html", request, iri=iri, key=request["key"], said=said, facts=found, pieces=pieces,
            whole=body is not None, title=said.get(DCTERMS + "title", [request["key"]])[0], sources=sources,
            most=MOST_FACTS,
        )  # fmt: skip


def _mixed(found: list[tuple[Fact, ...]]) -> list[Fact]:
    """Facts of all groups in turn, so that a large group does not hide the small ones."""
    longest = max((len(one) for one in found), default=0)
    return [one[at] for at in range(longest) for one in found if at < len(one)]


def _spans(nodes: tuple[drawing.Node, ...]) -> list[tuple[str, str, float, float]]:
    """Where the name of each relation stands in the drawing: on every line of a few, on one of those side by side."""
    found = []
    for (relation, way), group in groupby(nodes, key=lambda node: (node.relation, node.way)):
        same = list(group)
        named = same if len(nodes) <= _FEW else [same[len(same) // 2]]
        found += [(relation, way, round(node.x * 0.52, 1), round(node.y * 0.52, 1)) for node in named]
    return found


def _height(nodes: tuple[drawing.Node, ...]) -> float:
    """How high the drawing is, with room for names above and below."""
    ys = [0.0, *(node.y for node in nodes)]
    return max(ys) - min(ys) + 106


def _number(value: str | None) -> int:
    """The number of a page, from 0; 0 for what is none."""
    return min(int(value) - 1, 1_000_000) if value and value.isascii() and value.isdigit() and int(value[:9]) > 0 else 0


def _pages(count: int) -> int:
    return max(1, -(-count // PER_PAGE))
