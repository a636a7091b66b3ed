"""The whole pipeline on one page: documents → text → mentions → claims → entities → store → exports."""
from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path

from kg.config import Config
from kg.errors import InputError
from kg.graph import Graph
from kg.model import Reading
from kg.pipeline import read_document
from kg.read import find_files, read_file
from kg.resolve.across import merge

FEW = 8  # files; below that starting processes costs more than it saves

Progress = Callable[[int, int, str], None]  # files done, files in all, the file just read


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build did."""

    files: int
    documents: int
    failures: tuple[tuple[Path, str], ...]  # file, reason
    entities: Mapping[str, int]  # by kind
    facts: Mapping[str, int]  # by relation
    seconds: float


def build(
    paths: Sequence[Path], *, out: Path, config: Config, on_progress: Progress = lambda done, of, file: None
) -> Report:
    """Read `paths`, and make `out` hold the graph of exactly these documents.

    A file that cannot be read is reported and the rest goes on; the folder is
    replaced whole, at the end. Raises InputError on a missing path or when no file
    could be read, GraphError when the folder cannot be written.
    """
    started = time.perf_counter()
    files = find_files(paths)
    readings: list[Reading] = []
    failures: list[tuple[Path, str]] = []
    for done, (file, result) in enumerate(_read_all(files, config.jobs), 1):
        if isinstance(result, str):
            failures.append((file, result))
        else:
            readings.extend(result)
        on_progress(done, len(files), file.name)
    if not readings:
        raise InputError("; ".join(reason for _, reason in failures) or "no text files in the given paths")
    graph = merge(readings)
    write(graph, out=out, config=config, title=_title(files))
    return Report(
        files=len(files),
        documents=len(graph.documents),
        failures=tuple(failures),
        entities=Counter(entity.kind for entity in graph.entities),
        facts=Counter(fact.relation for fact in graph.assertions),
        seconds=time.perf_counter() - started,
    )


def write(graph: Graph, *, out: Path, config: Config, title: str) -> None:
    """Write the store and the exports of a graph into `out`, all or nothing."""
    from kg.explorer.page import write_page
    from kg.exports.graphml import write_graphml
    from kg.exports.turtle import write_turtle
    from kg.rdf.folder import STORE, writing
    from kg.rdf.graph import resources
    from kg.rdf.store import write_store

    with writing(out) as folder:
        found = tuple(resources(graph, config))
        write_turtle(found, folder / "graph.ttl", base=config.base)
        write_store(folder / STORE, folder / "graph.ttl")
        write_graphml(found, folder / "graph.graphml")
        write_page(graph, folder / "graph.html", title=title)


def _read_all(files: Sequence[Path], jobs: int) -> Iterator[tuple[Path, tuple[Reading, ...] | str]]:
    """The readings of each file, or the reason why it has none; in the order of the files."""
    workers = min(jobs or cpu_count() or 1, len(files))
    if workers < 2 or len(files) < FEW:
        yield from zip(files, map(_read_one, files), strict=True)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from zip(files, pool.map(_read_one, files, chunksize=4), strict=True)


def _read_one(file: Path) -> tuple[Reading, ...] | str:
    try:
        return tuple(read_document(document) for document in read_file(file))
    except InputError as error:
        return str(error)


def _title(files: Sequence[Path]) -> str:
    return files[0].stem if len(files) == 1 else f"{len(files)} files"
