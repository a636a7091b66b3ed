"""Forms of one normative document within one text: title, short form, number, 该标准."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.model import STANDARD, Document, Mention

NUMBER, REFERENCE = "standard.number", "standard.reference"
DECLARATION = re.compile(r"[\s　）)]*[（(][^（）()《》]{0,24}?(?:以下|下)?(?:简称|称)[:：为]?\s*[“\"]?$")
BESIDE = re.compile(r"[\s　、,，（()）:：]*(?:标准编号|标准号|编号)?[:：]?$")
BRACKETED = re.compile(r"[（(][^（）()]*[）)]")


def groups(document: Document, mentions: Iterable[Mention]) -> tuple[tuple[Mention, ...], ...]:
    """The normative documents of one text, each with all its mentions; the first one bears the full title.

    A number joins the title beside it, or the text's main title where it stands apart
    (标准编号：…); a short form joins the title that declares it (以下简称) or, failing
    that, the nearest title before it that ends with it. What cannot be bound (a lone
    number, 该标准 with nothing before) is left out.
    """
    ordered = sorted((m for m in mentions if m.kind == STANDARD), key=lambda m: (m.start, -m.stop))
    found = _titles(document, [m for m in ordered if m.rule not in (NUMBER, REFERENCE)])
    _bind_numbers(document, [m for m in ordered if m.rule == NUMBER], found)
    for mention in ordered:
        if mention.rule == REFERENCE and (near := _nearest(mention, found)):
            near.append(mention)
    return tuple(tuple(group) for group in found)


def _titles(document: Document, mentions: list[Mention]) -> list[list[Mention]]:
    found: list[list[Mention]] = []
    declared: dict[str, list[Mention]] = {}
    for mention in mentions:
        home = _declarer(document, mention, found) or _same(mention, found) or declared.get(mention.name)
        if home is None:
            home = _ending_alike(mention, found)
        if home is None:
            home = []
            found.append(home)
        elif _declarer(document, mention, found) is home:
            declared[mention.name] = home
        home.append(mention)
    return _forward(found)


def _declarer(document: Document, mention: Mention, found: list[list[Mention]]) -> list[Mention] | None:
    for group in found:
        for other in group:
            if other.stop <= mention.start and DECLARATION.fullmatch(document.text, other.stop, mention.start):
                return group
    return None


def _same(mention: Mention, found: list[list[Mention]]) -> list[Mention] | None:
    return next((group for group in found if any(_key(m.name) == _key(mention.name) for m in group)), None)


def _ending_alike(mention: Mention, found: list[list[Mention]]) -> list[Mention] | None:
    """The latest group whose title ends with this short form (《指南》, 《慈善法》)."""
    return next((group for group in reversed(found) if _shortens(mention.name, group[0].name)), None)


def _shortens(short: str, full: str) -> bool:
    a, b = _key(short), _key(full)
    return len(a) < len(b) and b.endswith(a)


def _forward(found: list[list[Mention]]) -> list[list[Mention]]:
    """Short forms that stand before their title (in a headline) join the one title that ends with them."""
    kept = []
    for group in found:
        longer = [g for g in found if g is not group and _shortens(group[0].name, g[0].name)]
        if len(longer) == 1:
            longer[0].extend(group)
        else:
            kept.append(group)
    return kept


def _key(name: str) -> str:
    """What two spellings of a title share: no marks, no padding, no trailing （试行）."""
    bare = re.sub(r"[《》〈〉“”\"'‘’「」\s　]", "", name)
    return BRACKETED.sub("", bare) or bare


def _bind_numbers(document: Document, numbers: list[Mention], found: list[list[Mention]]) -> None:
    alone: list[Mention] = []
    for mention in numbers:
        home = next((g for g in found if any(_adjacent(document, mention, m) for m in g if not m.is_ellipsis)), None)
        (home if home is not None else alone).append(mention)
    for mention in alone:
        same = next((g for g in found if any(m.name == mention.name for m in g)), None)
        main = next((g for g in found if not any(m.rule == NUMBER for m in g)), None)
        if (home := same or main) is not None:
            home.append(mention)


def _adjacent(document: Document, number: Mention, title: Mention) -> bool:
    first, second = sorted((number, title), key=lambda m: m.start)
    return first.stop <= second.start and BESIDE.fullmatch(document.text, first.stop, second.start) is not None


def _nearest(mention: Mention, found: list[list[Mention]]) -> list[Mention] | None:
    before = [(m.start, i) for i, group in enumerate(found) for m in group if m.start < mention.start]
    return found[max(before)[1]] if before else None
