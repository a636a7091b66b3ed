"""SPARQL 1.1 Protocol against a running server, with clients that know nothing of it."""

from __future__ import annotations

import csv
import io
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
import rdflib
from serving import SMALL, Served, serving
from SPARQLWrapper import CSV, JSON, JSONLD, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, XML, SPARQLWrapper

NAMES = ["甘雨田", "钱可风"]
GRAPH = "CONSTRUCT { ?x skos:prefLabel ?n } WHERE { ?x a kg:Official ; skos:prefLabel ?n }"
RESULTS = "{http://www.w3.org/2005/sparql-results#}"


@pytest.fixture(scope="module")
def server(toy_graph: Path) -> Iterator[Served]:
    with serving(toy_graph, "--timeout", 10) as one:
        yield one


def wrapper(server: Served, sparql: str, form: str, method: str = "GET", how: str | None = None) -> SPARQLWrapper:
    made = SPARQLWrapper(f"{server.url}sparql")
    made.setQuery(sparql)
    made.setMethod(method)
    if how:
        made.setRequestMethod(how)
    made.setReturnFormat(form)
    return made


@pytest.mark.parametrize(("method", "how"), [("GET", None), (POST, None), (POST, POSTDIRECTLY)])
class TestWithSparqlwrapper:
    def test_select(self, server: Served, method: str, how: str | None) -> None:
        sparql = (
            f"PREFIX kg: <https://w3id.org/govkg/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> {SMALL}"
        )
        found = wrapper(server, sparql, JSON, method, how).queryAndConvert()
        assert [row["n"]["value"] for row in found["results"]["bindings"]] == NAMES
        assert found["results"]["bindings"][0]["n"]["xml:lang"] == "zh"
        xml = wrapper(server, sparql, XML, method, how).queryAndConvert()
        assert [node.firstChild.data for node in xml.getElementsByTagName("literal")] == NAMES
        table = wrapper(server, sparql, CSV, method, how).queryAndConvert().decode()
        assert list(csv.reader(io.StringIO(table))) == [["n"], *([name] for name in NAMES)]
        assert wrapper(server, sparql, TSV, method, how).queryAndConvert().decode().split("\n")[0] == "?n"

    def test_ask(self, server: Served, method: str, how: str | None) -> None:
        found = wrapper(server, 'ASK { ?x ?y "甘雨田"@zh }', JSON, method, how).queryAndConvert()
        assert found["boolean"] is True

    def test_construct_and_describe(self, server: Served, method: str, how: str | None) -> None:
        sparql = (
            f"PREFIX kg: <https://w3id.org/govkg/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> {GRAPH}"
        )
        for form, reader in ((TURTLE, "turtle"), (RDFXML, None), (JSONLD, None)):
            found = wrapper(server, sparql, form, method, how).queryAndConvert()
            graph = rdflib.Graph().parse(data=found, format=reader) if reader else found
            assert sorted(map(str, graph.objects())) == NAMES
        described = wrapper(
            server, "DESCRIBE <https://w3id.org/govkg/id/official/甘雨田>", TURTLE, method, how
        ).queryAndConvert()
        assert "甘雨田" in described.decode()


TYPES = {
    "application/sparql-results+json": SMALL,
    "application/sparql-results+xml": SMALL,
    "text/csv": SMALL,
    "text/tab-separated-values": SMALL,
    "text/turtle": GRAPH,
    "application/n-triples": GRAPH,
    "application/rdf+xml": GRAPH,
    "application/ld+json": GRAPH,
}


@pytest.mark.parametrize("media", TYPES)
@pytest.mark.parametrize("how", ["get", "form", "direct"])
def test_every_form_and_type_with_curl(server: Served, media: str, how: str) -> None:
    ways = {
        "get": ["-G", "--data-urlencode", f"query={TYPES[media]}"],
        "form": ["--data-urlencode", f"query={TYPES[media]}"],
        "direct": ["-H", "Content-Type: application/sparql-query", "--data-binary", TYPES[media]],
    }
    done = subprocess.run(
        [
            "curl",
            "-s",
            "--noproxy",
            "*",
            "-w",
            "\n%{http_code} %{content_type}",
            "-H",
            f"Accept: {media}",
            *ways[how],
            f"{server.url}sparql",
        ],
        capture_output=True,
        check=True,
    )
    body, _, status = done.stdout.decode().rpartition("\n")
    assert status.startswith(f"200 {media}")
    assert all(name in body for name in NAMES)


