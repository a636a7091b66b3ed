"""Programs, standards and events: marks, left boundaries, normal names, and their forms within one text."""

from __future__ import annotations

import pytest
from blocks import document

from kg.kinds._phrases import left_edge, plain
from kg.kinds._quotes import quotes, titles
from kg.kinds.standard import normal_number
from kg.model import EVENT, ORGANIZATION, PROGRAM, STANDARD, Document, Mention
from kg.pipeline import read_mentions
from kg.resolve import events, programs, standards
from kg.segment import sentences
from kg.view import Page, View


def _view(text: str) -> View:
    page = Page(document(text))
    return View(sentence=sentences(page.document)[0], page=page)


def _read(text: str) -> tuple[Document, tuple[Mention, ...]]:
    page = document(text)
    return page, read_mentions(page)


def _names(text: str, kind: str) -> list[str]:
    return [m.name for m in _read(text)[1] if m.kind == kind]


def _forms(groups: tuple[tuple[Mention, ...], ...]) -> list[list[str]]:
    return [[m.text for m in group] for group in groups]


# marks


def test_quotations_are_outermost_and_in_order() -> None:
    view = _view("“甲‘乙’丙”和「丁」")
    assert [(q.start, q.stop, q.inner) for q in quotes(view)] == [(0, 7, "甲‘乙’丙"), (8, 11, "丁")]


def test_straight_marks_are_paired_one_by_one() -> None:
    assert [q.inner for q in quotes(_view('开展"甲乙"和"丙丁"'))] == ["甲乙", "丙丁"]


def test_an_unclosed_mark_opens_nothing() -> None:
    assert quotes(_view("他说“好")) == ()


def test_titles_keep_what_is_nested_in_them() -> None:
    assert [t.inner for t in titles(_view("《关于印发〈甲办法〉的通知》《乙》"))] == ["关于印发〈甲办法〉的通知", "乙"]


def test_a_title_inside_a_title_belongs_to_it() -> None:
    assert [t.inner for t in titles(_view("《解读《甲办法》》"))] == ["解读《甲办法》"]


# left boundaries


@pytest.mark.parametrize(
    ("text", "head", "name"),
    [
        ("市民政局召开全市养老服务推进会", "推进会", "全市养老服务"),
        ("4月9日云湖市养老服务推进会", "推进会", "云湖市养老服务"),
        ("近日，2025年国际社工日宣传活动", "宣传活动", "2025年国际社工日"),
        ("出席“青苗”计划启动仪式", "启动仪式", "“青苗”计划"),
        ("王明在社会组织参与乡村振兴座谈会", "座谈会", "社会组织参与乡村振兴"),
        ("开幕式和全市座谈会", "座谈会", "全市"),
        ("一场社区邻里运动会", "运动会", "社区邻里"),
        ("（二）老年人助餐行动", "助餐行动", "老年人"),
    ],
)
def test_left_edge(text: str, head: str, name: str) -> None:
    at = text.index(head)
    start = left_edge(_view(text), at)
    assert text[start:at].startswith(name) or text[start:at] == name


def test_a_plain_name_drops_the_short_form_declared_inside() -> None:
    assert plain("云湖学院（以下简称“学院”）揭牌仪式") == "云湖学院揭牌仪式"
    assert plain("乡镇（街道）社工站推进会") == "乡镇（街道）社工站推进会"


# normal names


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("GB/T 9.9-2020", "GB/T 9.9—2020"),
        ("GB/T9.9—2020", "GB/T 9.9—2020"),
        ("DB4401/T 10－2019", "DB4401/T 10—2019"),
        ("T/ABC 0001-2024", "T/ABC 0001—2024"),
        ("民发[2023]12号", "民发〔2023〕12号"),
        ("民发（2023）12号", "民发〔2023〕12号"),
    ],
)
def test_normal_number(written: str, normal: str) -> None:
    assert normal_number(written) == normal


def test_a_quoted_program_is_named_by_what_stands_between_the_marks() -> None:
    assert _names("协会发起“暖冬到家”助老项目。", PROGRAM) == ["暖冬到家"]


