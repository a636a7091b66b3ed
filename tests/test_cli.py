"""Every command, as a user types it: what it prints, where it complains, how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from rdflib import Graph
from running import ROOT, Done

from kg import __version__
from kg.cli import kg as group

Kg = Callable[..., Done]

ARTICLE = (
    "石家庄市民政局召开助老工作推进会\n\n"
    "本报讯　5月12日，石家庄市民政局召开助老工作推进会。石家庄市民政局局长纪怀瑜出席会议并讲话，"
    "副局长蓝秋白主持会议。\n"
)
HEADS = "SELECT ?who ?body { ?o kg:leads ?b . ?o skos:prefLabel ?who . ?b skos:prefLabel ?body } ORDER BY ?who"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "推进会.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def one_line(done: Done, *parts: str) -> None:
    """Nothing was done, and one line on standard error says why."""
    assert done.status == 2
    assert done.out == ""
    assert done.err.startswith("kg: ")
    assert done.err.count("\n") == 1, done.err
    assert "Traceback" not in done.err
    for part in parts:
        assert part in done.err


class TestHelp:
    def test_it_names_every_command_in_both_languages(self, kg: Kg) -> None:
        done = kg("--help")
        assert done.status == 0
        for name, command in group.commands.items():
            assert f"  {name} " in done.out
            assert any("\u4e00" <= sign <= "\u9fff" for sign in command.get_short_help_str()), name

    @pytest.mark.parametrize("name", sorted(group.commands))
    def test_each_command_explains_itself_and_its_options(self, kg: Kg, name: str) -> None:
        done = kg(name, "--help")
        assert done.status == 0
        assert any("\u4e00" <= sign <= "\u9fff" for sign in done.out)
        options = [one for one in group.commands[name].params if isinstance(one, click.Option)]
        assert all(option.help for option in options)

    @pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
    @pytest.mark.parametrize("name", sorted(group.commands))
    def test_the_readmes_show_every_command(self, readme: str, name: str) -> None:
        assert f"kg {name}" in (ROOT / readme).read_text(encoding="utf-8")

    def test_version(self, kg: Kg) -> None:
        assert kg("--version").out == f"kg, version {__version__}\n"

    def test_alone_it_shows_what_there_is(self, kg: Kg) -> None:
        done = kg()
        assert done.status == 2
        assert "Commands:" in done.err


class TestUsage:
    @pytest.mark.parametrize(
        ("arguments", "parts"),
        [
            (["bild"], ["'bild'", "Did you mean 'build'?"]),
            (["--nope"], ["'--nope'", "kg --help"]),
            (["build"], ["PATH", "kg build --help"]),
            (["build", "--oot", "x", "y"], ["'--oot'", "'--out'"]),
            (["query"], ["query file", "-e"]),
            (["query", "a.rq", "-e", "ASK {}"], ["query file", "-e"]),
            (["query", "-e", "ASK {}", "--format", "pdf"], ["'pdf'", "table"]),
            (["annotate", "x", "--format", "pdf"], ["'pdf'", "jsonl"]),
            (["where", "leeds"], ["'leeds'", "'leads'"]),
            (["where", "zzz"], ["'zzz'", "there are:", "organization"]),
        ],
    )
    def test_one_line_and_status_2(self, kg: Kg, arguments: list[str], parts: list[str]) -> None:
        one_line(kg(*arguments), *parts)

    @pytest.mark.parametrize("command", ["build", "annotate"])
    def test_a_missing_path_is_named(
        self, kg: Kg, tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        one_line(kg(command, tmp_path / "缺.txt"), "缺.txt", "no such file")
        assert not list(tmp_path.iterdir())

    @pytest.mark.parametrize("command", [["query", "-e", "ASK {}"], ["why", "甲"], ["check"]])
    def test_a_missing_graph_says_how_to_build_one(self, kg: Kg, tmp_path: Path, command: list[str]) -> None:
        one_line(kg(*command, "--graph", tmp_path / "none"), str(tmp_path / "none"), "kg build")

    def test_a_bad_setting_is_named(self, kg: Kg, tmp_path: Path, article: Path) -> None:
        settings = tmp_path / "kg.toml"
        settings.write_text("bsae = 1\n", encoding="utf-8")
        one_line(kg("build", article, "--config", settings), str(settings), "'bsae'", "'base'")


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


class TestQuery:
    def test_a_table(self, kg: Kg, toy_graph: Path) -> None:
        done = kg("query", "-e", HEADS, "--graph", toy_graph)
        assert (done.status, done.err) == (0, "")
        assert done.out.splitlines()[2].split() == ["甘雨田", "云岭省民政厅"]

    def test_from_a_file_with_a_byte_order_mark(self, kg: Kg, toy_graph: Path, tmp_path: Path) -> None:
        (tmp_path / "heads.rq").write_text("\ufeff" + HEADS, encoding="utf-8")
        assert "甘雨田" in kg("query", tmp_path / "heads.rq", "--graph", toy_graph).out

    def test_from_standard_input(self, kg: Kg, toy_graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(HEADS))
        assert "甘雨田" in kg("query", "-", "--graph", toy_graph).out

    def test_json_and_csv_can_be_read_back(self, kg: Kg, toy_graph: Path) -> None:
        found = json.loads(kg("query", "-e", HEADS, "--format", "json", "--graph", toy_graph).out)
        names = [row["who"]["value"] for row in found["results"]["bindings"]]
        rows = list(csv.DictReader(io.StringIO(kg("query", "-e", HEADS, "--format", "csv", "--graph", toy_graph).out)))
        assert names == [row["who"] for row in rows] == ["甘雨田", "钱可风"]

    def test_a_graph_comes_as_turtle(self, kg: Kg, toy_graph: Path) -> None:
        done = kg("query", "-e", "CONSTRUCT { ?s kg:leads ?o } WHERE { ?s kg:leads ?o }", "--graph", toy_graph)
        assert len(Graph().parse(data=done.out, format="turtle")) == 2

    def test_a_mistake_is_placed(self, kg: Kg, toy_graph: Path, tmp_path: Path) -> None:
        bad = tmp_path / "bad.rq"
        bad.write_text("SELECT ?s {\n ?s ?p }", encoding="utf-8")
        one_line(kg("query", bad, "--graph", toy_graph), "bad.rq", "line 2")
        one_line(kg("query", "-e", "", "--graph", toy_graph), "empty")
        one_line(kg("query", "-e", "DROP ALL", "--graph", toy_graph), "DROP")

    def test_an_unknown_term_is_remarked(self, kg: Kg, toy_graph: Path) -> None:
        done = kg("query", "-e", "ASK { ?s kg:leeds ?o }", "--graph", toy_graph)
        assert done.out.startswith("否")
        assert "kg:leeds" in done.err

    def test_files_that_are_no_queries(self, kg: Kg, toy_graph: Path, tmp_path: Path) -> None:
        one_line(kg("query", tmp_path / "none.rq", "--graph", toy_graph), "none.rq", "cannot be read")
        (tmp_path / "gbk.rq").write_bytes("# 局长".encode("gb18030"))
        one_line(kg("query", tmp_path / "gbk.rq", "--graph", toy_graph), "gbk.rq", "UTF-8")

    def test_a_reader_that_leaves_early(self, toy_graph: Path) -> None:
        all_of_it = "SELECT * { ?s ?p ?o . ?a ?b ?c } LIMIT 20000"
        command = [sys.executable, "-m", "kg", "query", "-e", all_of_it, "--format", "tsv", "--graph", str(toy_graph)]
        buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
        with subprocess.Popen(
            command, cwd=ROOT, env=buffered, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stdout
            assert process.stderr
            process.stdout.readline()
            process.stdout.close()
            assert process.stderr.read() == b""
        assert process.returncode == 141


class TestWhy:
    def test_it_shows_sentence_rule_and_document(self, kg: Kg, toy_graph: Path) -> None:
        done = kg("why", "甘雨田", "省民政厅", "--graph", toy_graph)
        assert done.status == 0
        assert "甘雨田 — 领导 leads（厅长） → 云岭省民政厅" in done.out.replace("牵头", "领导")
        assert "“云岭省民政厅厅长甘雨田出席会议。”" in done.out
        assert "texts/第一期.txt:3" in done.out
        assert "leads.toy" in done.out

    def test_rules_of_the_program_come_with_file_and_line(self, kg: Kg, seed_graph: Path) -> None:
        asked = "SELECT ?who { ?a rdf:subject ?s ; rdf:predicate kg:leads . ?s skos:prefLabel ?who } LIMIT 1"
        name = kg("query", "-e", asked, "--format", "csv", "--graph", seed_graph).out.splitlines()[1]
        assert "kg/relations/leads.py:" in kg("why", name, "--graph", seed_graph).out

    def test_planned_and_reference_facts_say_so(self, kg: Kg, toy_graph: Path) -> None:
        assert "planned" in kg("why", "暖阳行动", "--graph", toy_graph).out
        assert "gazetteer" in kg("why", "暖阳市", "云岭省", "--graph", toy_graph).out

    def test_by_iri(self, kg: Kg, toy_graph: Path) -> None:
        iri = kg("why", "甘雨田", "省民政厅", "--graph", toy_graph).out.split("<")[1].split(">")[0]
        assert kg("why", iri, "--graph", toy_graph).out.count("置信") == 1

    def test_unknown_names_and_missing_facts(self, kg: Kg, toy_graph: Path) -> None:
        one_line(kg("why", "无此人", "--graph", toy_graph), "'无此人'")
        one_line(kg("why", "暖阳行动", "暖阳市", "--graph", toy_graph), "'暖阳行动'", "'暖阳市'")


class TestWhere:
    def test_each_rule_stands_where_it_says(self, kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(ROOT)
        lines = kg("where").out.splitlines()
        assert len(lines) > 20
        for line in lines:
            rule, place, *says = line.split()
            file, number = place.split(":")
            text = (ROOT / file).read_text(encoding="utf-8").splitlines()[int(number) - 1]
            assert f"def {rule.split('.')[1]}(" in text
            assert says, f"{rule} has no docstring"

    def test_one_extractor_or_one_rule(self, kg: Kg) -> None:
        whole = kg("where", "leads").out.splitlines()
        rule = whole[0].split()[0]
        assert all(line.startswith("leads.") for line in whole)
        assert kg("where", rule).out.split() == whole[0].split()


class TestCheck:
    def test_the_seeds_conform(self, kg: Kg, seed_graph: Path) -> None:
        done = kg("check", "--graph", seed_graph)
        assert (done.status, done.out) == (0, "图谱合格 · the graph conforms\n")

    def test_a_breach_is_told_and_counted(self, kg: Kg, toy_graph: Path, tmp_path: Path) -> None:
        from kg.rdf.store import write_store

        turtle = (toy_graph / "graph.ttl").read_text(encoding="utf-8")
        (tmp_path / "graph.ttl").write_text(turtle.replace("kg:confidence 0.9", "kg:confidence 1.9"), encoding="utf-8")
        write_store(tmp_path / "store", tmp_path / "graph.ttl")
        done = kg("check", "--graph", tmp_path)
        assert done.status == 1
        assert "1.9" in done.out
        assert done.out.splitlines()[-1].endswith("breaches")


class TestEvaluate:
    def test_a_table_with_intervals(self, kg: Kg) -> None:
        done = kg("evaluate", ROOT / "tests/gold")
        assert done.status == 0
        assert "nodes_core" in done.out
        assert "F1 1.000 [" in done.out

    def test_json(self, kg: Kg) -> None:
        found = json.loads(kg("evaluate", ROOT / "tests/gold", "--json").out)
        assert found["documents"] == 3
        assert found["nodes"]["gold"] == found["nodes_core"]["gold"] + found["kinds"]["Event"]["gold"]
        assert "errors" not in found

    def test_errors_of_the_sealed_part_are_never_told(self, kg: Kg, tmp_path: Path) -> None:
        for name in ("made-up-1", "made-up-2"):  # the second belongs to the sealed third
            gold = {"id": name, "nodes": [{"type": "Place", "name": "不在文中"}], "edges": []}
            (tmp_path / f"{name}.json").write_text(json.dumps(gold), encoding="utf-8")
            (tmp_path / f"{name}.txt").write_text(ARTICLE, encoding="utf-8")
        assert "\tmade-up-2\t" in kg("evaluate", tmp_path, "--errors").out
        parted = kg("evaluate", tmp_path, "--errors", "--folds").out
        assert "\tmade-up-1\t" in parted
        assert "\tmade-up-2\t" not in parted
        assert "open: " in parted
        assert "sealed: " in parted

    def test_a_text_that_cannot_be_read(self, kg: Kg, tmp_path: Path) -> None:
        (tmp_path / "a.json").write_text('{"id": "a", "nodes": [], "edges": []}', encoding="utf-8")
        (tmp_path / "a.txt").write_bytes(b"")
        done = kg("evaluate", tmp_path)
        assert done.status == 1
        assert "a.txt" in done.err

    def test_no_gold(self, kg: Kg, tmp_path: Path) -> None:
        one_line(kg("evaluate", tmp_path), str(tmp_path), "no gold facts")


def test_an_interrupt_is_no_traceback(kg: Kg, monkeypatch: pytest.MonkeyPatch, article: Path) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.build.build", interrupt)
    done = kg("build", article)
    assert done.status == 130
    assert done.err == "kg: interrupted; nothing was changed\n"


def test_a_full_disk_is_one_line(kg: Kg, article: Path) -> None:
    if Path("/dev/full").exists():
        one_line(kg("annotate", article, "--out", "/dev/full"), "space")
