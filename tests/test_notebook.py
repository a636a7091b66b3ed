"""The example notebook: it runs as it stands, says what it says in the file, and shows the page."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

import kg
from kg.errors import GraphError

ROOT = Path(__file__).parents[1]
FILE = ROOT / "docs/notebook.ipynb"
SMALL = 1_500_000  # bytes that a notebook may have


def execute(path: Path, folder: Path) -> Any:
    """The notebook as a kernel leaves it, run in a folder of its own."""
    book = nbformat.read(path, as_version=4)
    NotebookClient(book, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
    for cell in book.cells:
        cell.metadata.pop("execution", None)  # when it ran
    return book


def outputs(book: Any) -> list[list[tuple[str, str]]]:
    """What each cell of code says, by type; the page without what changes with every version of it."""
    return [[pair for one in cell.outputs for pair in _said(one)] for cell in book.cells if cell.cell_type == "code"]


def _said(output: Any) -> list[tuple[str, str]]:
    if output.output_type == "stream":
        return [(output.name, output.text)]
    return [
        (kind, "a page" if kind == "text/html" else text)
        for kind, text in sorted(output.data.items())
        if "PosixPath" not in text
    ]


@pytest.mark.slow
def test_the_notebook_says_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
    stored = nbformat.read(FILE, as_version=4)
    nbformat.validate(stored)
    assert all(cell.execution_count for cell in stored.cells if cell.cell_type == "code")
    told, now = outputs(stored), outputs(execute(FILE, tmp_path))
    assert [[kind for kind, _ in cell] for cell in now] == [[kind for kind, _ in cell] for cell in told]
    posts = "柳听荷 副局长 石家庄市民政局\n甘雨田 局长 石家庄市民政局\n骆知秋 会长 石家庄市慈善总会\n"
    assert [("stdout", posts)] in told  # counts may move with the rules, these may not
    assert [("stdout", posts)] in now


def test_the_notebook_is_small_and_tells_nothing_of_a_machine() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert len(text.encode()) < SMALL
    assert not re.search(r"/(home|root|Users|tmp|work)/", text)


def test_the_frame_holds_the_page_and_nothing_else(seed_graph: Path) -> None:
    shown = kg.show(seed_graph, height=500)
    frame = shown._repr_html_()
    held = re.fullmatch(r"<iframe ([^']*) srcdoc='([^']*)'></iframe>", frame, re.DOTALL)
    assert held
    assert 'height="500"' in held[1]
    assert "allow-same-origin" not in held[1]
    page = held[2].replace("&#39;", "'").replace("&amp;", "&")
    assert page == (seed_graph / "graph.html").read_text(encoding="utf-8")
    assert len(repr(shown)) < 300


def test_no_graph_no_page(tmp_path: Path, toy_graph: Path) -> None:
    with pytest.raises(GraphError):
        kg.show(tmp_path)
    with pytest.raises(GraphError, match="kg build"):
        kg.show(_without_its_page(toy_graph, tmp_path / "g"))


def _without_its_page(graph: Path, copy: Path) -> Path:
    import shutil

    shutil.copytree(graph, copy)
    (copy / "graph.html").unlink(missing_ok=True)
    return copy


if __name__ == "__main__":  # writes the notebook anew: python tests/test_notebook.py
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as scratch:
        nbformat.write(execute(FILE, Path(scratch)), FILE)