def test_a_covering_notice_is_named_by_the_document_inside() -> None:
    assert _names("执行《省民政厅关于印发〈社工站考核办法〉的通知》。", STANDARD) == ["《社工站考核办法》"]


def test_references_leave_the_name_open() -> None:
    assert _names("会议强调，要抓落实。", EVENT) == [""]
    assert _names("该标准由市民政局起草。", STANDARD) == [""]


# standards of one text


def _standards(text: str) -> list[list[str]]:
    return _forms(standards.groups(*_read(text)))


def test_short_form_number_and_reference_join_their_title() -> None:
    text = "省里发布《探访关爱服务指南》（DB99/T 1—2022，以下简称《指南》）。《指南》共八章。该标准由市民政局起草。"
    assert _standards(text) == [["《探访关爱服务指南》", "《指南》", "《指南》", "DB99/T 1—2022", "该标准"]]


def test_two_documents_stay_two() -> None:
    assert len(_standards("学习《甲市养老服务条例》和《乙市养老服务条例》。")) == 2


def test_a_short_form_joins_the_latest_title_that_ends_with_it() -> None:
    assert _standards("《甲市公益条例》出台。《乙市探访办法》出台。《条例》共五章。") == [
        ["《甲市公益条例》", "《条例》"],
        ["《乙市探访办法》"],
    ]


def test_a_headline_may_use_the_short_form_first() -> None:
    assert _standards("《服务指南》来了\n省里发布《探访关爱服务指南》。") == [["《探访关爱服务指南》", "《服务指南》"]]


def test_a_law_with_and_without_the_state_is_one() -> None:
    assert len(_standards("依据《中华人民共和国互助法》。《互助法》规定了什么？")) == 1


def test_a_number_standing_apart_belongs_to_the_main_title() -> None:
    assert _standards("标准号：DB99/T 1—2022\n标准名称：社区助餐服务规范\n发布《社区助餐服务规范》。") == [
        ["社区助餐服务规范", "《社区助餐服务规范》", "DB99/T 1—2022"]
    ]


def test_a_lone_reference_is_left_out() -> None:
    assert _standards("该标准共八章。") == []


# programs of one text


def _programs(text: str) -> list[list[str]]:
    return _forms(programs.groups(*_read(text)))


def test_forms_of_one_program_are_one() -> None:
    text = "协会发起“暖冬到家”助老项目。“暖冬到家”项目走过三年。该项目由市慈善总会资助。"
    assert _programs(text) == [["“暖冬到家”助老项目", "“暖冬到家”项目", "该项目"]]


def test_a_name_with_and_without_its_subtitle_is_one() -> None:
    text = "“河畔之光”公益项目启动。入选的有“河畔之光——困境儿童陪伴计划”项目。"
    assert len(_programs(text)) == 1


def test_an_activity_that_no_event_answers_is_the_program() -> None:
    text = "协会发起“暖冬到家”助老行动。此次活动由市民政局主办。"
    assert _programs(text) == [["“暖冬到家”助老行动", "活动"]]
    assert _programs("“暖冬到家”助老行动启动仪式举行。活动由市民政局主办。") == [["“暖冬到家”助老行动"]]


def test_two_programs_stay_two() -> None:
    assert len(_programs("推出“小石头”公益项目和“小浪花”公益项目。")) == 2


def test_the_year_or_owner_may_be_left_out() -> None:
    text = "省里实施云湖省养老服务人才支持计划。实施养老服务人才支持计划三年来，成效明显。"
    assert _programs(text) == [["云湖省养老服务人才支持计划", "养老服务人才支持计划"]]


def test_a_declared_name_is_the_same_program() -> None:
    text = "启动“双林镇街社工五年行动计划”（以下简称“双林计划”）。“双林计划”进展顺利。"
    (group,) = programs.groups(*_read(text))
    assert group[0].name == "双林镇街社工五年行动计划"
    assert {m.name for m in group} == {"双林镇街社工五年行动计划", "双林计划"}


def test_a_reference_without_a_program_is_left_out() -> None:
    assert _programs("该项目由市慈善总会资助。") == []


# events of one text


