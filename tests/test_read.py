"""Files → articles. All texts are made up."""
from __future__ import annotations

import codecs
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Document, Role
from kg.read import find_files, read_file, read_text
from kg.read.dates import first_date
from kg.read.decode import decode

PLAIN = "江州市社工站揭牌\n\n5月8日，江州市社工站揭牌。局长王伟到场。\n"


def read(text: str) -> tuple[Document, ...]:
    return read_text(text, source="a.txt")


def told(document: Document) -> list[tuple[str, str]]:
    return [(p.role.value, document.text[p.start : p.stop]) for p in document.paragraphs]


def roles(text: str) -> list[str]:
    (document,) = read(text)
    return [p.role.value for p in document.paragraphs]


# --- finding files


def test_folders_are_walked_in_order_and_other_kinds_of_files_left_out(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.md", "a.txt", "plain", "b/photo.JPG", "b/facts.json", ".hidden.txt", ".git/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("字")
    found = [path.relative_to(tmp_path).as_posix() for path in find_files([tmp_path])]
    assert found == ["a.txt", "b/1.md", "b/2.txt", "plain"]


def test_a_file_is_taken_as_named_and_only_once(tmp_path: Path) -> None:
    odd = tmp_path / "data.json"
    odd.write_text("字")
    assert find_files([odd, odd, tmp_path]) == (odd,)


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.txt: no such file or folder"):
        find_files([tmp_path / "nowhere.txt"])


# --- decoding


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        codecs.BOM_UTF8 + PLAIN.encode(),
        PLAIN.encode("utf-16"),
        codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"),
        PLAIN.encode("gb18030"),
        PLAIN.replace("\n", "\r\n").encode("gb18030"),
        PLAIN.replace("\n", "\r").encode(),
    ],
)
def test_every_encoding_gives_the_same_document(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    (document,) = read_file(path, name="a.txt")
    assert document == read(PLAIN)[0]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (" \n\u3000\r\n".encode(), "empty"),
        (b"\xef\xbb\xbf", "empty"),
        ("第 1 页 共 1 页\n".encode(), "page furniture"),
        (b"%PDF-1.7\x00\x01", r"binary file \(NUL byte at offset 8\)"),
        (b"\x01\x02\x03\x04 ab", "binary file"),
        (PLAIN.encode()[:40] + b"\xff" + PLAIN.encode()[40:], r"0xff at offset 40 is not UTF-8"),
        (PLAIN.encode()[:-2], "is not UTF-8"),
        (codecs.BOM_UTF16_LE + "字".encode("utf-16-le") + b"\x4e", "at offset 4 is not UTF-16"),
        ("市民政局".encode("gb18030") + b"\xff\xff", "0xff at offset 8 is not GB18030"),
        ("Café à la crème, naïve façade, élève".encode("latin-1"), "is not GB18030|not Chinese text"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    with pytest.raises(InputError, match=reason) as caught:
        read_file(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_file(tmp_path)


def test_invisible_characters_go_and_full_width_ones_stay() -> None:
    (document,) = read("江州市\u200b社工站\ufeff揭牌\n\n王\u3000伟，ＡＢ\xa0到场。\x07")
    assert document.text == "江州市社工站揭牌\n王\u3000伟，ＡＢ 到场。"


# --- reflow

WRAPPED = """\
江州晚风

　　5月8日上午，江州市民政局在云溪社
区举办长者食堂开张仪式，局长王伟、副局
长李娜到场。王伟说，食堂由街道办事处筹
建，青禾社会工作服务中心运营。
　　当天共有200名老人前来就餐，其中8
0岁以上老人60名。社区还请来医生义诊。

第 1 页 共 2 页
江州晚风

　　食堂菜品由老人投票选出，每周更换一
次，逢年过节

另加一道甜点，由社工送到行动不便的老人
家里。
— 2 —
"""


def test_wrapped_lines_become_paragraphs_again() -> None:
    (document,) = read(WRAPPED)
    assert told(document) == [
        ("title", "江州晚风"),
        (
            "body",
            "5月8日上午，江州市民政局在云溪社区举办长者食堂开张仪式，局长王伟、副局长李娜到场。"
            "王伟说，食堂由街道办事处筹建，青禾社会工作服务中心运营。",
        ),
        ("body", "当天共有200名老人前来就餐，其中80岁以上老人60名。社区还请来医生义诊。"),
        ("body", "食堂菜品由老人投票选出，每周更换一次，逢年过节另加一道甜点，由社工送到行动不便的老人家里。"),
    ]
    assert [p.line for p in document.paragraphs] == [1, 3, 7, 13]


def test_names_of_one_length_stay_rows() -> None:
    names = [f"江州市{name}社会工作服务中心" for name in ("青禾", "云溪", "晚风", "海棠", "白鹭", "梧桐")]
    (document,) = read("评估结果公示\n\n评估结果公示如下：\n\n" + "\n".join(names) + "\n")
    assert told(document)[2:] == [("row", name) for name in names]


def test_a_paragraph_cut_by_an_empty_line_is_joined_but_not_with_headings() -> None:
    long = "会议要求，各县区要把社工站建设摆上议事日程，完善经费保障，健全督导机制，切实发挥专业人才作"
    (document,) = read(f"会议召开\n\n{long}\n\n用，让群众满意。\n\n加强协同 形成合力\n\n各单位要配合。\n")
    assert told(document) == [
        ("title", "会议召开"),
        ("body", long + "用，让群众满意。"),
        ("heading", "加强协同 形成合力"),
        ("body", "各单位要配合。"),
    ]


def test_an_open_quotation_is_joined_and_a_caption_is_not() -> None:
    text = "社工节开幕\n\n市民政局启动“暖心敲门\n\n行动”，覆盖五个社区。\n\n"
    (document,) = read(text + "江州社区,志愿者教老人用手机\n\n下一步，还将扩面。\n")
    assert "启动“暖心敲门行动”，" in document.text
    assert "志愿者教老人用手机\n下一步" in document.text


def test_rows_and_headings_that_come_again_are_kept() -> None:
    case = "某某案例{}\n\n基本情况\n\n王伟带队入户，李娜参加。\n\n主要做法\n\n" + 3 * "江州市民政局\n" + "\n"
    cases = "".join(case.format(i) for i in range(3))
    text = "".join(document.text for document in read("案例选\n\n" + cases))
    assert [text.count("基本情况"), text.count("主要做法"), text.count("江州市民政局")] == [3, 3, 9]


def test_running_heads_go_on_every_page() -> None:
    page = "\f某某研究\n\n　　社工站由街道办事处筹建，青禾中心运营{0}。\n　　当天来了{0}名老人。\n\n"
    (document,) = read(page.format(1) + page.format(2) + page.format(3))
    assert document.text.count("某某研究") == 1
    assert document.text.count("老人") == 3


def test_a_title_over_two_lines_is_one() -> None:
    (document,) = read("江州市民政局关于举办“益起来·\n向未来”公益创投大赛的通知\n\n各县区民政局：\n请遵照执行。\n")
    assert document.title == "江州市民政局关于举办“益起来·向未来”公益创投大赛的通知"


def test_an_official_paper_under_its_letterhead() -> None:
    text = (
        "　　　　江州市民政局文件\n江民发〔2024〕12号\n　　　　江州市民政局　江州市财政局\n"
        "　　　关于印发《社工站建设办法》的通知\n\n各县区：\n　　请遵照执行。\n\n"
        "　　　　　　　　　　江州市民政局　　江州市财政局\n　　　　　　　　　　　　　　2024年5月8日\n"
    )
    (document,) = read(text)
    assert document.title == "江州市民政局　江州市财政局关于印发《社工站建设办法》的通知"
    assert [document.date, document.publisher] == ["2024-05-08", "江州市民政局、江州市财政局"]
    assert [role for role, _ in told(document)] == ["meta", "meta", "title", "body", "body", "source", "meta"]


def test_latin_words_keep_their_space() -> None:
    (document,) = read("课程开设\n\n本会与云溪大学合作。课程名为Social Work\nPractice，由李娜主讲，共三十二课时。")
    assert "Social Work Practice，" in document.text


# --- digests

ARTICLES = """\


江州市举办社工节

5月8日，江州市委社会工作部举办社工节，部长赵明主持。

(据江州日报)

云溪县社工站服务上门

云溪县民政局组织社工入户。

坚持需求导向 推动服务精准

社工走进老人家里。

（来源：云溪发布）


湖南株洲,社工教老人使用手机


青禾区发布养老标准

青禾区发布 养老标准

日前，青禾区民政局发布标准。
"""


def test_source_lines_and_repeated_titles_part_articles() -> None:
    first, second, third = read(ARTICLES)
    assert [first.title, first.publisher] == ["江州市举办社工节", "江州日报"]
    assert [second.title, second.publisher] == ["云溪县社工站服务上门", "云溪发布"]
    assert [role for role, _ in told(second)] == ["title", "body", "heading", "body", "source", "caption"]
    assert told(third) == [("title", "青禾区发布养老标准"), ("body", "日前，青禾区民政局发布标准。")]
    assert third.paragraphs[0].line == 23


NEWSLETTER = """\
社工动态
2024年第5期（总第88期）
某省社会工作协会编        2024年5月30日

【要目】
浙江宁波：社工进企业………1
四川绵阳：平台上线………2

浙江宁波：社工进企业
　　宁波市民政局组织社工进企业，局长王伟带队。（宁波晚报）

　　　　　　— 1 —

社工动态　2024年第5期

四川绵阳：平台上线
　　绵阳市慈善总会上线互助平台。

绵阳资料图：略
　　　　　　— 2 —
"""


def test_a_newsletter_has_its_masthead_and_contents_in_the_first_article() -> None:
    first, second = read(NEWSLETTER)
    assert [role for role, _ in told(first)] == ["meta"] * 6 + ["title", "body"]
    assert [first.title, first.publisher, first.date] == ["浙江宁波：社工进企业", "宁波晚报", "2024-05-30"]
    assert told(second)[:2] == [("title", "四川绵阳：平台上线"), ("body", "绵阳市慈善总会上线互助平台。")]
    assert "第5期" not in second.text
    assert "— 1 —" not in first.text


@pytest.mark.parametrize(
    "headings",
    [
        ("【浙江宁波】社工进企业", "【四川绵阳】平台上线", "【甘肃天水】驿站落成"),
        ("浙江宁波 · 社工进企业", "四川绵阳 · 平台上线", "甘肃天水 · 驿站落成"),
        ("1.浙江宁波：社工进企业", "2.四川绵阳：平台上线", "3.一项倡议"),
        ("◆浙江宁波：社工进企业", "◆四川绵阳：平台上线", "◆一项倡议"),
    ],
)
def test_place_headings_part_a_digest(headings: tuple[str, ...]) -> None:
    text = "各地动态\n\n" + "\n\n".join(f"{heading}\n\n近日，民政局组织活动，局长王伟到场。" for heading in headings)
    assert tuple(document.title for document in read(text)) == headings


@pytest.mark.parametrize(
    "headings",
    [
        ("一、大赛目的", "二、组织单位", "三、申报条件"),
        ("做法一：党建引领", "做法二：社会参与", "做法三：数字赋能"),
        ("武陵街道：小院议事", "城关街道：楼道邻里", "城东街道：周末课堂"),
        ("坚持需求导向 推动服务精准", "整合资源 构建协同机制", "打造品牌 让老人安心"),
        ("【内容速览】", "【记者手记】", "【社工心声】"),
    ],
)
def test_headings_within_an_article_do_not_part_it(headings: tuple[str, ...]) -> None:
    text = "\n\n".join(f"{heading}\n\n近日，王伟带队入户，李娜参加。" for heading in headings)
    (document,) = read("江州市社工站建设见成效\n\n" + text)
    assert [role for role, _ in told(document)] == ["title"] + ["heading", "body"] * 3


def test_cities_of_the_province_in_the_title_are_headings() -> None:
    (document,) = read("湖南：社工站见成效\n\n全省建站。\n\n株洲：进企业\n\n王伟带队。\n\n湘潭：进校园\n\n李娜带队。")
    assert document.title == "湖南：社工站见成效"


def test_web_pages_in_one_file_are_parted_and_signatures_do_not_part() -> None:
    page = "{}召开会议\n发布时间：2024-05-0{} 来源：{}民政局\n5月7日，会议召开。局长王伟讲话。\n"
    first, second = read(page.format("云溪县", 8, "云溪县") + "\n" + page.format("青禾县", 9, "青禾县"))
    assert [(d.title, d.date, d.publisher) for d in (first, second)] == [
        ("云溪县召开会议", "2024-05-08", "云溪县民政局"),
        ("青禾县召开会议", "2024-05-09", "青禾县民政局"),
    ]
    notice = "关于开展评估的通知\n\n各县区：\n现就评估通知如下。\n\n江州市民政局\n2024年5月8日\n\n"
    assert len(read(notice + "附件说明\n\n附件另发各县区。\n")) == 1


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
