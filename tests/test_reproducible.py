"""The same texts give the same bytes: in any process, in any order, in however many steps."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_texts import TEXTS
from running import ROOT, Done

from kg.build import add, build, forget
from kg.config import Config
from kg.exports.formats import Order, export

Kg = Callable[..., Done]
OUTPUTS = ("graph.ttl", "graph.graphml", "graph.html")
CONFIG = Config(jobs=1)
FILES = {f"{number}.txt": text for number, text in enumerate(TEXTS)}
# Hypothesis draws what is done; the folders are made anew for each example.
CALM = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def digests(folder: Path, names: Sequence[str] = OUTPUTS) -> dict[str, str]:
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


def in_a_process(seed: str, *arguments: str, cwd: Path = ROOT) -> None:
    """A command in a process whose sets and dictionaries are shuffled by `seed`."""
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    line = [sys.executable, "-m", "kg", *arguments]
    done = subprocess.run(line, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of texts, in the folder from which builds are run."""
    monkeypatch.chdir(tmp_path)
    folder = Path("texts")
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The seeds, built in two processes."""
    found = []
    for seed in ("0", "31337"):
        found.append(tmp_path_factory.mktemp("twice") / "graph")
        in_a_process(seed, "build", "seeds", "--out", str(found[-1]))
    return found


class TestProcesses:
    @pytest.mark.parametrize("name", OUTPUTS)
    def test_the_seeds_have_the_same_bytes(self, twice: list[Path], name: str) -> None:
        one, other = (digests(folder, [name]) for folder in twice)
        assert one == other

    @pytest.mark.parametrize("form", ["nt", "trig", "jsonld", "rdfxml", "gexf", "xlsx"])
    def test_every_other_form_has_too(self, twice: list[Path], form: str, tmp_path: Path) -> None:
        found = set()
        for folder in twice:
            export(folder, Order(format=form, path=tmp_path / form))
            found.add((tmp_path / form).read_bytes())
        assert len(found) == 1

    def test_annotations_too(self, tmp_path: Path) -> None:
        for seed in ("0", "31337"):
            in_a_process(seed, "annotate", "seeds", "-o", str(tmp_path / seed))
        assert (tmp_path / "0").read_bytes() == (tmp_path / "31337").read_bytes()

    def test_the_graph_under_version_control_is_that_of_the_seeds(self, twice: list[Path]) -> None:
        kept = [name for name in OUTPUTS if (ROOT / "exports" / name).exists() and _is_kept(f"exports/{name}")]
        if not kept:
            pytest.xfail("exports/ is not under version control yet")
        assert kept == list(OUTPUTS)
        assert digests(ROOT / "exports") == digests(twice[0])


def _is_kept(name: str) -> bool:
    """Whether git keeps a file; without git, whatever is there counts."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        return True
    done = subprocess.run(["git", "ls-files", "--error-unmatch", name], cwd=ROOT, capture_output=True, check=False)
    return done.returncode == 0


class TestOrder:
    def test_of_the_paths(self, texts: Path) -> None:
        files = sorted(texts.iterdir())
        build(files, out=Path("one"), config=CONFIG)
        build(files[::-1], out=Path("other"), config=CONFIG)
        assert digests(Path("one"), OUTPUTS[:2]) == digests(Path("other"), OUTPUTS[:2])

    def test_a_folder_is_its_files(self, texts: Path) -> None:
        build([texts], out=Path("one"), config=CONFIG)
        build(sorted(texts.iterdir()), out=Path("other"), config=CONFIG)
        assert digests(Path("one"), OUTPUTS[:2]) == digests(Path("other"), OUTPUTS[:2])

    def test_a_path_twice_is_once(self, texts: Path) -> None:
        build([texts], out=Path("one"), config=CONFIG)
        build([texts, texts / "0.txt", texts], out=Path("other"), config=CONFIG)
        assert digests(Path("one"), OUTPUTS[:2]) == digests(Path("other"), OUTPUTS[:2])

    def test_of_several_processes(self, texts: Path) -> None:
        build([texts], out=Path("one"), config=CONFIG)
        build([texts], out=Path("other"), config=Config(jobs=2))
        assert digests(Path("one")) == digests(Path("other"))

    def test_a_second_build_changes_nothing(self, texts: Path) -> None:
        build([texts], out=Path("one"), config=CONFIG)
        before = {name: (Path("one") / name).stat().st_mtime_ns for name in OUTPUTS}
        report = build([texts], out=Path("one"), config=CONFIG)
        assert not report.changed
        assert report.read == 0
        assert {name: (Path("one") / name).stat().st_mtime_ns for name in OUTPUTS} == before


