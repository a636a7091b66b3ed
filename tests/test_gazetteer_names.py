"""Names of places: former, short, traditional and one-character ones, chains, and what context decides."""

from __future__ import annotations

import pytest

from kg.gazetteer import gazetteer
from kg.gazetteer.changes import former_names
from kg.gazetteer.names import other_names, short_name
from kg.gazetteer.tables import abbreviations, rows, traditional
from kg.lexicon import lexicon

PLACES = gazetteer()
PROVINCES = 34
SHARED = {"371000", "211122", "220781"}  # another division of today bore the name before: it stays open


def code(form: str, *context: str) -> str | None:
    division = PLACES.resolve(form, context)
    return division.code if division else None


def test_every_province_has_its_name_short_name_and_letter() -> None:
    provinces = [division for division in map(PLACES.get, _codes("province")) if division]
    assert len(provinces) == PROVINCES
    lettered = {one for found in abbreviations().values() for one in found if one.endswith("0000")}
    for division in provinces:
        assert PLACES.named(division.name)[0] == division
        assert code(division.short) == division.code, division
        assert division.code in lettered, division


def _codes(level: str) -> list[str]:
    return [cells[0] for cells in rows("divisions", 6) if cells[3] == level]


def test_every_prefecture_is_found_by_its_full_name() -> None:
    lost = {one for one in _codes("prefecture") if (found := PLACES.get(one)) and code(found.name) != one}
    assert lost <= SHARED


def test_every_county_is_found_by_its_full_name_and_its_city() -> None:
    lost = set()
    for one in _codes("county"):
        division = PLACES.get(one)
        if division is not None and division.parent and code(division.name, division.parent) != one:
            lost.add(one)
    assert lost <= SHARED


@pytest.mark.parametrize(
    ("former", "today"),
    [("襄樊市", "襄阳市"), ("思茅市", "普洱市"), ("绍兴县", "柯桥区"), ("铜仁地区", "铜仁市"), ("万县市", "万州区")],
)
def test_who_bore_the_name(former: str, today: str) -> None:
    assert today in [division.name for division in PLACES.named(former)]


@pytest.mark.parametrize("name", ["崇文区", "宣武区", "静安区"])
def test_a_name_that_is_used_again_means_the_district_of_today(name: str) -> None:
    (first, *_) = PLACES.named(name)
    still = name == "静安区"
    assert first.former is not still
    if first.former:
        assert first.successor is not None
        assert PLACES.get(first.successor) is not None


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("常德市", "常德"),
        ("赵县", "赵县"),
        ("西藏自治区", "西藏"),
        ("广西壮族自治区", "广西"),
        ("新疆维吾尔自治区", "新疆"),
        ("延边朝鲜族自治州", "延边"),
        ("黔东南苗族侗族自治州", "黔东南"),
        ("景宁畲族自治县", "景宁"),
        ("鄂温克族自治旗", "鄂温克"),
        ("锡林郭勒盟", "锡林郭勒"),
        ("香港特别行政区", "香港"),
        ("六枝特区", "六枝"),
        ("滨海新区", "滨海"),
        ("大兴安岭地区", "大兴安岭"),
        ("科尔沁左翼中旗", "科尔沁左翼中旗"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("延边朝鲜族自治州", ("延边州",)),
        ("景宁畲族自治县", ("景宁县",)),
        ("西藏自治区", ()),
        ("常德市", ()),
        ("莪山畲族乡", ("莪山乡",)),
    ],
)
def test_names_between_the_full_and_the_short(name: str, others: tuple[str, ...]) -> None:
    assert other_names(name) == others


@pytest.mark.parametrize(
    ("form", "context", "expected"),
    [
        ("城关区", [], None),  # Lanzhou and Lhasa
        ("城关区", ["620100"], "620102"),
        ("城关区", ["540000"], "540102"),
        ("西湖区", ["330000"], "330106"),
        ("西湖区", ["360000"], "360103"),
        ("西湖区", ["440000"], None),
        ("鼓楼", ["410000"], "410204"),
        ("河东区", ["120000"], "120102"),
        ("河东区", ["371300"], "371312"),
        ("和平区", ["210000"], "210102"),
        ("海州区", ["320000"], "320706"),
        ("海州区", ["210900"], "210902"),
        ("普陀区", ["310000"], "310107"),
        ("普陀区", ["330900"], "330903"),
        ("白云区", ["520000"], "520113"),
        ("白云区", ["440100"], "440111"),
        ("长安区", ["610000"], "610116"),
        ("长安区", ["130100"], "130102"),
    ],
)
def test_context_decides_between_namesakes(form: str, context: list[str], expected: str | None) -> None:
    assert code(form, *context) == expected


def test_the_nearest_place_decides_first() -> None:
    assert code("西湖区", "330000", "360000") == "330106"
    assert code("西湖区", "360000", "330000") == "360103"


