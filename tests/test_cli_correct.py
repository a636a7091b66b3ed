"""`kg correct`, and builds with corrections: what stands in the graph afterwards, and what is told."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from running import Done, one_line

from kg.resolve.correction_file import COLUMNS

Kg = Callable[..., Done]
HEADED = "SELECT ?who ?body { ?p kg:leads ?b . ?p skos:prefLabel ?who . ?b skos:prefLabel ?body }"
BUREAU = "石家庄市民政局"


@pytest.fixture
def desk(tmp_path: Path, article: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with settings and one text, in which commands are run."""
    (tmp_path / "kg.toml").write_text('output = "graph"\njobs = 1\n', encoding="utf-8")
    (tmp_path / "texts").mkdir()
    article.rename(tmp_path / "texts" / article.name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(desk: Path, *lines: str) -> Path:
    path = desk / "corrections.tsv"
    path.write_text("\n".join(["\t".join(COLUMNS), *lines, ""]), encoding="utf-8")
    return path


def heads(kg: Kg) -> list[str]:
    return kg("query", "-e", HEADED, "--format", "tsv").out.splitlines()[1:]


def test_a_wrong_fact_is_gone_and_stays_gone(kg: Kg, desk: Path) -> None:
    assert kg("build", "texts").status == 0
    assert heads(kg) == [f'"纪怀瑜"@zh\t"{BUREAU}"@zh']
    done = kg("correct", "wrong", "纪怀瑜", "leads", BUREAU, "--by", "王", "--note", "已调离")
    assert (done.status, done.err) == (0, "")
    assert "corrections.tsv:2: wrong 纪怀瑜 leads 石家庄市民政局" in done.out
    assert kg("build", "texts").err == ""
    assert heads(kg) == []
    (desk / "texts" / "又一篇.txt").write_text(f"{BUREAU}局长纪怀瑜讲话。\n", encoding="utf-8")
    assert kg("add", "texts/又一篇.txt").err == ""
    assert heads(kg) == [], "more documents that say so do not bring it back"


def test_who_and_when_is_told(kg: Kg, desk: Path) -> None:
    kg("build", "texts")
    kg("correct", "wrong", "纪怀瑜", "leads", BUREAU, "--by", "王", "--note", "已调离")
    kg("build", "texts")
    asked = """SELECT ?verdict ?who ?when ?note { ?fact a kg:Assertion ; kg:verdict ?verdict ; kg:correction ?c .
        ?c a kg:Correction ; dcterms:creator ?who ; dcterms:date ?when ; rdfs:comment ?note }"""
    assert kg("query", "-e", asked, "--format", "csv").out.splitlines()[1:] == [
        f"wrong,王,{date.today().isoformat()},已调离"
    ]
    assert "更正 corrected: wrong 纪怀瑜 leads 石家庄市民政局 · 王" in kg("why", "纪怀瑜", BUREAU).out
    turtle = (desk / "graph" / "graph.ttl").read_text(encoding="utf-8")
    assert "a kg:Correction" in turtle
    assert kg("check").status == 0


def test_each_verdict_builds_a_graph_that_conforms(kg: Kg, desk: Path) -> None:
    write(
        desk,
        f"right\t蓝秋白\tleads\t{BUREAU}\t局长\t王\t2025-03-31",
        f"name\t{BUREAU}\t\t石家庄市民政事务局\t\t王\t2025-03-31",
        "one\t石家庄市\t\t130100\t\t王\t2025-03-30",
        f"two\t纪怀瑜\t\t{BUREAU}\t\t王\t2025-03-31",
    )
    done = kg("build", "texts")
    assert done.status == 0, done.err
    assert '"蓝秋白"@zh\t"石家庄市民政事务局"@zh' in heads(kg)
    checked = kg("check")
    assert checked.status == 0, checked.out


def test_one_that_matches_nothing_is_told_each_time(kg: Kg, desk: Path) -> None:
    write(desk, "wrong\t不在其中\tleads\t无此局\t\t王\t2025-03-31")
    for _ in range(2):  # the second time the graph is as it should be already
        done = kg("build", "texts")
        assert done.status == 0
        assert done.err == "kg: note: corrections.tsv:2: matches nothing any more: wrong 不在其中 leads 无此局\n"
    asked = "SELECT ?said { ?c a kg:Correction ; dcterms:description ?said FILTER NOT EXISTS { ?x kg:correction ?c } }"
    assert "不在其中" in kg("query", "-e", asked).out


def test_without_the_file_the_graph_is_as_before(kg: Kg, desk: Path) -> None:
    kg("build", "texts")
    before = (desk / "graph" / "graph.ttl").read_bytes()
    path = write(desk, f"wrong\t纪怀瑜\tleads\t{BUREAU}\t\t王\t2025-03-31")
    kg("build", "texts")
    assert (desk / "graph" / "graph.ttl").read_bytes() != before
    path.unlink()
    kg("build", "texts")
    assert (desk / "graph" / "graph.ttl").read_bytes() == before


@pytest.mark.parametrize("command", [["build", "texts"], ["add", "texts"], ["forget", "texts"]])
def test_a_bad_line_stops_everything_before_it_begins(kg: Kg, desk: Path, command: list[str]) -> None:
    if command[0] != "build":
        kg("build", "texts")
    before = sorted(path.stat().st_mtime_ns for path in desk.glob("graph/*"))
    write(desk, "", "wrogn\t甲\tleads\t乙\t\t王\t2025-03-31")
    one_line(kg(*command), "corrections.tsv:3:", "'wrogn'", "'wrong'")
    assert sorted(path.stat().st_mtime_ns for path in desk.glob("graph/*")) == before


def test_the_settings_name_another_file(kg: Kg, desk: Path) -> None:
    (desk / "kg.toml").write_text('output = "graph"\ncorrections = "更正.tsv"\n', encoding="utf-8")
    one_line(kg("build", "texts"), "更正.tsv", "cannot be read")
    assert kg("correct", "one", "甲局", "甲市甲局").status == 0
    assert (desk / "更正.tsv").is_file()
    assert "更正.tsv:2: matches nothing" in kg("build", "texts").err


def test_who_is_logged_in_says_so(kg: Kg, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "wang")
    assert kg("correct", "one", "甲局", "甲市甲局").status == 0
    row = (desk / "corrections.tsv").read_text(encoding="utf-8").splitlines()[1].split("\t")
    assert row == ["one", "甲局", "", "甲市甲局", "", "wang", date.today().isoformat()]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (["wrong", "纪怀瑜", BUREAU], ["3 words", "SUBJECT RELATION OBJECT"]),
        (["one", "甲"], ["2 words"]),
        (["wrogn", "甲", "乙"], ["'wrogn'"]),
        (["wrong", "纪怀瑜", "leeds", BUREAU], ["unknown relation 'leeds'", "'leads'"]),
        (["one", "甲", "甲"], ["both '甲'"]),
        (["one", "甲\t", "乙"], ["tab"]),
    ],
)
def test_what_cannot_be_written_is_not(kg: Kg, desk: Path, words: list[str], parts: list[str]) -> None:
    one_line(kg("correct", *words), *parts)
    assert not (desk / "corrections.tsv").exists()


def test_a_name_that_the_graph_does_not_know(kg: Kg, desk: Path) -> None:
    kg("build", "texts")
    one_line(kg("correct", "wrong", "纪怀玉", "leads", BUREAU), "纪怀玉", "graph")
    one_line(kg("correct", "one", "official/纪怀玉", BUREAU), "纪怀玉")
    assert kg("correct", "wrong", "official/纪怀瑜", "leads", f"organization/{BUREAU}").status == 0
    one_line(kg("correct", "one", "甲", "乙", "--graph", "无"), "无", "no such folder")
