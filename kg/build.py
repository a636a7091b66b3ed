"""The whole pipeline on one page: documents → text → mentions → claims → entities → store → exports."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from kg.config import Config
from kg.errors import GraphError, InputError
from kg.graph import Graph
from kg.ledger.inputs import Input, Inputs, below, read_inputs, stamps, untouched, write_inputs
from kg.ledger.intake import Failure, Progress, Taken, recall, restore, take_in
from kg.ledger.ledger import Ledger, open_ledger, remove_ledger
from kg.ledger.version import program_version, rules_version, version_with
from kg.model import Correction, Document
from kg.rdf.folder import claimed, discard, writing

if TYPE_CHECKING:
    from kg.rdf.terms import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build did."""

    files: int  # given, or for a forgetting: forgotten
    read: int  # of them, those that had to be read; the rest was known
    documents: int  # in the graph, as is what follows
    failures: tuple[Failure, ...]  # file, reason
    entities: Mapping[str, int]  # by kind
    facts: Mapping[str, int]  # by relation
    idle: tuple[Correction, ...]  # corrections that match nothing in the graph
    changed: bool  # False: the graph was as it should be already
    seconds: float


_SILENT: Progress = lambda done, of, file: None  # noqa: E731 - nobody looks


def build(
    paths: Sequence[Path], *, out: Path, config: Config, infer: bool = False, on_progress: Progress = _SILENT
) -> Report:
    """Make `out` hold the graph of exactly the documents of `paths`; what was read before is not read again.

    A file that cannot be read is reported and the rest goes on; the folder is
    replaced whole, at the end. Raises InputError on a missing path or when no file
    could be read, GraphError when the folder cannot be written.
    """
    started, said = time.perf_counter(), _given(config)
    files = _found(paths)
    with _writer(out, config) as ledger:
        taken = _taken(files, out, config, ledger, on_progress)
        if not taken.files:
            raise InputError("; ".join(reason for _, reason in taken.failures))
        return _renew(
            taken.files, taken, out=out, config=config, infer=infer, ledger=ledger, said=said, started=started
        )


def add(paths: Sequence[Path], *, out: Path, config: Config, on_progress: Progress = _SILENT) -> Report:
    """Put the documents of `paths` into the graph of `out`; a file that it holds already is read as it is now.

    The result is the graph that `build` would have made of all of them. Raises as `build`
    does, and GraphError when there is no graph or its files are not known.
    """
    started, said = time.perf_counter(), _given(config)
    files = _found(paths)
    with _writer(out, config, changing=True) as ledger:
        old = _standing(out)
        taken = _taken(files, out, config, ledger, on_progress)
        if not taken.files:
            raise InputError("; ".join(reason for _, reason in taken.failures))
        merged = {file.place: file for file in (*old.files, *taken.files)}.values()
        return _renew(
            merged, taken, out=out, config=config, infer=old.inferred, ledger=ledger, said=said, started=started
        )


def forget(paths: Sequence[Path], *, out: Path, config: Config) -> Report:
    """Take the documents of `paths` out of the graph of `out`, and all that nothing else supports.

    The files themselves are not touched, and may be gone. Raises InputError, before anything
    is done, on a path of which the graph holds nothing; otherwise as `add`.
    """
    started, said = time.perf_counter(), _given(config)
    with _writer(out, config, changing=True) as ledger:
        old = _standing(out)
        for path in paths:
            if not any(below(file.place, path, out) for file in old.files):
                raise InputError(f"{path}: the graph in {out} holds nothing from there; check the path")
        kept = [file for file in old.files if not any(below(file.place, path, out) for path in paths)]
        gone = Taken(files=tuple(file for file in old.files if file not in kept), failures=(), read=0)
        return _renew(kept, gone, out=out, config=config, infer=old.inferred, ledger=ledger, said=said, started=started)


def _given(config: Config) -> tuple[Correction, ...]:
    """What the user states of the graph; everything of the user's is checked before any work."""
    if config.extensions is None and config.corrections is None:
        return ()
    from kg.rdf.given import given

    return given(config)


def _idle(out: Path, said: tuple[Correction, ...]) -> tuple[Correction, ...]:
    if not said:
        return ()
    from kg.rdf.idle import idle

    return idle(out, said)


def _found(paths: Sequence[Path]) -> tuple[Path, ...]:
    from kg.read import find_files

    files = find_files(paths)
    if not files:
        raise InputError(f"{', '.join(map(str, paths))}: no text files; give files or a folder that holds some")
    return files


