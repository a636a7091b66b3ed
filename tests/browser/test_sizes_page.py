"""The page around the graph, for the seeds and from a thousand nodes to fifty thousand: what is written, keys, fingers,
light, languages, addresses, what can be taken away."""

# ruff: noqa: E501 (scripts stand on a line of their own)

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph
import pytest
from conftest import Opened
from explorer_pages import Browser, hub
from selenium.webdriver.common.keys import Keys

from kg.config import BASE, ONTOLOGY

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
VIEW = "const {x, y, k} = kg.engine.view(); return [x, y, k]"


def overlaps(page: Browser) -> int:
    """Labels that lie on another label in the picture at rest."""
    page.rested()
    boxes = json.loads(page.js("return JSON.stringify(kg.engine.labels().map((one) => one.box))"))
    assert boxes
    boxes.sort(key=lambda one: one["left"])
    found = 0
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            if b["left"] >= a["right"]:
                break
            found += a["top"] < b["bottom"] and b["top"] < a["bottom"]
    return found


def test_labels_never_cover_each_other(here: Opened) -> None:
    page = here.page
    assert overlaps(page) == 0
    node = hub(page)
    for k in (0.15, 0.6, 1.5):
        page.js("kg.engine.show({ x: G.x[arguments[0]], y: G.y[arguments[0]], k: arguments[1] })", node, k)
        assert overlaps(page) == 0
        legible = "return Math.min(...kg.engine.labels().map((one) => one.size))"
        assert page.js(legible) >= 11
    page.js("kg.act.open(arguments[0])", node)
    assert overlaps(page) == 0
    page.js("kg.act.focus(arguments[0], 2)", node)
    assert overlaps(page) == 0


def test_larger_entities_are_named_first(here: Opened) -> None:
    page = here.page
    page.js("kg.engine.show({ x: G.x[G.bySize[0]], y: G.y[G.bySize[0]], k: 0.8 })")
    page.rested()
    named = page.js(
        """const v = kg.engine.view(), named = new Set(kg.engine.labels().map((one) => one.node));
        const seen = [...G.bySize].filter((i) => { const a = v.toScreen(G.x[i], G.y[i]); return a.x > 70 && a.y > 50 && a.x < v.width - 70 && a.y < v.height - 50; });
        return seen.map((i) => named.has(i))"""
    )
    assert named[0]
    assert sum(named[:10]) >= 8


def test_the_keyboard(here: Opened) -> None:
    page, told = here.page, here.told
    node = hub(page)
    before = page.js(VIEW)
    page.type(Keys.ARROW_RIGHT)
    assert page.js(VIEW)[0] > before[0]
    page.type("+")
    assert page.js(VIEW)[2] == pytest.approx(before[2] * 1.4)
    page.type("0")
    assert page.js(VIEW) == pytest.approx(before, abs=1)
    page.type("/" + told.names[node] + Keys.ENTER)
    assert page.text("#panel h2") == told.names[node]
    page.type("]")
    first = page.js("return kg.state.node")
    assert first in told.around[node]
    page.type("][")
    assert page.js("return kg.state.node") == first
    page.type("p")
    assert page.js("return kg.state.pinned.has(arguments[0])", first)
    page.type("2")
    assert page.shown() == set(told.near(first, 2, told.seen()[1]))
    page.type("b1")
    assert page.shown() == set(told.near(first, 1, told.seen()[1]))
    page.type("h")
    assert first not in page.shown()
    page.type("bb?")
    assert page.find("#keys").is_displayed()
    assert page.shown() == told.seen()[0]
    page.type(Keys.ESCAPE)
    assert page.js("return kg.state.node") == -1
    assert not page.find("#keys").is_displayed()


@contextmanager
def handheld(page: Browser) -> Iterator[None]:
    """Makes the window that of a phone, with a screen that feels fingers."""
    screen = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    page.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    page.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 2})
    try:
        page.until(lambda: page.js("return innerWidth") == 390)
        yield
    finally:
        page.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})
        page.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        page.until(lambda: page.js("return innerWidth") > 390)


