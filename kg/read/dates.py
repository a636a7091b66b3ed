"""Dates as Chinese papers write them → ISO 8601, as precise as they are."""

from __future__ import annotations

import re
from datetime import date

_CHINESE = "〇○零Ｏ一二三四五六七八九"
DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d) ?(?:年 ?(?P<m1>\d{1,2}) ?月(?: ?(?P<d1>\d{1,2}) ?日)?"
    r"|(?P<sep>[-./]) ?(?P<m2>\d{1,2})(?P=sep) ?(?P<d2>\d{1,2})(?!\d))(?:[ T]?\d{1,2}:\d\d(?::\d\d)?)?"
    rf"|(?P<cyear>[一二][{_CHINESE}]{{3}})年(?P<cmonth>[一二三四五六七八九十]{{1,2}})月"
    r"(?:(?P<cday>[一二三四五六七八九十]{1,3})日)?"
)


def iso(found: re.Match[str]) -> str | None:
    """A match of `DATE` as 2025-04 or 2025-04-09; None where the calendar has no such day."""
    if found["cyear"]:
        digits = found["cyear"].translate(str.maketrans("〇○零Ｏ一二三四五六七八九", "0000123456789"))
        year, month, day = int(digits), _number(found["cmonth"]), _number(found["cday"] or "")
    else:
        year, month, day = int(found["year"]), int(found["m1"] or found["m2"]), int(found["d1"] or found["d2"] or 0)
    try:
        whole = date(year, month, day or 1)
    except ValueError:
        return None
    return whole.isoformat() if day else whole.isoformat()[:7]


def first_date(text: str) -> str | None:
    """The first possible date in `text`."""
    return next((day for found in DATE.finditer(text) if (day := iso(found))), None)


def _number(digits: str) -> int:
    """二十三 → 23; an empty text → 0."""
    tens, ten, ones = digits.rpartition("十")
    value = {char: i for i, char in enumerate("一二三四五六七八九", 1)}
    return (value.get(tens, 1) * 10 if ten else 0) + value.get(ones, 0)
