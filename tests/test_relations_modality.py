"""How facts are presented, and when they happened."""

from __future__ import annotations

from dataclasses import replace

import pytest
from blocks import document

from kg.model import EVENT, ORGANIZATION, Mention, Modality, Role
from kg.relations._dates import date_at
from kg.relations._modality import claim, modality_at
from kg.segment import sentences
from kg.view import Link, Page, View


def view_of(text: str, *names: str, kind: str = ORGANIZATION, date: str | None = None) -> View:
    """One sentence with the given names as mentions."""
    page = replace(document(text), date=date)
    (sentence,) = sentences(page)
    mentions = [
        Mention(sentence=sentence, start=text.index(n), stop=text.index(n) + len(n), kind=kind, name=n, rule="test")
        for n in names
    ]
    return View(sentence=sentence, page=Page(page), mentions=mentions)


@pytest.mark.parametrize(
    ("text", "verb", "modality"),
    [
        ("省民政厅举办培训班。", "举办", "done"),
        ("省民政厅将举办培训班。", "举办", "planned"),
        ("省民政厅将联合有关单位举办培训班。", "举办", "planned"),
        ("省民政厅将全面开展排查行动。", "开展", "planned"),
        ("省民政厅将活动办成品牌，发布《服务指南》。", "发布", "done"),
        ("下一步，省民政厅与各地一道推出服务项目，发布指南。", "发布", "planned"),
        ("下一步将推进试点，成立服务中心。", "成立", "planned"),
        ("省民政厅计划年内举办三期培训班。", "举办", "planned"),
        ("省民政厅实施三年行动计划，发布《服务指南》。", "发布", "done"),
        ("据悉，年内力争成立服务中心。", "成立", "planned"),
        ("他表示，今后要继续举办论坛。", "举办", "called-for"),
        ("会议强调，要加强管理，成立服务中心。", "成立", "called-for"),
        ("会议要求，各地发布实施细则。", "发布", "called-for"),
        ("按照省民政厅要求，各地发布实施细则。", "发布", "done"),
        ("各地应成立服务中心。", "成立", "called-for"),
        ("应省民政厅邀请，晨曦社工中心参加论坛。", "参加", "done"),
        ("应急管理厅举办培训班。", "举办", "done"),
        ("协会重要成员单位举办论坛。", "举办", "done"),
        ("省民政厅主要负责人参加会议。", "参加", "done"),
        ("退役将军参加会议。", "参加", "done"),
        ("未成年人保护中心举办论坛。", "举办", "done"),
        ("该市尚未成立协会。", "成立", "denied"),
        ("该市没有成立协会。", "成立", "denied"),
        ("没有亲人的老人参加活动。", "参加", "done"),
        ("需要帮助的家庭参加活动。", "参加", "done"),
        ("该市不断创新，成立服务中心。", "成立", "done"),
        ("原定的论坛不再举办。", "举办", "denied"),
        ("省民政厅正在实施该项目。", "实施", "ongoing"),
        ("省民政厅持续开展该行动。", "开展", "ongoing"),
        ("省民政厅已举办三期。", "举办", "done"),
        ("将于下月启动的项目，省民政厅已发布指南。", "发布", "done"),
        ("培训班将持续三天，为此成立了工作专班。", "成立", "done"),
        ("希望双方携手合作，成立研究中心。", "成立", "called-for"),
        ("希望工程办公室成立服务中心。", "成立", "done"),
        ("他说“我们要加油”，随后参加活动。", "参加", "done"),
        ("縣政府將舉辦活動。", "舉辦", "planned"),
    ],
)
def test_modality(text: str, verb: str, modality: str) -> None:
    assert modality_at(view_of(text), text.index(verb)) == Modality(modality)


def test_a_new_subject_ends_the_reach_of_a_plan() -> None:
    text = "培训班将持续三天，省民政厅发布《服务指南》。"
    assert modality_at(view_of(text, "省民政厅"), text.index("发布")) is Modality.DONE
    text = "该厅将完善制度，联合省妇联发布《服务指南》。"
    assert modality_at(view_of(text, "省妇联"), text.index("发布")) is Modality.PLANNED


