"""What the server refuses, with which status, and that it says why."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import SMALL, Served, serving

NAMES = ["甘雨田", "钱可风"]
GRAPH = "CONSTRUCT { ?x skos:prefLabel ?n } WHERE { ?x a kg:Official ; skos:prefLabel ?n }"


@pytest.fixture(scope="module")
def server(toy_graph: Path) -> Iterator[Served]:
    with serving(toy_graph, "--timeout", 10) as one:
        yield one


REFUSED = {
    "update in the query": (400, {"data": {"query": "INSERT DATA { <x:a> <x:b> <x:c> }"}}),
    "update as a form": (400, {"data": {"update": "DROP ALL"}}),
    "update posted": (415, {"content": "DROP ALL", "headers": {"content-type": "application/sparql-update"}}),
    "load": (400, {"data": {"query": "LOAD <http://leak.invalid/x>"}}),
    "load as a form": (400, {"data": {"update": "LOAD <http://leak.invalid/x>"}}),
    "service": (400, {"data": {"query": "SELECT * { SERVICE <http://leak.invalid/x> { ?a ?b ?c } }"}}),
    "silent service": (400, {"data": {"query": "SELECT * { service SILENT <http://leak.invalid/x> { ?a ?b ?c } }"}}),
    "from": (400, {"data": {"query": "SELECT * FROM <http://leak.invalid/x> { ?a ?b ?c }"}}),
    "from named": (400, {"data": {"query": "SELECT * FROM NAMED <x:y> { GRAPH ?g { ?a ?b ?c } }"}}),
    "default graph": (400, {"data": {"query": SMALL, "default-graph-uri": "http://leak.invalid/x"}}),
    "named graph": (400, {"data": {"query": SMALL}, "params": {"named-graph-uri": "x:y"}}),
    "no query": (400, {"data": {"quary": SMALL}}),
    "two queries": (400, {"data": {"query": [SMALL, SMALL]}}),
    "a query twice": (
        400,
        {"content": SMALL, "headers": {"content-type": "application/sparql-query"}, "params": {"query": SMALL}},
    ),
    "empty": (400, {"data": {"query": " # nothing"}}),
    "multipart": (415, {"files": {"query": ("q", SMALL)}}),
    "json": (415, {"json": {"query": SMALL}}),
    "no type": (415, {"content": SMALL}),
    "not utf-8": (400, {"content": b"\xb8\xca", "headers": {"content-type": "application/sparql-query"}}),
    "another charset": (
        415,
        {"content": SMALL, "headers": {"content-type": "application/sparql-query; charset=gb18030"}},
    ),
    "bad percent": (
        400,
        {"content": b"query=%B8%CA", "headers": {"content-type": "application/x-www-form-urlencoded"}},
    ),
    "compressed": (
        415,
        {
            "content": gzip.compress(SMALL.encode()),
            "headers": {"content-type": "application/sparql-query", "content-encoding": "gzip"},
        },
    ),
    "nothing fits": (406, {"data": {"query": SMALL}, "headers": {"accept": "image/png"}}),
    "rows as a graph": (406, {"data": {"query": SMALL}, "headers": {"accept": "text/turtle"}}),
    "a graph as rows": (406, {"data": {"query": GRAPH}, "headers": {"accept": "text/csv"}}),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused_is_told_why(server: Served, what: str) -> None:
    status, request = REFUSED[what]
    answer = server.client.post("/sparql", **request)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("text/plain")
    assert len(answer.text.strip().splitlines()) == 1
    assert len(answer.text) > 15
    assert server.values() == NAMES


@pytest.mark.parametrize(
    ("sparql", "said"),
    [
        ("SELECT ?x WHERE { ?x a kg:Official", "line 1, column"),
        ("SELECT ?x\nWHERE { ?x a kg:Official ,, }", "line 2, column"),
        ("SELECT ?x { ?x a kg:Official ； }", "Chinese punctuation"),
        ("SELECT ?x { ?x nope:name ?y }", "prefix 'nope' is not declared"),
        ("SELECT * { FILTER(<x:f>(1)) }", "not supported"),
    ],
)
def test_a_malformed_query_is_told_where_and_what(server: Served, sparql: str, said: str) -> None:
    answer = server.ask(sparql)
    assert answer.status_code == 400
    assert said in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_not_allowed(server: Served, method: str) -> None:
    answer = server.client.request(method, "/sparql")
    assert answer.status_code == 405
    assert {"GET", "POST"} <= set(answer.headers["allow"].replace(" ", "").split(","))
