"""The gazetteer: its tables, codes, containment, names, and how they are made."""

from __future__ import annotations

import doctest
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.gazetteer import Division, PlaceHit, gazetteer, names
from kg.gazetteer.changes import Former, former_names
from kg.gazetteer.compile import compile_tables, main
from kg.gazetteer.tables import DATA, rows

PLACES = gazetteer()


def named(form: str) -> list[str]:
    return [division.code for division in PLACES.named(form)]


@pytest.mark.parametrize(
    ("code", "name", "level", "parent"),
    [
        ("330000", "浙江省", "province", None),
        ("330600", "绍兴市", "prefecture", "330000"),
        ("330602", "越城区", "county", "330600"),
        ("330602001", "塔山街道", "township", "330602"),
        ("500101", "万州区", "county", "500000"),
        ("429004", "仙桃市", "county", "420000"),  # directly under its province
        ("810000", "香港特别行政区", "province", None),
        ("820000", "澳门特别行政区", "province", None),
        ("710000", "台湾省", "province", None),
    ],
)
def test_get(code: str, name: str, level: str, parent: str | None) -> None:
    division = PLACES.get(code)
    assert division is not None
    assert (division.name, division.level, division.parent) == (name, level, parent)


@pytest.mark.parametrize("code", ["", "999999", "330602999", "110100"])  # 110100 is the placeholder 市辖区
def test_unknown_code(code: str) -> None:
    assert PLACES.get(code) is None
    assert PLACES.chain(code) == ()


@pytest.mark.parametrize("form", ["市辖区", "省直辖县级行政区划", "县", "没有的地方市"])
def test_no_such_name(form: str) -> None:
    assert PLACES.named(form) == ()


@pytest.mark.parametrize(
    ("form", "codes"),
    [
        ("绍兴市", ["330600"]),
        ("绍兴", ["330600"]),
        ("红河哈尼族彝族自治州", ["532500"]),
        ("红河州", ["532500"]),
        ("红河", ["532500", "532529"]),
        ("石柱县", ["500240"]),
        ("内蒙古", ["150000"]),
        ("浦东", ["310115"]),
        ("神农架", ["429021"]),
        ("巴州", ["652800", "511902"]),
        ("渝北", ["500112"]),
        ("廣東", ["440000"]),
        ("莪山乡", ["330122201"]),
        ("吉林", ["220000", "220200"]),
    ],
)
def test_named(form: str, codes: list[str]) -> None:
    assert sorted(named(form)) == sorted(codes)


def test_named_gives_the_larger_first() -> None:
    assert [d.level for d in PLACES.named("海南")] == ["province", "prefecture", "county"]


@pytest.mark.parametrize(("form", "code"), [("襄樊市", "420600"), ("绍兴县", "330603"), ("思茅市", "530800")])
def test_former_name_of_todays_division(form: str, code: str) -> None:
    assert code in [division.code for division in PLACES.former(form)]
    assert code in named(form)


def test_merged_division_keeps_its_own_code() -> None:
    (division,) = PLACES.named("崇文区")
    assert division == Division("110103", "崇文区", "county", "110000", "崇文", 2010, "110101")
    assert division.former
    assert not PLACES.children("110000")[0].former


def test_abbreviations() -> None:
    assert [d.name for d in PLACES.abbreviated("湘")] == ["湖南省"]
    assert [d.name for d in PLACES.abbreviated("宁")] == ["宁夏回族自治区", "南京市"]
    assert PLACES.abbreviated("湖") == ()
    assert PLACES.named("湘") == ()


def test_chain_and_within() -> None:
    assert [d.name for d in PLACES.chain("330602001")] == ["塔山街道", "越城区", "绍兴市", "浙江省"]
    assert PLACES.within("330602001", "330000")
    assert PLACES.within("330602", "330602")
    assert not PLACES.within("330000", "330602")
    assert not PLACES.within("330602", "440000")


def test_children() -> None:
    assert "330602" in [d.code for d in PLACES.children("330600")]
    assert "330602001" in [d.code for d in PLACES.children("330602")]
    assert len(PLACES.children("440000")) == 21
    assert PLACES.children("330602001") == ()


