"""Terms and results as text: whatever they hold, other programs read back what was written."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.plugins.sparql.results.jsonresults import JSONResultParser

from kg.errors import GraphError, QueryError
from kg.rdf.query import Answer, Rows, Statements, run_query
from kg.rdf.render import render, width
from kg.rdf.terms import XSD, Blank, Iri, Literal, Resource, Term, Triple, date, decimal, integer, xml_text
from kg.rdf.writer import Writer

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NASTY = st.one_of(TEXTS, st.text(st.sampled_from("\"'\\\n\r\t\x00\x7f\u2028<&>]};,. @^#%甲𠮷"), max_size=12))
PLAIN = NASTY.map(Literal)
TAGGED = st.tuples(NASTY, st.sampled_from(["zh", "en", "zh-hant"])).map(lambda pair: Literal(*pair))
TYPED = NASTY.map(lambda text: Literal(text, "", "https://example.org/甲#类"))
IRIS = st.text(st.sampled_from("abcXYZ019甲乙𠮷-._~:/"), max_size=10).map(lambda t: Iri(f"https://example.org/{t}"))
TERMS: st.SearchStrategy[Term] = st.one_of(PLAIN, TAGGED, TYPED, IRIS)
PREFIXES = {"e": "https://example.org/", "h": "https://example.org/h#", "xsd": XSD}


def by_engine(text: str) -> list[Any]:
    return [quad.object for quad in pyoxigraph.parse(text.encode(), pyoxigraph.RdfFormat.TURTLE)]


def value(found: Any) -> Term:
    """A term of the engine as ours."""
    if isinstance(found, pyoxigraph.Literal):
        kind = "" if found.language or found.datatype.value == XSD + "string" else found.datatype.value
        return Literal(found.value, found.language or "", kind)
    return Iri(found.value)


def rows(*found: tuple[Term | None, ...], names: tuple[str, ...] = ("x",)) -> Rows:
    return Rows(variables=names, rows=found, prefixes=PREFIXES)


class TestTerms:
    @settings(max_examples=300, deadline=None)
    @given(TERMS)
    def test_turtle_says_the_term(self, term: Term) -> None:
        write = Writer(PREFIXES)
        head = "".join(write.head())
        (found,) = by_engine(f"{head}<a:a> <a:b> {write.term(term)} .")
        assert value(found) == term

    @given(st.sampled_from(["integer", "decimal", "boolean"]), st.text("0123456789.-+truefals", max_size=8))
    def test_numbers_are_bare_only_where_no_reader_changes_them(self, kind: str, text: str) -> None:
        written = Writer(PREFIXES).term(Literal(text, "", XSD + kind))
        if not written.startswith('"'):
            (found,) = by_engine(f"<a:a> <a:b> {written} .")
            assert (found.value, found.datatype.value) == (text, XSD + kind)
            ((_, _, term),) = rdflib.Graph().parse(data=f"<a:a> <a:b> {written} .", format="turtle")
            assert str(term) == text

    @settings(deadline=None)
    @given(st.lists(st.tuples(IRIS, TERMS), min_size=1, max_size=6))
    def test_a_block_says_each_pair_once(self, pairs: list[tuple[Iri, Term]]) -> None:
        write = Writer(PREFIXES)
        block = write.block(Resource(Iri("https://example.org/s"), tuple(dict.fromkeys(pairs))))
        quads = pyoxigraph.parse("".join([*write.head(), block]).encode(), pyoxigraph.RdfFormat.TURTLE)
        found = [(Iri(quad.predicate.value), value(quad.object)) for quad in quads]
        assert len(found) == len(set(found))
        assert set(found) == set(pairs)

    @given(st.lists(st.tuples(IRIS, TERMS), min_size=2, max_size=6))
    def test_the_order_of_pairs_changes_nothing(self, pairs: list[tuple[Iri, Term]]) -> None:
        one, other = (
            Writer(PREFIXES).block(Resource(Iri("a:s"), tuple(p))) for p in (dict.fromkeys(pairs), [*{*pairs}][::-1])
        )
        assert one == other

    def test_nothing_said_is_nothing_written(self) -> None:
        assert Writer(PREFIXES).block(Resource(Iri("a:s"), ())) == ""

    @pytest.mark.parametrize("sign", [" ", "<", ">", '"', "{", "}", "|", "^", "`", "\\", "\n", "\x00"])
    def test_what_is_no_iri_is_refused(self, sign: str) -> None:
        with pytest.raises(GraphError, match="is no IRI"):
            Writer(PREFIXES).term(Iri(f"https://example.org/{sign}x"))

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("2025", "gYear"), ("2025-04", "gYearMonth"), ("2025-04-09", "date"), ("2024-02-29", "date"),
            ("2025-02-29", ""), ("2025-13", ""), ("25", ""), ("2025-4-9", ""), ("四月九日", ""), ("", ""),
        ],
    )  # fmt: skip
    def test_dates_are_as_precise_as_they_are(self, text: str, kind: str) -> None:
        assert date(text) == Literal(text, "", XSD + kind if kind else "")

    @given(st.floats(0, 1))
    def test_decimals_have_four_places_and_no_idle_zeros(self, number: float) -> None:
        text = decimal(number).value
        assert abs(float(text) - number) <= 0.00005
        assert len(text.partition(".")[2]) <= 4
        assert not text.partition(".")[2].endswith("0")

    @given(st.integers())
    def test_integers_are_themselves(self, number: int) -> None:
        assert int(integer(number).value) == number

    @given(NASTY)
    def test_texts_for_xml_keep_all_that_xml_can_hold(self, text: str) -> None:
        made = xml_text(text)
        assert len(made) == len(text)
        assert all(a == b or b == "\ufffd" for a, b in zip(text, made, strict=True))
        assert xml_text(made) == made


class TestResults:
    @settings(deadline=None)
    @given(st.lists(st.tuples(st.one_of(st.none(), TERMS), TERMS), max_size=4))
    def test_json_for_another_program(self, found: list[tuple[Term | None, Term]]) -> None:
        text = render(rows(*found, names=("x", "y")), "json")
        bindings = json.loads(text)["results"]["bindings"]
        assert [("x" in row, row["y"]["value"]) for row in bindings] == [
            (x is not None, y.value if isinstance(y, Literal) else str(y)) for x, y in found
        ]
        parsed = JSONResultParser().parse(io.BytesIO(text.encode()))
        assert [str(v) for v in parsed.vars or ()] == ["x", "y"]
        assert len(parsed.bindings) == len(found)

    @settings(deadline=None)
    @given(st.lists(st.tuples(TERMS), max_size=4))
    def test_xml_for_another_program(self, found: list[tuple[Term]]) -> None:
        space = "{http://www.w3.org/2005/sparql-results#}"
        root = ElementTree.fromstring(render(rows(*found), "xml"))
        cells = [cell for kind in root.iter(f"{space}binding") for cell in kind]
        assert [cell.text or "" for cell in cells] == [
            xml_text(one.value if isinstance(one, Literal) else str(one)) for (one,) in found
        ]
        assert [cell.tag.removeprefix(space) for cell in cells] == [
            "literal" if isinstance(one, Literal) else "uri" for (one,) in found
        ]

    @given(st.lists(st.tuples(NASTY.map(Literal), NASTY.map(Literal)), max_size=4))
    def test_csv_for_another_program(self, found: list[tuple[Literal, Literal]]) -> None:
        text = render(rows(*found, names=("x", "y")), "csv")
        read = list(csv.reader(io.StringIO(text, newline="")))
        assert read[0] == ["x", "y"]
        assert read[1:] == [[x.value, y.value] for x, y in found]

    @settings(deadline=None)
    @given(st.lists(st.tuples(TERMS, TERMS), max_size=4))
    def test_tsv_keeps_each_row_on_a_line(self, found: list[tuple[Term, Term]]) -> None:
        head, *lines = render(rows(*found, names=("x", "y")), "tsv").rstrip("\n").split("\n")
        assert head == "?x\t?y"
        assert [len(line.split("\t")) for line in lines] == [2] * len(found)
        for line, row in zip(lines, found, strict=True):
            for cell, term in zip(line.split("\t"), row, strict=True):
                assert [value(one) for one in by_engine(f"<a:a> <a:b> {cell} .")] == [term]

    @given(st.lists(st.tuples(NASTY.map(Literal), NASTY.map(Literal)), min_size=1, max_size=4))
    def test_columns_of_a_table_begin_at_one_place(self, found: list[tuple[Literal, Literal]]) -> None:
        marked = [(Literal(x.value), Literal("|" + y.value)) for x, y in found if "|" not in x.value]
        lines = render(rows(*marked, names=("x", "y"))).split("\n")[2:-2]
        assert len(lines) == len(marked)
        assert len({width(line[: line.index("|")]) for line in lines}) <= 1

    @given(st.integers(2, 20), NASTY.filter(bool))
    def test_cells_are_cut_to_the_room_there_is(self, room: int, text: str) -> None:
        line = render(rows((Literal(text),)), cell=room).split("\n")[2]
        assert width(line) <= room
        assert line.endswith("…") or width(line) <= width(text)

    @pytest.mark.parametrize("form", ["csv", "tsv"])
    def test_yes_or_no_has_no_rows(self, form: str) -> None:
        with pytest.raises(QueryError, match="the result is yes or no"):
            render(Answer(value=True), form)

    def test_triples_are_turtle_with_blank_nodes(self) -> None:
        made = Statements(
            triples=(
                Triple(Blank("b0"), Iri("https://example.org/p"), Literal("甲", "zh")),
                Triple(Iri("https://example.org/s"), Iri("https://example.org/p"), Blank("b0")),
            ),
            prefixes=PREFIXES,
        )
        graph = rdflib.Graph().parse(data=render(made, "turtle"), format="turtle")
        assert len(graph) == 2
        assert len({node for node in graph.all_nodes() if isinstance(node, rdflib.BNode)}) == 1


@pytest.mark.parametrize("form", ["table", "json", "csv", "tsv", "xml"])
def test_an_answer_without_rows_is_an_answer(toy_graph: Path, form: str) -> None:
    found = run_query(toy_graph, "SELECT ?s ?o { ?s kg:leads ?o . ?o kg:leads ?s }")
    text = render(found, form)
    assert text.endswith("\n")
    assert "s" in text
