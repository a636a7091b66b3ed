"""One sentence as rules see it: its words, lexicon hits, and the mentions found so far.

A rule is a pure function `rule(view)` that yields `Span`s (rules of a kind) or
`Link`s (rules of a relation). All offsets are half-open code points into the
document's text, never relative to the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, partial
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import rjieba

from kg import shelf
from kg.lexicon import Hit, Lexicon, lexicon
from kg.model import Document, Mention, Modality, Sentence, Tenure
from kg.segment import sentences


def known_word(word: str) -> bool:
    """Whether the segmenter's dictionary has the word."""
    return bool(rjieba.has_word(word))


class Token(NamedTuple):
    """A word with jieba's part-of-speech tag."""

    start: int
    stop: int
    word: str
    tag: str


_token = partial(tuple.__new__, Token)  # Token._make in C alone: there is one for every word


class Span(NamedTuple):
    """What a rule of a kind finds; `name` is the normal form where it is not the text itself."""

    start: int
    stop: int
    name: str | None = None


class Link(NamedTuple):
    """What a rule of a relation finds.

    `anchor` is the offset of the word that says it (a verb, a title): the
    modality is read there unless the rule states it.
    """

    subject: Mention
    object: Mention
    anchor: int
    title: Mention | None = None
    tenure: Tenure = Tenure.CURRENT
    modality: Modality | None = None


class Page:
    """A document with its words and lexicon hits, each found once, when first asked for."""

    def __init__(self, document: Document, extensions: Path | None = None) -> None:
        self.document = document
        self.extensions = extensions  # the folder of the user's own kinds and relations
        self._hits: dict[str, dict[int, tuple[Hit, ...]]] = {}
        self._shared: dict[int, dict[str, Any]] = {}

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return sentences(self.document)

    def shared(self, sentence: Sentence) -> dict[str, Any]:
        """What depends on the words of a sentence alone, worked out once for all extractors."""
        return self._shared.setdefault(sentence.start, {})

    def lexicon(self, name: str) -> Lexicon:
        """A word list of the package or of the user's folder."""
        return lexicon(name, self.extensions / "lexicons" if self.extensions else None)

    @cached_property
    def tokens(self) -> tuple[tuple[Token, ...], list[int]]:
        tagged = rjieba.tag(self.document.text)
        if not tagged:
            return (), []
        words, tags = zip(*tagged, strict=True)
        ends = list(accumulate(map(len, words), initial=0))
        return tuple(map(_token, zip(ends, ends[1:], words, tags, strict=False))), ends[:-1]

    def hits(self, name: str) -> Mapping[int, tuple[Hit, ...]]:
        """Leftmost-longest hits of a word list, by the start of the sentence they begin in."""
        known = self._hits.get(name)
        if known is None:
            if name in shelf.NAMES:
                found = shelf.leftmost_longest(self._together.get(name, ()))
            else:
                found = self.lexicon(name).find(self.document.text)
            known = self._hits[name] = self._by_sentence(found)
        return known

    def all_hits(self, name: str) -> Mapping[int, tuple[Hit, ...]]:
        """Every hit of a word list, by the start of the sentence it begins in."""
        key = f"{name}*"
        if key not in self._hits:
            together = name in shelf.NAMES
            found = self._together.get(name, ()) if together else self.lexicon(name).find_all(self.document.text)
            self._hits[key] = self._by_sentence(found)
        return self._hits[key]

    @cached_property
    def _together(self) -> dict[str, tuple[Hit, ...]]:
        return shelf.shelf().find_all(self.document.text)

    def _by_sentence(self, hits: Iterable[Hit]) -> dict[int, tuple[Hit, ...]]:
        found: dict[int, list[Hit]] = {}
        starts, spans = self._starts, self.sentences
        for hit in hits:
            which = bisect_right(starts, hit.start) - 1
            if which >= 0 and hit.start < spans[which].stop:
                found.setdefault(starts[which], []).append(hit)
        return {start: tuple(group) for start, group in found.items()}

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]


def _position(mention: Mention) -> tuple[int, int, str]:
    return mention.start, -mention.stop, mention.kind


class View:
    """A sentence and what is known of it so far."""

    def __init__(self, *, sentence: Sentence, page: Page, mentions: Iterable[Mention] = ()) -> None:
        self.sentence = sentence
        self.page = page
        self.text = sentence.document.text  # the whole document's
        self.start, self.stop = sentence.start, sentence.stop
        self.shared = page.shared(sentence)
        self.memo: dict[str, Any] = {}  # what rules of one extractor work out once for the sentence
        self._of: dict[tuple[str, ...], tuple[Mention, ...]] = {}
        self.mentions = tuple(sorted(mentions, key=_position))

    @property
    def tokens(self) -> tuple[Token, ...]:
        if "tokens" not in self.shared:
            self.shared["tokens"] = self._own(*self.page.tokens)
        found: tuple[Token, ...] = self.shared["tokens"]
        return found

    @property
    def token_starts(self) -> frozenset[int]:
        """Offsets where a word begins or the sentence ends: the segmenter's vote on boundaries."""
        if "token starts" not in self.shared:
            self.shared["token starts"] = frozenset([*(token.start for token in self.tokens), self.stop])
        found: frozenset[int] = self.shared["token starts"]
        return found

    def lexicon(self, name: str) -> Lexicon:
        """A word list of the package or of the user's folder."""
        return self.page.lexicon(name)

    def hits(self, name: str) -> tuple[Hit, ...]:
        """Leftmost-longest hits of a word list that begin in the sentence."""
        return self.page.hits(name).get(self.start, ())

    def all_hits(self, name: str) -> tuple[Hit, ...]:
        """Every hit of a word list that begins in the sentence, overlapping ones too."""
        return self.page.all_hits(name).get(self.start, ())

    def _own(self, found: tuple[Any, ...], starts: list[int]) -> tuple[Any, ...]:
        if not found:
            return found
        first = bisect_left(starts, self.start)
        return found[first : bisect_left(starts, self.stop, first)]

    def find(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Matches within the sentence; their offsets are the document's."""
        return pattern.finditer(self.text, self.start, self.stop)

    def of(self, *kinds: str) -> tuple[Mention, ...]:
        """Mentions of these kinds, by start."""
        if kinds not in self._of:
            self._of[kinds] = tuple(m for m in self.mentions if m.kind in kinds)
        return self._of[kinds]

    def ellipsis(self, at: int, kind: str) -> Mention:
        """A stand-in for an entity the sentence leaves out at this offset."""
        return Mention(sentence=self.sentence, start=at, stop=at, kind=kind, name="", rule="ellipsis")