@pytest.mark.parametrize(
    ("accept", "sparql", "found"),
    [
        ("", SMALL, "application/sparql-results+json"),
        ("*/*", GRAPH, "text/turtle"),
        ("application/json", SMALL, "application/sparql-results+json"),
        ("application/json", GRAPH, "application/ld+json"),
        ("text/csv;q=0.5, application/xml", SMALL, "application/sparql-results+xml"),
        ("text/*", SMALL, "text/csv"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", SMALL, "application/sparql-results+json"),
        ("application/sparql-results+json, text/turtle", GRAPH, "text/turtle"),
        ("text/turtle;q=0, */*", GRAPH, "application/n-triples"),
        ("TEXT/CSV", SMALL, "text/csv"),
    ],
)
def test_what_the_client_likes_best_is_sent(server: Served, accept: str, sparql: str, found: str) -> None:
    answer = server.client.post("/sparql", data={"query": sparql}, headers={"accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == found
    assert "accept" in answer.headers["vary"].lower()


@pytest.mark.parametrize(
    ("name", "found"),
    [("csv", "text/csv"), ("xml", "application/sparql-results+xml"), ("json", "application/sparql-results+json")],
)
def test_the_form_may_stand_in_the_address(server: Served, name: str, found: str) -> None:
    answer = server.get(f"/sparql?format={name}&query={quote(SMALL)}", "text/html")
    assert answer.headers["content-type"].startswith(found)


def test_odd_signs_arrive_as_they_are(server: Served) -> None:
    odd = "甲\U0001f600乙\r\n丙\t\"'<&>\\u"
    escaped = (
        odd.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t")
    )
    sparql = f'SELECT ("{escaped}" AS ?odd) {{}}'
    assert server.values(sparql) == [odd]
    assert (
        server.client.get("/sparql", params={"query": sparql}).json()["results"]["bindings"][0]["odd"]["value"] == odd
    )
    xml = ElementTree.fromstring(server.ask(sparql, "application/sparql-results+xml").content)
    assert [node.text for node in xml.iter(f"{RESULTS}literal")] == [odd]
    assert next(csv.DictReader(io.StringIO(server.ask(sparql, "text/csv").text, newline="")))["odd"] == odd


def test_xml_stays_readable_whatever_a_text_holds(server: Served) -> None:
    bad = 'SELECT ("a\\u0001b\\uFFFEc\\uFFFFd\\uFFFDe" AS ?odd) {}'
    xml = ElementTree.fromstring(server.ask(bad, "application/sparql-results+xml").content)
    assert [node.text for node in xml.iter(f"{RESULTS}literal")] == ["a\ufffdb\ufffdc\ufffdd\ufffde"]
    graph = rdflib.Graph().parse(
        data=server.ask(
            f"CONSTRUCT {{ <x:a> <x:b> ?o }} {{ {bad.replace('?odd', '?o')} }}", "application/rdf+xml"
        ).text,
        format="xml",
    )
    assert [str(one) for one in graph.objects()] == ["a\ufffdb\ufffdc\ufffdd\ufffde"]


def test_percent_encoded_iris_are_kept(server: Served) -> None:
    iri = "https://w3id.org/govkg/id/standard/%E2%80%9C%2F%20%25"
    assert server.values(f"SELECT (<{iri}> AS ?x) {{}}") == [iri]
    notice = server.values('SELECT ?x { ?x skos:prefLabel "关于“暖阳行动”的通知"@zh }')[0]
    assert server.values(f"SELECT ?n {{ <{notice}> skos:prefLabel ?n }}") == ["关于“暖阳行动”的通知"]


def test_head_has_no_body(server: Served) -> None:
    answer = server.client.head("/sparql", params={"query": SMALL})
    assert answer.status_code == 200
    assert not answer.content
    assert int(answer.headers["content-length"]) > 10


def test_large_answers_are_compressed_for_who_wants_it(server: Served) -> None:
    sparql = "SELECT * { ?s ?p ?o }"
    plain = server.ask(sparql, "text/csv", extensions={}).text
    packed = server.client.post(
        "/sparql", data={"query": sparql}, headers={"accept": "text/csv", "accept-encoding": "gzip"}
    )
    assert packed.headers["content-encoding"] == "gzip"
    assert sorted(packed.text.splitlines()) == sorted(plain.splitlines())
    none = server.client.post(
        "/sparql", data={"query": sparql}, headers={"accept": "text/csv", "accept-encoding": "identity"}
    )
    assert "content-encoding" not in none.headers
    assert sorted(none.text.splitlines()) == sorted(plain.splitlines())


def test_the_server_describes_itself(server: Served) -> None:
    graph = rdflib.Graph().parse(data=server.get("/sparql", "text/turtle").text, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = graph.value(predicate=rdflib.RDF.type, object=sd.Service)
    assert graph.value(service, sd.endpoint) == rdflib.URIRef(f"{server.url}sparql")
    assert (service, sd.supportedLanguage, sd.SPARQL11Query) in graph
    assert len(set(graph.objects(service, sd.resultFormat))) == 8


def test_void_counts(server: Served) -> None:
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    count = int(server.values("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0])
    for media, form in (("text/turtle", "turtle"), ("application/rdf+xml", "xml"), ("application/ld+json", "json-ld")):
        graph = rdflib.Graph().parse(data=server.get("/.well-known/void", media).text, format=form)
        dataset = rdflib.URIRef("https://w3id.org/govkg/id/dataset/graph")
        assert int(str(graph.value(dataset, void.triples))) == count
        parts = {
            graph.value(part, void["class"]): int(str(graph.value(part, void.entities)))
            for part in graph.objects(dataset, void.classPartition)
        }
        assert parts[rdflib.URIRef("https://w3id.org/govkg/ontology#Official")] == 2


def test_other_origins_may_not_read_unless_asked(server: Served, toy_graph: Path) -> None:
    assert "access-control-allow-origin" not in server.get("/sparql?query=ASK{}", Origin="http://other.invalid").headers
    with serving(toy_graph, "--cors", "http://friend.invalid", "--workers", 1) as open_one:
        friend = open_one.get("/sparql?query=ASK{}", Origin="http://friend.invalid")
        assert friend.headers["access-control-allow-origin"] == "http://friend.invalid"
        assert (
            "access-control-allow-origin"
            not in open_one.get("/sparql?query=ASK{}", Origin="http://other.invalid").headers
        )
        before = open_one.client.options(
            "/sparql", headers={"origin": "http://friend.invalid", "access-control-request-method": "POST"}
        )
        assert before.status_code == 200
