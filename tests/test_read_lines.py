"""Single lines by themselves: what each class of label, mark and number makes of a line."""

from __future__ import annotations

import pytest
from articles import PLAIN, read

from kg.lexicon import lexicon
from kg.read.digest import tail_credit
from kg.read.lines import is_masthead
from kg.read.looks import Look, look
from kg.read.particulars import fields, is_caption, is_meta, is_source
from kg.read.patterns import columns, ended, label, packed, title_like, unbalanced

PARTICULARS = ("发布时间", "浏览次数", "字体", "作者", "责任编辑", "审核")  # one label of each class
CREDITS = [word for word, entry in lexicon("read_source_labels").entries.items() if entry["kind"] == "credit"]
PUBLISHERS = [word for word, entry in lexicon("read_source_labels").entries.items() if entry["kind"] == "publisher"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("江州市民政局举办社工节", Look.SHORT),
        ("5月8日，江州市民政局举办社工节。", Look.BODY),
        ("会议指出：", Look.BODY),
        ("一、总体要求", Look.ITEM),
        ("（一）加强领导", Look.ITEM),
        ("1.建好站点", Look.ITEM),
        ("① 建好站点", Look.ITEM),
        ("第一章 总则", Look.ITEM),
        ("●建好站点", Look.ITEM),
        ("组长：王伟", Look.ROW),
        ("王　伟　　江州市民政局局长", Look.ROW),
        ("任命李强为办公室主任；", Look.ROW),
        ("DB53/T 1234-2024", Look.ROW),
        ("图为活动现场", Look.CAPTION),
        ("（据《江州日报》）", Look.SOURCE),
        ("来源：江州发布", Look.SOURCE),
        ("2024-05-08 15:06", Look.META),
        ("打印 关闭", Look.META),
        ("首页 > 新闻 > 正文", Look.META),
    ],
)
def test_the_first_guess(text: str, expected: Look) -> None:
    assert look(text) is expected


@pytest.mark.parametrize("name", PARTICULARS)
@pytest.mark.parametrize("colon", [":", "："])
def test_particulars_with_a_date(name: str, colon: str) -> None:
    """A date beside a label of the page: no fact of the text."""
    line = f"2024-05-08 {name}{colon}某某"
    assert is_meta(f"{name}{colon}2024-05-08")
    assert fields(line) == ((name, "某某"),)


@pytest.mark.parametrize("name", PUBLISHERS)
def test_every_label_of_a_publisher(name: str) -> None:
    (document,) = read(f"{PLAIN}\n{name}：江州晚报\n")
    assert document.publisher == "江州晚报"
    assert document.paragraphs[-1].role.value in ("source", "meta")


@pytest.mark.parametrize("name", [word for word in CREDITS if len(word) > 1])
def test_who_wrote_did_not_publish(name: str) -> None:
    (document,) = read(f"{PLAIN}\n{name}：王伟\n")
    assert document.publisher is None


@pytest.mark.parametrize("word", sorted(lexicon("read_anonymous")))
def test_words_for_nobody_are_no_publisher(word: str) -> None:
    (document,) = read(f"{PLAIN}\n来源：{word}\n")
    assert document.publisher is None


@pytest.mark.parametrize("mark", list(lexicon("read_caption_marks")))
def test_every_mark_of_a_caption(mark: str) -> None:
    assert is_caption(f"{mark}社工入户走访")
    assert not is_caption(f"社工{mark}随后离开")


@pytest.mark.parametrize(
    "text",
    [
        "图1 活动现场",
        "图一：活动现场",
        "（图二）活动现场",
        "活动现场。李娜 摄",
        "活动现场（江州市民政局供图）",
        "图表3、站点分布",
    ],
)
def test_figures_and_photographers(text: str) -> None:
    assert is_caption(text)


@pytest.mark.parametrize("text", ["图书馆开放", "试图改变", "地图上的站点", "拍摄工作结束", "社工入户走访"])
def test_words_with_the_character_for_picture(text: str) -> None:
    assert not is_caption(text)


