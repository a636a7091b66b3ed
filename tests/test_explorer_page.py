"""The page as a file: its data, its marks, its policy, its bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from explorer_graphs import made_graph

from kg.explorer import safe
from kg.explorer.data import KINDS, page_data
from kg.explorer.evidence import Evidence, units
from kg.explorer.network import library, network
from kg.explorer.page import ASSETS, MOST, page, positions, write_page
from kg.explorer.pinyin import readings
from kg.graph import Graph
from kg.rdf.vocabulary import vocabulary

Colour = tuple[float, float, float]


def block(text: str, name: str) -> object:
    found = re.search(rf'<script type="application/json" id="data-{name}">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found.group(1))


def test_the_same_graph_gives_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    graph = made_graph(60)
    turned = Graph(documents=graph.documents, entities=graph.entities[::-1], assertions=graph.assertions[::-1])
    write_page(graph, tmp_path / "a.html", title="图")
    write_page(turned, tmp_path / "b.html", title="图")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_smaller_pages_are_drawn_by_vis_larger_by_the_canvas() -> None:
    assert "new vis.Network" in page(made_graph(60), title="x")
    large = page(made_graph(MOST + 20), title="x")
    assert "vis.Network" not in large
    assert 'data-engine="canvas"' in large


@pytest.mark.parametrize("engine", ["vis", "canvas"])
def test_the_page_stands_by_itself(engine: str) -> None:
    text = page(made_graph(60), title="x", engine=engine)
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!data:)""", text.split("</head>")[0])
    assert not re.search(
        r"<(?:link|img|iframe|script)[^>]+(?:src|href)=[\"']?(?!data:)[a-z/]", text.split("<script type")[0]
    )
    assert "sourceMappingURL" not in text
    assert "@import" not in text
    assert "url(" not in text.split("</style>")[0]


@pytest.mark.parametrize("engine", ["vis", "canvas"])
def test_the_policy_allows_exactly_the_scripts_and_styles_of_the_page(engine: str) -> None:
    text = page(made_graph(60), title="x", engine=engine)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    allowed = policy.group(1).replace("&#39;", "'")
    for code in re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", text, re.DOTALL):
        assert safe.digest(code) in allowed
    assert allowed.startswith("default-src 'none'")
    assert "unsafe" not in allowed
    assert "http" not in allowed


def test_data_cannot_end_its_element() -> None:
    value = ["</script>", "<!--", "&amp;", "\u2028\u2029", "\ud800", '"\\', "正常"]
    text = safe.data(value)
    assert not set("<>&\u2028\u2029\ud800") & set(text)
    assert json.loads(text) == value
    assert "正常" in text


def test_columns_tell_what_the_graph_holds() -> None:
    graph = made_graph(60)
    columns = page_data(graph).graph
    kinds, names = columns["kind"], columns["name"]
    assert len(names) == len(graph.entities) == len(columns["x"]) == len(columns["group"])  # type: ignore[arg-type]
    assert sorted(names) == sorted(one.name for one in graph.entities)  # type: ignore[call-overload]
    assert [KINDS[kind] for kind in kinds] == sorted((one.kind for one in graph.entities), key=KINDS.index)  # type: ignore[attr-defined]
    assert len(columns["facts"]["s"]) == len(graph.assertions)  # type: ignore[index]


def test_marks_lie_on_the_names_as_browsers_count() -> None:
    graph = made_graph(60)
    fact = graph.assertions[5]
    evidence = Evidence(graph.documents)
    evidence.add(fact)
    tables = evidence.tables()
    sentence, _, s0, s1, o0, o1, *_ = tables["facts"][0][0]  # type: ignore[index]
    text = tables["sentences"][sentence][2]  # type: ignore[index]
    names = {one.key: one.name for one in graph.entities}
    assert text[s0:s1] == names[fact.subject]
    assert text[o0:o1] == names[fact.object]
    assert units("𠮷田") == 3


def test_a_name_left_out_of_its_sentence_has_no_mark() -> None:
    claim = made_graph(60).assertions[5].claims[0]
    gone = replace(claim.subject, start=claim.subject.start, stop=claim.subject.start, name="")
    evidence = Evidence(())
    evidence.add(replace(made_graph(60).assertions[5], claims=(replace(claim, subject=gone),)))
    assert evidence.tables()["facts"][0][0][2:4] == [0, 0]  # type: ignore[index]


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("2024-05", ("2024-05", "2024-05")),
        ("2024", ("2024", "2024")),
        ("去年", None),
        ("2024-13", None),
        ("99999", None),
    ],
)
def test_only_dates_stand_on_the_timeline(since: str, expected: tuple[str, str] | None) -> None:
    graph = made_graph(60)
    fact = replace(graph.assertions[0], since=since, until=None)
    facts = page_data(replace(graph, assertions=(fact,))).graph["facts"]
    own = fact.claims[0].date
    assert (facts["since"][0], facts["until"][0]) == (expected or (own, own))  # type: ignore[index]


