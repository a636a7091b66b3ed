"""Splits a newsletter or digest into its articles. Rather not at all than wrongly.

A short line begins an article when enough speaks for it (`_score`): it follows
a source line, or stands in the table of contents, or is one of several place
headings (长春：…), or is given twice, or has a page's particulars under it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.lexicon import lexicon
from kg.read.lines import is_masthead
from kg.read.looks import Look
from kg.read.particulars import fields, is_source
from kg.read.patterns import BULLETS, NUMBERED, packed, title_like
from kg.read.reflow import Block

ENOUGH = 3
_NEAR = 10  # so many parts before and after a line are asked about it
_PLACED = re.compile(
    r"[【\[]([\u4e00-\u9fff]{2,9})[】\]](?=.)|([\u4e00-\u9fff]{2,9}?)[ \u3000]*[:：·•|｜丨—－-]+[ \u3000]*(?=\S)"
)
_DATELINE = re.compile(
    r"(?:[（(].{2,20}[）)])?(?:本[报网刊台站]讯|近日|日前|连日来|近期|今日|昨日|\d{4}年|\d{1,2}月\d{1,2}日)"
)
_TAIL_CREDIT = re.compile(r"[。！？”][（(]([^（）()]{2,40})[）)]$")
_END = re.compile(r"[（(【\[]?(?:完|全文完|END|end)[）)】\]]?")
_RULE = re.compile(r"[-—=_*＊#~·•.．…]{3,}(?: ?[-—=_*＊#~·•.]{3,})*")
_LEADER = re.compile(r"[\s.．…·]*\d*$")
_ROWS = (Look.ROW, Look.ITEM)
_OPENERS = (Look.SHORT, Look.ROW, Look.ITEM)
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
    begun: bool  # whether its first part after the front was found to be a title


def split(parts: tuple[Part, ...]) -> tuple[Article, ...]:
    """The articles, each part in one of them; a title given twice stands once."""
    once = tuple(_without_repeats(parts, contents(parts)))
    single, twice = tuple(part for part, _ in once), frozenset(i for i, (_, again) in enumerate(once) if again)
    listed = contents(single)
    starts = _starts(single, twice, listed)
    first = starts[0] if starts else 0
    front = 0 if _has_body(part for i, part in enumerate(single[:first]) if i not in listed) else first
    cuts = [0, *(start for start in starts if start > front), len(single)]
    return tuple(
        Article(single[a:b], front if a == 0 else 0, (a or front) in starts) for a, b in pairwise(cuts) if a < b
    )


def tail_credit(text: str) -> str | None:
    """The source in brackets at the end of a paragraph: …。（某某日报）"""
    found = _TAIL_CREDIT.search(text[-48:])
    return found[1] if found and is_source(found[0][1:]) else None


def contents(parts: tuple[Part, ...]) -> range:
    """Where a table of contents stands: its heading and its lines."""
    for i, part in enumerate(parts[:10]):
        if len(part.text) < 12 and packed(part.text.strip("【】[] \u3000")) in lexicon("read_contents"):
            seen: set[str] = set()
            stop = i + 1
            while stop < len(parts) and parts[stop].look is not Look.BODY and _entry(parts[stop].text) not in seen:
                seen.add(_entry(parts[stop].text))
                stop += 1
            return range(i, stop)
    return range(0)


def _entry(text: str) -> str:
    """A line of the contents without number, dots and page."""
    bare = _LEADER.sub("", text)
    numbered = NUMBERED.match(bare)
    return packed(bare[numbered.end() :] if numbered else bare)


def _without_repeats(parts: tuple[Part, ...], listed: range) -> Iterator[tuple[Part, bool]]:
    """Each part, and whether it is a title that stood there twice (once maybe over two lines)."""
    keys = [packed(part.text) if i not in listed and _can_open(part) else "" for i, part in enumerate(parts)]
    keys += ["", ""]
    i = 0
    while i < len(parts):
        here, after, later = keys[i : i + 3]
        if len(here) < 4 or not after:
            yield parts[i], False
        elif here == after and len(here) >= 6 and here not in (later, keys[i - 1] if i else ""):
            yield parts[i], True
            i += 1
        elif later and here in (after + later, later[: -len(after)]) and later in (later, here + after):
            broken_first = here + after == later
            yield (parts[i + 2] if broken_first else parts[i]), True
            i += 2
        else:
            yield parts[i], False
        i += 1


def _starts(parts: tuple[Part, ...], twice: frozenset[int], listed: range) -> list[int]:
    entries = {_entry(parts[i].text) for i in listed[1:]}
    places = {i: place for i, part in enumerate(parts) if i not in listed and (place := _place(part))}
    paper = len(listed) > 2 or any(is_masthead(part.text) for part in parts[:3])
    regions = _regions(places, paper=paper)
    found: list[int] = []
    for i, part in enumerate(parts):
        if i in listed or not (_can_open(part) or part.look is Look.ITEM) or not _leads_to_body(parts, i):
            continue
        begin = found[-1] if found else 0
        score = ENOUGH if _entry(part.text) in entries else 0
        score += ENOUGH if i in regions and (begin == 0 or not _within(places[i], regions.get(begin))) else 0
        score += ENOUGH if found and _next_number(parts[begin].text, part.text) else 0
        if part.look is not Look.ITEM:
            score += _score(parts, i, begin=begin, again=i in twice) + (paper and i > begin)
        if score >= ENOUGH:
            found.append(i)
    return found


def _next_number(title: str, text: str) -> bool:
    """Whether `text` carries the number that follows the title's, or the same bullet."""
    one, two = NUMBERED.match(title), NUMBERED.match(text)
    if not one or not two or one[0].strip("0123456789") != two[0].strip("0123456789"):
        return False
    first, second = re.search(r"\d+", one[0]), re.search(r"\d+", two[0])
    return (int(first[0]) + 1 == int(second[0])) if first and second else one[0] == two[0] and one[0] in BULLETS


