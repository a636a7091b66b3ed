"""The parts of the server that need none: negotiation, messages, answers in files, drawings, search, marked texts."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.rdf.terms import Iri, Literal
from kg.server import article, drawing, frames, index
from kg.server.examples import examples
from kg.server.facts import Fact, Proof, marked
from kg.server.negotiate import GRAPH, HTML, MEDIA, ROWS, choose, media_type, named
from kg.server.rendering import address, render, words
from kg.server.reply import SMALL, Reply, Sink, TooLarge

BASE = "https://w3id.org/govkg/id/"


class TestNegotiation:
    @pytest.mark.parametrize(
        ("accept", "found"),
        [
            ("", "json"), ("*/*", "json"), ("text/csv", "csv"), ("text/*", "csv"), ("text/csv;q=0.1, */*;q=0.2", "json"),
            ("text/csv;q=1.5", "csv"), ("text/csv;q=bad", None), ("image/png", None), ("image/png, */*;q=0.1", "json"),
            ("application/sparql-results+json;q=0, */*", "xml"), ("text/xml", "xml"), (",,;;", "json"), ("*", "json"),
            ("text/csv;charset=utf-8;q=0.9, application/json;q=0.8", "csv"),
        ],
    )  # fmt: skip
    def test_the_best_liked_form(self, accept: str, found: str | None) -> None:
        assert choose(accept, MEDIA[ROWS]) == found

    @given(st.text())
    def test_any_header_gives_a_form_or_none(self, accept: str) -> None:
        assert choose(accept, {**MEDIA[GRAPH], **HTML}) in {*MEDIA[GRAPH], "html", None}

    def test_names_of_forms(self) -> None:
        assert [named(one, MEDIA[GRAPH]) for one in ("ttl", "Turtle", "xml", "json", "text/turtle", "csv", "")] == [
            "turtle",
            "turtle",
            "rdfxml",
            "jsonld",
            "turtle",
            None,
            None,
        ]
        assert [named(one, MEDIA[ROWS]) for one in ("xml", "json", "text/csv", "turtle")] == [
            "xml",
            "json",
            "csv",
            None,
        ]
        assert media_type("csv") == "text/csv; charset=utf-8"
        assert media_type("json") == "application/sparql-results+json"
        assert media_type("html") == "text/html; charset=utf-8"


@given(st.dictionaries(st.text(), st.text()), st.binary())
def test_messages_arrive_as_they_were_sent(head: dict[str, str], body: bytes) -> None:
    pipe = io.BytesIO(frames.packed(head, body))
    assert frames.read(pipe) == {**head, "length": len(body)}
    assert pipe.read() == body
    assert frames.read(pipe) is None


class TestAnswers:
    def test_small_ones_stay_in_memory(self, tmp_path: Path) -> None:
        sink = Sink(tmp_path / "spill", 1000)
        sink.write(b"abc")
        assert sink.reply(type="text/plain", zipped=True, headers={}) == Reply(type="text/plain", body=b"abc")
        assert not (tmp_path / "spill").exists()

    @pytest.mark.parametrize("zipped", [True, False])
    def test_large_ones_go_into_a_file(self, tmp_path: Path, zipped: bool) -> None:
        sink = Sink(tmp_path / "spill", 10 * SMALL)
        for _ in range(SMALL // 50):
            sink.write(b"0123456789" * 10)
        made = sink.reply(type="text/plain", zipped=zipped, headers={})
        data = Path(made.file or "").read_bytes()
        assert (gzip.decompress(data) if zipped else data) == b"0123456789" * 10 * (SMALL // 50)
        assert made.headers == ({"content-encoding": "gzip"} if zipped else {})
        assert [path.name for path in tmp_path.iterdir()] == ["spill"]

    def test_too_large_ones_are_refused(self, tmp_path: Path) -> None:
        sink = Sink(tmp_path / "spill", 10)
        sink.write(b"0123456789")
        with pytest.raises(TooLarge):
            sink.write(b"0")

    @given(st.text(alphabet="a\u0001\ufffe\uffff\ufffd\r\n甲\u001f"), st.integers(1, 5))
    def test_what_xml_cannot_hold_is_replaced_wherever_it_is_cut(self, text: str, step: int) -> None:
        sink, data = Sink(Path("unused"), 10_000), text.encode()
        sink.keep_xml()
        for at in range(0, len(data), step):
            sink.write(data[at : at + step])
        wanted = "".join("\ufffd" if sign in "\u0001\ufffe\uffff\u001f" else sign for sign in text).replace(
            "\r", "&#13;"
        )
        assert sink.reply(type="", zipped=False, headers={}).body.decode() == wanted


def fact(subject: str, object_: str, relation: str = "holdsPostIn", **more: object) -> Fact:
    values = {
        "iri": f"{BASE}assertion/{subject}{object_}", "relation": relation, "subject": f"{BASE}official/{subject}",
        "object": f"{BASE}organization/{object_}", "subject_name": subject, "object_name": object_, "modality": "done",
        "tenure": "", "title": "主任", "since": "", "until": "", "confidence": 0.9, "reference": False,
    }  # fmt: skip
    return Fact(**{**values, **more})  # type: ignore[arg-type]


def proof(date: str) -> Proof:
    return Proof(pieces=(("句", ""),), rule="r", line="1", start=0, document="d", title="t", date=date, source="f")


class TestDrawings:
    def test_each_neighbour_stands_once_and_none_on_another(self) -> None:
        facts = [fact("甲", f"机构{number}") for number in range(40)] + [fact("甲", "机构0", "leads")]
        nodes = drawing.neighbours(f"{BASE}official/甲", facts, BASE)
        assert len(nodes) == drawing.MOST
        assert len({node.name for node in nodes}) == len(nodes)
        places = [(node.x, node.y) for node in nodes]
        assert min(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a in places for b in places if a != b) > 20

    def test_what_stands_now_comes_first(self) -> None:
        past, now = fact("甲", "乙", tenure="former"), fact("甲", "乙", "leads")
        (node,) = drawing.neighbours(f"{BASE}official/甲", [past, now], BASE)
        assert node.standing
        assert node.relation == "leads"

    def test_the_thing_itself_is_no_neighbour(self) -> None:
        assert drawing.neighbours(f"{BASE}official/甲", [fact("甲", "乙", object=f"{BASE}official/甲")], BASE) == ()

    @pytest.mark.parametrize("kind", ["organization", "official", "place", "program", "standard", "event", "<script>"])
    def test_shapes_are_numbers(self, kind: str) -> None:
        assert set(drawing.shape(kind, 9)) <= set("0123456789.,- ")

    def test_long_names_keep_their_end(self) -> None:
        assert drawing.short("云岭省暖阳市民政局慈善事业促进处") == "云岭省暖…业促进处"
        assert drawing.short("民政局") == "民政局"


class TestTimeline:
    def test_posts_follow_their_dates(self) -> None:
        facts = [fact("甲", "丙", since="2021", until="2023-06"), fact("甲", "乙", since="2019-02-01", until="2020")]
        bars, years = drawing.timeline(facts, f"{BASE}official/甲")
        assert [bar.name for bar in bars] == ["乙", "丙"]
        assert [year for _, year in years] == ["2019", "2020", "2021", "2022", "2023", "2024"]
        assert bars[0].left < bars[0].left + bars[0].width <= bars[1].left < bars[1].left + bars[1].width <= 100

    def test_dates_of_documents_stand_in(self) -> None:
        bars, _ = drawing.timeline(
            [fact("甲", "乙", proofs=(proof("2024-05-06"), proof("2022")))], f"{BASE}official/甲"
        )
        assert (bars[0].first, bars[0].last) == ("2022", "2024-05-06")

    @pytest.mark.parametrize("date", ["", "去年", "2024-13", "2024-02-30", "0000", "2024-01-01-01", "-", "9999"])
    def test_what_is_no_date_is_left_out(self, date: str) -> None:
        assert drawing.timeline([fact("甲", "乙", since=date)], f"{BASE}official/甲") == ((), ())

    @pytest.mark.parametrize("date", ["0001", "9998", "9998-12", "9998-12-31"])
    def test_the_ends_of_time(self, date: str) -> None:
        bars, _ = drawing.timeline([fact("甲", "乙", since=date)], f"{BASE}official/甲")
        assert 0 <= bars[0].left <= 100

    def test_leading_a_body_is_the_same_post(self) -> None:
        bars, _ = drawing.timeline(
            [fact("甲", "乙", since="2020"), fact("甲", "乙", "leads", since="2020")], f"{BASE}official/甲"
        )
        assert len(bars) == 1


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
        st.text(alphabet="甲乙丙丁。", max_size=40), st.integers(0, 9), st.dictionaries(st.text(alphabet="甲乙丙", min_size=1), st.sampled_from(["x:a", "x:b"])),
        st.lists(st.integers(0, 60), max_size=5), st.dictionaries(st.tuples(st.integers(0, 60), st.integers(0, 60)), st.just("x:c"), max_size=4),
    )  # fmt: skip
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
            ("重庆市", ["重庆市", "重庆市民政局"]), ("cqsmzj", ["重庆市民政局"]), ("chongqing", ["重庆市", "重庆市民政局"]), ("sxs", ["单小山"]), ("dxs", ["单小山"]),
            ("shanxiaoshan", ["单小山"]), ("abc", ["ＡＢＣ社会工作服务中心"]), ("ABC", ["ＡＢＣ社会工作服务中心"]), ("%", ["百分%号_局"]), ("_", ["百分%号_局"]),
            ("'", []), ("mzj", ["民政局", "重庆市民政局"]), ("没有", []),
        ],
    )  # fmt: skip
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


class TestTemplates:
    def test_both_languages_say_the_same_things(self) -> None:
        english = {name for name in words()["en"] if not name.endswith(".1")}
        assert set(words()["zh"]) == english
        assert all(text.count("{0}") == words()["en"][name].count("{0}") for name, text in words()["zh"].items())

    def test_addresses_lead_to_our_pages_or_to_the_web_and_nowhere_else(self) -> None:
        assert address(f"{BASE}official/甲%2F乙", BASE) == "/id/official/%E7%94%B2%2F%E4%B9%99"
        assert address("https://example.org/x", BASE) == "https://example.org/x"
        assert address("javascript:alert(1)", BASE) == ""
        assert address("data:text/html,x", BASE) == ""

    def test_what_is_put_in_is_escaped(self) -> None:
        values = {"lang": "en", "base": BASE, "address": "lang=", "iri_of": str, "iri": "<script>"}
        assert "<script>" not in render("missing.html", values)


def test_every_example_asks_in_both_languages() -> None:
    assert len(examples()) == len(list((Path(__file__).parents[1] / "docs/queries").glob("*.rq")))
    for one in examples():
        assert one.question("zh").endswith(("？", "）"))
        assert one.question("en")[0].isupper()
        assert "#" not in one.zh