def test_a_fact_without_its_ends_is_an_error() -> None:
    graph = made_graph(60)
    with pytest.raises(KeyError):
        page_data(replace(graph, entities=graph.entities[:3]))


def test_pyvis_builds_the_network_with_positions_and_without_text() -> None:
    columns = page_data(made_graph(60)).graph
    made = network(columns)
    assert [node["id"] for node in made.nodes] == list(range(len(columns["name"])))  # type: ignore[arg-type]
    assert all(set(node) == {"id", "x", "y", "size", "shape"} for node in made.nodes)
    assert made.options["physics"]["enabled"] is False
    text = page(made_graph(60), title="x")
    assert len(block(text, "network")["edges"]) == len(made.edges)  # type: ignore[index,call-overload]
    assert library().startswith("/**")


def test_positions_can_be_read_back(tmp_path: Path) -> None:
    graph = made_graph(60)
    write_page(graph, tmp_path / "a.html", title="图")
    found = positions(tmp_path / "a.html")
    assert set(found) == {one.key for one in graph.entities}
    (tmp_path / "b.html").write_text("<html>", encoding="utf-8")
    assert positions(tmp_path / "b.html") == {}


def test_readings_keep_every_way_to_say_a_character() -> None:
    found = readings(["重庆", "女", "ABC"])
    assert {"chong", "zhong"} <= set(found["重"].split())
    assert "nv" in found["女"].split()
    assert "A" not in found


def test_both_languages_say_the_same_things() -> None:
    words = json.loads((ASSETS / "words.json").read_text(encoding="utf-8"))
    assert words["zh"].keys() == words["en"].keys()
    script = "".join(path.read_text(encoding="utf-8") for path in sorted(ASSETS.glob("*.js")))
    html = (ASSETS / "page.html").read_text(encoding="utf-8")
    used = set(re.findall(r'\bsay\("([\w.-]+)"', script)) | set(re.findall(r'data-(?:word|title)="([\w.-]+)"', html))
    assert used <= words["zh"].keys(), used - words["zh"].keys()


def test_every_kind_and_relation_has_its_words_in_the_ontology() -> None:
    words = block(page(Graph(), title="x"), "words")
    terms = vocabulary()
    assert set(words["terms"]) == set(terms.kinds) | set(terms.relations)  # type: ignore[call-overload,index]
    assert all({"zh", "en"} <= set(one) for one in words["terms"].values())  # type: ignore[call-overload,index]


def test_titles_are_escaped() -> None:
    assert "<title>&lt;/title&gt;&lt;b&gt;</title>" in page(Graph(), title="</title><b>")


SIMULATIONS: dict[str, tuple[Colour, Colour, Colour]] = {  # Machado, Oliveira and Fernandes 2009, full severity
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritanopia": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
    "grey eyes see shapes": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
}


def linear(colour: str) -> Colour:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def lab(colour: Colour) -> Colour:
    red, green, blue = (min(1.0, max(0.0, part)) for part in colour)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    bend: Callable[[float], float] = lambda t: t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116  # noqa: E731
    return 116 * bend(y) - 16, 500 * (bend(x) - bend(y)), 200 * (bend(y) - bend(z))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("sight", SIMULATIONS)
def test_kinds_can_be_told_apart_by_colour_blind_readers(theme: str, sight: str) -> None:
    css = (ASSETS / "base.css").read_text(encoding="utf-8").split('data-theme="dark"')[theme == "dark"]
    seen = []
    for kind in (*KINDS, "paper"):
        value = re.search(rf"--{kind}: (#[0-9a-f]{{6}})", css)
        assert value
        seen.append(
            lab(
                tuple(
                    sum(a * b for a, b in zip(row, linear(value.group(1)), strict=True)) for row in SIMULATIONS[sight]
                )
            )
        )  # type: ignore[arg-type]
    for i, a in enumerate(seen):
        for j, b in enumerate(seen[:i]):
            assert sum((p - q) ** 2 for p, q in zip(a, b, strict=True)) ** 0.5 > 12, (theme, sight, i, j)
