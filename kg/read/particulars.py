"""Lines about the article rather than of it: dates, sources, captions, the page around it."""
from __future__ import annotations

import re
from functools import cache

from kg.lexicon import lexicon
from kg.read.dates import DATE
from kg.read.patterns import alternatives

_TRAIL = re.compile(r"[^。]{1,30}(?: ?[>›»] ?[^>›»。]{1,30}){1,8}[>›»]?")
_NUMBER_OF_PAPER = re.compile(r"[\u4e00-\u9fff]{2,14}[〔\[（(]\d{4}[〕\]）)](?:第)?\d+号")
STANDARD = re.compile(r"[A-Z]{2,}\d*(?:/[A-Z]+)? ?\d+(?:\.\d+)?[-—–－]+\d{4}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FILLER = re.compile(r"[\s\d:：|｜/\\,，.。、·>\[\]（）()【】_=*＊#~—–-]+")
_SCAN = re.compile(r"扫一扫|扫码|扫描|二维码")
_FIGURE = re.compile(
    r"图(?:片|表)?[一二三四五六七八九十\d]+[\s：:、.]|[\[【（(]图(?:片|表)?[一二三四五六七八九十\d]*[\]】）)：:]"
)
_TAKEN_BY = re.compile(r"(?:摄影?|供图|/图|资料图片?)[）)。]?$")
_BY = re.compile(r"(?:本[报刊网台]|特约|见习|实习)?(?:记者|通讯员)[ \u3000]")
_WRITTEN = re.compile(r"供稿|摘自|转自|转载自|撰稿|摄影|图/文|文/图|[文图][：:/ ]")


@cache
def _field() -> re.Pattern[str]:
    """A labelled field of a line of particulars: 发布时间：…, 来源: …"""
    labels = alternatives("read_meta_labels", "read_source_labels").pattern
    return re.compile(rf"(?<![\u4e00-\u9fff])({labels})[ \u3000]*[:：]+[ \u3000]*([^\s|｜（）()\[\]]*)")


def fields(text: str) -> tuple[tuple[str, str], ...]:
    """The labelled fields of a line, as (label, value)."""
    return tuple((found[1], found[2]) for found in _field().finditer(text))


def is_meta(text: str) -> bool:
    """Whether a line gives particulars of the page: date, clicks, path, buttons, a number."""
    if len(text) > 160:
        return False
    if not _HAN.search(text):
        return len(text) <= 24 and not STANDARD.match(text) and not re.search("[a-z]{2,}.* .*[a-z]{2,}", text)
    if _NUMBER_OF_PAPER.fullmatch(text) or (len(text) < 60 and _SCAN.search(text) and "。" not in text):
        return True
    if len(text) < 90 and _TRAIL.fullmatch(text):
        return True
    rest = DATE.sub("", text)
    dated = rest != text
    named = {label for label, _ in fields(rest)}
    if named and named <= set(lexicon("read_source_labels")) and not dated:
        return False
    rest = _FILLER.sub("", _interface().sub("", _field().sub("", rest)))
    by_paper = dated and len(text) < 40 and rest in text and alternatives("read_press", ends=True).search(rest)
    return not rest or bool(by_paper)


@cache
def _interface() -> re.Pattern[str]:
    return re.compile(rf"(?<![\u4e00-\u9fff]){alternatives('read_interface').pattern}(?![\u4e00-\u9fff])")


def is_source(text: str) -> bool:
    """Whether a line says where the article comes from or who wrote it."""
    if len(text) > 80:
        return False
    bare = text.strip("（）()[]【】 \u3000")
    if bare != text:
        if bare.startswith("据") or _WRITTEN.search(bare) or _BY.match(bare):
            return "。" not in bare
        if alternatives("read_press", ends=True).search(DATE.sub("", bare).strip(" \u3000》，,")):
            return len(bare) <= 40 and not re.search("[，,。]", bare)
    if "。" in text[:-1]:
        return False
    found = _field().match(bare)
    return bool(found and found[1] in lexicon("read_source_labels")) or (len(text) < 50 and bool(_BY.match(bare)))


def is_caption(text: str) -> bool:
    """Whether a line is marked as what stands under a picture."""
    if len(text) > 120:
        return False
    marked = alternatives("read_caption_marks").match(text) or _FIGURE.match(text + " ")
    return bool(marked) or (len(text) <= 80 and bool(_TAKEN_BY.search(text)))
