"""The server's pages in a real Chromium: the query editor works, and nothing is asked of any other server."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import toygraph
from explorer_pages import Browser, chromium
from serving import Served, serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = toygraph.build(toygraph.toy(), tmp_path_factory.mktemp("browser") / "graph")
    with serving(folder, "--workers", 2) as one:
        yield one


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    script = Path(__file__).parent / "find_browser.sh"
    binary = subprocess.run(["sh", str(script)], capture_output=True, text=True, check=True).stdout.strip()
    with chromium(binary, downloads=tmp_path_factory.mktemp("downloads")) as one:
        yield one


def visit(browser: Browser, server: Served, path: str) -> None:
    browser.driver.get("about:blank")
    browser.log(), browser.requests()
    browser.driver.get(f"{server.url}{path}")


def healthy(browser: Browser, server: Served) -> None:
    assert browser.log() == []
    assert [url for url in browser.requests() if not url.startswith(server.url)] == []


def rows(browser: Browser) -> list[str]:
    return list(browser.js("return [...document.querySelectorAll('.yasr tbody tr')].map((row) => row.innerText)"))


def test_an_example_is_asked_and_answered(browser: Browser, server: Served) -> None:
    visit(browser, server, "query?lang=zh")
    browser.until(lambda: browser.js("return document.documentElement.dataset.ready"))
    assert len(browser.all("#examples option")) > 5
    browser.js("const s = document.querySelector('#examples'); s.value = '0'; s.dispatchEvent(new Event('change'))")
    found = browser.until(lambda: rows(browser))
    assert any("甘雨田" in row and "厅长" in row and "云岭省民政厅" in row for row in found)
    healthy(browser, server)


def test_a_query_is_typed_and_a_mistake_explained(browser: Browser, server: Served) -> None:
    visit(browser, server, "query")
    browser.until(lambda: browser.js("return document.documentElement.dataset.ready"))
    browser.js("kgEditor.getTab().setQuery('SELECT ?x { ?x a kg:Official }'); kgEditor.getTab().query()")
    found = browser.until(lambda: rows(browser))
    assert len(found) == 2
    link = browser.js("return document.querySelector('.yasr a.iri').href")
    assert link.startswith("https://w3id.org/govkg/id/official/")
    browser.js("document.querySelector('.yasr a.iri').target = '_self'; document.querySelector('.yasr a.iri').click()")
    browser.until(lambda: browser.driver.current_url.startswith(f"{server.url}id/official/"))
    browser.until(lambda: browser.text("h1") in ("甘雨田", "钱可风"))
    visit(browser, server, "query")
    browser.until(lambda: browser.js("return document.documentElement.dataset.ready"))
    browser.js("kgEditor.getTab().setQuery('SELECT ?x { ?x a nope:Thing }'); kgEditor.getTab().query()")
    browser.until(lambda: "is not declared" in browser.js("return document.querySelector('.yasr').innerText"))


@pytest.mark.parametrize(
    "path",
    ["", "search?q=gyt", "id/official/甘雨田", "id/organization/云岭省民政厅", "documents", "downloads", "query"],
)
@pytest.mark.parametrize("width", [1280, 390])
def test_pages_fit_the_window_and_ask_nobody_else(browser: Browser, server: Served, path: str, width: int) -> None:
    browser.driver.set_window_size(width, 900)
    visit(browser, server, path)
    assert browser.js("return document.documentElement.scrollWidth <= Math.max(innerWidth, 500)")
    assert browser.js("return document.querySelectorAll('main h1').length") == 1
    healthy(browser, server)
    browser.driver.set_window_size(1280, 900)


def test_from_a_search_to_an_entity_to_its_neighbour_to_a_sentence(browser: Browser, server: Served) -> None:
    visit(browser, server, "?lang=zh")
    browser.find(".hero input").send_keys("gyt\n")
    browser.until(lambda: "search" in browser.driver.current_url)
    browser.click(".hits a")
    browser.until(lambda: browser.text("h1") == "甘雨田")
    browser.js("document.querySelector('.around a').dispatchEvent(new MouseEvent('click', {bubbles: true}))")
    browser.until(lambda: browser.text("h1") != "甘雨田")
    browser.driver.back()
    browser.until(lambda: browser.text("h1") == "甘雨田")
    browser.click(".fact .cite a")
    browser.until(lambda: "/id/document/" in browser.driver.current_url)
    assert browser.js("return document.querySelector(':target') !== null")
    healthy(browser, server)