def test_fingers_on_a_phone(here: Opened) -> None:
    page, node = here.page, hub(here.page)
    with handheld(page):
        assert page.js("return document.documentElement.scrollWidth <= innerWidth")
        page.js("kg.engine.show({ x: G.x[arguments[0]], y: G.y[arguments[0]] + 60, k: 1 })", node)
        page.rested()
        spot = page.at(node)
        page.touch("touchStart", spot)
        page.touch("touchEnd")
        page.until(lambda: page.js("return kg.state.node") == node)
        assert page.find("#panel").is_displayed()
        assert page.text("#panel h2") == here.told.names[node]
        page.click("#panel .close")
        assert not page.find("#panel").is_displayed()
        page.rested()
        x, y, k = page.js(VIEW)
        page.touch("touchStart", (150, 200), (230, 200))
        for step in range(1, 7):
            page.touch("touchMove", (150 - 10 * step, 200), (230 + 10 * step, 200))
        page.touch("touchEnd")
        page.until(lambda: page.js("return kg.engine.view().k") > k * 1.2)
        page.js("kg.engine.show({ x: arguments[0], y: arguments[1], k: 0.8 })", x, y)
        page.rested()
        left, top = page.js(
            """const v = kg.engine.view(), nodes = [...G.x.keys()].map((i) => v.toScreen(G.x[i], G.y[i])).filter((a) => a.x > -40 && a.y > -40 && a.x < v.width + 40 && a.y < v.height + 40);
            for (let top = 20; top < v.height - 20; top += 10) for (let left = 20; left < v.width - 120; left += 10) if (!nodes.some((a) => Math.hypot(a.x - left, a.y - top) < 25)) return [left, top];"""
        )
        page.touch("touchStart", (left, top))
        for step in range(1, 7):
            page.touch("touchMove", (left + 10 * step, top))
        page.touch("touchEnd")
        page.until(lambda: page.js("return kg.engine.view().x") < x - 20)
        page.click("#toggle-filters")
        assert page.find("#legend-kinds").is_displayed()
        page.click("#toggle-filters")
        assert overlaps(page) == 0


def test_light_and_dark(here: Opened) -> None:
    """The page and the drawing change together."""
    page = here.page
    paper = "return getComputedStyle(document.body).backgroundColor"
    corner = "const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true }); pen.drawImage(document.querySelector('#network canvas'), 2, 2, 1, 1, 0, 0, 1, 1); return [...pen.getImageData(0, 0, 1, 1).data]"
    seen = []
    for theme in ("light", "dark", "light"):
        assert page.js("return document.documentElement.dataset.theme") == theme
        page.rested()
        red, green, blue, solid = page.js(corner)
        seen.append(page.js(paper))
        assert not solid or seen[-1] == f"rgb({red}, {green}, {blue})"
        page.click("#theme")
    page.click("#theme")
    assert seen[0] == seen[2] != seen[1]


def test_chinese_and_english(here: Opened) -> None:
    page = here.page
    page.js("kg.act.open(arguments[0])", hub(page))
    page.click("#language")
    assert page.text("#legend-kinds h3").startswith("Entities")
    assert "Organization" in page.text('#legend-kinds [data-value="organization"]')
    assert "Rule" in page.text("#panel")
    assert f"of {here.size:,} entities" in page.text("#shown")
    page.click("#language")
    assert page.text("#legend-kinds h3").startswith("实体")
    assert "规则" in page.text("#panel")


