"""`kg build`, as a user types it."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from running import ARTICLE, ROOT, Done, one_line

Kg = Callable[..., Done]


class TestBuild:
    def test_it_writes_a_graph_and_sums_it_up(self, kg: Kg, article: Path, tmp_path: Path) -> None:
        done = kg("build", article, "--out", tmp_path / "out")
        assert (done.status, done.err) == (0, "")
        assert {"graph.ttl", "graph.html", "graph.graphml", "store"} <= {p.name for p in (tmp_path / "out").iterdir()}
        lines = [line.split() for line in done.out.splitlines()]
        assert ["文档", "documents", "1"] in lines
        assert any(line[:2] == ["实体", "entities"] and int(line[2]) > 2 for line in lines)
        assert any(line[:2] == ["事实", "facts"] and int(line[2]) > 2 for line in lines)

    def test_the_output_folder_comes_from_the_settings(
        self, kg: Kg, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "kg.toml").write_text('output = "mine"\nbase = "https://example.org/"\n', encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        assert kg("build", article).status == 0
        assert "https://example.org/official/" in (tmp_path / "mine/graph.ttl").read_text(encoding="utf-8")
        assert kg("query", "-e", "ASK { ?s kg:leads ?o }").out.startswith("是")

    def test_bad_files_are_named_and_the_rest_goes_on(self, kg: Kg, article: Path, tmp_path: Path) -> None:
        texts = tmp_path / "texts"
        texts.mkdir()
        article.rename(texts / article.name)
        (texts / "empty.txt").write_bytes(b"")
        (texts / "binary.txt").write_bytes(bytes(range(256)) * 8)
        (texts / "broken.txt").write_bytes("民政局".encode() + b"\xff\xfe\xff")
        done = kg("build", texts, "--out", tmp_path / "out")
        assert done.status == 1
        told = done.err.splitlines()
        assert len(told) == 3
        assert all(line.startswith("kg: ") for line in told)
        for name in ("empty.txt", "binary.txt", "broken.txt"):
            assert sum(name in line for line in told) == 1
        assert "documents  1" in " ".join(done.out.split()).replace("documents 1", "documents  1")

    def test_when_nothing_can_be_read_the_old_graph_stays(self, kg: Kg, article: Path, tmp_path: Path) -> None:
        out = tmp_path / "out"
        assert kg("build", article, "--out", out).status == 0
        before = {path: path.read_bytes() for path in out.glob("graph.*")}
        article.write_bytes(b"\x00\x01\x02" * 100)
        one_line(kg("build", article, "--out", out), article.name)
        assert {path: path.read_bytes() for path in out.glob("graph.*")} == before

    def test_a_folder_without_texts(self, kg: Kg, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        one_line(kg("build", tmp_path / "empty", "--out", tmp_path / "out"))
        assert not (tmp_path / "out").exists()

    def test_an_output_that_is_a_file(self, kg: Kg, article: Path) -> None:
        one_line(kg("build", article, "--out", article), article.name)

    def test_a_bar_is_drawn_on_a_terminal_when_there_is_much_to_do(self, tmp_path: Path) -> None:
        texts = tmp_path / "texts"
        texts.mkdir()
        for number in range(25):
            (texts / f"{number}.txt").write_text(ARTICLE.replace("5月12日", f"5月{number + 1}日"), encoding="utf-8")
        assert "reading" in on_a_terminal("build", str(texts), "--out", str(tmp_path / "out"))
        assert "reading" not in on_a_terminal("build", str(texts / "1.txt"), "--out", str(tmp_path / "one"))


def on_a_terminal(*arguments: str) -> str:
    """What a command draws on a terminal's standard error."""
    here, there = pty.openpty()
    with subprocess.Popen([sys.executable, "-m", "kg", *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=there):
        os.close(there)
        drawn = b""
        try:
            while piece := os.read(here, 4096):
                drawn += piece
        except OSError:  # Linux says it so when the other end is closed
            os.close(here)
    return drawn.decode()
