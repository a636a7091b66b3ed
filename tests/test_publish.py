"""`kg publish` against a real server in a process of its own, and against one that misbehaves."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
import rdflib
from running import Done

from kg.config import BASE
from kg.errors import GraphError
from kg.exports.formats import Order, export
from kg.publish.client import Server, Target, target
from kg.publish.publish import publish

Kg = Callable[..., Done]
GRAPH = f"{BASE}dataset/graph"


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with an empty store."""
    binary = Path(sys.executable).parent / "oxigraph"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(binary), "serve", "--location", str(tmp_path_factory.mktemp("ox")), "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 30
    while True:
        try:
            urllib.request.urlopen(f"{url}/", timeout=1).close()
            break
        except OSError:
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)
    yield url
    process.terminate()
    process.wait()


def fetched(url: str, graph: str) -> set[tuple[str, ...]]:
    request = urllib.request.Request(f"{url}/store?{graph}", headers={"Accept": "application/n-triples"})
    with urllib.request.urlopen(request) as answer:
        found = rdflib.Graph().parse(data=answer.read(), format="nt")
    return {tuple(term.n3() for term in triple) for triple in found}


def own(folder: Path, tmp_path: Path) -> set[tuple[str, ...]]:
    export(folder, Order(format="nt", path=tmp_path / "own.nt"))
    return {tuple(term.n3() for term in triple) for triple in rdflib.Graph().parse(tmp_path / "own.nt")}


@pytest.fixture
def graph(toy_graph: Path, tmp_path: Path) -> Path:
    """A copy of the small graph: publishing leaves a note in its folder."""
    shutil.copytree(toy_graph, tmp_path / "graph")
    return tmp_path / "graph"


@pytest.mark.parametrize("path", ["store", "update"])
@pytest.mark.parametrize("into", [None, "default", "https://example.org/图"])
def test_the_server_holds_the_graph(
    kg: Kg, oxigraph: str, graph: Path, tmp_path: Path, path: str, into: str | None
) -> None:
    more = ["--into", into] if into else []
    done = kg("publish", f"{oxigraph}/{path}", *more, "--batch", "50", "--graph", graph)
    assert (done.status, done.err) == (0, "")
    meant = own(graph, tmp_path)
    assert f"{len(meant)} triples, {len(meant)} sent now" in done.out
    query = "default" if into == "default" else "graph=" + urllib.request.quote(into or GRAPH, safe="")
    assert fetched(oxigraph, query) == meant
    again = kg("publish", f"{oxigraph}/{path}", *more, "--batch", "50", "--graph", graph)
    assert f"{len(meant)} triples, 0 sent now" in again.out


def test_what_was_there_is_replaced(oxigraph: str, graph: Path, seed_graph: Path, tmp_path: Path) -> None:
    where = target(f"{oxigraph}/store", graph="https://example.org/replaced")
    publish(graph, Server(where))
    shutil.copytree(seed_graph, tmp_path / "seeds")
    publish(tmp_path / "seeds", Server(where))
    assert fetched(oxigraph, "graph=https%3A%2F%2Fexample.org%2Freplaced") == own(seed_graph, tmp_path)


class Breaking(Server):
    """Loses its connection after some batches."""

    left: ClassVar[int] = 3

    def add(self, triples: object) -> None:
        if not Breaking.left:
            raise GraphError("no answer")
        Breaking.left -= 1
        super().add(list(triples))  # type: ignore[call-overload]


@pytest.mark.parametrize("path", ["store", "update"])
def test_what_was_interrupted_goes_on_where_it_stopped(oxigraph: str, graph: Path, tmp_path: Path, path: str) -> None:
    where = target(f"{oxigraph}/{path}", graph=f"https://example.org/interrupted-{path}")
    Breaking.left = 3
    with pytest.raises(GraphError):
        publish(graph, Breaking(where), batch=40)
    assert Server(where).count() == 120
    meant = own(graph, tmp_path)
    assert publish(graph, Server(where), batch=40).sent == len(meant) - 120
    Server(where).clear()  # somebody empties it
    assert publish(graph, Server(where), batch=40).sent == len(meant)
    assert Server(where).count() == len(meant)


def test_a_changed_graph_is_sent_from_the_start(oxigraph: str, graph: Path, seed_graph: Path, tmp_path: Path) -> None:
    where = target(f"{oxigraph}/store", graph="https://example.org/changed")
    Breaking.left = 2
    with pytest.raises(GraphError):
        publish(graph, Breaking(where), batch=40)
    state = (graph / ".publish.json").read_text(encoding="utf-8")
    assert '"batches": 2' in state
    shutil.rmtree(graph)
    shutil.copytree(seed_graph, graph)
    (graph / ".publish.json").write_text(state, encoding="utf-8")
    done = publish(graph, Server(where), batch=40)
    assert done.sent == done.triples == len(own(seed_graph, tmp_path))


# ---- servers that misbehave