def test_a_permalink(here: Opened) -> None:
    """The address of a state shows the same to whoever opens it."""
    page, node = here.page, int(here.page.js("return G.bySize[2]"))
    page.js(
        "kg.act.open(arguments[0]); kg.act.pin(arguments[0]); kg.act.hide(G.bySize[1]); kg.act.focus(arguments[0], 2)",
        node,
    )
    page.click('#legend-kinds [data-value="event"]')
    page.click('#legend-relations [data-value="leads"]')
    state = "return [kg.state.node, kg.state.focus, kg.state.steps, [...kg.state.kinds], [...kg.state.relations], [...kg.state.hidden], [...kg.state.pinned]]"
    before, drawn, address = page.js(state), (page.shown(), page.joined()), page.driver.current_url
    page.open(here.path, "#" + address.partition("#")[2])
    assert page.js(state) == before
    assert (page.shown(), page.joined()) == drawn


def taken(page: Browser, item: str, suffix: str) -> Path:
    """The file that a reader gets from the menu."""
    for old in page.downloads.iterdir():
        old.unlink()
    page.export(item)
    path = page.downloaded(suffix)
    page.until(lambda: path.stat().st_size)
    return path


@pytest.mark.parametrize("part", ["whole", "neighbours"])
def test_pictures_and_data_of_what_is_seen(here: Opened, part: str) -> None:
    page, told = here.page, here.told
    if part == "neighbours":
        page.js("kg.act.focus(G.bySize[0], 2)")
    page.rested()
    shown, drawn = page.shown(), page.joined()
    wide, high = page.js("const v = kg.engine.view(); return [v.width, v.height]")
    picture = taken(page, "#export-png", ".png").read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert [int.from_bytes(picture[at : at + 4]) for at in (16, 20)] == [2 * wide, 2 * high]
    drawing = ElementTree.parse(taken(page, "#export-svg", ".svg")).getroot()
    svg = "{http://www.w3.org/2000/svg}"
    assert sorted(one.text or "" for one in drawing.iterfind(f"*/{svg}title")) == sorted(
        told.names[one] for one in shown
    )
    assert len(list(drawing.iterfind(f"{svg}line"))) == len(drawn)
    assert list(drawing.iterfind(f"{svg}text"))
    found = list(pyoxigraph.parse(path=str(taken(page, "#export-turtle", ".ttl"))))
    labels = sorted(one.object.value for one in found if one.predicate.value == LABEL)
    assert labels == sorted(told.names[one] for one in shown)
    ends = {(one.subject.value, one.object.value) for one in found if one.predicate.value.startswith(ONTOLOGY)}
    assert len({tuple(sorted(pair)) for pair in ends if pair[1].startswith(BASE)}) == len(drawn)


def test_print_leaves_out_the_controls(here: Opened) -> None:
    page = here.page
    page.js("kg.act.open(arguments[0])", hub(page))
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        for one in ("#filters", "#tools", "#zoom", "#search"):
            assert not page.find(one).is_displayed()
        assert page.find("#network canvas").is_displayed()
        assert page.find("#panel .fact").is_displayed()
    finally:
        page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_the_view_moves_with_the_mouse(here: Opened) -> None:
    page = here.page
    before = page.js(VIEW)
    page.drag((14, 14), (80, 40))
    page.until(lambda: page.js(VIEW)[0] < before[0])
    for factor in (1.4, 1.96):
        page.click("#zoom-in")
        page.until(lambda factor=factor: page.js(VIEW)[2] == pytest.approx(before[2] * factor, rel=0.01))
    page.click("#fit")
    page.until(lambda: page.js(VIEW) == pytest.approx(before, abs=2))


def test_the_most_connected_lead_the_way(here: Opened) -> None:
    """From the list of hubs to a panel, from its facts to the next entity, and back."""
    page = here.page
    page.click("#panel .list li button")
    way = [page.js("return kg.state.node")]
    for _ in range(3):
        page.js("document.querySelector('#panel .fact .who button').click()")
        way.append(page.js("return kg.state.node"))
    assert all(b in here.told.around[a] for a, b in pairwise(way))
    for node in reversed(way[:-1]):
        page.click("#back")
        assert page.js("return kg.state.node") == node
