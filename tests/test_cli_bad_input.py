"""Whatever is wrong with what a command is given: one line that names it, exit status 2, and nothing is changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from running import ARTICLE, ROOT, Done, one_line

from kg.cli import kg as group
from kg.rdf.store import write_store

Kg = Callable[..., Done]
TAKE_PATHS = ("build", "add", "forget", "annotate")
NEED_A_GRAPH: dict[str, list[str]] = {
    "add": ["推进会.txt"],
    "forget": ["推进会.txt"],
    "query": ["-e", "ASK {}"],
    "check": [],
    "why": ["甲"],
    "export": ["--format", "nt", "-o", "out.nt"],
    "publish": ["http://127.0.0.1:9/store"],
    "serve": ["--port", "0"],
}
NO_TEXTS = {
    "empty": b"",
    "white": b" \n\n\t\n",
    "binary": bytes(range(256)) * 20,
    "zeros": b"\x00" * 400,
    "picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(200)),
    "archive": b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + b"\xde\xad\xbe\xef" * 60,
    "odd byte": "石家庄市民政局".encode() + b"\xff\xfe\xff" + "召开会议".encode(),
}


@pytest.fixture
def desk(article: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an article, in which commands are run."""
    monkeypatch.chdir(article.parent)
    return article.parent


