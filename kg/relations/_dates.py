"""When a sentence says that something happened.

Dates are ISO 8601, as precise as the text: 2025, 2025-04, 2025-04-09. A year or month that
the text leaves out comes from an earlier date of the sentence, else from the document's.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from kg.lexicon import lexicon
from kg.view import View

CHINESE = str.maketrans("０１２３４５６７８９〇○零一二三四五六七八九", "0123456789000123456789")
NUMBER = r"[\d０-９]{1,2}|[一二三四五六七八九十]{1,3}"
DATED = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2}|[１２][０-９]{3}|[一二][〇零○九一二三四五六七八]{3})\s*年"
    r"|(?P<relative>今年|本年|去年|前年|明年|同年))"
    rf"(?!度|以来|以後|以后)\s*(?:(?P<month>{NUMBER})\s*月(?:\s*(?P<day>{NUMBER})\s*[日号號])?)?"
    r"|(?<!\d)(?P<y>(?:19|20)\d{2})[-./．](?P<m>\d{1,2})[-./．](?P<d>\d{1,2})(?!\d)"
    rf"|(?<!\d)(?P<month_only>{NUMBER})\s*月(?!度)(?:份)?(?:\s*(?P<its_day>{NUMBER})\s*[日号號])?"
    r"|(?<![\d月至到—－~～-])(?P<day_only>\d{1,2})日(?=[，上下早晚中在至])"
)
CLAUSE_END = re.compile(r"[，,；;：:。！？!?\n]")
RELATIVE_CLAUSE = re.compile(r"[^，。；：、]{1,10}?的")


class Found(NamedTuple):
    """A date expression: half-open code points of the document, and the date it says."""

    start: int
    stop: int
    iso: str


def date_at(view: View, anchor: int) -> str | None:
    """The date that governs the word at `anchor`, or None where the sentence gives none.

    The last one before it; else the first after it in its clause (大会召开于4月9日).
    """
    found = _dates(view)
    before = [one for one in found if one.stop <= anchor and not _in_relative_clause(view, one, anchor)]
    if before:
        return before[-1].iso
    after = [one for one in found if one.start >= anchor and not CLAUSE_END.search(view.text, anchor, one.start)]
    return after[0].iso if after else None


def _dates(view: View) -> tuple[Found, ...]:
    if "dates" not in view.memo:
        view.memo["dates"] = tuple(_read(view))
    memo: tuple[Found, ...] = view.memo["dates"]
    return memo


def _read(view: View) -> list[Found]:
    found: list[Found] = []
    own = view.sentence.document.date
    for match in view.find(DATED):
        if any(m.start <= match.start() and match.end() <= m.stop for m in view.mentions):
            continue  # the year of a name: 2025年工作会议
        iso = _iso(match, earlier=found[-1].iso if found else None, own=own)
        if iso is not None:
            found.append(Found(match.start(), match.end(), iso))
    return found


def _iso(match: re.Match[str], *, earlier: str | None, own: str | None) -> str | None:
    part = match.groupdict()
    if part["y"]:
        return _join(int(part["y"]), int(part["m"]), int(part["d"]))
    if part["day_only"]:
        known = earlier or own or ""
        return _join(int(known[:4]), int(known[5:7]), int(part["day_only"])) if len(known) >= 7 else None
    month, day = _number(part["month"] or part["month_only"]), _number(part["day"] or part["its_day"])
    year = _number(part["year"]) or _year(part["relative"], month, earlier=earlier, own=own)
    return _join(year, month, day) if year else None


def _year(relative: str | None, month: int | None, *, earlier: str | None, own: str | None) -> int | None:
    years = lexicon("relation_years").entries
    if relative is not None and relative in years:
        return int(own[:4]) + int(years[relative]["offset"]) if own else None
    if earlier is not None:
        return int(earlier[:4])
    if own is None:
        return None
    late = month is not None and len(own) >= 7 and month - int(own[5:7]) > 6
    return int(own[:4]) - late  # 12月 in a text of January is the year before


def _number(text: str | None) -> int | None:
    """Arabic or Chinese digits: 12, 十二, 二〇二五, 二十一."""
    if text is None:
        return None
    tens, ten, units = text.rpartition("十")
    if ten:
        return 10 * (_number(tens or None) or 1) + (_number(units or None) or 0)
    return int(text.translate(CHINESE))


def _join(year: int, month: int | None, day: int | None) -> str:
    """ISO text; a part that is no date (13月) and all after it are left out."""
    if month is None or not 1 <= month <= 12:
        return f"{year}"
    if day is None:
        return f"{year}-{month:02}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return f"{year}-{month:02}"


def _in_relative_clause(view: View, found: Found, anchor: int) -> bool:
    """2020年成立的协会昨日举办…: the year belongs to the founding alone."""
    relative = RELATIVE_CLAUSE.match(view.text, found.stop, anchor)
    return relative is not None and any(
        found.stop <= token.start < relative.end() and token.tag in ("v", "vn") for token in view.tokens
    )
