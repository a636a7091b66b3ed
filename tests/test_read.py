"""Files → text: which files are read, how they are decoded, how lines are made whole. All texts are made up."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from articles import PLAIN, read, told

from kg.errors import InputError
from kg.read import find_files, read_file

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
