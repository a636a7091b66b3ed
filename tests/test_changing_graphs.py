"""`kg build`, `kg add` and `kg forget` on a folder in any state: what it holds is whole, or nothing was done."""

from __future__ import annotations

import fcntl
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from ledger_texts import OUTPUTS, lay, named, outputs
from running import ROOT, Done, one_line

Kg = Callable[..., Done]
G = Path("g")
FILES = {
    "0.txt": "石家庄市民政局召开养老服务推进会\n2024年5月12日，石家庄市民政局召开养老服务推进会。\n",
    "1.txt": "遵义市社会工作协会成立\n2024年6月3日，遵义市社会工作协会成立。遵义市民政局指导遵义市社会工作协会。\n",
    "2.txt": "遵义市社会工作协会发布规范\n2024年7月1日，遵义市社会工作协会发布《社区助老服务规范》。\n",
}
MORE = "河北省民政厅开展培训\n2024年8月2日，河北省民政厅举办社会工作者培训班开班仪式。\n"
HIDDEN = (".inputs.json", ".ledger.sqlite")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with some texts, in which commands are run in one process."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kg.toml").write_text('output = "g"\njobs = 1\n', encoding="utf-8")
    lay(tmp_path / "texts", FILES)
    return tmp_path


@pytest.fixture
def built(kg: Kg, desk: Path) -> Path:
    assert kg("build", "texts").status == 0
    return desk


class TestAdding:
    def test_a_text_that_was_not_there(self, kg: Kg, built: Path) -> None:
        (built / "more.txt").write_text(MORE, encoding="utf-8")
        assert not named("河北省民政厅")
        done = kg("add", "more.txt")
        assert (done.status, done.err) == (0, "")
        assert named("河北省民政厅")
        assert named("石家庄市民政局")

    def test_what_is_there_already_changes_nothing(self, kg: Kg, built: Path) -> None:
        before = outputs(G)
        done = kg("add", "texts/0.txt")
        assert "未变 unchanged" in done.out
        assert outputs(G) == before

    def test_a_text_as_it_is_now(self, kg: Kg, built: Path) -> None:
        assert named("遵义市民政局")
        (built / "texts" / "1.txt").write_text(MORE, encoding="utf-8")
        assert kg("add", "texts/1.txt").status == 0
        assert named("河北省民政厅")
        assert not named("遵义市民政局")

    def test_the_good_ones_of_several(self, kg: Kg, built: Path) -> None:
        (built / "bad.txt").write_bytes(b"\x00" * 99)
        (built / "more.txt").write_text(MORE, encoding="utf-8")
        done = kg("add", "bad.txt", "more.txt")
        assert done.status == 1
        assert done.err.startswith("kg: bad.txt")
        assert named("河北省民政厅")

    def test_none_that_can_be_read(self, kg: Kg, built: Path) -> None:
        (built / "bad.txt").write_bytes(b"\x00" * 99)
        before = outputs(G)
        one_line(kg("add", "bad.txt"), "bad.txt")
        assert outputs(G) == before


class TestForgetting:
    def test_what_no_other_text_says_is_gone(self, kg: Kg, built: Path) -> None:
        assert named("遵义市民政局")
        assert kg("forget", "texts/1.txt").status == 0
        assert not named("遵义市民政局")
        assert named("石家庄市民政局")

    def test_what_another_text_says_stays(self, kg: Kg, built: Path) -> None:
        kg("forget", "texts/1.txt")
        assert named("遵义市社会工作协会")

    def test_the_file_itself_stays_and_may_be_gone(self, kg: Kg, built: Path) -> None:
        assert kg("forget", "texts/0.txt").status == 0
        assert (built / "texts" / "0.txt").exists()
        (built / "texts" / "1.txt").unlink()
        assert kg("forget", "texts/1.txt").status == 0

    def test_a_path_that_it_does_not_know(self, kg: Kg, built: Path) -> None:
        before = outputs(G)
        one_line(kg("forget", "texts/0.txt", "texts/9.txt"), "texts/9.txt", "holds nothing from there")
        assert outputs(G) == before

    def test_twice(self, kg: Kg, built: Path) -> None:
        assert kg("forget", "texts/0.txt").status == 0
        one_line(kg("forget", "texts/0.txt"), "texts/0.txt")

    def test_all_of_it_leaves_an_empty_graph(self, kg: Kg, built: Path) -> None:
        done = kg("forget", "texts")
        assert done.status == 0
        assert ["文档", "documents", "0"] in [line.split() for line in done.out.splitlines()]
        assert kg("query", "-e", "ASK { ?s a kg:Assertion }").out == "否 no\n"
        assert kg("check").status == 0
        assert kg("add", "texts").status == 0
        assert named("石家庄市民政局")


