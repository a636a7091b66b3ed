"""How far a person's name reaches, to the right and to the left."""

from __future__ import annotations

import pytest
from readings import document, names, reading, spans, view

from kg.kinds._names import name_at, name_before
from kg.pipeline import read_mentions


def after(text: str, before: str, *, eager: bool = True) -> str | None:
    """The name that begins right after `before`."""
    start = text.index(before) + len(before)
    stop = name_at(view(text, "title", "place"), start, eager=eager)
    return None if stop is None else text[start:stop]


def until(text: str, behind: str) -> str | None:
    """The name that ends right before `behind`."""
    stop = text.index(behind)
    start = name_before(view(text, "title", "place"), stop)
    return None if start is None else text[start:stop]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("市民政局局长赵志远主持会议。", "赵志远"),
        ("市民政局局长钱进出席会议。", "钱进"),  # 进 could go on, 出席 tells that it does not
        ("市民政局局长欧阳文秀表示欢迎。", "欧阳文秀"),
        ("市民政局局长上官青到会。", "上官青"),
        ("市民政局局长赵志远、副局长孙丽华到会。", "赵志远"),
        ("市民政局局长趙志遠出席會議。", "趙志遠"),
        ("市民政局局长赵 远任组长。", "赵 远"),
    ],
)
def test_a_name_ends_where_another_word_begins(text: str, name: str) -> None:
    assert after(text, "局长") == name
    assert after(text, "局长", eager=False) == name


@pytest.mark.parametrize(
    "text",
    [
        "市民政局局长高度重视此事。",  # 高 is a surname, 高度 a word
        "市民政局局长周到服务。",
        "市民政局局长和局长助理到会。",
        "市民政局局长金华市人。",  # a place
        "市民政局局长热情接待。",  # no surname
    ],
)
def test_no_name_where_words_go_on(text: str) -> None:
    assert after(text, "局长") is None


def test_only_a_title_makes_the_segmenters_boundary_enough() -> None:
    text = "市民政局局长李晓红梅花香。"
    assert after(text, "局长") == "李晓红"
    assert after(text, "局长", eager=False) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("市民政局局长库力江·沙比提表示感谢。", "库力江·沙比提"),
        ("市民政局局长库力江·沙比提、孙丽华到会。", "库力江·沙比提"),
        ("市民政局局长买力克•艾山主持会议。", "买力克•艾山"),
        ("市民政局局长扎西次仁、孙丽华到会。", "扎西次仁"),  # no dot, but nothing else than sounds
        ("市民政局局长扎西次仁主持会议。", "扎西次仁"),
    ],
)
def test_names_of_other_languages(text: str, name: str) -> None:
    assert after(text, "局长") == name


@pytest.mark.xfail(strict=True, reason="the segmenter's 艾山到|会 hides where 到会 begins, and the name takes it in")
def test_a_name_with_a_dot_ends_at_the_word_that_follows_names() -> None:
    assert after("市民政局局长买力克·艾山到会指导。", "局长") == "买力克·艾山"


@pytest.mark.parametrize(
    ("text", "behind", "name"),
    [
        ("会上，赵志远副局长发言。", "副局长", "赵志远"),
        ("由赵志远同志担任组长。", "同志", "赵志远"),
        ("欧阳文秀同志讲话。", "同志", "欧阳文秀"),
        ("遵义市民政局赵志远同志到会。", "同志", "赵志远"),
        ("“赵志远同志先进事迹报告会”举行。", "同志", "赵志远"),
    ],
)
def test_to_the_left_a_name_begins_at_a_boundary(text: str, behind: str, name: str) -> None:
    assert until(text, behind) == name


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("本次活动赵志远副局长发言。", "副局长"),  # nothing tells that it does not begin earlier
        ("遵义市汇川区委书记讲话。", "书记"),  # 区委 is a word, and 区 a surname
        ("各地相关负责同志到会。", "同志"),  # 关负责: a piece of two words
        ("金华同志们好。", "同志"),  # a place
    ],
)
def test_to_the_left_words_are_no_names(text: str, behind: str) -> None:
    assert until(text, behind) is None


def test_padding_is_no_part_of_a_name() -> None:
    """In a roster of a real page: the span keeps its padding, the name and the entity have none."""
    text = "遵义市社会工作协会理事会名单\n\n会　长：赵　远\n\n副会长：孙丽华　周大海\n"
    people = [m for m in read_mentions(document(text)) if m.kind == "official"]
    assert spans(tuple(people)) == [("official", "赵　远"), ("official", "孙丽华"), ("official", "周大海")]
    assert [m.name for m in people] == ["赵远", "孙丽华", "周大海"]
    assert names(reading(text), "official") == {"赵远", "孙丽华", "周大海"}


def test_who_is_removed_needs_no_form_of_address() -> None:
    assert names(reading("会议决定免去赵志远的遵义市民政局副局长职务。"), "official") == {"赵志远"}
