"""Lines of files as they are measured and placed: page numbers, line ends, dates, neighbours."""

from __future__ import annotations

import pytest
from articles import PLAIN, read, roles, told

from kg.read.dates import first_date
from kg.read.lines import clean, lines_of


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024年 5 月 8 日", "2024-05-08"),
        ("2024-05-08 15:06:33", "2024-05-08"),
        ("二〇二四年十一月三十日", "2024-11-30"),
        ("二零二四年二月", "2024-02"),
        ("2024年2月30日", None),
        ("5月8日", None),
        ("12024-05-08", None),
        ("1899年5月8日", None),
    ],
)
def test_dates(text: str, iso: str | None) -> None:
    assert first_date(text) == iso


def test_lines_are_counted_and_measured() -> None:
    first, second = lines_of(clean("　　一段\r\n\r\n\r\n二 段ab\n"))
    assert (first.number, first.text, first.indent, first.gap, first.width) == (1, "一段", 4, 0, 8)
    assert (second.number, second.text, second.indent, second.gap, second.width) == (4, "二 段ab", 0, 2, 7)


def test_line_ends_of_every_kind() -> None:
    assert clean("一\r\n二\r三\u2028四\u2029五\x0b六\x85七") == "一\n二\n三\n四\n五\n六\n七"


def test_a_page_number_parts_and_goes() -> None:
    first, second = lines_of("前页的话。\n- 12 -\n后页的话。")
    assert [first.text, second.text, second.gap] == ["前页的话。", "后页的话。", 1]


@pytest.mark.parametrize("number", ["第 3 页", "第3页 共9页", "3/9", "Page 3 of 9", "—— 3 ——"])
def test_page_numbers_of_every_style(number: str) -> None:
    assert [line.text for line in lines_of(f"前页的话。\n{number}\n后页的话。")] == ["前页的话。", "后页的话。"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["一、总体要求", "各单位要配合。"], ["heading", "body"]),
        (["（一）加强领导", "各单位要配合。"], ["heading", "body"]),
        (["1.建站", "2.育人", "3.扩面"], ["row", "row", "row"]),
        (["成员单位：", "江州市民政局", "江州市财政局", "江州市教育局"], ["row", "row", "row", "row"]),
        (["▲社工入户", "社工随后离开。"], ["caption", "body"]),
        (["社工说，服务还要扩面。", "（完）"], ["body", "meta"]),
        (["社工说，服务还要扩面。", "江州市民政局", "2024年5月8日"], ["body", "source", "meta"]),
        (["社工说，服务还要扩面。", "责任编辑：李娜"], ["body", "meta"]),
    ],
)
def test_roles_by_the_neighbours(lines: list[str], expected: list[str]) -> None:
    assert roles(f"{PLAIN}\n" + "\n".join(lines) + "\n")[2:] == expected


@pytest.mark.parametrize(
    ("head", "title", "date"),
    [
        ("江州市举办社工节\n2024-05-08", "江州市举办社工节", "2024-05-08"),
        ("江州市举办社工节\n——老人齐来赴约\n2024-05-08", "江州市举办社工节", "2024-05-08"),
        ("社工要闻\n\n江州市举办首届社工节活动\n发布时间：2024-05-08", "江州市举办首届社工节活动", "2024-05-08"),
        ("首页 > 要闻\n江州市举办社工节\n2024年5月8日 来源：江州晚报", "江州市举办社工节", "2024-05-08"),
        ("江州市民政局文件\n江民发〔2024〕12号\n\n关于举办社工节的通知", "关于举办社工节的通知", None),
    ],
)
def test_the_title_under_what_stands_above_it(head: str, title: str, date: str | None) -> None:
    (document,) = read(f"{head}\n\n近日，社工节开幕。局长王伟到场。\n")
    assert [document.title, document.date] == [title, date]
    assert told(document)[-1] == ("body", "近日，社工节开幕。局长王伟到场。")


@pytest.mark.parametrize(
    ("end", "parted"),
    [
        ("（来源：江州日报）", True),
        ("(据江州发布)", True),
        ("（完）", True),
        ("————————", True),
        ("随后走访。（江州晚报）", True),
        ("随后走访。", False),
        ("王　伟　江州市民政局局长", False),
    ],
)
def test_what_closes_an_article(end: str, parted: bool) -> None:
    """A short line with a paragraph under it begins an article only after an end."""
    text = f"江州市社工站揭牌\n\n5月8日，社工站揭牌。\n\n{end}\n\n社工入户忙走访\n\n社工走进老人家里。\n"
    assert len(read(text)) == 1 + parted


@pytest.mark.parametrize(
    ("first", "second", "parted"),
    [
        ("【浙江宁波】社工进企业", "【四川绵阳】平台上线", True),
        ("浙江宁波：社工进企业", "四川绵阳：平台上线", True),
        ("浙江宁波｜社工进企业", "四川绵阳｜平台上线", True),
        ("★浙江宁波：社工进企业", "★四川绵阳：平台上线", True),
        ("宁波社工进企业", "绵阳平台上线", False),  # the place alone does not say that it is a heading of a digest
        ("【基本情况】社工进企业", "【主要做法】平台上线", False),
        ("浙江宁波：社工进企业", "浙江宁波：平台上线", False),  # one place only
    ],
)
def test_headings_of_a_digest(first: str, second: str, parted: bool) -> None:
    (*documents,) = read(f"{first}\n\n社工王伟带队。\n\n{second}\n\n社工李娜带队。\n")
    assert [document.title for document in documents] == [first, *([second] if parted else [])]


def test_a_digest_keeps_the_lines_of_its_file() -> None:
    first, second = read("【浙江宁波】社工进企业\n\n社工王伟带队。\n\n【四川绵阳】平台上线\n\n社工李娜带队。\n")
    assert [p.line for p in first.paragraphs] == [1, 3]
    assert [p.line for p in second.paragraphs] == [5, 7]
    assert second.line_of(second.text.index("李娜")) == 7
