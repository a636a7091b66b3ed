"""Questions to a built graph, and the text of their answers."""

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib
from toygraph import build, toy

from kg.errors import GraphError, QueryError
from kg.rdf.query import Answer, Rows, Statements, run_query
from kg.rdf.render import FORMS, render, width
from kg.rdf.terms import XSD, Blank, Iri, Literal, Triple
from kg.rdf.vocabulary import vocabulary

QUERIES = sorted((Path(__file__).parents[1] / "docs" / "queries").glob("*.rq"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(toy(), tmp_path_factory.mktemp("toy") / "graph")


@pytest.fixture(params=["toy"])
def built(request: pytest.FixtureRequest, folder: Path) -> Path:
    """Every folder in which the example queries must run."""
    return {"toy": folder}[request.param]


def texts(folder: Path, sparql: str) -> set[tuple[str, ...]]:
    result = run_query(folder, sparql)
    assert isinstance(result, Rows)
    return {tuple(cell.value if isinstance(cell, Literal) else str(cell) for cell in row) for row in result.rows}


# ---- the examples


def test_there_are_ten_examples_in_two_languages() -> None:
    assert len(QUERIES) == 10
    for path in QUERIES:
        chinese, english = path.read_text(encoding="utf-8").split("\n")[:2]
        assert chinese.startswith("# ")
        assert not chinese.isascii()
        assert english.startswith("# ")
        assert english.isascii()


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_each_example_runs(path: Path, built: Path) -> None:
    result = run_query(built, path.read_text(encoding="utf-8"))
    assert isinstance(result, Rows)
    assert result.notes == ()


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_each_example_finds_something(path: Path, folder: Path) -> None:
    result = run_query(folder, path.read_text(encoding="utf-8"))
    assert isinstance(result, Rows)
    assert result.rows
    assert all(any(row[i] is not None for row in result.rows) for i in range(len(result.variables)))


def example(folder: Path, name: str) -> list[tuple[str | None, ...]]:
    (path,) = (path for path in QUERIES if name in path.stem)
    result = run_query(folder, path.read_text(encoding="utf-8"))
    assert isinstance(result, Rows)
    return [tuple(cell and cell.value for cell in row) for row in result.rows]  # type: ignore[union-attr]


def test_what_examples_find(folder: Path) -> None:
    ceremony = "2024年云岭省社工宣传周启动仪式"
    assert example(folder, "leaders") == [
        ("钱可风", "会长", "云岭省慈善联合会"),
        ("甘雨田", "厅长", "云岭省民政厅"),
    ]
    assert ("云岭省民政厅", "事件 event", ceremony) in example(folder, "organizers")
    assert ("社区助老服务规范", "DB99/T 1234-2024", "云岭省慈善联合会", "云岭省民政厅") in example(folder, "standards")
    assert ("云岭省", "事件 event", ceremony) in example(folder, "province")  # by way of 暖阳市
    assert example(folder, "several") == [("甘雨田", "2", "云岭省慈善联合会 名誉会长；云岭省民政厅 厅长")]
    assert ("云岭省慈善联合会", "云岭省民政厅", "合作 cooperation") in example(folder, "cooperation")
    assert [row[4] for row in example(folder, "planned")] == ["former", "planned"]
    assert example(folder, "documents") == [("社工宣传周启动", "2024-03-19", "云岭社工", "18", "1")]


# ---- results and refusals


def test_three_kinds_of_results(folder: Path) -> None:
    assert run_query(folder, "ASK { organization:云岭省民政厅 a kg:GovernmentBody }") == Answer(value=True)
    described = run_query(folder, "DESCRIBE place:990000")
    assert isinstance(described, Statements)
    assert Literal("990000") in {triple.object for triple in described.triples}
    bound = run_query(folder, "SELECT ?p ?code { ?p a kg:Place . OPTIONAL { ?p kg:divisionCode ?code } } ORDER BY ?p")
    assert isinstance(bound, Rows)
    assert [row[1] and row[1][0] for row in bound.rows] == ["990000", "990100", None]


def test_own_prefixes_win(folder: Path) -> None:
    assert texts(folder, "PREFIX org: <https://w3id.org/govkg/ontology#> SELECT ?s { ?s a org:Program }")
    assert texts(folder, "PREFIX 甲: <https://w3id.org/govkg/ontology#> SELECT ?s { ?s a 甲:Program }")


def test_a_term_that_is_not_in_the_ontology_is_remarked(folder: Path) -> None:
    asked = "SELECT * { ?s kg:leeds ?o ; <https://w3id.org/govkg/ontology#hold> ?x . FILTER(?o != 'kg:not') } # kg:no"
    assert run_query(folder, asked).notes == ("kg:leeds is not in the ontology", "kg:hold is not in the ontology")


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        (" # nothing\n", "the query is empty"),
        ("INSERT DATA { <a:a> <a:b> 1 }", "line 1, column 1: INSERT would change the graph"),
        ("PREFIX a: <b:>\ndelete where { ?s ?p ?o }", "line 2, column 1: DELETE would change"),
        ("BASE <http://a/> CLEAR ALL", "CLEAR would change"),
        ("LOAD <http://127.0.0.1/x>", "LOAD would change"),
        ("SELECT * {\n SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "line 2, column 2: SERVICE would ask another"),
        ("SELECT * { service silent ?x { ?s ?p ?o } }", "SERVICE would ask another"),
        ("SELECT * FROM <http://127.0.0.1/> { ?s ?p ?o }", "line 1, column 10: there is one graph only"),
        ("SELECT ?x { ?x\n foo:bar ?y }", "line 2, column 2: prefix 'foo' is not declared"),
        ("SELECT * { ?s ?p “甲” }", "'“' (line 1, column 18) is Chinese punctuation"),
        ("SELECT * { ?s ?p ?o 。}", "'。' (line 1, column 21) is Chinese punctuation"),
        ('SELECT * { ?s ?p "甲 }', "the text that begins at line 1, column 18 has no closing quote"),
        ("SELECT * { ?s ?p ?o", "1 '{' but 0 '}'"),
        ("SELECT * { ?s ?p ?o FILTER(BOUND(?s) }", "2 '(' but 1 ')'"),
        ("SELECT ?x {\n ?x ?y }", "line 2, column 9"),
        ("SELEKT * { ?s ?p ?o }", "line 1, column 1"),
        ("SELECT ?x ?x", "line 1"),
        ("SELECT (<http://a/f>(?s) AS ?x) { ?s ?p ?o }", "custom function <http://a/f> is not supported"),
    ],
)
def test_refusals_say_where_and_why(folder: Path, sparql: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        run_query(folder, sparql)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?service { ?service ?from ?insert }",
        "SELECT * { ?s ?p 'SERVICE <http://x/> { INSERT' }",
        'SELECT * { ?s ?p """FROM\n"LOAD" """ } # SERVICE',
        "PREFIX load: <http://a/insert#> SELECT * { ?s load:service ?o . ?o <http://a/FROM> ?x }",
        "PREFIX with: <http://a/> SELECT (COUNT(*) AS ?add) { ?s ?p ?o }",
    ],
)
def test_words_that_only_look_like_refused_ones(folder: Path, sparql: str) -> None:
    assert isinstance(run_query(folder, sparql), Rows)


