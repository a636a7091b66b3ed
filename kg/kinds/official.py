"""Officials: persons named with a post or title.

The title is what makes a person an official; who is met again without one is found by
`recognisers/echo.py`. How far a name reaches is settled in `_names`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.kinds._names import PAD, name_at, name_before
from kg.lexicon import lexicon
from kg.model import Role
from kg.view import Span, View

KIND = "official"
NEEDS = ("title", "place")

SEPARATORS = re.compile(r"[、/；;][ \u3000]*|[ \u3000]+|和|与|及|以及")
BRACKETED = re.compile(r"（[^（）]{1,12}）$")
REMARK = re.compile(r"（[^（）]{2,14}）")
AFFILIATION = re.compile(r"[\u4e00-\u9fff]{4,22}")
REASON = re.compile(r"(?:因[^，。；]{2,16})?(?:本人)?(?:分别|已|已经)?(?:提出|申请|请求)?$")
GAPS = (*PAD, "，", ",", "\t")
COPULA = re.compile(r"[既也就]?(?:是|系|现为)")
PROFILE = re.compile(r"[，,][男女][，,]")
CLAUSE_END = "，,。；;"
HONORIFIC = re.compile(r"同志|先生|女士|一行|等\d+[余多]?[人名位]")


def after_title(view: View) -> Iterator[Span]:
    """局长张三; one title may serve a list: 副会长张三、李四; 副厅长的张三参加."""
    for title in view.of("title"):
        yield from names_from(view, past_ranks(view.text, _past_padding(view, title.stop), view.stop))
        if view.text[title.stop : title.stop + 1] == "的":
            yield from names_from(view, title.stop + 1, eager=False)


def before_title(view: View) -> Iterator[Span]:
    """The name first: 张三副局长, 张三（某局局长）."""
    for title in view.of("title"):
        named = name_at(view, title.stop) is not None
        for stop in {title.start, _before_opener(view, title.start)}:
            start = name_before(view, stop)
            if start is not None and not (named and stop == title.start and stop - start == 2):
                yield _span(view, start, stop)


def roster(view: View) -> Iterator[Span]:
    """A line that begins with a name and goes on, after a gap or 为, to a post: 张　三　某局副局长."""
    start = _past_padding(view, view.start)
    if view.sentence.role is Role.ROW and not view.of("title"):
        yield from _names_alone(view, start)
        return
    if not view.of("title") or start not in view.token_starts:
        return
    stop = name_at(view, start, eager=False)
    if stop is None:
        return
    if (view.text[stop : stop + 1] in GAPS and view.sentence.role is Role.ROW) or view.text[stop : stop + 1] == "为":
        yield _span(view, start, stop)


def _names_alone(view: View, start: int) -> Iterator[Span]:
    """A row of nothing but names continues the list above it: 张　三　李四　王五."""
    names = list(names_from(view, start, eager=False))
    if len(names) > 1 and not view.text[names[-1].stop : view.stop].strip(PAD + "。；;"):
        yield from names


def appointed(view: View) -> Iterator[Span]:
    """The name between verbs of appointment: 任命张三为, 免去张三的, 张三、李四同志任."""
    for hit in view.hits("appoint_verbs"):
        yield from names_from(view, _past_padding(view, hit.stop), eager=False)
    for hit in view.hits("office_verbs"):
        if any(title.start < hit.stop and hit.start < title.stop for title in view.of("title")):
            continue  # 任 of 主任
        start = hit.start
        if hit.word in lexicon("leaving_verbs") and (reason := REASON.search(view.text, view.start, start)):
            start = reason.start()
        yield from names_until(view, start)


def with_honorific(view: View) -> Iterator[Span]:
    """张三同志, 李四女士, 王五一行, 赵六等14人."""
    for match in view.find(HONORIFIC):
        yield from names_until(view, match.start())


def leaders(view: View) -> Iterator[Span]:
    """Named after a word for leaders without a post: 市领导张三、李四参加."""
    for hit in view.hits("leader_words"):
        yield from names_from(view, _past_padding(view, hit.stop), eager=False)


def said_to_be(view: View) -> Iterator[Span]:
    """张三是某会会长; and at the head of a line 张三，某会会长。 and 张三，男，1970年生，现任某会会长。"""
    for match in view.find(COPULA):
        if any(_closes(view, match.end(), title.start, title.stop) for title in view.of("title")):
            yield from names_until(view, match.start())
    start = _past_padding(view, view.start)
    stop = name_at(view, start, eager=False)
    if stop is None or view.text[stop : stop + 1] not in ("，", ",") or start not in view.token_starts:
        return
    titles = view.of("title")
    if titles and (PROFILE.match(view.text, stop) or _closes(view, stop + 1, titles[-1].start, view.stop)):
        yield _span(view, start, stop)


def _closes(view: View, begin: int, start: int, stop: int) -> bool:
    """Nothing but one phrase stands between `begin` and a post at the end of the clause."""
    inner = view.text[begin:start]
    ended = stop == view.stop or view.text[stop] in CLAUSE_END
    return begin < start and ended and not set(CLAUSE_END) & set(inner)


def names_from(view: View, start: int, *, eager: bool = True) -> Iterator[Span]:
    """Names one after the other, separated by 、 or space, from `start` on."""
    stop = name_at(view, start, eager=eager)
    while stop is not None:
        yield _span(view, start, stop)
        separator = SEPARATORS.match(view.text, stop, view.stop)
        if separator is None:
            return
        start = separator.end()
        stop = name_at(view, start, eager=False) or _known_name(view, start)


def _known_name(view: View, start: int) -> int | None:
    """In a list, what the segmenter takes for a person is one."""
    token = next((t for t in view.tokens if t.start == start), None)
    return name_at(view, start) if token and token.tag in ("nr", "nrt") and name_at(view, start) == token.stop else None


def names_until(view: View, stop: int) -> Iterator[Span]:
    """Names one before the other up to `stop`; each but the last is closed by 、."""
    start = name_before(view, stop)
    while start is not None:
        yield _span(view, start, stop)
        if view.text[start - 1 : start] != "、":
            return
        remark = BRACKETED.search(view.text, view.start, start - 1)
        stop = remark.start() if remark else start - 1
        start = name_before(view, stop)


def past_ranks(text: str, offset: int, stop: int) -> int:
    """Past 、教授 in 副院长、教授张三, 、某大学教授 in 某会会长、某大学教授张三, （副校长） in 副书记（副校长）张三."""
    if remark := REMARK.match(text, offset, stop):
        return past_ranks(text, remark.end(), stop)
    ranks = lexicon("academic_ranks")
    start = offset + (text[offset : offset + 1] in "、，")
    if word := ranks.longest_prefix(text, start, stop):
        return past_ranks(text, start + len(word), stop)
    if start > offset and (between := AFFILIATION.match(text, start, stop)):
        for end in range(between.end(), start + 1, -1):
            if word := ranks.longest_suffix(text, start + 2, end):
                return end if len(word) > 1 else offset
    return offset


def _past_padding(view: View, offset: int) -> int:
    while offset < view.stop and view.text[offset] in PAD + "：:":
        offset += 1
    return offset


def _before_opener(view: View, offset: int) -> int:
    """The bracket before the body of a title: the name stands before it, 张三（某局局长）."""
    opener = max(view.text.rfind("（", view.start, offset), view.text.rfind("(", view.start, offset))
    closed = opener >= 0 and re.search(r"[）)。；]", view.text[opener:offset])
    return offset if opener < 0 or closed or offset - opener > 40 else opener


def _span(view: View, start: int, stop: int) -> Span:
    return Span(start, stop, re.sub(rf"[{PAD}]", "", view.text[start:stop]))


RULES = (after_title, before_title, roster, appointed, said_to_be, with_honorific, leaders)
