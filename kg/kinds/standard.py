"""Standards, guides, measures, plans, notices and other normative documents."""
from __future__ import annotations

import re
from collections.abc import Iterator

from kg.kinds._quotes import Quote, quotes, titles
from kg.lexicon import lexicon
from kg.view import Span, View

KIND = "standard"
NEEDS = ()

# （试行） （2023—2025年） (第一版) at the end of a title; they belong to it but tell nothing of its kind
TRAILING = re.compile(r"(?:[（(〔\[][^（）()]{1,24}[）)〕\]]|[\s　]|[”’」〉])+$")
PART = re.compile(r"[\s　:：—-]*第[\d一二三四五六七八九十]{1,3}部分.*$", re.S)
INNER = re.compile(r"^.{0,60}?关于(?:转发|印发|发布|公布|批转|颁布|修订)[^〈《]{0,12}[〈《](.+?)[〉》](?:的|等)", re.S)
ABOUT = re.compile(r"^[^，。]{0,40}?关于.+的(?:通知|通告|公告|意见|实施意见|指导意见|决定|决议|批复|函|规定|办法|方案)$", re.S)
CODE = re.compile(
    r"(?<![A-Za-z0-9])(?:GB(?:/[TZ])?|DB ?\d{2,6}(?:/T)?|[A-Z]{2,4}/T|T/[A-Z]{2,10}|Q/[A-Z]{2,10}) ?"
    r"\d+(?:\.\d+)*(?: ?[-—–－─] ?\d{4})?(?![A-Za-z0-9])"
)
PAPER = re.compile(r"(?P<open>[（(])(?P<number>[\u4e00-\u9fff]{1,12}[〔\[［【（(]\d{4}[〕\]］】）)]第?\d+号)(?=[）)，,、；;])")
LABEL = re.compile(r"(?:标准编?号|文件编?号|编号|文号|发文字号)[:：\s　]*$")
DECLARED = re.compile(r"[（(](?:以下|下)?(?:简称|称)[:：为]?\s*(?=[“「\"])")
UNMARKED = re.compile(
    r"(?:印发|下发|出台|发布|制定|颁布|发出)了?(?P<name>关于[^，。；;《》“”]{6,50}?的"
    r"(?:通知|指导意见|实施意见|若干意见|意见|决定|实施办法|管理办法|实施方案|规定))(?![见中])"
)
LABELLED = re.compile(r"(?:标准|文件|中文)名称[:：][\s　]*(?P<name>[^《》：:，。；\n]{4,60})(?=[\s　]*(?:$|\n|[，。；]))", re.M)


def titled(view: View) -> Iterator[Span]:
    """《…指南》, 《…办法（试行）》: the last word says that it is a normative document."""
    for quote in titles(view):
        if _is_work(view, quote) or INNER.match(quote.inner):
            continue
        if ABOUT.match(_core(quote.inner)) or _headed(quote.inner):
            yield Span(quote.start, quote.stop, _name(quote.inner))


def covering_notice(view: View) -> Iterator[Span]:
    """《…关于印发〈X办法〉的通知》 stands for 《X办法》, which it puts into force."""
    for quote in titles(view):
        inner = INNER.match(quote.inner)
        if inner and _headed(inner.group(1)):
            yield Span(quote.start, quote.stop, _name(inner.group(1)))


def called_so(view: View) -> Iterator[Span]:
    """地方标准《…》, GB/T 1—2020《…》, 印发《…》: what stands beside 《…》 says it, whatever its last word is."""
    for quote in titles(view):
        if _is_work(view, quote) or _ends(quote.inner, "standard_nonheads"):
            continue
        before = view.text[max(view.start, quote.start - 24) : quote.start]
        said = any(before.endswith(word) for name in ("standard_kinds", "standard_issue_verbs") for word in lexicon(name))
        if said or CODE.search(before[-20:] + "$") and re.search(CODE.pattern + r"[\s　:：]*$", before):
            yield Span(quote.start, quote.stop, _name(quote.inner))


