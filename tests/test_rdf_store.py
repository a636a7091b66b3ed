"""A built graph on disk: whole or not at all, one writer, and damage told plainly."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from toygraph import build, document, entity, toy

from kg.config import Config
from kg.errors import GraphError, QueryError
from kg.exports.turtle import turtle, write_turtle
from kg.graph import Graph
from kg.rdf import folder as folders
from kg.rdf.folder import reading, writing
from kg.rdf.graph import resources, triples
from kg.rdf.layout import subject_order
from kg.rdf.query import Answer, run_query
from kg.rdf.store import Store, read_turtle, write_store
from kg.rdf.terms import Iri, Literal, Resource, flat

CONFIG = Config()


def leftovers(folder: Path) -> set[str]:
    return {".new", ".commit", ".old"} & {path.name for path in folder.iterdir()}


def others() -> Graph:
    return Graph(documents=(document("另一篇。"),), entities=(entity("place", "别处"),))


def test_the_store_holds_the_graph(tmp_path: Path) -> None:
    store = Store(build(toy(), tmp_path / "g") / "store")
    meant = set(triples(toy(), CONFIG))
    assert set(store.triples()) == meant
    assert len(store) == len(meant)


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_a_store_that_is_loaded_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    path = tmp_path / "some.ttl"
    path.write_text("_:x <a:in> _:y .\n" + "".join(f"_:x <a:has> {n} .\n" for n in range(20)) + "_:y <a:of> _:x .\n")
    monkeypatch.setattr("kg.rdf.store._PART", size)
    write_store(tmp_path / "store", path)
    found = Store(tmp_path / "store")
    assert len(found) == 22
    assert found.query("ASK { ?x <a:in> ?y ; <a:has> 19 . ?y <a:of> ?x }", {}) is True


def test_turtle_from_the_store_is_the_turtle_it_was_made_of(tmp_path: Path) -> None:
    folder = build(toy(), tmp_path / "g")
    store = Store(folder / "store")
    ordered = (store.resource(subject) for subject in sorted(store.subjects(), key=subject_order(CONFIG.base)))
    assert "".join(turtle(ordered, base=CONFIG.base)) == (folder / "graph.ttl").read_text(encoding="utf-8")


def test_a_store_is_only_written_into_a_new_folder(tmp_path: Path) -> None:
    folder = build(toy(), tmp_path / "g")
    with pytest.raises(GraphError, match="only written into a new folder"):
        write_store(folder / "store", folder / "graph.ttl")


def test_malformed_turtle_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.ttl"
    path.write_text("<a:a> <a:b> <a:c> .\n<a:a> <a:b .\n", encoding="utf-8")
    with pytest.raises(GraphError, match=r"bad.ttl: cannot be read as Turtle: .*line 2"):
        list(read_turtle(path))
    with pytest.raises(GraphError, match="cannot be written"):
        write_store(tmp_path / "store", path)
    with pytest.raises(GraphError, match=r"none.ttl: cannot be read"):
        list(read_turtle(tmp_path / "none.ttl"))


def test_what_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="holds no graph; build one"):
        Store(tmp_path)
    with pytest.raises(QueryError):
        Store(build(toy(), tmp_path / "g") / "store").query("nonsense", {})
    assert Store(tmp_path / "g" / "store").resource(Iri("https://example.org/none")).properties == ()


@pytest.mark.parametrize("victim", ["CURRENT", "MANIFEST-*", "*.sst"])
def test_a_damaged_store_is_told(tmp_path: Path, victim: str) -> None:
    folder = build(toy(), tmp_path / "g")
    for path in (folder / "store").glob(victim):
        path.write_bytes(b"no such thing\n" * (path.stat().st_size // 14 + 1))
    with pytest.raises(GraphError, match=r"is damaged .*build the graph again"):
        run_query(folder, "ASK { ?s ?p ?o }")


def test_a_graph_of_another_version_is_told(tmp_path: Path) -> None:
    lines = "".join(turtle(resources(toy(), CONFIG), base=CONFIG.base)).replace('versionInfo "1"', 'versionInfo "2"')
    (tmp_path / "g.ttl").write_text(lines, encoding="utf-8")
    (tmp_path / "g").mkdir()
    write_store(tmp_path / "g" / "store", tmp_path / "g.ttl")
    with pytest.raises(GraphError, match="of format 2, this program reads 1"):
        run_query(tmp_path / "g", "ASK {}")


# ---- the folder


def test_a_new_build_replaces_outputs_and_nothing_else(tmp_path: Path) -> None:
    folder = build(toy(), tmp_path / "g")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    build(others(), folder)
    assert run_query(folder, "ASK { place:别处 ?p ?o }") == Answer(value=True)
    assert run_query(folder, "ASK { ?s a kg:Official }") == Answer(value=False)
    assert "别处" in (folder / "graph.ttl").read_text(encoding="utf-8")
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert not leftovers(folder)


def test_a_build_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    folder = build(toy(), tmp_path / "g")
    before = (folder / "graph.ttl").read_bytes()
    with pytest.raises(GraphError), writing(folder) as new:
        write_turtle([Resource(Iri("no iri"), ((Iri("a:p"), Literal("x")),))], new / "graph.ttl", base=CONFIG.base)
    assert (folder / "graph.ttl").read_bytes() == before
    assert run_query(folder, "ASK { ?s a kg:Official }") == Answer(value=True)
    assert not (folder / ".new").exists()


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    with (
        writing(tmp_path / "g"),
        pytest.raises(GraphError, match="another process is building there"),
        writing(tmp_path / "g"),
    ):
        pass


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(GraphError, match="cannot be written"), writing(tmp_path / "file"):
        pass


@pytest.mark.parametrize("moved", [0, 1, 2])
def test_whoever_comes_next_finishes_an_interrupted_replacement(tmp_path: Path, moved: int) -> None:
    folder, new = build(toy(), tmp_path / "g"), build(others(), tmp_path / "new")
    commit, old = folder / ".commit", folder / ".old"
    commit.mkdir()
    old.mkdir()
    for name in ("graph.ttl", "store"):
        (new / name).rename(commit / name)
    if moved:  # died after the file was replaced, and, for 2, with the store's folder out of its place
        (commit / "graph.ttl").replace(folder / "graph.ttl")
    if moved == 2:
        (folder / "store").rename(old / "store")
    assert run_query(folder, "ASK { place:别处 ?p ?o }") == Answer(value=True)
    assert "别处" in (folder / "graph.ttl").read_text(encoding="utf-8")
    assert not leftovers(folder)


def test_readers_hold_off_the_replacement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = build(toy(), tmp_path / "g")
    program = "import sys, pathlib; from toygraph import build, toy; build(toy(), pathlib.Path(sys.argv[1]))"
    with reading(folder):
        before = (folder / "store" / "IDENTITY").read_bytes()
        child = subprocess.Popen([sys.executable, "-c", program, str(folder)], cwd=Path(__file__).parent, env=path())
        deadline = time.monotonic() + 30
        while not (folder / ".commit").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert (folder / ".commit").exists()
        assert (folder / "store" / "IDENTITY").read_bytes() == before
    assert child.wait(timeout=30) == 0
    assert (folder / "store" / "IDENTITY").read_bytes() != before
    with reading(folder) as found:
        assert found == folder
    assert folders.STORE == "store"


def path() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), str(Path(__file__).parent)])}


FULL = """
import resource, signal, sys, pathlib
from toygraph import build, toy
from kg.errors import GraphError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    build(toy(), pathlib.Path(sys.argv[1]))
except GraphError as error:
    print(error)
