"""Documents → sentences.

A sentence ends at 。！？ (also ! ? and …… where nothing is carried on) and at
the end of its paragraph, with the closing marks that follow. It does not end
inside brackets or quotation marks, except where a quotation that somebody's
words lead up to (他说：“…。”) is complete. A semicolon ends none: what follows it
mostly shares the subject, and the evidence reads better whole.

Titles, headings, captions, rows and source lines are a sentence each;
particulars (META) are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Document, Paragraph, Role, Sentence

_MARK = re.compile(
    r"(?P<end>(?:[。！？!?]|…+|(?<=[\u4e00-\u9fff”’）)》」』])\.(?=[\s\"]|$))+\"?)"
    r"|(?P<open>[“‘「『（(《【])|(?P<close>[”’」』）)》】])"
)
_OPENS = dict(zip("”’」』）)》】", "“‘「『（(《【", strict=True))
_BRACKETS = frozenset("（(【")
_CARRIED = frozenset("，,、；;：:")
_CARRIED_AFTER_DOTS = frozenset("等的之与和及") | _CARRIED
_LEADS = frozenset("：:，,")


def sentences(document: Document) -> tuple[Sentence, ...]:
    """The sentences of a document, in order, without the space around them."""
    found: list[Sentence] = []
    for paragraph in document.paragraphs:
        if paragraph.role is Role.META:
            continue
        for start, stop in _spans(document.text, paragraph):
            found.append(Sentence(document=document, start=start, stop=stop, role=paragraph.role))
    return tuple(found)


def _spans(text: str, paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    start = paragraph.start
    if paragraph.role is Role.BODY:
        for stop in _ends(text, paragraph.start, paragraph.stop):
            yield from _trimmed(text, start, stop)
            start = stop
    yield from _trimmed(text, start, paragraph.stop)


def _trimmed(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    if start < stop:
        yield start, stop


def _ends(text: str, start: int, stop: int) -> Iterator[int]:
    """Where sentences end within a paragraph; brackets that do not close count for nothing."""
    marks = tuple(_MARK.finditer(text, start, stop))
    paired = _paired(marks)
    depth, outer, begin = 0, start, start
    pending = -1  # the end of a full stop right before the closing marks
    for mark in marks:
        at, end = mark.span()
        if mark["end"]:
            pending = end if depth else -1
            if not depth and (quoted := _with_quote(text, begin, at, end)) and not _carried(text, quoted, stop):
                yield quoted
                begin = quoted
        elif at in paired:
            if mark["open"]:
                depth, outer = depth + 1, outer if depth else at
                continue
            depth -= 1
            pending = end if pending == at else -1
            if pending > 0 and not depth and _complete(text, begin, outer) and not _carried(text, end, stop):
                yield end
                begin = end


def _paired(marks: tuple[re.Match[str], ...]) -> frozenset[int]:
    """Where brackets and quotation marks stand that have a partner."""
    opened: list[tuple[str, int]] = []
    found: set[int] = set()
    for mark in marks:
        if mark["open"]:
            opened.append((mark["open"], mark.start()))
        elif mark["close"] and any(sign == _OPENS[mark["close"]] for sign, _ in opened[-8:]):
            while (last := opened.pop())[0] != _OPENS[mark["close"]]:
                pass
            found.update((last[1], mark.start()))
    return frozenset(found)


def _with_quote(text: str, begin: int, at: int, end: int) -> int:
    """`end`, without the straight quotation mark that opens the next sentence."""
    opens_next = text[end - 1] == '"' and text.count('"', begin, at) % 2 == 0
    return end - 1 if opens_next else end


def _complete(text: str, begin: int, opener: int) -> bool:
    """Whether a quotation ends its sentence: words lead up to it, or it is a remark in brackets."""
    before = text[begin:opener].rstrip()
    return before[-1] in _LEADS if before else text[opener] in _BRACKETS


def _carried(text: str, end: int, stop: int) -> bool:
    """Whether the sentence goes on after a mark that could end it."""
    if end >= stop:
        return False
    return text[end] in (_CARRIED_AFTER_DOTS if text[end - 1] == "…" else _CARRIED)
