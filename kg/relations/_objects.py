"""What a verb acts on: after it, after the 的 of its clause, or named before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lexicon import Hit, lexicon
from kg.model import STANDARD, Mention
from kg.relations._frames import clean
from kg.relations._groups import OURS, groups
from kg.relations._patterns import assisted, thing_gap
from kg.relations._units import NAMES, outer
from kg.relations._verbs import clause_stop, pivots, verbs
from kg.view import View

SENTENCE_PART_END = re.compile(r"[；;。！？!?\n]")
OF = re.compile(r"[了过]?的")
MODIFIER_LIMIT = 45  # code points between a verb and its object, or 的 and its head


def objects_right(view: View, verb: Hit, *kinds: str) -> tuple[Mention, ...]:
    """What the verb acts on, after it in its clause, with the members of its list."""
    stop = clause_stop(view, verb.stop)
    for mention in outer(view, *kinds):
        if verb.stop <= mention.start < stop:
            if not _reaches(view, verb.stop, mention.start) or _of_paper(view, mention):
                return ()
            return (mention, *_listed_after(view, mention, kinds))
    return ()


def _of_paper(view: View, thing: Mention) -> bool:
    """宣读了开展“甲”活动倡议书: the thing only says what a paper is about."""
    if thing.kind == STANDARD:
        return False
    at = thing.stop + (view.text[thing.stop : thing.stop + 1] in ("”", "」", "的"))
    return lexicon("relation_paper_nouns").longest_prefix(view.text, at, view.stop) is not None


def _reaches(view: View, start: int, stop: int) -> bool:
    gap = view.text[start:stop].lstrip("了过")
    if stop - start > MODIFIER_LIMIT or gap.startswith(tuple(lexicon("relation_no_object"))):
        return False
    if gap.endswith("的") or re.fullmatch(r"[“‘「『《（(\s]*", gap):
        return True
    blocked = any(start <= hit.start and hit.stop <= stop for hit in pivots(view))
    verbal = [t for t in view.tokens if start <= t.start and t.stop <= stop and t.tag == "v" and len(t.word) > 1]
    return not blocked and not (verbal and "的" not in gap and not re.match("以|为|為|由|关于|题为|名为", gap))


def _listed_after(view: View, first: Mention, kinds: tuple[str, ...]) -> Iterator[Mention]:
    last = first
    for mention in outer(view, *kinds):
        if mention.start >= last.stop and mention is not last:
            if not thing_gap().fullmatch(view.text, last.stop, mention.start):
                return
            yield mention
            last = mention


def head_of_relative(view: View, verb: Hit, *kinds: str) -> tuple[Mention, ...]:
    """What stands after 的: A、B主办的X; or after a later verb of the chain: A指导、B主办的X, A主办、B承办了X."""
    stop = clause_stop(view, verb.stop)
    link = OF.match(view.text, verb.stop, stop) or assisted().match(view.text, verb.stop, view.stop)
    if link:
        stop = clause_stop(view, link.end())
        named = [m for m in outer(view, *NAMES) if link.end() <= m.start]
        found = [m for m in outer(view, *kinds) if link.end() <= m.start]
        reach = min(stop, link.end() + MODIFIER_LIMIT)
        near = found and named[0] == found[0] and found[0].start < reach
        return (found[0], *_listed_after(view, found[0], kinds)) if near else ()
    for later in verbs(view):
        ended = SENTENCE_PART_END.search(view.text, verb.stop, max(verb.stop, later.start))
        if later.start > verb.stop and (_by(view, verb) or not ended):
            if not _chained(view, verb.stop, later.start) and not _by_others(view, verb, later):
                return ()
            return objects_right(view, later, *kinds) or head_of_relative(view, later, *kinds)
    return ()


def _by_others(view: View, verb: Hit, later: Hit) -> bool:
    """由A主办，某平台承办的X: the chain goes on with somebody no rule knows."""
    between = view.text[verb.stop : later.start]
    asked = any(verb.stop <= hit.start < later.start for hit in pivots(view))
    return _by(view, verb) and not asked and re.fullmatch(r"[、，,；;][^，,。；;：:的]{1,60}", between) is not None


def _by(view: View, verb: Hit) -> bool:
    """由A主办；B承办的X: the whole chain, past its marks, belongs to what follows 的."""
    return any(group.part == "agent" and group.stop <= verb.start for group in groups(view))


def _chained(view: View, start: int, stop: int) -> bool:
    """Only 、 or , and the next agents stand between two verbs of a chain."""
    for group in groups(view):
        if start <= group.start and group.stop <= stop:
            joined = re.compile(r"[、，,；;]?(?:并|由|和)*").fullmatch(view.text, start, group.start)
            return joined is not None and clean(view, group.stop, stop)
    return bool(re.fullmatch(rf"[、，,；;]?(?:并|和|及|由|联合|共同|{OURS.pattern})*", view.text[start:stop]))


def object_left(view: View, before: int, *kinds: str) -> Mention | None:
    """The last one named before, in the sentence: X在某地举行，由A主办."""
    found = [m for m in outer(view, *kinds) if m.stop <= before]
    return found[-1] if found else None
