"""What a line looks like by itself: the patterns that reflow, splitting and roles share."""

from __future__ import annotations

import re
from functools import cache

from kg.lexicon import lexicon

BULLETS = "●○◆◇■□★☆▪•►➢※"
NUMBERED = re.compile(
    r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[）)、]|[.．](?!\d))"
    r"|第[一二三四五六七八九十\d]{1,3}[章节条部分]+[ \u3000]"
    rf"|[①-⑳{BULLETS}]"
)
_ENDED = re.compile(r"(?:[。！？!?…：:；;]|(?<=[\u4e00-\u9fff”’）)》」』])\.)[\"”’」』）)】》]*$")
_BRACKETED = re.compile(r"[（(【\[][^（()）]*(?:[（(][^（()）]*[）)][^（()）]*)*[）)】\]]$")
_PAIRS = (("“", "”"), ("《", "》"), ("「", "」"), ("（", "）"), ("(", ")"))
_COLUMNS = re.compile(r"\S(?:\u3000+|\t+| {2,})\S")
_LABEL = re.compile(r"([\u4e00-\u9fff/][\u4e00-\u9fff\u3000 /（）()]{0,14}?)[ \u3000]*[:：][ \u3000]*")
_STOP = re.compile(r"[。；;]|[\u4e00-\u9fff]\.(?:\s|$)|[，,].*[，,].*[，,]")


@cache
def alternatives(*names: str, ends: bool = False) -> re.Pattern[str]:
    """A pattern for any word of these word lists, the longest first; at the end of a text if `ends`."""
    words = sorted({word for name in names for word in lexicon(name)}, key=lambda word: (-len(word), word))
    return re.compile(f"(?:{'|'.join(map(re.escape, words))}){'$' if ends else ''}")


def ended(text: str) -> bool:
    """Whether a paragraph may end here: after a full stop, a colon, or as a whole in brackets."""
    return bool(text[-1] in "。！？" or _ENDED.search(text[-8:]) or (text[-1] in "）)】]" and _BRACKETED.match(text)))


def unbalanced(text: str) -> bool:
    """Whether a bracket or quotation mark is left open."""
    return any(text.count(left) > text.count(right) for left, right in _PAIRS)


def columns(text: str) -> bool:
    """Whether space inside sets the line in columns (王　伟　某局局长)."""
    return bool(_COLUMNS.search(text)) and "。" not in text


def label(text: str) -> str | None:
    """What stands before a colon at the beginning, its padding removed (组　长：… → 组长)."""
    found = _LABEL.match(text)
    return packed(found[1]) if found else None


def title_like(text: str, *, least: int = 4) -> bool:
    """Whether a line alone could be a title or a heading: short, and not a sentence."""
    return (
        least <= len(text) <= 60
        and text[-1] not in "。；;，,、：:"
        and not _STOP.search(text)
        and not _BRACKETED.match(text)
        and any("\u4e00" <= char <= "\u9fff" for char in text)
    )


def packed(text: str) -> str:
    """`text` without space: what repeated titles have in common."""
    return "".join(text.split())
