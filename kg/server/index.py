"""What the pages search in and count with: names with their pinyin, and numbers, in one SQLite file per snapshot."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.config import ONTOLOGY
from kg.rdf.store import Row
from kg.rdf.terms import Literal
from kg.rdf.vocabulary import vocabulary

FILE = "pages.sqlite"
Ask = Callable[[str], list[Row]]

_TABLES = """
CREATE TABLE entities (number INTEGER PRIMARY KEY, key TEXT UNIQUE, kind TEXT, name TEXT, weight INTEGER);
CREATE TABLE names (entity INTEGER, text TEXT, folded TEXT, spoken TEXT, initials TEXT);
CREATE TABLE counts (what TEXT, name TEXT, number INTEGER);
"""
_NAMES = "SELECT ?e ?name ?main { ?e a %s . ?e skos:prefLabel ?main . ?e skos:prefLabel|skos:altLabel ?name }"
_WEIGHTS = "SELECT ?e (COUNT(*) AS ?n) { ?a a kg:Assertion ; rdf:subject|rdf:object ?e } GROUP BY ?e"
_RELATIONS = "SELECT ?p (COUNT(?a) AS ?n) { ?a a kg:Assertion ; rdf:predicate ?p } GROUP BY ?p"
_CLASSES = "SELECT ?c (COUNT(?x) AS ?n) { ?x a ?c } GROUP BY ?c"
_FIND = """
SELECT e.key, e.kind, e.name, n.text, e.weight, MIN(CASE
    WHEN n.folded = :q THEN 0 WHEN substr(n.folded, 1, length(:q)) = :q THEN 1 WHEN instr(n.folded, :q) THEN 2
    WHEN instr(n.initials, ' ' || :q || ' ') THEN 3 WHEN instr(n.initials, ' ' || :q) THEN 4
    WHEN instr(n.spoken, ' ' || :q) THEN 5 ELSE 6 END) AS score
FROM names n JOIN entities e ON e.number = n.entity
WHERE (:kind = '' OR e.kind = :kind)
  AND (instr(n.folded, :q) OR (:spoken AND (instr(n.initials, :q) OR instr(n.spoken, :q))))
GROUP BY e.number ORDER BY score, e.weight DESC, length(e.name), e.key
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An entity that a search found, by which of its names, with the number of its facts."""

    key: str
    kind: str
    name: str
    matched: str
    weight: int


def make(ask: Ask, base: str, path: Path) -> None:
    """Write the index of a graph, given what answers SELECT; replaces an older one."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as file:
        file.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
        weights = {str(row[0]): _number(row[1]) for row in ask(_WEIGHTS)}
        numbers: dict[str, int] = {}
        for kind, term in vocabulary().kinds.items():
            rows = ask(_NAMES % f"<{term.iri}>")
            for iri, _, main in rows:
                if str(iri) not in numbers:
                    numbers[str(iri)] = len(numbers)
                    key = str(iri).removeprefix(base)
                    row = (numbers[str(iri)], key, kind, _text(main), weights.get(str(iri), 0))
                    file.execute("INSERT INTO entities VALUES (?, ?, ?, ?, ?)", row)
            file.executemany("INSERT INTO names VALUES (?, ?, ?, ?, ?)", _named(rows, numbers))
        for what, sparql in (("relation", _RELATIONS), ("class", _CLASSES)):
            found = [(what, str(name).removeprefix(ONTOLOGY), _number(count)) for name, count in ask(sparql)]
            file.executemany("INSERT INTO counts VALUES (?, ?, ?)", found)
        (total,) = ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        file.execute("INSERT INTO counts VALUES ('triples', '', ?)", (_number(total[0]),))
        file.commit()


def _named(rows: list[Row], numbers: dict[str, int]) -> Iterator[tuple[int, str, str, str, str]]:
    for iri, name, _ in rows:
        text = _text(name)
        yield (numbers[str(iri)], text, folded(text), *_spoken(text))


def _spoken(text: str) -> tuple[str, str]:
    """Pinyin and initials, each reading between spaces; a first character with several readings (a surname) in each."""
    from pypinyin import Style, lazy_pinyin, pinyin

    apart: Any = _signs  # pypinyin takes a list, its types do not say so
    syllables = [one.lower() for one in lazy_pinyin(text, errors=apart)]
    if not syllables:
        return "", ""
    firsts = pinyin(text[0], style=Style.NORMAL, heteronym=True, errors=apart)
    heads = dict.fromkeys([syllables[0], *(one.lower() for one in (firsts[0] if firsts else []))])
    rest, tails = "".join(syllables[1:]), "".join(one[0] for one in syllables[1:])
    spoken, initials = (f"{h}{rest}" for h in heads), dict.fromkeys(f"{h[0]}{tails}" for h in heads)
    return f" {' '.join(spoken)} ", f" {' '.join(initials)} "


def _signs(text: str) -> list[str]:
    """What is no Chinese stands for itself, sign by sign, without spaces and the like."""
    return [sign for sign in text if sign.isalnum()]


def folded(text: str) -> str:
    """A text as searches compare it: without widths, cases and spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _text(term: object) -> str:
    return term.value if isinstance(term, Literal) else str(term)


def _number(term: object) -> int:
    return int(_text(term))


class Index:
    """The index of a snapshot, open for reading."""

    def __init__(self, snapshot: Path) -> None:
        self._file = sqlite3.connect(f"{(snapshot / FILE).as_uri()}?mode=ro&immutable=1", uri=True)

    def find(self, text: str, kind: str = "", *, start: int = 0, count: int = 20) -> tuple[int, list[Hit]]:
        """How many entities a name, a part of one, or its pinyin or initials find, and some of them, best first."""
        wanted = folded(text)
        if not wanted:
            return self.all(kind, start=start, count=count)
        given = {"q": wanted, "kind": kind, "spoken": wanted.isascii() and wanted.isalnum()}
        rows = self._file.execute(_FIND, given).fetchall()
        return len(rows), [_hit(row) for row in rows[start : start + count]]

    def all(self, kind: str = "", *, start: int = 0, count: int = 20) -> tuple[int, list[Hit]]:
        """The entities of a kind, or all, those with most facts first."""
        where = "WHERE (:kind = '' OR kind = :kind)"
        given = {"kind": kind, "start": start, "count": count}
        (number,) = self._file.execute(f"SELECT COUNT(*) FROM entities {where}", given).fetchone()
        rows = self._file.execute(
            f"SELECT key, kind, name, name, weight FROM entities {where}"
            " ORDER BY weight DESC, key LIMIT :count OFFSET :start",
            given,
        )
        return number, [_hit(row) for row in rows]

    def counts(self, what: str) -> dict[str, int]:
        """Numbers of facts by relation, of resources by class, or of triples."""
        sql = "SELECT name, number FROM counts WHERE what = ? ORDER BY number DESC, name"
        return dict(self._file.execute(sql, (what,)))


def _hit(row: tuple[str, str, str, str, int]) -> Hit:
    return Hit(key=row[0], kind=row[1], name=row[2], matched=row[3], weight=row[4])
