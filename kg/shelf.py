"""Word lists that are searched together: one pass over a text instead of one for each list.

The lists that most sentences ask for stand on the shelf; any other list is searched by
itself (`Lexicon.find`), with the same result.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import ahocorasick_rs

from kg.lexicon import Hit, Lexicon, lexicon

NAMES = frozenset(
    [
        "appoint_verbs",
        "body_stems",
        "boundary_words",
        "central_bodies",
        "contains_verbs",
        "domestic_prefixes",
        "event_heads",
        "event_keeps",
        "event_references",
        "held_verbs",
        "leader_words",
        "office_verbs",
        "organization_suffixes",
        "part_of_verbs",
        "place_abbreviations",
        "place_body_ends",
        "place_held_verbs",
        "place_named_zones",
        "place_relative_levels",
        "place_venues",
        "place_visit_verbs",
        "place_zones",
        "program_heads",
        "program_references",
        "relation_labels",
        "relation_modality",
        "relation_pivots",
        "relation_say_verbs",
        "relation_verb_traps",
        "relation_verbs",
        "relative_starts",
        "standard_references",
        "title_traps",
        "titles",
    ]
)


class Shelf:
    """Several word lists, searched at once."""

    def __init__(self, lists: Iterable[Lexicon]) -> None:
        words: dict[str, list[tuple[str, Mapping[str, str]]]] = {}  # word → the lists it is in, with its fields there
        for one in lists:
            for word, fields in one.entries.items():
                words.setdefault(word, []).append((one.name, fields))
        self._rows = tuple((word, tuple(held)) for word, held in words.items())
        self._every = ahocorasick_rs.AhoCorasick(list(words))

    def find_all(self, text: str) -> dict[str, tuple[Hit, ...]]:
        """By list, every hit in `text`, overlapping ones too, by start then stop; lists without a hit are left out."""
        found: dict[str, list[Hit]] = {}
        for which, start, stop in self._every.find_matches_as_indexes(text, overlapping=True):
            word, held = self._rows[which]
            for name, fields in held:
                found.setdefault(name, []).append(Hit._make((start, stop, word, fields)))
        return {name: tuple(sorted(hits)) for name, hits in found.items()}


def leftmost_longest(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Of all hits, by start then stop, those that `Lexicon.find` gives."""
    kept: list[Hit] = []
    for hit in hits:
        if not kept or hit.start >= kept[-1].stop:
            kept.append(hit)
        elif hit.start == kept[-1].start:
            kept[-1] = hit
    return tuple(kept)


@cache
def shelf() -> Shelf:
    """The package's lists that are searched together; made once."""
    return Shelf(lexicon(name) for name in sorted(NAMES))
