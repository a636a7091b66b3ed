"""An article's date and publisher, as far as it tells them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lexicon import lexicon
from kg.model import Role
from kg.read.dates import DATE, first_date, iso
from kg.read.digest import Part, tail_credit
from kg.read.particulars import fields
from kg.read.patterns import alternatives, packed

_DATELINE = re.compile(
    r"(?:[（(][^）)]{2,24}[）)])?(?:[^。，,]{0,12}?(?:讯|消息|电)[：: \u3000]*)?(?:[（(][^）)]{2,24}[）)])?"
)
_WRITTEN_BY = re.compile(r"^[（(]?([^（）()，,。：:]{2,25}?)[ \u3000]*供稿")
_FROM = re.compile(r"^(?:据|摘自|转自|转载自|来源于?)[：: \u3000]*")

Told = tuple[tuple[Part, Role], ...]


def date_of(told: Told) -> str | None:
    """The date of an article: its particulars', source line's, title's, or first words'."""
    return next(_dates(told), None)


def _dates(told: Told) -> Iterator[str]:
    for wanted in (Role.META, Role.SOURCE):
        for part, role in told:
            if role is wanted and (day := first_date(part.text)):
                yield day
    bodies = [part.text for part, role in told if role is Role.BODY]
    for text in bodies[:1]:
        if text[0] in "（(" and (day := first_date(text)):
            yield day
    for text in bodies[-1:]:
        if (found := DATE.search(text[-16:])) and text.endswith(("）", ")")) and (day := iso(found)):
            yield day
    for text in bodies[:2]:
        begin = _DATELINE.match(text)
        found = DATE.match(text, begin.end()) if begin else None
        day = iso(found) if found else None
        if day and len(day) == 10:
            yield day


def publisher_of(told: Told) -> str | None:
    """Who published an article: by its source line, particulars, signature, or a bracket around its text."""
    return next((name for name in map(_tidy, _publishers(told)) if name), None)


def _publishers(told: Told) -> Iterator[str]:
    kinds = lexicon("read_source_labels").entries
    outer = [part.text for part, role in told if role in (Role.SOURCE, Role.META)]
    for text in outer:
        yield from (value for name, value in fields(text) if kinds.get(name, {}).get("kind") == "publisher")
    sources = [part.text for part, role in told if role is Role.SOURCE]
    for text in (text.strip("（）()[]【】 \u3000") for text in sources):
        if _FROM.match(text):
            yield text
        elif found := _WRITTEN_BY.match(text):
            yield found[1]
        elif not fields(text) and not re.search("记者|通讯员|[图文]/|摄", text):
            yield text
    bodies = [part.text for part, role in told if role is Role.BODY]
    for text in bodies[-1:]:
        credit = tail_credit(text) or ""
        yield from (value for name, value in fields(credit) if kinds.get(name, {}).get("kind") == "publisher")
        if not fields(credit) and not re.search("记者|通讯员", credit):
            yield credit
    if bodies and (found := _WRITTEN_BY.match(bodies[0])) and bodies[0][0] in "（(":
        yield found[1]
    press = alternatives("read_press", ends=True)
    yield from (text for text in outer if DATE.search(text) and press.search(_tidy(text)))


def _tidy(text: str) -> str:
    """A name without date, label, title marks and padding; empty for 本站 and its like."""
    name = _FROM.sub("", DATE.sub("", text).strip()).strip("《》“” \u3000:：,，")
    name = "、".join(packed(each) for each in re.split(r"\s{2,}", name))
    return "" if name in lexicon("read_anonymous") or len(name) < 2 or len(name) > 40 else name
