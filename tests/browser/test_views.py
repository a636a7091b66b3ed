"""What is seen at first: everything, on every screen; and the page in a notebook's frame."""

# ruff: noqa: E501 (scripts stand on a line of their own)

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from explorer_graphs import made_graph
from explorer_pages import Browser, chromium

import kg
from kg.explorer.figure import svg
from kg.explorer.marks import KINDS, colour, mark
from kg.explorer.plan import plan

pytestmark = pytest.mark.browser
OUTSIDE = """const v = kg.engine.view(), out = [];
for (let i = 0; i < G.count; i++) { const a = v.toScreen(G.x[i], G.y[i]), r = 3; if (a.x < r || a.y < r || a.x > v.width - r || a.y > v.height - r) out.push(G.name[i]); }
return out"""
CROSSED = """const v = kg.engine.view(), at = (i) => v.toScreen(G.x[i], G.y[i]);
const inside = (p, b) => p.x > b.left + 2 && p.x < b.right - 2 && p.y > b.top + 2 && p.y < b.bottom - 2;
return kg.engine.labels().filter(({ node, box }) => node >= 0 && [...kg.shown.links.keys()].some((l) => { if (!kg.shown.links[l]) return false;
  const a = at(G.linkFrom[l]), b = at(G.linkTo[l]); return [...Array(200).keys()].some((i) => inside({ x: a.x + (b.x - a.x) * i / 200, y: a.y + (b.y - a.y) * i / 200 }, box)); })).length"""
EDGE = "const v = kg.engine.view(); return kg.engine.labels().filter(({ box }) => box.right > 0 && box.bottom > 0 && box.left < v.width && box.top < v.height && (box.left < 0 || box.top < 0 || box.right > v.width || box.bottom > v.height)).length"
CUT = "const v = kg.engine.view(); return kg.engine.labels().filter(({ box }) => box.left < 0 || box.top < 0 || box.right > v.width || box.bottom > v.height).length"