class TestFoldersInAnyState:
    @pytest.mark.parametrize("name", OUTPUTS)
    def test_an_output_that_is_gone_is_written_again(self, kg: Kg, built: Path, name: str) -> None:
        before = outputs(G)
        (G / name).unlink()
        assert kg("build", "texts").status == 0
        assert outputs(G) == before

    @pytest.mark.parametrize("name", HIDDEN)
    def test_a_memory_that_is_gone_is_made_again(self, kg: Kg, built: Path, name: str) -> None:
        before = outputs(G)
        (G / name).unlink()
        assert kg("build", "texts").status == 0
        assert outputs(G) == before

    @pytest.mark.parametrize("name", HIDDEN)
    @pytest.mark.parametrize("junk", [b"", b"\x00" * 4096, b"not what it was"])
    def test_a_memory_that_is_damaged_does_no_harm(self, kg: Kg, built: Path, name: str, junk: bytes) -> None:
        before = outputs(G)
        (G / name).write_bytes(junk)
        done = kg("build", "texts")
        assert done.status in (0, 2)
        assert "Traceback" not in done.err
        assert outputs(G) == before

    def test_without_its_list_of_files_it_must_be_built_again(self, kg: Kg, built: Path) -> None:
        (G / ".inputs.json").unlink()
        for name in ("add", "forget"):
            one_line(kg(name, "texts/0.txt"), "nothing says which files", "kg build")

    def test_files_of_others_stay(self, kg: Kg, built: Path) -> None:
        (G / "notes.md").write_text("mine\n", encoding="utf-8")
        (G / "exports").mkdir()
        assert kg("forget", "texts/0.txt").status == 0
        assert (G / "notes.md").read_text(encoding="utf-8") == "mine\n"
        assert (G / "exports").is_dir()

    @pytest.mark.parametrize(
        "line", [["build", "texts"], ["add", "texts/0.txt"], ["forget", "texts/0.txt"]], ids=" ".join
    )
    def test_while_another_process_writes(self, kg: Kg, built: Path, line: list[str]) -> None:
        before = outputs(G)
        with (G / ".writing").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            one_line(kg(*line), "g: another process is building there", "wait")
        assert outputs(G) == before
        assert kg(*line).status == 0

    def test_readers_are_not_kept_waiting_by_a_writer(self, kg: Kg, built: Path) -> None:
        with (G / ".writing").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            assert kg("query", "-e", "ASK { ?s ?p ?o }").out == "是 yes\n"
            assert kg("check").status == 0

    @pytest.mark.parametrize("line", [["add", "more.txt"], ["forget", "texts/0.txt"]], ids=" ".join)
    def test_a_disk_that_is_full(self, built: Path, line: list[str]) -> None:
        (built / "more.txt").write_text(MORE, encoding="utf-8")
        before = outputs(G)

        def little_room() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

        done = subprocess.run(
            [sys.executable, "-m", "kg", *line], env={**os.environ, "PYTHONPATH": str(ROOT)}, preexec_fn=little_room,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 2
        assert done.stderr.startswith("kg: ")
        assert done.stderr.count("\n") == 1
        assert outputs(G) == before
