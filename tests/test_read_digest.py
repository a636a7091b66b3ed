"""A newsletter or digest → its articles. All texts are made up."""

from __future__ import annotations

import pytest
from articles import read, told

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
