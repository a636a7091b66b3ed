"""The page: one file of HTML that holds the graph, its evidence, and all that is needed to explore it, offline."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from json import loads
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.config import BASE, ONTOLOGY
from kg.explorer import safe
from kg.explorer.data import PageData, page_data
from kg.explorer.network import library, network
from kg.graph import Graph
from kg.rdf.vocabulary import vocabulary

if TYPE_CHECKING:
    from jinja2 import Environment

ASSETS = Path(__file__).parent / "assets"
STYLES = ("base.css", "layout.css", "panel.css")
SCRIPTS = (
    "data.js", "words.js", "state.js", "view.js", "graph.js", "hash.js", "filter.js", "spatial.js", "shapes.js",
    "crossings.js", "room.js", "labels.js", "overview.js", "paint.js", "element.js", "gestures.js",
    "engine_{engine}.js", "search.js",
    "searchbox.js", "facts.js", "panel.js", "legend.js", "timeline.js", "download.js", "export.js", "keys.js",
    "actions.js", "main.js",
)  # fmt: skip
MOST = 2000  # nodes that vis-network still draws quickly; more are drawn by our own canvas


def write_page(
    graph: Graph,
    path: Path,
    *,
    title: str,
    base: str = BASE,
    previous: Mapping[str, tuple[float, float]] | None = None,
    engine: str | None = None,
    extensions: Path | None = None,
) -> None:
    """Writes the explorer of `graph` to `path`, as UTF-8; the same graph gives the same bytes.

    `base` begins the IRIs in Turtle that readers save. `previous` (see `positions`) keeps
    what was drawn before near where it was. `engine` ("vis" or "canvas") overrides the
    choice by size. `extensions` is the folder of the user's own kinds and relations.
    """
    path.write_text(
        page(graph, title=title, base=base, previous=previous, engine=engine, extensions=extensions),
        encoding="utf-8",
        newline="\n",
    )


def page(
    graph: Graph,
    *,
    title: str,
    base: str = BASE,
    previous: Mapping[str, tuple[float, float]] | None = None,
    engine: str | None = None,
    extensions: Path | None = None,
) -> str:
    """The page as text; see `write_page`."""
    found = page_data(graph, previous)
    engine = engine or ("vis" if len(graph.entities) <= MOST else "canvas")
    own = _scripts(engine)
    scripts = [library(), own] if engine == "vis" else [own]
    style = "\n".join(_asset(name) for name in STYLES)
    parts = {
        "engine": engine,
        "title": _clean(title),
        "policy": safe.policy(scripts, [style]),
        "style": style,
        "scripts": scripts,
        "words": safe.data(_words(base, extensions)),
        "graph": safe.data(found.graph),
        "evidence": safe.data(found.evidence),
        "readings": safe.data(found.readings),
    }
    return _rendered(parts, found)


def positions(path: Path) -> dict[str, tuple[float, float]]:
    """Where a page written before shows each entity, by key; {} when the file holds no graph of this form."""
    text = path.read_text(encoding="utf-8")
    block = re.search(r'<script type="application/json" id="data-graph">(.*?)</script>', text, re.DOTALL)
    if block is None:
        return {}
    columns = loads(block.group(1))
    kinds = [columns["kinds"][kind] for kind in columns["kind"]]
    keys = [
        columns["key"].get(str(i), f"{kind}/{name}")
        for i, (kind, name) in enumerate(zip(kinds, columns["name"], strict=True))
    ]
    return {key: (x, y) for key, x, y in zip(keys, columns["x"], columns["y"], strict=True)}


def _rendered(parts: Mapping[str, Any], found: PageData) -> str:
    if parts["engine"] == "canvas":
        return _environment().get_template("page.html").render(parts, network=False)
    made = network(found.graph)
    made.templateEnv = _environment()
    made.templateEnv.globals.update(parts, network=True)
    made.path = "page.html"
    return str(made.generate_html())


def _environment() -> Environment:
    """Templates that escape what they are given; scripts, styles and data are made safe by `safe` and marked so."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(ASSETS), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )


def _scripts(engine: str) -> str:
    """Our modules as one strict script: they share a scope that nothing outside can reach."""
    texts: Sequence[str] = [_asset(name.format(engine=engine)) for name in SCRIPTS]
    return '(() => {\n"use strict";\n' + "\n".join(texts) + "})();\n"


def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def _clean(title: str) -> str:
    """The title without lone surrogates, which no file can hold."""
    return title.encode("utf-8", "replace").decode("utf-8")


def _words(base: str, extensions: Path | None) -> dict[str, object]:
    """Everything the page says, in both languages: its own words, and the ontology's labels of kinds and relations."""
    words: dict[str, object] = loads(_asset("words.json"))
    terms = vocabulary(extensions)
    labels = {
        name: {"iri": term.name, **term.labels} for name, term in (*terms.kinds.items(), *terms.relations.items())
    }
    classes = {term.name: dict(term.labels) for term in terms.terms.values() if term.is_class}
    return {"page": words, "terms": labels, "classes": classes, "base": base, "ontology": ONTOLOGY}