def test_every_parent_exists() -> None:
    for code, *_, parent, _ in rows("divisions", 6):
        assert parent == "" or PLACES.get(parent), code
    for code, _, parent in rows("townships", 3):
        assert PLACES.get(parent or code[:6]), code
    for code, _, _, parent, _, successor in rows("gone", 6):
        assert PLACES.get(parent), code
        assert PLACES.get(successor), code
    for name, code, _ in rows("renamed", 3):
        assert PLACES.get(code), name


def test_every_chain_ends_in_a_province() -> None:
    for code, *_ in rows("divisions", 6):
        assert PLACES.chain(code)[-1].level == "province", code


@pytest.mark.parametrize("table", sorted(path.stem for path in DATA.glob("*.tsv")))
def test_tables_are_sorted_and_without_duplicates(table: str) -> None:
    lines = (DATA / f"{table}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    cells = [tuple(line.split("\t")) for line in lines]
    assert cells == sorted(set(cells))


def test_find() -> None:
    assert PLACES.find("浙江省绍兴市的越城区、杭州") == (
        PlaceHit(0, 3, "浙江省", "full"),
        PlaceHit(3, 6, "绍兴市", "full"),
        PlaceHit(7, 10, "越城区", "full"),
        PlaceHit(11, 13, "杭州", "short"),
    )


def test_find_keeps_offsets_of_traditional_text() -> None:
    text = "訪廣東省與臺北市"
    assert [text[hit.start : hit.stop] for hit in PLACES.find(text)] == ["廣東省", "臺北市"]
    assert [hit.form for hit in PLACES.find(text)] == ["广东省", "台北市"]


def test_find_all_has_overlaps() -> None:
    assert [hit.form for hit in PLACES.find_all("和平江县")] == ["和平", "平江县", "平江"]


def test_find_in_nothing() -> None:
    assert PLACES.find("") == ()
    assert PLACES.find("no place here") == ()


@pytest.mark.parametrize(
    ("form", "context", "code"),
    [
        ("鼓楼区", [], None),
        ("鼓楼区", ["350100"], "350102"),
        ("鼓楼区", ["350104"], "350102"),  # another district of the same city
        ("鼓楼区", ["320000"], None),  # Nanjing and Xuzhou both have one
        ("鼓楼区", ["320000", "320300"], "320302"),
        ("鼓楼区", ["440000"], None),
        ("朝阳", [], None),
        ("朝阳", ["110000"], "110105"),
        ("长沙", [], "430100"),  # the city contains the county
        ("长沙", ["430000"], "430100"),
        ("吉林", [], "220000"),
        ("通州", ["320600"], "320612"),
        ("江北区", ["500000"], "500105"),  # until 2025
        ("江北区", [], "330205"),
        ("塔山街道", ["330602"], "330602001"),
        ("没有", ["330602"], None),
    ],
)
def test_resolve(form: str, context: list[str], code: str | None) -> None:
    division = PLACES.resolve(form, context)
    assert (division.code if division else None) == code


def test_short_names() -> None:
    assert doctest.testmod(names).failed == 0
    assert names.short_name("浦东新区") == "浦东"
    assert names.short_name("清新区") == "清新"
    assert names.short_name("万柏林区") == "万柏林"
    assert names.short_name("东乡族自治县") == "东乡"
    assert names.short_name("正蓝旗") == "正蓝旗"
    assert names.short_name("阿克苏地区") == "阿克苏"


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


def test_loads_fast() -> None:
    program = "from kg.gazetteer import gazetteer; gazetteer().find('绍兴')"
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True)
    assert time.perf_counter() - began < 3  # a loose bound for a busy machine; alone it takes 0.2 s with Python's start


def test_finds_fast() -> None:
    text = "浙江省绍兴市越城区民政局召开会议，部署养老服务工作，代表们交流了社区治理的做法。" * 5000
    PLACES.find("")
    began = time.perf_counter()
    found = PLACES.find_all(text)
    assert len(found) >= 15_000
    assert len(text) / (time.perf_counter() - began) > 200_000
