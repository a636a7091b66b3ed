"""Figures for reports: the same every time, everything in them, no name on another, whatever the names are."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from explorer_graphs import made_graph
from running import Done
from toygraph import entity, toy

from kg.config import Config
from kg.errors import GraphError
from kg.explorer.figure import svg, write_figure
from kg.explorer.lettering import Box, Sheet, lines, width
from kg.explorer.marks import KINDS, colour
from kg.explorer.plan import HIGH, WIDE, Plan, plan
from kg.exports.select import Filter
from kg.graph import Graph
from kg.model import Correction, Modality, Tenure, Verdict
from kg.rdf.graph import resources

SVG = "{http://www.w3.org/2000/svg}"


def planned(graph: Graph) -> Plan:
    return plan(resources(graph, Config()), Config().base)


def titles(text: str) -> set[str | None]:
    """The names of what is drawn."""
    drawn = ElementTree.fromstring(text).iterfind(f".//{SVG}g/*/{SVG}title")
    return {title.text for title in drawn}


def test_the_figure_of_the_toy_graph(kg: Callable[..., Done], toy_graph: Path, tmp_path: Path) -> None:
    path = tmp_path / "figure.svg"
    assert kg("export", "--format", "svg", "-o", path, "--graph", toy_graph).status == 0
    text = path.read_text(encoding="utf-8")
    assert {"甘雨田", "云岭省民政厅"} <= titles(text)
    said = "".join(ElementTree.fromstring(text).itertext())
    assert "领导" in said  # a relation on its line
    assert "机构 Organization" in said
    assert f"{len(titles(text))} 个实体" in said


def test_the_same_graph_gives_the_same_bytes(toy_graph: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_figure(toy_graph, tmp_path / name, "svg")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_filters_choose_what_is_drawn(toy_graph: Path, tmp_path: Path) -> None:
    write_figure(toy_graph, tmp_path / "f.svg", "svg", Filter(around="甘雨田"))
    whole, part = tmp_path / "w.svg", tmp_path / "f.svg"
    write_figure(toy_graph, whole, "svg")
    assert "甘雨田" in titles(part.read_text(encoding="utf-8"))
    assert titles(part.read_text(encoding="utf-8")) < titles(whole.read_text(encoding="utf-8"))


def test_inferred_relations_are_dashed_and_explained(toy_graph: Path, tmp_path: Path) -> None:
    write_figure(toy_graph, tmp_path / "f.svg", "svg", infer=True)
    text = (tmp_path / "f.svg").read_text(encoding="utf-8")
    assert ("stroke-dasharray" in text) == ("推断所得" in text)


def test_what_does_not_hold_is_drawn_when_asked_for(kg: Callable[..., Done], toy_graph: Path, tmp_path: Path) -> None:
    for name, more in (("a", ()), ("b", ("--others",))):
        assert kg("export", "--format", "svg", "-o", tmp_path / name, "--graph", toy_graph, *more).status == 0
    plain, full = ((tmp_path / name).read_text(encoding="utf-8") for name in ("a", "b"))
    said = "".join(ElementTree.fromstring(full).itertext())
    assert titles(plain) == titles(full)
    assert "stroke-dasharray" not in plain
    assert full.count('stroke-dasharray="1.5 3"') >= 2  # a line, and the legend
    assert "计划：" in said or "曾：" in said
    assert "not holding" in said
    refused = kg("export", "--format", "nt", "-o", tmp_path / "c", "--graph", toy_graph, "--others")
    assert refused.status == 2
    assert "svg" in refused.err


def test_a_fact_found_wrong_is_not_drawn() -> None:
    graph = toy()
    loose = next(one for one in graph.assertions if one.modality is Modality.PLANNED or one.tenure is Tenure.FORMER)
    wrong = Correction(verdict=Verdict.WRONG, subject="甲", relation="乙", object="丙", by="丁", on="2024-01-01")
    marked = replace(
        graph,
        assertions=tuple(replace(one, corrections=(wrong,)) if one is loose else one for one in graph.assertions),
        corrections=(wrong,),
    )
    count = {
        name: plan(resources(one, Config()), Config().base, others=True).relations
        for name, one in (("as it was", graph), ("marked", marked))
    }
    assert count["marked"] == count["as it was"] - 1


@pytest.mark.parametrize("nodes", [60, 400, 3000])
def test_no_label_lies_on_another_or_leaves_the_sheet(nodes: int) -> None:
    found = planned(made_graph(nodes))
    assert found.width <= WIDE
    assert found.height <= HIGH + 20
    boxes = [one.box for one in found.labels]
    assert not [1 for a, b in combinations(boxes, 2) if a.meets(b)]
    assert all(box.within(Box(0, 0, found.width, found.height)) for box in boxes)
    assert all(spot.x - spot.radius >= 0 and spot.x + spot.radius <= found.width for spot in found.spots)
    named = sum(not one.soft for one in found.labels)
    assert named == len(found.spots) if nodes == 60 else named > 80


def test_the_most_connected_are_named_first() -> None:
    found = planned(made_graph(3000))
    named = {one.lines for one in found.labels}
    assert sum(lines(spot.name) in named for spot in found.spots[:20]) >= 16
    assert f"{len(found.spots)} entities" in svg(found)
    assert "named" in svg(found)


def test_names_are_text() -> None:
    odd = ["<script>x</script>", '"&<>', "a\u0000b", "\u202e反", "x" * 5000, "]]>", "\u2028", "😀" * 40]
    graph = Graph(entities=tuple(entity("organization", name or "空") for name in odd))
    found = ElementTree.fromstring(svg(planned(graph)).encode("utf-8", "strict"))
    assert {one.tag.removeprefix(SVG) for one in found.iter()} <= {
        "svg", "title", "rect", "g", "line", "path", "circle", "text", "tspan",
    }  # fmt: skip
    assert len(list(found.iterfind(f".//{SVG}g/{SVG}circle"))) == len(odd)


def test_an_empty_graph_has_no_figure() -> None:
    with pytest.raises(GraphError, match="nothing to draw"):
        svg(planned(Graph()))


def test_one_entity_alone() -> None:
    assert titles(svg(planned(Graph(entities=(entity("place", "清河县"),))))) == {"清河县"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("清河县", ("清河县",)),
        ("清河县石桥镇社会工作服务站", ("清河县石桥镇社", "会工作服务站")),
        ("长" * 40, ("长" * 10, "长" * 10, "长" * 9 + "…")),
        ("", ("",)),
        ("Rose House", ("Rose House",)),
    ],
)
def test_names_are_broken_into_lines(name: str, expected: tuple[str, ...]) -> None:
    assert lines(name) == expected


def test_widths_are_rather_too_large() -> None:
    assert width("清河", 10) == 20
    assert width("ABCi", 10) > width("abci", 10) > 20
    assert width("e\u0301", 10) == width("e", 10)


def test_a_sheet_gives_no_room_twice() -> None:
    sheet = Sheet(Box(0, 0, 100, 100))
    taken = [box for _ in range(40) if (box := sheet.beside(50, 50, 5, 30, 12))]
    assert 2 <= len(taken) < 40
    assert not [1 for a, b in combinations(taken, 2) if a.meets(b)]
    assert not sheet.free(Box(-1, 0, 5, 5))


def test_names_keep_clear_of_lines() -> None:
    sheet = Sheet(Box(0, 0, 100, 100), [(50, 50, 50, 100), (50, 50, 100, 50)])
    first = sheet.beside(50, 50, 5, 30, 12)
    assert first == Box(13, 44, 43, 56)  # neither below nor to the right
    assert Box(0, 0, 10, 10).touches((-5, 5, 15, 5))
    assert Box(0, 0, 10, 10).touches((5, 5, 6, 6))
    assert not Box(0, 0, 10, 10).touches((11, 0, 11, 10))
    assert not Box(0, 0, 10, 10).touches((-5, 8, 8, 21))


def test_few_lines_run_where_names_stand() -> None:
    found = planned(made_graph(60))
    lines = [(one.start.x, one.start.y, one.stop.x, one.stop.y) for one in found.ways]
    names = [one.box for one in found.labels if not one.soft]
    assert sum(any(box.touches(line) for line in lines) for box in names) < len(names) / 5


def test_every_kind_has_a_colour_and_those_of_users_a_quiet_one() -> None:
    assert len({colour(kind) for kind in KINDS}) == len(KINDS)
    assert colour("river").startswith("#")


def test_a_picture(kg: Callable[..., Done], toy_graph: Path, tmp_path: Path) -> None:
    path = tmp_path / "figure.png"
    assert kg("export", "--format", "png", "-o", path, "--graph", toy_graph).status == 0
    found = path.read_bytes()
    assert found[:8] == b"\x89PNG\r\n\x1a\n"
    drawn = tmp_path / "figure.svg"
    write_figure(toy_graph, drawn, "svg")
    wide = ElementTree.parse(drawn).getroot().attrib["width"]
    assert int.from_bytes(found[16:20]) == 2 * int(wide)


def test_a_picture_without_its_library(
    kg: Callable[..., Done], toy_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    found = kg("export", "--format", "png", "-o", tmp_path / "figure.png", "--graph", toy_graph)
    assert found.status == 2
    assert "govkg[figures]" in found.err
    assert not list(tmp_path.iterdir())


def test_a_picture_without_a_chinese_typeface() -> None:
    from kg.explorer.raster import check

    check()
    with pytest.raises(GraphError, match="typeface"):
        check(system=False)


def test_a_folder_is_no_place_for_a_figure(kg: Callable[..., Done], toy_graph: Path, tmp_path: Path) -> None:
    assert kg("export", "--format", "svg", "-o", tmp_path, "--graph", toy_graph).status == 2


def test_a_graph_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(GraphError):
        write_figure(tmp_path / "none", tmp_path / "f.svg", "svg")
