"""How far a name reaches to the left of its last word.

A Chinese name of a gathering or a plan is a chain of nouns, verbs and marks whose
last word tells its kind; nothing shows where it begins except the word before it.
"""
from __future__ import annotations

import re
from bisect import bisect_right

from kg.kinds._quotes import OPENERS, opener
from kg.lexicon import lexicon
from kg.view import Token, View

DAY = re.compile(r"(?:\d{1,2}月|\d{1,2}[日号]|\d{1,2}时|[点钟分]|星期[一二三四五六日天])$")
YEAR = re.compile(r"(?:\d{4}|[〇○零一二三四五六七八九]{4})(?:[—\-~至]\d{4})?年度?$")
CHAIN = frozenset("·•・‧+＋")
JOINERS = frozenset(("和", "与", "及", "以及", "暨", "、"))
SHORT_FORM = re.compile(r"[（(](?:[^（）()]{0,12}(?:简称|下称|又称|原名?)[^（）()]*)[）)]")


def left_edge(view: View, at: int, stops: str = "event_stops", keeps: str = "event_keeps") -> int:
    """Where the chain of words that runs up to `at` begins; `at` itself if there is none."""
    kept = [(hit.start, hit.stop) for hit in view.hits(keeps)]
    inside = {offset for start, stop in kept for offset in range(start + 1, stop)}
    position = at
    while position > view.start:
        before = _step(view, position, stops, inside)
        if before is None:
            break
        position = before
    return _trimmed(view, position, at)


def _step(view: View, position: int, stops: str, inside: set[int]) -> int | None:
    """The start of what stands before `position`, if the name goes on through it."""
    text, char = view.text, view.text[position - 1]
    if char in OPENERS:
        return _over_marks(view, position)
    if year := YEAR.search(text, max(view.start, position - 12), position):
        return year.start()
    if DAY.search(text, max(view.start, position - 5), position):
        return None
    if char in CHAIN:
        return position - 1
    token = _token_before(view, position)
    if position in inside or token.start in inside:
        return max(token.start, view.start)
    if token.word in lexicon(stops) or _is_break(view, token):
        return None
    return max(token.start, view.start)


def _over_marks(view: View, position: int) -> int | None:
    """Past “…”, 《…》, （…）; not past a whole quoted sentence."""
    start = opener(view.text, position - 1, view.start)
    if start is None or re.search(r"[。！？；\n]", view.text[start:position]):
        return None
    return start


def _token_before(view: View, position: int) -> Token:
    """The word that ends at `position`, cut there where the segmenter runs on."""
    tokens = view.tokens
    token = tokens[bisect_right([t.start for t in tokens], position - 1) - 1]
    if token.stop > position:
        return Token(token.start, position, view.text[token.start : position], token.tag)
    return token


def _is_break(view: View, token: Token) -> bool:
    if token.word in JOINERS:
        return token.word == "、" or _is_listing(view, token)
    if not re.search(r"[\w\u3007]", token.word):
        return True
    return token.tag[:1] in ("p", "u", "r", "y", "e") and token.word not in lexicon("event_keeps")


def _is_listing(view: View, joiner: Token) -> bool:
    """和 between two gatherings (开幕式和座谈会) lists them; within one name it joins its parts."""
    if joiner.word == "暨":
        return False
    before = view.text[view.start : joiner.start]
    return lexicon("event_heads").longest_suffix(before, 0, len(before)) is not None


def _trimmed(view: View, start: int, stop: int) -> int:
    trims = lexicon("event_trims")
    while start < stop and (word := trims.longest_prefix(view.text, start, stop)):
        start += len(word)
    return start


def plain(text: str) -> str:
    """A name on one line, without the short form that a bracket declares inside it."""
    return re.sub(r"[\r\n]+[\s　]*", "", SHORT_FORM.sub("", text)).strip(" 　")
