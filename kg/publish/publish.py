"""Brings a built graph to a server: in batches, so that what was interrupted goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kg.errors import GraphError
from kg.exports.files import write_text
from kg.exports.ntriples import ntriples
from kg.exports.source import Source, source
from kg.publish.client import Server

STATE = ".publish.json"
BATCH = 5_000  # triples

Progress = Callable[[int, int], None]  # triples sent, triples in all


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a publishing did."""

    triples: int  # that the server now holds
    sent: int  # of them, those sent now


def publish(
    folder: Path, server: Server, *, batch: int = BATCH, on_progress: Progress = lambda sent, of: None
) -> Published:
    """Make a graph of the server hold exactly the graph in `folder`.

    A graph that was published in part, unchanged since, is completed; otherwise the server's
    graph is cleared first. At the end the server is asked how many triples it holds. Raises
    GraphError when there is no graph, the server refuses, or the counts differ.
    """
    with source(folder) as graph:
        total, identity = _measure(graph)
        state = _State(folder, f"{server.where.url} {server.where.graph or ''}", f"{identity} {batch}")
        done = state.batches()
        if done and server.count() < min(done * batch, total):
            done = 0  # the server lost something
        if not done:
            server.clear()
        sent = 0
        for number, lines in enumerate(_batches(graph, batch), 1):
            if number > done:
                server.add(lines)
                sent += len(lines)
                state.write(number)
            on_progress(min(number * batch, total), total)
        held = server.count()
        if held != total:
            state.write(0)
            raise GraphError(
                f"{server.where.url}: holds {held:,} triples, expected {total:,}; run the command again to start over"
            )
    return Published(triples=held, sent=sent)


def _lines(graph: Source) -> Iterator[str]:
    for block in ntriples(graph.again()):
        yield from block.splitlines(keepends=True)


def _batches(graph: Source, size: int) -> Iterator[list[str]]:
    lines = _lines(graph)
    while found := list(islice(lines, size)):
        yield found


def _measure(graph: Source) -> tuple[int, str]:
    """How many triples, and what identifies them."""
    found, count = hashlib.sha256(), 0
    for line in _lines(graph):
        found.update(line.encode())
        count += 1
    return count, found.hexdigest()[:32]


class _State:
    """How far each publishing came, in a file of the graph's folder; without leave to write there, nowhere."""

    def __init__(self, folder: Path, where: str, what: str) -> None:
        self._path, self._where, self._what = folder / STATE, where, what

    def _all(self) -> dict[str, dict[str, str | int]]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
            return found if isinstance(found, dict) else {}
        except (OSError, ValueError):  # none, or damaged: then everything is sent again
            return {}

    def batches(self) -> int:
        """How many batches of this very graph the server has acknowledged."""
        own = self._all().get(self._where, {})
        return int(own.get("batches", 0)) if own.get("what") == self._what else 0

    def write(self, batches: int) -> None:
        """Remember that so many batches are there."""
        record = {**self._all(), self._where: {"what": self._what, "batches": batches}}
        with suppress(GraphError):
            write_text(self._path, [json.dumps(record, ensure_ascii=False, indent=1)])
