"""A graph is whole or not there: any order of changes, kill -9 at any moment, a full disk, two writers."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_texts import TEXTS, lay, outputs

from kg.build import add, build, forget
from kg.config import Config
from kg.errors import GraphError
from kg.ledger.inputs import content_of, read_inputs
from kg.ledger.ledger import open_ledger
from kg.ledger.version import rules_version
from kg.rdf.query import Answer, run_query

CONFIG = Config(jobs=1)


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return lay(Path("texts"), {f"{n}.txt": text for n, text in enumerate(TEXTS)})


# ---- the order of changes does not matter

NAMES = st.sampled_from(["a.txt", "b.txt", "c.txt", "d/e.txt"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), NAMES, st.sampled_from(TEXTS)),
        st.tuples(st.just("forget"), NAMES, st.just("")),
        st.tuples(st.just("build"), NAMES, st.just("")),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.sampled_from(TEXTS), steps=STEPS)
@pytest.mark.slow
def test_any_way_leads_to_the_same_graph(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    first: str,
    steps: list[tuple[str, str, str]],
) -> None:
    place = tmp_path_factory.mktemp("order")
    monkeypatch.chdir(place)
    Path("texts/d").mkdir(parents=True)
    files = {"z.txt": first}
    Path("texts/z.txt").write_text(first, encoding="utf-8")
    build([Path("texts")], out=Path("g"), config=CONFIG)
    for step, name, text in steps:
        path = Path("texts") / name
        if step == "put":
            path.write_text(text, encoding="utf-8")
            files[name] = text
            add([path], out=Path("g"), config=CONFIG)
        elif step == "forget" and name in files:
            path.unlink()
            del files[name]
            forget([path], out=Path("g"), config=CONFIG)
        elif step == "build":
            build([Path("texts")], out=Path("g"), config=CONFIG)
    held = read_inputs(Path("g"))
    assert held
    assert {file.source for file in held.files} == {f"texts/{name}" for name in files}
    build([Path("texts")], out=Path("at-once"), config=CONFIG)
    assert outputs(Path("g")) == outputs(Path("at-once"))
    shutil.rmtree(place)


# ---- whole or not at all

KILLED = "import sys; from kg.cli import run; sys.exit(run(sys.argv[1:]))"


def kill_one(out: Path, texts: Path, seconds: float | None) -> None:
    """A build, killed some time after it began; None: never."""
    command = [sys.executable, "-c", KILLED, "build", str(texts), "--out", str(out), "--config", "kg.toml"]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    if seconds is not None:
        time.sleep(seconds)
        child.send_signal(signal.SIGKILL)
    child.wait()


@pytest.mark.slow
def test_killed_at_any_moment_a_build_loses_nothing(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    Path("kg.toml").write_text("jobs = 1\n", encoding="utf-8")
    build([texts / "0.txt"], out=Path("g"), config=CONFIG)
    good = (Path("g") / "graph.ttl").read_bytes()
    for n in range(80):
        (texts / f"more-{n}.txt").write_text(f"{TEXTS[n % 6]}\n第{n}期。\n" + TEXTS[(n + 1) % 6] * 3, encoding="utf-8")
    started = time.perf_counter()
    kill_one(Path("whole"), texts, None)
    whole, seconds = (Path("whole") / "graph.ttl").read_bytes(), time.perf_counter() - started
    contents, chance, known = [content_of(path) for path in texts.iterdir()], random.Random(7), 0
    for _ in range(12):
        kill_one(Path("g"), texts, chance.uniform(0, seconds))
        assert run_query(Path("g"), "ASK { ?s kg:leads ?o }") == Answer(value=True)
        assert (Path("g") / "graph.ttl").read_bytes() in (good, whole)
        with open_ledger(Path("g"), rules_version()) as ledger:
            assert len(ledger.known(contents)) >= known, "work that was done has been lost"
            known = len(ledger.known(contents))
    report = build([texts], out=Path("g"), config=CONFIG)
    assert report.read == len(set(contents)) - known
    assert (Path("g") / "graph.ttl").read_bytes() == whole


FULL = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from kg.cli import run
sys.exit(run(sys.argv[2:]))
"""


@pytest.mark.parametrize("room", [0, 5_000, 40_000, 120_000])
def test_a_full_disk_is_one_line_and_loses_nothing(texts: Path, room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    build([texts / "0.txt"], out=Path("g"), config=CONFIG)
    before = outputs(Path("g"))
    command = [sys.executable, "-c", FULL, str(room), "build", str(texts), "--out", "g"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("kg: g")
    assert done.stderr.count("\n") == 1, done.stderr
    assert outputs(Path("g")) == before
    assert build([texts], out=Path("g"), config=CONFIG).documents == len(TEXTS)


def test_one_writer_at_a_time(texts: Path) -> None:
    from kg.rdf.folder import claimed

    build([texts], out=Path("g"), config=CONFIG)
    with claimed(Path("g")), pytest.raises(GraphError, match="another process is building there"):
        add([texts], out=Path("g"), config=CONFIG)


def test_workers_do_not_outlive_a_killed_build(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    for n in range(200):
        (texts / f"more-{n}.txt").write_text(TEXTS[n % 6].replace("2024", str(1900 + n)), encoding="utf-8")
    command = [sys.executable, "-c", KILLED, "build", "texts", "--out", "g", "--config", "kg.toml"]
    Path("kg.toml").write_text("jobs = 2\n", encoding="utf-8")
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    deadline = time.monotonic() + 30
    while len(group(child.pid)) < 3 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert len(group(child.pid)) >= 3
    child.send_signal(signal.SIGKILL)
    child.wait()
    while group(child.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not group(child.pid)


def group(leader: int) -> list[str]:
    """The processes of a session, as ps sees them."""
    said = subprocess.run(["ps", "-A", "-o", "pgid=,pid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = (line.split() for line in said.splitlines())
    return [pid for pgid, pid, state, *_ in rows if pgid == str(leader) and not state.startswith("Z")]
