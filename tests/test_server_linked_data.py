"""IRIs that dereference, and names that try to be more than names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import rdflib
import toygraph
from serving import Served, page, serving

from kg import ids
from kg.graph import Graph

BASE = "https://w3id.org/govkg/id/"
ENTITY = "/id/official/甘雨田"
RUN = "window.ran=1"
HOSTILE = (
    f"<script>{RUN}</script>",
    f'"><img src=x onerror={RUN}>',
    f"'><svg onload={RUN}>",
    f"</title><script>{RUN}</script>",
    f"javascript:{RUN}",
    "{{7*7}}",
    "{% raw %}",
    "{0} {1}",
    "&lt;b&gt;&amp;",
    "a/b?c=d&e=f#g",
    "..",
    "%2F%00%",
    "甲\u202e乙",
    "\u0007铃",
    "<!--",
    "]]>",
    "\\\"'",
    f"<a href='javascript:{RUN}'>点</a>",
    "</script>",
    "</svg>",
    "</textarea>",
    "x" * 3000,
)


@pytest.fixture(scope="module")
def server(toy_graph: Path) -> Iterator[Served]:
    with serving(toy_graph, "--workers", 2) as one:
        yield one


class TestLinkedData:
    @pytest.mark.parametrize(
        ("media", "form"),
        [
            ("text/turtle", "turtle"),
            ("application/rdf+xml", "xml"),
            ("application/ld+json", "json-ld"),
            ("application/n-triples", "nt"),
        ],
    )
    def test_an_iri_gives_rdf_to_programs(self, server: Served, media: str, form: str) -> None:
        answer = server.get(ENTITY, media)
        assert answer.headers["content-type"].startswith(media)
        assert "accept" in answer.headers["vary"].lower()
        graph = rdflib.Graph().parse(data=answer.text, format=form)
        person = rdflib.URIRef(f"{BASE}official/甘雨田")
        assert str(graph.value(person, rdflib.SKOS.prefLabel)) == "甘雨田"
        assert (
            person,
            rdflib.URIRef("https://w3id.org/govkg/ontology#leads"),
            rdflib.URIRef(f"{BASE}organization/云岭省民政厅"),
        ) in graph

    def test_browsers_get_a_page_and_the_address_can_ask_for_data(self, server: Served) -> None:
        browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
        assert server.get(ENTITY, browser).headers["content-type"].startswith("text/html")
        assert server.get(f"{ENTITY}?format=turtle", browser).headers["content-type"].startswith("text/turtle")

    def test_every_iri_of_the_graph_dereferences(self, server: Served) -> None:
        iris = server.values(f'SELECT DISTINCT ?s {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), "{BASE}")) }}')
        assert len(iris) > 30
        for iri in iris:
            path = "/id/" + iri.removeprefix(BASE)
            assert f"<{iri}>" in server.get(path, "application/n-triples").text
            assert server.get(quote(path, safe="/%"), "text/html").status_code == 200

    @pytest.mark.parametrize("path", ["/id/official/没有", "/id/", "/id/official/%FF", "/id//", "/id/a%00b"])
    def test_what_is_not_in_the_graph_is_404(self, server: Served, path: str) -> None:
        assert server.get(path, "text/turtle").status_code == 404
        assert server.get(path, "text/html").status_code == 404

    def test_the_ontology_and_the_editor_are_at_hand(self, server: Served) -> None:
        assert len(rdflib.Graph().parse(data=server.get("/ontology").text, format="turtle")) > 100
        assert server.get("/sparql", "text/html").headers["location"] == "/query"


def test_whatever_stands_in_a_name_is_text(tmp_path: Path) -> None:
    entities, facts, paper = (
        [],
        [],
        toygraph.document(
            "".join(f"{one}主持。\n" for one in HOSTILE)[:-1], title=HOSTILE[0], source=f"{HOSTILE[1]}.txt"
        ),
    )
    for number, text in enumerate(HOSTILE):
        person = toygraph.entity(
            "official", text, toygraph.mention(paper, text, "official", number), aliases=(f"{text}又",)
        )
        body = toygraph.entity("organization", f"{text}局")
        entities += [person, body]
        facts.append(toygraph.fact("leads", person, body, number, paper, title=text, since=text[:20]))
    folder = toygraph.build(
        Graph(documents=(paper,), entities=tuple(entities), assertions=tuple(facts)), tmp_path / "graph"
    )
    with serving(folder, "--workers", 1) as server:
        paths = [f"/id/{quote(ids.entity_key('official', text), safe='/%')}" for text in HOSTILE if text != ".."]
        paths += [f"/search?q={quote(text[:100])}" for text in HOSTILE]
        paths += [
            "/",
            "/documents",
            "/search",
            "/id/" + server.values("SELECT ?d { ?d a kg:Document }")[0].removeprefix(BASE),
        ]
        for path in paths:
            shape = page(server, path)
            assert not [a for tag, a in shape.tags if tag in ("script", "img", "iframe", "style")], path
            assert not [a for _, a in shape.tags if any(name.startswith("on") for name in a)], path
            assert all(
                link.startswith(("/", "?", "#", "https://w3id.org/", "http://www.w3.org/")) for link in shape.links()
            ), path
