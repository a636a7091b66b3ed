"""A document as it was read, cut into sentences and marks, for its page."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from kg.errors import GraphError, InputError
from kg.rdf.store import Row
from kg.server.facts import Fact, text

Ask = Callable[[str], list[Row]]
_LARGEST = 20_000_000  # bytes of a source file that is still read for a page
_NAMES = """SELECT ?e ?name { <%s> schema:mentions ?e . ?e skos:prefLabel|skos:altLabel ?name }"""
_SENTENCES = """SELECT DISTINCT ?start ?quote {
  ?e prov:wasDerivedFrom <%s> ; kg:start ?start ; kg:quote ?quote } ORDER BY ?start"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text; `entity` is the IRI of what it names, empty for none; `anchor` names a sentence's begin."""

    text: str
    entity: str = ""
    anchor: str = ""


def content(sources: Iterable[str], digest: str, folder: Path) -> str | None:
    """The text of a document: what the ledger of the graph's folder keeps, else its file read again.

    `sources` are FILE:LINE; relative paths are taken from the current folder, then from that
    of the graph. None when nothing holds just this text.
    """
    files = list(dict.fromkeys(source.rpartition(":")[0] for source in sources))
    for file in files:
        found = _kept(folder, file).get(digest)
        if found is not None:
            return found
    for file in files:
        for path in dict.fromkeys((Path(file), folder / file, folder.parent / file)):
            found = _texts(path).get(digest)
            if found is not None:
                return found
    return None


def _kept(folder: Path, source: str) -> dict[str, str]:
    """The texts of a source file that the last build kept, by their hashes."""
    from kg.ledger import inputs, ledger
    from kg.ledger.codec import decode

    path = folder / ledger.FILE
    try:
        known = inputs.read_inputs(folder)
        contents = {one.content for one in known.files if one.source == source} if known else set()
        if not contents or not path.is_file():
            return {}
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            ask = "SELECT readings FROM readings WHERE content = ?"
            rows = [row for one in sorted(contents) for row in file.execute(ask, (one,))]
        return _by_hash(reading.document.text for (row,) in rows for reading in decode(row, source=source))
    except (GraphError, sqlite3.Error):
        return {}  # it is a cache: the file itself is read instead


def _by_hash(texts: Iterable[str]) -> dict[str, str]:
    return {f"sha256:{hashlib.sha256(text.encode()).hexdigest()}": text for text in texts}


@lru_cache(maxsize=32)
def _texts(path: Path) -> dict[str, str]:
    from kg.read import read_file

    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return {}
        return _by_hash(document.text for document in read_file(path))
    except (InputError, OSError):
        return {}  # the sentences of the graph are shown instead


def names(ask: Ask, iri: str, facts: Iterable[Fact]) -> dict[str, str]:
    """What the document's entities are called, with their IRIs; a name that several bear leads to none."""
    found: dict[str, set[str]] = {}
    for fact in facts:
        found.setdefault(fact.subject_name, set()).add(fact.subject)
        found.setdefault(fact.object_name, set()).add(fact.object)
    for entity, name in ask(_NAMES % iri):
        found.setdefault(text(name), set()).add(str(entity))
    return {name: next(iter(iris)) for name, iris in found.items() if len(iris) == 1 and name}


def sentences(ask: Ask, iri: str) -> list[tuple[int, str]]:
    """The sentences that the graph holds of a document, with their offsets."""
    return [(int(text(start)), text(quote)) for start, quote in ask(_SENTENCES % iri)]


def marks(facts: Iterable[Fact]) -> dict[tuple[int, int], str]:
    """The spans that facts name, in code points of the document, with the IRIs of the entities."""
    found: dict[tuple[int, int], str] = {}
    for fact in facts:
        for proof in fact.proofs:
            at = proof.start
            for piece, kind in proof.pieces:
                if kind:
                    found[at, at + len(piece)] = fact.subject if kind == "subject" else fact.object
                at += len(piece)
    return found


def pieces(
    body: str, offset: int, known: dict[tuple[int, int], str], called: dict[str, str], anchors: Sequence[int]
) -> list[Piece]:
    """A text that begins at `offset`, cut at marks and at the begins of sentences.

    Spans that facts name come first; the names of the document's entities are found beside them, the longest first.
    """
    spans = {(a - offset, b - offset): iri for (a, b), iri in known.items() if offset <= a < b <= offset + len(body)}
    taken = bytearray(len(body))
    chosen: list[tuple[int, int, str]] = []
    for (start, stop), iri in sorted(spans.items(), key=lambda item: (item[0][0] - item[0][1], item[0])):
        _take(chosen, taken, start, stop, iri)
    for name in sorted(called, key=lambda one: (-len(one), one)):
        at = body.find(name) if len(name) > 1 else -1
        while at >= 0:
            _take(chosen, taken, at, at + len(name), called[name])
            at = body.find(name, at + len(name))
    begins = sorted(one - offset for one in anchors if offset <= one < offset + len(body))
    return _cut(body, sorted(chosen), begins, offset)


def _take(chosen: list[tuple[int, int, str]], taken: bytearray, start: int, stop: int, iri: str) -> None:
    if not any(taken[start:stop]):
        taken[start:stop] = b"\x01" * (stop - start)
        chosen.append((start, stop, iri))


def _cut(body: str, chosen: list[tuple[int, int, str]], anchors: list[int], offset: int) -> list[Piece]:
    starts = {start: (stop, iri) for start, stop, iri in chosen}
    cuts = sorted({0, len(body), *anchors, *(p for start, stop, _ in chosen for p in (start, stop))})
    found, inside, entity = [], 0, ""
    for start, stop in pairwise(cuts):
        if start in starts:
            inside, entity = starts[start]
        anchor = str(start + offset) if start in anchors else ""
        found.append(Piece(text=body[start:stop], entity=entity if start < inside else "", anchor=anchor))
    return found
