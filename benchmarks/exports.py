"""Writing a large graph: our Turtle beside the engine's own, every other form, and reading back.

    python benchmarks/exports.py [TRIPLES] [--back]

Each step runs in a process of its own, so that its memory is its own; `--back` also reads the Turtle file with rdflib
and with the engine and compares the two graphs (rdflib needs about two gigabytes for a million triples).
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent


def step(name: str, folder: Path, triples: int) -> None:
    """One thing to measure, in this process."""
    started = time.perf_counter()
    said = STEPS[name](folder, triples) or ""
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1024)
    print(f"{name:28} {seconds:8.2f} s {peak:8.0f} MB  {said}", flush=True)


def build(folder: Path, triples: int) -> str:
    from made_graph import resources

    from kg.config import BASE
    from kg.exports.turtle import write_turtle
    from kg.rdf.store import Store, write_store

    write_turtle(resources(triples), folder / "graph.ttl", base=BASE)
    write_store(folder / "store", folder / "graph.ttl")
    return f"{len(Store(folder / 'store')):,} triples"


def stamp(folder: Path, _: int) -> None:
    """Say of the folder what a build says, so that exports may go through its Turtle file."""
    from kg.ledger.inputs import Inputs, stamps, write_inputs

    write_inputs(folder, Inputs(files=(), program="", base="", outputs=stamps(folder)))


def values_to_turtle(folder: Path, triples: int) -> None:
    from made_graph import resources

    from kg.config import BASE
    from kg.exports.turtle import write_turtle

    write_turtle(resources(triples), folder / "again.ttl", base=BASE)


def engine_to_turtle(folder: Path, _: int) -> None:
    import pyoxigraph

    from kg.config import BASE
    from kg.rdf.layout import prefixes

    store = pyoxigraph.Store.read_only(str(folder / "store"))
    graph = pyoxigraph.DefaultGraph()
    store.dump(
        str(folder / "engine.ttl"), format=pyoxigraph.RdfFormat.TURTLE, from_graph=graph, prefixes=prefixes(BASE)
    )


def export(form: str, folder: Path) -> str:
    from kg.exports.formats import Order
    from kg.exports.formats import export as run

    out = folder / f"out.{form}"
    run(folder, Order(format=form, path=out))
    size = sum(path.stat().st_size for path in ([out] if out.is_file() else out.iterdir()))
    return f"{size / 1e6:,.0f} MB"


def back(folder: Path, _: int) -> str:
    import pyoxigraph
    import rdflib

    started = time.perf_counter()
    ours = {
        str(quad.triple) for quad in pyoxigraph.parse(path=folder / "graph.ttl", format=pyoxigraph.RdfFormat.TURTLE)
    }
    engine = time.perf_counter() - started
    graph = rdflib.Graph(bind_namespaces="none").parse(folder / "graph.ttl")
    lines = graph.serialize(format="nt11", encoding="utf-8")
    found = {str(quad.triple) for quad in pyoxigraph.parse(input=lines, format=pyoxigraph.RdfFormat.N_TRIPLES)}
    return f"the same graph: {found == ours}; the engine read it in {engine:.1f} s"


FORMS = ("turtle", "nt", "nq", "trig", "jsonld", "rdfxml", "graphml", "gexf", "csv", "neo4j", "xlsx")
STEPS = {
    "build store and Turtle": build,
    "Turtle from values": values_to_turtle,
    "Turtle by the engine": engine_to_turtle,
    "Turtle from the store": lambda folder, _: export("turtle", folder),
    "stamp": stamp,
    **{f"export {form}": (lambda folder, _, form=form: export(form, folder)) for form in FORMS},
    "read back": back,
}


def main() -> None:
    """Every step, in its own process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("triples", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--back", action="store_true")
    parser.add_argument("--step", nargs=2, metavar=("NAME", "DIR"))
    asked = parser.parse_args()
    if asked.step:
        step(asked.step[0], Path(asked.step[1]), asked.triples)
        return
    with tempfile.TemporaryDirectory() as folder:
        for name in STEPS:
            if name != "read back" or asked.back:
                command = [sys.executable, __file__, str(asked.triples), "--step", name, folder]
                subprocess.run(command, check=True, cwd=HERE)


if __name__ == "__main__":
    main()
