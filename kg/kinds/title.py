"""Titles of posts: 局长, 常务副院长, 党组书记、局长.

A title is a mention without an entity: relations carry it. Titles joined by 、 or 兼
with no body between them are one title, as the guideline has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lexicon import Hit, lexicon
from kg.view import Span, View

KIND = "title"
NEEDS = ("place",)

SPREAD = re.compile(r"(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff][ \u3000]+){1,3}[\u4e00-\u9fff](?=[ \u3000：:])")
BRANCH = re.compile(r"[一二三四五六七八九十\d]+(?:党?支部|党?总支)$")  # 民建三支部: a body with a number
JOINT = re.compile(r"[、兼/／]|\s(?=\S)")


def post(view: View) -> Iterator[Span]:
    """A title word with what belongs to it: 副, 常务, 党组; joined ones are one title."""
    current: Span | None = None
    for start, stop in _single(view):
        if current and _joined(view, current, start, stop):
            current = Span(current.start, stop)
            continue
        if current:
            yield current
        current = Span(start, stop)
    if current:
        yield current


def _joined(view: View, current: Span, start: int, stop: int) -> bool:
    """党组书记、局长; but not 市委副书记、市长, which are posts in two bodies."""
    if not JOINT.fullmatch(view.text, current.stop, start) or _is_name_list(view, current, start):
        return False
    words = view.text[current.start : current.stop], view.text[start:stop]
    return not any(word in lexicon("government_titles") for word in words)


def _single(view: View) -> Iterator[tuple[int, int]]:
    text, floor = view.text, view.start
    for hit in view.hits("titles"):
        if hit.start < floor or hit.stop > view.stop or _is_trap(view, hit.stop):
            continue
        if any(hit.start < place.start < hit.stop < place.stop for place in view.of("place")):
            continue  # 市长 in 福州市长乐区
        if _inside_words(view, hit) or any(t.start <= hit.start < t.stop for t in view.hits("title_traps")):
            continue
        start = _past_unit(view, hit)
        if start == hit.start:
            start = _with_prefixes(text, hit.start, floor)
        floor = hit.stop
        yield start, hit.stop


def _past_unit(view: View, hit: Hit) -> int:
    """书记 in 云溪社区书记, 主任 in 社会学系主任: where the unit is named, it is the body's and not the post's."""
    unit = lexicon("title_units").longest_prefix(view.text, hit.start, hit.stop)
    rest = view.text[hit.start + len(unit or "") : hit.stop]
    token = next((t for t in view.tokens if t.start < hit.start <= t.stop), None)
    if unit is None or rest not in lexicon("titles") or token is None:
        return hit.start
    ends_place = any(p.start < hit.start <= p.stop <= hit.start + len(unit) for p in view.of("place"))
    own = token.tag[0] in "nlijz" and token.word not in lexicon("boundary_words")
    return hit.start + len(unit) if ends_place or own else hit.start


def _inside_words(view: View, hit: Hit) -> bool:
    """理事 in 处理事务: cut out of two words, and no name follows."""
    if hit.start in view.token_starts or hit.stop in view.token_starts:
        return False
    return view.text[hit.stop : hit.stop + 1] not in lexicon("surnames")


def _is_trap(view: View, stop: int) -> bool:
    """委员 in 委员会 is no post; 局长 in 局长会见 is one: 会见 is the longer word."""
    follower = lexicon("title_followers").longest_prefix(view.text, stop, view.stop)
    word = lexicon("boundary_words").longest_prefix(view.text, stop, view.stop)
    return bool(follower) and len(word or "") <= len(follower or "")


def _with_prefixes(text: str, start: int, floor: int) -> int:
    """Move `start` left over 副, 常务副 … and one inner body: 党组, 党委."""
    prefixes, bodies = lexicon("title_prefixes"), lexicon("title_bodies")
    while word := prefixes.longest_suffix(text, floor, start):
        if text[start - len(word) : start + 1] in lexicon("organization_suffixes"):
            break  # 社会处长 is the head of the 社会处
        start -= len(word)
    if (body := bodies.longest_suffix(text, floor, start)) and not _is_own_body(text, start, len(body), floor):
        start -= len(body)
    return start


def _is_own_body(text: str, stop: int, length: int, floor: int) -> bool:
    """A body by itself, not an organ inside one: 总工会, 村党支部, 某镇党委, 市纪委."""
    if BRANCH.search(text, floor, stop):
        return True
    longer = lexicon("organization_suffixes").longest_suffix(text, floor, stop)
    if longer and len(longer) > length and longer not in lexicon("title_bodies"):
        return True
    return _is_territorial(text, stop - length, floor)


def _is_territorial(text: str, start: int, floor: int) -> bool:
    """Before 党委, 党工委: the party body of a place (某镇党委) is a body, not part of the title."""
    return bool(lexicon("title_territories").longest_suffix(text, floor, start))


def _is_name_list(view: View, title: Span, start: int) -> bool:
    """Two equal titles in a row belong to two people."""
    return view.text[title.start : title.stop] == view.text[start : start + title.stop - title.start]


def padded(view: View) -> Iterator[Span]:
    """A title spread over a column of a roster: 组　长, 副 会 长."""
    for match in view.find(SPREAD):
        word = re.sub(r"\s", "", match[0])
        start = 0
        while (prefix := lexicon("title_prefixes").longest_prefix(word, start, len(word))) and word not in lexicon(
            "titles"
        ):
            start += len(prefix)
            if word[start:] in lexicon("titles"):
                break
        if word[start:] in lexicon("titles"):
            yield Span(match.start(), match.end(), word)


RULES = (post, padded)