def number(view: View) -> Iterator[Span]:
    """GB/T 1.1—2020 or （民发〔2023〕12号） beside a title, or after 标准号："""
    documents = titles(view)
    for start, stop in _numbers(view):
        beside = any(_beside(view, quote, start, stop) for quote in documents)
        if beside or LABEL.search(view.text, view.start, start):
            yield Span(start, stop, normal_number(view.text[start:stop]))


def declared_short(view: View) -> Iterator[Span]:
    """《…指南》（以下简称“指南”）: a short form without 《》."""
    found = {quote.start: quote for quote in quotes(view)}
    for match in view.find(DECLARED):
        quote = found.get(match.end())
        if quote and view.text[match.start() - 1] == "》" and _headed(quote.inner):
            yield Span(quote.start, quote.stop, _name(quote.inner))


def unmarked(view: View) -> Iterator[Span]:
    """印发关于…的通知: named in plain words, without 《》."""
    for match in view.find(UNMARKED):
        yield Span(match.start("name"), match.end("name"), _name(match.group("name")))


def labelled(view: View) -> Iterator[Span]:
    """标准名称：…规范, a line of a form, without 《》."""
    for match in view.find(LABELLED):
        if _headed(match.group("name")):
            yield Span(match.start("name"), match.end("name"), _name(match.group("name")))


def reference(view: View) -> Iterator[Span]:
    """该标准, 本办法: a document named before; its name is left open."""
    for hit in view.hits("standard_references"):
        if hit.start in view.token_starts or hit.start == view.start:
            yield Span(hit.start, hit.stop, "")


RULES = (titled, covering_notice, called_so, number, declared_short, unmarked, labelled, reference)


def normal_number(text: str) -> str:
    """One spelling of a number: GB/T 1.1—2020, 民发〔2023〕12号."""
    text = re.sub(r"\s", "", text.translate(str.maketrans("[］［【】]－–─", "〔〕〔〔〕〕———")))
    text = re.sub(r"[-—]+", "—", text)
    text = re.sub(r"[（(](\d{4})[）)]", r"〔\1〕", text)
    return re.sub(r"^([A-Z]+(?:\d+)?(?:/[A-Z]+)?)(?=\d+(?:\.\d+)*(?:—|$))", r"\1 ", text)


def _numbers(view: View) -> Iterator[tuple[int, int]]:
    for match in view.find(CODE):
        yield match.start(), match.end()
    for match in view.find(PAPER):
        yield match.span("number")


def _beside(view: View, quote: Quote, start: int, stop: int) -> bool:
    if stop <= quote.start:
        return bool(re.fullmatch(r"[）)\s　:：、]{0,2}", view.text[stop : quote.start]))
    return bool(quote.stop <= start and re.fullmatch(r"[（(\s　,，、]{0,3}(?:编号|标准号|标准编号)?[:：]?", view.text[quote.stop : start]))


def _core(inner: str) -> str:
    return TRAILING.sub("", PART.sub("", TRAILING.sub("", inner)))


def _headed(inner: str) -> bool:
    core = _core(inner)
    head, veto = _ends(core, "standard_heads"), _ends(core, "standard_nonheads")
    return len(head) > len(veto) and not re.search(r"[。！？!?]", core)


def _ends(text: str, name: str) -> str:
    return lexicon(name).longest_suffix(text, 0, len(text)) or ""


def _is_work(view: View, quote: Quote) -> bool:
    before, after = view.text[view.start : quote.start], view.text[quote.stop : view.stop]
    works = lexicon("standard_works")
    return bool(works.longest_suffix(before, 0, len(before))) or any(map(after.startswith, lexicon("standard_works_after")))


def _name(inner: str) -> str:
    """《…》 on one line, without the padding of a layout; inner marks as they belong inside."""
    text = re.sub(r"[\r\n]+[\s　]*", "", inner).strip(" 　")
    return f"《{text}》"
