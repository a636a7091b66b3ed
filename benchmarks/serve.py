"""Load on `kg serve`, one client in ten sending runaway queries, beside the engine in-process and its own server.

    python benchmarks/serve.py                     a million triples, 50 clients, 60 s a phase (some ten minutes)
    python benchmarks/serve.py --short             fifty thousand triples, 20 clients, 5 s a phase

The clients ask in two ways: ten times a second each, which tells how long an answer takes, and again as soon
as they have their answer, which tells how many answers there can be: then they wait for each other, whoever
answers. The in-process figure is the same load on threads of one process over one store, which is what an
embedding program would have.
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
from pathlib import Path

from serve_load import RUNAWAY, TRIPLES_EACH, Load, Tally, made, over_http, pauses, small

from kg.config import BASE
from kg.rdf.layout import prefixes
from kg.rdf.store import Store


def in_process(folder: Path, count: int, load: Load) -> Tally:
    """The same load on threads of one process; the runaways cannot be stopped, so that process just ends."""
    call = f"serve.threads(Path({str(folder)!r}), {count}, serve_load.{load!r})"
    code = f"import serve, serve_load; from pathlib import Path; {call}"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parent, capture_output=True, text=True, check=True
    )
    times = [float(word) for word in done.stdout.split()]
    return Tally(small=times, seconds=load.seconds)


def threads(folder: Path, count: int, load: Load) -> None:
    """Prints how long each small query took, then ends without waiting for the runaways."""
    import os

    store, known, times = Store(folder / "store"), prefixes(BASE), list[float]()
    end = time.monotonic() + load.seconds

    def quick(seed: int) -> None:
        rng = random.Random(seed)
        for pause in pauses(load.seconds, load.every, rng):
            time.sleep(pause)
            sparql, started = small(rng, count), time.perf_counter()
            store.write(sparql, known, lambda graph: "json", io.BytesIO())
            times.append(time.perf_counter() - started)

    for _ in range(load.bad):
        threading.Thread(target=store.query, args=(RUNAWAY, known), daemon=True).start()
    running = [threading.Thread(target=quick, args=(number,), daemon=True) for number in range(load.clients - load.bad)]
    for one in running:
        one.start()
    for one in running:
        one.join(max(0.0, end + 1 - time.monotonic()))
    print(*times, flush=True)
    os._exit(0)


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
    work = Path(tempfile.mkdtemp(prefix="kg-serve-"))
    try:
        _phases(work, triples, clients, seconds)
    finally:
        shutil.rmtree(work)


def _phases(work: Path, triples: int, clients: int, seconds: float) -> None:
    count = made(work / "graph", triples)
    print(
        f"{count * TRIPLES_EACH:,} triples; {clients} clients, {clients // 10} of them runaway; {seconds:g} s a phase",
        flush=True,
    )

    def show(name: str, tally: Tally) -> Tally:
        print(tally.line(name), flush=True)
        return tally

    bad, brief = clients // 10, min(seconds, 20)
    loads = {
        "ten a second each": Load(clients=clients, every=0.1, seconds=brief),
        "  with runaways": Load(clients=clients, bad=bad, every=0.1, seconds=seconds),
        "again at once": Load(clients=clients, seconds=brief),
        "  with runaways ": Load(clients=clients, bad=bad, seconds=seconds),
    }
    print("engine in-process")
    show("one thread, again at once", in_process(work / "graph", count, Load(clients=1, seconds=brief / 2)))
    within = [show(name, in_process(work / "graph", count, load)) for name, load in loads.items()]
    print("kg serve")
    serve = (sys.executable, "-m", "kg", "serve", "--graph", str(work / "graph"), "--port", "0", "--timeout", "10")
    with process(*serve, ready=said_port) as (port, running):
        memory = Memory(running.pid)
        ours = [show(name, asyncio.run(over_http(port, "/sparql", count, load, ""))) for name, load in loads.items()]
        print(f"{'':26} memory of server and workers: {memory.most >> 20} MiB at most")
    print("oxigraph server")
    spell = "".join(f"PREFIX {name}: <{iri}> " for name, iri in prefixes(BASE).items() if name in ("kg", "rdf", "skos"))
    # Without its --timeout-s: that starts a thread for every query, and at this rate the server soon aborts.
    oxigraph = str(Path(sys.executable).with_name("oxigraph"))  # of this environment, activated or not
    theirs = (oxigraph, "serve-read-only", "--location", str(work / "graph" / "store"), "--bind", "127.0.0.1:7979")
    with process(*theirs, ready=_oxigraph) as (port, running):
        memory = Memory(running.pid)
        for name, load in loads.items():
            show(name, asyncio.run(over_http(port, "/query", count, load, spell)))
        print(f"{'':26} memory of the server: {memory.most >> 20} MiB at most")
    print("kg serve to in-process")
    for name, one, other in zip(loads, ours, within, strict=True):
        print(f"{name:26} median {one.median / other.median:6.2f}   mean {one.mean / other.mean:6.2f}")


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
