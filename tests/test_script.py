"""Texts in traditional characters: read in simplified ones, told in their own."""

from __future__ import annotations

import pytest
from readings import document, facts, named, names, reading

from kg.model import Reading
from kg.pipeline import read_claims, read_document, read_mentions
from kg.script import in_simplified, simplified

ARTICLE = (
    "遵義市召開社會工作推進會\n\n"
    "5月12日，遵義市民政局召開推進會。遵義市民政局黨組書記、局長趙志遠出席會議，"
    "省民政廳副廳長孫麗華講話。\n\n"
    "遵義市民政局印發《社工站管理辦法》。會後，大家同趙志遠座談，趙局長很高興。\n"
)


@pytest.fixture(scope="module")
def article() -> Reading:
    return reading(ARTICLE)


class TestSimplified:
    @pytest.mark.parametrize("text", [ARTICLE, "简体字和繁體字", "", "A—B\u3000\U00020000"])
    def test_every_character_keeps_its_place(self, text: str) -> None:
        plain = simplified(text)
        assert len(plain) == len(text)
        assert simplified(plain) == plain
        assert all(a == b for a, b in zip(text, plain, strict=True) if not "\u3400" <= a <= "\u9fff")

    def test_words(self) -> None:
        assert simplified("臺北市社會局長歡迎孫麗華") == "台北市社会局长欢迎孙丽华"

    def test_a_document_in_simplified_characters_is_itself(self) -> None:
        page = document("遵义市民政局局长赵志远出席会议。")
        assert in_simplified(page) is page

    def test_title_and_publisher_are_read_so_too(self) -> None:
        page = document("遵義市民政局走訪老人\n\n來源：遵義市民政局\n\n近日，局長趙志遠走訪老人。\n")
        plain = in_simplified(page)
        assert (plain.title, plain.publisher) == ("遵义市民政局走访老人", "遵义市民政局")
        assert (plain.id, plain.paragraphs) == (page.id, page.paragraphs)


class TestTheOriginal:
    def test_everything_points_into_it(self, article: Reading) -> None:
        page = document(ARTICLE)
        assert article.document == page
        for entity in article.entities:
            for mention in entity.mentions:
                assert mention.sentence.document is article.document
                assert mention.text == page.text[mention.start : mention.stop]
        for fact in article.assertions:
            for claim in fact.claims:
                ends = (claim.sentence, claim.subject.sentence, claim.object.sentence)
                assert all(end.document is article.document for end in ends)
                assert claim.sentence.text in page.text

    def test_names_are_written_as_it_writes_them(self, article: Reading) -> None:
        assert names(article, "official") == {"趙志遠", "孫麗華"}
        assert names(article, "standard") == {"《社工站管理辦法》"}
        assert "遵義市民政局" in names(article, "organization")

    @pytest.mark.xfail(strict=True, reason="a name that no mention spans is told in simplified characters")
    def test_the_events_too(self, article: Reading) -> None:
        assert names(article, "event") == {"社會工作推進會"}

    def test_the_simplified_form_is_an_alias(self, article: Reading) -> None:
        assert named(article, "趙志遠").aliases == ("赵志远",)
        assert "遵义市民政局" in named(article, "遵義市民政局").aliases

    def test_titles_are_written_as_it_writes_them(self, article: Reading) -> None:
        assert facts(article, "leads") == {("趙志遠", "leads", "遵義市民政局", "黨組書記、局長")}
        (post,) = [f for f in article.assertions if f.relation == "leads"]
        assert post.claims[0].sentence.text.startswith("遵義市民政局黨組書記、局長趙志遠出席會議")

    def test_its_keys_are_those_of_the_simplified_text(self, article: Reading) -> None:
        """So that one body is one entity, whichever characters a text is written in."""
        plain = reading(simplified(ARTICLE))
        assert {entity.key for entity in article.entities} == {entity.key for entity in plain.entities}
        shape = [(f.subject, f.relation, f.object, f.modality, f.confidence) for f in plain.assertions]
        assert [(f.subject, f.relation, f.object, f.modality, f.confidence) for f in article.assertions] == shape

    def test_mixed_characters(self) -> None:
        read = reading("遵义市民政局局長赵志遠出席會議。")
        assert names(read, "official") == {"赵志遠"}
        assert facts(read, "leads") == {("赵志遠", "leads", "遵义市民政局", "局長")}


def test_mentions_and_claims_fit_each_other() -> None:
    """What is read step by step, for showing, is what is read at once."""
    page = document(ARTICLE)
    mentions = read_mentions(page)
    assert all(m.sentence.document == page and m.text == page.text[m.start : m.stop] for m in mentions)
    claims = read_claims(page, mentions)
    known = set(mentions)
    assert claims
    for claim in claims:
        assert {end for end in (claim.subject, claim.object) if not end.is_ellipsis} <= known
    at_once = {claim for fact in read_document(page).assertions for claim in fact.claims}
    assert {claim for claim in at_once if not claim.rule.endswith("of_body_spoken_of")} <= set(claims)
