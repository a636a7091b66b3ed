"""Whole requests take the express way; the answers are those of the long way, and nothing passes that HTTP forbids."""

from __future__ import annotations

import re
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving import RUNAWAY, SMALL, Served, serving

from kg.server.express import whole

LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


@pytest.fixture(scope="module")
def server(toy_graph: Path) -> Iterator[Served]:
    with serving(toy_graph, "--timeout", 5) as one:
        yield one


def get(sparql: str, *lines: str, more: str = "") -> bytes:
    head = ["Host: x", *lines]
    return (f"GET /sparql?query={quote(sparql)}{more} HTTP/1.1\r\n" + "\r\n".join(head) + "\r\n\r\n").encode()


def post(body: bytes, media: str, *lines: str) -> bytes:
    head = ["Host: x", f"Content-Type: {media}", f"Content-Length: {len(body)}", *lines]
    return b"POST /sparql HTTP/1.1\r\n" + "".join(f"{line}\r\n" for line in head).encode() + b"\r\n" + body


FORM = "application/x-www-form-urlencoded"
REQUESTS = {
    "a query by GET": get(SMALL),
    "in Chinese, with a language": get('SELECT ?x { ?x skos:prefLabel "甘雨田"@zh }', "Accept-Language: zh"),
    "posted as a form": post(f"query={quote(SMALL)}".encode(), FORM),
    "posted as it is": post(SMALL.encode(), "application/sparql-query; charset=utf-8", "Accept: text/csv"),
    "compressed": get(LARGE + " LIMIT 2000", "Accept-Encoding: gzip, br", "Accept: text/csv"),
    "too large for memory": get(LARGE + " LIMIT 20000", "Accept: text/csv"),
    "a graph": get("CONSTRUCT { ?x a ?t } { ?x a kg:Official ; a ?t }", "Accept: text/turtle"),
    "by format": get(SMALL, more="&format=xml"),
    "nothing that fits": get(SMALL, "Accept: image/png"),
    "malformed": get("SELECT ?x { ?x"),
    "an update": post(b"update=CLEAR%20ALL", FORM),
    "two queries": post(b"query=ASK%7B%7D&query=ASK%7B%7D", FORM),
    "no UTF-8": post(b"query=%FF", FORM),
    "another media type": post(b"{}", "application/json"),
    "no media type": b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi",
}


def read(line: socket.socket) -> tuple[str, dict[str, str], bytes]:
    """The next answer: status line, headers, body."""
    text = b""
    while b"\r\n\r\n" not in text:
        text += line.recv(1) or pytest.fail(f"the connection ended after {text!r}")
    status, *lines = text.decode("latin-1").strip().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (one.partition(":") for one in lines)}
    size, body = int(headers["content-length"]), b""
    while len(body) < size:
        body += line.recv(size - len(body)) or pytest.fail("the answer was cut")
    return status, headers, body


@pytest.mark.parametrize("name", REQUESTS)
def test_both_ways_give_the_same_answer(server: Served, name: str) -> None:
    request, answers = REQUESTS[name], []
    with server.connect() as line:
        for cut in (len(request), 20, len(request)):
            line.sendall(request[:cut])
            if request[cut:]:
                time.sleep(0.1)
                line.sendall(request[cut:])
            status, headers, body = read(line)
            assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT", headers.pop("date"))
            answers.append((status, headers, body))
    assert answers[0] == answers[1] == answers[2]
    assert whole(request, 1)


def test_one_after_another_on_one_connection(server: Served) -> None:
    with server.connect() as line:
        line.sendall(get("ASK {}") + get(SMALL) + get("ASK { ?x kg:leads ?x }"))
        assert [read(line)[2][:10] for _ in range(3)] == [b'{"head":{}', b'{"head":{"', b'{"head":{}']
        line.sendall(get(SMALL))
        line.sendall(get("ASK {}"))  # while the first is answered, or after
        assert [len(read(line)[2]) > 100 for _ in range(2)] == [True, False]