@pytest.fixture(scope="module")
def desk(binary: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(binary, downloads=tmp_path_factory.mktemp("desk"), window=(1400, 900)) as one:
        yield one


@pytest.fixture(scope="module")
def phone(binary: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(binary, downloads=tmp_path_factory.mktemp("phone"), phone=True) as one:
        yield one


def test_the_seed_is_seen_whole(desk: Browser, phone: Browser, seed_graph: Path) -> None:
    for browser in (desk, phone):
        browser.open(seed_graph / "graph.html")
        browser.still()
        assert browser.js(OUTSIDE) == []
        assert browser.js(CUT) == 0
        assert browser.log() == []
    stage, panels = (desk.find(one).rect for one in ("#network", "#panel"))
    assert stage["x"] >= desk.find("#filters").rect["width"]
    assert stage["x"] + stage["width"] <= panels["x"]


def test_every_entity_of_the_seed_is_named_and_lines_keep_clear_of_names(
    desk: Browser, phone: Browser, seed_graph: Path
) -> None:
    for browser, unnamed, crossed in ((desk, 0, 4), (phone, 2, 10)):  # a phone is narrow
        browser.open(seed_graph / "graph.html")
        browser.rested()
        named = browser.js("return new Set(kg.engine.labels().map((one) => one.node).filter((one) => one >= 0)).size")
        assert named >= browser.js("return G.count") - unnamed
        assert browser.js(CROSSED) <= crossed


def test_lines_of_a_small_graph_say_what_they_mean(desk: Browser, seed_graph: Path) -> None:
    desk.open(seed_graph / "graph.html")
    desk.rested()
    said = desk.js(
        "return kg.engine.labels().filter((one) => one.link >= 0).map((one) => [one.link, one.lines[0], one.box])"
    )
    assert len(said) > 10
    words = desk.js("return JSON.parse(document.getElementById('data-words').textContent).terms")
    for link, text, _ in said:
        relations = desk.js("return [...G.factsOf(arguments[0])].map((f) => G.relations[G.facts.r[f]])", link)
        assert text.split(" · ") == list(dict.fromkeys(words[one]["zh"] for one in relations))
    link, _, box = said[0]
    desk.point((box["left"] + box["right"]) / 2, (box["top"] + box["bottom"]) / 2)
    desk.until(lambda: desk.js("return kg.state.link") == link)


@pytest.mark.parametrize("nodes", [5_000, 20_000])
def test_from_afar_no_name_is_cut_or_said_twice(
    desk: Browser, phone: Browser, made_page: Callable[..., Path], nodes: int
) -> None:
    for browser in (desk, phone):
        browser.open(made_page(nodes))
        browser.rested()
        assert browser.js(EDGE) == 0
        hubs, named = browser.js(
            "const l = kg.engine.labels(); return [l.filter((one) => one.group !== undefined).map((one) => one.hub), l.map((one) => one.node)]"
        )
        assert hubs
        assert not set(hubs) & set(named)


@pytest.mark.parametrize(("nodes", "engine"), [(60, "vis"), (60, "canvas"), (1000, "vis"), (5000, "canvas")])
def test_everything_is_seen_at_first(desk: Browser, made_page: Callable[..., Path], nodes: int, engine: str) -> None:
    desk.open(made_page(nodes, engine=engine))
    desk.still()
    assert desk.js(OUTSIDE) == []


@pytest.mark.parametrize("engine", ["vis", "canvas"])
def test_an_untouched_view_follows_the_window(desk: Browser, made_page: Callable[..., Path], engine: str) -> None:
    desk.open(made_page(60, engine=engine))
    desk.still()
    try:
        desk.driver.set_window_size(1000, 640)
        desk.until(lambda: desk.js("return innerWidth") <= 1000)
        desk.until(lambda: desk.js(OUTSIDE) == [])
        desk.js("kg.engine.show({ x: 0, y: 0, k: 2 })")
        desk.still()
        desk.driver.set_window_size(1400, 900)
        desk.until(lambda: desk.js("return innerWidth") > 1000)
        desk.still()
        assert desk.js("return kg.engine.view().k") == pytest.approx(2)
    finally:
        desk.driver.set_window_size(1400, 900)


@pytest.mark.parametrize("engine", ["vis", "canvas"])
def test_a_wide_graph_stands_upright_on_a_phone(
    desk: Browser, phone: Browser, made_page: Callable[..., Path], engine: str
) -> None:
    page, places = (
        made_page(60, engine=engine),
        "return [[...G.x].map((one) => Math.round(one / G.stretch.x)), [...G.y].map((one) => Math.round(one / G.stretch.y))]",
    )
    desk.open(page)
    (xs, ys), wide = desk.js(places), "return kg.graph.turned"
    assert not desk.js(wide)
    desk.js("kg.act.pin(3)")
    address = desk.driver.current_url
    phone.open(page, "#" + address.partition("#")[2])
    assert phone.js(wide) == (max(xs) - min(xs) > 1.2 * (max(ys) - min(ys)))
    assert phone.js(places) == ([ys, xs] if phone.js(wide) else [xs, ys])
    assert phone.js("return kg.state.pinned.has(3)")
    assert phone.driver.current_url == address  # the same address says the same on either


def test_a_graph_fills_the_screen_that_it_is_first_seen_on(
    desk: Browser, phone: Browser, made_page: Callable[..., Path]
) -> None:
    """Wider on a wide screen, higher on a high one, by less than half."""
    for browser in (desk, phone):
        browser.open(made_page(1000))
        stretch, room, box = browser.js(
            "const at = (of) => [Math.min(...of), Math.max(...of)], v = kg.engine.view(), x = at(G.x), y = at(G.y);"
            "return [[G.stretch.x, G.stretch.y], [v.width, v.height], [(x[1] - x[0]) * v.k, (y[1] - y[0]) * v.k]]"
        )
        assert min(stretch) == 1
        assert 1 < max(stretch) <= 1.45
        assert (stretch[0] > 1) == (browser is desk)
        assert all(part > 0.5 * whole for part, whole in zip(box, room, strict=True))


def test_every_place_can_be_chosen(desk: Browser, made_page: Callable[..., Path]) -> None:
    desk.open(made_page(20_000))
    places = desk.js("return G.kind.filter((one) => G.kinds[one] === 'place').length")
    assert places > 1000
    desk.js("document.getElementById('filter-place').focus()")
    assert (
        len(desk.js("return [...document.getElementById('filter-place').options].map((one) => one.value)"))
        == places + 1
    )
    rare = desk.js("return [...G.bySize].filter((one) => G.kinds[G.kind[one]] === 'place').at(-1)")
    desk.js(
        "const s = document.getElementById('filter-place'); s.value = arguments[0]; s.dispatchEvent(new Event('change'))",
        str(rare),
    )
    assert desk.js("return kg.state.place") == rare
    assert desk.js("return document.getElementById('filter-place').value") == str(rare)


def test_the_page_lives_in_a_notebooks_frame(desk: Browser, seed_graph: Path, tmp_path: Path) -> None:
    book = tmp_path / "notebook.html"
    book.write_text(f"<!DOCTYPE html><title>x</title>{kg.show(seed_graph)._repr_html_()}", encoding="utf-8")
    desk.open(book, ready=False)
    desk.driver.switch_to.frame(desk.find("iframe"))
    try:
        desk.until(lambda: desk.js("return document.documentElement.dataset.ready"))
        desk.js("kg.act.open(G.bySize[0])")
        assert desk.text("#panel h2") == desk.js("return G.name[G.bySize[0]]")
        assert not desk.all('[data-act="copy"]')  # it has no address to copy
        assert desk.js("try { return parent.document.title } catch (error) { return error.name }") == "SecurityError"
    finally:
        desk.driver.switch_to.default_content()
    assert desk.requests() == []
    assert desk.log() == []


def test_the_browser_agrees_with_the_figure(desk: Browser, tmp_path: Path) -> None:
    """No text of a figure lies on another where a browser sets it; marks are those of the page."""
    from kg.config import Config
    from kg.rdf.graph import resources

    page = tmp_path / "figure.html"
    page.write_text(
        f"<!DOCTYPE html><meta charset=utf-8><title>x</title>{svg(plan(resources(made_graph(60), Config()), Config().base))}",
        encoding="utf-8",
    )
    desk.open(page, ready=False)
    boxes = desk.driver.execute_script(
        "return [...document.querySelectorAll('text')].map((one) => { const b = one.getBBox(); return [b.x, b.y + 1, b.x + b.width, b.y + b.height - 1]; })"
    )
    assert len(boxes) > 60
    assert not [
        1 for i, a in enumerate(boxes) for b in boxes[:i] if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


def test_marks_are_those_of_the_page(desk: Browser, made_page: Callable[..., Path]) -> None:
    desk.open(made_page(60))
    desk.js("document.getElementById('export').click()")
    for one in desk.downloads.glob("*.svg"):
        one.unlink()
    desk.click("#export-svg")
    drawn = desk.until(lambda: desk.downloaded(".svg").read_text(encoding="utf-8"))
    for number, kind in enumerate(KINDS):
        assert colour(kind) in drawn
        assert mark(number, 0, 0, 5)[1:5] in ("circ", "path")
    corners = {number: mark(number, 0, 0, 5).count("L") for number in range(1, 6)}
    assert corners == {1: 3, 2: 2, 3: 5, 4: 3, 5: 9}
    for count in corners.values():
        assert any(line.split("Z")[0].count("L") == count for line in drawn.splitlines() if line.startswith("<path"))
