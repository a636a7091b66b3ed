"""The same page from a thousand nodes to fifty thousand: it opens, answers, and keeps moving."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from explorer_pages import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("nodes", [1_000, 5_000, 20_000, 50_000])
def test_a_large_graph_can_be_explored(browser: Browser, made_page: Callable[..., Path], nodes: int) -> None:
    browser.open(made_page(nodes))
    assert browser.js("return document.documentElement.dataset.engine") == ("vis" if nodes <= 2000 else "canvas")
    assert browser.js("return kg.shown.nodeCount") >= nodes
    assert overlaps(browser) == 0
    name = browser.js("return G.name[G.bySize[7]]")
    browser.find("#query").send_keys(name)
    assert browser.until(lambda: browser.all("#hits li"))[0].text.startswith(name)
    browser.js("document.getElementById('query').value = ''; kg.act.open(G.bySize[7])")
    assert browser.text("#panel h2") == name
    assert browser.text("#panel blockquote")
    browser.still()
    node = browser.js("return kg.state.node")
    spot = browser.at(node)
    browser.js("kg.act.clear()")
    browser.point(*spot)
    browser.until(lambda: browser.js("return kg.state.node") == node)
    browser.click('[data-act="near2"]')
    assert 3 < browser.js("return kg.shown.nodeCount") < nodes / 2
    browser.still()
    assert overlaps(browser) == 0
    browser.click("#whole")
    browser.click('#legend-kinds [data-value="official"]')
    assert browser.js("return kg.shown.nodeCount") < nodes
    browser.click("#reset")
    browser.js("kg.act.startPath(G.bySize[0]); kg.act.finishPath(G.across(G.linksAt(G.bySize[0])[0], G.bySize[0]))")
    assert browser.js("return kg.shown.path.length") == 2
    if nodes > 2000:
        group = browser.js("kg.act.whole(); return Number(document.querySelector('[data-group]').dataset.group)")
        browser.js("document.querySelector('[data-group]').click()")
        assert browser.js("return kg.shown.nodeCount") == browser.js("return G.hubs[arguments[0]].length", group)
    assert browser.log() == []
    assert browser.requests() == []


def overlaps(browser: Browser) -> int:
    """Labels that lie on another label in the picture at rest."""
    browser.still()
    boxes = json.loads(browser.js("return JSON.stringify(kg.engine.labels().map((one) => one.box))"))
    assert boxes
    return sum(
        a["left"] < b["right"] and b["left"] < a["right"] and a["top"] < b["bottom"] and b["top"] < a["bottom"]
        for i, a in enumerate(boxes)
        for b in boxes[:i]
    )
