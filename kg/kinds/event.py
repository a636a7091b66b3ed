"""Meetings, ceremonies, trainings, releases, contests, festivals: what happened at a time and place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.kinds._patterns import worded
from kg.kinds._phrases import left_edge, plain
from kg.kinds._quotes import quotes, titles
from kg.lexicon import Hit, lexicon
from kg.model import Role
from kg.view import Span, View

KIND = "event"
NEEDS = ()

DIGITS = "一二三四五六七八九十"
YEAR = r"(?:\d{4}|[〇○零一二三四五六七八九]{4})年"
ORDINAL = re.compile(rf"首[届次]|第[\d{DIGITS}百]+[届次期]|{YEAR}|[{DIGITS}]+届[{DIGITS}]+次")
DATE = re.compile(rf"首届|第[\d{DIGITS}百]+届|\d{{4}}年(?!度)")
CAMPAIGN = re.compile(r"月(?:主题)?活动$")  # 敬老月活动 goes on for a month: a program
SITTING = re.compile(rf"首次|第[\d{DIGITS}百]+次|届[{DIGITS}]+次|\d{{4}}年")
PROPER = re.compile(r"[“「『《‘\"]|暨|全[国省市区县州旗街镇乡院校军疆]|^[省市州县区旗镇乡](?![场民区域])")
HELD = (
    r"[）)]?(?:[，,](?=[在于]))?«event_held_adverbs»*(?:[上下]午)?"
    r"(?:[在于][^，。；]{1,40}?)?«event_held_adverbs»*«event_held_verbs»"
)
THEMED = re.compile(r"以?(?P<theme>“[^“”]{2,40}”)为(?:主题|题)的$")  # 以“…”为主题的培训
HOLDING = r"«event_holding_verbs»$"
HOSTED = r"«event_hosting_verbs»$"
DATED = re.compile(r"\d{1,2}[月日]|[日近]日|今天|昨天|当[天日]|[上下]午|日前|期间")
DAY = re.compile(r"\d{1,2}[日号]|[日近][日期]|[昨今当][天日]|[上下]午|日前")
SERIAL = re.compile(rf"[\d两{DIGITS}几数多]+余?[届场次期]")
HABIT = r"«event_habit_words»|(?<![主重需摘纪必概])要(?![求闻点素])"
PLURAL_BEFORE = re.compile(
    rf"(?:各类|各种|系列|\d{{2,}}余?多?[场次个]次?|[2-9两{DIGITS}]余?[场次]|数[十百]?[场次])(?:的|性|开展|召开|举办|举行)?$"
)
PLURAL_AFTER = re.compile(
    rf"(?:等[^，。]{{0,8}})?(?:共|累计|近|约)?\d+余?多?[场次期个余]|数十[场次]|多[场次]|[几两{DIGITS}]+[场次]"
)
REFERRED = r"«event_demonstratives»$"
ATTENDED = r"«event_attending_verbs»$"
PREDICATE = r"«event_reference_predicates»"
CLAUSE = "，。；：、！？“”）)（( 　\n,;:"


class Form(NamedTuple):
    """A gathering as it is written: from `start`, its last word from `head`, to `stop`."""

    start: int
    head: int
    stop: int
    cls: str


def named(view: View) -> Iterator[Span]:
    """全市养老服务推进会在…召开: last word, and before it words that name one gathering."""
    for form in _forms(view):
        if _is_named(view, form):
            theme = _theme(view, form)
            start = theme.start("theme") if theme and not _specific(view, form) else form.start
            yield Span(start, form.stop, plain(view.text[start : form.stop]))


def bare_form(view: View) -> Iterator[Span]:
    """举行揭牌仪式, 发布会上: one gathering, named in full elsewhere or by whoever holds it.

    The name keeps the words of every day before it (志愿服务启动仪式), for a text that has no other.
    """
    for form in _forms(view):
        counted = ORDINAL.fullmatch(view.text, form.start, form.head) is not None
        start = form.start if counted else form.head
        word = view.text[start : form.stop].rstrip('”」’"')
        if _is_named(view, form) or _is_body(view, form) or form.cls in ("activity", "training", "festival"):
            continue
        if counted or (len(word) >= 3 and word not in lexicon("event_references")):
            modifiers = view.text[form.start : form.head]
            yield Span(start, start + len(word), plain(modifiers) + plain(word[form.head - start :]))


def reference(view: View) -> Iterator[Span]:
    """会议, 仪式上, 该活动: a gathering named before; its name is left open."""
    for hit in view.hits("event_references"):
        if _refers(view, hit):
            yield Span(hit.start, hit.stop - (hit.word == "会上"), "")


RULES = (named, bare_form, reference)


def is_dated_activity(view: View, start: int, stop: int) -> bool:
    """Whether …活动 is a gathering held at a time and place, not a program that goes on."""
    text = view.text[start:stop]
    goes_on = lexicon("event_heads").longest_prefix(view.text, stop, view.stop) is not None  # …活动启动仪式
    if goes_on or (CAMPAIGN.search(text) and "暨" not in text):
        return False
    held = worded(HELD).match(view.text, stop, view.stop)
    hosted = worded(HOSTED).search(view.text, view.start, start) and DAY.search(view.text, view.start, start)
    return bool(hosted or DATE.search(text) or "暨" in text or (held and not held.group().endswith(("结束", "启动"))))


def _forms(view: View) -> tuple[Form, ...]:
    """The widest phrases that end in a head, none inside another; worked out once."""
    if "forms" not in view.memo:
        view.memo["forms"] = tuple(reversed(_from_the_right(view)))
    found: tuple[Form, ...] = view.memo["forms"]
    return found


def _from_the_right(view: View) -> list[Form]:
    found: list[Form] = []
    for hit in reversed(view.hits("event_heads")):
        hit = _longest(view, hit)
        if (found and hit.start >= found[-1].start) or not _is_head(view, hit) or _in_title(view, hit):
            continue
        start, stop = left_edge(view, hit.start), hit.stop
        if any(quote.start == start - 1 and quote.stop == stop + 1 for quote in quotes(view)):
            start, stop = left_edge(view, start - 1), stop + 1
        if not _is_plural(view, start, stop):
            found.append(Form(start, hit.start, stop, hit.fields["class"]))
    return found


def _longest(view: View, hit: Hit) -> Hit:
    """The head that begins inside this one and reaches further (公益创投 + 创投大赛), else itself."""
    heads = lexicon("event_heads")
    for at in range(hit.start + 1, hit.stop):
        word = heads.longest_prefix(view.text, at, view.stop)
        if word and at + len(word) > hit.stop:
            return Hit(at, at + len(word), word, heads.entries[word])
    return hit


def _is_head(view: View, hit: Hit) -> bool:
    """Whether a whole word ends here, and nothing after it makes another thing of it.

    A head may be cut where a shorter one begins: 民政工作|会议.
    """
    starts = view.token_starts
    holder = max((t for t in view.tokens if t.start <= hit.start), key=lambda t: t.start, default=None)
    cut = any(hit.word[at:] in lexicon("event_heads") for at in range(1, len(hit.word)) if hit.start + at in starts)
    begins = hit.start in starts or cut or (holder is not None and holder.stop >= hit.stop)
    ends = hit.stop in starts or view.text[hit.stop : hit.stop + 1] in "上中后前现"
    after = hit.stop + (view.text[hit.stop : hit.stop + 1] == "的")
    return begins and ends and lexicon("event_tails").longest_prefix(view.text, after, view.stop) is None


def _in_title(view: View, hit: Hit) -> bool:
    """What a document's 《title》 speaks of is not reported to have taken place."""
    return any(title.start < hit.start < title.stop for title in titles(view))


