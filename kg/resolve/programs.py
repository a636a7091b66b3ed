"""Forms of one program within one text: “甲”项目, “甲”, 甲, and a short form the text declares."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.lexicon import lexicon
from kg.model import PROGRAM, Document, Mention
from kg.recognisers.short_forms import declarations
from kg.resolve import events

MARKS = re.compile(r"[“”\"‘’'「」『』《》\s　·•・—－-]")
DECLARED = re.compile(
    r"[”」]?[\s　]*(?:[（(][^（）()]{0,8}(?:以下|下)?(?:简称|称)[:：为]?|[，,](?:又称|也称|简称|即))[\s　]*[“\"]?$"
)
ACTIVITY = "活动"
COUNT = re.compile(r"\d{4}年度?|第[\d一二三四五六七八九十]+[届期次]|首[届期]|全[国省市区县州]")
PLACE = re.compile(r"^[\u4e00-\u9fff]{2,3}[省市区县州](?=.{4})")


def groups(document: Document, mentions: Iterable[Mention]) -> tuple[tuple[Mention, ...], ...]:
    """The programs of one text, each with all its mentions; the first one bears the fullest name.

    A reference (该项目, or 活动 that no event answers) joins the nearest program before it, and is
    left out where there is none.
    """
    mentions = tuple(mentions)
    ordered = sorted((m for m in mentions if m.kind == PROGRAM), key=lambda m: (m.start, -m.stop))
    declared = declarations(document, ordered)
    found: list[list[Mention]] = []
    for mention in ordered:
        if (full := declared.get(mention.name)) is not None and full is not mention:
            home = next((g for g in found if full in g), None)
        else:
            home = _home(document, mention, found) if mention.name else _nearest(mention, found)
        if home is not None:
            home.append(mention)
        elif mention.name:
            found.append([mention])
    _bind_activities(document, mentions, found)
    return tuple(_fullest_first(group) for group in found)


def _bind_activities(document: Document, mentions: Iterable[Mention], found: list[list[Mention]]) -> None:
    """活动由甲主办, where the text tells of no event: the program named last before it."""
    words = [m for m in mentions if m.rule == events.REFERENCE and m.text == ACTIVITY]
    if not words or not found:
        return
    bound = events.article_events(document, mentions)
    for mention in words:
        if bound[mention] is None and (home := _nearest(mention, found)) is not None:
            home.append(mention)


def _home(document: Document, mention: Mention, found: list[list[Mention]]) -> list[Mention] | None:
    for group in found:
        if any(_declares(document, other, mention) or _same(other, mention) for other in group if other.name):
            return group
    return None


def _declares(document: Document, full: Mention, short: Mention) -> bool:
    """Whether 甲计划（以下简称“乙计划”） or 甲计划，即“乙计划” says that both are one."""
    near = full.stop <= short.start <= full.stop + 14
    return near and DECLARED.fullmatch(document.text, full.stop, short.start) is not None


def _same(one: Mention, other: Mention) -> bool:
    a, b = key(one.name), key(other.name)
    if a == b or key(one.text) == b or a == key(other.text) or _subtitled(one.name, other.name):
        return True
    short, long = sorted((a, b), key=len)
    if len(short) < 3:
        return False
    return _uncounted(short) == _uncounted(long) or _headless(short) == _headless(long) or _tail(short, long)


def _subtitled(one: str, other: str) -> bool:
    """Whether one is the other with what follows its dash: 青苗——困境儿童陪伴计划."""
    short, long = sorted((one, other), key=len)
    return "—" in long and key(long.split("—")[0]) == key(short)


def _uncounted(name: str) -> str:
    return PLACE.sub("", COUNT.sub("", name))


def _headless(name: str) -> str:
    """A name without the word that says what kind of program it is: 青苗 for 青苗项目 and 青苗计划."""
    head = lexicon("program_heads").longest_suffix(name, 1, len(name)) or ""
    return name.removesuffix(head)


def _tail(short: str, long: str) -> bool:
    """Whether the long form is the short one with its owner, place or year before it."""
    return len(short) >= 6 and long.endswith(short)


def key(name: str) -> str:
    """What two spellings of a name share."""
    return MARKS.sub("", name)


def _nearest(mention: Mention, found: list[list[Mention]]) -> list[Mention] | None:
    before = [(m.start, i) for i, group in enumerate(found) for m in group if m.start < mention.start]
    return found[max(before)[1]] if before else None


def _fullest_first(group: list[Mention]) -> tuple[Mention, ...]:
    """A quoted name is the name; among plain ones the longest is the fullest."""
    first = max(group, key=lambda m: (len(key(m.name)), -m.start))
    return (first, *(m for m in group if m is not first))
