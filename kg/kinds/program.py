"""Programs, projects, services, campaigns, plans that bear a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.kinds._patterns import worded
from kg.kinds._phrases import left_edge, plain
from kg.kinds._quotes import Quote, quotes, titles
from kg.kinds.event import is_dated_activity
from kg.lexicon import Hit, lexicon
from kg.view import Span, View

KIND = "program"
NEEDS = ()

THEME = r"«program_themes_before»[\s　]*(?:“[^”]*”[、和]?)*$"
THEMED = r"[^，。；“”]{0,6}?«program_themes_after»"
NAMED_BY = r"«program_heads»[^，。；：“”]{0,5}«program_naming_verbs»[\s　]*$"
AWARD = r"(?:等|[^，。；“”]{0,8}项目)?(?:分别|均|都)?«program_award_verbs»[^，。；]{0,14}奖"
OCCASION = r"«program_occasions»活动$"
SUBJECT = (
    r"(?:^|(?<=[，。；：\s　]))(?P<word>项目)"
    r"(?=«program_predicates»|自\d|通过[^，。]{2,30}[，,]为|以[^，。]{2,20}为)"
)
AGAIN = r"[^\W和与及的等为在是获参开走进]{0,8}?(?:项目|计划|行动|工程|品牌|活动)(?![\u4e00-\u9fff]{0,2}«program_tails»)"
ASIDE = r"(?:等|的|这[一些]?)?[\d一二三四五六七八九十几多]*[个大项类]?[^，。；“”]{0,4}?«program_asides»"
NUMBERS = re.compile(r"^[\d.\s+＋xXN]+$")
LABELLED = 4  # characters after “1156” that make it the name of a program: 暖心志愿服务项目
SPEECH = re.compile(r"[。！？!?；]|[，,].*[，,].*[，,]")
MANNER = re.compile(r"(?:式|化|型|制|\+|＋)$")
COUNTED = re.compile(
    r"^[\d一二三四五六七八九十百两]+[个大项类号+＋](?:[\u4e00-\u9fff]?$|.*(?:项目|行动|工程|计划)$)"
    r"|^十[二三四五六]五"
)
SERIES = re.compile(r"等(?:\d+余?|[一二三四五六七八九十多若几]+)?(?:个|项|批|大|类|款)?")
LINK = re.compile(r"[、，,]?(?:和|与|及|以及)?[\s　]*$")
ENDED = re.compile(r"[，。；、！,;]|$|\n|等|[（(]")
FUND = re.compile(r"(?:基金|慈善信托|专项资金)$")
CALENDAR = re.compile(r"(?<![假夏冬春秋今明])日$|节$|月$")
BLEND = re.compile(r"[\u4e00-\u9fff][+＋][\u4e00-\u9fff]")
MOTTO = re.compile(r"一[^，、]{1,4}一[^，、]{1,4}")
ITEM = re.compile(
    r"(?:\d{1,2}[.、．]|[（(][\d一二三四五六七八九十]{1,3}[）)])[\s　]*"
    r"(?P<name>[^，。；：（）()]{3,40}?)[\s　]*(?:[（(][^（）()]{4,40}[）)])"
)
LIST_OF = re.compile(r"(?:项目|计划|品牌|志愿服务)[^。]{0,40}(?:公布|名单|如下|包括|分别|：|:)|(?:项目|品牌)名单")


def quoted_with_head(view: View) -> Iterator[Span]:
    """“暖冬到家”助老项目: a name in quotation marks and what kind of program it is."""
    for quote in _candidates(view):
        stop = _head_after(view, quote)
        if stop and not _is_event(view, quote, stop):
            numbered = NUMBERS.search(quote.inner)  # “1156”暖心志愿服务项目 goes by the whole
            yield Span(quote.start, stop, plain(view.text[quote.start : stop]) if numbered else _name(quote))


def quoted_list(view: View) -> Iterator[Span]:
    """“甲”“乙”“丙”等项目: names in a row of which one is known to name a program."""
    for run in _runs(view):
        if any(_head_after(view, q) or _series_head(view, q) or _full(q) for q in run):
            yield from (Span(q.start, q.stop, _name(q)) for q in run if not _head_after(view, q))


def quoted_full(view: View) -> Iterator[Span]:
    """“青苗关爱行动”: the last word stands inside the quotation marks."""
    for quote in _candidates(view):
        if _full(quote) and _head_after(view, quote) is None:
            yield Span(quote.start, quote.stop, _name(quote))


def quoted_after_verb(view: View) -> Iterator[Span]:
    """发起“银杏课堂”，: names in quotation marks after what is done with programs, and nothing behind them."""
    for run in _runs(view):
        last = run[-1]
        ended = ENDED.match(view.text, last.stop, view.stop) and not worded(ASIDE).match(
            view.text, last.stop, view.stop
        )
        if ended and _led(view, run[0]) and not _head_after(view, last):
            yield from (Span(q.start, q.stop, _name(q)) for q in run if _stands_alone(view, q))


def quoted_again(view: View) -> Iterator[Span]:
    """“银杏课堂” alone, where the text elsewhere says “银杏课堂”项目."""
    for quote in _candidates(view):
        if _head_after(view, quote) is None and _known(view, view.text[quote.start : quote.stop]):
            yield Span(quote.start, quote.stop, _name(quote))


def called(view: View) -> Iterator[Span]:
    """品牌名为“红叶邻里”: a program is said to bear the name."""
    for quote in _candidates(view):
        if worded(NAMED_BY).search(view.text, view.start, quote.start):
            yield Span(quote.start, quote.stop, _name(quote))


def awarded(view: View) -> Iterator[Span]:
    """“甲”“乙”获二等奖 in a text about a contest of projects."""
    if "项目" not in view.text:
        return
    for run in _runs(view):
        if worded(AWARD).match(view.text, run[-1].stop, view.stop):
            yield from (Span(q.start, q.stop, _name(q)) for q in run)


def listed(view: View) -> Iterator[Span]:
    """3.暖阳陪伴（青河县志愿者协会）: a line of a list of projects that the line above the list announces."""
    match = ITEM.fullmatch(view.text[view.start : view.stop].strip())
    if match and _announced(view):
        start = view.start + view.text[view.start : view.stop].index(match["name"])
        yield Span(start, start + len(match["name"]), match["name"].strip())


def plain_name(view: View) -> Iterator[Span]:
    """双湖区邻里关爱工程: no quotation marks, but a strong last word and a specific one before it."""
    for hit in view.hits("program_heads"):
        if _strong(hit.word) and _is_head(view, hit) and not any(t.start < hit.start < t.stop for t in titles(view)):
            start = left_edge(view, hit.start, stops=("event_stops", "program_stops"))
            quoted = any(start <= quote.start and quote.stop <= hit.start for quote in quotes(view))
            if _is_specific(view, start, hit) and not quoted:
                yield Span(start, hit.stop, plain(view.text[start : hit.stop]))


def reference(view: View) -> Iterator[Span]:
    """该项目, 项目由…资助: a program named before; its name is left open."""
    for hit in view.hits("program_references"):
        if hit.start in view.token_starts:
            yield Span(hit.start, hit.stop, "")
    for match in view.find(worded(SUBJECT)):
        yield Span(match.start("word"), match.end("word"), "")


RULES = (
    quoted_with_head,
    quoted_list,
    quoted_full,
    quoted_after_verb,
    quoted_again,
    called,
    awarded,
    listed,
    plain_name,
    reference,
)


def _known(view: View, quoted: str) -> bool:
    """Whether the words of a program follow the same quotation somewhere in the text."""
    at, end = -1, worded(AGAIN)
    while (at := view.text.find(quoted, at + 1)) >= 0:
        again = end.match(view.text, at + len(quoted))
        if again and not worded(OCCASION).search(again[0]):
            return True
    return False


def _stands_alone(view: View, quote: Quote) -> bool:
    """A name, not a motto, a verb of every day (项目“出炉”) or a place of service."""
    words = [token for token in view.tokens if quote.start < token.start < quote.stop - 1]
    verb = len(words) == 1 and words[0].tag.startswith("v")
    return not (verb or MOTTO.search(quote.inner) or _facility(quote))


def _facility(quote: Quote) -> bool:
    return lexicon("program_facilities").longest_suffix(quote.inner, 0, len(quote.inner)) is not None


def _runs(view: View) -> tuple[tuple[Quote, ...], ...]:
    """Quotations that follow one another, with nothing but 、 or 和 or a shared last word between them."""
    runs: list[list[Quote]] = []
    for quote in _candidates(view):
        if runs and LINK.fullmatch(view.text, _reach(view, runs[-1][-1]), quote.start):
            runs[-1].append(quote)
        else:
            runs.append([quote])
    return tuple(tuple(run) for run in runs)


def _reach(view: View, quote: Quote) -> int:
    return _head_after(view, quote) or quote.stop


def _full(quote: Quote) -> bool:
    """Whether the last word of a program, and a specific word, stand inside the marks."""
    if FUND.search(quote.inner) and len(quote.inner) > 4:
        return True
    head = lexicon("program_heads").longest_suffix(quote.inner, 0, len(quote.inner))
    if not head:
        return False
    modifiers = quote.inner[: -len(head)]
    own = _strong(head) or head in lexicon("program_quoted_heads")
    return bool(own and modifiers and modifiers not in lexicon("program_generic"))


def _announced(view: View) -> bool:
    """Whether the nearest line above that is no item of the list speaks of projects or programs."""
    for line in reversed(view.text[: view.start].split("\n")):
        if line.strip() and not ITEM.fullmatch(line.strip()):
            return LIST_OF.search(line[-80:]) is not None
    return False


def _candidates(view: View) -> tuple[Quote, ...]:
    """Quotations that may be names: no speech, no theme, no catchword."""
    if "candidates" not in view.memo:
        view.memo["candidates"] = tuple(quote for quote in quotes(view) if _may_name(view, quote))
    found: tuple[Quote, ...] = view.memo["candidates"]
    return found


def _may_name(view: View, quote: Quote) -> bool:
    inner = quote.inner.strip()
    if not 2 <= len(inner) <= 32 or inner in lexicon("program_policies"):
        return False
    if any(pattern.search(inner) for pattern in (SPEECH, COUNTED, MANNER, BLEND)):
        return False
    if NUMBERS.search(inner) and (_head_after(view, quote) or quote.stop) - quote.stop < LABELLED:
        return False
    if _is_gathering(inner) or (CALENDAR.search(inner) and _is_day(view, quote)):
        return False
    before = worded(THEME).search(view.text, view.start, quote.start)
    return not (before or worded(THEMED).match(view.text, quote.stop, view.stop))


def _is_gathering(inner: str) -> bool:
    """“志愿者成立大会”: an event, whatever follows."""
    head = lexicon("event_heads").longest_suffix(inner, 0, len(inner))
    return head is not None and lexicon("event_heads").entries[head]["class"] in ("meeting", "session", "ceremony")


def _is_day(view: View, quote: Quote) -> bool:
    """“敬老月”, “社工日”活动: a time of the year, unless it is said to be a project or a plan."""
    return (stop := _head_after(view, quote)) is None or view.text.endswith("活动", 0, stop)


def _head_after(view: View, quote: Quote) -> int | None:
    """Where the phrase “…”…项目 ends; None if no head follows within a few plain words."""
    limit = min(view.stop, quote.stop + 22)
    gap_stop = re.compile(r"[，。；：、！？“”『』「」《》（）()\s,;:]").search(view.text, quote.stop, limit)
    reach = gap_stop.start() if gap_stop else limit
    for hit in reversed(view.hits("program_heads")):
        within = quote.stop <= hit.start and hit.stop <= reach and _is_head(view, hit)
        if within and _plain_gap(view, quote.stop, hit.start) and not _is_occasion(view, quote.stop, hit):
            return hit.stop
    return None


def _is_occasion(view: View, start: int, hit: Hit) -> bool:
    """培训 in “…”培训活动."""
    return worded(OCCASION).search(view.text[start : hit.stop]) is not None


def _is_event(view: View, quote: Quote, stop: int) -> bool:
    """Whether “…”…活动 was held at a time and place; a project or a plan that starts goes on."""
    return view.text.endswith("活动", 0, stop) and is_dated_activity(view, left_edge(view, quote.start), stop)


def _plain_gap(view: View, start: int, stop: int) -> bool:
    """Whether only words that can belong to one name stand there; 组织 of 社会组织 is no verb."""
    words = [
        t.word for t in view.tokens if start <= t.start < stop and not view.text.startswith("社会组织", t.start - 2)
    ]
    return not any(w in lexicon(name) for w in words for name in ("program_gap_stops", "event_stops"))


def _series_head(view: View, quote: Quote) -> bool:
    """Whether 等三个项目 or the like follows."""
    series = SERIES.match(view.text, quote.stop, view.stop)
    if series is None:
        return False
    return _head_after(view, Quote(quote.start, series.end(), quote.inner)) is not None


def _led(view: View, quote: Quote) -> bool:
    before = view.text[max(view.start, quote.start - 12) : quote.start].rstrip(" 　")
    return bool(lexicon("program_verbs").longest_suffix(before, 0, len(before)))


def _is_head(view: View, hit: Hit) -> bool:
    if hit.stop not in view.token_starts:
        return False
    return lexicon("program_tails").longest_prefix(view.text, hit.stop, view.stop) is None


def _strong(word: str) -> bool:
    return lexicon("program_heads").entries[word]["strength"] == "strong"


def _is_specific(view: View, start: int, hit: Hit) -> bool:
    """Whether a word that is not of every day stands in the name."""
    generic = lexicon("program_generic")
    words = [t.word for t in view.tokens if start <= t.start < hit.start]
    return any(word not in generic and len(word) > 1 for word in words) and hit.stop - start >= 6


def _name(quote: Quote) -> str:
    return re.sub(r"[\r\n]+[\s　]*", "", quote.inner).strip()
