"""The frames that relations share, on sentences whose names are marked by hand: [O 某市民政局]."""

from __future__ import annotations

import re

import pytest
from blocks import document

from kg.model import EVENT, OFFICIAL, ORGANIZATION, PLACE, PROGRAM, STANDARD, TITLE, Mention
from kg.relations._acts import active, cleft, passive, relative
from kg.relations._frames import agents
from kg.relations._groups import groups
from kg.relations._labels import labelled, listed
from kg.relations._objects import head_of_relative, objects_right
from kg.relations._verbs import clause_start, clause_stop, verbs
from kg.segment import sentences
from kg.view import Page, View

KINDS = {"O": ORGANIZATION, "P": OFFICIAL, "T": TITLE, "E": EVENT, "G": PROGRAM, "S": STANDARD, "L": PLACE}
MARK = re.compile(r"\[([OPTEGSL]) ([^\]]+)\]")


def views(marked: str) -> list[View]:
    """The sentences of a text in which names stand in brackets with the letter of their kind."""
    spans, text = [], ""
    at = 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        spans.append((len(text), KINDS[match[1]]))
        text += match[2]
        spans[-1] = (*spans[-1], len(text))  # type: ignore[assignment]
        at = match.end()
    text += marked[at:]
    page = document(text)
    return [
        View(
            sentence=sentence,
            page=Page(page),
            mentions=[
                Mention(sentence=sentence, start=start, stop=stop, kind=kind, name=text[start:stop], rule="test")
                for start, kind, stop in spans  # type: ignore[misc]
                if sentence.start <= start < sentence.stop
            ],
        )
        for sentence in sentences(page)
    ]


def view(marked: str) -> View:
    """The only sentence of a marked text."""
    (only,) = views(marked)
    return only


def said(members: tuple[Mention, ...]) -> str:
    return " ".join(m.text or "…" for m in members)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[O 甲局]、[O 乙局]和[O 丙会]参加。", ["甲局 乙局 丙会"]),
        ("[O 甲局]联合[O 乙局]、[O 丙会]举办。", ["甲局 乙局 丙会"]),
        ("[O 甲局][T 局长][P 王一凡]、[O 乙局][T 处长][P 李二平]出席。", ["王一凡 李二平"]),
        ("[O 甲局][T 局长][P 王一凡]，[O 乙局][T 处长][P 李二平]出席。", ["王一凡 李二平"]),
        ("[O 甲局][T 副局长]、[O 乙办][T 主任][P 王一凡]出席。", ["王一凡"]),
        ("[P 王一凡]（[O 甲局][T 局长]）、[P 李二平]出席。", ["王一凡 李二平"]),
        ("[O 甲局]（以下简称“[O 甲]”）、[O 乙局]参加。", ["甲局 乙局"]),
        ("[O 甲局]、某某数字平台、[O 乙局]主办。", ["甲局 乙局"]),
        ("[O 甲局]主办、[O 乙局]承办。", ["甲局", "乙局"]),
        ("[O 甲局][T 理事]参加。", [""]),
        ("[O 甲局]王[T 主任]参加。", ["甲局"]),
        ("[O 甲局][T 副主席]里明参加。", [""]),
        ("[O 甲局]负责同志，市领导[P 王一凡]参加。", ["甲局 王一凡"]),
        ("[P 王一凡]，[O 甲局]、[O 乙局]负责人出席。", ["王一凡 甲局 乙局"]),
        ("[P 王一凡]，[O 甲局]主办。", ["王一凡", "甲局"]),
        ("主办方是[O 甲局]、[O 乙局]，[O 丙局]承办。", ["甲局 乙局", "丙局"]),
    ],
)
def test_groups(marked: str, expected: list[str]) -> None:
    assert [said(group.members) for group in groups(view(marked))] == expected


