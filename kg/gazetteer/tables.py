"""Reads the gazetteer's tables, which `kg.gazetteer.compile` writes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import cast

from kg.errors import LexiconError
from kg.gazetteer.division import Division, Level
from kg.gazetteer.names import other_names
from kg.lexicon import lexicon

IN_USE = 2016  # people still say the short name of a county that was merged since
DATA = Path(__file__).parent / "data"


def rows(name: str, width: int) -> Iterator[list[str]]:
    """The rows of a table without its heading; raises LexiconError on a row of another width."""
    path = DATA / f"{name}.tsv"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        remedy = "make it by: python -m kg.gazetteer.compile SOURCE_DIR"
        raise LexiconError(f"{path}: {error.strerror}; {remedy}") from error
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != width:
            raise LexiconError(f"{path}:{number}: {len(cells)} fields, expected {width}")
        yield cells


class Names:
    """Divisions by code, and codes by each form of a name."""

    def __init__(self) -> None:
        self.divisions: dict[str, Division] = {}
        self.full: dict[str, list[str]] = {}
        self.short: dict[str, list[str]] = {}
        self.former: dict[str, list[str]] = {}
        self.townships: dict[str, str] = {}  # codes with spaces between: a string loads faster than a list
        self.uncoded = dict(cast(tuple[str, str], cells) for cells in rows("uncoded", 2))
        self._read_divisions()
        self._read_former()
        for code, name, _ in rows("townships", 3):
            for form in (name, *other_names(name)) if name.endswith("族乡") else (name,):
                self.townships[form] = f"{self.townships[form]} {code}" if form in self.townships else code

    def _read_divisions(self) -> None:
        for code, name, short, level, parent, also in rows("divisions", 6):
            self.divisions[code] = Division(code, name, cast(Level, level), parent or None, short)
            for form in (name, *also.split()):
                self.full.setdefault(form, []).append(code)
            if short != name:
                self.short.setdefault(short, []).append(code)
        for form, fields in lexicon("place_aliases").entries.items():
            self.short.setdefault(form, []).append(fields["code"])

    def _read_former(self) -> None:
        for code, name, short, parent, until, successor in rows("gone", 6):
            self.divisions[code] = Division(code, name, "county", parent, short, int(until), successor)
            self.former.setdefault(name, []).append(code)
            if int(until) >= IN_USE and short != name:
                self.short.setdefault(short, []).append(code)
        for name, code, _ in rows("renamed", 3):
            self.former.setdefault(name, []).append(code)

    @cached_property
    def township_rows(self) -> dict[str, tuple[str, str]]:
        """Name and parent of each township."""
        return {code: (name, parent or code[:6]) for code, name, parent in rows("townships", 3)}

    def township(self, code: str) -> Division | None:
        found = self.township_rows.get(code)
        return None if found is None else Division(code, found[0], "township", found[1], found[0])


@cache
def abbreviations() -> dict[str, tuple[str, ...]]:
    """One-character names and their codes."""
    return {name: tuple(fields["codes"].split()) for name, fields in lexicon("place_abbreviations").entries.items()}


@cache
def traditional() -> dict[int, str]:
    """For `str.translate`: traditional characters to those the gazetteer uses; one to one, so offsets stay."""
    return {ord(old): new for old, new in rows("traditional", 2)}
