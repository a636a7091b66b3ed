"""The parts of the server that need none: negotiation, messages, answers in files, drawings, search, marked texts."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.server import drawing, frames
from kg.server.examples import examples
from kg.server.facts import Fact, Proof
from kg.server.negotiate import GRAPH, HTML, MEDIA, ROWS, choose, media_type, named
from kg.server.pages import _spans
from kg.server.rendering import address, render, words
from kg.server.reply import SMALL, Reply, Sink, TooLarge

BASE = "https://w3id.org/govkg/id/"


class TestNegotiation:
    @pytest.mark.parametrize(
        ("accept", "found"),
        [
            ("", "json"),
            ("*/*", "json"),
            ("text/csv", "csv"),
            ("text/*", "csv"),
            ("text/csv;q=0.1, */*;q=0.2", "json"),
            ("text/csv;q=1.5", "csv"),
            ("text/csv;q=bad", None),
            ("image/png", None),
            ("image/png, */*;q=0.1", "json"),
            ("application/sparql-results+json;q=0, */*", "xml"),
            ("text/xml", "xml"),
            (",,;;", "json"),
            ("*", "json"),
            ("text/csv;charset=utf-8;q=0.9, application/json;q=0.8", "csv"),
        ],
    )
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
        "iri": f"{BASE}assertion/{subject}{object_}",
        "relation": relation,
        "subject": f"{BASE}official/{subject}",
        "object": f"{BASE}organization/{object_}",
        "subject_name": subject,
        "object_name": object_,
        "modality": "done",
        "tenure": "",
        "title": "主任",
        "since": "",
        "until": "",
        "confidence": 0.9,
        "reference": False,
    }
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

    @pytest.mark.parametrize(("number", "names"), [(3, 3), (8, 8), (9, 1), (30, 1)])
    def test_every_line_of_a_few_bears_its_name(self, number: int, names: int) -> None:
        facts = [fact("甲", f"机构{one}", "leads") for one in range(number)]
        found = _spans(drawing.neighbours(f"{BASE}official/甲", facts, BASE))
        assert len({(x, y) for _, _, x, y in found}) == len(found) == names

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
