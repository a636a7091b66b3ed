"""What tests share: the seeds' graph, a small graph of values, the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from running import ARTICLE, SEEDS, Done
from toygraph import toy

from kg.cli import run


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Runs `kg` with some arguments, in this process."""

    def call(*arguments: object) -> Done:
        capsys.readouterr()
        status = run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Done(status=status, out=said.out, err=said.err)

    return call


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A short article in a file."""
    path = tmp_path / "推进会.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


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