def test_a_place_that_tells_nothing_leaves_it_to_the_next() -> None:
    assert code("西湖区", "440000", "330000") == "330106"


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("廣東省", "广东省"),
        ("臺北市", "台北市"),
        ("台北市", "台北市"),
        ("新竹縣", "新竹县"),
        ("雲南省", "云南省"),
        ("陝西省", "陕西省"),
        ("遼寧省", "辽宁省"),
        ("貴陽市", "贵阳市"),
        ("無錫市", "无锡市"),
    ],
)
def test_traditional_forms(written: str, form: str) -> None:
    (hit,) = PLACES.find(written)
    assert (hit.start, hit.stop, hit.form) == (0, len(written), form)


def test_traditional_characters_map_one_to_one() -> None:
    for old, new in traditional().items():
        assert len(new) == 1
        assert chr(old) != new


@pytest.mark.parametrize(
    ("letter", "names"),
    [
        ("湘", ["湖南省"]),
        ("沪", ["上海市"]),
        ("渝", ["重庆市"]),
        ("鄂", ["湖北省"]),
        ("桂", ["广西壮族自治区"]),
        ("藏", ["西藏自治区"]),
    ],
)
def test_letters_of_provinces(letter: str, names: list[str]) -> None:
    assert [division.name for division in PLACES.abbreviated(letter)] == names


@pytest.mark.parametrize("letter", ["", "市", "湖南", "x", "人"])
def test_what_is_no_letter_of_a_province(letter: str) -> None:
    assert PLACES.abbreviated(letter) == ()


def test_aliases_mean_what_they_say() -> None:
    for form, fields in lexicon("place_aliases").entries.items():
        assert fields["code"] in [division.code for division in PLACES.named(form)], form


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("云南省保山市隆阳区", ["云南省", "保山市", "隆阳区"]),
        ("浙江绍兴越城", ["浙江", "绍兴", "越城"]),
        ("从保山到临沧，再到丽江。", ["保山", "临沧", "丽江"]),
        ("保山市（隆阳区）", ["保山市", "隆阳区"]),
        ("石林彝族自治县", ["石林彝族自治县"]),
        ("北京市民政局", ["北京市"]),
    ],
)
def test_names_in_texts(text: str, found: list[str]) -> None:
    hits = PLACES.find(text)
    assert [text[hit.start : hit.stop] for hit in hits] == found


@pytest.mark.parametrize("text", ["保山市民政局", "浙江省绍兴市", "襄樊市"])
def test_the_longest_name_wins(text: str) -> None:
    longest = PLACES.find(text)[0]
    assert all(hit.stop <= longest.stop for hit in PLACES.find_all(text) if hit.start == longest.start)


def _row(year: int, kind: str, old: str, new: str) -> dict[str, str]:
    """One change: `old` and `new` are a code and a name, or nothing."""
    (old_code, old_name), (new_code, new_name) = (pair.split(" ") if pair else ("", "") for pair in (old, new))
    return {"year": str(year), "kind": kind, "old_code": old_code, "old_name": old_name,
            "new_code": new_code, "new_name": new_name}  # fmt: skip


TODAY = {"990101": "晚风区", "990102": "云杉区"}


class TestChanges:
    def former(self, *changes: dict[str, str]) -> list[tuple[str, int, str, bool]]:
        return [(one.name, one.until, one.today, one.merged) for one in former_names(changes, TODAY)]

    def test_a_name_that_changed(self) -> None:
        assert self.former(_row(1999, "更名", "990101 晚风县", "990101 晚风区")) == [("晚风县", 1999, "990101", False)]

    def test_a_chain_of_names_ends_at_that_of_today(self) -> None:
        first = _row(1990, "更名", "990101 旧县", "990101 晚风县")
        assert ("旧县", 1990, "990101", False) in self.former(
            first, _row(1999, "更名", "990101 晚风县", "990101 晚风区")
        )

    def test_a_chain_that_is_lost_tells_nothing(self) -> None:
        assert self.former(_row(1990, "更名", "990101 旧县", "990101 无名县")) == []

    def test_early_changes_are_left_out(self) -> None:
        assert self.former(_row(1983, "更名", "990101 晚风县", "990101 晚风区")) == []

    def test_two_that_became_one_were_merged(self) -> None:
        found = self.former(
            _row(2010, "撤销", "990103 甲县", "990102 云杉区"), _row(2010, "撤销", "990104 乙县", "990102 云杉区")
        )
        assert found == [("甲县", 2010, "990102", True), ("乙县", 2010, "990102", True)]

    def test_one_from_which_a_new_one_was_made_lives_on(self) -> None:
        assert self.former(_row(2013, "撤销", "990103 甲县", "990102 云杉区")) == [("甲县", 2013, "990102", False)]

    def test_a_code_given_to_another_place_is_no_change(self) -> None:
        assert self.former(_row(2000, "码位改派", "990101 晚风县", "990101 晚风区")) == []