def _regions(places: dict[int, str], *, paper: bool) -> dict[int, str]:
    """The place headings that stand for an article each: there are several, of different places.

    None if the first names the province of all others, unless a newsletter's name
    or contents stand at the top: an article on a province may have a heading for
    each of its cities.
    """
    if len(set(places.values())) < 2:
        return {}
    first, *others = (places[i] for i in sorted(places))
    return {} if not paper and all(_within(other, first) for other in others) else places


def _within(place: str, whole: str | None) -> bool:
    """Whether a place lies in `whole`, a province, or is the same."""
    known = lexicon("read_places")
    inner = known.longest_prefix(place, 0, len(place)) or ""
    outer = known.longest_prefix(whole, 0, len(whole)) if whole else None
    if not outer or not whole:
        return False
    return place == whole or (outer == known.entries[outer]["province"] == known.entries[inner]["province"] == whole)


def _score(parts: tuple[Part, ...], i: int, *, begin: int, again: bool) -> int:
    """How much speaks for an article that begins at `i`, the one before it having begun at `begin`."""
    if not _has_body(parts[k] for k in range(begin, i)):
        return 0
    body = next((part for part in parts[i + 1 : i + _NEAR] if part.look is Look.BODY), parts[i])
    score = ENOUGH if _closed(parts[max(begin, i - _NEAR) : i]) else 0
    score += 2 if again else 0
    score += ENOUGH if _page_head(parts, i) else 0
    score += bool(_DATELINE.match(body.text)) + (parts[i].block.gap > 1)
    return score + (lexicon("read_places").longest_prefix(parts[i].text, 0, 8) is not None)


def _closed(parts: tuple[Part, ...]) -> bool:
    """Whether an article ends here: with a source line, 完, or a ruled line; pictures and buttons aside."""
    for part in reversed(parts):
        if part.look is Look.META and (_END.fullmatch(part.text) or _RULE.fullmatch(part.text)):
            return True
        if part.look not in (Look.CAPTION, Look.META) and not _comma_caption(part):
            return part.look is Look.SOURCE or tail_credit(part.text) is not None
    return False


def _page_head(parts: tuple[Part, ...], i: int) -> bool:
    """Whether labelled particulars follow, as under the title of a web page (not a signature's bare date)."""
    following = parts[i + 1] if i + 1 < len(parts) else parts[i]
    labels = {label for label, _ in fields(following.text)}
    return following.look is Look.META and bool(labels) and following.block.indent < 8


def _comma_caption(part: Part) -> bool:
    """Whether a line is built like a caption without a mark: 某地,志愿者在……."""
    found = re.match(r"[\u4e00-\u9fff]{2,10}[，,][^，,。！？：:]{6,40}$", part.text)
    return bool(found) and lexicon("read_places").longest_prefix(part.text, 0, 8) is not None


def is_loose_caption(parts: tuple[Part, ...], i: int) -> bool:
    """Whether an unmarked line between articles or paragraphs stands under a picture."""
    part = parts[i]
    return i > 0 and part.look is Look.SHORT and _comma_caption(part) and not _leads_to_body(parts, i, only=True)


def _can_open(part: Part) -> bool:
    if part.look is not Look.SHORT and part.look is not Look.ROW:
        return False
    return title_like(part.text) and not part.text.startswith(_SUBTITLE)


def _place(part: Part) -> str | None:
    """The place a heading names first: 【江苏某市】…, 江苏某市：…, 江苏某市 · …"""
    if part.look not in _OPENERS:
        return None
    text = part.text
    if numbered := NUMBERED.match(text):
        text = text[numbered.end() :].lstrip()
    found = _PLACED.match(text)
    if not found or not title_like(text):
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


def _has_body(parts: Iterable[Part]) -> bool:
    return any(part.look is Look.BODY or (part.look in _ROWS and len(part.text) > 15) for part in parts)
