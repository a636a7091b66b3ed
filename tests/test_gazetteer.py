"""The gazetteer: its tables, codes, containment, names."""

from __future__ import annotations

import doctest
import subprocess
import sys
import time

import pytest

from kg.gazetteer import Division, PlaceHit, gazetteer, names
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
