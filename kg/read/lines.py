"""Text → its lines: cleaned, measured, without the furniture of printed pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.read.patterns import alternatives

_NEWLINE = re.compile(r"\r\n|[\r\v\x85\u2028\u2029]")
# invisible in print and refused by XML, hence by some exports; U+00A0 is a space
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff]"
)
_PAGE = re.compile(
    r"第 ?\d+ ?页(?:[ ,，/、]*共 ?\d+ ?页)?|共 ?\d+ ?页[ ,，]*第 ?\d+ ?页"
    r"|[-—–－─·•]+ ?\d{1,4} ?[-—–－─·•]+|\d{1,4} ?/ ?\d{1,4}|(?:[Pp]age|PAGE|[Pp]\.?) ?\d+(?: ?(?:of|/) ?\d+)?"
)
_ISSUE = re.compile(r"[（(]?(?:\d{4}年)?(?:总|第)?第?[\d一二三四五六七八九十百〇○]+期[）)]?")
_DIGEST_LAST = re.compile(r"[（(]摘编[）)]$")
_LOOSE = re.compile(r"[\s（）()【】\[\]《》|｜·—-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that is not empty. `gap` counts the empty lines before it; widths are in
    columns of a terminal, where a Chinese character takes two."""

    number: int  # 1-based, in the file
    text: str  # without the space around it
    indent: int
    gap: int
    top: bool  # the first of its page (after a form feed)
    length: int  # in characters, with the indent
    width: int  # in columns, with the indent


def clean(text: str) -> str:
    """`text` with "\\n" for every line break and without invisible characters."""
    return _INVISIBLE.sub("", _NEWLINE.sub("\n", text)).replace("\xa0", " ")


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a cleaned text that say something: page numbers and running heads are gone.

    Where they stood there is at least one empty line, since a page ends there.
    """
    return tuple(_without_furniture(tuple(_measured(text))))


def _measured(text: str) -> Iterator[Line]:
    gap, turned = 0, False
    for number, raw in enumerate(text.split("\n"), 1):
        body = raw.strip()
        if not body:
            gap += 1
            turned = turned or "\f" in raw
            continue
        lead = raw[: raw.index(body[0])] if body[0] != raw[0] else ""
        indent = len(lead) + lead.count("\u3000") + 3 * lead.count("\t")
        wide = (len(body.encode()) - len(body)) // 2  # in UTF-8 a Chinese character takes three bytes, others fewer
        yield Line(
            number=number,
            text=body,
            indent=indent,
            gap=gap + (turned or "\f" in lead),
            top=turned or "\f" in lead,
            length=len(lead) + len(body),
            width=indent + len(body) + wide,
        )
        gap, turned = 0, False


def _without_furniture(lines: tuple[Line, ...]) -> Iterator[Line]:
    pages = [bool(len(line.text) < 30 and _PAGE.fullmatch(line.text)) for line in lines]
    heads = _running_heads(lines, pages)
    gap = 0
    for line, is_page, is_head in zip(lines, pages, heads, strict=True):
        if is_page or is_head:
            gap += line.gap + 1
        elif gap:
            yield replace(line, gap=line.gap + gap)
            gap = 0
        else:
            yield line


def _running_heads(lines: tuple[Line, ...], pages: list[bool]) -> list[bool]:
    """Which lines repeat an earlier one as the head or foot of a page does.

    That is: first on a page or beside a page number, and it is the paper's name,
    the first line of the file, or there for the third time. The paper's name with
    an issue number is enough.
    """
    if not any(pages) and not any(line.top or "期" in line.text for line in lines):
        return [False] * len(lines)
    keys = [_key(line.text) if len(line.text) <= 40 and line.text[-1] not in "。；！" else "" for line in lines]
    counts = Counter(key for key in keys if len(key) >= 4)
    if all(count < 2 for count in counts.values()):
        return [False] * len(lines)
    seen: set[str] = set()
    marks = [False] * len(lines)
    for i, key in enumerate(keys):
        if key and key in seen:
            near = lines[i].top or (i and pages[i - 1]) or (i + 1 < len(lines) and pages[i + 1])
            names_paper = key in keys[:2] or is_masthead(lines[i].text)
            issue = bool(_ISSUE.search(lines[i].text))
            often = counts[key] > 2 and not _is_row(lines[i].text)
            marks[i] = bool((near and (names_paper or often)) or (names_paper and issue and i > 3))
        seen.add(key)
    return marks


def _named() -> re.Pattern[str]:
    return alternatives("read_mastheads", ends=True)


def _is_row(text: str) -> bool:
    return ":" in text or "：" in text or "\u3000" in text


def _key(text: str) -> str:
    """What a running head keeps from page to page: its words, without the issue number."""
    return _LOOSE.sub("", _ISSUE.sub("", text))


def is_masthead(text: str) -> bool:
    """Whether a line is a newsletter's name (某某简报), its issue number, or both."""
    if len(text) > 30 or re.search("[，,。：:？！]", text):
        return False
    name = _key(_DIGEST_LAST.sub("", text))
    issued = _ISSUE.search(text) and not _LOOSE.sub("", text[text.rindex("期") + 1 :])
    return not name or bool((issued or name == _key(text) or _DIGEST_LAST.search(text)) and _named().search(name))
