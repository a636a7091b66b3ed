"""`kg query` and `kg why`, as a user types them."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Graph
from running import ROOT, Done, one_line

Kg = Callable[..., Done]

HEADS = "SELECT ?who ?body { ?o kg:leads ?b . ?o skos:prefLabel ?who . ?b skos:prefLabel ?body } ORDER BY ?who"


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
