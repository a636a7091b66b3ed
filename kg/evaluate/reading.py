"""From one text file to what of its graph counts: the pipeline of `kg build`, in memory."""

from __future__ import annotations

from pathlib import Path

from kg.config import Config
from kg.evaluate.built import read_triples
from kg.evaluate.measure import Reader
from kg.evaluate.scoring import Built
from kg.graph import Graph
from kg.pipeline import read_document
from kg.rdf.graph import triples
from kg.read import read_file
from kg.resolve.across import merge


def read_graph(path: Path, config: Config) -> Graph:
    """The graph of one file by itself, as the rules read it: without corrections.

    Raises InputError where the file cannot be read.
    """
    return merge(read_document(document, config.extensions) for document in read_file(path))


def reader(config: Config) -> Reader:
    """A function that reads one file. It raises InputError where the file cannot be read."""

    def read(path: Path) -> Built:
        return read_triples(triples(read_graph(path, config), config))

    return read