def test_without_a_graph(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no such folder; build a graph with: kg build"):
        run_query(tmp_path / "none", "ASK {}")
    with pytest.raises(GraphError, match="holds no graph"):
        run_query(tmp_path, "ASK {}")


# ---- renderers


ODD = Rows(
    variables=("a", "b"),
    prefixes={"x": "http://a/"},
    rows=(
        (Iri("http://a/甲"), Literal('<&>"\t\n\r\\', "zh")),
        (Blank("b0"), Literal("2.5", "", XSD + "decimal")),
        (None, Literal("a,b;\x01")),
    ),
)


def test_tables_line_up() -> None:
    found = Rows(
        variables=("姓名", "n"), prefixes={}, rows=((Literal("甘雨田"), Literal("1")), (Literal("e\u0301"), None))
    )
    assert render(found) == "姓名    n\n──────  ─\n甘雨田  1\ne\u0301\n(2 行 rows)\n"
    lines = render(ODD).split("\n")
    assert lines[2].startswith("x:甲  <&>")
    assert render(Rows(variables=("a",), prefixes={}, rows=((Literal("云岭省民政厅"),),)), cell=8) == (
        "a\n───────\n云岭省…\n(1 行 rows)\n"
    )
    assert [width(text) for text in ("abc", "中文", "（）", "…", "\u200b")] == [3, 4, 4, 1, 0]
    assert render(Answer(value=False)) == "否 no\n"


def test_json() -> None:
    found = json.loads(render(ODD, "json"))
    assert found["head"] == {"vars": ["a", "b"]}
    assert found["results"]["bindings"] == [
        {
            "a": {"type": "uri", "value": "http://a/甲"},
            "b": {"type": "literal", "value": '<&>"\t\n\r\\', "xml:lang": "zh"},
        },
        {"a": {"type": "bnode", "value": "b0"}, "b": {"type": "literal", "value": "2.5", "datatype": XSD + "decimal"}},
        {"b": {"type": "literal", "value": "a,b;\x01"}},
    ]
    assert json.loads(render(Answer(value=True), "json")) == {"head": {}, "boolean": True}


def test_csv_and_tsv() -> None:
    rows = list(csv.reader(io.StringIO(render(ODD, "csv"), newline="")))
    assert rows == [["a", "b"], ["http://a/甲", '<&>"\t\n\r\\'], ["_:b0", "2.5"], ["", "a,b;\x01"]]
    assert render(ODD, "tsv").split("\n")[:3] == ["?a\t?b", '<http://a/甲>\t"<&>\\"\\t\\n\\r\\\\"@zh', "_:b0\t2.5"]


def test_xml() -> None:
    space = "{http://www.w3.org/2005/sparql-results#}"
    root = ElementTree.fromstring(render(ODD, "xml"))
    assert [v.get("name") for v in root.iter(f"{space}variable")] == ["a", "b"]
    assert [e.text for e in root.iter(f"{space}uri")] == ["http://a/甲"]
    assert [e.text for e in root.iter(f"{space}literal")] == ['<&>"\t\n\r\\', "2.5", "a,b;\ufffd"]
    assert ElementTree.fromstring(render(Answer(value=True), "xml")).findtext(f"{space}boolean") == "true"


def test_turtle_names_only_the_prefixes_it_uses(folder: Path) -> None:
    made = run_query(folder, "CONSTRUCT { ?s kg:leads ?o . ?s kg:confidence [] } { ?s kg:leads ?o }")
    text = render(made, "turtle")
    assert "@prefix official:" in text
    assert "@prefix place:" not in text
    assert len(rdflib.Graph().parse(data=text, format="turtle")) == 4
    assert isinstance(made, Statements)
    assert made.triples == tuple(sorted(made.triples, key=lambda t: (t.subject, t.predicate, str(t.object))))


FITS = {Rows: {*FORMS} - {"turtle"}, Answer: {"table", "json", "xml"}, Statements: {"table", "turtle"}}


@pytest.mark.parametrize("form", FORMS)
def test_each_form_holds_what_it_can(form: str) -> None:
    graph = Statements(triples=(Triple(Iri("http://a/s"), Iri("http://a/p"), Iri("http://a/o")),), prefixes={})
    results = (ODD, Answer(value=True), graph)
    held = [result for result in results if form in FITS[type(result)]]
    assert all(render(result, form) for result in held)
    for result in results:
        if result not in held:
            with pytest.raises(QueryError, match="use "):
                render(result, form)


def test_an_unknown_form() -> None:
    with pytest.raises(QueryError, match="unknown format 'yaml'; there are: table, json"):
        render(ODD, "yaml")


def test_asking_leaves_the_store_as_it_is(folder: Path) -> None:
    before = {path.name: path.stat().st_size for path in (folder / "store").iterdir() if path.name != "LOG"}
    assert run_query(folder, "ASK { ?s ?p ?o }") == Answer(value=True)
    assert {p.name: p.stat().st_size for p in (folder / "store").iterdir() if p.name in before} == before


# ---- the documentation


DOCUMENT = (Path(__file__).parents[1] / "docs" / "rdf.md").read_text(encoding="utf-8")


def test_every_example_is_documented() -> None:
    assert re.findall(r"\(queries/(.+?)\)", DOCUMENT) == [path.name for path in QUERIES]


def test_the_documentation_speaks_of_terms_that_exist() -> None:
    names = set(re.findall(r"\bkg:([A-Za-z]+)", DOCUMENT))
    assert len(names) > 20
    assert names <= set(vocabulary().terms)
    assert set(re.findall(r"`kg:([A-Za-z]+)`", DOCUMENT)) >= {term.name for term in vocabulary().relations.values()}


def test_the_documented_program_runs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
    exec(program.replace('Path("exports")', f"Path({str(folder)!r})"), {})
    printed = capsys.readouterr().out
    assert "钱可风" in printed
    assert "holdsPostIn 云岭省民政厅 ['云岭省民政厅厅长甘雨田出席会议。']" in printed
