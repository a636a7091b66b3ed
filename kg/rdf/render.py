"""Results of queries as text: a table for people, or one of the formats for programs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from kg.errors import QueryError
from kg.rdf.formats import as_csv, as_json, as_tsv, as_turtle, as_xml
from kg.rdf.query import Answer, Result, Rows, Statements
from kg.rdf.terms import Literal, Term
from kg.rdf.writer import Writer

_BREAKS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


def render(result: Result, form: str = "table", *, cell: int | None = None) -> str:
    """A result as `table`, `json`, `csv`, `tsv`, `xml` or `turtle`, ending with a line break.

    `cell` cuts cells of a table to so many columns of a terminal. Raises QueryError on
    an unknown form, or one that cannot hold this result.
    """
    if form not in FORMS:
        raise QueryError(f"unknown format {form!r}; there are: {', '.join(FORMS)}")
    if form == "table":
        return table(result, cell=cell)
    return FORMS[form](result)


def table(result: Result, *, cell: int | None = None) -> str:
    """Columns aligned as a terminal shows them, where a Chinese character is two wide."""
    if isinstance(result, Answer):
        return f"{'是 yes' if result.value else '否 no'}\n"
    head, rows = _cells(result)
    lines = [head, *rows]
    cut = [[_cut(text, cell) for text in line] for line in lines]
    widths = [max(map(width, column)) for column in zip(*cut, strict=True)]
    drawn = ["  ".join(t + " " * (w - width(t)) for t, w in zip(line, widths, strict=True)).rstrip() for line in cut]
    rule = "  ".join("─" * w for w in widths)
    return "\n".join([drawn[0], rule, *drawn[1:], f"({len(rows)} 行 rows)"]) + "\n"


def width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(_width(sign) for sign in text)


def _width(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _cut(text: str, limit: int | None) -> str:
    if limit is None or width(text) <= limit:
        return text
    kept, room = [], limit - 1
    for sign in text:
        room -= _width(sign)
        if room < 0:
            break
        kept.append(sign)
    return "".join(kept) + "…"


def _cells(result: Rows | Statements) -> tuple[list[str], list[list[str]]]:
    write = Writer(result.prefixes)

    def text(term: Term | None) -> str:
        if isinstance(term, Literal):
            return _BREAKS.sub(" ", term.value)
        return "" if term is None else write.term(term)

    if isinstance(result, Rows):
        return list(result.variables), [[text(term) for term in row] for row in result.rows]
    return ["subject", "predicate", "object"], [[text(term) for term in triple] for triple in result.triples]


FORMS: Mapping[str, Callable[[Result], str]] = {
    "table": table,
    "json": as_json,
    "csv": as_csv,
    "tsv": as_tsv,
    "xml": as_xml,
    "turtle": as_turtle,
}