@pytest.mark.parametrize(
    "text",
    [
        "(江州日报)",
        "（摘自《社工生活》）",
        "【转自江州发布】",
        "（本报记者 王伟 李娜）",
        "记者 王伟 通讯员 李娜",
        "（江州市民政局供稿）",
        "来源：江州市民政局",
        "撰稿：李娜",
    ],
)
def test_lines_that_say_where_a_text_comes_from(text: str) -> None:
    assert is_source(text)


@pytest.mark.parametrize(
    "text",
    [
        "（试行）",
        "(含残疾老人)",
        "据了解，站点已建成。",
        "记者在现场看到，老人很多。",
        "（一）加强领导",
        "来源于生活的灵感。随后开讲。",
    ],
)
def test_lines_that_do_not(text: str) -> None:
    assert not is_source(text)


@pytest.mark.parametrize(
    "text",
    [
        "江民发〔2024〕12号",
        "（江民发[2024]12号）",
        "上一篇：江州召开会议",
        "抄送：市委办公室",
        "版权所有 江州市民政局",
        "扫一扫 手机看",
        "2024年5月8日",
        "江州日报 2024-05-08",
        "打印 收藏 分享到 微信",
        "— 5 —",
    ],
)
def test_furniture_of_pages(text: str) -> None:
    assert is_meta(text)


@pytest.mark.parametrize(
    "text",
    [
        "2024年5月8日，会议召开。",
        "时间：5月8日 地点：江州礼堂",
        "打印社开张",
        "GB/T 12345-2020",
        "江州市社工站2024",
        "王伟",
    ],
)
def test_what_looks_like_furniture(text: str) -> None:
    assert not is_meta(text)


@pytest.mark.parametrize(
    ("text", "masthead"),
    [
        ("社工简报", True),
        ("社工简报 第5期", True),
        ("社工动态（第12期）", True),
        ("2024年第3期（总第18期）", True),
        ("江州要情（摘编）", True),
        ("江州市举办社工节第5期开班", False),
        ("关于简报，说明如下：", False),
    ],
)
def test_mastheads(text: str, masthead: bool) -> None:
    assert is_masthead(text) is masthead


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("站点建成。", True),
        ("真的吗？！", True),
        ("他说：", True),
        ("他说：“建成了。”", True),
        ("（试行）", True),
        ("done.", False),  # a full stop of Latin script may end an abbreviation
        ("站点建成.", True),
        ("站点建成", False),
        ("站点，", False),
        ("故事还在继续……", True),
    ],
)
def test_where_a_paragraph_may_end(text: str, expected: bool) -> None:
    assert ended(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("启动“暖心", True), ("启动“暖心”", False), ("《办法", True), ("（一", True), ("一）", False), ("「晚風", True)],
)
def test_marks_left_open(text: str, expected: bool) -> None:
    assert unbalanced(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("组　长：王伟", "组长"),
        ("主办单位 : 某局", "主办单位"),
        ("会议指出", None),
        ("12：30", None),
        ("联系人/电话：李娜", "联系人/电话"),
    ],
)
def test_labels(text: str, expected: str | None) -> None:
    assert label(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("王　伟　局长", True), ("王伟  局长", True), ("王伟\t局长", True), ("王伟 局长", False), ("王　伟到场。", False)],
)
def test_columns(text: str, expected: bool) -> None:
    assert columns(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("江州市举办社工节", True),
        ("三字题", False),
        ("会议召开。", False),
        ("（试行意见）", False),
        ("May 2024 News", False),
        ("题" * 61, False),
    ],
)
def test_what_could_be_a_title(text: str, expected: bool) -> None:
    assert title_like(text) is expected


def test_packed_keeps_all_but_space() -> None:
    assert packed(" 组　长\t王 伟\n") == "组长王伟"


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("会议召开。（江州日报）", "江州日报"),
        ("会议召开！（记者 王伟）", "记者 王伟"),
        ("会议召开（江州日报）", None),  # in the middle of a sentence
        ("会议召开。（共三天）", None),
    ],
)
def test_the_credit_at_the_end_of_a_paragraph(text: str, credit: str | None) -> None:
    assert tail_credit(text) == credit