@pytest.mark.parametrize(
    ("marked", "part"),
    [
        ("由[O 甲局]主办。", "agent"),
        ("在[O 甲局]举行。", "other"),
        ("为“[O 甲局]”揭牌。", "other"),
        ("该会与[O 甲局]起草。", "joint"),
        ("依托[O 甲局]成立。", "means"),
        ("[O 甲局]成立。", ""),
    ],
)
def test_the_word_before_a_group_tells_its_part(marked: str, part: str) -> None:
    assert [group.part for group in groups(view(marked))] == [part]


@pytest.mark.parametrize(
    ("marked", "verb", "expected"),
    [
        ("5月6日，[O 甲局]在[L 贵阳]隆重举办[E 论坛]。", "举办", "甲局"),
        ("[O 甲局]在[L 贵阳]会同[O 乙局]举办[E 论坛]。", "举办", "甲局 乙局"),
        ("[O 甲局]等8家单位共同举办[E 论坛]。", "共同举办", "甲局"),
        ("[O 甲局]和志愿者代表参加[E 论坛]。", "参加", "甲局"),
        ("[O 甲局]以“同心”为主题举办[E 论坛]。", "举办", "甲局"),
        ("[O 甲局]高度重视，多次开会，举办[E 论坛]。", "举办", "甲局"),
        ("[L 贵阳]高度重视，举办[E 论坛]。", "举办", ""),
        ("培训班为期三天，举办[E 论坛]。", "举办", ""),
        ("[O 甲局]组织社工参加[E 论坛]。", "参加", ""),
        ("[O 甲局]邀请专家举办[E 论坛]。", "举办", ""),
        ("在[O 甲局]举办[E 论坛]。", "举办", ""),
        ("根据[O 甲局]印发的[S 《办法》]执行。", "印发", "甲局"),
        ("[S 《规程》]由该会与[O 甲局]起草。", "起草", "… 甲局"),
        ("[P 王一凡]率[P 李二平]出席[E 论坛]。", "出席", "王一凡 李二平"),
        ("[P 王一凡]代表11名委员发言。", "发言", "王一凡"),
    ],
)
def test_agents(marked: str, verb: str, expected: str) -> None:
    sentence = view(marked)
    hit = next(hit for hit in verbs(sentence) if hit.word == verb)
    assert said(agents(sentence, hit)[0]) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[O 甲局]主办了[E 论坛]。", "论坛"),
        ("[O 甲局]启动[G “暖冬”]项目、[G “春晖”]行动。", "“暖冬” “春晖”"),
        ("[O 甲局]印发[S 《甲》][S 《乙》]和[S 《丙》]。", "《甲》 《乙》 《丙》"),
        ("[O 甲局]举办以“同心”为主题的[E 论坛]。", "论坛"),
        ("[O 甲局]组织社工参观后参加[E 论坛]。", ""),
        ("[O 甲局]举办活动，[E 论坛]闭幕。", ""),
        ("[O 甲局]主办、[O 乙局]承办[E 论坛]。", ""),
    ],
)
def test_objects_right(marked: str, expected: str) -> None:
    sentence = view(marked)
    assert said(objects_right(sentence, verbs(sentence)[0], EVENT, PROGRAM, STANDARD)) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[O 甲局]主办的[E 论坛]闭幕。", "论坛"),
        ("[O 甲局]指导、[O 乙局]主办，[O 丙局]承办的[E 论坛]闭幕。", "论坛"),
        ("[O 甲局]主办、[O 乙局]承办了[E 论坛]。", "论坛"),
        ("[O 甲局]运营的[O 丙站]举行[E 论坛]。", ""),
        ("[O 甲局]主办；[O 乙局]承办的[E 论坛]闭幕。", ""),
    ],
)
def test_head_of_relative(marked: str, expected: str) -> None:
    sentence = view(marked)
    assert said(head_of_relative(sentence, verbs(sentence)[0], EVENT)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("主办单位已经到场。", ["到场"]),
        ("发布会、启动仪式和组织部。", []),
        ("他作了题为《同心》的报告。", ["作了题为《同心》的报告"]),
        ("他致欢迎辞并宣布大赛开幕。", ["致欢迎辞", "宣布大赛开幕"]),
        ("他致力于诗词。", []),
        ("工作报告和合作社。", []),
        ("他们参加共建。", ["参加"]),
        ("起草实施方案。", ["起草"]),
    ],
)
def test_verbs(text: str, expected: list[str]) -> None:
    assert [hit.word for hit in verbs(view(text))] == expected