def _events(text: str) -> dict[str, str | None]:
    page, mentions = _read(text)
    return {m.text: full.name if full else None for m, full in events.article_events(page, mentions).items()}


def test_references_and_bare_forms_stand_for_the_event() -> None:
    text = "5月9日，云湖市养老服务推进会在双湖区召开。会议强调，要抓落实。推进会上，三个单位作了交流。"
    name = "云湖市养老服务推进会"
    assert _events(text) == {name: name, "会议": name, "推进会": name}


def test_a_title_and_the_fuller_form_are_one_event() -> None:
    text = "全市养老服务推进会召开\n5月9日，云湖市2024年养老服务推进会召开。"
    full = "云湖市2024年养老服务推进会"
    assert _events(text)[full] == full


def test_a_reference_means_the_nearest_event_of_its_sort() -> None:
    text = "上午，“青苗”计划启动仪式举行。王明出席仪式。下午，云湖市养老服务推进会召开。会议要求抓落实。"
    found = _events(text)
    assert found["仪式"] == "“青苗”计划启动仪式"
    assert found["会议"] == "云湖市养老服务推进会"


def test_differently_counted_sittings_are_two() -> None:
    assert not events.same_event("云湖总会第三届理事会第一次会议", "云湖总会第三届理事会第二次会议")
    assert events.same_event("第三届理事会第一次会议", "云湖总会第三届理事会第一次会议")


def test_a_contest_and_its_final_are_one() -> None:
    assert events.same_event("云湖市公益创投大赛", "2022年度云湖市公益创投大赛决赛")


def test_a_part_of_a_double_name_is_the_event() -> None:
    assert events.same_event("学术研讨会", "云湖学院揭牌仪式暨学术研讨会")


def test_a_reference_with_nothing_before_it_is_bound_to_nothing() -> None:
    assert _events("会议强调，要抓落实。") == {"会议": None}


def _mention(page: Document, text: str, kind: str, rule: str) -> Mention:
    start = page.text.index(text)
    sentence = next(s for s in sentences(page) if s.start <= start < s.stop)
    return Mention(sentence=sentence, start=start, stop=start + len(text), kind=kind, name=text, rule=rule)


def test_a_bare_ceremony_takes_the_name_of_who_holds_it() -> None:
    page = document("7月1日，青山学院在文化中心举行成立大会。")
    body = _mention(page, "青山学院", ORGANIZATION, "organization.named")
    form = _mention(page, "成立大会", EVENT, events.BARE)
    assert events.owner(page, [body, form], form) == body
    assert events.needs_owner(form)
    assert events.owned_name("青山学院", "成立大会") == "青山学院成立大会"
    assert events.article_events(page, [body, form]) == {form: form}


def test_a_bare_unveiling_takes_the_name_of_what_is_unveiled() -> None:
    page = document("一行人为“双湖慈善联络站”（以下简称“联络站”）揭牌。揭牌仪式上，双方签约。")
    body = _mention(page, "双湖慈善联络站", ORGANIZATION, "organization.named")
    form = _mention(page, "揭牌仪式", EVENT, events.BARE)
    assert events.owner(page, [body, form], form) == body


def test_a_bare_form_of_nobody_is_bound_to_nothing() -> None:
    page = document("座谈会上，大家畅所欲言。")
    form = _mention(page, "座谈会", EVENT, events.BARE)
    assert events.article_events(page, [form]) == {form: None}


def test_a_bare_release_takes_the_name_of_what_is_released() -> None:
    page, mentions = _read("省里发布《探访关爱服务指南》。发布会上，三个单位作了交流。")
    (form,) = (m for m in mentions if m.name == "发布会")
    assert events.article_events(page, mentions)[form] == form
    assert events.full_name(page, mentions, form, lambda m: m.name) == "《探访关爱服务指南》发布会"


def test_a_named_event_keeps_its_name() -> None:
    page, mentions = _read("5月9日，云湖市养老服务推进会召开。")
    (form,) = (m for m in mentions if m.kind == EVENT)
    assert events.full_name(page, mentions, form, lambda m: m.name) == "云湖市养老服务推进会"
