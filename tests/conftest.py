"""What tests share: the seeds' graph, a small graph of values, the command line, a browser."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from toygraph import toy

from kg.cli import run

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A command that has run."""

    status: int
    out: str
    err: str


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Runs `kg` with some arguments, in this process."""

    def call(*arguments: object) -> Done:
        capsys.readouterr()
        status = run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Done(status=status, out=said.out, err=said.err)

    return call


@pytest.fixture(scope="session")
def seed_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a graph built from the seeds."""
    from kg.build import build
    from kg.config import Config

    folder = tmp_path_factory.mktemp("seeds") / "graph"
    build([SEEDS], out=folder, config=Config())
    return folder


@pytest.fixture(scope="session")
def toy_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small graph that holds every kind and relation."""
    from kg.config import Config
    from kg.exports.turtle import write_turtle
    from kg.rdf.folder import STORE, writing
    from kg.rdf.graph import resources
    from kg.rdf.store import write_store

    folder, config = tmp_path_factory.mktemp("toy") / "graph", Config()
    with writing(folder) as new:
        write_turtle(resources(toy(), config), new / "graph.ttl", base=config.base)
        write_store(new / STORE, new / "graph.ttl")
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Chrome]:
    """A headless Chromium without a network; a missing one is a failure, never a skip."""
    from selenium.webdriver import Chrome, ChromeOptions, ChromeService

    options = ChromeOptions()
    options.binary_location = os.environ.get("KG_CHROMIUM") or _find_browser()
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1400,900"):
        options.add_argument(argument)
    options.add_argument("--proxy-server=127.0.0.1:9")  # nothing listens there: whatever leaves the page fails
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = shutil.which("chromedriver")
    with Chrome(options=options, service=ChromeService(driver) if driver else ChromeService()) as chrome:
        yield chrome


def _find_browser() -> str:
    done = subprocess.run(
        ["sh", str(ROOT / "tests/find_browser.sh")], capture_output=True, text=True, check=False, cwd=ROOT
    )
    if done.returncode:
        pytest.fail(done.stderr.strip())
    return done.stdout.strip()
