"""The place word at the beginning of a body's name: 省 in 省妇联, where no rule of places saw it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.lexicon import lexicon
from kg.model import ORGANIZATION, PLACE, Mention


def propose(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """A relative place mention for each body that begins with one and has no place there."""
    starts = {m.start for m in mentions if m.kind == PLACE}
    words = lexicon("place_relative_levels")
    for body in mentions:
        word = words.longest_prefix(body.text, 0, len(body.text) - 1) if body.kind == ORGANIZATION else None
        if word is not None and body.start not in starts:
            yield Mention(
                sentence=body.sentence,
                start=body.start,
                stop=body.start + len(word),
                kind=PLACE,
                name="",
                rule="place.relative",
            )
