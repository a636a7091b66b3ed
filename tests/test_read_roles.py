"""What each line of an article is for, its date and its publisher; what holds for every text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from articles import PLAIN, read, roles, told
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Role
from kg.read.dates import first_date
from kg.read.decode import decode

# --- roles, date, publisher

NOTICE = """\
首页 > 通知公告

江州市民政局办公室关于成立社工站建设领导小组的通知
江民办〔2024〕5号

2024-05-08 15:06 来源:本站 字体：大 中 小

各县（市、区）民政局：
　　为加强领导，现成立领导小组，名单如下：

组　长：王　伟　市民政局局长
副组长：李　娜　市民政局副局长
　　　　赵　明　市财政局副局长
成　员：
钱丽 市教育局科长
周敏 市卫健委科长

　　一、主要职责
　　统筹全市社工站建设。
　　任命李强为办公室主任；
　　任命孙燕为办公室副主任。

图为会议现场。钱丽 摄

　　　　　　　　　　　　　　江州市民政局办公室
　　　　　　　　　　　　　　　2024年5月6日
打印 关闭 收藏
"""


def test_a_notice_with_roster_and_signature() -> None:
    (document,) = read(NOTICE)
    assert [role for role, _ in told(document)] == (
        ["meta", "title", "meta", "meta", "body", "body"]
        + ["row"] * 6
        + ["heading", "body", "row", "row", "caption", "source", "meta", "meta"]
    )
    assert document.title == "江州市民政局办公室关于成立社工站建设领导小组的通知"
    assert [document.date, document.publisher] == ["2024-05-08", "江州市民政局办公室"]
    assert "王　伟" in document.text


@pytest.mark.parametrize(
    ("line", "date", "publisher"),
    [
        ("（据《江州日报》）", None, "江州日报"),
        ("(江州日报 2018-12-04)", "2018-12-04", "江州日报"),
        ("（青禾社工服务中心 供稿 2013年4月16日）", "2013-04-16", "青禾社工服务中心"),
        ("(供稿:江州市委社会工作部 编辑:小江)", None, "江州市委社会工作部"),
        ("（摘自《社工生活》）", None, "社工生活"),
        ("供稿单位：江州市民政局", None, "江州市民政局"),
        ("来源：本站", None, None),
        ("（记者　王　伟　通讯员　李娜）", None, None),
        ("（2018年4月5日）", "2018-04-05", None),
        ("二○○五年四月二十三日", "2005-04-23", None),
        ("2024年13月8日", None, None),
        ("时间：2021-5-7　　浏览次数：25", "2021-05-07", None),
        ("江州市民政局网站 2023-03-14", "2023-03-14", "江州市民政局网站"),
    ],
)
def test_lines_around_the_text_tell_date_and_publisher(line: str, date: str | None, publisher: str | None) -> None:
    (document,) = read(PLAIN + "\n" + line + "\n")
    assert [document.date, document.publisher] == [date, publisher]
    assert document.paragraphs[-1].role in (Role.META, Role.SOURCE)


@pytest.mark.parametrize(
    ("body", "date"),
    [
        ("2018年3月19日，江州市民政局召开会议。", "2018-03-19"),
        ("江州日报讯 2018年3月19日,会议召开。", "2018-03-19"),
        ("3月19日，江州市民政局召开会议。", None),
        ("自2018年3月启动以来，项目受到欢迎。", None),
        ("会议召开。（2013年1月28日）", "2013-01-28"),
    ],
)
def test_the_first_words_tell_a_date_only_when_it_is_whole(body: str, date: str | None) -> None:
    assert read("江州市召开会议\n\n" + body)[0].date == date


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("联系电话：12345678", "row"),
        ("●标准编号：T/ABC 0001-2024", "row"),
        ("主办单位：江州市民政局", "row"),
        ("王　伟　　江州市民政局局长", "row"),
        ("● 第一批名单另行公布", "row"),
        ("▲社工入户", "caption"),
        ("图一 大集现场", "caption"),
        ("[图1] 捐赠现场", "caption"),
        ("(扫一扫,关注公众号)", "meta"),
        ("(完)", "meta"),
        ("12", "meta"),
        ("上一篇：某地召开会议", "meta"),
        ("[编辑:王伟 李娜] [责任编辑:赵明]", "meta"),
        ("粤ICP备12345678号 版权所有 某网", "meta"),
        ("编者按：这是一段说明。", "body"),
    ],
)
def test_roles_of_single_lines(line: str, role: str) -> None:
    assert roles(PLAIN + "\n社工随后入户走访。\n\n" + line)[-1] == role


def test_dates_of_every_style() -> None:
    assert first_date("2024/5/8") == "2024-05-08"
    assert first_date("2024.05.08") == "2024-05-08"
    assert first_date("2024年5月") == "2024-05"
    assert first_date("二〇一九年十二月") == "2019-12"
    assert first_date("2024-2-30 后 2024-03-01") == "2024-03-01"
    assert first_date("电话2024-12345") is None


def test_a_text_without_title_has_none() -> None:
    (document,) = read("5月8日，江州市社工站揭牌。局长王伟到场。\n\n随后举行座谈。")
    assert document.title is None
    assert [role for role, _ in told(document)] == ["body", "body"]


# --- what holds for every text

FRAGMENTS = [
    *("江州市举办社工节", "5月8日，会议召开。", "，未完的一句", "(据江州日报)", "组　长：王　伟　局长", "图为现场"),
    *("第 1 页", "— 2 —", "社工简报", "第3期", "【要目】", "来源：本站 2024-05-08", "一、目的", "浙江宁波：进企业"),
    *("四川绵阳：上线", "2024年5月8日", "完", "“引号", "”", "（", "）", "：", "；", "x"),
    *("\n", "\n\n", "\n\n\n", "\r\n", "\f", "\t", "　　"),
]
MIXED = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=6)), max_size=40).map("".join)


@settings(max_examples=400, deadline=None)
@given(MIXED)
def test_paragraphs_tile_the_text(text: str) -> None:
    documents = read(text)
    assert documents == read(text)
    lines = text.count("\n") + text.count("\r") + 1
    for document in documents:
        assert "\n".join(document.text[p.start : p.stop] for p in document.paragraphs) == document.text
        starts = [p.start for p in document.paragraphs]
        assert starts == sorted(set(starts))
        assert all(p.start < p.stop for p in document.paragraphs)
        assert all(1 <= p.line <= 2 * lines + 60 for p in document.paragraphs)
        assert re.fullmatch("[0-9a-f]{16}", document.id)
    numbers = [p.line for document in documents for p in document.paragraphs]
    assert numbers == sorted(numbers)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(alphabet="社工站的人王伟，。（）“”一1、　", min_size=1, max_size=50), max_size=15))
def test_no_character_is_lost(lines: list[str]) -> None:
    """Without furniture and repeats, the documents hold the text but for space."""
    unique = [f"{chr(0x5000 + i)}{line}" for i, line in enumerate(lines)]
    kept = "".join(document.text for document in read("\n".join(unique)))
    assert "".join(kept.split()) == "".join("".join(unique).split())


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.binary(max_size=200), MIXED.map(lambda t: t.encode("gb18030", "ignore")), MIXED.map(str.encode)))
def test_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text = decode(data, path=Path("a.txt"))
    except InputError as error:
        said = str(error)
    else:
        said = "a.txt: " + "".join(document.id for document in read(text))
    assert re.fullmatch("a.txt: .*", said)
