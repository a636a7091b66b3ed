"""What stands in quotation marks or in book-title marks within one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from kg.view import View

QUOTES: Mapping[str, str] = MappingProxyType({"“": "”", "「": "」", "‘": "’", "『": "』"})
TITLES: Mapping[str, str] = MappingProxyType({"《": "》"})
ROUND: Mapping[str, str] = MappingProxyType({"〈": "〉", "（": "）", "(": ")", "[": "]", "［": "］"})
BRACKETS: Mapping[str, str] = MappingProxyType({**QUOTES, **TITLES, **ROUND})
STRAIGHT = frozenset('"＂')
ANY_QUOTE, ANY_TITLE, ANY_STRAIGHT = (
    re.compile(f"[{''.join(marks)}]")
    for marks in ((*QUOTES, *QUOTES.values()), (*TITLES, *TITLES.values()), sorted(STRAIGHT))
)
OPENERS: Mapping[str, str] = MappingProxyType({close: opener for opener, close in BRACKETS.items()})


class Quote(NamedTuple):
    """Half-open range with its marks; `inner` is what stands between them."""

    start: int
    stop: int
    inner: str


def quotes(view: View) -> tuple[Quote, ...]:
    """Outermost quotations of the sentence, in order; straight marks are paired one by one."""
    if "quotes" not in view.shared:
        view.shared["quotes"] = tuple(sorted([*_pairs(view, QUOTES, ANY_QUOTE), *_straight(view)]))
    found: tuple[Quote, ...] = view.shared["quotes"]
    return found


def titles(view: View) -> tuple[Quote, ...]:
    """Outermost 《…》 of the sentence, in order; 《…》 inside 《…》 belongs to its content."""
    if "titles of works" not in view.shared:
        view.shared["titles of works"] = tuple(_pairs(view, TITLES, ANY_TITLE))
    found: tuple[Quote, ...] = view.shared["titles of works"]
    return found


def _pairs(view: View, marks: Mapping[str, str], any_mark: re.Pattern[str]) -> Iterator[Quote]:
    stack: list[tuple[int, str]] = []
    for match in view.find(any_mark):
        at, char = match.start(), match[0]
        if char in marks:
            stack.append((at, marks[char]))
        elif stack:
            while stack and stack[-1][1] != char:
                stack.pop()
            if stack and len(stack) == 1:
                yield Quote(stack[0][0], at + 1, view.text[stack[0][0] + 1 : at])
            if stack:
                stack.pop()


def _straight(view: View) -> Iterator[Quote]:
    marks = [match.start() for match in view.find(ANY_STRAIGHT)]
    for start, last in zip(marks[::2], marks[1::2], strict=False):
        yield Quote(start, last + 1, view.text[start + 1 : last])


def opener(text: str, close: int, low: int) -> int | None:
    """The offset of the mark that the closing mark at `close` answers, not before `low`; None if there is none."""
    want, same, depth = OPENERS[text[close]], text[close], 0
    for at in range(close, low - 1, -1):
        if text[at] == same:
            depth += 1
        elif text[at] == want:
            depth -= 1
            if not depth:
                return at
    return None
