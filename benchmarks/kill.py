"""A build killed with kill -9 at 200 random moments: the graph always opens, and is in the end the one it should be.

    python benchmarks/kill.py TEXTS [TIMES] [SEED]

Two sets of texts take turns, so that every build has something to write; a third of the kills fall into the last
part of the build, where the outputs are replaced.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kg.build import build
from kg.config import Config
from kg.ledger.ledger import open_ledger
from kg.ledger.version import rules_version
from kg.rdf.query import Answer, run_query

COMMAND = "import sys; from kg.cli import run; sys.exit(run(sys.argv[1:]))"


def started(texts: list[Path], out: Path) -> subprocess.Popen[bytes]:
    """A build in a process of its own."""
    command = [sys.executable, "-c", COMMAND, "build", *map(str, texts), "--out", str(out)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def known(out: Path) -> int:
    """Texts whose readings the ledger holds."""
    with open_ledger(out, rules_version()) as ledger:
        return int(ledger._database.execute("SELECT COUNT(*) FROM readings").fetchone()[0])


def main() -> None:
    """Kill, look, and kill again."""
    texts = sorted(Path(sys.argv[1]).glob("*.txt"))
    times, chance = int(sys.argv[2]) if len(sys.argv) > 2 else 200, random.Random(int((sys.argv[3:] or ["1"])[0]))
    sets = (texts, texts[: len(texts) // 2])
    with tempfile.TemporaryDirectory() as folder:
        wholes = [whole(one, Path(folder) / f"whole-{number}") for number, one in enumerate(sets)]
        out, aim, done, killed = Path(folder) / "graph", 1, 0, 0
        build(sets[0], out=out, config=Config())
        shortest = seconds(sets[1], Path(folder) / "timed")
        for number in range(times):
            before = known(out)
            process = started(list(sets[aim]), out)
            late = number % 3 == 0
            time.sleep(chance.uniform(0.7 * shortest if late else 0, 1.1 * shortest))
            process.send_signal(signal.SIGKILL)
            killed += process.wait() == -signal.SIGKILL
            found = (out / "graph.ttl").read_bytes()
            assert found in wholes, f"{number}: neither the old graph nor the new one"
            assert run_query(out, "ASK { ?s a kg:Organization }") == Answer(value=True), number
            if found == wholes[aim]:
                aim, done = 1 - aim, done + 1
            else:
                assert known(out) >= min(before, len(sets[1])), f"{number}: work that was done has been lost"
        for aim in (0, 1):
            build(sets[aim], out=out, config=Config())
            assert (out / "graph.ttl").read_bytes() == wholes[aim]
    print(f"{times} builds, {killed} killed before their end, {done} had replaced the graph; never a broken one")


def whole(texts: list[Path], out: Path) -> bytes:
    """The Turtle of a build that nobody disturbs."""
    build(texts, out=out, config=Config())
    return (out / "graph.ttl").read_bytes()


def seconds(texts: list[Path], out: Path) -> float:
    """How long a build in a process of its own takes."""
    begun = time.perf_counter()
    started(texts, out).wait()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
