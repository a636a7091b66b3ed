"""A new build takes over from the old one while clients go on asking."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
import toygraph
from serving import Served, serving

from kg.graph import Graph
from kg.server.snapshot import Snapshot, state

COUNT = "SELECT (COUNT(*) AS ?n) { ?x a kg:Official }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g a ?h }"


def with_more(number: int) -> Graph:
    """The toy with so many more officials."""
    graph = toygraph.toy()
    more = tuple(toygraph.entity("official", f"新人{one}号") for one in range(number))
    return replace(graph, entities=(*graph.entities, *more))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return toygraph.build(toygraph.toy(), tmp_path / "graph")


@pytest.fixture
def server(folder: Path) -> Iterator[Served]:
    with serving(folder, "--workers", 2) as one:
        yield one


def test_builds_are_taken_up_without_dropping_a_request(server: Served, folder: Path) -> None:
    seen, wrong, stop = set[int](), list[object](), threading.Event()

    def client() -> None:
        with httpx.Client(base_url=server.url, timeout=30, trust_env=False) as line:
            while not stop.is_set():
                answer = line.post("/sparql", data={"query": COUNT})
                if answer.status_code != 200:
                    wrong.append(answer.text)
                    continue
                seen.add(int(answer.json()["results"]["bindings"][0]["n"]["value"]))

    threads = [threading.Thread(target=client) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in (1, 2, 3):
        toygraph.build(with_more(number), folder)
        server.until(lambda number=number: 2 + number in seen, 20)
    stop.set()
    for thread in threads:
        thread.join()
    assert not wrong
    assert seen <= {2, 3, 4, 5}
    assert int(server.values(COUNT)[0]) == 5
    server.until(lambda: len(list(folder.glob(".serving/*"))) == 1, 10)
    server.until(lambda: len(server.workers()) == 2, 10)


def test_a_long_query_ends_on_the_graph_it_began_on(server: Served, folder: Path) -> None:
    found = []
    thread = threading.Thread(
        target=lambda: found.append(httpx.post(f"{server.url}sparql", data={"query": SLOW}, timeout=60))
    )
    thread.start()
    time.sleep(0.3)
    toygraph.build(with_more(1), folder)
    server.until(lambda: server.values(COUNT) == ["3"], 20)
    thread.join()
    assert found[0].status_code == 200, found[0].text


def test_pages_and_downloads_follow(server: Served, folder: Path) -> None:
    assert "新人0号" not in server.get("/search?q=xr0h", "text/html").text
    toygraph.build(with_more(1), folder)
    server.until(lambda: "新人0号" in server.get("/search?q=xr0h", "text/html").text, 20)
    assert server.get("/download/graph.ttl").text == (folder / "graph.ttl").read_text(encoding="utf-8")


def test_a_bad_build_leaves_the_good_one_in_service(server: Served, folder: Path) -> None:
    store = folder / "store"
    for path in store.glob("MANIFEST*"):
        path.write_bytes(b"nothing of use")
    (store / "CURRENT").rename(store / "OLD")
    shutil.copyfile(store / "OLD", store / "CURRENT")
    server.until(lambda: "damaged" in server.said, 20)
    time.sleep(2)
    assert server.said.count("damaged") == 1
    assert server.values(COUNT) == ["2"]
    shutil.rmtree(store)
    assert server.values(COUNT) == ["2"]
    toygraph.build(with_more(2), folder)
    server.until(lambda: server.values(COUNT) == ["4"], 20)


def test_a_snapshot_outlives_its_graph(folder: Path) -> None:
    one = Snapshot(folder)
    kept = {path.name: path.read_bytes() for path in one.store.iterdir()}
    toygraph.build(with_more(1), folder)
    assert one.state != state(folder)
    assert {path.name: path.read_bytes() for path in one.store.iterdir()} == kept
    assert one.file("graph.ttl") is not None
    assert one.file("../graph.ttl") is None
    assert one.file("lock") is None
    one.remove()
    assert not (folder / ".serving").exists()


def test_a_folder_without_write_permission_is_served_from_elsewhere(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (folder / ".serving").write_text("in the way of a folder", encoding="utf-8")
    one = Snapshot(folder)
    assert one.path.parent.parent == tmp_path
    assert (one.store / "CURRENT").is_file()
    one.remove()
