"""Which body a bare name before a post means: that of the place, of the street, of the body named in full."""

from __future__ import annotations

import pytest
from readings import facts, reading

POSTS = [
    ("隆阳区关工委主任方砚秋、妇联副主席骆青岚到会。", "骆青岚", "隆阳区妇联"),
    ("隆阳区委常委方砚秋，政协副主席骆青岚到会。", "骆青岚", "隆阳区政协"),
    ("县关工委主任方砚秋、妇联副主席骆青岚到会。", "骆青岚", "县妇联"),
    ("保山市妇联主席方砚秋、隆阳区关工委主任岳闻笛、妇联副主席骆青岚到会。", "骆青岚", "隆阳区妇联"),
    ("青云街道党工委委员方砚秋、办事处副主任骆青岚到会。", "骆青岚", "青云街道办事处"),
    ("保山市慈善总会会长方砚秋、慈善总会募捐物资部部长骆青岚到会。", "骆青岚", "保山市慈善总会募捐物资部"),
    ("保山市民政局局长方砚秋，慈善促进与社会工作处处长骆青岚到会。", "骆青岚", "保山市民政局慈善促进与社会工作处"),
    ("隆阳区云水街社区党委书记方砚秋、居委会主任骆青岚到会。", "骆青岚", "隆阳区云水街社区居委会"),
    ("保山市委组织部副部长方砚秋，保山云帆学院党委书记岳闻笛、组织部部长骆青岚到会。", "骆青岚", "保山云帆学院组织部"),
    ("保山市民政局召开会议。局党组成员、副局长骆青岚到会。", "骆青岚", "保山市民政局"),
    ("兵团党委副书记、副政委骆青岚到会。", "骆青岚", "新疆生产建设兵团党委"),
    ("法务局方砚秋厅长、社会保障基金骆青岚厅长到会。", "骆青岚", "社会保障基金"),
    ("卫生局方砚秋副局长、检察院骆青岚厅长到会。", "骆青岚", "检察院"),
    ("社会福利署（社署）署长方砚秋到会。社署副署长骆青岚致辞。", "骆青岚", "社会福利署"),
    ("保山市民政局党组书记、局长方砚秋，党组副书记骆青岚到会。", "骆青岚", "保山市民政局"),
]


@pytest.mark.parametrize(("text", "person", "body"), POSTS)
def test_whose_post(text: str, person: str, body: str) -> None:
    assert {fact[2] for fact in facts(reading(text), "holds_post") if fact[0] == person} == {body}


def test_a_college_is_the_one_named_in_full_further_on() -> None:
    text = "公共管理学院院长方砚秋到会。保山云帆大学公共管理学院副院长骆青岚主持，保山青岚大学教授岳闻笛发言。"
    assert {fact[2] for fact in facts(reading(text), "holds_post")} == {"保山云帆大学公共管理学院"}
