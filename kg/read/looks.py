"""What each block looks like by itself, before its neighbours are asked."""

from __future__ import annotations

import re
from enum import StrEnum

from kg.lexicon import lexicon
from kg.read.particulars import STANDARD, is_caption, is_meta, is_source
from kg.read.patterns import BULLETS, NUMBERED, alternatives, columns, label, packed, title_like


class Look(StrEnum):
    """A first guess; `roles` has the last word."""

    META = "meta"
    SOURCE = "source"
    CAPTION = "caption"
    ROW = "row"  # labelled or set in columns
    ITEM = "item"  # numbered and short
    SHORT = "short"  # a title, a heading, a signature …
    BODY = "body"


_BODY_END = re.compile(r"(?:[。！？!?：:]|[\u4e00-\u9fff]\.)[”’」』）)]?$")


def look(text: str) -> Look:
    """The look of one block."""
    if len(text) > 160 or (len(text) > 40 and "。" in text[:-1] and not is_caption(text)):
        return Look.BODY
    if is_source(text):
        return Look.SOURCE if text[0] in "（([【" or not is_meta(text) else Look.META
    if is_meta(text):
        return Look.META
    if is_caption(text):
        return Look.CAPTION
    return _of_text(text)


def _of_text(text: str) -> Look:
    numbered = NUMBERED.match(text)
    rest = text[numbered.end() :] if numbered else text
    named = label(rest)
    known = named is not None and named in lexicon("read_row_labels")
    counted = named is not None and numbered is not None and numbered[0][-1] not in BULLETS and text[-1] not in "：:"
    if (known or counted) and "。" not in text[:-1]:
        return Look.ROW
    if len(text) <= 9 and text[-1] in "：:" and alternatives("read_row_labels", ends=True).search(packed(text[:-1])):
        return Look.ROW
    if text[-1] in "；;" and len(text) <= 70:
        return Look.ROW
    if columns(text) and len(text) <= 80 and not _BODY_END.search(text):
        return Look.ROW
    if numbered and "。" not in text and text[-1] not in "：:" and len(text) <= 60:
        return Look.ITEM
    if title_like(text) or (text[0] in "【[［" and len(text) <= 24 and text[-1] in "】]］"):
        return Look.SHORT
    if STANDARD.fullmatch(text):
        return Look.ROW
    return Look.SHORT if len(text) < 4 and title_like(text, least=1) else Look.BODY
