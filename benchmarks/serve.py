"""Load on `kg serve`, one client in ten sending runaway queries, beside the engine in-process and its own server.

    python benchmarks/serve.py                     a million triples, 50 clients, 60 s a phase (some six minutes)
    python benchmarks/serve.py --short             fifty thousand triples, 20 clients, 5 s a phase

Every client asks again as soon as it has its answer. The in-process figure is the same load on
threads of one process over one store, which is what an embedding program would have.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import quote_plus

from kg.config import BASE, ONTOLOGY
from kg.rdf.layout import prefixes
from kg.rdf.store import Store, write_store

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?c != ?f) }"
LABEL = 'SELECT ?x { ?x skos:prefLabel "机构%d"@zh }'
FACTS = """SELECT ?p ?name ?quote {
  ?a rdf:subject <%sorganization/机构%d> ; rdf:predicate ?p ; rdf:object ?o ; kg:evidence ?e .
  ?o skos:prefLabel ?name . ?e kg:quote ?quote }"""
HOPS = "SELECT DISTINCT ?n { <%sorganization/机构%d> kg:partOf/^kg:partOf ?x . ?x skos:prefLabel ?n } LIMIT 50"
FACTS_EACH = 4  # of a body
TRIPLES_EACH = 3 + FACTS_EACH * 11


@dataclass(slots=True)
class Tally:
    """What the clients of a phase met."""

    small: list[float] = field(default_factory=list)
    lost: int = 0  # small queries without a right answer
    stopped: int = 0  # runaway queries that were refused or stopped
    seconds: float = 0.0
    why: dict[int, int] = field(default_factory=dict)  # statuses of those lost, 0 for a broken connection

    @property
    def mean(self) -> float:
        return sum(self.small) / len(self.small)

    @property
    def reasons(self) -> str:
        found = {status: count for status, count in self.why.items() if count}
        return f" {found}" if found else ""

    def line(self, name: str) -> str:
        if not self.small:
            return f"{name:34} no small query was answered; lost {self.lost}{self.reasons}"
        ordered = sorted(self.small)
        p99 = ordered[int(len(ordered) * 0.99)] * 1000
        return (
            f"{name:34} median {median(ordered) * 1000:7.2f}   mean {self.mean * 1000:7.2f}   p99 {p99:8.2f} ms   "
            f"{len(ordered) / self.seconds:7.1f}/s   lost {self.lost}{self.reasons}   runaways stopped {self.stopped}"
        )


def made(folder: Path, triples: int) -> int:
    """A graph shaped as ours; gives the number of its bodies."""
    count = triples // TRIPLES_EACH
    folder.mkdir()
    rng = random.Random(1)
    kg, rdf, skos = ONTOLOGY, "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2004/02/skos/core#"
    relations = ("partOf", "cooperatesWith", "guides", "establishes")
    with (folder / "graph.ttl").open("w", encoding="utf-8") as out:
        graph = f"<{BASE}dataset/graph>"
        out.write(
            f'{graph} <http://rdfs.org/ns/void#uriSpace> "{BASE}" ; <http://www.w3.org/2002/07/owl#versionInfo> "1" .\n'
        )
        for number in range(count):
            me = f"<{BASE}organization/机构{number}>"
            out.write(
                f'{me} a <{kg}Organization> ; <{skos}prefLabel> "机构{number}"@zh ; '
                f'<{skos}altLabel> "第{number}机构"@zh .\n'
            )
            for fact in range(FACTS_EACH):
                other, relation = f"<{BASE}organization/机构{rng.randrange(count)}>", relations[fact % len(relations)]
                a, e = f"<{BASE}assertion/{number}-{fact}>", f"<{BASE}evidence/{number}-{fact}>"
                out.write(
                    f"{me} <{kg}{relation}> {other} .\n{a} a <{kg}Assertion> ; <{rdf}subject> {me} ; "
                    f"<{rdf}predicate> <{kg}{relation}> ; <{rdf}object> {other} ; <{kg}confidence> 0.9 ; "
                    f'<{kg}modality> "done" ; <{kg}evidence> {e} .\n{e} a <{kg}Evidence> ; '
                    f'<{kg}quote> "机构{number}说的第{fact}句话，不长也不短。" ; <{kg}rule> "toy.rule" .\n'
                )
    write_store(folder / "store", folder / "graph.ttl")
    return count


def small(rng: random.Random, count: int) -> str:
    """One of the queries that pages and scripts ask all the time."""
    number = rng.randrange(count)
    return rng.choice((LABEL % number, FACTS % (BASE, number), HOPS % (BASE, number)))


def in_process(folder: Path, count: int, clients: int, bad: int, seconds: float) -> Tally:
    """The same load on threads of one process; the runaways cannot be stopped, so that process just ends."""
    call = f"serve.threads(Path({str(folder)!r}), {count}, {clients}, {bad}, {seconds})"
    code = f"import serve; from pathlib import Path; {call}"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parent, capture_output=True, text=True, check=True
    )
    times = [float(word) for word in done.stdout.split()]
    return Tally(small=times, seconds=seconds)


def threads(folder: Path, count: int, clients: int, bad: int, seconds: float) -> None:
    """Prints how long each small query took, then ends without waiting for the runaways."""
    import os

    store, known, times = Store(folder / "store"), prefixes(BASE), list[float]()
    end = time.monotonic() + seconds

    def quick(seed: int) -> None:
        rng = random.Random(seed)
        while time.monotonic() < end:
            sparql, started = small(rng, count), time.perf_counter()
            store.write(sparql, known, lambda graph: "json", io.BytesIO())
            times.append(time.perf_counter() - started)

    for _ in range(bad):
        threading.Thread(target=store.query, args=(RUNAWAY, known), daemon=True).start()
    running = [threading.Thread(target=quick, args=(number,), daemon=True) for number in range(clients - bad)]
    for one in running:
        one.start()
    for one in running:
        one.join(max(0.0, end + 1 - time.monotonic()))
    print(*times, flush=True)
    os._exit(0)


async def _ask(
    host: str,
    port: int,
    path: str,
    next_query: Callable[[], str],
    end: float,
    note: Callable[[int, float, bytes], None],
) -> None:
    """One client on one connection that is kept open, and opened again when the server closes it."""
    line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    while time.monotonic() < end:
        body = f"query={quote_plus(next_query())}".encode()
        head = f"POST {path} HTTP/1.1\r\nHost: {host}\r\nAccept: application/sparql-results+json\r\n"
        head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        started = time.perf_counter()
        try:
            line = line or await asyncio.open_connection(host, port)
            line[1].write(head.encode() + body)
            answer = await line[0].readuntil(b"\r\n\r\n")
            text = await _body(line[0], answer)
        except (OSError, asyncio.IncompleteReadError):
            note(0, time.perf_counter() - started, b"")
            line = None
            continue
        note(int(answer[9:12]), time.perf_counter() - started, text)
    if line:
        line[1].close()


async def _body(reader: asyncio.StreamReader, head: bytes) -> bytes:
    length = re.search(rb"content-length: *(\d+)", head, re.I)
    if length:
        return await reader.readexactly(int(length[1]))
    text = b""
    while size := int(await reader.readline(), 16):
        text += (await reader.readexactly(size + 2))[:-2]
    await reader.readline()
    return text


async def over_http(port: int, path: str, count: int, clients: int, bad: int, seconds: float, spell: str) -> Tally:
    """The load against a server; `spell` goes before each query."""
    tally, end = Tally(seconds=seconds), time.monotonic() + seconds

    def quick(status: int, took: float, text: bytes) -> None:
        tally.why[status] = tally.why.get(status, 0) + (status != 200)
        right = status == 200 and text.startswith(b'{"head"') and text.rstrip().endswith(b"}")
        tally.small.append(took) if right else setattr(tally, "lost", tally.lost + 1)

    def slow(status: int, took: float, text: bytes) -> None:
        tally.stopped += status != 200

    jobs = []
    for number in range(clients):
        rng = random.Random(number)
        if number < bad:
            jobs.append(_ask("127.0.0.1", port, path, lambda n=number: f"{spell}{RUNAWAY} # {n}", end, slow))
        else:
            jobs.append(_ask("127.0.0.1", port, path, lambda rng=rng: spell + small(rng, count), end, quick))
    tasks = [asyncio.create_task(job) for job in jobs]
    await asyncio.wait(tasks[bad:])
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return tally


@contextmanager
def process(
    *command: str, ready: Callable[[subprocess.Popen[str]], int]
) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """A server; `ready` waits for it and gives its port."""
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        yield ready(running), running
    finally:
        running.terminate()
        try:
            running.wait(15)
        except subprocess.TimeoutExpired:  # busy with what cannot be stopped
            running.kill()
            running.wait()


def said_port(running: subprocess.Popen[str]) -> int:
    assert running.stderr
    for line in running.stderr:
        if found := re.search(r":(\d+)/", line):
            threading.Thread(target=running.stderr.read, daemon=True).start()
            return int(found[1])
    raise SystemExit("the server did not start")


class Memory(threading.Thread):
    """The most memory a server and its workers had at once, looked at twice a second."""

    def __init__(self, top: int) -> None:
        super().__init__(daemon=True)
        self.top, self.most, self.start_ = top, 0, time.monotonic()
        self.start()

    def run(self) -> None:
        while Path(f"/proc/{self.top}").exists():
            children = Path(f"/proc/{self.top}/task/{self.top}/children")
            family = [str(self.top), *(children.read_text().split() if children.exists() else ())]
            self.most = max(self.most, sum(map(_resident, family)))
            time.sleep(0.5)


def _resident(number: str) -> int:
    try:
        return int(Path(f"/proc/{number}/statm").read_text().split()[1]) * 4096
    except (OSError, IndexError):
        return 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--triples", type=int)
    parser.add_argument("--clients", type=int)
    parser.add_argument("--seconds", type=float)
    given = parser.parse_args()
    triples = given.triples or (50_000 if given.short else 1_000_000)
    clients, seconds = given.clients or (20 if given.short else 50), given.seconds or (5 if given.short else 60)
    bad = clients // 10
    work = Path(tempfile.mkdtemp(prefix="kg-serve-"))
    try:
        _phases(work, triples, clients, bad, seconds)
    finally:
        shutil.rmtree(work)


def _phases(work: Path, triples: int, clients: int, bad: int, seconds: float) -> None:
    count = made(work / "graph", triples)
    print(
        f"{count * TRIPLES_EACH:,} triples; {clients} clients, {bad} of them runaway; {seconds:g} s a phase", flush=True
    )

    def show(name: str, tally: Tally) -> Tally:
        print(tally.line(name), flush=True)
        return tally

    show("engine in-process, one thread", in_process(work / "graph", count, 1, 0, min(seconds, 10)))
    calm = show("engine in-process, same clients", in_process(work / "graph", count, clients, 0, min(seconds, 20)))
    mixed = show("  with runaways", in_process(work / "graph", count, clients, bad, seconds))
    serve = (sys.executable, "-m", "kg", "serve", "--graph", str(work / "graph"), "--port", "0", "--timeout", "10")
    with process(*serve, ready=said_port) as (port, running):
        memory = Memory(running.pid)
        ours = show("kg serve", asyncio.run(over_http(port, "/sparql", count, clients, 0, min(seconds, 20), "")))
        load = show("  with runaways", asyncio.run(over_http(port, "/sparql", count, clients, bad, seconds, "")))
        print(f"{'':34} memory of server and workers: {memory.most >> 20} MiB at most")
    spell = "".join(f"PREFIX {name}: <{iri}> " for name, iri in prefixes(BASE).items() if name in ("kg", "rdf", "skos"))
    # Without its --timeout-s: that starts a thread for every query, and at this rate the server soon aborts.
    theirs = ("oxigraph", "serve-read-only", "--location", str(work / "graph" / "store"), "--bind", "127.0.0.1:7979")
    with process(*theirs, ready=_oxigraph) as (port, running):
        memory = Memory(running.pid)
        show("oxigraph server", asyncio.run(over_http(port, "/query", count, clients, 0, min(seconds, 20), spell)))
        show("  with runaways", asyncio.run(over_http(port, "/query", count, clients, bad, seconds, spell)))
        print(f"{'':34} memory of the server: {memory.most >> 20} MiB at most")
    print(
        f"kg serve to in-process, means: {ours.mean / calm.mean:.2f} calm, {load.mean / mixed.mean:.2f} with runaways"
    )


def _oxigraph(running: subprocess.Popen[str]) -> int:
    import socket

    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", 7979), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            assert running.stderr
            threading.Thread(target=running.stderr.read, daemon=True).start()
            return 7979
    raise SystemExit("the oxigraph server did not start")


if __name__ == "__main__":
    main()
