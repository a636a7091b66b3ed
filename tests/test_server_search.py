"""What a search finds, and how texts are marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.rdf.terms import Iri, Literal
from kg.server import article, index
from kg.server.facts import marked

BASE = "https://w3id.org/govkg/id/"


class TestMarks:
    @given(
        st.text(max_size=30),
        st.lists(st.tuples(st.just("subject"), st.integers(-5, 40), st.integers(-5, 40)), max_size=4),
    )
    def test_pieces_make_the_sentence(self, quote: str, spans: list[tuple[str, int, int]]) -> None:
        assert "".join(text for text, _ in marked(quote, spans)) == quote

    def test_marks_stand_where_they_should(self) -> None:
        assert marked("某局局长某人", [("object", 0, 2), ("subject", 4, 6)]) == (
            ("某局", "object"),
            ("局长", ""),
            ("某人", "subject"),
        )

    @given(
        st.text(alphabet="甲乙丙丁。", max_size=40),
        st.integers(0, 9),
        st.dictionaries(st.text(alphabet="甲乙丙", min_size=1), st.sampled_from(["x:a", "x:b"])),
        st.lists(st.integers(0, 60), max_size=5),
        st.dictionaries(st.tuples(st.integers(0, 60), st.integers(0, 60)), st.just("x:c"), max_size=4),
    )
    def test_a_text_in_pieces_is_the_text(
        self, body: str, offset: int, called: dict[str, str], anchors: list[int], known: dict[tuple[int, int], str]
    ) -> None:
        pieces = article.pieces(body, offset, known, called, anchors)
        assert "".join(piece.text for piece in pieces) == body
        at = offset
        for piece in pieces:
            assert not piece.anchor or int(piece.anchor) == at
            at += len(piece.text)
        there = {str(one) for one in anchors if offset <= one < offset + len(body)}
        assert {piece.anchor for piece in pieces} - {""} == there

    def test_longer_names_and_spans_of_facts_come_first(self) -> None:
        called = {"民政局": "x:bureau", "市民政局": "x:city", "科": "x:no"}
        pieces = article.pieces("市民政局与民政局科", 0, {(5, 8): "x:fact"}, called, [])
        assert [(piece.text, piece.entity) for piece in pieces] == [
            ("市民政局", "x:city"),
            ("与", ""),
            ("民政局", "x:fact"),
            ("科", ""),
        ]


class TestSearch:
    @pytest.fixture(scope="class")
    def found(self, tmp_path_factory: pytest.TempPathFactory) -> index.Index:
        names = ["重庆市民政局", "重庆市", "单小山", "ＡＢＣ社会工作服务中心", "百分%号_局", "民政局"]

        def ask(sparql: str):  # type: ignore[no-untyped-def]
            if "prefLabel" in sparql:
                return (
                    [(Iri(f"{BASE}organization/{name}"), Literal(name, "zh"), Literal(name, "zh")) for name in names]
                    if "Organization>" in sparql
                    else []
                )
            return [(Literal("7"),)] if "?s ?p ?o" in sparql else []

        folder = tmp_path_factory.mktemp("index")
        index.make(ask, BASE, folder / index.FILE)
        return index.Index(folder)

    @pytest.mark.parametrize(
        ("typed", "names"),
        [
            ("重庆市", ["重庆市", "重庆市民政局"]),
            ("cqsmzj", ["重庆市民政局"]),
            ("chongqing", ["重庆市", "重庆市民政局"]),
            ("sxs", ["单小山"]),
            ("dxs", ["单小山"]),
            ("shanxiaoshan", ["单小山"]),
            ("abc", ["ＡＢＣ社会工作服务中心"]),
            ("ABC", ["ＡＢＣ社会工作服务中心"]),
            ("%", ["百分%号_局"]),
            ("_", ["百分%号_局"]),
            ("'", []),
            ("mzj", ["民政局", "重庆市民政局"]),
            ("没有", []),
        ],
    )
    def test_what_is_typed_finds(self, found: index.Index, typed: str, names: list[str]) -> None:
        count, hits = found.find(typed)
        assert [hit.name for hit in hits] == names
        assert count == len(names)

    def test_pages_and_kinds(self, found: index.Index) -> None:
        assert found.all(count=2)[0] == 6
        assert len(found.all(count=2)[1]) == 2
        assert len(found.all(start=4, count=20)[1]) == 2
        assert found.find("重庆市", "official") == (0, [])
        assert found.counts("triples") == {"": 7}
