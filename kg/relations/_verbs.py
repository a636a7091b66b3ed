"""The verbs of relations in a sentence, and the clauses they stand in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from kg.lexicon import Hit, lexicon
from kg.model import EVENT, PROGRAM
from kg.relations._patterns import nominal, speech
from kg.relations._units import NAMES
from kg.view import View

CLAUSE_END = re.compile(r"[，,；;：:。！？!?\n]")
QUOTED = re.compile(r"(?<![，,：:说道])[“「『](?P<in>[^“”「」『』。！？!?]{1,30})[”」』]")  # a name or motto, no speech
AFTER_SHORT = re.compile(r"[了起过出“‘「]|的(?=[“‘「是])|一[场次个期]|\d")
ONLY_JOINS = ("参加", "参与", "參加", "參與")  # 参加共建: they take part, no more


def verbs(view: View, relation: str | None = None) -> tuple[Hit, ...]:
    """Verbs of a relation (of any, by default) outside all names, where they are no part of a noun."""
    if "verbs" not in view.memo:
        said = tuple(_speeches(view))
        listed = (hit for hit in view.hits("relation_verbs") if _is_verb(view, hit) and not _overlaps(hit, said))
        view.memo["verbs"] = tuple(sorted((*listed, *said), key=lambda hit: hit.start))
    memo: tuple[Hit, ...] = view.memo["verbs"]
    if relation is None or not memo:
        return memo
    if "verbs of" not in view.memo:
        view.memo["verbs of"] = _by_relation(memo)
    by_relation: dict[str, tuple[Hit, ...]] = view.memo["verbs of"]
    return by_relation.get(relation, ())


def _by_relation(hits: tuple[Hit, ...]) -> dict[str, tuple[Hit, ...]]:
    """Verbs by each relation they can say: every rule of a relation asks for its own."""
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        for relation in dict.fromkeys(hit.fields["relations"].split()):
            found.setdefault(relation, []).append(hit)
    return {relation: tuple(group) for relation, group in found.items()}


def pivots(view: View) -> tuple[Hit, ...]:
    """Verbs that make others act; 组织 of 社会组织 is none."""
    if "pivots" not in view.memo:
        found = view.hits("relation_pivots")
        view.memo["pivots"] = tuple(hit for hit in found if not _is_noun(view, hit))
    memo: tuple[Hit, ...] = view.memo["pivots"]
    return memo


def _is_noun(view: View, hit: Hit) -> bool:
    noun = lexicon("relation_pivot_nouns").longest_suffix(view.text, view.start, hit.stop)
    return noun is not None and len(noun) > len(hit.word)


def _speeches(view: View) -> Iterator[Hit]:
    """作了题为某某的报告, 致欢迎词: verbs with their nouns."""
    for match in view.find(speech()):
        sense = "office" if match["opens"] else "speak"
        yield Hit(match.start(), match.end(), match[0], {"relations": "participates_in", "sense": sense})


def _stands_alone(view: View, hit: Hit) -> bool:
    """办了一场…, 做“暖冬”项目: but not the last character of 民政办."""
    if hit.start not in view.token_starts:
        return False
    held = any(m.start == hit.stop for m in view.of(EVENT, PROGRAM))
    return held or AFTER_SHORT.match(view.text, hit.stop, view.stop) is not None


def _overlaps(hit: Hit, others: tuple[Hit, ...]) -> bool:
    return any(hit.start < other.stop and other.start < hit.stop for other in others)


def _is_verb(view: View, hit: Hit) -> bool:
    if hit.stop > view.stop or nominal().match(view.text, hit.stop, view.stop):
        return False
    if len(hit.word) == 1 and not _stands_alone(view, hit):
        return False
    if view.text.endswith(ONLY_JOINS, view.start, hit.start):
        return False
    named = any(m.start < hit.stop and hit.start < m.stop for m in view.of(*NAMES))
    return not named and not any(
        trap.start <= hit.start and hit.stop <= trap.stop and trap.word != hit.word
        for trap in view.hits("relation_verb_traps")
    )


def clause_start(view: View, offset: int) -> int:
    """Start of the clause that holds `offset`; commas within names do not end one."""
    ends = _clause_ends(view)
    at = bisect_left(ends, offset)
    return ends[at - 1] + 1 if at else view.start


def clause_stop(view: View, offset: int) -> int:
    """End of the clause that holds `offset`."""
    ends = _clause_ends(view)
    at = bisect_left(ends, offset)
    return ends[at] if at < len(ends) else view.stop


def _clause_ends(view: View) -> list[int]:
    """Offsets of the marks that end clauses, outside all names and mottos."""
    if "clauses" not in view.memo:
        within = {offset for m in view.mentions for offset in range(m.start, m.stop)}
        within |= {offset for quote in view.find(QUOTED) for offset in range(*quote.span("in"))}
        view.memo["clauses"] = [m.start() for m in view.find(CLAUSE_END) if m.start() not in within]
    memo: list[int] = view.memo["clauses"]
    return memo
