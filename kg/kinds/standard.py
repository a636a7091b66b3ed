"""Standards, guides, measures, plans, notices and other normative documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.kinds._patterns import worded
from kg.kinds._quotes import Quote, quotes, titles
from kg.lexicon import lexicon
from kg.view import Span, View

KIND = "standard"
NEEDS = ()

# （试行） （2023—2025年） (第一版) at the end of a title; they belong to it but tell nothing of its kind
TRAILING = re.compile(r"(?:[（(〔\[][^（）()]{1,24}[）)〕\]]|[\s　]|[”’」〉])+$")
PART = re.compile(r"[\s　:：—-]*第[\d一二三四五六七八九十]{1,3}部分.*$", re.S)
INNER = r"^.{0,60}?关于«standard_covering_verbs»[^〈《]{0,12}[〈《](?P<name>.+?)[〉》](?:的|等)"
ABOUT = r"^[^，。]{0,40}?关于.+的«standard_notice_heads»$"
CODE = re.compile(
    r"(?<![A-Za-z0-9])(?:GB(?:/[TZ])?|DB ?\d{2,6}(?:/T)?|[A-Z]{2,4}/T|T/[A-Z]{2,10}|Q/[A-Z]{2,10}) ?"
    r"\d+(?:\.\d+)*(?: ?[-—–－─] ?\d{4})?(?![A-Za-z0-9])"
)
CODED = re.compile(CODE.pattern + r"[\s　:：]*$")
PAPER = re.compile(
    r"(?<=[（(])(?P<number>[\u4e00-\u9fff]{1,12}[〔\[［【（(]\d{4}[〕\]］】）)]第?\d+号)(?=[）)，,、；;])"
)
LABEL = r"«standard_number_labels»[:：\s　]*$"
SAID = r"(?:«standard_kinds»|«standard_issue_verbs»)[\s　]*$"
DECLARED = re.compile(r"[（(](?:以下|下)?(?:简称|称)[:：为]?\s*(?=[“「\"])")
UNMARKED = r"«standard_publish_verbs»了?(?P<name>关于[^，。；;《》“”]{6,50}?的«standard_notice_heads»)(?![见中])"
LABELLED = r"«standard_name_labels»[:：][\s　]*(?P<name>[^《》：:，。；\n]{4,60})(?=[\s　]*(?:$|[，。；]))"
AFTER_TITLE = r"[（(\s　,，、]{0,3}«standard_number_labels»?[:：]?"
BEFORE_TITLE = re.compile(r"[）)\s　:：、]{0,2}")


def titled(view: View) -> Iterator[Span]:
    """《…指南》, 《…办法（试行）》: the last word says that it is a normative document."""
    for quote in titles(view):
        if _is_work(view, quote) or _covered(quote):
            continue
        if worded(ABOUT).match(_core(quote.inner)) or _headed(quote.inner):
            yield Span(quote.start, quote.stop, _name(quote.inner))


def covering_notice(view: View) -> Iterator[Span]:
    """《…关于印发〈X办法〉的通知》 stands for 《X办法》, which it puts into force."""
    for quote in titles(view):
        inner = _covered(quote)
        if inner and _headed(inner):
            yield Span(quote.start, quote.stop, _name(inner))


def called_so(view: View) -> Iterator[Span]:
    """地方标准《…》, GB/T 1—2020《…》, 印发《…》: what stands beside 《…》 says it, whatever its last word is."""
    for quote in titles(view):
        if _is_work(view, quote) or _ends(quote.inner, "standard_nonheads"):
            continue
        said = worded(SAID).search(view.text, view.start, quote.start)
        if said or CODED.search(view.text, view.start, quote.start):
            yield Span(quote.start, quote.stop, _name(quote.inner))


def number(view: View) -> Iterator[Span]:
    """GB/T 1.1—2020 or （民发〔2023〕12号） beside a title, or after 标准号："""
    documents = titles(view)
    for start, stop in _numbers(view):
        beside = any(_beside(view, quote, start, stop) for quote in documents)
        if beside or worded(LABEL).search(view.text, view.start, start):
            yield Span(start, stop, normal_number(view.text[start:stop]))


def declared_short(view: View) -> Iterator[Span]:
    """《…指南》（以下简称“指南”）: a short form without 《》."""
    found = {quote.start: quote for quote in quotes(view)}
    for match in view.find(DECLARED) if found else ():
        quote = found.get(match.end())
        if quote and view.text[match.start() - 1] == "》" and _headed(quote.inner):
            yield Span(quote.start, quote.stop, _name(quote.inner))


def unmarked(view: View) -> Iterator[Span]:
    """印发关于…的通知: named in plain words, without 《》."""
    for match in view.find(worded(UNMARKED)):
        yield Span(match.start("name"), match.end("name"), _name(match.group("name")))


def labelled(view: View) -> Iterator[Span]:
    """标准名称：…规范, a line of a form, without 《》."""
    for match in view.find(worded(LABELLED)):
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
        return BEFORE_TITLE.fullmatch(view.text, stop, quote.start) is not None
    return quote.stop <= start and worded(AFTER_TITLE).fullmatch(view.text, quote.stop, start) is not None


def _covered(quote: Quote) -> str | None:
    """The document that a covering notice puts into force."""
    match = worded(INNER).match(quote.inner)
    return match["name"] if match else None


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
    told_before = works.longest_suffix(before, 0, len(before))
    return bool(told_before or lexicon("standard_works_after").longest_prefix(after, 0, len(after)))


def _name(inner: str) -> str:
    """《…》 on one line, without the padding of a layout; inner marks as they belong inside."""
    text = re.sub(r"[\r\n]+[\s　]*", "", inner).strip(" 　")
    return f"《{text}》"
