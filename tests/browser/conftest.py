"""A real Chromium for the tests of the page, and the pages they look at."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from explorer_graphs import made_graph
from explorer_pages import Browser, chromium

from kg.explorer.page import write_page
from kg.graph import Graph

TITLE = "清河省社会工作图谱"


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
