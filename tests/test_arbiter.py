"""Which of the proposals that overlap stand."""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from readings import document, spans

from kg.arbiter import ORDER, settle
from kg.model import EVENT, OFFICIAL, ORGANIZATION, PLACE, PROGRAM, STANDARD, TITLE, Mention
from kg.pipeline import read_mentions
from kg.segment import sentences

TEXT = "遵义市民政局儿童福利科科长赵志远出席《社工站管理办法》发布会暨“暖巢”关爱项目启动仪式。"


def told(words: str, kind: str, rule: str = "", *, text: str = TEXT) -> Mention:
    """A proposal for the first place at which the text says this."""
    article = document(text)
    sentence = sentences(article)[0]
    start = article.text.index(words)
    return Mention(
        sentence=sentence, start=start, stop=start + len(words), kind=kind, name=words, rule=rule or f"{kind}.some"
    )


def stands(*proposals: Mention) -> list[tuple[str, str]]:
    found = settle(proposals)
    assert all(settle(order) == found for order in permutations(proposals)), "the order of proposals must not matter"
    return spans(found)


class TestWithinAKind:
    def test_the_longer_one_stands(self) -> None:
        long = told("遵义市民政局儿童福利科", ORGANIZATION)
        assert stands(told("民政局", ORGANIZATION), long) == [(ORGANIZATION, long.text)]

    def test_of_two_that_cross_the_longer_one(self) -> None:
        assert stands(told("遵义市民政局", ORGANIZATION), told("民政局儿童福利科", ORGANIZATION)) == [
            (ORGANIZATION, "民政局儿童福利科")
        ]

    def test_a_body_stands_in_its_section(self) -> None:
        inner = told("遵义市民政局", ORGANIZATION, "organization.parent")
        outer = told("遵义市民政局儿童福利科", ORGANIZATION)
        assert stands(inner, outer) == [(ORGANIZATION, outer.text), (ORGANIZATION, inner.text)]

    def test_a_section_that_lost_gives_no_room_to_what_crosses(self) -> None:
        inner = told("遵义市民政局", ORGANIZATION, "organization.parent")
        assert stands(inner, told("民政局儿童福利科", ORGANIZATION)) == [(ORGANIZATION, "民政局儿童福利科")]

    def test_one_span_stands_once(self) -> None:
        both = [told("赵志远", OFFICIAL, rule) for rule in ("official.echo", "official.after_title")]
        assert [m.rule for m in settle(both)] == [m.rule for m in settle(both[::-1])] == ["official.after_title"]

    def test_a_place_stands_in_a_place(self) -> None:
        text = "绍兴市越城区的社工到会。"
        outer, inner = told("绍兴市越城区", PLACE, text=text), told("越城区", PLACE, text=text)
        assert stands(outer, inner) == [(PLACE, "绍兴市越城区"), (PLACE, "越城区")]


class TestBetweenKinds:
    @pytest.mark.parametrize(
        ("inner", "outer"),
        [
            (("遵义市", PLACE), ("遵义市民政局", ORGANIZATION)),
            (("《社工站管理办法》", STANDARD), ("《社工站管理办法》发布会", EVENT)),
            (("“暖巢”关爱项目", PROGRAM), ("“暖巢”关爱项目启动仪式", EVENT)),
        ],
    )
    def test_what_lives_in_a_name_stands_in_it(self, inner: tuple[str, str], outer: tuple[str, str]) -> None:
        assert stands(told(*inner), told(*outer)) == [outer[::-1], inner[::-1]]

    @pytest.mark.parametrize(
        ("winner", "loser"),
        [
            (("《社工站管理办法》", STANDARD), ("管理", PLACE)),
            (("赵志远", OFFICIAL), ("远", PLACE)),
            (("赵志远", OFFICIAL), ("科科长赵", ORGANIZATION)),
            (("《社工站管理办法》", STANDARD), ("出席《社工站", EVENT)),
        ],
    )
    def test_else_the_surer_kind_stands(self, winner: tuple[str, str], loser: tuple[str, str]) -> None:
        assert stands(told(*winner), told(*loser)) == [winner[::-1]]

    def test_a_body_and_a_post_may_share_one_character(self) -> None:
        text = "遵义市委组织部长赵志远到会。"
        body, post = told("遵义市委组织部", ORGANIZATION, text=text), told("部长", TITLE, text=text)
        assert stands(body, post) == [(ORGANIZATION, "遵义市委组织部"), (TITLE, "部长")]

    def test_but_not_more(self) -> None:
        text = "遵义市委组织部长赵志远到会。"
        body, post = told("遵义市委组织部", ORGANIZATION, text=text), told("组织部长", TITLE, text=text)
        assert stands(body, post) == [(ORGANIZATION, "遵义市委组织部")]

    def test_neighbours_do_not_disturb_each_other(self) -> None:
        pair = told("科长", TITLE), told("赵志远", OFFICIAL)
        assert stands(*pair) == [(TITLE, "科长"), (OFFICIAL, "赵志远")]


def test_every_kind_has_its_rank() -> None:
    from kg.discover import kind_extractors

    assert set(ORDER) == {extractor.name for extractor in kind_extractors()}


def test_what_was_settled_stays_settled() -> None:
    """On a whole text, with its proposals in any order."""
    article = document(f"{TEXT}绍兴市越城区民政局局长钱进、副局长欧阳文秀到会。")
    found = list(read_mentions(article))
    assert len(found) > 8
    for seed in range(5):
        random.Random(seed).shuffle(found)
        assert settle(found) == read_mentions(article)
