"""A body named in full is later named by fewer words: 云杉康复中心 after 云杉特殊儿童康复中心.

Only words of a field of work may fall out, and only where the two cannot be two
bodies: the full name stands first, never in one sentence with the short one, and no
second body fits. 云湖大学 is not 云湖师范大学: schools, firms, governments are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.lexicon import lexicon
from kg.resolve.body import Body
from kg.resolve.subclass import subclass_of

SHORTENED = frozenset({"PublicInstitution", "SocialOrganization", "MassOrganization", "Hospital", "Foundation"})
SHORTEST = 4  # characters of a short form
SOCIAL_WORK = re.compile(r"社会工作(?:者)?|社工")
CLAUSE = re.compile(r"[，。；：！？\n,;:]")
ONLY_HERE = frozenset({"PublicInstitution", "SocialOrganization", "MassOrganization"})  # one of a kind in a division


def shortened(bodies: Sequence[Body]) -> Iterator[tuple[Body, Body]]:
    """Pairs of a body and the one of which it is a short form, shortest first."""
    for body in sorted(bodies, key=lambda one: len(one.name)):
        size = len(body.name)
        if size < SHORTEST:
            continue
        fits = [other for other in bodies if len(other.name) > size and _fits(body, other)]
        if len(fits) == 1:
            yield body, fits[0]


def _fits(body: Body, full: Body) -> bool:
    if not body.mentions or not full.mentions:
        return False
    if full.division and body.rest == f"{full.division.name[0]}{full.division.name[-1]}{full.rest}":
        return True  # 云市慈善总会 of 云湖市慈善总会
    if subclass_of(body.name) not in SHORTENED or subclass_of(full.name) not in SHORTENED:
        return False
    if min(m.start for m in full.mentions) > min(m.start for m in body.mentions) or _side_by_side(body, full):
        return False
    if body.division is not None and (full.division is None or body.division.code != full.division.code):
        return False
    own = _has_own_word(body)
    if len(body.rest) < SHORTEST or not (own or (body.division and subclass_of(full.name) in ONLY_HERE)):
        return False
    longer = [full.rest] if body.division or not full.division else [full.rest, f"{full.division.name}{full.rest}"]
    return any(falls_out(_spelled(long), _spelled(body.rest), own=own) for long in longer)


def _side_by_side(body: Body, full: Body) -> bool:
    """In one clause, as two items of a list are."""
    for one in body.mentions:
        for other in full.mentions:
            start, stop = min(one.stop, other.stop), max(one.start, other.start)
            if one.sentence == other.sentence and not CLAUSE.search(one.sentence.document.text, start, stop):
                return True
    return False


def _spelled(rest: str) -> str:
    """社会工作 as 社工, and a central body that the name begins with in full: 中科院 = 中国科学院."""
    if central := lexicon("central_bodies").longest_prefix(rest, 0, len(rest)):
        rest = f"{lexicon('central_bodies').entries[central]['full']}{rest[len(central) :]}"
    return SOCIAL_WORK.sub("社工", rest)


def _has_own_word(body: Body) -> bool:
    """Whether a word that is of no field of work stands before the head noun."""
    suffix = lexicon("organization_suffixes").longest_suffix(body.rest, 0, len(body.rest)) or ""
    stem, at = body.rest[: len(body.rest) - len(suffix)], 0
    while at < len(stem):
        word = lexicon("field_words").longest_prefix(stem, at, len(stem))
        if word is None:
            return len(stem) - at > 1
        at += len(word)
    return False


def falls_out(full: str, short: str, *, own: bool) -> bool:
    """Whether `short` is `full` without some words: of any field where it keeps a word of its `own`."""
    words = [lexicon("shortened_away"), *([lexicon("field_words")] if own else [])]

    @cache
    def left(at: int, kept: int) -> bool:
        if at == len(full):
            return kept == len(short)
        if kept < len(short) and full[at] == short[kept] and left(at + 1, kept + 1):
            return True
        return any(
            left(at + size, kept)
            for size in range(1, len(full) - at + 1)
            if any(full[at : at + size] in known for known in words)
        )

    return left(0, 0)
