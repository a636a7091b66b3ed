"""How the gazetteer's tables are made from their sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.gazetteer.changes import Former, former_names
from kg.gazetteer.compile import compile_tables, main


def _change(year: int, kind: str, old: tuple[str, str], new: tuple[str, str]) -> dict[str, str]:
    return {
        "year": str(year),
        "kind": kind,
        "old_code": old[0],
        "old_name": old[1],
        "new_code": new[0],
        "new_name": new[1],
    }


def test_changes_are_followed_to_today() -> None:
    changes = [
        _change(1990, "撤县设市", ("100021", "甲县"), ("100081", "甲市")),
        _change(2001, "同名改码", ("100081", "甲市"), ("100181", "甲市")),
        _change(2010, "撤市设区", ("100181", "甲市"), ("100104", "甲区")),
    ]
    assert former_names(changes, {"100104": "甲区"}) == [
        Former("100021", "甲县", 1990, "100104", False),
        Former("100181", "甲市", 2010, "100104", False),
    ]


def test_mergers_are_told_from_renamings() -> None:
    changes = [
        _change(2010, "撤销", ("100101", "乙区"), ("100105", "丙区")),
        _change(2010, "撤销", ("100102", "丁区"), ("100105", "丙区")),
        _change(2012, "撤销", ("100121", "戊县"), ("100106", "己区")),
    ]
    found = former_names(changes, {"100105": "丙区", "100106": "己区"})
    assert [(former.name, former.merged) for former in found] == [("乙区", True), ("丁区", True), ("戊县", False)]


def test_lost_and_circular_changes_are_left_out() -> None:
    changes = [
        _change(1990, "更名", ("100021", "甲县"), ("100022", "乙县")),
        _change(1991, "更名", ("100022", "乙县"), ("100021", "甲县")),
        _change(1992, "更名", ("100031", "丙县"), ("100032", "丁县")),
        _change(1982, "更名", ("100041", "戊县"), ("100042", "己县")),
    ]
    assert former_names(changes, {"100042": "己县"}) == []


def _sources(folder: Path) -> Path:
    files = {
        "divisions_2026.csv": "code,name,level,parent_code\n990000,甲省,province,\n990100,乙市,prefecture,990000\n"
        "990102,丙区,county,990100\n",
        "changes.csv": "year,kind,level,old_code,old_name,old_path,new_code,new_name,new_path,document_no\n"
        "2015,撤县设区,3,990121,丙县,,990102,丙区,,\n",
        "streets.csv": "code,name,areaCode,provinceCode,cityCode\n990102001,丁街道,990102,99,9901\n"
        "990171001,戊镇,990171,99,9901\n990102400,己监狱,990102,99,9901\n",
        "HK-MO-TW.json": '{"香港特别行政区": {"九龙": ["沙田区", "东区"]}, "台湾省": {"台北市": ["大安区"]}}',
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_compile(tmp_path: Path) -> None:
    target = tmp_path / "data"
    compile_tables(_sources(tmp_path), target)
    tables = {path.stem: path.read_text(encoding="utf-8").splitlines()[1:] for path in target.iterdir()}
    assert tables["divisions"][2] == "990102\t丙区\t丙区\tcounty\t990100\t"
    assert tables["renamed"] == ["丙县\t990102\t2015"]
    assert tables["townships"] == ["990102001\t丁街道\t", "990171001\t戊镇\t990100"]
    assert tables["uncoded"] == ["台北市\t710000", "沙田区\t810000"]
    assert "traditional" not in tables


def test_compile_makes_the_table_of_characters(tmp_path: Path) -> None:
    source = _sources(tmp_path)
    (source / "TSCharacters.txt").write_text("區\t区\n鎮\t镇\n乙\t二\n麵\t面\n", encoding="utf-8")
    compile_tables(source, tmp_path / "data")
    text = (tmp_path / "data" / "traditional.tsv").read_text(encoding="utf-8")
    assert text.splitlines()[1:] == ["區\t区", "鎮\t镇"]


def test_compile_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    source = _sources(tmp_path)
    for name in ("one", "two"):
        compile_tables(source, tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_compile_names_a_missing_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InputError, match=r"divisions_2026\.csv"):
        compile_tables(tmp_path, tmp_path / "data")
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err
