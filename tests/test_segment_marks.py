"""Sentences by the marks they end with: quotations, brackets, dots, numbers, both scripts and widths."""

from __future__ import annotations

import time

import pytest
from blocks import document

from kg.model import Role
from kg.segment import sentences


def parts(text: str, role: Role = Role.BODY) -> list[str]:
    """The sentences of one paragraph."""
    return [sentence.text for sentence in sentences(document(text, role=role))]


# "|" marks the end of a sentence
QUOTATIONS = [
    "王伟说：“来了。”|李娜点头。",
    "王伟说，“来了！走吧。”|李娜点头。",
    "“来了？”王伟问。|李娜点头。",
    "王伟说：「來了。」|李娜點頭。",
    "王伟说：“他讲‘来了。’很高兴。”|李娜点头。",
    "这是“一站。一社。”的做法。|李娜点头。",
    "《社工。社区》一书出版。|李娜点头。",
    "他连说“好！好！”，笑了。|李娜点头。",
    "他说：“站点要建好；人要留住。”|李娜点头。",
    "王伟：“来了。”|李娜：“走吧。”|随后出发。",
]
BRACKETS = [
    "站点五个（含在建。）已启用。|随后开放。",
    "站点五个(含在建.)已启用。|随后开放。",
    "随后开放。|（记者王伟）",
    "【编者按。】|站点启用。|随后开放。",
    "费用全免（详见第3条。注意时限！），随到随办。|随后开放。",
]
DOTS = [
    "站点、食堂、课堂……等样样齐全。|李娜点头。",
    "他欲言又止……|李娜点头。",
    "老人、孩子……，都来了。|李娜点头。",
    "他没有回答…|李娜点头。",
]
NUMBERS = [
    "占68.35%，增2.5个点。|随后公布。",
    "投入1,200.50万元。|随后公布。",
    "执行GB/T 1.1-2020。|随后公布。",
    "第1.2.3节作了规定。|随后公布。",
    "网址为www.example.org。|随后公布。",
    "6月3日10:30开始。|随后公布。",
]
WIDTHS = [
    "会议召开. 局长王伟讲话. 会后签约.",
    "来了吗? |来了! |走吧。",
    "真的吗?!|真的。",
    "太好了！！！|李娜点头。",
    "來了嗎？|來了！|走吧。",
]


@pytest.mark.parametrize("drawn", [*QUOTATIONS, *BRACKETS, *DOTS, *NUMBERS, *WIDTHS])
def test_sentences_end_where_drawn(drawn: str) -> None:
    drawn = drawn.replace(". ", ".| ") if "局长" in drawn else drawn
    expected = [part.strip() for part in drawn.split("|")]
    assert parts(drawn.replace("|", "")) == expected


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.BODY, Role.META)])
def test_only_running_text_is_parted(role: Role) -> None:
    """A heading with a full stop in it is one sentence; so are rows, captions, sources."""
    assert parts("会议召开。局长讲话。", role) == ["会议召开。局长讲话。"]


def test_particulars_are_no_sentences() -> None:
    assert parts("2024年5月8日。打印。", Role.META) == []


@pytest.mark.parametrize(
    "text",
    ["会议召开", "会议召开，局长讲话；会后签约", "“来了。", "（来了。", "来了。）", "、，；", "。"],
)
def test_nothing_is_lost_where_marks_are_missing(text: str) -> None:
    assert "".join(parts(text)) == text


def test_space_around_sentences_belongs_to_none() -> None:
    found = sentences(document("　　会议召开。　　局长讲话。 "))
    assert [sentence.text for sentence in found] == ["会议召开。", "局长讲话。"]
    assert [(sentence.start, sentence.stop) for sentence in found] == [(2, 7), (9, 14)]


def test_a_paragraph_ends_a_sentence_without_a_mark() -> None:
    assert parts("会议召开\n局长讲话") == ["会议召开", "局长讲话"]


def test_an_open_quotation_reaches_no_further_than_its_paragraph() -> None:
    assert parts("他说：“来了。\n走吧。”李娜说。") == ["他说：“来了。", "走吧。", "”李娜说。"]


def test_brackets_of_two_kinds_do_not_close_each_other() -> None:
    assert parts("甲（乙。】丙。丁。") == ["甲（乙。", "】丙。", "丁。"]


def test_a_long_paragraph_is_parted_in_linear_time() -> None:
    text = "社工（含志愿者。）说：“来了。走吧！”随后出发。" * 2000
    began = time.perf_counter()
    assert parts(text) == ["社工（含志愿者。）说：“来了。走吧！”", "随后出发。"] * 2000
    assert time.perf_counter() - began < 5  # some 0.1 s; quadratic work would take minutes
