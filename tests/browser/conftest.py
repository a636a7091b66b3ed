"""A real Chromium for the tests of the page, and the pages they look at."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from explorer_graphs import made_graph
from explorer_pages import Browser, chromium
from explorer_told import PageTold

from kg.explorer.page import write_page
from kg.graph import Graph

TITLE = "清河省社会工作图谱"
SIZES = ("seed", 1_000, 5_000, 20_000, 50_000)


@dataclass(frozen=True, slots=True)
class Opened:
    """A page that stands open for many tests, and what it ought to show."""

    page: Browser
    told: PageTold
    path: Path
    size: int  # entities


@pytest.fixture(scope="session")
def binary() -> str:
    """The browser; the script that finds it says what to install when there is none, and the tests fail."""
    script = Path(__file__).parents[1] / "find_browser.sh"
    found = subprocess.run(["sh", str(script)], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    return found.stdout.strip()


@pytest.fixture(scope="session")
def browser(binary: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(binary, downloads=tmp_path_factory.mktemp("downloads")) as one:
        yield one


@pytest.fixture(scope="session")
def made_page(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Writes the page of a made-up graph once: `made_page(60)`, `made_page(60, engine="canvas")`."""
    folder, done = tmp_path_factory.mktemp("pages"), {}

    def write(nodes: int, engine: str | None = None) -> Path:
        if (nodes, engine) not in done:
            path = done[nodes, engine] = folder / f"{nodes}-{engine}.html"
            write_page(made_graph(nodes), path, title=TITLE, engine=engine)
        return done[nodes, engine]

    return write


@pytest.fixture(params=["vis", "canvas"])
def page(request: pytest.FixtureRequest, browser: Browser, made_page: Callable[..., Path]) -> Iterator[Browser]:
    """The page of a graph of 60 nodes, by each engine; what it writes on the console fails the test."""
    browser.open(made_page(60, engine=request.param))
    yield browser
    assert browser.log() == []


@pytest.fixture
def page_of(tmp_path: Path) -> Callable[..., Path]:
    """Writes the page of the graph it is given."""

    def write(graph: Graph, *, title: str = TITLE, engine: str | None = None) -> Path:
        write_page(graph, tmp_path / "page.html", title=title, engine=engine)
        return tmp_path / "page.html"

    return write


@pytest.fixture(scope="session")
def calm_browser(binary: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser for the pages that stay open, apart from the other tests'."""
    downloads = tmp_path_factory.mktemp("calm")
    with chromium(binary, downloads=downloads, window=(1400, 900), calm=True) as one:
        yield one


@pytest.fixture(scope="session", params=SIZES, ids=str)
def opened(
    request: pytest.FixtureRequest, calm_browser: Browser, made_page: Callable[..., Path], seed_graph: Path
) -> Opened:
    """The page of the seeds, then of ever larger graphs; each is built, read and opened once."""
    path = seed_graph / "graph.html" if request.param == "seed" else made_page(request.param)
    calm_browser.open(path)
    told = PageTold(path)
    return Opened(page=calm_browser, told=told, path=path, size=len(told.names))


@pytest.fixture
def here(opened: Opened) -> Iterator[Opened]:
    """The open page as it was at first; what it writes on the console or asks for fails the test."""
    opened.page.js(
        "document.getElementById('query').value = ''; document.activeElement.blur();"
        "document.getElementById('filter-place').value = '-1'; kg.act.restore(''); kg.act.fit()"
    )
    yield opened
    assert opened.page.log() == []
    assert opened.page.requests() == []
