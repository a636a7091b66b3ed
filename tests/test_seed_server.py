"""A server over the graph of the seeds: what it says over HTTP is what the graph says."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
import rdflib
from running import ROOT
from serving import Served, command, serving
from told import SCHEMA, Told, told

from kg.config import BASE
from kg.rdf.query import Rows, run_query
from kg.rdf.terms import Literal

pytestmark = pytest.mark.filterwarnings("ignore:.*is deprecated:DeprecationWarning:rdflib")
QUERIES = sorted((ROOT / "docs" / "queries").glob("*.rq"))
PAGE = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"
TYPES = {"text/turtle": "turtle", "application/ld+json": "json-ld", "application/n-triples": "nt"}
ROWS = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")


class Words(HTMLParser):
    """The text and the links of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.links = "", list[str]()
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value for name, value in attrs if name in ("href", "src") and value]


@pytest.fixture(scope="module")
def server(seed_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served") / "graph"
    shutil.copytree(seed_graph, folder)
    with serving(folder, "--workers", 1) as one:
        yield one


@pytest.fixture
def graph(seed_graph: Path) -> Told:
    return told(seed_graph)


def path(iri: str) -> str:
    """Where the server has the page of a thing."""
    return "/id/" + quote(iri.removeprefix(BASE), safe="/%")


def page(server: Served, where: str, lang: str = "zh") -> Words:
    answer = server.get(where, PAGE, **{"accept-language": lang})
    assert answer.status_code == 200, (where, answer.text[:200])
    return Words(answer.text)


class TestPages:
    def test_each_thing_has_one_with_its_names(self, server: Served, graph: Told) -> None:
        for iri, name in graph.name.items():
            found = page(server, path(iri))
            assert name in found.text
            assert all(alias in found.text for alias in graph.aliases[iri])

    def test_each_thing_s_page_shows_the_sentences_of_its_facts(self, server: Served, graph: Told) -> None:
        for iri in [one for one, kind in graph.kind.items() if kind == "Official"]:
            text = "".join(page(server, path(iri)).text.split())
            for fact in graph.facts:
                if fact.subject == iri:
                    assert graph.name[fact.object] in text
                    assert all("".join(proof.quote.split()) in text for proof in fact.proofs)

    def test_each_document_has_one(self, server: Served, graph: Told) -> None:
        for node in graph.documents():
            found = page(server, path(str(node)))
            assert graph.text(node, rdflib.DCTERMS.title) in found.text

    def test_a_document_s_page_leads_to_what_it_mentions(self, server: Served, graph: Told) -> None:
        for node in graph.documents():
            links = {urlsplit(link).path for link in page(server, path(str(node))).links}
            mentioned = {path(str(one)) for one in graph.graph.objects(node, SCHEMA.mentions)}
            assert mentioned & links

    def test_no_link_is_broken(self, server: Served) -> None:
        seen, waiting = set[str](), ["/"]
        while waiting and len(seen) < 60:
            where = waiting.pop()
            answer = server.get(where, PAGE)
            assert answer.status_code == 200, where
            found = Words(answer.text).links if answer.headers["content-type"].startswith("text/html") else []
            inner = {link.split("#")[0] for link in found if link.startswith("/") and "store" not in link}
            waiting += sorted(inner - seen - set(waiting))
            seen |= inner

    def test_nothing_is_loaded_from_elsewhere(self, server: Served, graph: Told) -> None:
        for where in ("/", "/query", "/documents", path(next(iter(graph.name)))):
            for link in page(server, where).links:
                assert not link.startswith(("//", "javascript:"))

    @pytest.mark.parametrize(
        "where", ["/id/", "/id/official/查无此人", "/id/a/b/c/d", "/none", "/id/%00", "/..%2f..%2fetc"]
    )
    def test_what_is_not_there_is_404(self, server: Served, where: str) -> None:
        assert server.get(where, PAGE).status_code == 404


class TestSearch:
    def test_each_thing_is_found_by_its_name(self, server: Served, graph: Told) -> None:
        for iri, name in graph.name.items():
            found = page(server, f"/search?q={quote(name)}")
            assert path(iri) in {urlsplit(link).path for link in found.links}

    def test_a_part_of_a_name_is_enough(self, server: Served, graph: Told) -> None:
        for iri, name in list(graph.name.items())[::5]:
            if graph.kind[iri] == "Organization":
                assert name in page(server, f"/search?q={quote(name[:4])}").text

    @pytest.mark.parametrize("typed", ["", " ", "%", "<i id=x>", "'\"", "zzzzqq", "甲" * 300, "\x00", "😀"])
    def test_odd_questions_are_answered(self, server: Served, typed: str) -> None:
        answer = server.get(f"/search?q={quote(typed)}", PAGE)
        assert answer.status_code == 200
        assert "<i id=x>" not in answer.text


class TestLinkedData:
    @pytest.mark.parametrize("media", TYPES)
    def test_each_thing_in_each_form_is_part_of_the_graph(self, server: Served, graph: Told, media: str) -> None:
        for iri in list(graph.name)[::4]:
            answer = server.get(path(iri), media)
            assert answer.status_code == 200
            assert answer.headers["content-type"].startswith(media)
            found = rdflib.Graph().parse(data=answer.text, format=TYPES[media])
            own = {(s, p, o) for s, p, o in graph.graph if str(s) == iri}
            assert own <= set(found)

    def test_forms_of_one_thing_agree(self, server: Served, graph: Told) -> None:
        iri = next(one for one, kind in graph.kind.items() if kind == "Official")
        found = [
            set(rdflib.Graph().parse(data=server.get(path(iri), media).text, format=form))
            for media, form in TYPES.items()
        ]
        assert found[0] == found[1] == found[2]

    def test_what_is_not_there_is_404_in_every_form(self, server: Served) -> None:
        for media in TYPES:
            assert server.get("/id/official/none", media).status_code == 404


class TestQueries:
    @pytest.mark.parametrize("file", QUERIES, ids=lambda file: file.stem)
    def test_the_examples_answer_as_the_command_does(self, server: Served, seed_graph: Path, file: Path) -> None:
        sparql = file.read_text(encoding="utf-8")
        here = run_query(seed_graph, sparql)
        assert isinstance(here, Rows)
        there = server.ask(sparql, ROWS[0]).json()["results"]["bindings"]
        cells = [[row[name]["value"] if name in row else None for name in here.variables] for row in there]
        assert cells == [[c.value if isinstance(c, Literal) else c for c in row] for row in here.rows]

    def test_each_form_has_as_many_rows(self, server: Served) -> None:
        sparql = "SELECT ?s ?n { ?s a kg:Organization ; skos:prefLabel ?n } ORDER BY ?s"
        answers = [server.ask(sparql, media) for media in ROWS]
        assert [one.headers["content-type"].split(";")[0] for one in answers] == list(ROWS)
        count = len(json.loads(answers[0].text)["results"]["bindings"])
        assert answers[1].text.count("<result>") == count
        assert len(answers[2].text.strip().splitlines()) == len(answers[3].text.strip().splitlines()) == count + 1

    def test_get_and_post_answer_alike(self, server: Served) -> None:
        sparql = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        posted = server.client.post("/sparql", content=sparql, headers={"content-type": "application/sparql-query"})
        got = server.get(f"/sparql?query={quote(sparql)}", ROWS[0])
        assert posted.json() == got.json() == server.ask(sparql).json()

    def test_all_of_it_is_the_file(self, server: Served, graph: Told) -> None:
        answer = server.ask("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "application/n-triples")
        assert set(rdflib.Graph().parse(data=answer.text, format="nt")) == set(graph.graph)

    @pytest.mark.parametrize(
        "sparql",
        ["", "SELECT", "DROP ALL", "INSERT DATA { <a:a> <a:b> 1 }", "ASK { SERVICE <http://127.0.0.1:9/> {} }"],
    )
    def test_what_is_no_question_is_400_in_one_line(self, server: Served, sparql: str) -> None:
        answer = server.ask(sparql)
        assert answer.status_code == 400
        assert "Traceback" not in answer.text
        assert len(answer.text.strip().splitlines()) == 1

    def test_nothing_changes_the_graph(self, server: Served, graph: Told) -> None:
        for body in ({"update": "CLEAR ALL"}, {"query": "CLEAR ALL"}):
            assert server.client.post("/sparql", data=body).status_code == 400
        assert server.values("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == [str(len(graph.graph))]


class TestFiles:
    @pytest.mark.parametrize("name", ["graph.ttl", "graph.graphml", "graph.html"])
    def test_they_are_those_of_the_build(self, server: Served, seed_graph: Path, name: str) -> None:
        links = {link for link in page(server, "/downloads").links if link.endswith(name)}
        assert links
        assert server.get(links.pop()).content == (seed_graph / name).read_bytes()


class TestStarting:
    def test_a_port_that_is_taken(self, seed_graph: Path) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            line = [*command(seed_graph), "--port", str(port)]
            done = subprocess.run(line, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 2
        assert (
            done.stderr == f"kg: 127.0.0.1:{port}: the port is in use; stop what uses it, or give another with --port\n"
        )

    @pytest.mark.parametrize("host", ["no.such.host.invalid", "203.0.113.7"])
    def test_a_host_that_is_not_ours(self, seed_graph: Path, host: str) -> None:
        line = [sys.executable, "-m", "kg", "serve", "--graph", str(seed_graph), "--port", "0", "--host", host]
        done = subprocess.run(line, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        assert "--host" in done.stderr
