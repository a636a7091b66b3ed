"""Word lists: plain text files, loaded and checked once.

A `.txt` file has one word a line; a `.tsv` file has a word and further fields,
separated by tabs, its first line naming the columns. `#` begins a remark.
Empty lines are allowed; stray spaces and duplicates are refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import ahocorasick_rs

from kg.errors import LexiconError

FOLDER = Path(__file__).parent / "lexicons"


class Hit(NamedTuple):
    """A word of a lexicon found in a text; half-open code-point offsets."""

    start: int
    stop: int
    word: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Lexicon:
    """Words, each with its fields (none for a `.txt` list), in file order."""

    name: str
    entries: Mapping[str, Mapping[str, str]]

    def __contains__(self, word: object) -> bool:
        return word in self.entries

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(self.entries)

    @cached_property
    def _rows(self) -> tuple[tuple[str, Mapping[str, str]], ...]:
        return tuple(self.entries.items())

    @cached_property
    def _longest(self) -> ahocorasick_rs.AhoCorasick:
        return ahocorasick_rs.AhoCorasick(self.words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

    @cached_property
    def _every(self) -> ahocorasick_rs.AhoCorasick:
        return ahocorasick_rs.AhoCorasick(self.words)

    def find(self, text: str) -> tuple[Hit, ...]:
        """Leftmost-longest, non-overlapping hits in `text`, in order."""
        return self._hits(self._longest.find_matches_as_indexes(text))

    def find_all(self, text: str) -> tuple[Hit, ...]:
        """Every hit in `text`, overlapping ones too, by start then stop."""
        found = self._every.find_matches_as_indexes(text, overlapping=True)
        return tuple(sorted(self._hits(found), key=lambda hit: (hit.start, hit.stop)))

    def _hits(self, found: list[tuple[int, int, int]]) -> tuple[Hit, ...]:
        rows = self._rows
        return tuple([Hit._make((start, stop, *rows[which])) for which, start, stop in found])

    def longest_prefix(self, text: str, start: int, stop: int) -> str | None:
        """The longest word that begins at `start` and ends at or before `stop`."""
        for length in self._by_first.get(text[start : start + 1], ()):
            word = text[start : start + length]
            if start + length <= stop and word in self.entries:
                return word
        return None

    def longest_suffix(self, text: str, start: int, stop: int) -> str | None:
        """The longest word that ends at `stop` and begins at or after `start`."""
        for length in self._by_last.get(text[stop - 1 : stop], ()):
            word = text[stop - length : stop]
            if start <= stop - length and word in self.entries:
                return word
        return None

    @cached_property
    def _by_first(self) -> Mapping[str, tuple[int, ...]]:
        return _lengths(self.words, 0)

    @cached_property
    def _by_last(self) -> Mapping[str, tuple[int, ...]]:
        return _lengths(self.words, -1)


def _lengths(words: Iterable[str], at: int) -> dict[str, tuple[int, ...]]:
    """Lengths of the words, longest first, by their first or last character: most look-ups end here."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[at], set()).add(len(word))
    return {character: tuple(sorted(lengths, reverse=True)) for character, lengths in found.items()}


_NO_FIELDS: Mapping[str, str] = MappingProxyType({})


def read_lexicon(path: Path) -> Lexicon:
    """Load and check one word list.

    Raises LexiconError, naming file and line, on a duplicate, a stray space, a
    wrong number of fields, or an empty list, and on a file that is not UTF-8.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path}: not UTF-8 (byte {error.start}); save the list as UTF-8") from error
    rows: dict[str, Mapping[str, str]] = {}
    columns: list[str] | None = None if path.suffix == ".tsv" else []
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.split("#", 1)[0].rstrip(" ") if "#" in raw else raw
        if not line:
            continue
        cells = line.split("\t")
        if [cell.strip() for cell in cells] != cells:
            raise LexiconError(f"{path}:{number}: stray space around {line!r}; remove it")
        if columns is None:
            columns = cells[1:]
            continue
        if len(cells) - 1 != len(columns):
            raise LexiconError(f"{path}:{number}: {len(cells)} fields, expected {1 + len(columns)}")
        if cells[0] in rows:
            raise LexiconError(f"{path}:{number}: {cells[0]!r} stands twice; remove one")
        rows[cells[0]] = MappingProxyType(dict(zip(columns, cells[1:], strict=True))) if columns else _NO_FIELDS
    if not rows:
        raise LexiconError(f"{path}: no words in this list")
    return Lexicon(path.stem, MappingProxyType(rows))


@cache
def lexicon(name: str, extra: Path | None = None) -> Lexicon:
    """The packaged word list `name` (`lexicons/NAME.txt` or `NAME.tsv`), or one in the folder `extra`; loaded once."""
    for folder in (FOLDER, *([extra] if extra else [])):
        for path in (folder / f"{name}.txt", folder / f"{name}.tsv"):
            if path.exists():
                return read_lexicon(path)
    known = sorted(p.stem for folder in (FOLDER, extra) if folder and folder.is_dir() for p in folder.iterdir())
    raise LexiconError(f"no word list {name!r} in {extra or FOLDER}; there are: {', '.join(known)}")