def _standing(out: Path) -> Inputs:
    found = read_inputs(out)
    if found is None:
        raise GraphError(f"{out}: nothing says which files this graph holds; build it again with: kg build PATH...")
    return found


@contextmanager
def _writer(out: Path, config: Config, *, changing: bool = False) -> Iterator[Ledger]:
    """The ledger of a graph's folder, held alone; a folder made for nothing is taken away again."""
    fresh = not changing and not out.exists()
    with claimed(out, new=not changing):
        try:
            with open_ledger(out, version_with(rules_version(), config.extensions)) as ledger:
                yield ledger
        except InputError:
            if fresh:
                remove_ledger(out)
                discard(out)
            raise


def _taken(files: Sequence[Path], out: Path, config: Config, ledger: Ledger, on_progress: Progress) -> Taken:
    return take_in(
        files, folder=out, ledger=ledger, jobs=config.jobs, on_progress=on_progress, extensions=config.extensions
    )


def _renew(
    files: Iterable[Input],
    taken: Taken,
    *,
    out: Path,
    config: Config,
    infer: bool,
    ledger: Ledger,
    said: tuple[Correction, ...],
    started: float,
) -> Report:
    """Make the outputs those of `files`, unless they are so already."""
    ordered = tuple(sorted(files, key=lambda file: file.place))
    program = version_with(program_version(), config.extensions, config.corrections)
    meant = Inputs(files=ordered, program=program, base=config.base, inferred=infer)
    old = read_inputs(out)
    same = old is not None and old.identity == meant.identity and untouched(out, old)
    read = taken.read
    if same:
        assert old is not None
        meant = old
    else:
        read += restore(ordered, folder=out, ledger=ledger, jobs=config.jobs, extensions=config.extensions)
        meant = write(_graph(ordered, ledger, said), meant, out=out, config=config)
    ledger.keep_only(file.content for file in ordered)
    return Report(
        files=len(taken.files) + len(taken.failures),
        read=read,
        documents=meant.documents,
        failures=taken.failures,
        entities=meant.entities,
        facts=meant.facts,
        idle=_idle(out, said),
        changed=not same,
        seconds=time.perf_counter() - started,
    )


def _graph(files: Iterable[Input], ledger: Ledger, said: tuple[Correction, ...]) -> Graph:
    from kg.resolve.across import merge
    from kg.resolve.corrections import corrected

    graph = merge(reading for file in files for reading in recall(file, ledger))
    return corrected(graph, said) if said else graph


def write(graph: Graph, inputs: Inputs, *, out: Path, config: Config) -> Inputs:
    """Write the store and the exports of a graph into `out`, all or nothing; gives `inputs` with what was written."""
    from kg.explorer.page import write_page
    from kg.exports.graphml import write_graphml
    from kg.exports.turtle import write_turtle
    from kg.rdf.folder import STORE
    from kg.rdf.graph import resources
    from kg.rdf.store import write_store
    from kg.resolve.corrections import as_stated

    with writing(out, claim=False) as folder:
        found = tuple(resources(graph, config))
        write_turtle(found, folder / "graph.ttl", base=config.base)
        write_store(folder / STORE, folder / "graph.ttl")
        if inputs.inferred:
            _infer(found, folder, config.base)
        write_graphml(found, folder / "graph.graphml")
        page, title = folder / "graph.html", _title(graph.documents)
        write_page(as_stated(graph), page, title=title, base=config.base, extensions=config.extensions)
        written = replace(
            inputs,
            documents=len(graph.documents),
            entities=Counter(entity.kind for entity in graph.entities),
            facts=Counter(fact.relation for fact in graph.assertions),
            outputs=stamps(folder),
        )
        write_inputs(folder, written)
    return written


def _infer(found: Iterable[Resource], folder: Path, base: str) -> None:
    """Write the Turtle file and the store again, with what follows from them."""
    from kg.exports.turtle import write_turtle
    from kg.rdf.folder import STORE
    from kg.rdf.infer import inferred, with_inferred
    from kg.rdf.store import Store, write_store

    more = inferred(Store(folder / STORE), base)
    write_turtle(with_inferred(found, more, base), folder / "graph.ttl", base=base)
    shutil.rmtree(folder / STORE)
    write_store(folder / STORE, folder / "graph.ttl")


def _title(documents: Sequence[Document]) -> str:
    """What the page is called: the article, or the first of several with their number."""
    if not documents:
        return "空图谱 Empty graph"
    first = documents[0].title or PurePosixPath(documents[0].source).stem
    return first if len(documents) == 1 else f"{first} 等 {len(documents)} 篇"
