"""The load for `serve.py`: a graph of any size, its small and its runaway queries, and clients that ask over HTTP.

The clients write HTTP themselves: a client library would cost more processor time than the server it measures.
"""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import quote_plus

from kg.config import BASE, ONTOLOGY
from kg.rdf.store import write_store

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
    own: float = 0.0  # processor seconds that the clients themselves took
    why: dict[int, int] = field(default_factory=dict)  # statuses of those lost, 0 for a broken connection

    @property
    def mean(self) -> float:
        return sum(self.small) / len(self.small)

    @property
    def median(self) -> float:
        return median(self.small)

    @property
    def reasons(self) -> str:
        found = {status: count for status, count in self.why.items() if count}
        return f" {found}" if found else ""

    def line(self, name: str) -> str:
        if not self.small:
            return f"{name:26} no small query was answered; lost {self.lost}{self.reasons}"
        ordered = sorted(self.small)
        p99 = ordered[int(len(ordered) * 0.99)] * 1000
        return (
            f"{name:26} median {median(ordered) * 1000:7.2f}   mean {self.mean * 1000:7.2f}   p99 {p99:8.2f} ms   "
            f"{len(ordered) / self.seconds:7.1f}/s   lost {self.lost}{self.reasons}   runaways stopped {self.stopped}"
            + (f"   clients {self.own / self.seconds:4.0%} of a core" if self.own else "")
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


async def _ask(
    host: str,
    port: int,
    path: str,
    next_query: Callable[[], str],
    due: Iterator[float],
    note: Callable[[int, float, bytes], None],
) -> None:
    """One client on one connection that is kept open, and opened again when the server closes it."""
    line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    for pause in due:
        await asyncio.sleep(pause)
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


def pauses(seconds: float, every: float, rng: random.Random) -> Iterator[float]:
    """How long a client waits before each of its queries; with `every` it asks so often as long as it gets answers."""
    end, due = time.monotonic() + seconds, time.monotonic() + rng.uniform(0, every)
    while (now := time.monotonic()) < end:
        yield max(0.0, due - now)
        due = max(due + every, time.monotonic())


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Who asks how often."""

    clients: int
    bad: int = 0  # of the clients, those that send runaway queries
    every: float = 0.0  # seconds between a client's queries; at 0 it asks again as soon as it has its answer
    seconds: float


async def over_http(port: int, path: str, count: int, load: Load, spell: str) -> Tally:
    """The load against a server; `spell` goes before each query."""
    tally, started = Tally(seconds=load.seconds), time.process_time()

    def quick(status: int, took: float, text: bytes) -> None:
        tally.why[status] = tally.why.get(status, 0) + (status != 200)
        right = status == 200 and text.startswith(b'{"head"') and text.rstrip().endswith(b"}")
        tally.small.append(took) if right else setattr(tally, "lost", tally.lost + 1)

    def slow(status: int, took: float, text: bytes) -> None:
        tally.stopped += status != 200

    jobs = []
    for number in range(load.clients):
        rng = random.Random(number)
        if number < load.bad:
            due = pauses(load.seconds, 0, rng)
            jobs.append(_ask("127.0.0.1", port, path, lambda n=number: f"{spell}{RUNAWAY} # {n}", due, slow))
        else:
            due = pauses(load.seconds, load.every, rng)
            jobs.append(_ask("127.0.0.1", port, path, lambda rng=rng: spell + small(rng, count), due, quick))
    tasks = [asyncio.create_task(job) for job in jobs]
    await asyncio.wait(tasks[load.bad :])
    tally.own = time.process_time() - started
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return tally