def test_a_flood_of_requests_is_not_taken_in(server: Served) -> None:
    with server.connect() as line:
        line.settimeout(2)
        line.sendall(get(RUNAWAY))
        with pytest.raises(TimeoutError):
            line.sendall(get("ASK {}") * 500_000)
    assert server.values()


def test_who_leaves_frees_the_worker(server: Served) -> None:
    for _ in range(8):
        with server.connect() as line:
            line.sendall(get(RUNAWAY + "# left"))
            time.sleep(0.1)
    started = time.monotonic()
    assert server.values()
    assert time.monotonic() - started < 3


def test_a_stopping_server_answers_first(toy_graph: Path) -> None:
    with serving(toy_graph, "--timeout", 2) as server, server.connect() as line:
        line.sendall(get(RUNAWAY))
        time.sleep(0.5)
        server.process.send_signal(signal.SIGTERM)
        status, headers, _ = read(line)
        assert status == "HTTP/1.1 503 Service Unavailable"
        assert headers["connection"] == "close"
        assert line.recv(1) == b""
        assert server.process.wait(20) == 0


STRANGE = {
    "Transfer-Encoding: chunked",
    "Expect: 100-continue",
    "Upgrade: websocket",
    "Connection: close",
    "Content-Encoding: gzip",
    "Origin: http://example.org",
    "Host: y",
    "Content-Length: 0",
    "X: \x7f",
    "X : y",
    " folded",
    "X",
}


@pytest.mark.parametrize("line", sorted(STRANGE))
def test_what_is_unusual_takes_the_long_way(line: str) -> None:
    plain = post(b"query=ASK%7B%7D", FORM)
    assert whole(plain, 1)
    assert whole(plain.replace(b"Host: x", b"Host: x\r\n" + line.encode()), 1) is None


@pytest.mark.parametrize(
    "request_",
    [
        get("ASK {}").replace(b"1.1", b"1.0"),
        get("ASK {}").replace(b"Host", b"Ghost"),
        get("ASK {}") + b"x",
        get("ASK {}")[:-1],
        get("ASK {}").replace(b"/sparql", b"/sparqls"),
        get("ASK {}").replace(b"GET", b"PUT"),
        post(b"query=ASK", FORM)[:-1],
        post(b"x" * ((1 << 20) + 1), FORM),
        b"POST /sparql HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
def test_what_is_not_a_whole_query_takes_the_long_way(request_: bytes) -> None:
    assert whole(request_, 1) is None


PIECES = [
    b"GET ", b"POST ", b"/sparql", b"?query=ASK%7B%7D", b" HTTP/1.1", b"\r\n", b"\n", b"\r", b" ", b"\t", b"\0",
    b"Host: x\r\n", b"Host:x\r\n", b"Accept: */*\r\n", b"Content-Length: 3\r\n", b"abc", b":", b"#",
    b"Content-Length: 1\r\n", b"Content-Length: +3\r\n", b"Transfer-Encoding: chunked\r\n",
    b"Connection: keep-alive\r\n", b"\xe4\xbd\xa0",
]  # fmt: skip
ENDS = [b"\r\n", b"\r\nabc", b""]
STARTS = [b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\n", b"POST /sparql HTTP/1.1\r\n", b""]


@given(st.sampled_from(STARTS), st.lists(st.sampled_from(PIECES), max_size=8), st.sampled_from(ENDS))
def test_the_express_way_reads_as_the_long_one(start: bytes, pieces: list[bytes], end: bytes) -> None:
    data = start + b"".join(pieces) + end
    found = whole(data, 1)
    if found:
        other = h11.Connection(h11.SERVER)
        other.receive_data(data)
        request = other.next_event()
        assert isinstance(request, h11.Request)
        assert (request.method, request.target.partition(b"?")[2]) == (found.method, found.address.encode())
        assert {name: value.decode() for name, value in request.headers} == found.headers
        body = b""
        while isinstance(event := other.next_event(), h11.Data):
            body += event.data
        assert isinstance(event, h11.EndOfMessage)
        assert body == found.body
        assert other.trailing_data[0] == b""
