"""How far a name reaches to the left of its last word.

A Chinese name of a gathering or a plan is a chain of nouns, verbs and marks whose
last word tells its kind; nothing shows where it begins except the word before it.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from kg.kinds._quotes import OPENERS, QUOTES, STRAIGHT, opener, quotes
from kg.lexicon import lexicon
from kg.view import Token, View

DAY = re.compile(r"(?:\d{1,2}月|\d{1,2}[日号]|\d{1,2}[点时分]|星期[一二三四五六日天])$")
DATED = re.compile(r"\d[日号][\u4e00-\u9fff]")  # 9日|云湖市, which the segmenter may cut as 9|日云|湖市
OWNER_CUT = re.compile(r"[^“《「届次年]*(?=[“《「])")  # 甲会、乙行“…”仪式: 乙行 is half of a list
YEAR = re.compile(r"(?:\d{4}|[〇○零一二三四五六七八九]{4})(?:[—\-~至]\d{4})?年度?$")
CHAIN = frozenset("·•・‧+＋")
DASH = re.compile(r"(?<=[”」』])(?:—{1,2}|-{1,2}|－{1,2})$")  # “甲乙丙”——云湖市第二届邻里节
ITEM = re.compile(r"[（(][\d一二三四五六七八九十]{1,3}[）)]")
SCOPE = re.compile(r"\d{4}年|[全今去上本][国省市区县州年届次]")
PARTICLES = frozenset("的了着过所之")
SHORT_FORM = re.compile(r"[（(](?:[^（）()]{0,12}(?:简称|下称|又称|原名?)[^（）()]*)[）)]")


def left_edge(view: View, at: int, stops: tuple[str, ...] = ("event_stops",)) -> int:
    """Where the chain of words that runs up to `at` begins; `at` itself if there is none.

    `stops` names the word lists of what may stand before a name but not in it.
    """
    kept = [(hit.start, hit.stop) for hit in view.hits("event_keeps")]
    inside = {offset for start, stop in kept for offset in range(start + 1, stop)}
    position = at
    while position > view.start:
        before = _step(view, position, stops, inside)
        if before is None:
            break
        position = before
    return _trimmed(view, position, at)


def _step(view: View, position: int, stops: tuple[str, ...], inside: set[int]) -> int | None:
    """The start of what stands before `position`, if the name goes on through it."""
    text, char = view.text, view.text[position - 1]
    if char in OPENERS or char in STRAIGHT:
        return _over_marks(view, position)
    if year := YEAR.search(text, max(view.start, position - 12), position):
        return year.start()
    if DAY.search(text, max(view.start, position - 5), position):
        return None
    if char in CHAIN:
        return position - 1
    if dash := DASH.search(text, max(view.start, position - 3), position):
        return dash.start()
    token = _token_before(view, position)
    if token.start > view.start and token.start + 1 < position and DATED.match(view.text, token.start - 1):
        return token.start + 1
    if position in inside or token.start in inside:
        return max(token.start, view.start)
    if (_is_stop(view, token, stops) and not _goes_on(view, token)) or _is_break(view, token):
        return None
    return max(token.start, view.start)


def _over_marks(view: View, position: int) -> int | None:
    """Past “…”, 《…》, （…）; not past a whole quoted sentence."""
    if view.text[position - 1] in STRAIGHT:
        start = next((quote.start for quote in quotes(view) if quote.stop == position), None)
    else:
        start = opener(view.text, position - 1, view.start)
    if start == view.start and ITEM.fullmatch(view.text, start, position):
        return None
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


def _is_stop(view: View, token: Token, stops: tuple[str, ...]) -> bool:
    """Whether the word is a stop, or the end of one that the segmenter has cut in two (舉|行)."""
    for name in stops:
        word = lexicon(name).longest_suffix(view.text, view.start, token.stop) or ""
        if token.word in lexicon(name) or (len(word) > len(token.word) and token.stop - len(word) in view.token_starts):
            return True
    return (
        len(token.word) >= 4
        and lexicon("event_stop_endings").longest_suffix(view.text, token.start, token.stop) is not None
    )


def _goes_on(view: View, token: Token) -> bool:
    """启动仪式, 启动暨…, “两新”组织: here a word that stops names is part of one."""
    head = lexicon("event_heads").longest_prefix(view.text, token.start, view.stop) or ""
    noun = token.word == "组织" and view.text[token.start - 1 : token.start] in OPENERS
    return noun or len(head) > len(token.word) or view.text.startswith("暨", token.stop)


def _is_break(view: View, token: Token) -> bool:
    if token.word in lexicon("name_joiners"):
        return token.word == "、" or _is_listing(view, token)
    if not re.search(r"[\w\u3007]", token.word):
        return True
    return token.word in PARTICLES or token.tag[:1] in ("p", "r", "y") or token.tag == "e"


def _is_listing(view: View, joiner: Token) -> bool:
    """和 between two gatherings (开幕式和座谈会) lists them; within one name it joins its parts."""
    if joiner.word == "暨":
        return False
    if view.text[joiner.stop : joiner.stop + 1] in QUOTES:
        return True
    before = view.text[view.start : joiner.start]
    if lexicon("event_heads").longest_suffix(before, 0, len(before)):
        return True
    head = lexicon("program_heads").longest_suffix(before, 0, len(before))
    return head is not None and head not in lexicon("event_generic")  # 志愿服务和社会工作宣传周: one name


def _trimmed(view: View, start: int, stop: int) -> int:
    """Without the loose words at the left edge; a quoted name after a list's comma begins at its mark."""
    for token in view.tokens:
        reviewed = token.word in lexicon("event_review_verbs") and SCOPE.match(view.text, token.stop, stop)
        if token.start == start < stop and (token.word in lexicon("event_trims") or reviewed):
            start = min(token.stop, stop)
    if view.text[max(view.start, start - 1) : start] == "、" and (mark := OWNER_CUT.match(view.text, start, stop)):
        start = mark.end()
    return start


def plain(text: str) -> str:
    """A name on one line, without the short form that a bracket declares inside it."""
    return re.sub(r"[\r\n]+[\s　]*", "", SHORT_FORM.sub("", text)).strip(" 　")
