"""Drives a page in Chromium: opens it, asks it, points at it, and watches what it asks of the network."""

# ruff: noqa: E501 (scripts stand on a line of their own)

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--disable-background-networking",
    "--enable-precise-memory-info",
)


class Browser:
    """A Chromium with what the tests need of it."""

    def __init__(self, driver: webdriver.Chrome, downloads: Path) -> None:
        self.driver = driver
        self.downloads = downloads

    def open(self, path: Path, hash: str = "", *, ready: bool = True) -> None:
        """Opens a page anew and waits until it can be used."""
        self.driver.get("about:blank")
        self.log()
        self.requests()
        self.driver.get(f"{path.as_uri()}{hash}")
        if ready:
            self.until(lambda: self.js("return document.documentElement.dataset.ready"))

    def js(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(f"const kg = window.kgExplorer, G = kg?.graph; {script}", *arguments)

    def exact(self, expression: str) -> Any:
        """The value of an expression, with lone surrogates kept, which the driver cannot carry."""
        return json.loads(self.js(f"return JSON.stringify({expression})"))

    def until(self, true: Callable[[], Any], seconds: float = 10) -> Any:
        """What `true` gives as soon as it is truthy; fails after so many seconds."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := true():
                return found
            time.sleep(0.03)
        raise AssertionError(f"did not happen within {seconds} s")

    def still(self) -> None:
        """Waits until the view has come to rest."""
        view, seen = "const {x, y, k} = kg.engine.view(); return [x, y, k]", None
        while (now := self.js(view)) != seen:
            seen = now
            time.sleep(0.15)

    def rested(self) -> None:
        """Waits until what is drawn, with its labels, is what the view shows."""
        self.still()
        self.until(
            lambda: self.js(
                "const v = kg.engine.view(), l = kg.engine.labels().view ?? v; return l.x === v.x && l.y === v.y && l.k === v.k"
            )
        )

    def find(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector: str) -> str:
        return str(self.js("return document.querySelector(arguments[0]).textContent", selector))

    def click(self, selector: str) -> None:
        self.find(selector).click()

    def export(self, item: str) -> None:
        """Chooses from the menu of exports, as one who waits to see it open, and close again."""
        self.click("#export")
        self.until(self.find(item).is_displayed)
        self.click(item)
        self.until(lambda: not self.find(item).is_displayed())

    def type(self, text: str) -> None:
        ActionChains(self.driver).send_keys(text).perform()

    def point(self, x: float, y: float, *, double: bool = False) -> None:
        """Clicks at a point of the drawing."""
        stage = self.find("#network")
        chain = ActionChains(self.driver, duration=20).move_to_element_with_offset(
            stage, round(x - stage.size["width"] / 2), round(y - stage.size["height"] / 2)
        )
        (chain.double_click() if double else chain.click()).perform()

    def drag(self, start: tuple[float, float], by: tuple[float, float]) -> None:
        stage = self.find("#network")
        left, top = round(start[0] - stage.size["width"] / 2), round(start[1] - stage.size["height"] / 2)
        chain = ActionChains(self.driver, duration=60).move_to_element_with_offset(stage, left, top).click_and_hold()
        for _ in range(4):
            chain.move_by_offset(round(by[0] / 4), round(by[1] / 4))
        chain.release().perform()

    def touch(self, kind: str, *points: tuple[float, float]) -> None:
        """Fingers at points of the drawing: "touchStart", "touchMove" or "touchEnd"."""
        left, top = self.js(
            "const b = document.getElementById('network').getBoundingClientRect(); return [b.left, b.top]"
        )
        spots = [{"x": x + left, "y": y + top, "id": i} for i, (x, y) in enumerate(points)]
        self.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": spots})

    def at(self, node: int) -> tuple[float, float]:
        """Where a node is drawn, in pixels of the drawing."""
        spot = self.js("const v = kg.engine.view(); return v.toScreen(G.x[arguments[0]], G.y[arguments[0]])", node)
        return spot["x"], spot["y"]

    def spot_on(self, link: int) -> tuple[float, float]:
        """A point of the drawing at which a link is seen, with no name, entity or other link near."""
        spot = self.js(
            """const v = kg.engine.view(), boxes = kg.engine.labels().map((one) => one.box), own = arguments[0], parts = [...Array(37).keys()].map((i) => 0.5 + (i % 2 ? -1 : 1) * Math.ceil(i / 2) * 0.02);
            const at = (i) => v.toScreen(G.x[i], G.y[i]), ends = (l) => [at(G.linkFrom[l]), at(G.linkTo[l])], [a, b] = ends(own);
            const apart = ([p, q], s) => { const dx = q.x - p.x, dy = q.y - p.y, part = Math.min(1, Math.max(0, ((s.x - p.x) * dx + (s.y - p.y) * dy) / (dx * dx + dy * dy || 1))); return Math.hypot(p.x + part * dx - s.x, p.y + part * dy - s.y); };
            const nodes = [...G.x.keys()].map((i) => ({ ...at(i), far: G.r[i] * Math.sqrt(v.k) * 1.4 + 8 })), others = [...kg.shown.links.keys()].filter((l) => kg.shown.links[l] && l !== own).map(ends);
            return parts.map((part) => ({ x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part })).find((s) => s.x > 5 && s.y > 5 && s.x < v.width - 5 && s.y < v.height - 35 && (s.x < v.width - 60 || s.y < v.height - 140)
              && !boxes.some((o) => o.left - 4 < s.x && s.x < o.right + 4 && o.top - 4 < s.y && s.y < o.bottom + 4)
              && !nodes.some((n) => Math.hypot(n.x - s.x, n.y - s.y) < n.far) && !others.some((o) => apart(o, s) < 8))""",
            link,
        )
        assert spot, "the link is nowhere to be seen"
        return spot["x"], spot["y"]

    def node(self, name: str) -> int:
        return int(self.js("return G.name.indexOf(arguments[0])", name))

    def shown(self) -> set[int]:
        """The nodes that are shown."""
        return {node for node, sign in enumerate(self.js("return kg.shown.nodes.join('')")) if sign == "1"}

    def joined(self) -> set[tuple[int, int]]:
        """The links that are shown: two nodes each, the lower first."""
        ends = self.js(
            "return [...kg.shown.links.keys()].filter((l) => kg.shown.links[l]).flatMap((l) => [G.linkFrom[l], G.linkTo[l]])"
        )
        return {(min(pair), max(pair)) for pair in zip(ends[::2], ends[1::2], strict=True)}

    def log(self) -> list[str]:
        """Errors and warnings since the last look."""
        return [str(entry["message"]) for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """Every address asked for since the last look, but for the page itself and what it made itself."""
        asked = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            params = message["params"]
            if message["method"] == "Network.requestWillBeSent":
                url, document = params["request"]["url"], params["type"] == "Document"
                page = document and url.startswith("file:") and url.split("#")[0].endswith(".html")
                if not page and not url.startswith(("data:", "blob:", "about:")):
                    asked.append(url)
            elif message["method"] == "Network.webSocketCreated":
                asked.append(params["url"])
        return asked

    def downloaded(self, suffix: str) -> Path:
        """The file the page has handed over."""
        found = self.until(lambda: sorted(self.downloads.glob(f"*{suffix}")))
        return Path(found[-1])


@contextmanager
def chromium(
    binary: str, *, downloads: Path, window: tuple[int, int] = (1280, 800), phone: bool = False, calm: bool = False
) -> Iterator[Browser]:
    """A headless browser that keeps a log of errors and of requests; `calm` asks pages not to move by themselves."""
    options = Options()
    options.binary_location = binary
    for flag in (
        *FLAGS,
        f"--window-size={window[0]},{window[1]}",
        *(["--force-prefers-reduced-motion"] if calm else []),
    ):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    if phone:
        metrics = {"width": 390, "height": 844, "pixelRatio": 2, "touch": True, "mobile": True}
        options.add_experimental_option("mobileEmulation", {"deviceMetrics": metrics})
    driver = webdriver.Chrome(options=options, service=Service(_driver()))
    driver.set_script_timeout(60)
    try:
        yield Browser(driver, downloads)
    finally:
        driver.quit()


def _driver() -> str | None:
    """Debian's driver, which fits its Chromium; elsewhere Selenium looks for one itself."""
    found = Path("/usr/bin/chromedriver")
    return str(found) if found.exists() else None


def hub(page: Browser) -> int:
    """The node with the most links."""
    return int(page.js("return G.bySize[0]"))


def longest_link(page: Browser) -> int:
    """Of the links that are shown; brings its middle before the reader's eyes."""
    found = page.js(
        "const far = (l) => Math.hypot(G.x[G.linkFrom[l]] - G.x[G.linkTo[l]], G.y[G.linkFrom[l]] - G.y[G.linkTo[l]]);"
        "const one = [...kg.shown.links.keys()].filter((l) => kg.shown.links[l]).sort((a, b) => far(b) - far(a))[0], a = G.linkFrom[one], b = G.linkTo[one];"
        "kg.engine.show({ x: (G.x[a] + G.x[b]) / 2, y: (G.y[a] + G.y[b]) / 2, k: 1.2 }); return one"
    )
    page.rested()
    return int(found)


def pin_and_let_go(page: Browser, node: int) -> None:
    """Drags a node, which stays where it is put, and frees it again from its panel."""
    x, y = page.at(node)
    page.drag((x, y), (60, 40))
    page.until(lambda: page.js("return kg.state.pinned.has(arguments[0])", node))
    moved = page.at(node)
    assert (abs(moved[0] - x - 60) < 12, abs(moved[1] - y - 40) < 12) == (True, True)
    page.js("kg.act.open(arguments[0])", node)
    page.click('[data-act="pin"]')
    assert not page.js("return kg.state.pinned.has(arguments[0])", node)