def _is_plural(view: View, start: int, stop: int) -> bool:
    clause = re.split(r"[，。；]", view.text[view.start : start])[-1]
    if SERIAL.match(view.text, start, stop) or worded(HABIT).search(clause):
        return True
    return bool(PLURAL_BEFORE.search(clause[-8:]) or PLURAL_AFTER.match(view.text, stop, view.stop))


def _theme(view: View, form: Form) -> re.Match[str] | None:
    """The theme that is told directly before: “…”为主题的慈善活动; a ceremony has a name without it."""
    if form.cls not in ("activity", "training", "contest", "show"):
        return None
    return THEMED.search(view.text, view.start, form.start)


def _is_named(view: View, form: Form) -> bool:
    modifiers = view.text[form.start : form.head]
    theme = _theme(view, form) is not None
    if not (theme or _specific(view, form)) or _is_body(view, form):
        return False
    proper = bool(theme or PROPER.search(modifiers) or ORDINAL.search(modifiers) or _has_place(view, form))
    held = worded(HELD).match(view.text, form.stop, view.stop) is not None
    before = view.text[max(view.start, form.start - 4) : form.start]
    holding = worded(HOLDING).search(before) is not None
    if form.cls == "festival":
        return "届" in modifiers and not lexicon("event_not_festivals").longest_suffix(view.text, form.start, form.stop)
    if form.cls == "activity":
        return bool(is_dated_activity(view, form.start, form.stop) and proper)
    dated = len(modifiers) >= 6 or DATED.search(view.text[view.start : view.stop]) is not None
    if form.cls in ("show", "training", "contest"):
        common = view.text[form.head : form.stop] in lexicon("event_courses")
        return len(modifiers) >= 3 and (proper or (not common and (held or (holding and dated))))
    told = DAY.search(view.text, view.start, view.stop) is not None
    return proper or held or (len(modifiers) >= 4 and (told or (holding and dated))) or view.sentence.role is Role.TITLE


def _specific(view: View, form: Form) -> bool:
    """Whether anything but words of every day stands before the head."""
    generic = lexicon("event_generic")
    words = [t.word for t in view.tokens if form.start <= t.start < form.head]
    text = view.text[form.start : form.head]
    if ORDINAL.fullmatch(text):
        return False
    if any(quote.start == form.start and quote.stop == form.stop for quote in quotes(view)):
        return True
    return bool(text) and text not in generic and any(w not in generic and len(w) > 1 for w in words)


def _is_body(view: View, form: Form) -> bool:
    """理事会, 代表大会 and the like name a body unless a sitting of it is counted."""
    text = view.text[form.start : form.stop]
    body = lexicon("event_bodies").longest_suffix(text, 0, len(text))
    if not body:
        return False
    counted = ORDINAL if body.endswith("大会") else SITTING
    return counted.search(text) is None


def _has_place(view: View, form: Form) -> bool:
    return any(t.tag in ("ns", "nt") for t in view.tokens if form.start <= t.start < form.head)


def _refers(view: View, hit: Hit) -> bool:
    if hit.word != "会上" and not _is_head(view, hit):
        return False
    if worded(REFERRED).search(view.text, view.start, hit.start):
        return True
    opens = hit.start == view.start or view.text[hit.start - 1] in CLAUSE
    told = hit.word == "会上" or worded(PREDICATE).match(view.text, hit.stop, view.stop)
    attended = worded(ATTENDED).search(view.text, view.start, hit.start)
    alone = re.compile(r"[，。；、！ 　]|并|$").match(view.text, hit.stop, view.stop)
    return bool((opens and told) or (attended and alone))
