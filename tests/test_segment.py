"""Sentences: where they end, where they do not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Role
from kg.read import read_text
from kg.segment import sentences

TITLE = "某市社工站启用\n\n"


def body_sentences(text: str) -> list[str]:
    (document,) = read_text(TITLE + text, source="a.txt")
    return [sentence.text for sentence in sentences(document) if sentence.role is Role.BODY]


# "|" marks the end of a sentence
DRAWN = [
    "会议召开。|市民政局局长王伟讲话。",
    "服务谁？|怎么服务？|大家都在问！|答案来了。",
    "王伟说：“站点要建好。人要留住。”|李娜随后发言。",
    "“站点要建好。人要留住。”王伟说，下一步还要扩面。|李娜随后发言。",
    "他在“谁来做？怎么做？”专题会上发言。|会后签约。",
    "据《某某指南（试行）。》介绍，站点已建成。|完毕。",
    "老人（含残疾老人。）均可申请，不收费用。|即日起实施。",
    "站点共5个。|（记者　王伟）",
    "覆盖率达68.35%，比去年增2.5个百分点。|第1.2节另有规定。",
    "执行GB/T 1.1—2020《导则》。|下月起实施。",
    "社区、学校、医院……等单位参加。|会上发布倡议。",
    "故事还在继续……|今年春天，站点又添新人。",
    "一方面建站;另一方面育人;两手都要硬。|随后签约。",
    "4月9日,会议召开. |局长王伟主持. |会后签约.",
    '一份"操作手册"定了稿. |"大爱"项目办派人参加。',
    '他说:"站点要建好。"|"人要留住"是第二句话。',
    "参加者有：“红马甲”“小巷管家”等队伍。|他们来自五个社区。",
    "左引号“没有合上。|下一句照样断开。|再下一句也是。",
    "右括号多了）一个。|下一句照样断开。",
    "真的吗？！|真的。",
    "（一）主要任务。|建站点，育人才，强服务，促发展，抓长远，固根本。",
]


@pytest.mark.parametrize("drawn", DRAWN)
def test_sentences_end_where_drawn(drawn: str) -> None:
    assert body_sentences(drawn.replace("|", "")) == [part.strip() for part in drawn.split("|")]


def test_lines_that_are_no_running_text_are_one_sentence_each() -> None:
    text = (
        "某市发布标准。怎么用\n——本市首个标准\n\n来源：本站 浏览次数：12\n\n近日，市民政局发布标准。标准共八章。\n\n"
        "一、谁来用？\n社工用。老人也用。\n组　长：王　伟　局长\n图为发布会现场。李娜 摄\n（据某某日报）"
    )
    (document,) = read_text(text.replace("某市发布标准。怎么用", "某市发布标准 怎么用"), source="a.txt")
    found = [(sentence.role, sentence.text) for sentence in sentences(document)]
    assert found == [
        (Role.TITLE, "某市发布标准 怎么用"),
        (Role.TITLE, "——本市首个标准"),
        (Role.BODY, "近日，市民政局发布标准。"),
        (Role.BODY, "标准共八章。"),
        (Role.HEADING, "一、谁来用？"),
        (Role.BODY, "社工用。"),
        (Role.BODY, "老人也用。"),
        (Role.ROW, "组　长：王　伟　局长"),
        (Role.CAPTION, "图为发布会现场。李娜 摄"),
        (Role.SOURCE, "（据某某日报）"),
    ]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("社工站的人。！？；…“”（）《》\"' \n\u3000.,1a：—"), max_size=120))
def test_sentences_cover_their_paragraphs(text: str) -> None:
    """Nothing but space is lost between sentences, and they follow one another."""
    for document in read_text(text, source="a.txt"):
        found = sentences(document)
        assert all(a.stop <= b.start for a, b in pairwise(found))
        told = "".join(sentence.text for sentence in found)
        kept = "".join(document.text[p.start : p.stop] for p in document.paragraphs if p.role is not Role.META)
        assert "".join(told.split()) == "".join(kept.split())
        assert all(not sentence.text[0].isspace() and not sentence.text[-1].isspace() for sentence in found)
