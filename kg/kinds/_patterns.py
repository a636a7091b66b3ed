"""Patterns whose words stand in word lists."""

from __future__ import annotations

import re
from functools import cache

from kg.lexicon import lexicon

SLOT = re.compile(r"«(\w+)»")


@cache
def worded(template: str) -> re.Pattern[str]:
    """The pattern in which each «name» stands for any word of that list, the longest first; built when first used.

    Raises LexiconError if there is no such list.
    """
    return re.compile(SLOT.sub(lambda slot: _any_of(slot[1]), template), re.M)


def _any_of(name: str) -> str:
    words = sorted(lexicon(name), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, words))})"