class TestSteps:
    @CALM
    @given(first=st.sets(st.sampled_from(sorted(FILES)), min_size=1, max_size=4), data=st.data())
    def test_built_in_one_or_added_in_two(
        self, texts: Path, tmp_path_factory: pytest.TempPathFactory, first: set[str], data: st.DataObject
    ) -> None:
        more = data.draw(st.sets(st.sampled_from(sorted(FILES)), min_size=1, max_size=4))
        out = tmp_path_factory.mktemp("steps")
        build([texts / name for name in sorted(first)], out=out / "steps", config=CONFIG)
        add([texts / name for name in sorted(more)], out=out / "steps", config=CONFIG)
        build([texts / name for name in sorted(first | more)], out=out / "whole", config=CONFIG)
        assert digests(out / "steps", OUTPUTS[:2]) == digests(out / "whole", OUTPUTS[:2])

    @CALM
    @given(gone=st.sets(st.sampled_from(sorted(FILES)), min_size=1, max_size=len(FILES) - 1))
    def test_what_is_forgotten_was_never_there(
        self, texts: Path, tmp_path_factory: pytest.TempPathFactory, gone: set[str]
    ) -> None:
        out = tmp_path_factory.mktemp("gone")
        build([texts], out=out / "steps", config=CONFIG)
        forget([texts / name for name in sorted(gone)], out=out / "steps", config=CONFIG)
        build([texts / name for name in sorted(FILES.keys() - gone)], out=out / "whole", config=CONFIG)
        assert digests(out / "steps", OUTPUTS[:2]) == digests(out / "whole", OUTPUTS[:2])

    def test_a_text_that_changes_and_changes_back(self, texts: Path) -> None:
        build([texts], out=Path("graph"), config=CONFIG)
        before = digests(Path("graph"), OUTPUTS[:2])
        (texts / "0.txt").write_text(FILES["1.txt"], encoding="utf-8")
        assert build([texts], out=Path("graph"), config=CONFIG).changed
        assert digests(Path("graph"), OUTPUTS[:2]) != before
        (texts / "0.txt").write_text(FILES["0.txt"], encoding="utf-8")
        build([texts], out=Path("graph"), config=CONFIG)
        assert digests(Path("graph"), OUTPUTS[:2]) == before

    def test_outputs_that_somebody_touched_are_written_again(self, texts: Path) -> None:
        build([texts], out=Path("graph"), config=CONFIG)
        before = digests(Path("graph"), OUTPUTS[:2])
        (Path("graph") / "graph.ttl").write_text("nothing\n", encoding="utf-8")
        build([texts], out=Path("graph"), config=CONFIG)
        assert digests(Path("graph"), OUTPUTS[:2]) == before

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
    def test_the_encoding_of_a_file_changes_nothing(self, texts: Path, encoding: str) -> None:
        build([texts], out=Path("one"), config=CONFIG)
        for name, text in FILES.items():
            (texts / name).write_bytes(text.replace("\n", "\r\n").encode(encoding))
        build([texts], out=Path("other"), config=CONFIG)
        assert digests(Path("one"), OUTPUTS[:2]) == digests(Path("other"), OUTPUTS[:2])