def test_a_host_shares_the_time_of_what_it_hosts() -> None:
    text = "论坛将于5月举行，省社会工作协会承办。"
    assert modality_at(view_of(text, "省社会工作协会"), text.index("承办")) is Modality.PLANNED


def test_words_inside_names_are_no_cues() -> None:
    text = "未来社区发展中心举办论坛。"
    assert modality_at(view_of(text), text.index("举办")) is Modality.PLANNED
    assert modality_at(view_of(text, "未来社区发展中心"), text.index("举办")) is Modality.DONE


def test_what_a_name_says_itself_stands() -> None:
    text = "要依托南山市民政局开展工作。"
    assert modality_at(view_of(text, "南山市民政局"), text.index("南山")) is Modality.DONE


@pytest.mark.parametrize(
    ("text", "verb", "own", "expected"),
    [
        ("4月9日，省民政厅举办论坛。", "举办", "2025-04-12", "2025-04-09"),
        ("4月9日，省民政厅举办论坛。", "举办", None, None),
        ("2025年6月，省民政厅举办论坛。", "举办", None, "2025-06"),
        ("二〇二五年四月九日，省民政厅举办论坛。", "举办", None, "2025-04-09"),
        ("二零一九年十二月二十一日，省民政厅举办论坛。", "举办", None, "2019-12-21"),
        ("２０２５年４月，省民政厅举办论坛。", "举办", None, "2025-04"),
        ("12月28日，省民政厅举办论坛。", "举办", "2025-01-03", "2024-12-28"),
        ("去年5月，省民政厅举办论坛。", "举办", "2025-01-03", "2024-05"),
        ("今年，省民政厅举办论坛。", "举办", "2025-01-03", "2025"),
        ("今年，省民政厅举办论坛。", "举办", None, None),
        ("近日，省民政厅举办论坛。", "举办", "2025-01-03", None),
        ("9日上午，省民政厅举办论坛。", "举办", "2025-04-12", "2025-04-09"),
        ("4月9日至11日，省民政厅举办论坛。", "举办", "2025-04-12", "2025-04-09"),
        ("2024年3月发布指南，6月举办论坛。", "举办", "2025-04-12", "2024-06"),
        ("2020年成立的晨曦社工中心举办论坛。", "举办", None, None),
        ("论坛举办于2023.5.6。", "举办", None, "2023-05-06"),
        ("论坛在当地举办，5月结束。", "举办", "2025-05-06", None),
        ("自2025年13月起举办论坛。", "举办", None, "2025"),
        ("省民政厅为2025年度“孝亲之星”颁奖。", "颁奖", None, None),
        ("2022年以来，省民政厅发布指南。", "发布", None, None),
        ("2025年2月30日举办论坛。", "举办", None, "2025-02"),
    ],
)
def test_date(text: str, verb: str, own: str | None, expected: str | None) -> None:
    assert date_at(view_of(text, date=own), text.index(verb)) == expected


def test_the_year_of_a_name_is_no_date() -> None:
    text = "省民政厅举办2025年工作会议。"
    assert date_at(view_of(text, "2025年工作会议", kind=EVENT), text.index("举办")) is None


def test_claim_takes_the_rules_word_over_the_cues() -> None:
    text = "5月，南山市民政局将举办迎春论坛。"
    view = view_of(text, "南山市民政局", "迎春论坛", date="2025-06-01")
    link = Link(*view.mentions, text.index("举办"))
    made = claim(view, link, "organizes", "organizes.holds")
    assert (made.modality, made.date, made.rule) == (Modality.PLANNED, "2025-05", "organizes.holds")
    stated = claim(view, link._replace(modality=Modality.DONE), "organizes", "organizes.holds")
    assert stated.modality is Modality.DONE
    assert made.sentence.role is Role.BODY
