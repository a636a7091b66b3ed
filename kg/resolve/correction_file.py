"""`corrections.tsv`: what a user states of the graph, one correction a line. See docs/corrections.md."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from kg.errors import InputError
from kg.model import Correction, Verdict

COLUMNS = ("correction", "subject", "relation", "object", "title", "by", "on", "note")
FACTS = (Verdict.WRONG, Verdict.RIGHT)
HOLDS_POST = "holds_post"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def read_corrections(path: Path | None, relations: Iterable[str]) -> tuple[Correction, ...]:
    """The corrections of a file, in its order; none without a file.

    Raises InputError, naming file and line, on a line that is not in the form, says what
    another line says already, or contradicts it.
    """
    if path is None:
        return ()
    known, found = tuple(relations), list[Correction]()
    for number, cells in _rows(path):
        try:
            one = _correction(cells, number, known)
            _check_news(one, found)
        except ValueError as error:
            raise InputError(f"{path}:{number}: {error}") from error
        found.append(one)
    return tuple(found)


def append_correction(path: Path, one: Correction, relations: Iterable[str]) -> Correction:
    """Write a correction at the end of a file, which is made where there is none; gives it with its line.

    Raises InputError when the file is malformed, would say something twice or cannot be written.
    """
    cells = [one.verdict.value, one.subject, one.relation or "", one.object, one.title or "", one.by, one.on]
    cells.append(one.note or "")
    for cell in cells:
        if _CONTROL.search(cell):
            raise InputError(f"{cell!r}: holds a tab, a line break or a control character; leave it out")
    text = _text(path) if path.exists() else "\t".join(COLUMNS) + "\n"
    text += "\n" * (not text.endswith("\n")) + "\t".join(cells).rstrip("\t") + "\n"
    new = path.with_name(f".{path.name}.new")
    try:
        new.write_text(text, encoding="utf-8")
        written = read_corrections(new, relations)[-1]
        new.replace(path)
    except InputError as error:
        raise InputError(str(error).replace(str(new), str(path), 1)) from error
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); check the path and its permissions") from error
    finally:
        new.unlink(missing_ok=True)
    return written


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8 (byte {error.start}); save it as UTF-8") from error


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The lines that say something; the first of them names the columns."""
    head = False
    for number, line in enumerate(_text(path).split("\n"), 1):
        cells = line.rstrip("\r").split("\t")
        if not line.strip() or line.startswith("#"):
            continue
        if head:
            yield number, cells
        elif tuple(cells) != COLUMNS:
            raise InputError(
                f"{path}:{number}: the first line names the columns, separated by tabs: {' '.join(COLUMNS)}"
            )
        head = True


def _correction(cells: list[str], line: int, relations: tuple[str, ...]) -> Correction:
    """Raises ValueError on what is not in the form."""
    if len(cells) > len(COLUMNS):
        raise ValueError(f"{len(cells)} fields, expected {len(COLUMNS)} separated by tabs: {' '.join(COLUMNS)}")
    said = dict(zip(COLUMNS, [*cells, *[""] * len(COLUMNS)], strict=False))
    for column, cell in said.items():
        if cell != cell.strip():
            raise ValueError(f"stray space around {column} {cell!r}; remove it")
    verdict = Verdict(_one_of(said["correction"], [one.value for one in Verdict], "correction"))
    for column in ("subject", "object", "by", "on", *(["relation"] if verdict in FACTS else [])):
        if not said[column]:
            raise ValueError(f"{column} is missing; {verdict.value!r} needs it")
    if verdict in FACTS:
        _one_of(said["relation"], relations, "relation")
    elif said["relation"] or said["title"]:
        raise ValueError(f"{verdict.value!r} takes neither relation nor title; leave them empty")
    if said["subject"] == said["object"]:
        raise ValueError(f"subject and object are both {said['subject']!r}; name two different things")
    return Correction(
        verdict=verdict,
        subject=said["subject"],
        relation=said["relation"] or None,
        object=said["object"],
        title=said["title"] or None,
        by=said["by"],
        on=_day(said["on"]),
        note=said["note"] or None,
        line=line,
    )


def _one_of(word: str, known: Iterable[str], what: str) -> str:
    choices = sorted(known)
    if word not in choices:
        near = difflib.get_close_matches(word, choices, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(choices)}"
        raise ValueError(f"unknown {what} {word!r}; {hint}")
    return word


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise ValueError(f"on is {text!r}, expected a day as in 2025-03-31") from error


def _check_news(one: Correction, before: Iterable[Correction]) -> None:
    """Raises ValueError where a correction says what another says, or the contrary."""
    against = {
        Verdict.WRONG: Verdict.RIGHT,
        Verdict.RIGHT: Verdict.WRONG,
        Verdict.ONE: Verdict.TWO,
        Verdict.TWO: Verdict.ONE,
    }
    own = _said(one)
    for other in before:
        if _said(other) == own:
            if other.verdict is one.verdict:
                raise ValueError(f"says what line {other.line} says already; remove one of them")
            if other.verdict is against.get(one.verdict):
                raise ValueError(f"contradicts line {other.line}; remove one of them")


def _said(one: Correction) -> tuple[object, ...]:
    ends = sorted((one.subject, one.object)) if one.verdict in (Verdict.ONE, Verdict.TWO) else [one.subject, one.object]
    if one.verdict is Verdict.NAME:
        return one.verdict, one.subject
    return one.verdict in FACTS, *ends, one.relation, one.title
