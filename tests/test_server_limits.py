"""What a query may not do to the others: time, memory, size, crowds, clients that dawdle or leave."""

from __future__ import annotations

import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from serving import GREEDY, RUNAWAY, SMALL, Served, command, serving

NAMES = ["甘雨田", "钱可风"]
LIMIT = 3  # seconds a query may take here
EVERYTHING = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


@pytest.fixture(scope="module")
def server(toy_graph: Path) -> Iterator[Served]:
    with serving(toy_graph, "--timeout", LIMIT, "--memory", 200, "--max-result", 4) as one:
        yield one


def post(server: Served, sparql: str) -> httpx.Response:
    return httpx.post(f"{server.url}sparql", data={"query": sparql}, timeout=60, trust_env=False)


def test_a_runaway_query_is_stopped(server: Served) -> None:
    started = time.monotonic()
    answer = server.ask(RUNAWAY)
    assert answer.status_code == 503
    assert "3 seconds" in answer.text
    assert LIMIT - 0.5 < time.monotonic() - started < LIMIT + 3
    assert server.values() == NAMES


def test_runaway_queries_do_not_delay_others(server: Served) -> None:
    with ThreadPoolExecutor(12) as pool:
        bad = [pool.submit(post, server, f"{RUNAWAY} # {number}") for number in range(10)]
        time.sleep(1.2)
        times = []
        while not all(one.done() for one in bad) and len(times) < 200:
            started = time.monotonic()
            assert server.values() == NAMES
            times.append(time.monotonic() - started)
            time.sleep(0.01)
        assert {one.result().status_code for one in bad} == {503}
    assert len(times) > 20
    assert sorted(times)[len(times) // 2] < 0.2


def test_a_query_cannot_take_all_memory(server: Served) -> None:
    answer = server.ask(GREEDY)
    assert answer.status_code == 503
    assert "memory" in answer.text
    assert server.values() == NAMES


def test_a_deeply_nested_query_harms_itself_alone(server: Served) -> None:
    depth = 200_000
    text = f"ASK {{ FILTER({'(' * depth}1{')' * depth}) }}"
    answer = server.client.post("/sparql", content=text, headers={"content-type": "application/sparql-query"})
    assert answer.status_code == 503
    assert "nested" in answer.text
    assert server.values() == NAMES


def test_a_large_answer_is_refused_not_cut(server: Served) -> None:
    answer = server.ask(EVERYTHING, "text/csv")
    assert answer.status_code == 400
    assert "LIMIT" in answer.text


def test_an_answer_below_the_limit_is_whole_though_it_takes_a_file(server: Served, toy_graph: Path) -> None:
    answer = server.ask(f"{EVERYTHING} LIMIT 9000", "text/csv")
    assert answer.status_code == 200
    assert len(answer.content) > 500_000
    assert len(answer.text.strip().split("\r\n")) == 9001
    assert not list(toy_graph.glob(".serving/*/spill-*"))


@pytest.mark.parametrize("chunked", [True, False])
def test_a_query_of_ten_megabytes(server: Served, chunked: bool) -> None:
    text = f"{SMALL} #{'长' * 3_500_000}".encode()
    content = iter([text[at : at + 65536] for at in range(0, len(text), 65536)]) if chunked else text
    try:
        answer = server.client.post("/sparql", content=content, headers={"content-type": "application/sparql-query"})
        assert answer.status_code == 413
        assert "1 MiB" in answer.text
    except httpx.WriteError:
        pass  # the server hung up on the rest, which is an answer too
    assert server.values() == NAMES


def test_a_query_of_one_megabyte_is_answered(server: Served) -> None:
    assert server.values(f"{SMALL} #{'x' * 1_000_000}") == NAMES


def test_an_address_of_ten_megabytes(server: Served) -> None:
    with server.connect() as line:
        line.sendall(b"GET /sparql?query=" + b"x" * 300_000)
        assert line.recv(100).startswith(b"HTTP/1.1 4")
    assert server.values() == NAMES


def test_two_hundred_clients_at_once(server: Served) -> None:
    barrier, found = threading.Barrier(200), []

    def client() -> None:
        barrier.wait()
        found.append(post(server, SMALL).json()["results"]["bindings"][0]["n"]["value"])

    threads = [threading.Thread(target=client) for _ in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["甘雨田"] * 200


def test_a_client_that_leaves_takes_its_query_along(server: Served) -> None:
    before = set(server.workers())
    with server.connect() as line:
        body = f"query={RUNAWAY.replace(' ', '+').replace('?', '%3F')}+%23+leaves"
        line.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
        )
        time.sleep(0.2)
    server.until(lambda: len(before - set(server.workers())) == 1, 2)
    server.until(lambda: len(server.workers()) >= len(before), 5)
    assert server.values() == NAMES


def test_who_leaves_in_the_middle_of_an_answer_does_no_harm(server: Served) -> None:
    for _ in range(5):
        with server.client.stream("POST", "/sparql", data={"query": f"{EVERYTHING} LIMIT 9000"}) as answer:
            next(answer.iter_bytes(1000))
    assert server.values() == NAMES


def test_a_killed_worker_is_replaced(server: Served) -> None:
    for number in server.workers():
        subprocess.run(["kill", "-9", str(number)], check=True)
    server.until(lambda: server.ask(SMALL).status_code == 200, 10)
    assert server.values() == NAMES


def test_clients_that_dawdle_are_hung_up_on_and_delay_nobody(server: Served) -> None:
    lines = [server.connect() for _ in range(100)]
    for line in lines:
        line.sendall(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\nX-Slow: ")
    started, gone = time.monotonic(), set[socket.socket]()
    while len(gone) < len(lines) and time.monotonic() - started < 25:
        assert server.values() == NAMES
        for line in set(lines) - gone:
            line.setblocking(False)
            try:
                line.send(b"x")
                if line.recv(1000) == b"":
                    gone.add(line)
            except BlockingIOError:
                continue
            except OSError:
                gone.add(line)
        time.sleep(0.5)
    assert len(gone) == len(lines)
    assert time.monotonic() - started > 10
    for line in lines:
        line.close()


def copied(graph: Path, to: Path) -> Path:
    subprocess.run(["cp", "-r", str(graph), str(to / "copy")], check=True)
    subprocess.run(["rm", "-rf", str(to / "copy" / ".serving")], check=True)
    return to / "copy"


def test_workers_end_with_their_server(toy_graph: Path, tmp_path: Path) -> None:
    toy_graph = copied(toy_graph, tmp_path)
    with serving(toy_graph, "--workers", 2) as one:
        workers = one.workers()
        assert len(workers) == 2
        one.process.kill()
        one.process.wait()
        end = time.monotonic() + 5
        while any(Path(f"/proc/{number}").exists() for number in workers) and time.monotonic() < end:
            time.sleep(0.05)
        assert not [number for number in workers if Path(f"/proc/{number}").exists()]
    with serving(toy_graph, "--workers", 1) as next_one:
        assert len(list(toy_graph.glob(".serving/*"))) == 1, "what the dead server left is swept up"
        assert next_one.stop() == 0
    assert not (toy_graph / ".serving").exists()


class TestStarting:
    """What is wrong is told in one line, and the status is 2."""

    def refused(self, *arguments: object) -> str:
        done = subprocess.run(command(*arguments), capture_output=True, text=True, timeout=60)  # type: ignore[arg-type]
        assert done.returncode == 2
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr

    def test_a_port_in_use(self, server: Served, toy_graph: Path) -> None:
        assert "in use" in self.refused(toy_graph, "--port", server.port)

    def test_an_unknown_host(self, toy_graph: Path) -> None:
        assert "no such host" in self.refused(toy_graph, "--host", "nowhere.invalid")

    def test_no_graph(self, tmp_path: Path) -> None:
        assert "kg build" in self.refused(tmp_path / "none")
        assert "kg build" in self.refused(tmp_path)

    def test_a_damaged_store(self, toy_graph: Path, tmp_path: Path) -> None:
        copy = copied(toy_graph, tmp_path)
        for path in (copy / "store").glob("MANIFEST*"):
            path.write_bytes(b"nothing of use")
        assert "damaged" in self.refused(copy)

    def test_damaged_tables(self, toy_graph: Path, tmp_path: Path) -> None:
        copy = copied(toy_graph, tmp_path)
        for path in (copy / "store").glob("*.sst"):
            path.write_bytes(b"x" * path.stat().st_size)
        assert "damaged" in self.refused(copy)

    def test_a_newer_version(self, toy_graph: Path, tmp_path: Path) -> None:
        from kg.rdf.store import write_store

        text = (toy_graph / "graph.ttl").read_text(encoding="utf-8")
        newer = text.replace('owl:versionInfo "1"', 'owl:versionInfo "99"')
        assert newer != text
        (tmp_path / "new.ttl").write_text(newer, encoding="utf-8")
        (tmp_path / "new").mkdir()
        write_store(tmp_path / "new" / "store", tmp_path / "new.ttl")
        assert "format 99" in self.refused(tmp_path / "new")