def test_verbs_within_names_are_none() -> None:
    assert [hit.word for hit in verbs(view("[O 甲市发布中心]发布[E 签约大会]。"))] == ["发布"]


def test_commas_within_names_end_no_clause() -> None:
    sentence = view("[O 甲局]举办[G “大手，小手”]活动，[O 乙局]参加。")
    text = sentence.text
    assert clause_start(sentence, text.index("活动")) == 0
    assert clause_stop(sentence, 0) == text.index("，[" if "，[" in text else "，乙")


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[E 论坛]由[O 甲局]主办，[O 乙局]承办。", [("甲局", "论坛"), ("乙局", "论坛")]),
        ("本届社工节由[O 甲局]主办。", [("甲局", "…")]),
        ("由[O 甲局]主办。", [("甲局", "…")]),
        ("经费由[O 甲局]承办。", []),
        ("[E 论坛]在[O 甲局]举行。", []),
        ("[E 论坛]举行，资料由[O 甲局]承担。", []),
    ],
)
def test_passive(marked: str, expected: list[tuple[str, str]]) -> None:
    acts = passive(view(marked), "organizes", EVENT, PROGRAM, bare="relation_bare_organizers")
    assert [(said(act.agents), said(act.objects)) for act in acts] == expected


def test_active_and_relative_share_no_act() -> None:
    for marked in ("[O 甲局]主办[E 论坛]。", "[O 甲局]主办的[E 论坛]闭幕。"):
        found = [*active(view(marked), "organizes", EVENT), *relative(view(marked), "organizes", EVENT)]
        assert [(said(act.agents), said(act.objects)) for act in found] == [("甲局", "论坛")]


def test_cleft_knows_the_object_it_passes() -> None:
    (act,) = cleft(view("出席[E 论坛]的还有[O 甲局][T 局长][P 王一凡]。"), "participates_in", EVENT)
    assert (said(act.agents), said(act.objects)) == ("王一凡", "论坛")


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("主办单位：[O 甲局]、[O 乙局]", "甲局 乙局"),
        ("[E 论坛]的主办方分别是[O 甲局]和[O 乙局]。", "甲局 乙局"),
        ("列入主办单位的共有两家：[O 甲局]、[O 乙局]。", "甲局 乙局"),
        ("[E 论坛]以[O 甲局]为主办单位。", "甲局"),
        ("主办方希望[O 甲局]参加。", None),
        ("[O 甲局]主办了活动。", None),
    ],
)
def test_labelled(marked: str, expected: str | None) -> None:
    found = [said(act.agents) for act in labelled(view(marked), "organizes", EVENT)]
    assert found == ([expected] if expected else [])


def test_a_heading_reaches_the_lines_under_it_and_no_further() -> None:
    page = views("一、主办单位\n[O 甲局]\n[O 乙局]\n二、支持单位：\n[O 丙局]")
    found = [said(act.agents) for one in page for act in listed(one, "organizes", EVENT)]
    assert found == ["甲局", "乙局"]


def test_a_count_is_told_in_the_next_sentence() -> None:
    _, those = views("参加起草的有三家单位。其中两家在[L 贵阳]：[O 甲局]、[O 乙局]；一家在[L 遵义]，即[O 丙院]。")
    (act,) = listed(those, "drafts", STANDARD)
    assert (said(act.agents), said(act.objects)) == ("甲局 乙局 丙院", "…")
    assert not list(listed(those, "organizes", EVENT))
