"""Where the name of a body ends and where it begins: suffix first, then leftwards.

A body's name ends with its head noun (`_heads`) and reaches left as far as no boundary
stands in the way (`_limits`): punctuation, a verb or preposition, a title, a person, a
document. Inside that stretch it begins at its first anchor: a place, a relative prefix
(省, 市), a scope (中国, 全国). Without an anchor the segmenter's words decide, and only
a name with a part of its own counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.kinds._heads import Head, heads, named_after
from kg.kinds._limits import CONJUNCTIONS, anchors, left_limit, nominal
from kg.lexicon import lexicon
from kg.view import Token, View, known_word

SCHOOLISH = frozenset({"School", "Enterprise", "Hospital", "Institute", "Media", "Foundation", "SocialOrganization"})
BRANDED = 4  # characters of a head noun that make any word before it a brand
ORDINAL = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}师|第?[\d一二三四五六七八九十]{1,3}团)$"
)  # 八师某市: of the 兵团
OPENING = re.compile(
    r"(?:(?:新一|上一|[本首上历]|第[一二三四五六七八九十\d]{1,3})届|\d{4}级|兼(?!善|爱)|[给被把跟])"
)  # 第四届教育基金会, 2004级艺术学院, 兼社工部
COMPANY = re.compile(r"(?<![分子])公司$")  # no section of anybody; 分公司, 子公司 are
SALUTATION = re.compile(r"[各全].*[：:]\s*$")  # 各市、县民政局：


@dataclass(frozen=True, slots=True)
class Body:
    """A candidate: its span, how its beginning was found, and its head noun."""

    start: int
    stop: int
    how: str  # anchored | proper | bare
    head: Head


def bodies(view: View) -> tuple[Body, ...]:
    """Candidates of the sentence, longest first from the right; they do not overlap."""
    if "bodies" not in view.memo:
        view.memo["bodies"] = tuple(reversed(list(_from_the_right(view))))
    found: tuple[Body, ...] = view.memo["bodies"]
    return found


def _from_the_right(view: View) -> Iterator[Body]:
    limit = view.stop + 1
    ends = heads(view)
    if SALUTATION.match(view.text, view.start, view.stop):
        return
    for head in reversed(ends):
        if head.stop > limit:
            continue
        body = _reach_left(view, head, ends)
        if body is not None:
            limit = body.start
            yield body


def _reach_left(view: View, head: Head, ends: tuple[Head, ...]) -> Body | None:
    floor = left_limit(view, head.start, ends)
    if floor > head.start:
        return None
    starts = [a for a in anchors(view) if floor <= a < head.stop and (a == floor or view.text[a - 1] not in "（(")]
    if starts:
        start = min(_before_anchor(view, floor, _own_anchor(view, starts, head, ends), ends), head.start)
        start = _with_league(view, floor, start, head)
        if start != head.start or head.strong:
            return Body(start, head.stop, "anchored", head)
    if _needs_place(head, view.text):
        return None
    start = _by_words(view, floor, head.start)
    if head.kind != "CoordinatingBody" and (opening := OPENING.match(view.text, start, head.start)):
        start = opening.end()
    if head.start - start == 1 and head.kind == "Enterprise":
        return None  # 老有限责任公司: the segmenter took the rest of the name away
    if start == head.start:
        alone = head.strong or named_after(view, head.stop) or _pointed_at(view, head)
        return Body(start, head.stop, "bare", head) if alone else None
    proper = has_proper_part(view, start, head)
    return Body(start, head.stop, "proper" if proper else "bare", head)


def _pointed_at(view: View, head: Head) -> bool:
    """该中心, 本中心."""
    return view.text[head.start - 1 : head.start] in ("该", "本")


def _needs_place(head: Head, text: str) -> bool:
    """A government has its place directly before it: 某市政府, never 领域政府."""
    return text[head.start : head.stop].endswith("政府") and head.stop - head.start in (2, 4)


def _own_anchor(view: View, starts: list[int], head: Head, ends: tuple[Head, ...]) -> int:
    """The first anchor, or in 市委市政府 the second: a committee before a relative place is a body of its own."""
    committees = {h.stop for h in ends if h.stop <= head.start and is_committee(view.text[h.start : h.stop])}
    own = [a for a in starts if a in committees and lexicon("relative_starts").longest_prefix(view.text, a, head.stop)]
    return own[-1] if own else starts[0]


def _with_league(view: View, floor: int, start: int, head: Head) -> int:
    """团 before a committee makes it the league's: 团云湖市委."""
    league = view.text[start - 1 : start] == "团" and start > floor and start != head.start
    return start - 1 if league and is_committee(view.text[start : head.stop]) else start


def is_committee(name: str) -> bool:
    """某市委, 某局党组: a party committee, whose departments are no sections."""
    return lexicon("committee_tails").longest_suffix(name, 0, len(name)) is not None


def _before_anchor(view: View, floor: int, anchor: int, ends: tuple[Head, ...]) -> int:
    """A school or firm directly before a place belongs to the name: 某学院福州研究院."""
    for head in ends:
        if head.stop == anchor and head.kind in SCHOOLISH and head.start > floor:
            return _by_words(view, floor, head.start)
    if division := ORDINAL.search(view.text, floor, anchor):
        return division.start()
    return anchor


def _by_words(view: View, floor: int, stop: int) -> int:
    """Leftwards over the segmenter's words as long as they can stand in a name."""
    start = stop
    for token in reversed(view.tokens):
        if token.start >= start:
            continue
        if token.stop > start:  # the head noun begins inside a word: 教务处
            start = max(token.start, floor)
            continue
        inner = token.word in CONJUNCTIONS and token.start > floor  # the limit was looked for beyond it
        if token.start < floor or token.stop < start or not (inner or nominal(token.word, token.tag)):
            break
        start = token.start
    if (
        start < stop
        and view.text[start] in CONJUNCTIONS
        and any(t.start == start and len(t.word) == 1 for t in view.tokens)
    ):
        return start + 1  # the word before 及 belongs to no name
    return start


def has_proper_part(view: View, start: int, head: Head) -> bool:
    """Whether the words before the head noun single out one body: 晨曦, not 社区养老.

    A long head noun (社会工作服务中心) or that of an association or firm makes any word
    of no field of work a brand; a short one (基地, 学校) asks for a word that is a name.
    """
    fields, at = lexicon("field_words"), start
    brand = head.stop - head.start >= BRANDED or head.kind in ("Enterprise", "SocialOrganization", "Foundation")
    if head.start - start > 1 and view.text[start : head.start].endswith(("村", "社区")):
        return True  # 云溪村村委会, whatever the village's name means
    while at < head.start:
        if view.text[at] in "（）()“”·、":
            at += 1
            continue
        word = fields.longest_prefix(view.text, at, head.start)
        if word is None:
            return brand or any(is_name(token) for token in view.tokens if start <= token.start < head.start)
        at += len(word)
    return False


def is_name(token: Token) -> bool:
    """A word that is a name, or that no dictionary has."""
    return token.tag in ("nr", "ns", "nz", "nt", "nrt", "nrfg", "eng") or (
        len(token.word) > 1 and not known_word(token.word)
    )
