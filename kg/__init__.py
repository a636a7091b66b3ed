"""Reads Chinese public-administration text into a graph of facts, each with its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kg.explorer.show import Shown
    from kg.opened import OpenGraph

__version__ = "0.1.0"


def open(folder: str | Path) -> OpenGraph:
    """A built graph, for rdflib and networkx: see docs/python.md. Raises kg.errors.GraphError."""
    from kg.opened import open_graph

    return open_graph(folder)


def show(folder: str | Path, *, height: int = 640) -> Shown:
    """The page of a built graph, displayed by a notebook: see docs/python.md. Raises kg.errors.GraphError."""
    from kg.explorer.show import show

    return show(folder, height=height)