def holds(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


class TestOptions:
    @pytest.mark.parametrize("name", sorted(group.commands))
    def test_one_that_no_command_has(self, kg: Kg, desk: Path, name: str) -> None:
        one_line(kg(name, "--nonsense", "x", "y", "z"), "'--nonsense'", f"kg {name} --help")
        assert holds(desk) == {"推进会.txt"}

    @pytest.mark.parametrize(
        "line",
        [
            ["build"], ["add"], ["forget"], ["annotate"], ["why"], ["correct"], ["evaluate"], ["publish"], ["export"],
            ["query"], ["export", "--format", "nt"], ["export", "-o", "x"], ["correct", "wrong"],
        ],
        ids=" ".join,
    )  # fmt: skip
    def test_something_is_missing(self, kg: Kg, desk: Path, line: list[str]) -> None:
        one_line(kg(*line), f"kg {line[0]} --help")
        assert holds(desk) == {"推进会.txt"}

    @pytest.mark.parametrize(
        ("line", "part"),
        [
            (["serve", "--port", "70000"], "70000"),
            (["serve", "--port", "http"], "'http'"),
            (["serve", "--timeout", "0"], "0"),
            (["serve", "--workers", "0"], "0"),
            (["serve", "--memory", "1"], "1"),
            (["check", "--sample", "0"], "0"),
            (["publish", "http://127.0.0.1:9/store", "--batch", "0"], "0"),
            (["publish", "http://127.0.0.1:9/store", "--protocol", "ftp"], "'ftp'"),
            (["query", "-e", "ASK {}", "--format", "yaml"], "'yaml'"),
            (["annotate", "推进会.txt", "--format", "yaml"], "'yaml'"),
            (["export", "--format", "yaml", "-o", "x"], "'yaml'"),
            (["export", "--format", "nt", "-o", "x", "--confidence", "1.5"], "1.5"),
            (["export", "--format", "nt", "-o", "x", "--since", "last year"], "'last year'"),
            (["export", "--format", "nt", "-o", "x", "--until", "2025-4"], "'2025-4'"),
            (["export", "--format", "nt", "-o", "x", "--steps", "2"], "--around"),
            (["export", "--format", "nt", "-o", "x", "--steps", "0", "--around", "甲"], "0"),
            (["correct", "maybe", "甲", "leads", "乙"], "'maybe'"),
            (["correct", "wrong", "甲", "乙"], "3 words"),
            (["correct", "one", "甲", "乙", "丙"], "2 words"),
            (["why", "甲", "乙", "丙"], "丙"),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, list) else None,
    )
    def test_a_value_that_cannot_be(self, kg: Kg, desk: Path, line: list[str], part: str) -> None:
        one_line(kg(*line), part)
        assert holds(desk) == {"推进会.txt"}


class TestPaths:
    @pytest.mark.parametrize("name", ["build", "annotate"])
    @pytest.mark.parametrize("path", ["缺.txt", "no/such/folder", "推进会.txt/inside"])
    def test_one_that_is_not_there(self, kg: Kg, desk: Path, name: str, path: str) -> None:
        one_line(kg(name, path), path)
        assert holds(desk) == {"推进会.txt"}

    @pytest.mark.parametrize("name", ["build", "annotate"])
    def test_one_of_several_is_not_there(self, kg: Kg, desk: Path, name: str) -> None:
        one_line(kg(name, "推进会.txt", "缺.txt"), "缺.txt")
        assert holds(desk) == {"推进会.txt"}

    @pytest.mark.parametrize("name", ["build", "annotate"])
    def test_a_folder_without_texts(self, kg: Kg, desk: Path, name: str) -> None:
        (desk / "空").mkdir()
        one_line(kg(name, "空"), "空", "no text files")

    @pytest.mark.parametrize("name", ["build", "annotate"])
    @pytest.mark.parametrize("what", NO_TEXTS)
    def test_what_is_no_text(self, kg: Kg, desk: Path, name: str, what: str) -> None:
        (desk / "坏.txt").write_bytes(NO_TEXTS[what])
        one_line(kg(name, "坏.txt"), "坏.txt")
        assert holds(desk) == {"推进会.txt", "坏.txt"}

    @pytest.mark.parametrize("what", NO_TEXTS)
    def test_beside_a_good_one_the_good_one_is_read(self, kg: Kg, desk: Path, what: str) -> None:
        (desk / "坏.txt").write_bytes(NO_TEXTS[what])
        done = kg("annotate", "推进会.txt", "坏.txt")
        assert done.status == 1
        assert len(done.out.splitlines()) == 1
        assert done.err.count("\n") == 1
        assert "坏.txt" in done.err

    def test_a_text_that_may_not_be_read(self, kg: Kg, desk: Path) -> None:
        Path("坏.txt").symlink_to("坏.txt")  # a circle: nobody may read it, root neither
        one_line(kg("annotate", "坏.txt"), "坏.txt")


class TestGraphs:
    @pytest.mark.parametrize("name", NEED_A_GRAPH)
    def test_one_that_is_not_there(self, kg: Kg, desk: Path, name: str) -> None:
        one_line(kg(name, *NEED_A_GRAPH[name], "--graph", "none"), "none", "kg build")
        assert holds(desk) == {"推进会.txt"}

    @pytest.mark.parametrize("name", NEED_A_GRAPH)
    def test_a_folder_that_holds_something_else(self, kg: Kg, desk: Path, name: str) -> None:
        (desk / "other").mkdir()
        (desk / "other" / "notes.txt").write_text("甲", encoding="utf-8")
        one_line(kg(name, *NEED_A_GRAPH[name], "--graph", "other"), "other")
        assert (desk / "other" / "notes.txt").read_text(encoding="utf-8") == "甲"

    @pytest.mark.parametrize("name", [name for name in NEED_A_GRAPH if name not in ("add", "forget")])
    def test_a_file_for_a_folder(self, kg: Kg, desk: Path, name: str) -> None:
        one_line(kg(name, *NEED_A_GRAPH[name], "--graph", "推进会.txt"), "推进会.txt")
        assert (desk / "推进会.txt").read_text(encoding="utf-8") == ARTICLE

    @pytest.mark.parametrize("name", ["query", "check", "why", "export", "publish", "serve"])
    def test_a_damaged_store(self, kg: Kg, desk: Path, toy_graph: Path, name: str) -> None:
        shutil.copytree(toy_graph, desk / "graph")
        (desk / "graph" / "store" / "CURRENT").write_bytes(b"MANIFEST-999999\n")
        one_line(kg(name, *NEED_A_GRAPH[name], "--graph", "graph"), "graph", "build")

    @pytest.mark.parametrize("name", ["query", "check", "why", "export", "publish", "serve"])
    def test_a_store_of_something_else(self, kg: Kg, desk: Path, name: str) -> None:
        (desk / "graph").mkdir()
        (desk / "a.ttl").write_text("<urn:a> <urn:b> <urn:c> .\n", encoding="utf-8")
        write_store(desk / "graph" / "store", desk / "a.ttl")
        one_line(kg(name, *NEED_A_GRAPH[name], "--graph", "graph"), "no graph of kg", "build it again")

    def test_what_nobody_built_can_be_added_to_only_after_a_build(self, kg: Kg, desk: Path, toy_graph: Path) -> None:
        shutil.copytree(toy_graph, desk / "graph")
        for name in ("add", "forget"):
            one_line(kg(name, "推进会.txt", "--graph", "graph"), "graph", "kg build")


class TestQueries:
    @pytest.mark.parametrize(
        ("sparql", "part"),
        [
            ("", "empty"), ("SELECT", "line 1"), ("SELECT ?s {", "1 '{' but 0 '}'"), ("甲", "line 1"),
            ("SELECT * { ?s x:y ?o }", "prefix 'x'"), ("SELECT * { ?s ?p ?o } LIMIT x", "line 1"),
            ("INSERT DATA { <a:a> <a:b> 1 }", "INSERT"), ("SELECT * { SERVICE <http://127.0.0.1:9/> { } }", "SERVICE"),
            ("SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }", "FROM"), ("\x00", "line 1"),
            ("SELECT * { ?s ?p “甲” }", "Chinese"),
        ],
    )  # fmt: skip
    def test_what_is_no_question(self, kg: Kg, desk: Path, toy_graph: Path, sparql: str, part: str) -> None:
        one_line(kg("query", "-e", sparql, "--graph", toy_graph), part)
        (desk / "a.rq").write_text(sparql, encoding="utf-8")
        one_line(kg("query", "a.rq", "--graph", toy_graph), "a.rq", part)

    @pytest.mark.parametrize("form", ["csv", "tsv"])
    def test_a_form_that_cannot_hold_the_answer(self, kg: Kg, toy_graph: Path, form: str) -> None:
        one_line(kg("query", "-e", "ASK {}", "--format", form, "--graph", toy_graph), form, "use table, json or xml")
        one_line(kg("query", "-e", "DESCRIBE place:990000", "--format", form, "--graph", toy_graph), "turtle")
        one_line(
            kg("query", "-e", "SELECT * {}", "--format", "turtle", "--graph", toy_graph), "Turtle", "use CONSTRUCT"
        )

    def test_a_folder_for_a_file(self, kg: Kg, desk: Path, toy_graph: Path) -> None:
        one_line(kg("query", desk, "--graph", toy_graph), str(desk), "cannot be read")


class TestOutputs:
    @pytest.mark.parametrize("form", ["turtle", "nt", "graphml", "gexf", "jsonld", "trig"])
    def test_a_full_disk(self, kg: Kg, toy_graph: Path, form: str) -> None:
        one_line(kg("export", "--format", form, "-o", "/dev/full", "--graph", toy_graph), "No space left")

    def test_a_folder_where_a_file_is_meant_and_the_other_way(self, kg: Kg, desk: Path, toy_graph: Path) -> None:
        one_line(kg("export", "--format", "nt", "-o", desk, "--graph", toy_graph), str(desk), "written to a file")
        line = ["export", "--format", "csv", "-o", "推进会.txt", "--graph", toy_graph]
        one_line(kg(*line), "推进会.txt", "written to a folder")
        assert (desk / "推进会.txt").read_text(encoding="utf-8") == ARTICLE

    @pytest.mark.parametrize("form", ["nt", "graphml"])
    def test_a_folder_that_is_not_there(self, kg: Kg, desk: Path, toy_graph: Path, form: str) -> None:
        one_line(kg("export", "--format", form, "-o", "none/out", "--graph", toy_graph), "none/out")
        assert holds(desk) == {"推进会.txt"}

    def test_a_workbook_into_a_folder_that_is_not_there(self, desk: Path, toy_graph: Path) -> None:
        line = [sys.executable, "-m", "kg", "export", "--format", "xlsx", "-o", "none/out", "--graph", str(toy_graph)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(line, cwd=desk, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1

    @pytest.mark.parametrize("most", [2_000, 8_000])  # the sheets themselves do not fit; the file put together does not
    def test_a_workbook_that_does_not_fit(self, desk: Path, toy_graph: Path, most: int) -> None:
        code = f"""if True:
            import resource, sys
            from kg.cli import run
            resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))
            sys.exit(run(sys.argv[1:]))"""
        line = [sys.executable, "-c", code, "export", "--format", "xlsx", "-o", "out.xlsx", "--graph", str(toy_graph)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(line, cwd=desk, env=environment, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
        assert "out.xlsx: cannot be written" in done.stderr
        assert holds(desk) == {"推进会.txt"}

    @pytest.mark.parametrize("name", ["annotate", "export"])
    def test_below_a_file(self, kg: Kg, desk: Path, toy_graph: Path, name: str) -> None:
        line = {"annotate": ["推进会.txt"], "export": ["--format", "nt", "--graph", toy_graph]}[name]
        one_line(kg(name, *line, "--out", "推进会.txt/out"), "推进会.txt")
