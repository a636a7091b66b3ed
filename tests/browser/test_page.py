"""The page around the drawing: keys, addresses, languages, light, what can be taken away, phones; on both engines."""

# ruff: noqa: E501 (scripts and payloads stand on a line of their own)

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from explorer_pages import Browser, chromium, hub
from rdflib import Graph as RdfGraph
from selenium.webdriver.common.keys import Keys

from kg.graph import Graph

pytestmark = pytest.mark.browser


def test_keys_move_zoom_walk_pin_and_go_back(page: Browser) -> None:
    view = "const {x, y, k} = kg.engine.view(); return [x, y, k]"
    before = page.js(view)
    page.js("document.getElementById('stage').focus()")
    page.type(Keys.ARROW_RIGHT)
    assert page.js(view)[0] > before[0]
    page.type("+")
    page.until(lambda: page.js(view)[2] > before[2] * 1.3)
    page.type("0")
    page.js("kg.act.open(arguments[0])", hub(page))
    page.type("]")
    first = page.js("return kg.state.node")
    assert first in page.js("return [...G.linksAt(arguments[0])].map((l) => G.across(l, arguments[0]))", hub(page))
    page.type("]")
    assert page.js("return kg.state.node") != first
    page.type("[")
    assert page.js("return kg.state.node") == first
    page.type("p")
    assert page.js("return kg.state.pinned.has(arguments[0])", first)
    page.type("1")
    assert page.js("return kg.state.focus") == first
    page.type("b")
    assert page.js("return kg.state.focus") == -1
    page.type("?")
    assert page.find("#keys").is_displayed()


def test_a_permalink_brings_the_state_back(page: Browser) -> None:
    page.js("kg.act.open(G.bySize[2]); kg.act.focus(G.bySize[2], 2); kg.act.pin(G.bySize[2])")
    page.click('#legend-kinds [data-value="event"]')
    page.click("#language")
    state = "return [kg.state.node, kg.state.focus, kg.state.steps, [...kg.state.kinds], [...kg.state.pinned.keys()], kg.state.lang, kg.shown.nodeCount]"
    before, address = page.js(state), page.driver.current_url
    page.driver.get("about:blank")
    page.driver.get(address)
    page.until(lambda: page.js("return document.documentElement.dataset.ready"))
    assert page.js(state) == before


def test_the_page_speaks_english_and_chinese(page: Browser) -> None:
    assert page.text("#legend-kinds h3").startswith("实体")
    page.click("#language")
    assert page.text("#legend-kinds h3").startswith("Entities")
    assert page.js("return document.documentElement.lang") == "en"
    assert "organi" in page.text('#legend-kinds [data-value="organization"]').lower()
    page.js("kg.act.open(G.bySize[0])")
    assert "Rule" in page.text("#panel .cite")


def test_light_and_dark(page: Browser) -> None:
    paper = "return getComputedStyle(document.body).backgroundColor"
    light = page.js(paper)
    page.click("#theme")
    assert page.js(paper) != light
    assert page.js("return document.documentElement.dataset.theme") == "dark"


def test_what_is_seen_can_be_taken_away(page: Browser) -> None:
    page.js("kg.act.focus(G.bySize[0], 1)")
    page.still()
    names = set(page.js("return [...kg.shown.nodes.keys()].filter((i) => kg.shown.nodes[i]).map((i) => G.name[i])"))
    for item, suffix in (("#export-png", ".png"), ("#export-svg", ".svg"), ("#export-turtle", ".ttl")):
        page.export(item)
        path = page.downloaded(suffix)
        if suffix == ".png":
            assert page.until(path.read_bytes)[:8] == b"\x89PNG\r\n\x1a\n"
        if suffix == ".svg":
            assert all(f"<title>{name}</title>" in path.read_text(encoding="utf-8") for name in names)
        if suffix == ".ttl":
            found = RdfGraph().parse(path)
            label = "http://www.w3.org/2004/02/skos/core#prefLabel"
            assert {str(o) for _, p, o in found if str(p) == label} == names
            assert any(str(p).startswith("https://w3id.org/govkg/ontology#") for _, p, _ in found)
        path.unlink()


def test_print_leaves_out_the_controls(page: Browser) -> None:
    page.js("kg.act.open(G.bySize[0])")
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not page.find("#filters").is_displayed()
        assert not page.find("#tools").is_displayed()
        assert page.find("#panel blockquote").is_displayed()
    finally:
        page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_empty_states(browser: Browser, page_of: Callable[..., Path], made_page: Callable[..., Path]) -> None:
    for engine in ("vis", "canvas"):
        browser.open(page_of(Graph(), engine=engine))
        assert browser.find("#empty").is_displayed()
        assert "还没有" in browser.text("#empty h2")
        browser.open(made_page(60, engine=engine))
        browser.js("document.querySelector('#legend-kinds h3 button:nth-of-type(2)').click()")
        assert browser.find("#empty").is_displayed()
        assert "没有符合" in browser.text("#empty h2")
        browser.js("document.getElementById('reset').click()")
        assert not browser.find("#empty").is_displayed()


@pytest.mark.parametrize("engine", ["vis", "canvas"])
def test_fingers_on_a_phone(binary: str, made_page: Callable[..., Path], tmp_path: Path, engine: str) -> None:
    with chromium(binary, downloads=tmp_path, phone=True) as phone:
        phone.open(made_page(60, engine=engine))
        assert phone.js("return document.documentElement.scrollWidth <= innerWidth")
        node = phone.js("return G.bySize[0]")
        phone.still()
        spot = phone.at(node)
        phone.touch("touchStart", spot)
        phone.touch("touchEnd")
        phone.until(lambda: phone.js("return kg.state.node") == node)
        assert phone.find("#panel").is_displayed()
        assert phone.find("#panel blockquote")
        phone.click("#panel .close")
        phone.click("#fit")
        phone.still()
        k = phone.js("return kg.engine.view().k")
        phone.touch("touchStart", (150, 300), (230, 300))
        for step in range(1, 7):
            phone.touch("touchMove", (150 - 10 * step, 300), (230 + 10 * step, 300))
        phone.touch("touchEnd")
        phone.until(lambda: phone.js("return kg.engine.view().k") > k * 1.2)
        phone.click("#toggle-filters")
        assert phone.find("#legend-kinds").is_displayed()
        assert json.dumps(phone.log()) == "[]"
