"""No page ever asks the network for anything; and the check would notice one that did."""

# ruff: noqa: E501 (scripts and payloads stand on a line of their own)

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from explorer_pages import Browser

pytestmark = pytest.mark.browser
AWAY = "http://leak.invalid/x"
LEAKS = {
    "image": f'<img src="{AWAY}">',
    "script": f'<script src="{AWAY}"></script>',
    "style": f'<link rel="stylesheet" href="{AWAY}">',
    "import": f'<style>@import "{AWAY}";</style>',
    "background": f'<style>body {{ background: url("{AWAY}"); }}</style>',
    "font": f'<style>@font-face {{ font-family: q; src: url("{AWAY}"); }} body {{ font-family: q; }}</style>a',
    "frame": f'<iframe src="{AWAY}"></iframe>',
    "fetch": f'<script>fetch("{AWAY}").catch(() => 0)</script>',
    "beacon": f'<script>navigator.sendBeacon("{AWAY}")</script>',
    "socket": '<script>new WebSocket("ws://leak.invalid/x")</script>',
    "prefetch": f'<link rel="prefetch" href="{AWAY}">',
    "icon in script": f'<script>new Image().src = "{AWAY}"</script>',
    "file beside": '<img src="beside.png">',
}


@pytest.mark.parametrize("name", LEAKS)
def test_the_check_notices_a_page_that_asks(browser: Browser, tmp_path: Path, name: str) -> None:
    page = tmp_path / "leak.html"
    page.write_text(f"<!DOCTYPE html><title>x</title><body>{LEAKS[name]}", encoding="utf-8")
    browser.open(page, ready=False)
    asked: list[str] = []
    browser.until(lambda: asked.extend(browser.requests()) or asked)
    assert any("leak.invalid" in url or "beside" in url for url in asked)


@pytest.mark.parametrize("engine", ["vis", "canvas"])
def test_no_request_leaves_the_page_whatever_one_does(
    browser: Browser, made_page: Callable[..., Path], engine: str
) -> None:
    browser.open(made_page(60, engine=engine))
    browser.js("kg.act.open(G.bySize[0]); kg.act.focus(G.bySize[0], 2); kg.act.pin(G.bySize[0]); kg.act.whole()")
    browser.find("#query").send_keys("qp")
    for item in ("#export-png", "#export-svg", "#export-turtle"):
        browser.export(item)
    browser.click("#theme")
    browser.click("#language")
    time.sleep(0.6)
    assert browser.requests() == []
    assert browser.log() == []


@pytest.mark.parametrize("engine", ["vis", "canvas"])
def test_the_policy_stops_what_slips_in(
    browser: Browser, made_page: Callable[..., Path], tmp_path: Path, engine: str
) -> None:
    """Were a name ever taken for markup, its script would still not run, nor its image be fetched."""
    text = made_page(60, engine=engine).read_text(encoding="utf-8")
    slipped = f'<body><script>window.ran = 1</script><img src="{AWAY}" onerror="window.ran = 1"><style>h1 {{ color: red }}</style>'
    page = tmp_path / "slipped.html"
    page.write_text(text.replace("<body>", slipped, 1), encoding="utf-8")
    browser.open(page)
    assert browser.js("return window.ran") is None
    assert browser.js("return getComputedStyle(document.querySelector('h1')).color") != "rgb(255, 0, 0)"
    assert len([line for line in browser.log() if "Content Security Policy" in line]) >= 3
