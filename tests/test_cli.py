"""Every command, as a user types it: what it prints, where it complains, how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from running import ARTICLE, ROOT, Done, one_line

from kg import __version__
from kg.cli import kg as group

Kg = Callable[..., Done]


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
