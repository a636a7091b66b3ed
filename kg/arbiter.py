"""The one place where proposals of all recognisers are weighed and overlaps settled.

Of two proposals that overlap, one goes, unless the inner one may live in the outer: a
place or a body in the name of something larger, a body before its section. The order
of kinds below decides between kinds; within a kind the longer span wins.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import EVENT, OFFICIAL, ORGANIZATION, PLACE, PROGRAM, STANDARD, TITLE, Mention

# Which kind keeps its span where two of different kinds overlap, strongest first: brackets
# 《》 are the surest sign, a title beside it makes a name sure, the rest goes by reach.
ORDER = (STANDARD, OFFICIAL, PROGRAM, EVENT, ORGANIZATION, TITLE, PLACE)

# inner kind → outer kinds in which it may stand
NESTS = {
    PLACE: frozenset({ORGANIZATION, EVENT, PROGRAM, PLACE}),
    ORGANIZATION: frozenset({EVENT}),
    STANDARD: frozenset({EVENT, PROGRAM}),
    PROGRAM: frozenset({EVENT, ORGANIZATION, STANDARD}),
}
INNER_RULES = frozenset({"organization.parent"})  # rules that propose a span inside one of their own kind


def settle(proposals: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions that stand, by start; deterministic in any order of `proposals`."""
    once = set(proposals)
    if len(once) < 2:
        return tuple(once)
    kept: dict[int, list[Mention]] = {}  # by sentence: mentions of different ones do not overlap
    for mention in sorted(once, key=_strength):
        rivals = kept.setdefault(mention.sentence.start, [])
        if all(_compatible(mention, other) for other in rivals if _overlap(mention, other)):
            rivals.append(mention)
    return tuple(sorted((m for group in kept.values() for m in group), key=lambda m: (m.start, -m.stop, m.kind)))


def _strength(mention: Mention) -> tuple[int, int, int, int, str]:
    order = ORDER.index(mention.kind) if mention.kind in ORDER else -1
    inner = mention.rule in INNER_RULES
    return order, inner, mention.start - mention.stop, mention.start, mention.rule


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.stop and other.start < one.stop


def _compatible(mention: Mention, kept: Mention) -> bool:
    if TITLE in (mention.kind, kept.kind) and {mention.kind, kept.kind} == {TITLE, ORGANIZATION}:
        return _shared_last_character(mention, kept)
    inner, outer = sorted((mention, kept), key=lambda m: m.stop - m.start)
    if not (outer.start <= inner.start and inner.stop <= outer.stop):
        return False
    if inner.kind == outer.kind:
        same_span = inner.start == outer.start and inner.stop == outer.stop
        return not same_span and (inner.rule in INNER_RULES or inner.kind == PLACE)
    return outer.kind in NESTS.get(inner.kind, ()) or _of_user(inner.kind) or (_of_user(outer.kind) and _lends(inner))


def _of_user(kind: str) -> bool:
    """Kinds that users add are meant for what our own rules do not know: they go first, and stand in any name."""
    return kind not in ORDER


def _lends(mention: Mention) -> bool:
    return mention.kind in (PLACE, ORGANIZATION)


def _shared_last_character(one: Mention, other: Mention) -> bool:
    """组织部长: the body 组织部 and the post 部长 share one character."""
    title, body = (one, other) if one.kind == TITLE else (other, one)
    return title.start == body.stop - 1
