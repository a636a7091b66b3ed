"""Places in texts: the rules on their examples, and which division each mention means."""

from __future__ import annotations

import time

import pytest
from blocks import EXAMPLES, Block, read_blocks

from kg.kinds import place
from kg.model import PLACE, Document, Mention, Paragraph, Role
from kg.resolve.places import place_divisions
from kg.segment import sentences
from kg.view import Page, View

BLOCKS = list(read_blocks(EXAMPLES / "kinds" / "place.txt"))


def text_of(*lines: str, title: str | None = None, publisher: str | None = None, date: str | None = None) -> Document:
    """A document of a title and paragraphs."""
    paragraphs, at = [], 0
    rows = [(title, Role.TITLE)] if title else []
    for number, (line, role) in enumerate([*rows, *((line, Role.BODY) for line in lines)], 1):
        paragraphs.append(Paragraph(start=at, stop=at + len(line), line=number, role=role))
        at += len(line) + 1
    return Document(
        id="0" * 16,
        source="made-up.txt",
        title=title,
        date=date,
        publisher=publisher,
        text="\n".join([*([title] if title else []), *lines]),
        paragraphs=tuple(paragraphs),
    )


def places_of(document: Document) -> list[Mention]:
    """All that the rules for places find, each rule by itself."""
    page = Page(document)
    return [
        Mention(
            sentence=sentence,
            start=span.start,
            stop=span.stop,
            kind=PLACE,
            name=document.text[span.start : span.stop],
            rule=f"place.{rule.__name__}",
        )
        for sentence in sentences(document)
        for rule in place.RULES
        for span in rule(View(sentence=sentence, page=page))
    ]


def codes(document: Document) -> list[tuple[str, str | None]]:
    """Each mention in order with the code of its division."""
    found = place_divisions(document, places_of(document))
    return [(mention.text, division.code if division else None) for mention, division in found.items()]


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_example(block: Block) -> None:
    found = [m.text for m in places_of(text_of(*block.text.split("\n"))) if m.rule == f"place.{block.rule}"]
    assert found == [said for (said,) in block.expected]


def test_every_rule_has_an_example_and_a_near_miss() -> None:
    names = {rule.__name__ for rule in place.RULES}
    assert {block.rule for block in BLOCKS if not block.near_miss} == names
    assert {block.rule for block in BLOCKS if block.near_miss} == names


def test_chain_tells_each_part() -> None:
    assert codes(text_of("浙江省绍兴市越城区塔山街道建成社工站。")) == [
        ("浙江省", "330000"),
        ("绍兴市", "330600"),
        ("越城区", "330602"),
        ("塔山街道", "330602001"),
    ]


def test_ambiguous_name_stays_open() -> None:
    assert codes(text_of("鼓楼区召开社区治理会议。")) == [("鼓楼区", None)]


@pytest.mark.parametrize(("city", "code"), [("徐州市", "320302"), ("福州市", "350102"), ("开封市", "410204")])
def test_title_tells_an_ambiguous_name(city: str, code: str) -> None:
    document = text_of("会议强调服务下沉。", "鼓楼区介绍了做法。", title=f"{city}召开会议")
    assert codes(document)[-1] == ("鼓楼区", code)


def test_nearest_place_before_tells() -> None:
    document = text_of("北京朝阳办起食堂。", "长春的做法不同，朝阳区以券代餐。")
    assert codes(document) == [("北京", "110000"), ("朝阳", "110105"), ("长春", "220100"), ("朝阳区", "220104")]


def test_what_follows_tells_where_nothing_stands_before() -> None:
    assert codes(text_of("鼓楼区办起食堂。", "徐州市其他县区跟进。"))[0] == ("鼓楼区", "320302")


def test_publisher_tells() -> None:
    document = text_of("鼓楼区办起食堂，市民政局给予支持。", publisher="徐州市民政局")
    assert codes(document) == [("鼓楼区", "320302"), ("市", "320300")]


def test_relative_words_by_the_title() -> None:
    document = text_of("省委书记到会，市民政局和区委发言。", title="绍兴市越城区召开社会工作会议")
    assert codes(document)[2:] == [("省", "330000"), ("市", "330600"), ("区", "330602")]


def test_city_of_a_district_is_the_prefecture() -> None:
    assert codes(text_of("越城区推进试点，市民政局给予指导。"))[-1] == ("市", "330600")


def test_city_in_a_municipality() -> None:
    assert codes(text_of("区委书记到会，市民政局派人参加。", title="重庆市万州区召开会议"))[2:] == [
        ("区", "500101"),
        ("市", "500000"),
    ]


def test_city_at_county_level_speaks_of_itself() -> None:
    assert codes(text_of("市民政局牵头，省民政厅指导。", title="诸暨市推进养老服务"))[1:] == [
        ("市", "330681"),
        ("省", "330000"),
    ]


def test_relative_word_of_its_own_paragraph() -> None:
    document = text_of("绍兴市先行，市民政局出台办法。", "赣州市跟进，市民政局召开会议。", title="各地推进社工站建设")
    assert [code for text, code in codes(document) if text == "市"] == ["330600", "360700"]


def test_relative_word_without_a_place_stays_open() -> None:
    assert codes(text_of("市民政局召开会议。")) == [("市", None)]


def test_autonomous_region() -> None:
    assert codes(text_of("自治区民政厅发布通知。", title="广西召开会议"))[-1] == ("自治区", "450000")


def test_former_name_means_the_division_of_today() -> None:
    found = places_of(text_of("襄樊市民政局召开会议。", date="2008-03-01"))
    assert [m.name for m in found] == ["襄樊市"]
    assert codes(text_of("襄樊市民政局召开会议。", date="2008-03-01")) == [("襄樊市", "420600")]


def test_a_district_that_was_merged_keeps_its_code() -> None:
    assert codes(text_of("崇文区召开会议。", title="北京市推进社区服务")) == [
        ("北京市", "110000"),
        ("崇文区", "110103"),
    ]


def test_short_name_of_province_and_city() -> None:
    assert codes(text_of("吉林和长沙交流。")) == [("吉林", "220000"), ("长沙", "430100")]


@pytest.mark.parametrize(("title", "code"), [("南京市推进养老服务", "320100"), ("宁夏推进养老服务", "640000")])
def test_abbreviation_by_its_province(title: str, code: str) -> None:
    assert codes(text_of("考察团来宁考察。", title=title))[-1] == ("宁", code)


def test_venues_have_no_division() -> None:
    assert ("星河大剧院", None) in codes(text_of("仪式在赣州市星河大剧院举行。"))


def test_traditional_characters() -> None:
    assert codes(text_of("廣東省民政廳到臺北市交流。")) == [("廣東省", "440000"), ("臺北市", None)]


def test_offsets_are_those_of_the_text() -> None:
    document = text_of("绍兴市召开会议。", "经市教育局批准，代表来赣考察。", title="浙江推进试点")
    for mention in places_of(document):
        assert document.text[mention.start : mention.stop] == mention.text == mention.name


def test_speed() -> None:
    line = "浙江省绍兴市越城区民政局召开会议，省民政厅、市委社会工作部负责人参加，代表团来赣考察养老服务。"
    document = text_of(*[line] * 400)
    page = Page(document)
    views = [View(sentence=sentence, page=page) for sentence in sentences(document)]
    assert page.tokens
    assert all(view.token_starts for view in views)
    list(place.division(views[0]))
    began = time.perf_counter()
    found = sum(len(list(rule(view))) for view in views for rule in place.RULES)
    assert found >= 400 * 6
    assert len(document.text) / (time.perf_counter() - began) > 50_000  # a loose floor: slow machines, shared cores