"""


@pytest.mark.parametrize("room", [0, 1000, 9000, 40000])
def test_a_full_disk_loses_nothing(tmp_path: Path, room: int) -> None:
    folder = build(others(), tmp_path / "g")
    before = (folder / "graph.ttl").read_bytes()
    command = [sys.executable, "-c", FULL, str(folder), str(room)]
    said = subprocess.run(command, capture_output=True, text=True, env=path(), timeout=60, check=True).stdout
    assert "cannot be written" in said
    assert len(said.splitlines()) == 1
    assert (folder / "graph.ttl").read_bytes() == before
    assert run_query(folder, "ASK { place:别处 ?p ?o }") == Answer(value=True)
    assert not leftovers(folder)


BUILDER = """
import sys, pathlib
from dataclasses import replace
from toygraph import build, document, entity, toy
graph = toy()
folder = pathlib.Path(sys.argv[1])
print("ready", flush=True)
while True:
    for name in ("甲", "乙"):
        build(replace(graph, entities=(*graph.entities, entity("place", name))), folder)
"""


@pytest.mark.slow
def test_killed_at_any_moment_the_graph_is_whole(tmp_path: Path) -> None:
    folder, chance = tmp_path / "g", random.Random(5)
    names, graph = ("甲", "乙"), toy()
    wholes = []
    for name in names:
        graphs = replace(graph, entities=(*graph.entities, entity("place", name)))
        wholes.append("".join(turtle(resources(graphs, CONFIG), base=CONFIG.base)))
    build(replace(graph, entities=(*graph.entities, entity("place", "甲"))), folder)
    for _ in range(12):
        child = subprocess.Popen([sys.executable, "-c", BUILDER, str(folder)], stdout=subprocess.PIPE, env=path())
        assert child.stdout
        assert child.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0, 0.25))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        stored = [run_query(folder, f"ASK {{ place:{name} ?p ?o }}") == Answer(value=True) for name in names]
        assert stored.count(True) == 1
        assert (folder / "graph.ttl").read_text(encoding="utf-8") == wholes[stored.index(True)]
        with reading(folder):
            assert len(Store(folder / "store")) == len(set(flat(resources(graph, CONFIG)))) + 3
    build(toy(), folder)
    assert set(Store(folder / "store").triples()) == set(triples(toy(), CONFIG))
    shutil.rmtree(folder)
