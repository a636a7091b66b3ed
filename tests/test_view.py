"""What rules are given: a sentence with its words, hits and mentions, all in the document's own offsets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import document

from kg.errors import LexiconError
from kg.model import Mention, Sentence
from kg.pipeline import read_mentions
from kg.segment import sentences
from kg.view import Page, Span, View, known_word

TEXT = "石家庄市民政局局长纪怀瑜出席会议。副局长蓝秋白主持会议！遵义市社会工作协会会长、秘书长参加。"
PIECES = st.lists(
    st.sampled_from(["石家庄市民政局", "局长", "副局长", "纪怀瑜", "出席", "，", "。", "𠮷县", "a1", "（", "）", "\n"]),
    min_size=1, max_size=14,
).map("".join)  # fmt: skip


def views(text: str) -> list[View]:
    article = document(text)
    page = Page(article)
    return [View(sentence=one, page=page) for one in sentences(article)]


def mention(sentence: Sentence, start: int, stop: int, kind: str) -> Mention:
    text = sentence.document.text[start:stop]
    return Mention(sentence=sentence, start=start, stop=stop, kind=kind, name=text, rule=f"{kind}.test")


class TestTokens:
    def test_they_tile_the_sentence(self) -> None:
        for one in views(TEXT):
            assert "".join(token.word for token in one.tokens) == one.sentence.text
            assert one.tokens[0].start == one.start
            assert one.tokens[-1].stop == one.stop
            for before, after in zip(one.tokens, one.tokens[1:], strict=False):
                assert before.stop == after.start

    def test_offsets_are_the_document_s(self) -> None:
        second = views(TEXT)[1]
        assert second.start > 0
        for token in second.tokens:
            assert second.text[token.start : token.stop] == token.word

    def test_every_token_has_a_tag(self) -> None:
        assert all(token.tag for one in views(TEXT) for token in one.tokens)

    def test_the_end_of_the_sentence_is_a_boundary(self) -> None:
        for one in views(TEXT):
            assert one.stop in one.token_starts
            assert one.start in one.token_starts
            assert all(one.start <= at <= one.stop for at in one.token_starts)

    @settings(max_examples=60, deadline=None)
    @given(PIECES)
    def test_any_text_is_tiled(self, text: str) -> None:
        tokens, starts = Page(document(f"标题\n\n{text}")).tokens
        whole = document(f"标题\n\n{text}").text
        assert "".join(token.word for token in tokens) == whole
        assert starts == sorted({token.start for token in tokens})

    def test_known_words(self) -> None:
        assert known_word("民政局")
        assert not known_word("怀瑜蓝秋")


class TestHits:
    def test_they_begin_in_the_sentence(self) -> None:
        for one in views(TEXT):
            for hit in (*one.hits("titles"), *one.all_hits("titles")):
                assert one.start <= hit.start < one.stop
                assert one.text[hit.start : hit.stop] == hit.word

    def test_all_sentences_together_have_the_page_s_hits(self) -> None:
        article = document(TEXT)
        page = Page(article)
        each = [hit for one in sentences(article) for hit in View(sentence=one, page=page).hits("titles")]
        assert each == list(page.lexicon("titles").find(article.text))
        assert {hit.word for hit in each} >= {"局长", "会长", "秘书长"}

    def test_all_hits_hold_the_longest_ones(self) -> None:
        for one in views(TEXT):
            longest = {(hit.start, hit.stop) for hit in one.hits("titles")}
            assert longest <= {(hit.start, hit.stop) for hit in one.all_hits("titles")}

    def test_fields_come_with_them(self) -> None:
        ranks = {hit.word: hit.fields["rank"] for one in views(TEXT) for hit in one.hits("titles")}
        assert ranks["局长"] == "head"

    def test_asked_again_they_are_the_same(self) -> None:
        first = views(TEXT)[0]
        assert first.hits("titles") is first.hits("titles")
        assert first.tokens is first.tokens

    def test_an_unknown_list_is_an_error(self) -> None:
        with pytest.raises(LexiconError, match="no word list 'no_such_list'"):
            views(TEXT)[0].hits("no_such_list")

    def test_lists_of_the_user_s_own(self, tmp_path: Path) -> None:
        (tmp_path / "lexicons").mkdir()
        (tmp_path / "lexicons" / "own_verbs.txt").write_text("主持\n", encoding="utf-8")
        article = document(TEXT)
        page = Page(article, tmp_path)
        found = [View(sentence=one, page=page).hits("own_verbs") for one in sentences(article)]
        assert [[hit.word for hit in one] for one in found] == [[], ["主持"], []]
        with pytest.raises(LexiconError):
            Page(article).hits("own_verbs")


class TestMentions:
    def test_they_come_by_start_the_longer_first(self) -> None:
        sentence = sentences(document(TEXT))[0]
        some = [mention(sentence, *where) for where in ((7, 9, "title"), (0, 3, "place"), (0, 7, "organization"))]
        seen = View(sentence=sentence, page=Page(sentence.document), mentions=some)
        assert [one.kind for one in seen.mentions] == ["organization", "place", "title"]

    def test_by_kind(self) -> None:
        sentence = sentences(document(TEXT))[0]
        some = [mention(sentence, 0, 3, "place"), mention(sentence, 0, 7, "organization")]
        seen = View(sentence=sentence, page=Page(sentence.document), mentions=iter(some))
        assert [one.text for one in seen.of("place")] == ["石家庄"]
        assert [one.kind for one in seen.of("organization", "place")] == ["organization", "place"]
        assert seen.of("event") == ()
        assert seen.of() == ()

    def test_an_ellipsis_has_a_place_and_no_words(self) -> None:
        seen = views(TEXT)[2]
        left_out = seen.ellipsis(seen.start + 3, "organization")
        assert left_out.is_ellipsis
        assert (left_out.text, left_out.name, left_out.rule) == ("", "", "ellipsis")
        assert left_out.sentence is seen.sentence
        assert not mention(seen.sentence, seen.start, seen.start + 1, "place").is_ellipsis

    def test_every_mention_that_is_read_lies_in_its_sentence(self) -> None:
        for one in read_mentions(document(TEXT)):
            assert one.sentence.start <= one.start <= one.stop <= one.sentence.stop
            assert one.text == one.sentence.document.text[one.start : one.stop]


class TestPatterns:
    def test_they_stay_within_the_sentence(self) -> None:
        pattern = re.compile(r"会议|参加|局长")
        found = [[match.group() for match in one.find(pattern)] for one in views(TEXT)]
        assert found == [["局长", "会议"], ["局长", "会议"], ["参加"]]

    def test_their_offsets_are_the_document_s(self) -> None:
        (match,) = views(TEXT)[2].find(re.compile("参加"))
        assert TEXT[match.start() : match.end()] == "参加"

    def test_an_anchor_at_the_end_is_the_sentence_s(self) -> None:
        assert all(list(one.find(re.compile(r"[。！]\Z"))) for one in views(TEXT))


class TestWhatIsShared:
    def test_views_of_one_sentence_share_what_hangs_on_its_words(self) -> None:
        article = document(TEXT)
        page, sentence = Page(article), sentences(article)[0]
        one, other = (View(sentence=sentence, page=page) for _ in range(2))
        one.shared["worked out"] = 3
        assert other.shared["worked out"] == 3
        assert other.memo == {}

    def test_other_sentences_and_other_pages_do_not(self) -> None:
        first, second, _ = views(TEXT)
        first.shared["worked out"] = 3
        assert "worked out" not in second.shared
        assert "worked out" not in views(TEXT)[0].shared

    def test_a_span_has_its_text_for_a_name_unless_told(self) -> None:
        assert Span(1, 2).name is None
        assert Span(1, 2, "甲").name == "甲"
