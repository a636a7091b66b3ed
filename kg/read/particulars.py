"""Lines about the article rather than of it: dates, sources, captions, the page around it."""

from __future__ import annotations

import re
from functools import cache

from kg.lexicon import lexicon
from kg.read.dates import DATE
from kg.read.patterns import alternatives

_TRAIL = re.compile(r"[^。]{1,30}(?: ?[>›»] ?[^>›»。]{1,30}){1,8}[>›»]?")
_NUMBER_OF_PAPER = re.compile(r"[\u4e00-\u9fff]{2,14}[〔\[（(]\d{4}[〕\]）)](?:第)?\d+[号號]")
STANDARD = re.compile(r"[A-Z]{2,}\d*(?:/[A-Z]+)? ?\d+(?:\.\d+)?[-—–－]+\d{4}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FILLER = re.compile(r"[\s\d:：|｜/\\,，.。、·•>\[\]（）()【】_=*＊#~—–-]+")
_AROUND = " \u3000|｜（）()[]【】\t"
_FOREIGN_LABEL = re.compile(r"[\u4e00-\u9fff][:：]")
_ENGLISH = re.compile(r"[A-Za-z]{2,}.* .*[A-Za-z]{2,}")
_PAGE_FOOT = re.compile(r"ICP备|公网安备|公網安備|网站标识码|版权所有|技术支持[:：]")
_NEIGHBOUR = re.compile(r"[上下]一[篇条页则][:：]|(?:报|送|发|抄送|抄报|分送|印送)[:：]")
_EDITED = re.compile(r"[\u4e00-\u9fff]{2,24}(?:编印?|主办|编辑|印发?)")
_SCAN = re.compile(r"扫一扫|扫码|扫描|二维码")
_FIGURE = re.compile(
    r"图(?:片|表)?[一二三四五六七八九十\d]+[\s：:、.]|[\[【（(]图(?:片|表)?[一二三四五六七八九十\d]*[\]】）)：:]"
)
_TAKEN_BY = re.compile(r"(?:摄影?|供图|/图|资料图片?)[）)。]?$")
_BY = re.compile(r"(?:本[报刊网台]|特约|见习|实习)?(?:记者|通讯员)[ \u3000]")
_REPORTED = re.compile(r"(?:记者|通讯员) ?[\u4e00-\u9fff \u3000]{2,16}(?:报道|摄影报道|文/图)$")
_WRITTEN = re.compile(r"供稿|摘自|转自|转载自|撰稿|摄影|图/文|文/图|[文图][：:/ ]")


@cache
def _label() -> re.Pattern[str]:
    labels = alternatives("read_meta_labels", "read_source_labels").pattern
    return re.compile(rf"(?<![\u4e00-\u9fff])({labels})[ \u3000]*[:：]+")


def fields(text: str) -> tuple[tuple[str, str], ...]:
    """The labelled fields of a line of particulars, as (label, value): 发布时间：… 来源：…"""
    if ":" not in text and "：" not in text:
        return ()
    found = tuple(_label().finditer(text))
    stops = [*(label.start() for label in found), len(text)][1:]
    return tuple((label[1], text[label.end() : stop].strip(_AROUND)) for label, stop in zip(found, stops, strict=True))


def is_meta(text: str) -> bool:
    """Whether a line gives particulars of the page: date, clicks, path, buttons, a number."""
    if len(text) > 160:
        return False
    if not _HAN.search(text):
        return len(text) <= 24 and not STANDARD.match(text) and not _ENGLISH.search(text)
    if _NUMBER_OF_PAPER.fullmatch(text.strip("（）()")) or _PAGE_FOOT.search(text) or _NEIGHBOUR.match(text):
        return True
    if len(text) < 90 and (_TRAIL.fullmatch(text) or (_SCAN.search(text) and "。" not in text)):
        return True
    found = fields(text)
    if found:
        return _all_particulars(text, found)
    if len(text) > 60 or text[-1] in "。；！？”":
        return False
    rest = DATE.sub("", text)
    dated = rest != text
    rest = _bare(rest)
    by_paper = dated and len(text) < 40 and rest in text and alternatives("read_press", ends=True).search(rest)
    return not rest or bool(by_paper) or bool(dated and _EDITED.fullmatch(rest))


def _all_particulars(text: str, found: tuple[tuple[str, str], ...]) -> bool:
    """Whether labelled fields are all there is, and not those of a roster or an event (时间：三月 地点：…)."""
    labels = {label for label, _ in found}
    first = _label().search(text)
    if (first and _bare(DATE.sub("", text[: first.start()]))) or "。" in text:
        return False
    if any(len(value) > 40 or _FOREIGN_LABEL.search(value) for _, value in found):
        return False
    dated = bool(DATE.search(text))
    sources, rows = lexicon("read_source_labels"), lexicon("read_row_labels")
    if all(label in sources for label in labels):
        return dated
    return dated or any(label not in rows for label in labels)


def _bare(text: str) -> str:
    """What remains of a line without buttons, digits and punctuation."""
    return _FILLER.sub("", _interface().sub("", text))


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
    found = _label().match(bare)
    by = len(text) < 50 and (_BY.match(bare) or _REPORTED.search(bare))
    return bool(found and found[1] in lexicon("read_source_labels")) or bool(by)


def is_caption(text: str) -> bool:
    """Whether a line is marked as what stands under a picture."""
    if len(text) > 120:
        return False
    marked = alternatives("read_caption_marks").match(text) or _FIGURE.match(text + " ")
    return bool(marked) or (len(text) <= 80 and bool(_TAKEN_BY.search(text)))