class Odd(BaseHTTPRequestHandler):
    """Answers each request with the next of `plan`: a status, headers and a body."""

    plan: ClassVar[list[tuple[int, dict[str, str], bytes]]] = []
    seen: ClassVar[list[tuple[str, str, dict[str, str]]]] = []

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        Odd.seen.append((self.command, self.path, dict(self.headers)))
        status, headers, body = Odd.plan.pop(0) if len(Odd.plan) > 1 else Odd.plan[0]
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_DELETE = do_PUT = answer

    def log_message(self, *_: object) -> None:
        """Not on the terminal."""
        assert self.server


@pytest.fixture
def odd() -> Iterator[str]:
    Odd.seen.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Odd)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def impatient(url: str, **more: str) -> Server:
    made = target(url, graph=None, **more)  # type: ignore[arg-type]
    return Server(Target(url=made.url, graph=None, protocol=made.protocol, query_url=made.query_url,
                         headers=made.headers, patience=(0.01, 0.01)))  # fmt: skip


def test_a_refusal_is_told_with_what_the_server_says(odd: str, graph: Path) -> None:
    Odd.plan = [(403, {}, "不许\n写".encode())]
    with pytest.raises(GraphError, match=r"/store\?default: the server refuses: 403 Forbidden: 不许 写"):
        publish(graph, impatient(f"{odd}/store"))


def test_a_redirect_is_not_followed_blindly(odd: str, graph: Path) -> None:
    Odd.plan = [(302, {"Location": "https://example.org/there"}, b"")]
    with pytest.raises(GraphError, match=r"points to https://example.org/there, give that address"):
        publish(graph, impatient(f"{odd}/store"))


def test_a_busy_server_is_asked_again(odd: str) -> None:
    Odd.plan = [(503, {}, b""), (429, {}, b""), (204, {}, b"")]
    impatient(f"{odd}/store").clear()
    assert [method for method, *_ in Odd.seen] == ["DELETE"] * 3
    Odd.plan = [(503, {}, b"later")]
    with pytest.raises(GraphError, match="503 Service Unavailable: later"):
        impatient(f"{odd}/store").clear()


def test_counts_that_differ_are_told(odd: str, graph: Path) -> None:
    Odd.plan = [(200, {}, json.dumps({"results": {"bindings": [{"n": {"value": "7"}}]}}).encode())]
    with pytest.raises(GraphError, match=r"holds 7 triples, expected \d+; run the command again to start over"):
        publish(graph, impatient(f"{odd}/store"))
    assert '"batches": 0' in (graph / ".publish.json").read_text(encoding="utf-8")


def test_without_a_place_for_queries_the_graph_itself_is_counted(odd: str) -> None:
    Odd.plan = [(404, {}, b""), (200, {}, b"<a:a> <a:b> <a:c> .\n# remark\n<a:a> <a:b> <a:d> .\n")]
    assert impatient(f"{odd}/data").count() == 2
    assert [method for method, *_ in Odd.seen] == ["POST", "GET"]
    Odd.plan = [(200, {}, b"<html>")]
    with pytest.raises(GraphError, match="answers no query; give the address that does with --query-url"):
        impatient(f"{odd}/data").count()


def test_nobody_there(kg: Kg, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    done = kg("publish", "http://127.0.0.1:9/store", "--graph", graph)
    assert (done.status, done.err.count("\n")) == (2, 1)
    assert "no answer" in done.err
    assert "run the command again" in done.err


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/x", "localhost:7878/store"])
def test_only_addresses_of_servers(kg: Kg, graph: Path, url: str) -> None:
    done = kg("publish", url, "--graph", graph)
    assert (done.status, "is no address of a server" in done.err) == (2, True)


@pytest.mark.parametrize(
    ("url", "protocol", "queries"),
    [
        ("http://a/store", "gsp", "http://a/query"),
        ("http://a/update", "update", "http://a/query"),
        ("http://a/ds/data", "gsp", "http://a/ds/query"),
        ("http://a/repositories/x/statements", "update", "http://a/repositories/x"),
        ("http://a/repositories/x/rdf-graphs/service", "gsp", "http://a/repositories/x"),
    ],
)
def test_addresses_tell_the_rest(url: str, protocol: str, queries: str) -> None:
    found = target(url, graph=None)
    assert (found.protocol, found.query_url) == (protocol, queries)
    assert target(url, graph=None, protocol="gsp", query_url="http://b/q").query_url == "http://b/q"


def test_names_and_tokens_go_to_the_server_and_nowhere_else(
    odd: str, kg: Kg, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Odd.plan = [(401, {}, b"")]
    monkeypatch.setenv("KG_PUBLISH_USER", "a")
    monkeypatch.setenv("KG_PUBLISH_PASSWORD", "geheim")
    done = kg("publish", f"{odd}/store", "--graph", graph)
    assert Odd.seen[-1][2]["Authorization"] == "Basic YTpnZWhlaW0="
    monkeypatch.setenv("KG_PUBLISH_TOKEN", "streng-geheim")
    done = kg("publish", f"{odd}/store", "--graph", graph)
    assert Odd.seen[-1][2]["Authorization"] == "Bearer streng-geheim"
    assert "geheim" not in done.err + done.out
    assert not (graph / ".publish.json").exists()
