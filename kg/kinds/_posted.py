"""Bodies told by a post: what stands between a clear boundary and 主委张三 is whose post it is.

Head nouns and brands are open classes (民建云湖市基层委, 慈善与社会工作处); a post with
its name behind it says that a body stands before it, wherever the words allow one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.kinds._bodies import OPENING, is_name
from kg.kinds._heads import heads
from kg.kinds._limits import BREAKS, CONJUNCTIONS, anchors, nominal
from kg.lexicon import lexicon
from kg.model import Mention
from kg.view import Span, Token, View

SECTIONS = frozenset("处科股室部办")
POINTING = frozenset("该本各其此某")
CLOSING = frozenset("”’」』）).")
TERM = re.compile(r"(?:第[一二三四五六七八九十\d]{1,3}|新一)届$")  # 某总会第三届理事会会长
SHORTEST, LONGEST = 3, 24  # characters of such a body


def posted_bodies(view: View) -> tuple[Span, ...]:
    """Stretches of nouns between a boundary and a post that a person is named with."""
    if "posted" not in view.memo:
        view.memo["posted"] = tuple(_posted(view))
    found: tuple[Span, ...] = view.memo["posted"]
    return found


def _posted(view: View) -> Iterator[Span]:
    for stop in _ends(view):
        if view.text[stop - 1] in "党黨":
            continue  # 某公司|党|支部书记: the organ's, no part of the name
        term = TERM.search(view.text, view.start, stop)
        stop = term.start() if term else stop
        start = _begin(view, stop)
        if start is not None and view.text[start] in CONJUNCTIONS:
            start += 1
        if start is not None and (opening := OPENING.match(view.text, start, stop)):
            start = opening.end()
        stop += any(h.stop == stop + 1 and h.start == stop for h in heads(view))  # 民政|局长: 局 is in both
        if start is not None and SHORTEST <= stop - start <= LONGEST and _is_body(view, start, stop):
            yield Span(start, stop)


def is_part(view: View, span: Span) -> bool:
    """慈善与社会工作处, without a place: a section of the body spoken of."""
    tail = lexicon("section_tails").longest_suffix(view.text, span.start, span.stop)
    inner = any(h.strong and h.start > span.start and h.stop < span.stop for h in heads(view) if h.stop - h.start > 1)
    return tail is not None and not inner and not _placed(view, span.start, span.stop)


def _ends(view: View) -> Iterator[int]:
    """Where the body of a post ends: before 主委张三, before 张三主委, and after 张三任."""
    people = view.of("official")
    for title, named in _named(view):
        if lexicon("government_titles").longest_suffix(view.text, title.start, title.stop):
            continue  # 某县副县长: the post is in no body that the text names
        if named:
            yield title.start - (view.text[title.start - 1 : title.start] == "的")
        yield from (person.start for person in people if person.stop == title.start)
        if any(verb < title.start and not BREAKS & set(view.text[verb : title.start]) for verb in _taken(view)):
            yield title.start


def _named(view: View) -> Iterator[tuple[Mention, bool]]:
    """Titles from the right, and whether a person follows, behind further posts too: 书记、某会会长张三."""
    begins = {person.start for person in view.of("official")}
    after: Mention | None = None  # the title last met, where it is named
    for title in reversed(view.of("title")):
        between = view.text[title.stop : after.start] if after is not None else ""
        joined = between[:1] == "、" and not BREAKS & set(between[1:])
        named = title.stop in begins or (
            joined and not any(title.stop < at <= title.stop + len(between) for at in begins)
        )
        after = title if named else None
        yield title, named


def _taken(view: View) -> frozenset[int]:
    """Where a verb of taking office ends that a person stands before: 张三任, 李四为."""
    people = {person.stop for person in view.of("official")}
    return frozenset(hit.stop for hit in view.hits("office_verbs") if hit.start in people)


def _begin(view: View, stop: int) -> int | None:
    """The boundary before `stop`, or None where a word between cannot stand in a name."""
    known = {m.stop for m in view.of("official", "title")} | _taken(view)
    people = {person.stop for person in view.of("official")}
    section = view.text[stop - 1 : stop] in SECTIONS
    start = None
    for token in reversed(view.tokens):
        if token.start >= stop:
            continue
        if token.stop > stop:  # the post begins inside a word: 处处长
            start = token.start
            continue
        if token.word[-1] in BREAKS or token.word[-1] in CLOSING or token.stop in known:
            return token.stop
        if token.start in people and token.word in lexicon("after_name"):
            return token.stop  # 老师 of 张三老师及某处副处长李四
        if token.word in CONJUNCTIONS:
            if token.start in known or token.stop in anchors(view) or _ends_body(view, token.start):
                return token.stop
        elif not nominal(token.word, token.tag) and not (section and _inner_verb(token)):
            return None
        start = token.start
    return start


def _inner_verb(token: Token) -> bool:
    """促进 in 慈善促进处."""
    return token.tag in ("v", "vn") and len(token.word) == 2 and token.word not in lexicon("boundary_words")


def _ends_body(view: View, stop: int) -> bool:
    return lexicon("organization_suffixes").longest_suffix(view.text, view.start, stop) is not None


def _is_body(view: View, start: int, stop: int) -> bool:
    """It names a place or ends as bodies do; and is no role or kind of people."""
    text = view.text[start:stop]
    if text[0] in POINTING or any((p.start, p.stop) == (start, stop) for p in view.of("place")):
        return False
    for words in ("person_roles", "title_status"):
        if lexicon(words).longest_suffix(text, 0, len(text)):
            return False
    if _firm_post(view, stop) and any(start <= t.start < stop and is_name(t) for t in view.tokens):
        return True
    return _placed(view, start, stop) or lexicon("posted_endings").longest_suffix(text, 1, len(text)) is not None


def _firm_post(view: View, stop: int) -> bool:
    title = next((t for t in view.of("title") if t.start == stop), None)
    return title is not None and lexicon("firm_titles").longest_suffix(title.text, 0, len(title.text)) is not None


def _placed(view: View, start: int, stop: int) -> bool:
    inner = any(start <= p.start and p.stop < stop for p in view.of("place"))
    return inner or any(start <= a < stop for a in anchors(view))
