"""What happens to one text alone, from its file to its facts."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from readings import document, facts, named, names

from kg.discover import kind_extractors, relation_extractors
from kg.model import TITLE, Document, Reading, Role
from kg.pipeline import read_claims, read_document, read_mentions
from kg.read import read_file
from kg.segment import sentences

FILE = """遵义市启动“暖巢”关爱项目

日期：2024-05-12　来源：遵义市民政局

　　本报讯　5月12日，由遵义市民政局主办、遵义市云杉社会工作服务中心承办的遵义
市首届社工论坛在汇川区举行。遵义市民政局党组书记、局长赵志远出席论坛并致辞，市妇
联主席孙丽华、贵州省社会工作协会会长周大海参加论坛。

　　论坛上，遵义市民政局启动“暖巢”关爱项目，发布《社区助老服务规范》，该规范由
遵义市云杉社会工作服务中心起草。

　　遵义市社会工作联席会议办公室设在遵义市民政局。下一步，市民政局将成立遵义市志
愿服务联合会。
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Document:
    path = tmp_path_factory.mktemp("texts") / "论坛.txt"
    path.write_text(FILE, encoding="gb18030")  # lines broken in mid-sentence, in the encoding of many offices
    (article,) = read_file(path)
    return article


@pytest.fixture(scope="module")
def read(page: Document) -> Reading:
    return read_document(page)


class TestTheWholeWay:
    def test_all_six_kinds(self, read: Reading) -> None:
        assert names(read, "official") == {"赵志远", "孙丽华", "周大海"}
        assert names(read, "organization") >= {
            "遵义市民政局",
            "遵义市云杉社会工作服务中心",
            "遵义市妇联",
            "贵州省社会工作协会",
            "遵义市社会工作联席会议办公室",
            "遵义市志愿服务联合会",
        }
        assert "遵义市首届社工论坛" in names(read, "event")
        assert names(read, "program") == {"暖巢"}
        assert names(read, "standard") == {"《社区助老服务规范》"}
        assert named(read, "汇川区").code == "520303"

    def test_the_facts(self, read: Reading) -> None:
        forum, bureau, centre = "遵义市首届社工论坛", "遵义市民政局", "遵义市云杉社会工作服务中心"
        assert facts(read) >= {
            ("赵志远", "leads", bureau, "党组书记、局长"),
            ("赵志远", "holds_post", bureau, "党组书记、局长"),
            ("孙丽华", "leads", "遵义市妇联", "主席"),
            ("周大海", "leads", "贵州省社会工作协会", "会长"),
            (bureau, "organizes", forum, None),
            (centre, "organizes", forum, None),
            (forum, "located_in", "汇川区", None),
            ("赵志远", "participates_in", forum, None),
            ("孙丽华", "participates_in", forum, None),
            (bureau, "issues", "《社区助老服务规范》", None),
            (centre, "drafts", "《社区助老服务规范》", None),
            ("遵义市社会工作联席会议办公室", "part_of", bureau, None),
        }

    def test_each_fact_names_its_rule(self, read: Reading) -> None:
        rules = {f"{one.name}.{rule.__name__}" for one in relation_extractors() for rule in one.rules}
        by_resolution = {"part_of.section_of_body_spoken_of", "located_in.of_body_spoken_of"}
        assert {claim.rule for fact in read.assertions for claim in fact.claims} <= rules | by_resolution

    def test_each_fact_leads_back_to_a_line_of_the_file(self, page: Document, read: Reading) -> None:
        lines = FILE.split("\n")
        (fact,) = [f for f in read.assertions if f.relation == "drafts"]
        line = page.line_of(fact.claims[0].sentence.start)
        assert "论坛上" in lines[line - 1]  # where its paragraph begins

    def test_what_lies_ahead_is_told_as_planned(self, read: Reading) -> None:
        assert [f.modality.value for f in read.assertions if f.relation == "establishes"] == ["planned"]


class TestMentions:
    def test_they_are_in_order_and_in_their_sentences(self, page: Document) -> None:
        mentions = read_mentions(page)
        assert [m.start for m in mentions] == sorted(m.start for m in mentions)
        spans = set(sentences(page))
        for mention in mentions:
            assert mention.sentence in spans
            assert mention.sentence.start <= mention.start < mention.stop <= mention.sentence.stop

    def test_the_titles_of_posts_are_among_them_and_no_entities(self, page: Document, read: Reading) -> None:
        assert [m.text for m in read_mentions(page) if m.kind == TITLE] == ["党组书记、局长", "主席", "会长"]
        assert TITLE not in {entity.kind for entity in read.entities}

    def test_every_kind_comes_after_those_it_needs(self) -> None:
        seen: set[str] = set()
        for extractor in kind_extractors():
            assert set(extractor.needs) <= seen
            seen.add(extractor.name)

    def test_page_furniture_is_never_read(self) -> None:
        page = document(FILE.replace("\n　　论坛上", "\n打印　关闭　分享到：遵义市教育局\n\n　　论坛上"))
        furniture = [p for p in page.paragraphs if p.role is Role.META]
        assert furniture
        assert not [m for m in read_mentions(page) for p in furniture if p.start <= m.start < p.stop]


class TestClaims:
    def test_they_speak_of_the_mentions_given(self, page: Document) -> None:
        mentions = read_mentions(page)
        claims = read_claims(page, mentions)
        assert {end for c in claims for end in (c.subject, c.object) if not end.is_ellipsis} <= set(mentions)
        assert read_claims(page, ()) == ()

    def test_only_those_given_count(self, page: Document) -> None:
        without = [m for m in read_mentions(page) if m.text != "赵志远"]
        assert all("赵志远" not in (c.subject.text, c.object.text) for c in read_claims(page, without))

    def test_each_is_told_once(self, page: Document) -> None:
        claims = read_claims(page, read_mentions(page))
        assert len(claims) == len(set(claims))


class TestValues:
    def test_a_reading_depends_on_the_text_alone(self, page: Document, read: Reading) -> None:
        read_document(document("贵阳市教育局局长周大海走访学校。"))  # nothing of it stays
        assert read_document(page) == read

    def test_a_reading_can_be_sent_to_another_process(self, read: Reading) -> None:
        assert pickle.loads(pickle.dumps(read)) == read

    @pytest.mark.parametrize(
        "text", ["。", "……\n\n！！！", "a", "1\n2\n3", "\u3000\n（）“”《》【】", "局长" * 200, "和" * 500]
    )
    def test_odd_texts_hide_nothing(self, text: str, tmp_path: Path) -> None:
        path = tmp_path / "odd.txt"
        path.write_text(f"{text}\n\n5月12日，遵义市民政局主办首届社工论坛。\n", encoding="utf-8")
        found = [fact for article in read_file(path) for fact in facts(read_document(article), "organizes")]
        assert found == [("遵义市民政局", "organizes", "首届社工论坛", None)]
