"""Splits a newsletter or digest into its articles. Rather not at all than wrongly.

A short line begins an article when enough speaks for it (`_score`): it follows
a source line, or stands in the table of contents, or is one of several place
headings (长春：…), or is given twice, or has a page's particulars under it.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.lexicon import lexicon
from kg.read.looks import Look
from kg.read.particulars import fields, is_source
from kg.read.patterns import NUMBERED, packed, title_like
from kg.read.reflow import Block

ENOUGH = 3
_PLACED = re.compile(
    r"[【\[]([\u4e00-\u9fff]{2,9})[】\]](?=.)|([\u4e00-\u9fff]{2,9}?)[ \u3000]*[:：·•|｜丨—－-]+[ \u3000]*(?=\S)"
)
_DATELINE = re.compile(
    r"(?:[（(].{2,20}[）)])?(?:本[报网刊台站]讯|近日|日前|连日来|近期|今日|昨日|\d{4}年|\d{1,2}月\d{1,2}日)"
)
_TAIL_CREDIT = re.compile(r"[。！？”][（(]([^（）()]{2,40})[）)]$")
_LEADER = re.compile(r"[\s.．…·]*\d*$")
_SUBTITLE = ("——", "—", "--", "（", "(")


@dataclass(frozen=True, slots=True)
class Part:
    """A block and its look."""

    block: Block
    look: Look

    @property
    def text(self) -> str:
        return self.block.text


@dataclass(frozen=True, slots=True)
class Article:
    """The parts of one article; the first `front` of them are masthead and contents."""

    parts: tuple[Part, ...]
    front: int


def split(parts: tuple[Part, ...]) -> tuple[Article, ...]:
    """The articles, each part in one of them; a title given twice stands once."""
    once = tuple(_without_repeats(parts))
    single, twice = tuple(part for part, _ in once), frozenset(i for i, (_, again) in enumerate(once) if again)
    starts = _starts(single, twice)
    first = starts[0] if starts else 0
    front = 0 if _has_body(single[:first]) else first
    cuts = [0, *(start for start in starts if start > front), len(single)]
    return tuple(Article(single[a:b], front if a == 0 else 0) for a, b in pairwise(cuts) if a < b)


def tail_credit(text: str) -> str | None:
    """The source in brackets at the end of a paragraph: …。（某某日报）"""
    found = _TAIL_CREDIT.search(text[-48:])
    return found[1] if found and is_source(found[0][1:]) else None


def contents(parts: tuple[Part, ...]) -> frozenset[int]:
    """The places of a table of contents: its heading and its lines."""
    for i, part in enumerate(parts[:8]):
        if packed(part.text.strip("【】[]")) in lexicon("read_contents"):
            later = {packed(p.text) for p in parts[i + 1 :]}
            stop = i + 1
            while stop < len(parts) and parts[stop].look is not Look.BODY and _listed(parts, stop, i + 1, later):
                stop += 1
            return frozenset(range(i, stop))
    return frozenset()


def _listed(parts: tuple[Part, ...], at: int, begin: int, later: set[str]) -> bool:
    """Whether a line still belongs to the contents: none of its lines stood before."""
    seen = {_entry(part.text) for part in parts[begin:at]}
    return _entry(parts[at].text) not in seen


def _entry(text: str) -> str:
    """A line of the contents without number, dots and page."""
    bare = _LEADER.sub("", text)
    numbered = NUMBERED.match(bare)
    return packed(bare[numbered.end() :] if numbered else bare)


def _without_repeats(parts: tuple[Part, ...]) -> Iterator[tuple[Part, bool]]:
    """Each part, and whether it is a title that stood there twice (once maybe over two lines)."""
    listed = contents(parts)
    i = 0
    while i < len(parts):
        here = packed(parts[i].text)
        following = [packed(part.text) for part in parts[i + 1 : i + 3]]
        size = 0
        if i not in listed and _can_open(parts[i]) and len(here) >= 6:
            if following[:1] == [here]:
                size = 1
            elif len(following) == 2 and following[0] and following[0] + following[1] == here:
                size = 2
        if not size and len(following) == 2 and len(here) >= 4 and here + following[0] == following[1]:
            i += 2  # broken over two lines first, then whole
            yield parts[i], True
        else:
            yield parts[i], size > 0
            i += size
        i += 1


def _starts(parts: tuple[Part, ...], twice: frozenset[int]) -> list[int]:
    listed = contents(parts)
    entries = {_entry(parts[i].text) for i in sorted(listed)[1:]}
    places = {i: place for i, part in enumerate(parts) if i not in listed and (place := _place(part, opening=True))}
    parallel = len(set(places.values())) > 1
    found: list[int] = []
    for i, part in enumerate(parts):
        if i in listed or not (_can_open(part) or i in places) or not _leads_to_body(parts, i):
            continue
        score = ENOUGH if _entry(part.text) in entries else 0
        score += ENOUGH if parallel and i in places else 0
        score += _score(parts, i, begin=found[-1] if found else 0, again=i in twice)
        if score >= ENOUGH:
            found.append(i)
    return found


def _score(parts: tuple[Part, ...], i: int, *, begin: int, again: bool) -> int:
    """How much speaks for an article that begins at `i`, the one before it having begun at `begin`."""
    if not _has_body(parts[begin:i]):
        return 0
    before = _before(parts, i)
    body = next((part for part in parts[i + 1 :] if part.look is Look.BODY), parts[i])
    score = ENOUGH if before.look is Look.SOURCE or tail_credit(before.text) else 0
    score += 2 if again else 0
    score += ENOUGH if _page_head(parts, i) else 0
    score += bool(_DATELINE.match(body.text)) + (parts[i].block.gap > 1)
    return score + (lexicon("read_places").longest_prefix(parts[i].text, 0, 8) is not None)


def _page_head(parts: tuple[Part, ...], i: int) -> bool:
    """Whether labelled particulars follow, as under the title of a web page (not a signature's bare date)."""
    following = parts[i + 1] if i + 1 < len(parts) else parts[i]
    labels = {label for label, _ in fields(following.text)}
    return following.look is Look.META and bool(labels) and following.block.indent < 8


def _before(parts: tuple[Part, ...], i: int) -> Part:
    """What stands before `i`, pictures and buttons aside."""
    for part in reversed(parts[:i]):
        if part.look not in (Look.CAPTION, Look.META) and not _comma_caption(part):
            return part
    return parts[i]


def _comma_caption(part: Part) -> bool:
    """Whether a line is built like a caption without a mark: 某地,志愿者在……."""
    found = re.match(r"[\u4e00-\u9fff]{2,10}[，,][^，,。！？：:]{6,40}$", part.text)
    return bool(found) and lexicon("read_places").longest_prefix(part.text, 0, 8) is not None


def is_loose_caption(parts: tuple[Part, ...], i: int) -> bool:
    """Whether an unmarked line between articles or paragraphs stands under a picture."""
    part = parts[i]
    return i > 0 and part.look is Look.SHORT and _comma_caption(part) and not _leads_to_body(parts, i, only=True)


def _can_open(part: Part) -> bool:
    return part.look in (Look.SHORT, Look.ROW) and title_like(part.text) and not part.text.startswith(_SUBTITLE)


def _place(part: Part, *, opening: bool) -> str | None:
    """The place a heading names first: 【江苏某市】…, 江苏某市：…, 江苏某市 · …"""
    text = part.text
    if numbered := NUMBERED.match(text):
        text = text[numbered.end() :].lstrip()
    found = _PLACED.match(text)
    if not found or not title_like(text) or part.look in (Look.META, Look.SOURCE, Look.CAPTION, Look.BODY):
        return None
    name: str = found[1] or found[2]
    return name if lexicon("read_places").longest_prefix(name, 0, len(name)) else None


def _leads_to_body(parts: tuple[Part, ...], i: int, *, only: bool = False) -> bool:
    """Whether a paragraph follows, with at most a subtitle and particulars between."""
    between = 0
    for part in parts[i + 1 : i + 6]:
        if part.look is Look.BODY:
            return True
        if part.look is Look.SHORT and part.block.gap > 1:
            return False
        between += part.look not in (Look.META, Look.SOURCE, Look.CAPTION)
        if between > (0 if only else 2):
            return False
    return False


def _has_body(parts: tuple[Part, ...]) -> bool:
    return any(part.look in (Look.BODY, Look.ROW, Look.ITEM) and len(part.text) > 15 for part in parts)
