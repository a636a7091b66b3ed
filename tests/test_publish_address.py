"""`kg publish` and what it is given: addresses, graphs, batches; every refusal of a server in one line."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import Done, one_line
from told import told

from kg.errors import GraphError
from kg.publish.client import target

Kg = Callable[..., Done]
HOSTS = st.sampled_from(["http://127.0.0.1:7878", "https://data.example.org", "http://[::1]:3030"])
STEPS = st.lists(st.sampled_from(["store", "data", "update", "statements", "repositories", "甲"]), max_size=3)
N_TRIPLES = pyoxigraph.RdfFormat.N_TRIPLES


class Shop(BaseHTTPRequestHandler):
    """A Graph Store and a place for queries, in memory; what it got is kept."""

    graphs: dict[str, set[str]]
    calls: list[tuple[str, str]]
    refusal: tuple[int, str] | None

    def _graph(self) -> str:
        asked = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
        return asked.get("graph", [""])[0]

    def _answer(self, status: int, body: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def _body(self) -> str:
        return self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()

    def do_DELETE(self) -> None:
        self.calls.append(("DELETE", self._graph()))
        self.graphs.pop(self._graph(), None)
        self._answer(204)

    def do_POST(self) -> None:
        body = self._body()
        if self.refusal:
            self._answer(*self.refusal)
        elif urlsplit(self.path).path.endswith("/query"):
            total = sum(map(len, self.graphs.values()))
            self._answer(200, json.dumps({"results": {"bindings": [{"n": {"value": str(total)}}]}}))
        else:
            lines = {line for line in body.split("\n") if line}
            self.calls.append(("POST", str(len(lines))))
            self.graphs.setdefault(self._graph(), set()).update(lines)
            self._answer(204)

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def graph(toy_graph: Path, tmp_path: Path) -> Path:
    """A graph of our own: publishing leaves notes in its folder."""
    return Path(shutil.copytree(toy_graph, tmp_path / "graph"))


@pytest.fixture
def shop() -> Iterator[tuple[str, type[Shop]]]:
    """Its address, and what it holds."""
    own = type("Own", (Shop,), {"graphs": {}, "calls": [], "refusal": None})
    server = ThreadingHTTPServer(("127.0.0.1", 0), own)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/store", own
    server.shutdown()
    server.server_close()


NOWHERE = ["", " ", "store", "ftp://a/b", "http:///x", "http://:80/", "http://[", "http://a:b/", "file:///x", "//a/b"]


class TestAddresses:
    @given(HOSTS, STEPS)
    def test_queries_go_to_the_same_server(self, host: str, steps: list[str]) -> None:
        where = target("/".join([host, *steps]), graph=None)
        assert where.query_url.startswith(host)
        assert where.protocol == ("update" if steps and steps[-1] in ("update", "statements") else "gsp")

    @given(HOSTS, STEPS, st.sampled_from(["gsp", "update"]))
    def test_what_is_said_wins_over_what_is_guessed(self, host: str, steps: list[str], protocol: str) -> None:
        where = target("/".join([host, *steps]), graph="urn:g", protocol=protocol, query_url=f"{host}/ask")
        assert (where.protocol, where.query_url, where.graph) == (protocol, f"{host}/ask", "urn:g")

    @pytest.mark.parametrize("url", NOWHERE)
    def test_what_is_none(self, kg: Kg, graph: Path, url: str) -> None:
        with pytest.raises(GraphError, match="no address of a server"):
            target(url, graph=None)
        one_line(kg("publish", "--graph", graph, "--", url), "no address of a server", "http://")


class TestSending:
    def test_the_whole_graph_arrives(self, kg: Kg, graph: Path, shop: tuple[str, type[Shop]]) -> None:
        url, own = shop
        done = kg("publish", url, "--graph", graph)
        assert (done.status, done.err) == (0, "")
        ((name, lines),) = own.graphs.items()
        assert name == "https://w3id.org/govkg/id/dataset/graph"
        assert len(list(pyoxigraph.parse("\n".join(lines).encode(), N_TRIPLES))) == len(told(graph).graph)

    @pytest.mark.parametrize(("into", "name"), [("urn:mine", "urn:mine"), ("default", "")])
    def test_into_the_graph_that_is_named(
        self, kg: Kg, graph: Path, shop: tuple[str, type[Shop]], into: str, name: str
    ) -> None:
        url, own = shop
        own.graphs[name] = {"<a:old> <a:old> <a:old> ."}
        assert kg("publish", url, "--into", into, "--graph", graph).status == 0
        assert own.graphs.keys() == {name}
        assert "<a:old> <a:old> <a:old> ." not in own.graphs[name]

    @pytest.mark.parametrize("batch", [50, 100_000])
    def test_in_batches_of_the_size_that_is_asked(
        self, kg: Kg, graph: Path, shop: tuple[str, type[Shop]], batch: int
    ) -> None:
        url, own = shop
        assert kg("publish", url, "--into", f"urn:{batch}", "--batch", batch, "--graph", graph).status == 0
        sizes = [int(size) for call, size in own.calls if call == "POST"]
        assert own.calls[0][0] == "DELETE"
        assert max(sizes) <= batch
        assert sum(sizes) == len(told(graph).graph)
        assert (len(sizes) == 1) == (batch > sum(sizes))

    @pytest.mark.parametrize("status", [400, 401, 403, 413, 500])
    def test_a_refusal_is_one_line(self, kg: Kg, graph: Path, shop: tuple[str, type[Shop]], status: int) -> None:
        url, own = shop
        own.refusal = (status, "<p>not\nhere</p>" * 100)
        one_line(kg("publish", url, "--into", f"urn:{status}", "--graph", graph), url, str(status), "<p>not here</p>")
        assert own.graphs == {}
